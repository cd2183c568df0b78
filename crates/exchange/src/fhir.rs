//! The FHIR R4 data types that the exports use. Empty parts are left out, as FHIR demands.

use chemorad::text::is_control_or_bidi;
use jiff::civil::Date;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};

pub(crate) const SNOMED_CT: &str = "http://snomed.info/sct";
pub(crate) const LOINC: &str = "http://loinc.org";
pub(crate) const NCI_THESAURUS: &str = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl";
pub(crate) const EDQM: &str = "http://standardterms.edqm.eu";
const UCUM: &str = "http://unitsofmeasure.org";

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Coding {
    system: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<&'static str>,
}

impl Coding {
    /// Without a display: it is given only where its exact words are known.
    pub(crate) const fn new(system: &'static str, code: &'static str) -> Self {
        Self {
            system,
            code,
            display: None,
        }
    }

    pub(crate) const fn display(mut self, display: &'static str) -> Self {
        self.display = Some(display);
        self
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub(crate) struct CodeableConcept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coding: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl CodeableConcept {
    pub(crate) fn coded(coding: impl Into<Vec<Coding>>) -> Self {
        Self {
            coding: coding.into(),
            text: None,
        }
    }

    pub(crate) fn worded(text: &str) -> Self {
        Self::coded([]).text(text)
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.text = Some(visible(text));
        self
    }
}

/// The units that the exports use, with their UCUM codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    MilligramPerSquareMeter,
    Milligram,
    SquareMeter,
    MilliliterPerMinute,
    Day,
    /// A product by count: an annotation of UCUM.
    Tablet,
}

impl Unit {
    const fn ucum(self) -> &'static str {
        match self {
            Self::MilligramPerSquareMeter => "mg/m2",
            Self::Milligram => "mg",
            Self::SquareMeter => "m2",
            Self::MilliliterPerMinute => "mL/min",
            Self::Day => "d",
            Self::Tablet => "{tablet}",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Tablet => "tablet",
            other => other.ucum(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Quantity {
    value: Decimal,
    unit: &'static str,
    system: &'static str,
    code: &'static str,
}

impl Quantity {
    pub(crate) fn new(value: impl Into<f64>, unit: Unit) -> Self {
        Self {
            value: Decimal(value.into()),
            unit: unit.name(),
            system: UCUM,
            code: unit.ucum(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Decimal(f64);

/// A whole value is written without a decimal point: FHIR reads `825.0` as precise to a tenth.
impl Serialize for Decimal {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked whole and in range"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.is_finite() {
            return Err(S::Error::custom("a quantity is not finite"));
        }
        if self.0.fract() == 0.0 && (0.0..9e15).contains(&self.0) {
            serializer.serialize_u64(self.0 as u64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reference {
    reference: String,
}

impl Reference {
    pub(crate) fn new(reference: impl Into<String>) -> Self {
        Self {
            reference: reference.into(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Annotation {
    text: String,
}

impl Annotation {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: visible(text),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Extension {
    pub(crate) url: &'static str,
    pub(crate) value_codeable_concept: CodeableConcept,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Period {
    pub(crate) start: Date,
    pub(crate) end: Date,
}

/// Control characters, which FHIR forbids in a string, and changes of writing direction, which make a
/// reader see another order of digits, are written as escapes.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_control_or_bidi(character) && character != '\n' {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A number without a decimal point where it is whole.
pub(crate) fn decimal(value: f64) -> serde_json::Value {
    serde_json::to_value(Decimal(value)).unwrap_or_default()
}

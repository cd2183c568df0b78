//! Worked examples: inputs, and what the protocol must make of them.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeMap;

use crate::facts::pathology::Pathology;
use chemorad::capecitabine::Ties;
use chemorad::number::{Decimal, is_above_boundary, read_plain};
use chemorad::patient::{BodySurfaceAreaFormula, Height, Sex, SurfaceArea, Weight};
use chemorad::quantity::{AbsorbedDose, AlphaBeta, DailyDose, OrderedDose};
use chemorad::text::{List, Text};

/// A worked example: inputs, and what the protocol must make of them.
///
/// A team's own hand calculations become tests: [`Protocol::lint`](crate::Protocol::lint) computes
/// each example and compares. One example may hold several parts.
///
/// ```
/// use chemorad_protocol::{Assertion, DoseExample};
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let example = Assertion {
///     id: "tumour bed, adjuvant".into(),
///     dose: Some(DoseExample {
///         course: "adjuvant".into(),
///         volume: "tumour bed".into(),
///         total: Some("50.4 Gy".parse()?),
///         fractions: Some(28),
///         alpha_beta: Some("10 Gy".parse()?),
///         bed: None,
///         eqd2: Some("49.56 Gy".parse()?),
///     }),
///     order: None,
///     assignment: None,
/// };
/// assert!(trial.assert_examples(&[example]).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assertion {
    /// Its name, unique among the examples.
    pub id: Text,
    /// The dose of a volume over a course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<DoseExample>,
    /// The tablets of a patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderExample>,
    /// The arms of a patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentExample>,
}

/// The dose of a volume over a course.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoseExample {
    /// The course, by its id.
    pub course: Text,
    /// The volume.
    pub volume: Text,
    /// The cumulative dose, compared exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<AbsorbedDose>,
    /// The number of fractions in which the volume gets dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fractions: Option<u32>,
    /// The α/β of `bed` and `eqd2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha_beta: Option<AlphaBeta>,
    /// The BED, compared at the decimals written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bed: Option<PrintedValue>,
    /// The EQD2, compared at the decimals written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eqd2: Option<PrintedValue>,
}

/// One patient, one site policy, and what is ordered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderExample {
    /// The drug, by its id.
    pub drug: Text,
    /// Height.
    pub height: Height,
    /// Weight.
    pub weight: Weight,
    /// Sex, where the formula asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The body surface area formula.
    pub body_surface_area_formula: BodySurfaceAreaFormula,
    /// Tablets in stock, each `500 mg` or `150 mg (at most 2)`.
    pub tablet_strengths: List<Text>,
    /// `nearest`, `down` or `up`.
    pub rounding: Text,
    /// What to do halfway, for `nearest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ties: Option<Ties>,
    /// A largest body surface area to dose on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_surface_area_cap: Option<SurfaceArea>,
    /// A largest dose of one administration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_cap: Option<OrderedDose>,
    /// The body surface area, compared at the decimals written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_surface_area: Option<PrintedValue>,
    /// What the formula gives for one administration, compared at the decimals written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculated: Option<PrintedValue>,
    /// What is ordered for one administration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<OrderedDose>,
    /// What is ordered for a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_per_day: Option<DailyDose>,
}

/// One patient and the arms the patient belongs to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssignmentExample {
    /// What the pathologist reports.
    #[serde(default)]
    pub pathology: Pathology,
    /// The facts the protocol declares, by their names, as text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// The arms, by their ids, in the protocol's order.
    pub arms: List<Text>,
}

/// A value as someone printed it, to be compared at its last decimal: `49.56 Gy`.
///
/// ```
/// use chemorad_protocol::PrintedValue;
/// let printed: PrintedValue = "49.56 Gy".parse()?;
/// assert!(printed.is(49.5604, "Gy"));
/// assert!(!printed.is(49.566, "Gy"));
/// assert!(!printed.is(49.56, "mg"));
/// assert!("49.56".parse::<PrintedValue>().is_err());
/// # Ok::<(), chemorad_protocol::PrintedValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedValue {
    number: Decimal,
    places: u8,
    unit: Text,
}

/// A text that is not a number with a unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not a printed value; write a decimal number and its unit, such as 49.56 Gy")]
pub struct PrintedValueError {
    given: String,
}

impl PrintedValue {
    /// Whether a computed value, printed to the same decimals, is this one; halfway is both.
    #[must_use]
    pub fn is(&self, computed: f64, unit: &str) -> bool {
        let difference = (computed - self.number.to_f64()).abs();
        self.unit.is(unit) && !is_above_boundary(difference, self.half_place())
    }
}

impl PrintedValue {
    /// Half of one at the last decimal.
    fn half_place(&self) -> f64 {
        let half = Decimal::new(5, -i32::from(self.places) - 1);
        half.unwrap_or(Decimal::ZERO).to_f64()
    }
}

impl fmt::Display for PrintedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}", self.number);
        let written = text.split_once('.').map_or(0, |(_, places)| places.len());
        let missing = usize::from(self.places).saturating_sub(written);
        let point = if written == 0 && missing > 0 { "." } else { "" };
        write!(f, "{text}{point}{} {}", "0".repeat(missing), self.unit)
    }
}

impl FromStr for PrintedValue {
    type Err = PrintedValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || PrintedValueError {
            given: text.chars().take(60).collect(),
        };
        let trimmed = text.trim();
        // more decimals than a computed value has are not compared
        let number = read_plain(trimmed.as_bytes(), 0, MOST_DIGITS).map_err(|_| error())?;
        let places = u8::try_from(number.decimals)
            .ok()
            .filter(|places| *places <= MOST_PLACES)
            .ok_or_else(error)?;
        let unit = trimmed[number.end..].trim();
        if unit.is_empty() {
            return Err(error());
        }
        let digits = i128::try_from(number.digits).map_err(|_| error())?;
        Ok(Self {
            number: Decimal::new(digits, -i32::from(places)).ok_or_else(error)?,
            places,
            unit: Text::from(String::from(unit)),
        })
    }
}

const MOST_DIGITS: u32 = 24;
const MOST_PLACES: u8 = 9;

chemorad::text::by_text!(PrintedValue);

#[cfg(feature = "schema")]
chemorad::schema::schema_of!(PrintedValue, "PrintedValue", |_generator| {
    chemorad::schema::text("a value as printed", "[0-9]")
});

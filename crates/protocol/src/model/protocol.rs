//! A protocol: volumes, phases, courses, drugs, criteria and arms, each value with its status.

use core::num::NonZeroU8;

use super::amendment::Amendment;
use super::arm::Arm;
use super::assertion::Assertion;
use super::dose::{Modality, PrescribedDose};
use super::drug::DrugRegimen;
use super::limit::LimitTable;
use super::start::StartWindow;
use crate::facts::condition::{Condition, RiskFeature};
use crate::facts::criterion::Criterion;
use crate::facts::fact::DeclaredFact;
use crate::statement::{Question, Quote, Statement};
use chemorad::radiotherapy::Course;
use chemorad::text::{List, Text};

/// A treatment protocol as data: what is prescribed to whom, each value with its status.
///
/// A constant and a protocol that was read from a file have the same type. Rely on one only after
/// [`check`](Self::check) has found nothing.
///
/// ```
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// assert!(trial.check().is_empty());
/// let escalated = &trial.course("escalated").unwrap().course.as_ref().unwrap();
/// assert_eq!(escalated.cumulative_dose("tumour bed").unwrap().to_string(), "59.4 Gy");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// How it is written as data: each value with its words. A file of either schema reads as this.
    pub schema: Schema,
    /// The registry number or another name that is unique.
    pub id: Text,
    /// The title, as written.
    pub title: Text,
    /// The document that is quoted.
    pub source: Source,
    /// The facts its conditions ask for beyond those of pathology.
    pub facts: List<DeclaredFact>,
    /// The volumes that doses are prescribed to.
    pub volumes: List<PrescribedVolume>,
    /// The phases, each with the dose of its volumes.
    pub phases: List<PrescribedPhase>,
    /// The courses that the arms refer to.
    pub courses: List<PrescribedCourse>,
    /// The drugs that the arms refer to.
    pub drugs: List<DrugRegimen>,
    /// When treatment begins; absent where the source says nothing of it.
    pub start: Option<StartWindow>,
    /// Who may take part.
    pub eligibility: List<Criterion>,
    /// What makes a tumour a high-risk one.
    pub risk_features: List<RiskFeature>,
    /// Who gets what.
    pub arms: List<Arm>,
    /// Where the text disagrees with itself or leaves a reader in doubt.
    pub ambiguities: List<Ambiguity>,
    /// Worked examples: inputs, and what the protocol must make of them.
    pub assertions: List<Assertion>,
    /// What the organs at risk and the targets may or must get, table by table.
    pub limits: List<LimitTable>,
    /// The versions that changed values, the oldest first.
    pub amendments: List<Amendment>,
}

/// The version of the shape of a protocol file.
///
/// ```
/// use chemorad_protocol::Schema;
/// assert_eq!(Schema::V2.to_string(), "chemorad.protocol/2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Schema {
    /// Each value has its words in place.
    #[serde(rename = "chemorad.protocol/1")]
    V1,
    /// The passages are listed once, and each value cites them.
    #[serde(rename = "chemorad.protocol/2")]
    V2,
}

impl core::fmt::Display for Schema {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::V1 => "chemorad.protocol/1",
            Self::V2 => "chemorad.protocol/2",
        })
    }
}

/// The document that a protocol quotes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// What it is.
    pub document: Text,
    /// Its version or date, as far as it carries one.
    pub version: Text,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// The file that holds its text, beside the protocol file: lint looks for the quotes in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Text>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Text>,
    /// Whether the quotes of the protocol are the document's words. They are unless it is said.
    #[serde(default, skip_serializing_if = "Wording::is_verbatim")]
    pub quotes: Wording,
}

/// What the quotes of a protocol are.
///
/// ```
/// use chemorad_protocol::Wording;
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// assert_eq!(trial.source.quotes, Wording::Verbatim);
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Wording {
    /// The words of the document.
    #[default]
    Verbatim,
    /// The figures of the document, in the words of whoever noted them.
    Noted,
}

impl Wording {
    /// Whether the quotes are the document's words.
    #[must_use]
    pub const fn is_verbatim(&self) -> bool {
        matches!(self, Self::Verbatim)
    }
}

impl core::fmt::Display for Wording {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Verbatim => "the words of the document",
            Self::Noted => "figures noted from the document, not its words",
        })
    }
}

/// A volume, what the text calls it, and what encloses it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrescribedVolume {
    /// The name that phases and courses use.
    pub name: Text,
    /// What the text calls it.
    pub called: Statement<Text>,
    /// The volume that encloses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Statement<Text>>,
}

/// A phase: every volume listed gets every fraction.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrescribedPhase {
    /// Its name, unique in the protocol.
    pub name: Text,
    /// What delivers the dose. Only external beam phases are added up.
    pub modality: Statement<Modality>,
    /// The dose of each volume.
    pub doses: List<PrescribedDose>,
}

/// How the phases of a course follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PhaseOrder {
    /// There is one phase.
    SinglePhase,
    /// Each phase begins after the one before has ended.
    Sequential,
}

/// A course that arms refer to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrescribedCourse {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// The words that put the phases together.
    pub quote: Quote,
    /// Its phases by their names, in order.
    pub phases: List<Text>,
    /// The external beam phases put together, from which every dose is computed; `None` where a
    /// dose, a modality or an enclosing volume is not settled. A file does not hold it: it follows
    /// from the phases.
    #[serde(skip)]
    pub course: Option<Course>,
    /// The sum per volume as the text gives it: total, and the number of fractions in which the
    /// volume gets dose. What is left out is computed.
    #[serde(default)]
    pub totals: List<PrescribedDose>,
    /// How the phases follow one another.
    pub order: Statement<PhaseOrder>,
    /// How many fractions are given a week.
    pub fractions_per_week: Statement<NonZeroU8>,
}

/// A place where the text disagrees with itself or leaves a reader in doubt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ambiguity {
    /// What has to be answered.
    pub question: Question,
    /// The patients whose assignment raises the question; `None` when it is not about pathology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The values it is about, by their places: what a check finds there is known.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub concerns: List<Text>,
}

mod shape {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{
        Ambiguity, Amendment, Arm, Assertion, Criterion, DeclaredFact, DrugRegimen, LimitTable,
        PrescribedCourse, PrescribedPhase, PrescribedVolume, Protocol, RiskFeature, Schema, Source,
        StartWindow,
    };
    use chemorad::text::{List, Text};

    /// A trial protocol: what is prescribed to whom, each value with its status.
    // the courses are put together after reading
    #[derive(Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(remote = "Protocol", deny_unknown_fields)]
    struct Shape {
        /// How the file is to be read.
        schema: Schema,
        /// The registry number or another name that is unique.
        id: Text,
        /// The title, as written.
        title: Text,
        /// The document that is quoted.
        source: Source,
        /// The facts its conditions ask for beyond those of pathology.
        #[serde(default, skip_serializing_if = "List::is_empty")]
        facts: List<DeclaredFact>,
        /// The volumes that doses are prescribed to.
        #[serde(default)]
        volumes: List<PrescribedVolume>,
        /// The phases, each with the dose of its volumes.
        #[serde(default)]
        phases: List<PrescribedPhase>,
        /// The courses that the arms refer to.
        #[serde(default)]
        courses: List<PrescribedCourse>,
        /// The drugs that the arms refer to.
        #[serde(default)]
        drugs: List<DrugRegimen>,
        /// When treatment begins; absent where the source says nothing of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<StartWindow>,
        /// Who may take part.
        #[serde(default)]
        eligibility: List<Criterion>,
        /// What makes a tumour a high-risk one.
        #[serde(default)]
        risk_features: List<RiskFeature>,
        /// Who gets what.
        arms: List<Arm>,
        /// Where the text disagrees with itself or leaves a reader in doubt.
        #[serde(default)]
        ambiguities: List<Ambiguity>,
        /// The versions that changed values, the oldest first.
        #[serde(default, skip_serializing_if = "List::is_empty")]
        amendments: List<Amendment>,
        /// What the organs at risk and the targets may or must get, table by table.
        #[serde(default, skip_serializing_if = "List::is_empty")]
        limits: List<LimitTable>,
        /// Worked examples that the protocol must reproduce.
        #[serde(default, skip_serializing_if = "List::is_empty")]
        assertions: List<Assertion>,
    }

    impl Serialize for Protocol {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Shape::serialize(self, serializer)
        }
    }

    impl<'de> Deserialize<'de> for Protocol {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let mut protocol = Shape::deserialize(deserializer)?;
            protocol.put_courses_together();
            Ok(protocol)
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(Protocol, "Protocol", |generator| {
        <Shape as schemars::JsonSchema>::json_schema(generator)
    });
}

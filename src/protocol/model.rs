use core::num::NonZeroU8;

use super::condition::{Condition, FactTest, Truth};
use super::eligibility::Criterion;
use super::limit::LimitTable;
use super::pathology::Pathology;
use super::start::StartWindow;
use super::status::{Question, Quote, Statement};
use crate::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay};
use crate::radiotherapy::{Course, Fractionation};
use crate::text::{List, Text};

/// A treatment protocol as data: what is prescribed to whom, each value with its status.
///
/// A constant and a protocol that was read from a file have the same type. Rely on one only after
/// [`check`](Self::check) has found nothing.
///
/// ```
/// use chemorad::protocol;
/// let trial = protocol::builtin("NCT06949098").unwrap();
/// assert!(trial.check().is_empty());
/// let escalated = &trial.course("escalated").unwrap().course;
/// assert_eq!(escalated.cumulative_dose("tumour bed").unwrap().to_string(), "59.4 Gy");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Protocol {
    /// The registry number or another name that is unique.
    pub id: Text,
    /// The title, as written.
    pub title: Text,
    /// The document that is quoted.
    pub source: Source,
    /// The volumes that doses are prescribed to.
    pub volumes: List<PrescribedVolume>,
    /// The phases, each with the dose of its volumes.
    pub phases: List<PrescribedPhase>,
    /// The courses that the arms refer to.
    pub courses: List<PrescribedCourse>,
    /// The drugs that the arms refer to.
    pub drugs: List<DrugRegimen>,
    /// When treatment begins.
    pub start: StartWindow,
    /// Who may take part.
    pub eligibility: List<Criterion>,
    /// What makes a tumour a high-risk one.
    pub risk_features: List<RiskFeature>,
    /// Who gets what.
    pub arms: List<Arm>,
    /// Where the text disagrees with itself or leaves a reader in doubt.
    pub ambiguities: List<Ambiguity>,
    /// What the organs at risk and the targets may or must get, table by table.
    #[cfg_attr(
        feature = "serde",
        serde(default = "no_limits", skip_serializing_if = "is_empty")
    )]
    pub limits: List<LimitTable>,
}

#[cfg(feature = "serde")]
const fn no_limits() -> List<LimitTable> {
    List::Constant(&[])
}

#[cfg(feature = "serde")]
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_empty<T>(list: &List<T>) -> bool {
    list.as_slice().is_empty()
}

/// The document that a protocol quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Source {
    /// What it is.
    pub document: Text,
    /// Its version or date, as far as it carries one.
    pub version: Text,
}

/// A volume, what the text calls it, and what encloses it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct PrescribedVolume {
    /// The name that phases and courses use.
    pub name: Text,
    /// What the text calls it.
    pub called: Statement<Text>,
    /// The volume that encloses it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub inside: Option<Statement<Text>>,
}

/// The dose of one volume, each number with its status.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct PrescribedDose {
    /// The volume.
    pub volume: Text,
    /// Total and number of fractions.
    pub fractionation: Statement<Fractionation>,
    /// Dose per fraction, where it is a short decimal and the same in every fraction.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub dose_per_fraction: Option<Statement<AbsorbedDose>>,
}

/// A phase: every volume listed gets every fraction.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct PrescribedPhase {
    /// Its name, unique in the protocol.
    pub name: Text,
    /// The dose of each volume.
    pub doses: List<PrescribedDose>,
}

/// How the phases of a course follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum PhaseOrder {
    /// There is one phase.
    SinglePhase,
    /// Each phase begins after the one before has ended.
    Sequential,
}

/// A course that arms refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct PrescribedCourse {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// The words that put the phases together.
    pub quote: Quote,
    /// The course itself, from which every dose is computed.
    pub course: Course,
    /// The sum per volume: total, and the number of fractions in which the volume gets dose.
    pub totals: List<PrescribedDose>,
    /// How the phases follow one another.
    pub order: Statement<PhaseOrder>,
    /// How many fractions are given a week.
    pub fractions_per_week: Statement<NonZeroU8>,
}

/// On which days a drug is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum DrugDays {
    /// On the days on which a fraction is given.
    RadiotherapyDays,
    /// Monday to Friday, from the first to the last fraction.
    Weekdays,
    /// Every day from the first to the last fraction.
    CalendarDays,
}

/// A drug as the protocol prescribes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct DrugRegimen {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// The drug.
    pub drug: Statement<Text>,
    /// How it is given.
    pub route: Statement<Text>,
    /// The dose intensity of one administration.
    pub intensity: Statement<IntensityPerAdministration>,
    /// How often a day.
    pub administrations_per_day: Statement<NonZeroU8>,
    /// The dose intensity of a day.
    pub intensity_per_day: Statement<IntensityPerDay>,
    /// On which days.
    pub days: Statement<DrugDays>,
    /// What the site has to decide before the dose can be turned into tablets.
    pub site_policy: List<Question>,
}

/// A finding that makes a tumour a high-risk one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct RiskFeature {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// When it is present.
    pub test: Statement<FactTest>,
}

impl RiskFeature {
    /// Whether it is present; unknown when the fact is absent or the text does not define it.
    #[must_use]
    pub fn evaluate(&self, facts: &Pathology) -> Truth {
        match self.test.value() {
            Some(test) => test.evaluate(facts),
            None => Truth::Unknown,
        }
    }
}

/// A surgical procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Procedure {
    /// A second local excision.
    ReExcision,
    /// Total mesorectal excision.
    TotalMesorectalExcision,
}

impl core::fmt::Display for Procedure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::ReExcision => "re-excision",
            Self::TotalMesorectalExcision => "total mesorectal excision",
        })
    }
}

/// One step of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)
)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "a constant cannot hold a box")]
pub enum Action {
    /// Active surveillance: no treatment now.
    ActiveSurveillance,
    /// A course of radiotherapy, with or without drugs.
    Radiotherapy {
        /// The course, by its id.
        course: Statement<Text>,
        /// The drugs given with it, by their ids; an empty list is radiotherapy alone.
        concurrent_drugs: Statement<List<Text>>,
    },
    /// An operation.
    Surgery {
        /// Which.
        procedure: Procedure,
    },
}

/// One of the treatments an arm offers: its steps in order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct TreatmentOption {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// The words that offer it.
    pub quote: Quote,
    /// The steps, in order.
    pub actions: List<Action>,
}

/// Who gets what: a condition and the treatments offered to those who meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Arm {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// Who belongs to it.
    pub when: Statement<Condition>,
    /// What is offered; more than one is a choice for patient and physician.
    pub options: List<TreatmentOption>,
}

/// A place where the text disagrees with itself or leaves a reader in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Ambiguity {
    /// What has to be answered.
    pub question: Question,
    /// The patients whose assignment raises the question; `None` when it is not about pathology.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub when: Option<Condition>,
}

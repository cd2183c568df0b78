//! Drugs as a protocol prescribes them: dose, days, adjustments.

use core::fmt;
use core::num::NonZeroU8;

use super::drug_days::{DrugDays, Infusion};
use super::drug_dose::{DayOne, DrugDose};
use crate::statement::{Question, Statement};
use chemorad::quantity::{IntensityPerAdministration, IntensityPerDay, OrderedDose};
use chemorad::text::{List, Text};

/// What a rule set adjusts a dose to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum AdjustedTo {
    /// The renal function.
    RenalFunction,
    /// The DPYD status.
    Dpyd,
    /// Toxicity in an earlier cycle.
    Toxicity,
    /// Other drugs the patient takes.
    Interactions,
}

impl fmt::Display for AdjustedTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::RenalFunction => "renal function",
            Self::Dpyd => "DPYD status",
            Self::Toxicity => "toxicity",
            Self::Interactions => "interactions",
        })
    }
}

/// An adjustment by reference: the rule set a protocol names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdjustmentReference {
    /// What the dose is adjusted to.
    pub to: AdjustedTo,
    /// The rule set, by its name with its version.
    pub rule_set: Statement<Text>,
}

/// A drug as the protocol prescribes it. Its dose is per square metre of body surface, for one
/// administration, for a day, or both; or it is `dose`: flat, per kilogram, or by the area under the
/// curve.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrugRegimen {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// The drug.
    pub drug: Statement<Text>,
    /// How it is given.
    pub route: Statement<Text>,
    /// The dose intensity of one administration: one intake, or one whole infusion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intensity: Option<Statement<IntensityPerAdministration>>,
    /// How often on a day of intake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrations_per_day: Option<Statement<NonZeroU8>>,
    /// The dose intensity of a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intensity_per_day: Option<Statement<IntensityPerDay>>,
    /// The dose of one administration that is not per square metre: `"100 mg"`, `"5 mg/kg"`, `"AUC 2"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Statement<DrugDose>>,
    /// The largest dose of one administration, whatever the calculation gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Statement<OrderedDose>>,
    /// How long one infusion runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infusion: Option<Statement<Infusion>>,
    /// On which days.
    pub days: Statement<DrugDays>,
    /// What day 1 of its numbered days is. Where neither this nor `first_fraction` says it, a sheet asks
    /// before it gives a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_one: Option<Statement<DayOne>>,
    /// On which of its numbered days the first fraction is given, where the text counts from something
    /// earlier: 22 after one cycle of 21 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_fraction: Option<Statement<NonZeroU8>>,
    /// The rule sets the protocol adjusts the dose by.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub adjustments: List<AdjustmentReference>,
    /// What the site has to decide before the dose can be given.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub site_policy: List<Question>,
}

impl DrugRegimen {
    /// Whether the drug is capecitabine; not where the protocol leaves the drug open.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// assert!(trial.drugs.iter().all(|drug| drug.is_capecitabine()));
    /// ```
    #[must_use]
    pub fn is_capecitabine(&self) -> bool {
        let name = self.drug.value();
        name.is_some_and(|name| name.trim().eq_ignore_ascii_case("capecitabine"))
    }

    /// The intensity of one administration, where the protocol settles it.
    #[must_use]
    pub const fn intensity(&self) -> Option<IntensityPerAdministration> {
        settled(self.intensity.as_ref())
    }

    /// The intensity of a day, where the protocol settles it.
    #[must_use]
    pub const fn intensity_per_day(&self) -> Option<IntensityPerDay> {
        settled(self.intensity_per_day.as_ref())
    }

    /// The largest dose of one administration, where the protocol settles one.
    #[must_use]
    pub const fn cap(&self) -> Option<OrderedDose> {
        settled(self.cap.as_ref())
    }

    /// How often on a day of intake, where the protocol settles it.
    #[must_use]
    pub const fn administrations_per_day(&self) -> Option<NonZeroU8> {
        settled(self.administrations_per_day.as_ref())
    }
}

const fn settled<T: Copy>(statement: Option<&Statement<T>>) -> Option<T> {
    match statement {
        Some(statement) => match statement.value() {
            Some(value) => Some(*value),
            None => None,
        },
        None => None,
    }
}

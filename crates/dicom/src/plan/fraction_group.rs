//! Fraction groups: how often which beams are given, and what that sums to.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::{Beam, Purpose, required};
use crate::data_set::DataSet;
use crate::{DecimalString, ElementName, ReadError};

/// One item of the Fraction Group Sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FractionGroup {
    /// Fraction Group Number (300A,0071).
    pub number: Option<i32>,
    /// Fraction Group Description (300A,0072).
    pub description: Option<String>,
    /// Number of Fractions Planned (300A,0078).
    pub fractions_planned: Option<u32>,
    /// Number of Beams (300A,0080), as declared.
    pub beams_declared: Option<u32>,
    /// Number of Brachy Application Setups (300A,00A0), as declared.
    pub brachy_setups_declared: Option<u32>,
    /// The beams of the group.
    pub beams: Vec<GroupBeam>,
    /// The brachytherapy setups of the group.
    pub brachy_setups: Vec<BrachySetup>,
    /// Dose references with values of their own for this group.
    pub dose_references: Vec<GroupDoseReference>,
}

/// A beam in a fraction group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupBeam {
    /// Referenced Beam Number (300C,0006).
    pub number: i32,
    /// Beam Dose (300A,0084): Gy per fraction at the beam's dose point.
    pub dose: Option<DecimalString>,
    /// Beam Dose Type (300A,0090): `PHYSICAL` or `EFFECTIVE`.
    pub dose_type: Option<String>,
    /// Beam Meterset (300A,0086) per fraction.
    pub meterset: Option<DecimalString>,
    /// What the beam is for, from its description.
    pub purpose: Purpose,
}

/// A brachytherapy application setup in a fraction group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BrachySetup {
    /// Referenced Brachy Application Setup Number (300C,000C).
    pub number: Option<i32>,
    /// Brachy Application Setup Dose (300A,00A4): Gy per fraction.
    pub dose: Option<DecimalString>,
}

/// A dose reference named by a fraction group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupDoseReference {
    /// Referenced Dose Reference Number (300C,0051).
    pub number: Option<i32>,
    /// Target Prescription Dose (300A,0026), Gy, of this group.
    pub target_prescription: Option<DecimalString>,
}

/// What the beams or setups of a fraction group give in one fraction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DosePerFraction {
    /// Every contribution is known.
    Known {
        /// The exact sum, Gy.
        dose: Decimal,
        /// Beam or setup numbers that are in it.
        counted: Vec<i32>,
        /// Beams of purpose setup or portal image, left out.
        left_out: Vec<i32>,
    },
    /// Some contribution is missing, so the sum is not known.
    Unknown {
        /// Beam or setup numbers without a dose, or whose purpose cannot be told.
        missing: Vec<i32>,
    },
    /// The group has no beam or setup that treats.
    Nothing,
    /// External beams and brachytherapy in one group, which do not add up as one dose.
    Mixed,
    /// The sum has more digits than are kept; no real plan does.
    TooManyDigits,
}

impl FractionGroup {
    /// The dose per fraction: the sum of the Beam Doses (or setup doses), setup and portal image beams
    /// left out. A single missing dose makes it unknown.
    #[must_use]
    pub fn dose_per_fraction(&self) -> DosePerFraction {
        if !self.brachy_setups.is_empty() {
            if !self.beams.is_empty() {
                return DosePerFraction::Mixed;
            }
            let setups = self
                .brachy_setups
                .iter()
                .map(|setup| (setup.number.unwrap_or(0), setup.dose.as_ref(), Some(true)));
            return sum(setups);
        }
        sum(self
            .beams
            .iter()
            .map(|beam| (beam.number, beam.dose.as_ref(), beam.purpose.treats())))
    }

    /// The dose per fraction times the fractions planned, where both are known.
    #[must_use]
    pub fn total_dose(&self) -> Option<Decimal> {
        match self.dose_per_fraction() {
            DosePerFraction::Known { dose, .. } => dose.checked_mul(self.fractions_planned?.into()),
            _ => None,
        }
    }

    /// What to call the group in a message.
    #[must_use]
    pub fn place(&self) -> String {
        match self.number {
            Some(number) => format!("fraction group {number}"),
            None => "fraction group without a number".into(),
        }
    }
}

fn sum<'a>(
    parts: impl Iterator<Item = (i32, Option<&'a DecimalString>, Option<bool>)>,
) -> DosePerFraction {
    let (mut counted, mut left_out, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    let mut total = Some(Decimal::ZERO);
    for (number, dose, treats) in parts {
        match (treats, dose) {
            (Some(false), _) => left_out.push(number),
            (Some(true), Some(dose)) => {
                counted.push(number);
                total = total.and_then(|total| total.checked_add(dose.value()));
            }
            (Some(true), None) | (None, _) => missing.push(number),
        }
    }
    match total {
        _ if !missing.is_empty() => DosePerFraction::Unknown { missing },
        _ if counted.is_empty() => DosePerFraction::Nothing,
        Some(dose) => DosePerFraction::Known {
            dose,
            counted,
            left_out,
        },
        None => DosePerFraction::TooManyDigits,
    }
}

/// `beam 3`, or `beams 1, 2`.
pub(crate) fn beams_in_words(numbers: &[String]) -> String {
    let word = if numbers.len() == 1 { "beam" } else { "beams" };
    format!("{word} {}", numbers.join(", "))
}

impl FractionGroup {
    pub(super) fn find_notes(&self, notes: &mut Vec<Finding>) {
        let mut note = |code, outcome, message: String| {
            notes.push(Finding::written(code, outcome, self.place(), message));
        };
        let numbers = |wanted: &dyn Fn(&GroupBeam) -> bool| {
            let numbers: Vec<String> = self
                .beams
                .iter()
                .filter(|beam| wanted(beam))
                .map(|beam| beam.number.to_string())
                .collect();
            (!numbers.is_empty()).then(|| beams_in_words(&numbers))
        };
        if let Some(numbers) = numbers(&|beam| beam.purpose.treats() == Some(false)) {
            note(
                "plan.beams_left_out",
                Outcome::NotApplicable,
                format!("setup or portal image beams are left out of the sums: {numbers}"),
            );
        }
        if let Some(numbers) = numbers(&|beam| beam.purpose == Purpose::NotStated) {
            note(
                "plan.beam_purpose",
                Outcome::Warn,
                format!("no purpose is stated and treatment is taken: {numbers}"),
            );
        }
        if let Some(numbers) = numbers(&|beam| matches!(beam.purpose, Purpose::Other(_))) {
            note(
                "plan.beam_purpose",
                Outcome::CannotTell,
                format!("the purpose is not one DICOM defines: {numbers}"),
            );
        }
        if let Some(numbers) = numbers(&|beam| beam.purpose == Purpose::NotDescribed) {
            note(
                "plan.beam_missing",
                Outcome::CannotTell,
                format!(
                    "the group names beams the file does not describe (is it cut off?): {numbers}"
                ),
            );
        }
        let treats = |beam: &GroupBeam| beam.purpose.treats() == Some(true);
        if let Some(numbers) = numbers(&|beam| treats(beam) && beam.dose.is_none()) {
            note(
                "plan.beam_dose",
                Outcome::CannotTell,
                format!("no Beam Dose, so the dose per fraction is not known: {numbers}"),
            );
        }
        let idle = |beam: &GroupBeam| {
            treats(beam)
                && beam
                    .dose
                    .as_ref()
                    .is_some_and(|dose| dose.value().is_zero())
                && beam
                    .meterset
                    .as_ref()
                    .is_some_and(|units| !units.value().is_zero())
        };
        if let Some(numbers) = numbers(&idle) {
            note(
                "plan.beam_dose",
                Outcome::Warn,
                format!("the Beam Dose is 0 although the beam is delivered: {numbers}"),
            );
        }
        if let Some(numbers) = numbers(&|beam| {
            beam.dose
                .as_ref()
                .is_some_and(|dose| dose.value().is_negative())
        }) {
            note(
                "plan.beam_dose",
                Outcome::Fail,
                format!("the Beam Dose is negative: {numbers}"),
            );
        }
        let declared = [
            ("beams", self.beams_declared, self.beams.len()),
            (
                "brachytherapy setups",
                self.brachy_setups_declared,
                self.brachy_setups.len(),
            ),
        ];
        for (what, declared, listed) in declared {
            if declared.is_some_and(|declared| u32::try_from(listed) != Ok(declared)) {
                let declared = declared.unwrap_or(0);
                note(
                    "plan.beam_count",
                    Outcome::CannotTell,
                    format!("the group declares {declared} {what} and lists {listed}"),
                );
            }
        }
    }

    pub(super) fn read(
        set: &DataSet<'_>,
        described: &BTreeMap<i32, &Beam>,
    ) -> Result<Self, ReadError> {
        let number = set.integer(tags::FRACTION_GROUP_NUMBER)?;
        let mut beams: Vec<GroupBeam> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in set.items(tags::REFERENCED_BEAM_SEQUENCE) {
            let beam = GroupBeam::read(&item?, described)?;
            if !seen.insert(beam.number) {
                return Err(ReadError::Value {
                    element: ElementName(tags::REFERENCED_BEAM_NUMBER),
                    text: beam.number.to_string(),
                    why: "the fraction group names this beam twice",
                });
            }
            beams.push(beam);
        }
        Ok(Self {
            number,
            description: set.text(tags::FRACTION_GROUP_DESCRIPTION)?,
            fractions_planned: set.count(tags::NUMBER_OF_FRACTIONS_PLANNED)?,
            beams_declared: set.count(tags::NUMBER_OF_BEAMS)?,
            brachy_setups_declared: set.count(tags::NUMBER_OF_BRACHY_APPLICATION_SETUPS)?,
            beams,
            brachy_setups: set
                .items(tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE)
                .map(|item| {
                    let item = item?;
                    Ok(BrachySetup {
                        number: item.integer(tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER)?,
                        dose: item.decimal(tags::BRACHY_APPLICATION_SETUP_DOSE)?,
                    })
                })
                .collect::<Result<_, ReadError>>()?,
            dose_references: set
                .items(tags::REFERENCED_DOSE_REFERENCE_SEQUENCE)
                .map(|item| {
                    let item = item?;
                    Ok(GroupDoseReference {
                        number: item.integer(tags::REFERENCED_DOSE_REFERENCE_NUMBER)?,
                        target_prescription: item.decimal(tags::TARGET_PRESCRIPTION_DOSE)?,
                    })
                })
                .collect::<Result<_, ReadError>>()?,
        })
    }
}

impl GroupBeam {
    fn read(set: &DataSet<'_>, described: &BTreeMap<i32, &Beam>) -> Result<Self, ReadError> {
        let number = required(set, tags::REFERENCED_BEAM_NUMBER)?;
        Ok(Self {
            number,
            dose: set.decimal(tags::BEAM_DOSE)?,
            dose_type: set.code(tags::BEAM_DOSE_TYPE)?,
            meterset: set.decimal(tags::BEAM_METERSET)?,
            purpose: described
                .get(&number)
                .map_or(Purpose::NotDescribed, |beam| beam.purpose.clone()),
        })
    }
}

//! Fraction groups: how often which beams are given, and what that sums to.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying};
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::beam::{Beam, required};
use super::purpose::Purpose;
use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::error::{ElementName, ReadError};
use crate::finding::{BeamIssue, DicomFinding, group_name};
use crate::patient::Texts;

/// One item of the Fraction Group Sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FractionGroup {
    /// Fraction Group Number (300A,0071).
    pub number: Option<i32>,
    /// Fraction Group Description (300A,0072).
    pub description: Option<Identifying<String>>,
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
        group_name(self.number)
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

impl FractionGroup {
    pub(super) fn find_notes(&self, notes: &mut Vec<Finding>) {
        let treats = |beam: &GroupBeam| beam.purpose.treats() == Some(true);
        let dose_is = |beam: &GroupBeam, wanted: fn(Decimal) -> bool| {
            beam.dose.as_ref().is_some_and(|dose| wanted(dose.value()))
        };
        let delivered = |beam: &GroupBeam| {
            let meterset = beam.meterset.as_ref();
            meterset.is_some_and(|units| !units.value().is_zero())
        };
        let has_issue = |beam: &GroupBeam, issue| match issue {
            BeamIssue::LeftOut => beam.purpose.treats() == Some(false),
            BeamIssue::NoPurpose => beam.purpose == Purpose::NotStated,
            BeamIssue::UnknownPurpose => matches!(beam.purpose, Purpose::Other(_)),
            BeamIssue::NotDescribed => beam.purpose == Purpose::NotDescribed,
            BeamIssue::NoDose => treats(beam) && beam.dose.is_none(),
            BeamIssue::ZeroDose => {
                treats(beam) && dose_is(beam, Decimal::is_zero) && delivered(beam)
            }
            BeamIssue::NegativeDose => dose_is(beam, Decimal::is_negative),
        };
        for issue in BeamIssue::ALL {
            let beams = self.beams.iter().filter(|beam| has_issue(beam, issue));
            let beams: Vec<i32> = beams.map(|beam| beam.number).collect();
            if !beams.is_empty() {
                let group = self.number;
                notes.push(
                    DicomFinding::Beams {
                        group,
                        issue,
                        beams,
                    }
                    .into(),
                );
            }
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
            if let Some(declared) = declared.filter(|count| u32::try_from(listed) != Ok(*count)) {
                let group = self.number;
                let finding = DicomFinding::BeamCount {
                    group,
                    what,
                    declared,
                    listed,
                };
                notes.push(finding.into());
            }
        }
    }

    pub(super) fn read(
        set: &DataSet<'_>,
        described: &BTreeMap<i32, &Beam>,
        texts: &Texts,
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
            description: texts.get(set, tags::FRACTION_GROUP_DESCRIPTION)?,
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

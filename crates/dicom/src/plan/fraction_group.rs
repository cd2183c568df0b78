//! Fraction groups: how often which beams are given, and what that sums to.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying};
use chemorad_dosimetry::{BeamPoint, DosePoint, FractionPattern};
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::beam::{Beam, required};
use super::dose_reference::DoseReference;
use super::purpose::Purpose;
use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::error::{ElementName, ReadError};
use crate::finding::{BeamIssue, DicomFinding, group_name};
use crate::patient::Texts;

/// Beam Dose Specification Point, retired and still written.
const BEAM_DOSE_SPECIFICATION_POINT: Tag = Tag(0x300A, 0x0082);

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
    /// Number of Fraction Pattern Digits Per Day (300A,0079).
    pub pattern_digits_per_day: Option<u32>,
    /// Repeat Fraction Cycle Length (300A,007A), weeks.
    pub pattern_weeks: Option<u32>,
    /// Fraction Pattern (300A,007B): a digit for each possible fraction, as written.
    pub pattern_digits: Option<String>,
    /// Beam Dose Meaning (300A,008B): `BEAM_LEVEL` or `FRACTION_LEVEL`.
    pub beam_dose_meaning: Option<String>,
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
    /// What point it is the dose of: Beam Dose Specification Point (300A,0082) or the dose reference of
    /// Referenced Dose Reference UID (300A,0083).
    pub point: Option<DosePoint>,
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
        /// Beams that treat and have neither dose nor meterset: what they give is not known, and they
        /// are left out.
        nothing: Vec<i32>,
        /// The point that all the doses are doses of, where one is named.
        point: Option<DosePoint>,
    },
    /// Some contribution is missing, so the sum is not known.
    Unknown {
        /// Beam or setup numbers without a dose, or whose purpose cannot be told.
        missing: Vec<i32>,
    },
    /// The doses are doses at different points, which do not add up.
    DifferentPoints {
        /// The point of each beam.
        points: Vec<BeamPoint>,
    },
    /// Each dose is that of its beam alone, and not where.
    BeamLevel {
        /// The beams.
        beams: Vec<i32>,
    },
    /// The group has no beam or setup that treats.
    Nothing,
    /// External beams and brachytherapy in one group, which do not add up as one dose.
    Mixed,
    /// The sum has more digits than are kept; no real plan does.
    TooManyDigits,
}

impl FractionGroup {
    /// The dose per fraction: the sum of the Beam Doses (or setup doses). Setup and portal image beams
    /// and beams with neither dose nor meterset are left out. A dose that is missing though its beam is
    /// delivered makes the sum unknown, and so do doses at different points.
    #[must_use]
    pub fn dose_per_fraction(&self) -> DosePerFraction {
        if self.brachy_setups.is_empty() {
            return self.at_one_point(sum(self.beams.iter().map(GroupBeam::part)));
        }
        if !self.beams.is_empty() {
            return DosePerFraction::Mixed;
        }
        sum(self.brachy_setups.iter().map(|setup| {
            let number = setup.number.unwrap_or(0);
            let part = setup.dose.as_ref().map_or(Part::Missing, Part::Counted);
            (number, part)
        }))
    }

    /// A sum of beams with the point it is the dose of; none where the points differ.
    fn at_one_point(&self, sum: DosePerFraction) -> DosePerFraction {
        let DosePerFraction::Known {
            dose,
            counted,
            left_out,
            nothing,
            ..
        } = sum
        else {
            return sum;
        };
        let of_sum = |beam: &&GroupBeam| counted.contains(&beam.number);
        // no dose at a point is none at any
        let gives = |beam: &&GroupBeam| {
            beam.dose
                .as_ref()
                .is_some_and(|dose| !dose.value().is_zero())
        };
        let points: Vec<BeamPoint> = self
            .beams
            .iter()
            .filter(of_sum)
            .filter(gives)
            .map(|beam| BeamPoint {
                beam: beam.number,
                point: beam.point.clone(),
            })
            .collect();
        let named = points.iter().find_map(|beam| beam.point.clone());
        let beam_level = self.beam_dose_meaning.as_deref() == Some("BEAM_LEVEL");
        let point = match named {
            Some(first) => {
                let same = |beam: &BeamPoint| {
                    let point = beam.point.as_ref();
                    point.is_some_and(|point| point.is_same(&first))
                };
                if !points.iter().all(same) {
                    return DosePerFraction::DifferentPoints { points };
                }
                Some(first)
            }
            None if beam_level && points.len() > 1 => {
                let beams = points.iter().map(|beam| beam.beam).collect();
                return DosePerFraction::BeamLevel { beams };
            }
            None => beam_level.then_some(DosePoint::OfBeam),
        };
        DosePerFraction::Known {
            dose,
            counted,
            left_out,
            nothing,
            point,
        }
    }

    /// The dose per fraction times the fractions planned, where both are known.
    #[must_use]
    pub fn total_dose(&self) -> Option<Decimal> {
        match self.dose_per_fraction() {
            DosePerFraction::Known { dose, .. } => dose.checked_mul(self.fractions_planned?.into()),
            _ => None,
        }
    }

    /// On which days the fractions are given: `None` where it is not stated, `Some(None)` where what is
    /// stated is no pattern.
    #[must_use]
    pub fn pattern(&self) -> Option<Option<FractionPattern>> {
        let digits = self.pattern_digits.as_ref()?;
        let lengths = self.pattern_digits_per_day.zip(self.pattern_weeks);
        Some(lengths.and_then(|(per_day, weeks)| FractionPattern::new(digits, per_day, weeks)))
    }

    /// What to call the group in a message.
    #[must_use]
    pub fn place(&self) -> String {
        group_name(self.number)
    }
}

/// What a beam or setup is in the sum.
enum Part<'a> {
    /// Its dose is in it.
    Counted(&'a DecimalString),
    /// It does not treat.
    LeftOut,
    /// It has neither dose nor meterset.
    Nothing,
    /// Its dose is missing, or whether it treats cannot be told.
    Missing,
}

fn sum<'a>(parts: impl Iterator<Item = (i32, Part<'a>)>) -> DosePerFraction {
    let (mut counted, mut left_out) = (Vec::new(), Vec::new());
    let (mut nothing, mut missing) = (Vec::new(), Vec::new());
    let mut total = Some(Decimal::ZERO);
    for (number, part) in parts {
        match part {
            Part::LeftOut => left_out.push(number),
            Part::Counted(dose) => {
                counted.push(number);
                total = total.and_then(|total| total.checked_add(dose.value()));
            }
            Part::Nothing => nothing.push(number),
            Part::Missing => missing.push(number),
        }
    }
    // where nothing is counted, what the others give is all there is
    if counted.is_empty() {
        missing.append(&mut nothing);
        missing.sort_unstable();
    }
    match total {
        _ if !missing.is_empty() => DosePerFraction::Unknown { missing },
        _ if counted.is_empty() => DosePerFraction::Nothing,
        Some(dose) => DosePerFraction::Known {
            dose,
            counted,
            left_out,
            nothing,
            point: None,
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
        let gives_nothing = |beam: &GroupBeam| matches!(beam.part().1, Part::Nothing);
        let any_counted = self
            .beams
            .iter()
            .any(|beam| matches!(beam.part().1, Part::Counted(_)));
        let has_issue = |beam: &GroupBeam, issue| match issue {
            BeamIssue::LeftOut => beam.purpose.treats() == Some(false),
            BeamIssue::NoPurpose => beam.purpose == Purpose::NotStated,
            BeamIssue::UnknownPurpose => matches!(beam.purpose, Purpose::Other(_)),
            BeamIssue::NotDescribed => beam.purpose == Purpose::NotDescribed,
            BeamIssue::NoDose => {
                treats(beam) && beam.dose.is_none() && !(any_counted && gives_nothing(beam))
            }
            BeamIssue::GivesNothing => any_counted && gives_nothing(beam),
            BeamIssue::ZeroDose => {
                treats(beam) && dose_is(beam, Decimal::is_zero) && beam.is_delivered()
            }
            BeamIssue::DoseWithoutMeterset => {
                let not_zero: fn(Decimal) -> bool = |dose| !dose.is_zero();
                treats(beam) && dose_is(beam, not_zero) && beam.has_zero_meterset()
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
        if self.pattern() == Some(None) {
            let group = self.number;
            notes.push(DicomFinding::FractionPattern { group }.into());
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
        references: &[DoseReference],
        texts: &Texts,
    ) -> Result<Self, ReadError> {
        let number = set.integer(tags::FRACTION_GROUP_NUMBER)?;
        let mut beams: Vec<GroupBeam> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in set.items(tags::REFERENCED_BEAM_SEQUENCE) {
            let beam = GroupBeam::read(&item?, described, references)?;
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
            pattern_digits_per_day: set.count(tags::NUMBER_OF_FRACTION_PATTERN_DIGITS_PER_DAY)?,
            pattern_weeks: set.count(tags::REPEAT_FRACTION_CYCLE_LENGTH)?,
            pattern_digits: set.text(tags::FRACTION_PATTERN)?,
            beam_dose_meaning: set.code(tags::BEAM_DOSE_MEANING)?,
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
    fn read(
        set: &DataSet<'_>,
        described: &BTreeMap<i32, &Beam>,
        references: &[DoseReference],
    ) -> Result<Self, ReadError> {
        let number = required(set, tags::REFERENCED_BEAM_NUMBER)?;
        Ok(Self {
            number,
            dose: set.decimal(tags::BEAM_DOSE)?,
            dose_type: set.code(tags::BEAM_DOSE_TYPE)?,
            point: point(set, references)?,
            meterset: set.decimal(tags::BEAM_METERSET)?,
            purpose: described
                .get(&number)
                .map_or(Purpose::NotDescribed, |beam| beam.purpose.clone()),
        })
    }

    fn is_delivered(&self) -> bool {
        let meterset = self.meterset.as_ref();
        meterset.is_some_and(|units| !units.value().is_zero())
    }

    fn has_zero_meterset(&self) -> bool {
        self.meterset.is_some() && !self.is_delivered()
    }

    /// Its number and what it is in the sum.
    fn part(&self) -> (i32, Part<'_>) {
        let part = match (self.purpose.treats(), &self.dose) {
            (Some(false), _) => Part::LeftOut,
            (None, _) => Part::Missing,
            (Some(true), Some(dose)) => Part::Counted(dose),
            (Some(true), None) if self.is_delivered() => Part::Missing,
            (Some(true), None) => Part::Nothing,
        };
        (self.number, part)
    }
}

/// The point that a beam's dose is the dose of.
fn point(set: &DataSet<'_>, references: &[DoseReference]) -> Result<Option<DosePoint>, ReadError> {
    if let Some(place) = set.exactly::<3>(BEAM_DOSE_SPECIFICATION_POINT)? {
        return Ok(Some(DosePoint::Coordinates(place)));
    }
    let Some(uid) = set.text(tags::REFERENCED_DOSE_REFERENCE_UID)? else {
        return Ok(None);
    };
    let reference = references
        .iter()
        .find(|reference| reference.uid.as_ref() == Some(&uid));
    Ok(Some(match reference {
        Some(reference) => match reference.point {
            Some(place) => DosePoint::Coordinates(place),
            None => DosePoint::Reference {
                uid,
                name: reference.called(),
            },
        },
        None => DosePoint::Reference {
            uid,
            name: "that is not listed".into(),
        },
    }))
}

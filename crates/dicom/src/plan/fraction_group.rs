//! Fraction groups: how often which beams are given, and what that sums to.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::number::Decimal;
use chemorad::report::Identifying;
use chemorad_dosimetry::{
    DosePart, DosePoint, FractionPattern, PartPoint, StatedLimit, TargetExtent, group_name,
};
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::beam::{Beam, Weights, required};
use super::dose_per_fraction::{Contribution, DosePerFraction, Share, sum};
use super::dose_reference::DoseReference;
use super::limits::{has_other_limits, other_limits};
use super::purpose::Purpose;
use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::error::{ElementName, ReadError};
use crate::patient::Texts;

/// Beam Dose Specification Point, retired and still written.
const BEAM_DOSE_SPECIFICATION_POINT: Tag = Tag(0x300A, 0x0082);
/// Brachy Application Setup Dose Specification Point.
const BRACHY_SETUP_DOSE_SPECIFICATION_POINT: Tag = Tag(0x300A, 0x00A2);

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
    /// Dose references with values for this group.
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
    /// Referenced Dose Reference UID (300A,0083).
    #[serde(skip)]
    pub dose_reference: Option<String>,
    /// Beam Meterset (300A,0086) per fraction.
    pub meterset: Option<DecimalString>,
    /// What the beam is for, from its description.
    pub purpose: Purpose,
    /// What its control points share out of the meterset, from its description.
    #[serde(skip)]
    pub(super) weights: Weights,
}

/// A brachytherapy application setup in a fraction group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BrachySetup {
    /// Referenced Brachy Application Setup Number (300C,000C).
    pub number: i32,
    /// Brachy Application Setup Dose (300A,00A4): Gy per fraction.
    pub dose: Option<DecimalString>,
    /// What point it is the dose of: Brachy Application Setup Dose Specification Point (300A,00A2).
    pub point: Option<DosePoint>,
}

/// A dose reference named by a fraction group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupDoseReference {
    /// Referenced Dose Reference Number (300C,0051).
    pub number: Option<i32>,
    /// Target Prescription Dose (300A,0026), Gy, of this group.
    pub target_prescription: Option<DecimalString>,
    /// Target Minimum Dose (300A,0025), Gy, of this group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_minimum: Option<DecimalString>,
    /// Target Maximum Dose (300A,0027), Gy, of this group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_maximum: Option<DecimalString>,
    /// Delivery Maximum Dose (300A,0023), Gy, of this group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_maximum: Option<DecimalString>,
    /// It states a limit that nothing is compared with: Delivery Warning Dose (300A,0022), Target Underdose
    /// Volume Fraction (300A,0028), Constraint Weight (300A,0021) or a limit of an organ at risk.
    #[serde(skip)]
    pub has_other_limits: bool,
    /// Those of them that are doses.
    #[serde(skip)]
    pub other_limits: Vec<StatedLimit>,
}

impl FractionGroup {
    /// The dose per fraction: the sum of the Beam Doses (or setup doses). Setup and portal image beams
    /// and beams with neither dose nor meterset are left out. A dose that is missing though its beam is
    /// delivered makes the sum unknown, and so do doses at different points.
    #[must_use]
    pub fn dose_per_fraction(&self) -> DosePerFraction {
        if !self.beams.is_empty() && !self.brachy_setups.is_empty() {
            return DosePerFraction::Mixed;
        }
        let beams = self.beams.iter().map(GroupBeam::contribution);
        let setups = self.brachy_setups.iter().map(BrachySetup::contribution);
        let parts: Vec<_> = beams.chain(setups).collect();
        sum(&parts, self.is_beam_level())
    }

    /// Whether each dose is that of its beam alone. What the standard does not define is no part of the dose of
    /// the fraction either.
    fn is_beam_level(&self) -> bool {
        let meaning = self.beam_dose_meaning.as_deref();
        meaning.is_some_and(|meaning| meaning != "FRACTION_LEVEL")
    }

    /// What is known of its beams and application setups, each by itself.
    pub(crate) fn known_parts(&self) -> Vec<PartPoint> {
        let effective = |part: &PartPoint| {
            let mut beams = self.beams.iter();
            beams.any(|beam| part.part == DosePart::Beam(beam.number) && beam.is_effective())
        };
        let mut parts: Vec<PartPoint> = self
            .contributions()
            .filter_map(|one| one.known())
            .filter(|part| !effective(part))
            .collect();
        if self.is_beam_level() {
            for part in &mut parts {
                part.point = part.point.take().or(Some(DosePoint::OfBeam));
            }
        }
        parts
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

impl FractionGroup {
    fn contributions(&self) -> impl Iterator<Item = Contribution<'_>> {
        let beams = self.beams.iter().map(GroupBeam::contribution);
        beams.chain(self.brachy_setups.iter().map(BrachySetup::contribution))
    }

    /// Its beams and application setups.
    pub(crate) fn all_parts(&self) -> impl Iterator<Item = DosePart> {
        self.contributions().map(|one| one.part)
    }

    /// Those that deliver dose, as far as the plan says it.
    pub(crate) fn delivered_parts(&self) -> impl Iterator<Item = DosePart> {
        let delivers = |one: &Contribution<'_>| {
            !matches!(one.share, Share::LeftOut | Share::Nothing | Share::Zero)
        };
        self.contributions().filter(delivers).map(|one| one.part)
    }

    pub(super) fn read(
        set: &DataSet<'_>,
        described: &BTreeMap<i32, &Beam>,
        references: &[DoseReference],
        texts: &Texts,
    ) -> Result<Self, ReadError> {
        let beams = set.each(tags::REFERENCED_BEAM_SEQUENCE, |item| {
            GroupBeam::read(item, described, references)
        })?;
        let setups = set.each(
            tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE,
            BrachySetup::read,
        )?;
        no_number_twice(
            beams.iter().map(|beam| beam.number),
            tags::REFERENCED_BEAM_NUMBER,
            "the fraction group names this beam twice",
        )?;
        no_number_twice(
            setups.iter().map(|setup| setup.number),
            tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER,
            "the fraction group names this application setup twice",
        )?;
        Ok(Self {
            number: set.integer(tags::FRACTION_GROUP_NUMBER)?,
            description: texts.get(set, tags::FRACTION_GROUP_DESCRIPTION)?,
            fractions_planned: set.count(tags::NUMBER_OF_FRACTIONS_PLANNED)?,
            pattern_digits_per_day: set.count(tags::NUMBER_OF_FRACTION_PATTERN_DIGITS_PER_DAY)?,
            pattern_weeks: set.count(tags::REPEAT_FRACTION_CYCLE_LENGTH)?,
            pattern_digits: set.text(tags::FRACTION_PATTERN)?,
            beam_dose_meaning: set.code(tags::BEAM_DOSE_MEANING)?,
            beams_declared: set.count(tags::NUMBER_OF_BEAMS)?,
            brachy_setups_declared: set.count(tags::NUMBER_OF_BRACHY_APPLICATION_SETUPS)?,
            beams,
            brachy_setups: setups,
            dose_references: set.each(tags::REFERENCED_DOSE_REFERENCE_SEQUENCE, |item| {
                Ok(GroupDoseReference {
                    number: item.integer(tags::REFERENCED_DOSE_REFERENCE_NUMBER)?,
                    target_prescription: item.decimal(tags::TARGET_PRESCRIPTION_DOSE)?,
                    target_minimum: item.decimal(tags::TARGET_MINIMUM_DOSE)?,
                    target_maximum: item.decimal(tags::TARGET_MAXIMUM_DOSE)?,
                    delivery_maximum: item.decimal(tags::DELIVERY_MAXIMUM_DOSE)?,
                    has_other_limits: has_other_limits(item),
                    other_limits: other_limits(item),
                })
            })?,
        })
    }
}

/// Beams, setups and groups are referred to by their numbers, so none may come twice.
pub(super) fn no_number_twice(
    numbers: impl Iterator<Item = i32>,
    tag: Tag,
    why: &'static str,
) -> Result<(), ReadError> {
    let mut known = BTreeSet::new();
    for number in numbers {
        if !known.insert(number) {
            return Err(ReadError::Value {
                element: ElementName(tag),
                text: number.to_string(),
                why,
            });
        }
    }
    Ok(())
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
            dose_reference: set.text(tags::REFERENCED_DOSE_REFERENCE_UID)?,
            meterset: set.decimal(tags::BEAM_METERSET)?,
            purpose: described
                .get(&number)
                .map_or(Purpose::NotDescribed, |beam| beam.purpose.clone()),
            weights: described
                .get(&number)
                .map_or(Weights::NotStated, |beam| beam.weights),
        })
    }

    /// Whether its dose is weighted for biological effect.
    pub(crate) fn is_effective(&self) -> bool {
        self.purpose.treats() == Some(true) && self.dose_type.as_deref() == Some("EFFECTIVE")
    }

    pub(super) fn is_delivered(&self) -> bool {
        let meterset = self.meterset.as_ref();
        meterset.is_some_and(|units| !units.value().is_zero())
    }

    pub(super) fn has_negative_meterset(&self) -> bool {
        let meterset = self.meterset.as_ref();
        meterset.is_some_and(|units| units.value().is_negative())
    }

    pub(super) fn has_zero_meterset(&self) -> bool {
        self.meterset.is_some() && !self.is_delivered()
    }

    /// What it is in the sum.
    pub(super) fn share(&self) -> Share<'_> {
        match (self.purpose.treats(), &self.dose) {
            (Some(false), _) => Share::LeftOut,
            (None, _) => Share::Missing,
            (Some(true), Some(dose)) => Share::Counted(dose),
            (Some(true), None) if self.is_delivered() => Share::Missing,
            (Some(true), None) if self.has_zero_meterset() => Share::Zero,
            (Some(true), None) => Share::Nothing,
        }
    }

    fn contribution(&self) -> Contribution<'_> {
        Contribution {
            part: DosePart::Beam(self.number),
            share: self.share(),
            point: self.point.as_ref(),
        }
    }
}

impl BrachySetup {
    fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        let point = set.exactly(BRACHY_SETUP_DOSE_SPECIFICATION_POINT)?;
        Ok(Self {
            number: required(set, tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER)?,
            dose: set.decimal(tags::BRACHY_APPLICATION_SETUP_DOSE)?,
            point: point.map(DosePoint::Coordinates),
        })
    }

    fn contribution(&self) -> Contribution<'_> {
        Contribution {
            part: DosePart::Setup(self.number),
            share: self.dose.as_ref().map_or(Share::Missing, Share::Counted),
            point: self.point.as_ref(),
        }
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
            None if reference.extent() == TargetExtent::Point => DosePoint::Reference {
                uid,
                name: reference.called(),
            },
            None => DosePoint::Volume {
                uid,
                name: reference.called(),
            },
        },
        None => DosePoint::NotListed { uid },
    }))
}

//! What the beams or application setups of a fraction group give in one fraction.

use chemorad::number::Decimal;
use chemorad_dosimetry::{DosePart, DosePoint, PartPoint};
use serde::Serialize;

use crate::decimal_string::DecimalString;

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
        /// The point of each beam or setup.
        points: Vec<PartPoint>,
    },
    /// Each dose is that of its beam alone, and not where.
    BeamLevel {
        /// The beams.
        beams: Vec<i32>,
    },
    /// The group has no beam or setup that treats.
    Nothing,
    /// The beams that treat have no dose and a meterset of 0.
    NoMeterset {
        /// Their numbers.
        beams: Vec<i32>,
    },
    /// External beams and brachytherapy in one group, which do not add up as one dose.
    Mixed,
    /// The sum has more digits than are kept; no real plan does.
    TooManyDigits,
}

/// What a beam or setup is in the sum.
#[derive(Clone, Copy)]
pub(super) enum Share<'a> {
    /// Its dose is in it.
    Counted(&'a DecimalString),
    /// It does not treat.
    LeftOut,
    /// It has neither dose nor meterset.
    Nothing,
    /// It has no dose, and a meterset of 0.
    Zero,
    /// Its dose is missing, or whether it treats cannot be told.
    Missing,
}

/// A beam or setup with its share and the point that its dose is the dose of.
pub(super) struct Contribution<'a> {
    pub(super) part: DosePart,
    pub(super) share: Share<'a>,
    pub(super) point: Option<&'a DosePoint>,
}

/// The sum of the beams or setups; `beam_level` where the plan says that each dose is that of its beam
/// alone.
pub(super) fn sum(parts: &[Contribution<'_>], beam_level: bool) -> DosePerFraction {
    let (mut counted, mut left_out) = (Vec::new(), Vec::new());
    let (mut nothing, mut missing) = (Vec::new(), Vec::new());
    let mut total = Some(Decimal::ZERO);
    for Contribution { part, share, .. } in parts {
        let list = match share {
            Share::LeftOut => &mut left_out,
            Share::Counted(dose) => {
                total = total.and_then(|total| total.checked_add(dose.value()));
                &mut counted
            }
            Share::Nothing | Share::Zero => &mut nothing,
            Share::Missing => &mut missing,
        };
        list.push(part.number());
    }
    // where nothing is counted, what the others give is all there is
    if counted.is_empty() && missing.is_empty() && !nothing.is_empty() {
        let mut treating = parts
            .iter()
            .filter(|one| !matches!(one.share, Share::LeftOut));
        if treating.all(|one| matches!(one.share, Share::Zero)) {
            return DosePerFraction::NoMeterset { beams: nothing };
        }
    }
    if counted.is_empty() {
        missing.append(&mut nothing);
        missing.sort_unstable();
    }
    match (total, one_point(parts, beam_level)) {
        _ if !missing.is_empty() => DosePerFraction::Unknown { missing },
        _ if counted.is_empty() => DosePerFraction::Nothing,
        (None, _) => DosePerFraction::TooManyDigits,
        (_, Err(differ)) => differ,
        (Some(dose), Ok(point)) => DosePerFraction::Known {
            dose,
            counted,
            left_out,
            nothing,
            point,
        },
    }
}

impl Contribution<'_> {
    /// Its dose with the point; no dose at a point is none at any.
    pub(super) fn known(&self) -> Option<PartPoint> {
        match self.share {
            Share::Counted(dose) if !dose.value().is_zero() => Some(PartPoint {
                part: self.part,
                point: self.point.cloned(),
                dose: dose.value(),
            }),
            _ => None,
        }
    }
}

/// The point that all doses are doses of, where one is named; an error where they are of several.
fn one_point(
    parts: &[Contribution<'_>],
    beam_level: bool,
) -> Result<Option<DosePoint>, DosePerFraction> {
    let points: Vec<PartPoint> = parts.iter().filter_map(Contribution::known).collect();
    let named = points.iter().find_map(|one| one.point.clone());
    match named {
        Some(first) => {
            let same = |one: &PartPoint| one.point.as_ref().is_some_and(|at| at.is_same(&first));
            if points.iter().all(same) {
                Ok(Some(first))
            } else {
                Err(DosePerFraction::DifferentPoints { points })
            }
        }
        None if beam_level && points.len() > 1 => {
            let beams = points.iter().map(|one| one.part.number()).collect();
            Err(DosePerFraction::BeamLevel { beams })
        }
        None => Ok(beam_level.then_some(DosePoint::OfBeam)),
    }
}

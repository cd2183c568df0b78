//! Limits against the dose in structures.

use chemorad::number::Decimal;
use chemorad::quantity::AlphaBeta;
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Identifying, Outcome};
use chemorad_dosimetry::{
    Bounded, ContouredDose, EffectMeasure, Metric, StructureError, StructureNote, SummationType,
    VoxelEffect, same_name,
};

use super::finding::{Doubt, LimitFinding, LimitSubject, LimitValue, NoLimitValue};
use super::limit::OrganLimit;
use super::organ::{Organ, organ};
use super::published::PublishedLimits;
use super::side::Known;
use super::table::OrganLimits;
use super::whole_dose::LeftOut;
use crate::mapping::TargetName;

/// What is known of the dose in a structure.
pub enum StructureInDose<'a> {
    /// The dose in it.
    Dose(&'a ContouredDose<'a>),
    /// Its contours are no solid.
    NoSolid(StructureError),
    /// It is in another frame of reference than the dose.
    OtherFrame,
}

/// Limits, and what is needed to hold the dose in structures against them.
///
/// ```
/// use chemorad_crosscheck::{LimitCheck, OrganLimits, PublishedLimits, StructureInDose};
/// use chemorad_dosimetry::{ContouredDose, DoseGrid, StructureNote};
/// use chemorad::report::{Observation as _, Outcome};
///
/// let doses = (0..6).flat_map(|frame| [2.0 * f64::from(frame); 36]).collect();
/// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
/// let offsets = (0..6).map(|frame| 2.0 * f64::from(frame)).collect();
/// let grid = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], offsets, 6, doses)?;
/// let square = |z: f64| vec![[1.0, 1.0, z], [9.0, 1.0, z], [9.0, 9.0, z], [1.0, 9.0, z]];
/// let contours = [square(2.0), square(4.0), square(6.0), square(8.0)];
/// let dose = ContouredDose::new(&contours, None, None, &grid)?;
///
/// let table = "structure,metric,limit\nbowel bag,max,<= 10 Gy\nbladder,mean,<= 10 Gy\n";
/// let findings = LimitCheck {
///     tables: &[OrganLimits::from_csv("mine", table)?],
///     names: &[],
///     without: &[],
///     structures: &[Some("Bag_Bowel".into())],
///     kinds: &[None],
///     published: &PublishedLimits::read(),
///     dose_of: &|_| StructureInDose::Dose(&dose),
///     effect_in: &|_, _| None,
///     part: None,
///     left_out: &[],
///     fractions: None,
///     prescribed: None,
/// }
/// .findings();
/// assert_eq!(findings[0].outcome(), Outcome::Pass);
/// // there is no bladder
/// assert_eq!(findings[1].outcome(), Outcome::CannotTell);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LimitCheck<'a> {
    /// The tables.
    pub tables: &'a [OrganLimits],
    /// Which structures organs are, by hand.
    pub names: &'a [TargetName],
    /// Organs that the patient does not have.
    pub without: &'a [String],
    /// The names of the structures.
    pub structures: &'a [Option<Identifying<String>>],
    /// RT ROI Interpreted Type (3006,00A4) of each structure, in the same order.
    pub kinds: &'a [Option<String>],
    /// What is published of organs.
    pub published: &'a PublishedLimits,
    /// The dose in the structure of this place.
    pub dose_of: &'a dyn Fn(usize) -> StructureInDose<'a>,
    /// The EQD2 of all phases in it at this ratio, each phase with its own number of fractions; none where they are
    /// not known.
    pub effect_in: &'a dyn Fn(usize, AlphaBeta) -> Option<StructureInDose<'a>>,
    /// What the dose sums, where that is not a whole plan and nobody said that it is meant.
    pub part: Option<SummationType>,
    /// Plans of the course whose dose, or a part of it, is not in this one, or not said to be.
    pub left_out: &'a [LeftOut],
    /// The number of fractions, for limits in EQD2; none where phases have each their own.
    pub fractions: Option<FractionCount>,
    /// The prescribed dose in gray, for shares of it.
    pub prescribed: Option<Decimal>,
}

impl LimitCheck<'_> {
    /// What is found of each limit, in the order of the tables.
    #[must_use]
    pub fn findings(&self) -> Vec<LimitFinding> {
        let all = self
            .tables
            .iter()
            .flat_map(|table| table.limits.iter().map(move |limit| (table, limit)));
        all.flat_map(|(table, limit)| {
            let against = self.against(limit);
            against.into_iter().map(|against| LimitFinding {
                table: table.id.clone(),
                source: table.source.clone(),
                note: table.note.clone(),
                limit: limit.clone(),
                against,
            })
        })
        .collect()
    }

    /// The structures that a limit is held against, each with its value.
    fn against(&self, limit: &OrganLimit) -> Vec<LimitSubject> {
        let none = |why| {
            vec![LimitSubject {
                name: None,
                value: Err(why),
            }]
        };
        if limit.goal.is_none() {
            return none(NoLimitValue::LeftOpen);
        }
        let names = |places: &[usize]| -> Vec<Identifying<String>> {
            let named = places.iter().filter_map(|at| self.structures.get(*at));
            named.flatten().cloned().collect()
        };
        let is_contoured = |place: usize| {
            let empty = StructureError::NoContours;
            !matches!((self.dose_of)(place), StructureInDose::NoSolid(error) if error == empty)
        };
        let found = organ(&limit.structure, self.structures, self.names, &is_contoured);
        let is_without = |organ: &String| same_name(organ, &limit.structure);
        if self.without.iter().any(is_without) {
            // an empty region is that of an organ which the patient does not have
            let mut places = found.places();
            places.retain(|place| is_contoured(*place));
            let found = names(&places);
            return none(if found.is_empty() {
                NoLimitValue::NoOrgan
            } else {
                NoLimitValue::Present { found }
            });
        }
        let parts = match found {
            Organ::Overruled { given, named } => {
                return none(NoLimitValue::Overruled {
                    given: names(&given),
                    named: names(&named),
                });
            }
            Organ::Missing => {
                return none(NoLimitValue::Missing {
                    known: self.structures.iter().flatten().cloned().collect(),
                });
            }
            Organ::Taken(places) => {
                return none(NoLimitValue::Taken {
                    found: names(&places),
                });
            }
            Organ::Several(places) => {
                return none(NoLimitValue::Several {
                    found: names(&places),
                });
            }
            Organ::Parts(places) if limit.metric.is_of_absolute_volume() => {
                return none(NoLimitValue::Parts {
                    parts: places.len(),
                });
            }
            // the value of the whole lies between those of its parts
            Organ::Parts(places) => places,
            Organ::One(place) => vec![place],
        };
        let parts = parts.into_iter();
        parts
            .map(|place| LimitSubject {
                name: self.structures.get(place).cloned().flatten(),
                value: self.value(limit, place),
            })
            .collect()
    }

    fn value(&self, limit: &OrganLimit, place: usize) -> Result<LimitValue, NoLimitValue> {
        let (dose, effect) = match (limit.alpha_beta, self.fractions) {
            (None, _) => ((self.dose_of)(place), None),
            (Some(alpha_beta), Some(fractions)) => (
                (self.dose_of)(place),
                Some(VoxelEffect::new(EffectMeasure::Eqd2, fractions, alpha_beta)),
            ),
            (Some(alpha_beta), None) => match (self.effect_in)(place, alpha_beta) {
                // its doses are EQD2 already
                Some(effect) => (effect, None),
                None => return Err(NoLimitValue::NoFractions),
            },
        };
        let dose = match dose {
            StructureInDose::Dose(dose) => dose,
            StructureInDose::NoSolid(error) => return Err(NoLimitValue::NoSolid(error)),
            StructureInDose::OtherFrame => return Err(NoLimitValue::OtherFrame),
        };
        let prescribed = self.prescribed_to(limit);
        let metric = in_gray(limit.metric, prescribed)?;
        let bounded = dose.metric(&metric, effect.as_ref()).ok_or_else(|| {
            if dose.is_cut() {
                NoLimitValue::Outside
            } else {
                NoLimitValue::NotDefined
            }
        })?;
        let volume_cc = dose.volume().upper;
        let unbreakable = || limit.unbreakable(&bounded, &metric, volume_cc);
        let wrong_side = || {
            let known = Known {
                kind: self.kinds.get(place).and_then(Option::as_deref),
                is_organ: self.published.names(&limit.structure),
                volume_cc,
                prescribed,
            };
            let is_kept = matches!(limit.judge(&bounded), Outcome::Pass | Outcome::Warn);
            is_kept.then(|| limit.wrong_side(&metric, &known)).flatten()
        };
        let in_doubt = self
            .doubt(dose)
            .or_else(|| unbreakable().map(Doubt::Unbreakable))
            .or_else(|| wrong_side().map(Doubt::WrongSide))
            .or_else(|| self.without_some(limit, &metric, &bounded));
        Ok(LimitValue { bounded, in_doubt })
    }

    /// The dose that shares in a limit are of: its own, or the only one.
    fn prescribed_to(&self, limit: &OrganLimit) -> Option<Decimal> {
        limit.prescribed_gray().or(self.prescribed)
    }

    /// Whether the dose of the plans that are left out could change what is found.
    fn without_some(&self, limit: &OrganLimit, metric: &Metric, found: &Bounded) -> Option<Doubt> {
        let is_kept_by_less = limit
            .is_kept_by_less(metric)
            .filter(|_| !self.left_out.is_empty())?;
        let outcome = limit.judge(found);
        let is_settled = match outcome {
            Outcome::Fail => is_kept_by_less,
            Outcome::Pass => !is_kept_by_less,
            _ => false,
        };
        (!is_settled).then(|| Doubt::LeftOut(self.left_out.to_vec()))
    }

    /// Why a value of this structure settles nothing.
    fn doubt(&self, dose: &ContouredDose<'_>) -> Option<Doubt> {
        if let Some(part) = &self.part {
            return Some(Doubt::Part(part.clone()));
        }
        if !dose.encloses_gaps() {
            return Some(Doubt::Gaps);
        }
        dose.notes.iter().find_map(|note| match note {
            StructureNote::Overlap { .. } | StructureNote::Cancelled { .. } => Some(Doubt::Overlap),
            StructureNote::CrossesItself { .. } => Some(Doubt::Crosses),
            StructureNote::PlanesTooClose => Some(Doubt::Planes),
            StructureNote::NoFrame => Some(Doubt::NoFrame),
            _ => None,
        })
    }
}

/// The metric with its share of a prescribed dose in gray.
fn in_gray(metric: Metric, prescribed: Option<Decimal>) -> Result<Metric, NoLimitValue> {
    if !metric.needs_prescription() {
        return Ok(metric);
    }
    prescribed
        .and_then(|prescribed| metric.prescribed(prescribed))
        .ok_or(NoLimitValue::NoPrescription)
}

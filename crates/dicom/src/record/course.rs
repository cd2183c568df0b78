//! Fractions that were given, held against what a case states of a course.

use chemorad::number::{Decimal, is_above_boundary};
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{FractionCount, Fractionation};
use chemorad::report::Finding;
use jiff::civil::Date;

use super::finding::RecordFinding;
use super::given::{GivenFraction, GivenTreatment};
use super::group_days::Days;
use super::kinds::NotSettled;
use super::parts::Stretch;
use super::prescribed::LARGE_PERCENT;

impl GivenTreatment {
    /// Holds the fractions against a day that is stated for a course: its `start`, or the day it was
    /// `finished`.
    pub fn hold_against_day(&mut self, course: &str, field: &'static str, stated: Date) {
        let recorded = match field {
            "start" => self.fractions.iter().map(|fraction| fraction.date).min(),
            _ => self.fractions.iter().map(|fraction| fraction.ended).max(),
        };
        if let Some(recorded) = recorded.filter(|&recorded| recorded != stated) {
            let finding = RecordFinding::CourseDate {
                course: course.into(),
                field,
                stated,
                recorded,
            };
            self.findings.push(finding.into());
        }
    }

    /// Holds the numbers of the fractions against themselves, none is missing, and their recorded doses: those of a
    /// fraction group differ by no more than 5 %.
    pub fn find_missing(&mut self) {
        let mut told: Vec<Finding> = Vec::new();
        let mut before = 0_u32;
        let stretches = self.series(|_, _| false);
        for stretch in &stretches {
            let mut found = Vec::new();
            let planned = stretch.planned_or_given();
            self.number(stretch, before, planned, false, &mut found);
            // parts of different plans are compared where they are taken as one phase
            for group in &stretch.groups {
                found.extend(unlike(&Stretch {
                    groups: vec![group.clone()],
                }));
            }
            before = before.saturating_add(planned);
            let days = Days::of(stretch.fractions().map(GivenFraction::days))
                .filter(|_| stretches.len() > 1);
            told.extend(found.into_iter().map(|one| {
                let mut finding = Finding::from(one);
                if let Some(days) = days {
                    finding.remark(days);
                }
                finding
            }));
        }
        self.findings.extend(told);
    }

    /// The doses of the volumes of a course as they were given, for each volume with the doses that are stated for it.
    /// Each phase stands for a fraction group with its number of fractions, or for several of different plans that are
    /// parts of one. Where fewer were given, the phase is cut to them, which is said. What was given and is stated for
    /// no volume leaves open what they got.
    pub fn given_of(
        &mut self,
        course: &str,
        volumes: &[(&str, &[Fractionation])],
    ) -> Vec<Vec<Fractionation>> {
        let mut found = Vec::new();
        let of_volumes: Vec<OfVolume> = volumes
            .iter()
            .map(|(volume, stated)| {
                let stretches = self.stretches(stated);
                of_volume((course, volume), stated, &stretches, &mut found)
            })
            .collect();
        let left = |of: &OfVolume, count: u32| of.left.iter().filter(|&&one| one == count).count();
        for ((volume, _), of) in volumes.iter().zip(&of_volumes) {
            let is_known = |&count: &u32| {
                let others = of_volumes.iter();
                others.map(|other| left(other, count)).min() < Some(left(of, count))
            };
            let (known, unknown): (Vec<u32>, Vec<u32>) =
                of.left.iter().partition(|one| is_known(one));
            for (groups, elsewhere) in [(known, true), (unknown, false)] {
                if !groups.is_empty() {
                    found.push(RecordFinding::NotStated {
                        course: course.into(),
                        volume: (*volume).into(),
                        groups,
                        elsewhere,
                    });
                }
            }
        }
        self.findings.extend(found.into_iter().map(Into::into));
        of_volumes.into_iter().map(|of| of.doses).collect()
    }
}

/// What a volume got.
struct OfVolume {
    doses: Vec<Fractionation>,
    /// The fractions of what was given and is not stated for it.
    left: Vec<u32>,
}

fn of_volume(
    (course, volume): (&str, &str),
    stated: &[Fractionation],
    stretches: &[Stretch<'_>],
    found: &mut Vec<RecordFinding>,
) -> OfVolume {
    let counts: Vec<u32> = stretches.iter().map(|stretch| state(stretch).0).collect();
    let as_many = stretches.len() == stated.len();
    // each phase as it was given, whatever was planned
    let as_given = as_many
        && stated
            .iter()
            .zip(&counts)
            .all(|(one, given)| one.fractions().get() == *given);
    let planned = |place: usize, stretch: &Stretch<'_>| match (counts.get(place), stated.get(place))
    {
        (Some(given), _) if as_given => *given,
        // plans that are made anew each day do not say how many were to follow
        (Some(given), Some(phase)) if as_many && stretch.is_daily() => {
            phase.fractions().get().max(*given)
        }
        _ => stretch.planned_or_given(),
    };
    let mut open: Vec<(u32, &Stretch<'_>)> = stretches
        .iter()
        .enumerate()
        .map(|(place, stretch)| (planned(place, stretch), stretch))
        .collect();
    let groups: Vec<u32> = open.iter().map(|one| one.0).collect();
    let mut doses = Vec::new();
    for phase in stated {
        let count = phase.fractions().get();
        let unsettled = |why| RecordFinding::Unsettled {
            course: course.into(),
            volume: volume.into(),
            why,
        };
        let mut fitting = open.iter().filter(|one| one.0 == count).map(|one| one.1);
        let first_fit = fitting.next();
        let given = first_fit.map(state);
        let one = as_many || fitting.all(|stretch| Some(state(stretch)) == given);
        let dose = match given {
            None => Err(NotSettled::NoGroup {
                stated: count,
                groups: groups.clone(),
            }),
            Some((_, parts)) if !parts.is_empty() => Err(NotSettled::NotWhole { fractions: parts }),
            Some(_) if !one => Err(NotSettled::SeveralGroups),
            Some((given, _)) => Ok(given),
        };
        if let Some(stretch) = first_fit.filter(|stretch| stretch.is_of_parts()) {
            found.extend(unlike(stretch));
            found.push(RecordFinding::Parts {
                of: format!("course {course}, {volume}"),
                plans: stretch.plans(),
                fractions: stretch.count(),
                numbered: stretch.is_numbered(),
                alike: stretch.fractions().all(|one| one.dose.is_some()),
            });
        }
        match dose.map(|given| (given, first(*phase, given))) {
            Err(why) => {
                found.push(unsettled(why));
                doses.push(*phase);
            }
            // more than the phase has is found by its numbers
            Ok((_, None)) => doses.push(*phase),
            Ok((given, Some(dose))) => {
                if given != count {
                    found.push(RecordFinding::Fewer {
                        course: course.into(),
                        volume: volume.into(),
                        given,
                        stated: count,
                    });
                }
                doses.push(dose);
            }
        }
        if let Some(place) = open.iter().position(|one| one.0 == count) {
            open.remove(place);
        }
    }
    OfVolume {
        doses,
        left: open.iter().map(|one| one.1.count()).collect(),
    }
}

/// Whole fractions whose recorded dose is more than 5 % from the median of what belongs together.
fn unlike(stretch: &Stretch<'_>) -> Option<RecordFinding> {
    let is_of_parts = stretch.is_of_parts();
    let whole = (1..)
        .zip(stretch.fractions())
        .filter(|(_, one)| one.complete);
    let mut stated: Vec<(Option<i32>, Decimal, u32)> = whole
        .filter_map(|(counted, one)| {
            // numbers of dose references and fractions of different plans have nothing to do with one another
            let (reference, number) = if is_of_parts {
                (None, counted)
            } else {
                (one.reference, one.number)
            };
            Some((reference, one.dose?, number))
        })
        .collect();
    let reference = stated.first()?.0;
    stated.retain(|one| one.0 == reference);
    stated.sort_unstable_by_key(|one| one.1);
    let usual = stated.get(stated.len() / 2)?.1;
    let percent = |dose: Decimal| (dose.to_f64() / usual.to_f64() - 1.0) * 100.0;
    stated.retain(|one| is_above_boundary(percent(one.1).abs(), LARGE_PERCENT));
    let (least, most) = (stated.first()?.1, stated.last()?.1);
    Some(RecordFinding::DoseUnlike {
        fractions: stated.iter().map(|one| one.2).collect(),
        usual,
        others: (least, most),
    })
}

/// How many fractions were given, and the numbers of those that are not whole.
fn state(stretch: &Stretch<'_>) -> (u32, Vec<u32>) {
    let parts = stretch.fractions().filter(|fraction| !fraction.complete);
    let parts = parts.map(|fraction| fraction.number).collect();
    (stretch.count(), parts)
}

/// The first fractions of a phase.
fn first(phase: Fractionation, count: u32) -> Option<Fractionation> {
    if count == phase.fractions().get() {
        return Some(phase);
    }
    let given = usize::try_from(count).ok()?;
    let doses = phase.doses();
    let micrograys = doses.get(..given)?.iter().map(|dose| dose.micrograys());
    let total = AbsorbedDose::from_micrograys(micrograys.sum()).ok()?;
    Some(Fractionation::from_total(
        total,
        FractionCount::new(count).ok()?,
    ))
}

//! Fractions that were given, held against what is prescribed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chemorad::number::{Decimal, is_above_boundary};
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::Fractionation;
use chemorad::report::Finding;

use super::alike::alike;
use super::finding::RecordFinding;
use super::given::{GivenFraction, GivenTreatment};
use super::kinds::DoseDifference;
use super::parts::{Group, Stretch};
use crate::plan::dose_per_fraction::DosePerFraction;
use crate::plan::rt_plan::Plan;

/// Beyond one percent a recorded dose is said to differ; a dose reference need not lie where the dose is
/// prescribed.
const SAID_PERCENT: f64 = 1.0;
/// Beyond this it may as well be another dose that was given.
pub(super) const LARGE_PERCENT: f64 = 5.0;
/// Beyond this it is no longer the dose of this prescription.
const BEYOND_PERCENT: f64 = 25.0;

impl GivenTreatment {
    /// The fractions of each fraction group, in the order in which the groups began.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let mut places: BTreeMap<(Option<&str>, Option<i32>), usize> = BTreeMap::new();
        let mut groups: Vec<Group<'_>> = Vec::new();
        for fraction in &self.fractions {
            let of = (fraction.plan.as_deref(), fraction.group);
            let place = *places.entry(of).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.push(fraction),
                None => groups.push(vec![fraction]),
            }
        }
        groups
    }

    /// Notes the plans whose dose per fraction is known, by their SOP Instance UIDs: what they give can be held
    /// against a prescription where records state no dose.
    pub fn know_plans<'p>(&mut self, plans: impl IntoIterator<Item = &'p Plan>) {
        let is_known = |plan: &&Plan| {
            let mut groups = plan.fraction_groups.iter();
            groups.all(|group| matches!(group.dose_per_fraction(), DosePerFraction::Known { .. }))
        };
        let known = plans.into_iter().filter(is_known);
        let uids =
            known.filter_map(|plan| Some(plan.identity.sop_instance.as_ref()?.reveal().clone()));
        self.with_dose.extend(uids);
    }

    /// Holds the fractions against the phases of a prescription, one fraction group for each in their order, or
    /// several of different plans that are parts of it, and adds what it finds to the findings. Gives the dose of each
    /// fraction: the planned one, and where a fraction was broken off the one that its record states.
    pub fn hold_against(&mut self, prescription: &[Fractionation]) -> Vec<AbsorbedDose> {
        let mut found = Vec::new();
        let mut doses = Vec::new();
        let stretches = self.stretches(prescription);
        if stretches.len() > prescription.len() {
            found.push(RecordFinding::Groups {
                groups: self.groups().len(),
                phases: prescription.len(),
            });
        }
        let is_fitting = found.is_empty();
        let mut told: Vec<Finding> = alike(found).into_iter().map(Into::into).collect();
        let mut before = 0_u32;
        for (place, (stretch, phase)) in stretches.iter().zip(prescription).enumerate() {
            let mut found = Vec::new();
            let prescribed = phase.fractions().get();
            let next = stretches.get(place + 1);
            let next = next.and_then(|next| next.fractions().next());
            let last = stretch.fractions().last();
            let replaced = next
                .zip(last)
                .is_some_and(|(next, last)| next.plan != last.plan);
            self.number(stretch, before, prescribed, replaced, &mut found);
            let ends = last.map(|fraction| fraction.date);
            let given = stretch.fractions().count();
            let begun = next.filter(|next| stretch.count() < prescribed || Some(next.date) < ends);
            // too many groups are said already
            if begun.is_some() && is_fitting {
                found.push(RecordFinding::PhaseOrder {
                    phase: place + 1,
                    given,
                    prescribed,
                });
            }
            if stretch.is_part_of(prescribed) {
                let is_known = |one: &GivenFraction| {
                    let plan = one.plan.as_ref();
                    one.dose.is_some() || plan.is_some_and(|plan| self.with_dose.contains(plan))
                };
                found.push(RecordFinding::Parts {
                    of: format!("phase {}", place + 1),
                    plans: stretch.plans(),
                    fractions: stretch.count(),
                    numbered: stretch.is_numbered(),
                    alike: stretch.fractions().all(is_known),
                });
            }
            for ((counted, fraction), planned) in (1..).zip(stretch.fractions()).zip(phase.doses())
            {
                // each of several plans counts from 1
                let number = if stretch.is_of_parts() {
                    counted
                } else {
                    fraction.number
                };
                doses.push(taken(fraction, number, planned, &mut found));
            }
            before = before.saturating_add(prescribed);
            told.extend(alike(found).into_iter().map(|one| {
                let mut finding = Finding::from(one);
                if prescription.len() > 1 {
                    finding.remark(format!("of phase {}", place + 1));
                }
                finding
            }));
        }
        self.findings.extend(told);
        doses
    }

    /// The numbers are 1, 2, 3 ..., or go on from the fractions before, and fit what is prescribed.
    pub(super) fn number(
        &self,
        stretch: &Stretch<'_>,
        before: u32,
        prescribed: u32,
        replaced: bool,
        found: &mut Vec<RecordFinding>,
    ) {
        let mut missing = BTreeSet::new();
        // how many fractions, by their numbers, and the number of the last one
        let (mut counted, mut last) = (0, 0);
        for group in &stretch.groups {
            let numbers: BTreeSet<u32> = group.iter().map(|fraction| fraction.number).collect();
            let (Some(&least), Some(&most)) = (numbers.first(), numbers.last()) else {
                continue;
            };
            let starts = [before.saturating_add(counted), counted, last];
            let goes_on = |start: &u32| {
                let is_next = !stretch.is_of_parts() || least == start.saturating_add(1);
                least > *start && is_next
            };
            let starts = starts.into_iter().filter(|&start| start > 0);
            let offset = starts.into_iter().find(goes_on).unwrap_or(0);
            let nothing_of = self.nothing_between(group, offset, most);
            // a misread number is not counted up to
            let limit = offset.saturating_add(prescribed);
            let until =
                most.min(limit.saturating_add(u32::try_from(nothing_of.len()).unwrap_or(u32::MAX)));
            let mut next = offset.saturating_add(1);
            for &number in numbers
                .union(&nothing_of)
                .filter(|&&number| number > offset)
            {
                if number > next && next <= until {
                    missing.insert((next, (number - 1).min(until)));
                }
                next = number.saturating_add(1);
            }
            let of_group = most - offset.min(most);
            let nothing_of = u32::try_from(nothing_of.len()).unwrap_or(u32::MAX);
            counted = u32::saturating_add(counted, of_group.saturating_sub(nothing_of));
            last = most;
        }
        if !missing.is_empty() {
            let runs = missing.into_iter().collect();
            found.push(RecordFinding::Missing { runs });
        }
        let planned = if stretch.is_part_of(prescribed) {
            let first = stretch.fractions().next().filter(|_| stretch.is_of_parts());
            first
                .zip(stretch.planned())
                .map(|(first, planned)| (first.number, planned))
        } else {
            let mut stated = stretch
                .fractions()
                .filter_map(|f| Some((f.number, f.planned?)));
            stated.find(|&(_, planned)| planned != prescribed)
        };
        if let Some((fraction, planned)) = planned.filter(|&(_, planned)| planned != prescribed) {
            found.push(
                if replaced && stretch.count() == prescribed && planned > prescribed {
                    RecordFinding::Replaced {
                        fraction: last,
                        planned,
                        given: prescribed,
                    }
                } else {
                    RecordFinding::Prescribed {
                        fraction,
                        planned,
                        prescribed,
                    }
                },
            );
        }
        if counted > prescribed {
            found.push(RecordFinding::TooMany {
                number: counted,
                prescribed,
            });
        }
    }

    /// The numbers of a fraction group after one and up to another that have a record and gave nothing.
    fn nothing_between(&self, group: &Group<'_>, after: u32, until: u32) -> BTreeSet<u32> {
        let (Some(first), true) = (group.first(), after < until) else {
            return BTreeSet::new();
        };
        let of = |number| (first.plan.clone(), first.group, number);
        let between = (Bound::Excluded(of(after)), Bound::Included(of(until)));
        self.nothing.range(between).map(|one| one.2).collect()
    }
}

/// The dose of a fraction: the planned one, or that of a part.
fn taken(
    fraction: &GivenFraction,
    number: u32,
    planned: AbsorbedDose,
    found: &mut Vec<RecordFinding>,
) -> AbsorbedDose {
    let Some(recorded) = fraction.dose else {
        return planned;
    };
    let exact = AbsorbedDose::from_gray(recorded.to_f64());
    if !fraction.complete {
        match exact {
            Ok(dose) if dose < planned => return dose,
            _ => {}
        }
    }
    let percent = (recorded.to_f64() / planned.gray() - 1.0) * 100.0;
    let is_above = |limit| is_above_boundary(percent.abs(), limit);
    let difference = if is_above(BEYOND_PERCENT) {
        Some(DoseDifference::Beyond)
    } else if !fraction.complete {
        let whole = Decimal::new(planned.micrograys().into(), -6);
        found.push(RecordFinding::WholeDose {
            fraction: number,
            recorded,
            whole: whole.unwrap_or(recorded),
        });
        None
    } else if is_above(LARGE_PERCENT) {
        Some(DoseDifference::Large)
    } else if is_above(SAID_PERCENT) {
        Some(DoseDifference::Small)
    } else {
        None
    };
    if let Some(difference) = difference {
        say(found, number, recorded, planned, difference);
    }
    planned
}

/// Fractions with one recorded dose are said once.
fn say(
    found: &mut Vec<RecordFinding>,
    number: u32,
    dose: Decimal,
    plan: AbsorbedDose,
    off: DoseDifference,
) {
    for finding in found.iter_mut() {
        if let RecordFinding::Dose {
            fractions,
            recorded,
            planned,
            difference,
        } = finding
        {
            if (*recorded, *planned, *difference) == (dose, plan, off) {
                fractions.push(number);
                return;
            }
        }
    }
    found.push(RecordFinding::Dose {
        fractions: vec![number],
        recorded: dose,
        planned: plan,
        difference: off,
    });
}

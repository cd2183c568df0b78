//! Fraction groups of several plans that are parts of one phase: a plan that was replaced before its end, plans that were
//! made anew each day, and a plan that was given in turn with those.

use std::collections::BTreeSet;

use chemorad::radiotherapy::Fractionation;

use super::given::{GivenFraction, GivenTreatment};

/// The fractions of a fraction group.
pub(super) type Group<'g> = Vec<&'g GivenFraction>;

/// One fraction group, or several of different plans that were given one after another as parts of one.
pub(super) struct Stretch<'g> {
    pub(super) groups: Vec<Group<'g>>,
}

/// Which fraction group of a plan stands for which phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhaseGroup<'g> {
    /// The SOP Instance UID of the plan.
    pub plan: Option<&'g str>,
    /// The number of the fraction group.
    pub group: Option<i32>,
    /// The place of the phase.
    pub phase: usize,
    /// Whether other plans gave other fractions of the phase.
    pub is_part: bool,
}

impl<'g> Stretch<'g> {
    pub(super) fn fractions(&self) -> impl Iterator<Item = &'g GivenFraction> {
        self.groups.iter().flatten().copied()
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.fractions().count()).unwrap_or(u32::MAX)
    }

    pub(super) fn is_of_parts(&self) -> bool {
        self.groups.len() > 1
    }

    /// How many plans there are.
    pub(super) fn plans(&self) -> usize {
        let plans: BTreeSet<Option<&str>> = self
            .fractions()
            .map(|fraction| fraction.plan.as_deref())
            .collect();
        plans.len()
    }

    /// Whether each of several plans is for one fraction and was given once.
    pub(super) fn is_daily(&self) -> bool {
        self.is_of_parts() && self.groups.iter().all(is_of_one)
    }

    /// Whether it is a part of a phase of so many fractions: of several plans, or the first of plans that are made anew
    /// each day.
    pub(super) fn is_part_of(&self, prescribed: u32) -> bool {
        let is_first = prescribed > 1 && self.groups.iter().all(is_of_one);
        self.is_of_parts() || is_first && self.planned() == Some(1)
    }

    /// Whether a record that is missing would be seen by the numbers.
    pub(super) fn is_numbered(&self) -> bool {
        !self.groups.iter().all(is_of_one) || self.fractions().any(|one| one.number > 1)
    }

    /// The number of fractions as the first plan states it; not where each plan is for one.
    pub(super) fn planned(&self) -> Option<u32> {
        if self.is_daily() {
            return None;
        }
        planned(self.groups.first()?)
    }

    /// The fractions that are planned, or else those that were given.
    pub(super) fn planned_or_given(&self) -> u32 {
        self.planned().unwrap_or_else(|| self.count())
    }

    /// Whether the next group goes on where this ends: it is of another plan, begins no earlier, and its numbers or its
    /// number of fractions are those of the rest, or every plan is for one fraction.
    fn goes_on_in(&self, next: &Group<'_>) -> bool {
        let (Some(last), Some(first)) = (self.fractions().last(), next.first()) else {
            return false;
        };
        let is_other = first.plan.is_some() && first.plan != last.plan;
        let is_later = self.fractions().all(|one| one.ended <= first.date);
        if !is_other || !is_later || last.plan.is_none() {
            return false;
        }
        let given = self.count();
        let is_next = last.number.checked_add(1) == Some(first.number);
        // back to a plan that was given before: only numbers that count through show it, and plans for one fraction
        let mut known = self.fractions().filter(|one| one.plan == first.plan);
        if let Some(before) = known.next() {
            let mut others = self.fractions().filter(|one| one.plan != first.plan);
            return is_next
                && before.group == first.group
                && self.planned() > Some(given)
                && others.all(|one| one.planned == Some(1));
        }
        let goes_on = is_next || given.checked_add(1) == Some(first.number);
        if self.groups.iter().all(is_of_one) && is_of_one(next) {
            return goes_on || first.number == 1;
        }
        let Some(rest) = self
            .planned()
            .and_then(|planned| planned.checked_sub(given))
            .filter(|&rest| rest > 0)
        else {
            return false;
        };
        match planned(next) {
            None => goes_on,
            Some(of_next) if of_next == rest => goes_on || first.number == 1,
            Some(1) if is_of_one(next) => is_next,
            of_next => goes_on && of_next == self.planned(),
        }
    }
}

/// Whether a fraction group has one fraction, and states no more.
fn is_of_one(group: &Group<'_>) -> bool {
    matches!(group.as_slice(), [one] if one.planned.is_none_or(|planned| planned == 1))
}

fn planned(group: &Group<'_>) -> Option<u32> {
    group.iter().find_map(|fraction| fraction.planned)
}

/// Joins what goes on; `ends` says whether a stretch of so many fractions, the first, second ..., is complete.
fn joined<'g>(groups: Vec<Group<'g>>, ends: impl Fn(usize, u32) -> bool) -> Vec<Stretch<'g>> {
    let mut stretches: Vec<Stretch<'g>> = Vec::new();
    for group in groups {
        let place = stretches.len().saturating_sub(1);
        match stretches.last_mut() {
            Some(stretch) if !ends(place, stretch.count()) && stretch.goes_on_in(&group) => {
                stretch.groups.push(group);
            }
            _ => stretches.push(Stretch {
                groups: vec![group],
            }),
        }
    }
    stretches
}

impl GivenTreatment {
    /// The fraction groups in the order in which they began, parts of one phase together.
    pub(super) fn stretches(&self, prescription: &[Fractionation]) -> Vec<Stretch<'_>> {
        self.series(|place, given| {
            let phase = prescription.get(place);
            phase.is_some_and(|phase| given >= phase.fractions().get())
        })
    }

    /// The fraction groups joined, as wholes or in the turns in which they were given, whichever leaves fewer.
    pub(super) fn series(&self, ends: impl Fn(usize, u32) -> bool) -> Vec<Stretch<'_>> {
        let wholes = joined(self.groups(), &ends);
        if wholes.len() < 2 {
            return wholes;
        }
        let by_turns = joined(self.turns(), &ends);
        if by_turns.len() <= wholes.len() {
            by_turns
        } else {
            wholes
        }
    }

    /// Fractions that followed one another in one fraction group.
    fn turns(&self) -> Vec<Group<'_>> {
        let is_one = |one: &GivenFraction, next: &GivenFraction| {
            one.plan == next.plan && one.group == next.group
        };
        let turns = self.fractions.chunk_by(is_one);
        turns.map(|turn| turn.iter().collect()).collect()
    }

    /// Which fraction group stands for which phase of a prescription, in the order in which they were given.
    #[must_use]
    pub fn phase_groups(&self, prescription: &[Fractionation]) -> Vec<PhaseGroup<'_>> {
        let stretches = self.stretches(prescription);
        let places = (0..prescription.len()).zip(&stretches);
        let groups = places.flat_map(|(phase, stretch)| {
            let prescribed = prescription.get(phase).map(|phase| phase.fractions().get());
            let is_part = prescribed.is_some_and(|count| stretch.is_part_of(count));
            let groups = stretch.groups.iter();
            groups.filter_map(move |group| {
                let first = group.first()?;
                Some(PhaseGroup {
                    plan: first.plan.as_deref(),
                    group: first.group,
                    phase,
                    is_part,
                })
            })
        });
        groups.collect()
    }
}

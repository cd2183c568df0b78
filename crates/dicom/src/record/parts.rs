//! Fraction groups of several plans that are parts of one phase: a plan that was replaced before its end, and plans that
//! were made anew each day.

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

    /// Whether each of several plans is for one fraction and was given once.
    pub(super) fn is_daily(&self) -> bool {
        self.is_of_parts() && self.groups.iter().all(is_of_one)
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
        let is_other = first.plan.is_some() && self.fractions().all(|one| one.plan != first.plan);
        let is_later = self.fractions().all(|one| one.ended <= first.date);
        if !is_other || !is_later || last.plan.is_none() {
            return false;
        }
        let given = self.count();
        let goes_on = [last.number, given].map(|before| before.checked_add(1));
        let goes_on = goes_on.contains(&Some(first.number));
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
pub(super) fn joined<'g>(
    groups: Vec<Group<'g>>,
    ends: impl Fn(usize, u32) -> bool,
) -> Vec<Stretch<'g>> {
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
        joined(self.groups(), |place, given| {
            let phase = prescription.get(place);
            phase.is_some_and(|phase| given >= phase.fractions().get())
        })
    }

    /// Which fraction group stands for which phase of a prescription, in the order in which they were given.
    #[must_use]
    pub fn phase_groups(&self, prescription: &[Fractionation]) -> Vec<PhaseGroup<'_>> {
        let stretches = self.stretches(prescription);
        let places = (0..prescription.len()).zip(&stretches);
        let groups = places.flat_map(|(phase, stretch)| {
            let is_part = stretch.is_of_parts();
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

//! Fraction groups of different plans that are one phase together, as after a new plan for the rest of its fractions.

use super::assign::{Place, Search};
use super::fit::Fit;
use super::known::Item;
use super::reason::MatchReason;
use super::statement::{Scope, named};
use chemorad::report::Outcome;
use chemorad_dosimetry::{PlanKind, PlannedTarget, same_name};

/// Groups that have the fractions of a phase together.
struct Parts {
    phase: usize,
    items: Vec<usize>,
    /// Two of them have as many fractions.
    may_be_copies: bool,
}

impl Search<'_> {
    /// Groups of different plans with the dose per fraction of a phase and with one target, whose fractions add up to those of the phase,
    /// where they can make up no other.
    pub(super) fn by_parts(&mut self) {
        let free = self.free_phases();
        let all: Vec<Parts> = free.into_iter().flat_map(|at| self.parts_of(at)).collect();
        for (place, parts) in all.iter().enumerate() {
            let mut others = all.iter().enumerate().filter(|(other, _)| *other != place);
            let contested = others.any(|(_, other)| {
                other.phase == parts.phase || other.items.iter().any(|at| parts.items.contains(at))
            });
            if contested {
                continue;
            }
            for item in &parts.items {
                let (place, because) = if parts.may_be_copies {
                    let phase = self.phase(parts.phase);
                    let phase = phase.map_or_else(String::new, |one| one.name().to_string());
                    (
                        Place::None(Outcome::CannotTell),
                        MatchReason::EqualParts(phase),
                    )
                } else {
                    let others = parts.items.iter().filter(|other| *other != item);
                    let others = others.filter_map(|at| Some(self.items.get(*at)?.name()));
                    let others = others.collect();
                    (Place::Phase(parts.phase), MatchReason::PartOf { others })
                };
                self.put(*item, place, because);
            }
        }
    }

    /// The groups that are a phase together, by their targets.
    fn parts_of(&self, at: usize) -> Vec<Parts> {
        let Some(phase) = self.phase(at) else {
            return Vec::new();
        };
        let item = |at: &usize| self.items.get(*at);
        let mut open = self.free_items();
        open.retain(|one| {
            item(one).is_some_and(|item| Fit::is_part(item, phase, self.tolerances))
                && self.name_allows(*one, at)
        });
        let mut found = Vec::new();
        while let Some(first) = open.first().and_then(item) {
            let (items, rest): (Vec<usize>, Vec<usize>) = open
                .iter()
                .partition(|other| item(other).is_some_and(|other| have_one_target(first, other)));
            // one that names no target is like none, not even itself
            let items = if items.is_empty() {
                open.remove(0);
                continue;
            } else {
                open = rest;
                items
            };
            let own: Vec<&Item<'_>> = items.iter().filter_map(item).collect();
            let fractions = own.iter().map(|item| item.group.fractions);
            let sum = fractions.reduce(|sum, count| sum?.checked_add(count?));
            if sum.flatten() != Some(phase.fractions().get()) {
                continue;
            }
            let pairs = || {
                let all = own.iter().enumerate();
                all.flat_map(|(place, one)| own.iter().skip(place + 1).map(move |two| (one, two)))
            };
            // why one plan splits a phase is for a person
            if pairs().any(|(one, two)| core::ptr::eq(one.plan, two.plan)) {
                continue;
            }
            let may_be_copies =
                pairs().any(|(one, two)| one.group.fractions == two.group.fractions);
            found.push(Parts {
                phase: at,
                items,
                may_be_copies,
            });
        }
        found
    }
}

/// Whether two groups name the same targets, of which there are some.
fn have_one_target(one: &Item<'_>, other: &Item<'_>) -> bool {
    let (these, those) = (targets(one), targets(other));
    let all_in = |these: &[&str], those: &[&str]| {
        let mut these = these.iter();
        these.all(|name| those.iter().any(|other| same_name(name, other)))
    };
    !these.is_empty() && all_in(&these, &those) && all_in(&those, &these)
}

/// What the targets of a group are called, as the course calls them where a person said so.
fn targets<'a>(item: &'a Item<'a>) -> Vec<&'a str> {
    if item.plan.kind == PlanKind::Entered {
        let doses = item.group.doses.iter();
        return doses.filter_map(|dose| item.volume_of(dose)).collect();
    }
    let is_of_group = |target: &&PlannedTarget| Scope::of(item.plan, target).holds(item.place);
    let called = |target: &'a PlannedTarget| {
        let name = target.name.reveal();
        let given = item.names.iter().find(|given| given.name == *name);
        given.map_or(name.as_str(), |given| given.volume.as_str())
    };
    named(item.plan).filter(is_of_group).map(called).collect()
}

//! Which fraction group is which phase: never by its place in a list.

use std::string::{String, ToString};
use std::vec::Vec;

use super::amount::Amount;
use super::known::{Item, Origin, same_name};
use super::mapping::{MappingError, PhaseMapping};
use super::prescribed::Prescribed;
use super::tolerance::Tolerances;
use chemorad::radiotherapy::{Fractionation, Phase};
use chemorad::report::Outcome;

/// How a fraction group is assigned to a phase; part of every report.
pub const ASSIGNMENT_RULE: &str = "A fraction group is the phase that was assigned to it by hand. \
Otherwise it is the phase that has its number of fractions and its dose per fraction (within the \
tolerance), or whose name it bears, when no other group claims that phase. When one group and one \
phase are left, they belong together and are compared. The order of files, groups and lines means \
nothing.";

/// A fraction group and the phase it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AssignedGroup {
    /// The group.
    pub group: String,
    /// Its fractions and dose per fraction, as far as they are known.
    pub planned: String,
    /// The phase, where it can be told.
    pub phase: Option<String>,
    /// The fractions and dose of that phase.
    pub prescribed: Option<String>,
    /// Why this phase, or why none.
    pub because: String,
}

pub(super) enum Place {
    /// The place of the phase in the course.
    Phase(usize),
    /// None, and what that means.
    None(Outcome),
}

pub(super) struct Assigned {
    pub(super) place: Place,
    pub(super) because: String,
}

impl Assigned {
    pub(super) const fn phase(&self) -> Option<usize> {
        match self.place {
            Place::Phase(at) => Some(at),
            Place::None(_) => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Fractions and dose per fraction are those of the phase.
    Same,
    /// What is known is that of the phase, and something is not known.
    Open,
    /// Neither fractions nor dose are known.
    Unknown,
    /// Something differs.
    Different,
}

struct Search<'a> {
    items: &'a [Item<'a>],
    prescribed: &'a Prescribed,
    tolerances: &'a Tolerances,
    found: Vec<Option<Assigned>>,
}

/// The phase of every group, in the order of the groups.
pub(super) fn assign(
    items: &[Item<'_>],
    prescribed: &Prescribed,
    mapping: &[PhaseMapping],
    tolerances: &Tolerances,
) -> Result<Vec<Assigned>, MappingError> {
    let mut search = Search {
        items,
        prescribed,
        tolerances,
        found: items.iter().map(|_| None).collect(),
    };
    search.by_hand(mapping)?;
    search.by_claim(
        Fit::Same,
        "its fractions and dose per fraction are those of this phase and of no other",
    );
    search.by_claim(
        Fit::Open,
        "what is known of its fractions and dose is as in this phase and in no other",
    );
    search.by_name();
    search.by_elimination();
    Ok(search.finish())
}

impl Search<'_> {
    fn phase(&self, at: usize) -> Option<&Phase> {
        self.prescribed.course.phases().get(at)
    }

    fn taken(&self, at: usize) -> bool {
        self.found
            .iter()
            .flatten()
            .any(|assigned| assigned.phase() == Some(at))
    }

    /// Phases of the course that have no group, those that are not compared too: a group of such a
    /// phase must not be taken for another.
    fn free_phases(&self) -> Vec<usize> {
        let phases = 0..self.prescribed.course.phases().len();
        phases.filter(|at| !self.taken(*at)).collect()
    }

    fn free_items(&self) -> Vec<usize> {
        let found = self.found.iter().enumerate();
        found
            .filter(|(_, found)| found.is_none())
            .map(|(at, _)| at)
            .collect()
    }

    fn put(&mut self, item: usize, place: Place, because: impl Into<String>) {
        if let Some(found) = self.found.get_mut(item) {
            *found = Some(Assigned {
                place,
                because: because.into(),
            });
        }
    }

    fn by_hand(&mut self, mapping: &[PhaseMapping]) -> Result<(), MappingError> {
        for given in mapping {
            let phases = self.prescribed.course.phases();
            let phase = phases
                .iter()
                .position(|phase| phase.name().is(&given.phase));
            let Some(phase) = phase else {
                let names: Vec<&str> = phases.iter().map(|p| p.name().as_str()).collect();
                return Err(MappingError::Phase {
                    given: given.clone(),
                    choices: names.join(", "),
                });
            };
            let meant = |item: &Item<'_>| {
                let label = item.plan.label.as_deref();
                (item.plan.source == given.plan || label == Some(given.plan.as_str()))
                    && (given.group.is_none() || item.group.number == given.group)
            };
            let matches: Vec<usize> = (0..self.items.len())
                .filter(|at| self.items.get(*at).is_some_and(meant))
                .collect();
            let [only] = matches.as_slice() else {
                let choices: Vec<String> = self.items.iter().map(Item::selector).collect();
                return Err(MappingError::Group {
                    given: given.clone(),
                    matches: matches.len(),
                    choices: choices.join(", "),
                });
            };
            if self.found.get(*only).is_some_and(Option::is_some) {
                return Err(MappingError::Twice {
                    given: given.clone(),
                });
            }
            self.put(*only, Place::Phase(phase), "assigned by hand");
        }
        Ok(())
    }

    /// Groups that have one phase to go to, as long as no other such group goes there. Where exactly
    /// one complete assignment exists, this finds it: such a graph always has a vertex of degree 1.
    fn by_claim(&mut self, wanted: Fit, because: &str) {
        loop {
            let free = self.free_phases();
            let claims: Vec<(usize, usize)> =
                self.free_items()
                    .into_iter()
                    .filter_map(|item| {
                        let mut fitting = free.iter().copied().filter(|at| {
                            self.fit(item, *at) == wanted && self.name_allows(item, *at)
                        });
                        match (fitting.next(), fitting.next()) {
                            (Some(at), None) => Some((item, at)),
                            _ => None,
                        }
                    })
                    .collect();
            let sole = claims.iter().find(|(item, at)| {
                !claims
                    .iter()
                    .any(|(other, wants)| other != item && wants == at)
            });
            let Some(&(item, at)) = sole else {
                return;
            };
            let because = match self.named(item) {
                Some(named) if named == at => {
                    format!("it bears the name of this phase, and {because}")
                }
                _ => because.to_string(),
            };
            self.put(item, Place::Phase(at), because);
        }
    }

    /// Groups whose numbers are those of no phase and that bear the name of one.
    fn by_name(&mut self) {
        let free = self.free_phases();
        for item in self.free_items() {
            let Some(named) = self.named(item).filter(|at| free.contains(at)) else {
                continue;
            };
            let elsewhere = free
                .iter()
                .any(|at| *at != named && matches!(self.fit(item, *at), Fit::Same | Fit::Open));
            let claimed = self
                .free_items()
                .iter()
                .any(|other| *other != item && self.named(*other) == Some(named));
            if !elsewhere && !claimed {
                self.put(item, Place::Phase(named), "it bears the name of this phase");
            }
        }
    }

    fn by_elimination(&mut self) {
        let mut free = self.free_phases();
        free.retain(|at| self.prescribed.phases.contains(at));
        if let ([item], [at]) = (self.free_items().as_slice(), free.as_slice()) {
            let (item, at) = (*item, *at);
            if self.name_allows(item, at) {
                let because = if self.items.len() == 1 && self.prescribed.phases.len() == 1 {
                    "there is one group and one phase"
                } else {
                    "it is the only group and this the only phase that is left"
                };
                self.put(item, Place::Phase(at), because);
            }
        }
    }

    fn finish(mut self) -> Vec<Assigned> {
        for item in self.free_items() {
            let (outcome, because) = self.unassigned(item);
            self.put(item, Place::None(outcome), because);
        }
        self.found.into_iter().flatten().collect()
    }

    /// Why a group has no phase, and what that means.
    fn unassigned(&self, item: usize) -> (Outcome, String) {
        let name = |at: usize| self.phase(at).map_or("", |phase| phase.name().as_str());
        let all = 0..self.prescribed.course.phases().len();
        let same: Vec<usize> = all
            .clone()
            .filter(|at| self.fit(item, *at) == Fit::Same)
            .collect();
        let open = all
            .clone()
            .any(|at| matches!(self.fit(item, at), Fit::Open | Fit::Unknown));
        let named = self.named(item);
        let names = |phases: &[usize]| {
            phases
                .iter()
                .map(|at| name(*at))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match (named, same.as_slice()) {
            (Some(named), [first, ..]) if !same.contains(&named) => (
                Outcome::CannotTell,
                format!(
                    "it bears the name of phase {} and has the numbers of phase {}",
                    name(named),
                    name(*first)
                ),
            ),
            (_, [at]) if self.taken(*at) => (
                Outcome::Fail,
                format!("phase {} is given by another group already", name(*at)),
            ),
            (_, [at]) => (
                Outcome::CannotTell,
                format!("more than one group has the numbers of phase {}", name(*at)),
            ),
            (_, [_, _, ..]) => (
                Outcome::CannotTell,
                format!(
                    "its numbers are those of more than one phase: {}",
                    names(&same)
                ),
            ),
            (_, []) if open => (
                Outcome::CannotTell,
                "what is known of it does not tell its phase".to_string(),
            ),
            (Some(named), []) => (
                Outcome::Fail,
                format!(
                    "it bears the name of phase {}, as another group does, and has the numbers of no phase",
                    name(named)
                ),
            ),
            (None, []) => (
                Outcome::Fail,
                "its numbers are those of no phase".to_string(),
            ),
        }
    }

    /// The phase whose name the group bears.
    fn named(&self, item: usize) -> Option<usize> {
        let item = self.items.get(item)?;
        if let Some(stated) = &item.group.phase {
            let mut phases = self.prescribed.course.phases().iter();
            return phases.position(|phase| same_name(phase.name(), stated));
        }
        let mut names: Vec<&str> = item.group.label.iter().map(String::as_str).collect();
        if item.plan.groups.len() == 1 {
            names.extend(item.plan.label.as_deref());
        }
        let phases = self.prescribed.course.phases();
        let bears = |phase: &Phase| {
            names.iter().any(|name| {
                same_name(name, phase.name())
                    || phase.prescriptions().iter().any(|volume| {
                        let elsewhere = phases
                            .iter()
                            .filter(|other| other.prescription_of(&volume.volume).is_some());
                        elsewhere.count() == 1 && same_name(name, &volume.volume)
                    })
            })
        };
        let mut bearing = (0..phases.len()).filter(|at| phases.get(*at).is_some_and(bears));
        match (bearing.next(), bearing.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        }
    }

    fn name_allows(&self, item: usize, at: usize) -> bool {
        self.named(item).is_none_or(|named| named == at)
    }

    fn fit(&self, item: usize, at: usize) -> Fit {
        let (Some(item), Some(phase)) = (self.items.get(item), self.phase(at)) else {
            return Fit::Different;
        };
        let fractions = item.group.fractions;
        if fractions.is_some_and(|count| count != phase.fractions().get()) {
            return Fit::Different;
        }
        let mut known = true;
        if item.group.doses.is_empty() {
            known = false;
        }
        for dose in &item.group.doses {
            let Ok(planned) = item.per_fraction(dose) else {
                known = false;
                continue;
            };
            let agrees = phase.prescriptions().iter().any(|volume| {
                let meant = dose
                    .volume
                    .as_ref()
                    .is_none_or(|name| same_name(name, &volume.volume));
                meant && self.agrees(volume.fractionation, planned.amount)
            });
            match (agrees, planned.origin) {
                (true, _) => {}
                (false, Origin::Given) => return Fit::Different,
                // a stated total may be that of the whole course
                (false, Origin::Stated) => known = false,
            }
        }
        match (fractions, known) {
            (Some(_), true) => Fit::Same,
            (None, false) => Fit::Unknown,
            _ => Fit::Open,
        }
    }

    fn agrees(&self, prescribed: Fractionation, planned: Amount) -> bool {
        let limit = self.tolerances.dose_per_fraction.limit;
        per_fraction(prescribed)
            .and_then(|expected| Amount::compare(expected, planned, limit))
            .is_some_and(|comparison| comparison.within)
    }
}

pub(super) fn per_fraction(prescribed: Fractionation) -> Option<Amount> {
    Amount::quotient(prescribed.total().into(), prescribed.fractions().get())
}

//! Which fraction group is which phase: never by its place in a list.

use super::fit::{Fit, is_by_stated_dose};
use super::input::CrossCheckInput;
use super::known::Item;
use super::mapping::{MappingError, PhaseMapping, TargetName};
use super::prescribed::Prescribed;
use super::reason::MatchReason;
use super::statement::{Scope, dosed};
use super::tolerance::Tolerances;
use super::volume_name::volume_named;
use chemorad::radiotherapy::Phase;
use chemorad::report::{Identifying, Outcome, Subject, Written};
use chemorad_dosimetry::same_name;

/// How a fraction group is assigned to a phase; part of every report.
pub const ASSIGNMENT_RULE: &str = "A fraction group is the phase that was assigned to it by hand. \
Otherwise it is the phase that has its number of fractions and its dose per fraction (within the \
tolerance), or whose name it has, when no other group claims that phase. Groups of different plans with the dose per \
fraction of one phase and one target are that phase together when their fractions add up to its own; plans with equally many \
fractions can be copies, and are assigned by hand. When one group and one \
phase are left, they belong together and are compared. The order of files, groups and lines means \
nothing.";

/// A fraction group and the phase it is matched to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AssignedGroup {
    /// The group.
    pub group: Subject,
    /// Its fractions and dose per fraction, as far as they are known.
    pub planned: Written,
    /// The phase, where it can be told.
    pub phase: Option<String>,
    /// The fractions and dose of that phase.
    pub prescribed: Option<String>,
    /// Why this phase, or why none.
    pub because: MatchReason,
}

pub(super) enum Place {
    /// The place of the phase in the course.
    Phase(usize),
    /// None, and what that means.
    None(Outcome),
}

pub(super) struct Assigned {
    pub(super) place: Place,
    pub(super) because: MatchReason,
}

impl Assigned {
    pub(super) const fn phase(&self) -> Option<usize> {
        match self.place {
            Place::Phase(at) => Some(at),
            Place::None(_) => None,
        }
    }
}

pub(super) struct Search<'a> {
    pub(super) items: &'a [Item<'a>],
    prescribed: &'a Prescribed,
    names: &'a [TargetName],
    pub(super) tolerances: &'a Tolerances,
    found: Vec<Option<Assigned>>,
}

/// The groups that are compared, and the phase of each, in their order. Groups of ion beams and of
/// brachytherapy are compared where a phase is left for them.
pub(super) fn assign<'a>(
    all: Vec<Item<'a>>,
    input: &CrossCheckInput<'_>,
) -> Result<(Vec<Item<'a>>, Vec<Assigned>), MappingError> {
    let applies = |item: &&Item<'a>| item.plan.kind.applies();
    let first: Vec<Item<'a>> = all.iter().filter(applies).copied().collect();
    let by_hand = |item: &Item<'a>| input.mapping.iter().any(|given| is_meant(given, item));
    let others = all.iter().filter(|item| !applies(item));
    let others_by_hand = others.clone().any(by_hand);
    if first.len() == all.len() {
        let assigned = search(&first, input)?;
        return Ok((first, assigned));
    }
    if !others_by_hand {
        let assigned = search(&first, input)?;
        let is_free = |at: &usize| !assigned.iter().any(|one| one.phase() == Some(*at));
        if !input.prescribed.phases.iter().any(is_free) {
            return Ok((first, assigned));
        }
    }
    let assigned = search(&all, input)?;
    let both = all.into_iter().zip(assigned);
    let kept =
        both.filter(|(item, assigned)| item.plan.kind.applies() || assigned.phase().is_some());
    Ok(kept.unzip())
}

/// Whether an assignment by hand means a group.
fn is_meant(given: &PhaseMapping, item: &Item<'_>) -> bool {
    let wanted = &given.group;
    let named = |name: &Identifying<String>| name.reveal() == wanted.plan.reveal();
    (named(&item.plan.source) || item.plan.label.as_ref().is_some_and(named))
        && (wanted.group.is_none() || item.group.number == wanted.group)
}

fn search(items: &[Item<'_>], input: &CrossCheckInput<'_>) -> Result<Vec<Assigned>, MappingError> {
    let mut search = Search {
        items,
        prescribed: input.prescribed,
        names: input.names,
        tolerances: input.tolerances,
        found: items.iter().map(|_| None).collect(),
    };
    search.by_hand(input.mapping)?;
    search.by_claim(Fit::Same);
    search.by_phase_not_added();
    search.by_parts();
    search.by_claim(Fit::Open);
    search.by_name();
    search.by_elimination();
    Ok(search.finish())
}

impl<'a> Search<'a> {
    pub(super) fn phase(&self, at: usize) -> Option<&Phase> {
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
    pub(super) fn free_phases(&self) -> Vec<usize> {
        let phases = 0..self.prescribed.course.phases().len();
        phases.filter(|at| !self.taken(*at)).collect()
    }

    pub(super) fn free_items(&self) -> Vec<usize> {
        let found = self.found.iter().enumerate();
        found
            .filter(|(_, found)| found.is_none())
            .map(|(at, _)| at)
            .collect()
    }

    pub(super) fn put(&mut self, item: usize, place: Place, because: MatchReason) {
        if let Some(found) = self.found.get_mut(item) {
            *found = Some(Assigned { place, because });
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
            let matches: Vec<usize> = (0..self.items.len())
                .filter(|at| {
                    self.items
                        .get(*at)
                        .is_some_and(|item| is_meant(given, item))
                })
                .collect();
            let [only] = matches.as_slice() else {
                return Err(MappingError::Group {
                    given: given.clone(),
                    matches: matches.len(),
                    choices: self.items.iter().map(Item::selector).collect(),
                });
            };
            if self.found.get(*only).is_some_and(Option::is_some) {
                return Err(MappingError::Twice {
                    given: given.clone(),
                });
            }
            self.put(*only, Place::Phase(phase), MatchReason::ByHand);
        }
        Ok(())
    }

    /// Groups that have one phase to go to, as long as no other such group goes there. Where exactly
    /// one complete assignment exists, this finds it: such a graph always has a vertex of degree 1.
    fn by_claim(&mut self, wanted: Fit) {
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
            let because = MatchReason::Numbers {
                named: self.named(item) == Some(at),
                some_unknown: wanted == Fit::Open,
                by_stated_dose: self.is_by_stated_dose(item, at),
            };
            self.put(item, Place::Phase(at), because);
        }
    }

    /// Groups whose numbers are those of a phase that is not added to the others, and of no other: each such
    /// phase has one.
    fn by_phase_not_added(&mut self) {
        let prescribed = self.prescribed;
        let all = 0..prescribed.course.phases().len();
        for phase in prescribed
            .not_added
            .iter()
            .filter_map(|one| one.phase.as_ref())
        {
            let mut of_phase = self.free_items();
            of_phase.retain(|&at| {
                let item = self.items.get(at);
                item.is_some_and(|item| Fit::of(item, phase, self.tolerances) == Fit::Same)
                    && self.named(at).is_none()
                    && all.clone().all(|of| self.fit(at, of) != Fit::Same)
            });
            if let [only] = of_phase.as_slice() {
                let because = MatchReason::NotAdded(phase.name().to_string());
                self.put(*only, Place::None(Outcome::CannotTell), because);
            }
        }
    }

    /// Groups whose numbers are those of no phase and that have the name of one.
    fn by_name(&mut self) {
        let free = self.free_phases();
        let named: Vec<(usize, usize)> = self
            .free_items()
            .into_iter()
            .filter_map(|item| Some((item, self.named(item)?)))
            .collect();
        for at in free.iter().copied() {
            let mut of_phase = named.iter().filter(|(_, named)| *named == at);
            let (Some(&(item, _)), None) = (of_phase.next(), of_phase.next()) else {
                continue;
            };
            let elsewhere = free.iter().any(|other| {
                *other != at && matches!(self.fit(item, *other), Fit::Same | Fit::Open)
            });
            if !elsewhere {
                self.put(item, Place::Phase(at), MatchReason::Name);
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
                    MatchReason::OnlyOne
                } else {
                    MatchReason::LastOne
                };
                self.put(item, Place::Phase(at), because);
            }
        }
    }

    fn finish(mut self) -> Vec<Assigned> {
        let free = self.free_phases();
        for item in self.free_items() {
            let (outcome, because) = self.unassigned(item, &free);
            self.put(item, Place::None(outcome), because);
        }
        self.found.into_iter().flatten().collect()
    }

    /// Why a group has no phase, and what that means; `free` are the phases without a group.
    fn unassigned(&self, item: usize, free: &[usize]) -> (Outcome, MatchReason) {
        let name = |at: usize| {
            let phase = self.phase(at);
            phase.map_or_else(String::new, |phase| phase.name().to_string())
        };
        let all = 0..self.prescribed.course.phases().len();
        let same: Vec<usize> = all
            .clone()
            .filter(|at| self.fit(item, *at) == Fit::Same)
            .collect();
        let open = all
            .clone()
            .any(|at| matches!(self.fit(item, at), Fit::Open | Fit::Unknown));
        match (self.named(item), same.as_slice()) {
            (Some(named), [first, ..]) if !same.contains(&named) => (
                Outcome::CannotTell,
                MatchReason::NameAgainstNumbers {
                    named: name(named),
                    numbers: name(*first),
                },
            ),
            (_, [at]) if !free.contains(at) => (Outcome::Fail, MatchReason::Taken(name(*at))),
            (_, [at]) => (Outcome::CannotTell, MatchReason::SeveralGroups(name(*at))),
            (_, [_, _, ..]) => {
                let phases = same.iter().map(|at| name(*at)).collect();
                (Outcome::CannotTell, MatchReason::SeveralPhases(phases))
            }
            (_, []) if open => (Outcome::CannotTell, MatchReason::Undecided),
            (Some(named), []) => (Outcome::Fail, MatchReason::NameTwice(name(named))),
            (None, []) => (Outcome::Fail, MatchReason::NoPhase),
        }
    }

    /// The phase whose name the group has.
    fn named(&self, item: usize) -> Option<usize> {
        let item = self.items.get(item)?;
        if let Some(stated) = &item.group.phase {
            let mut phases = self.prescribed.course.phases().iter();
            return phases.position(|phase| same_name(phase.name(), stated));
        }
        let plan = item
            .plan
            .label
            .iter()
            .filter(|_| item.plan.groups.len() == 1);
        let mut names: Vec<&String> = item
            .group
            .label
            .iter()
            .chain(plan)
            .map(Identifying::reveal)
            .collect();
        names.extend(self.linked_names(item));
        let course = &self.prescribed.course;
        let volumes = course.volumes().iter();
        let volumes: Vec<&str> = volumes.map(|volume| volume.name.as_str()).collect();
        let phases = course.phases();
        let has_name_of = |phase: &Phase| {
            names.iter().any(|name| {
                same_name(name, phase.name())
                    || phase.prescriptions().iter().any(|volume| {
                        let elsewhere = phases
                            .iter()
                            .filter(|other| other.prescription_of(&volume.volume).is_some());
                        elsewhere.count() == 1
                            && volume_named(&volumes, name) == Some(volume.volume.as_str())
                    })
            })
        };
        let mut named = (0..phases.len()).filter(|at| phases.get(*at).is_some_and(has_name_of));
        match (named.next(), named.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        }
    }

    /// The names of the targets that a plan with several groups links to this one alone, and the
    /// volumes they were said to stand for.
    fn linked_names(&self, item: &Item<'a>) -> Vec<&'a String> {
        let only = Scope::Groups(vec![item.place]);
        let targets = dosed(item.plan).filter(|target| Scope::of(item.plan, target) == only);
        targets
            .map(|target| {
                let name = target.name.reveal();
                let given = self.names.iter().find(|given| given.name == *name);
                given.map_or(name, |given| &given.volume)
            })
            .collect()
    }

    fn is_by_stated_dose(&self, item: usize, at: usize) -> bool {
        let both = self.items.get(item).zip(self.phase(at));
        both.is_some_and(|(item, phase)| is_by_stated_dose(item, phase, self.tolerances))
    }

    pub(super) fn name_allows(&self, item: usize, at: usize) -> bool {
        self.named(item).is_none_or(|named| named == at)
    }

    fn fit(&self, item: usize, at: usize) -> Fit {
        match (self.items.get(item), self.phase(at)) {
            (Some(item), Some(phase)) => Fit::of(item, phase, self.tolerances),
            _ => Fit::Different,
        }
    }
}

//! Whether every phase is planned, once, and in order.

use super::assign::{Assigned, Place};
use super::check::Checker;
use super::finding::phases::{OutOfOrder, PhaseFinding, PhaseSequence};
use super::known::Item;
use super::reason::MatchReason;
use chemorad::radiotherapy::Phase;
use chemorad::report::Finding;
use chemorad_protocol::PhaseOrder;

impl Checker<'_> {
    /// Every phase has exactly one fraction group, and every group a phase.
    pub(super) fn check_completeness(&mut self) {
        let wanted = self.prescribed.phases.len();
        let left_out = self.assigned.iter().filter(|a| self.is_left_out(a)).count();
        let of_phase_not_added = |a: &&Assigned| matches!(a.because, MatchReason::NotAdded(_));
        let not_added = self.assigned.iter().filter(of_phase_not_added).count();
        let groups = self.items.len() - left_out - not_added;
        let too_many = groups > wanted && self.assigned.iter().any(|a| a.phase().is_none());
        if groups + self.unseen() < wanted || too_many {
            self.push(PhaseFinding::GroupCount { wanted, groups });
        }
        for plan in self.planned {
            if plan.kind.applies() && plan.groups.is_empty() {
                let plan = plan.source.clone();
                self.push(PhaseFinding::NoGroup { plan });
            }
        }
        let mut unassigned = Vec::new();
        let free = self.phases_without_group();
        for (item, assigned) in self.items.iter().zip(&self.assigned) {
            if let Place::None(outcome) = assigned.place {
                unassigned.push(PhaseFinding::Unmatched {
                    group: item.name(),
                    outcome,
                    because: assigned.because.clone(),
                    selector: item.selector(),
                    phases: self.prescribed.compared().map(name_of).collect(),
                    suggested: suggested(&free, item),
                    planned: item.summary(),
                });
            }
        }
        let open = unassigned.len() > not_added || self.unseen() > 0;
        self.findings
            .extend(unassigned.into_iter().map(Finding::from));
        for at in self.prescribed.phases.clone() {
            let items = self.items_of(at);
            let Some(phase) = self.prescribed.course.phases().get(at) else {
                continue;
            };
            let phase = name_of(phase);
            let groups = items.iter().map(Item::name).collect();
            self.push(PhaseFinding::Groups {
                phase,
                groups,
                open,
            });
        }
        self.say_left_out(left_out);
    }

    fn phases_without_group(&self) -> Vec<&Phase> {
        let all = self.prescribed.course.phases();
        let compared = self.prescribed.phases.iter();
        let free = compared.filter(|at| self.items_of(**at).is_empty());
        free.filter_map(|at| all.get(*at)).collect()
    }

    /// The phases the reader asked not to check.
    fn say_left_out(&mut self, groups: usize) {
        let phases: Vec<String> = self.prescribed.left_out().map(name_of).collect();
        if !phases.is_empty() {
            self.push(PhaseFinding::LeftOut { phases, groups });
        }
        let not_added = self.prescribed.not_added.iter();
        let phases: Vec<String> = not_added.map(|phase| phase.name.clone()).collect();
        if !phases.is_empty() && !self.prescribed.phases_named {
            self.push(PhaseFinding::NotAdded { phases });
        }
    }

    /// In the order of the protocol, as far as the sources say when their fractions are given.
    pub(super) fn check_order(&mut self) {
        if self.prescribed.phases.len() < 2 {
            return;
        }
        if self.prescribed.order != Some(PhaseOrder::Sequential) {
            self.push(PhaseFinding::Order(PhaseSequence::NotPrescribed));
            return;
        }
        let mut dated = Vec::new();
        let mut wrong = Vec::new();
        let mut linked = Vec::new();
        for (item, assigned) in self.items.iter().zip(&self.assigned) {
            let Some(phase) = assigned.phase() else {
                continue;
            };
            if let Some(date) = item.group.first_date {
                dated.push((phase, date, item.name()));
            }
            // an entered line names none
            let groups = if item.plan.prior_plans.is_empty() {
                &[]
            } else {
                self.items.as_slice()
            };
            for (other, place) in groups.iter().zip(&self.assigned) {
                let given_before = other
                    .plan
                    .uid
                    .as_ref()
                    .is_some_and(|uid| item.plan.prior_plans.contains(uid));
                if let (true, Some(earlier)) = (given_before, place.phase()) {
                    linked.push((earlier, phase));
                    // a phase may go on in a later plan
                    if earlier > phase {
                        wrong.push(OutOfOrder::NamedBefore {
                            group: item.name(),
                            before: other.name(),
                        });
                    }
                }
            }
        }
        dated.sort_by_key(|(phase, date, _)| (*phase, *date));
        for pair in dated.windows(2) {
            if let [(phase, before, first), (next, after, second)] = pair {
                if phase != next && after <= before {
                    wrong.push(OutOfOrder::Dates {
                        later: (second.clone(), *after),
                        earlier: (first.clone(), *before),
                    });
                }
            }
        }
        let all = self.items_with_phase();
        let mut phases: Vec<usize> = self.assigned.iter().filter_map(Assigned::phase).collect();
        phases.sort_unstable();
        phases.dedup();
        // two phases that both name the first say nothing of their own order
        let each_follows = phases.windows(2).all(|pair| match pair {
            [earlier, phase] => linked.contains(&(*earlier, *phase)),
            _ => false,
        });
        let all_linked = linked.len() + 1 >= all && each_follows;
        self.push(PhaseFinding::Order(if !wrong.is_empty() {
            PhaseSequence::Wrong(wrong)
        } else if all > 1 && (dated.len() == all || all_linked) {
            PhaseSequence::AsPrescribed
        } else {
            PhaseSequence::NotStated
        }));
    }
}

/// The phases that a group without one can be: those without a group that have its fractions, or else all
/// those without a group.
fn suggested(free: &[&Phase], item: &Item<'_>) -> Vec<String> {
    let alike = |phase: &&&Phase| item.group.fractions == Some(phase.fractions().get());
    let fitting: Vec<String> = free.iter().filter(alike).map(|one| name_of(one)).collect();
    if fitting.is_empty() {
        free.iter().map(|one| name_of(one)).collect()
    } else {
        fitting
    }
}

fn name_of(phase: &Phase) -> String {
    phase.name().to_string()
}

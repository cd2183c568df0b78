//! Whether every phase is planned, once, and in order.

use std::string::{String, ToString};
use std::vec::Vec;

use super::assign::Place;
use super::check::Checker;
use super::known::Item;
use chemorad::report::{Finding, Outcome};
use chemorad_protocol::PhaseOrder;

impl Checker<'_> {
    /// Every phase has exactly one fraction group, and every group a phase.
    pub(super) fn check_completeness(&mut self) {
        let wanted = self.prescribed.phases.len();
        let left_out = self.assigned.iter().filter(|a| self.is_left_out(a)).count();
        let groups = self.items.len() - left_out;
        let finding = |message: String| {
            Finding::written("rx.phases", Outcome::Fail, "course", message)
                .with_expected(fraction_groups(wanted))
                .with_found(fraction_groups(groups))
        };
        if groups + self.unseen() < wanted {
            self.push(finding(format!(
                "{} prescribed, and {}: a phase is missing",
                if wanted == 1 {
                    "1 phase is".to_string()
                } else {
                    format!("{wanted} phases are")
                },
                match groups {
                    0 => "no fraction group is planned".to_string(),
                    1 => "only 1 fraction group is planned".to_string(),
                    many => format!("only {many} fraction groups are planned"),
                },
            )));
        } else if groups > wanted && self.assigned.iter().any(|a| a.phase().is_none()) {
            self.push(finding(
                "more fraction groups are planned than phases prescribed; were two versions of one plan given?".to_string(),
            ));
        }
        for plan in self
            .planned
            .iter()
            .filter(|p| p.kind.applies() && p.groups.is_empty())
        {
            self.push(Finding::written(
                "rx.phases",
                Outcome::CannotTell,
                &*plan.source,
                "the plan has no fraction group, so its fractions are not known",
            ));
        }
        let mut unassigned = Vec::new();
        for (item, assigned) in self.items.iter().zip(&self.assigned) {
            if let Place::None(outcome) = assigned.place {
                let phases: Vec<&str> = self.prescribed.compared().map(|p| &**p.name()).collect();
                unassigned.push(
                    Finding::written(
                        "rx.phases",
                        outcome,
                        item.name(),
                        format!(
                            "the phase of this group cannot be told: {}; assign it, for example --map \"{}={}\"",
                            assigned.because,
                            item.selector(),
                            phases.first().unwrap_or(&"PHASE"),
                        ),
                    )
                    .with_expected(format!("one of the phases {}", phases.join(", ")))
                    .with_found(item.summary()),
                );
            }
        }
        let open = !unassigned.is_empty() || self.unseen() > 0;
        self.findings.extend(unassigned);
        for at in self.prescribed.phases.clone() {
            let items = self.items_of(at);
            let Some(phase) = self.prescribed.course.phases().get(at) else {
                continue;
            };
            let (outcome, message) = match items.len() {
                0 if open => (
                    Outcome::CannotTell,
                    "no fraction group could be taken for this phase",
                ),
                0 => (Outcome::Fail, "nothing is planned for this phase"),
                1 => (
                    Outcome::Pass,
                    "one fraction group is planned for this phase",
                ),
                _ => (
                    Outcome::Warn,
                    "several fraction groups were assigned to this phase; their fractions and doses are added",
                ),
            };
            let mut finding = Finding::written(
                "rx.phases",
                outcome,
                format!("phase {}", phase.name()),
                message,
            )
            .with_expected("1 fraction group");
            let names: Vec<String> = items.iter().map(Item::name).collect();
            finding = finding.with_found(if names.is_empty() {
                "none".to_string()
            } else {
                names.join("; ")
            });
            self.push(finding);
        }
        self.say_left_out(left_out);
    }

    /// The phases the reader asked not to check.
    fn say_left_out(&mut self, groups: usize) {
        let names: Vec<&str> = self.prescribed.left_out().map(|p| &**p.name()).collect();
        if !names.is_empty() {
            let mut message = format!(
                "left out of this check as asked: phase {}",
                names.join(", phase ")
            );
            if groups > 0 {
                message = format!("{message}, with {}", fraction_groups(groups));
            }
            self.push(Finding::written(
                "rx.phases",
                Outcome::NotApplicable,
                "course",
                message,
            ));
        }
    }

    /// In the order of the protocol, as far as the sources say when their fractions are given.
    pub(super) fn check_order(&mut self) {
        if self.prescribed.phases.len() < 2 {
            return;
        }
        let finding = |outcome, message: &str| {
            Finding::written("rx.phases", outcome, "order of the phases", message)
        };
        if self.prescribed.order != Some(PhaseOrder::Sequential) {
            self.push(finding(
                Outcome::NotApplicable,
                "the protocol does not say in which order the phases are given",
            ));
            return;
        }
        let mut dated = Vec::new();
        let mut wrong = Vec::new();
        let mut linked = 0;
        for (item, assigned) in self.items.iter().zip(&self.assigned) {
            let Some(phase) = assigned.phase() else {
                continue;
            };
            if let Some(date) = item.group.first_date {
                dated.push((phase, date, item.name()));
            }
            for (other, place) in self.items.iter().zip(&self.assigned) {
                let given_before = other
                    .plan
                    .uid
                    .as_ref()
                    .is_some_and(|uid| item.plan.prior_plans.contains(uid));
                if let (true, Some(earlier)) = (given_before, place.phase()) {
                    linked += 1;
                    if earlier >= phase {
                        wrong.push(format!(
                            "{} names {} as given before it",
                            item.name(),
                            other.name()
                        ));
                    }
                }
            }
        }
        dated.sort_by_key(|(phase, date, _)| (*phase, *date));
        for pair in dated.windows(2) {
            if let [(phase, before, first), (next, after, second)] = pair {
                if phase != next && after <= before {
                    wrong.push(format!(
                        "{second} starts on {after} and {first} on {before}"
                    ));
                }
            }
        }
        let all = self.items_with_phase();
        self.push(if !wrong.is_empty() {
            finding(
                Outcome::Fail,
                "the phases are not in the order of the protocol",
            )
            .with_found(wrong.join("; "))
        } else if all > 1 && (dated.len() == all || linked + 1 >= all) {
            finding(Outcome::Pass, "the phases are in the order of the protocol")
        } else {
            finding(
                Outcome::NotApplicable,
                "nothing that was read says in which order the phases are given: the treatment calendar does",
            )
        });
    }
}

fn fraction_groups(count: usize) -> String {
    format!(
        "{count} fraction group{}",
        if count == 1 { "" } else { "s" }
    )
}

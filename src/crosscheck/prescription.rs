//! What is planned against what is prescribed: n, d, D, phase by phase and volume by volume.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::amount::{Amount, Comparison};
use super::assign::per_fraction;
use super::check::Checker;
use super::known::{Item, Known, Origin, TOO_LONG};
use super::planned::PlannedDose;
use crate::derivation::Derivation;
use crate::finding::{Finding, Outcome};
use crate::protocol::PhaseOrder;
use crate::radiotherapy::{Fractionation, Phase};

const DEFINITION: &str = "definition";
const EXACT: &str = "none: equal";

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

impl Checker<'_> {
    pub(super) fn check_phases(&mut self) {
        self.check_completeness();
        for at in self.prescribed.phases.clone() {
            let Some(phase) = self.prescribed.course.phases().get(at).cloned() else {
                continue;
            };
            let items = self.items_of(at);
            if !items.is_empty() {
                self.check_phase(&phase, &items);
            }
        }
        self.check_order();
        self.check_totals();
    }

    /// Every phase has exactly one fraction group, and every group a phase.
    fn check_completeness(&mut self) {
        let wanted = self.prescribed.phases.len();
        let groups = self.items.len();
        // what could still hold a phase
        let unseen = self.unread + self.not_applicable;
        if groups + unseen < wanted {
            self.push(
                Finding::new(
                    "rx.phases",
                    Outcome::Fail,
                    "course",
                    format!(
                        "{} and only {} planned: a phase is missing",
                        if wanted == 1 {
                            "1 phase is prescribed".to_string()
                        } else {
                            format!("{wanted} phases are prescribed")
                        },
                        if groups == 1 {
                            "1 fraction group is".to_string()
                        } else {
                            format!("{groups} fraction groups are")
                        },
                    ),
                )
                .expected(wanted.to_string())
                .found(groups.to_string()),
            );
        } else if groups > wanted && self.assigned.iter().any(|a| a.phase().is_none()) {
            self.push(
                Finding::new(
                    "rx.phases",
                    Outcome::Fail,
                    "course",
                    "more fraction groups are planned than phases prescribed; were two versions of one plan given?",
                )
                .expected(wanted.to_string())
                .found(groups.to_string()),
            );
        }
        let mut unassigned = Vec::new();
        for (item, assigned) in self.items.iter().zip(&self.assigned) {
            if let super::assign::Place::None(outcome) = assigned.place {
                let phases: Vec<&str> = self.prescribed.compared().map(|p| &**p.name()).collect();
                unassigned.push(
                    Finding::new(
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
                    .expected(format!("one of the phases {}", phases.join(", ")))
                    .found(item.summary()),
                );
            }
        }
        let open = !unassigned.is_empty() || self.unread > 0 || self.not_applicable > 0;
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
            let mut finding = Finding::new(
                "rx.phases",
                outcome,
                format!("phase {}", phase.name()),
                message,
            )
            .expected("1 fraction group");
            let names: Vec<String> = items.iter().map(Item::name).collect();
            finding = finding.found(if names.is_empty() {
                "none".to_string()
            } else {
                names.join("; ")
            });
            self.push(finding);
        }
        let left_out: Vec<&str> = self.prescribed.left_out().map(|p| &**p.name()).collect();
        if !left_out.is_empty() {
            let message = format!("left out of this check as asked: {}", left_out.join(", "));
            self.push(Finding::new(
                "rx.phases",
                Outcome::NotApplicable,
                "course",
                message,
            ));
        }
    }

    fn check_phase(&mut self, phase: &Phase, items: &[Item<'_>]) {
        let place = format!("phase {}", phase.name());
        self.check_fractions(&place, phase, items);
        for item in items {
            for dose in &item.group.doses {
                self.check_entry(item, dose);
            }
        }
        if let [volume] = phase.prescriptions() {
            self.check_doses(&place, volume.fractionation, &volume.volume, items);
            return;
        }
        // a simultaneous integrated boost: beams give their dose at one point, which is one volume's
        let unnamed = items.iter().any(|item| item.unnamed().is_some());
        for volume in phase.prescriptions() {
            let at = format!("{place}, volume {}", volume.volume);
            if !unnamed || self.is_dose_of(volume.fractionation, items) {
                self.check_doses(&at, volume.fractionation, &volume.volume, items);
            } else {
                self.push(
                    Finding::new(
                        "rx.dose_per_fraction",
                        if self.any_dose(phase, items) { Outcome::NotApplicable } else { Outcome::Fail },
                        at,
                        "the planned dose per fraction is not that of this volume; a plan's beams state the dose of one point only",
                    )
                    .expected(per_fraction(volume.fractionation).map_or_else(String::new, |d| d.to_string()))
                    .found(items.iter().map(Item::summary).collect::<Vec<_>>().join("; ")),
                );
            }
        }
    }

    fn is_dose_of(&self, prescribed: Fractionation, items: &[Item<'_>]) -> bool {
        items.iter().all(|item| {
            item.unnamed()
                .and_then(|dose| item.per_fraction(dose).ok())
                .zip(per_fraction(prescribed))
                .and_then(|(known, expected)| {
                    Amount::compare(
                        expected,
                        known.amount,
                        self.tolerances.dose_per_fraction.limit,
                    )
                })
                .is_some_and(|comparison| comparison.within)
        })
    }

    fn any_dose(&self, phase: &Phase, items: &[Item<'_>]) -> bool {
        let volumes = phase.prescriptions().iter();
        volumes
            .into_iter()
            .any(|volume| self.is_dose_of(volume.fractionation, items))
    }

    fn check_fractions(&mut self, place: &str, phase: &Phase, items: &[Item<'_>]) {
        let expected = phase.fractions().get();
        let counts: Option<Vec<u32>> = items.iter().map(|item| item.group.fractions).collect();
        let total = counts
            .as_ref()
            .and_then(|counts| counts.iter().try_fold(0_u32, |sum, n| sum.checked_add(*n)));
        let finding = |outcome, message: String| {
            Finding::new("rx.fractions", outcome, place, message)
                .expected(expected.to_string())
                .tolerance(EXACT)
        };
        let Some((counts, total)) = counts.zip(total) else {
            self.push(finding(
                Outcome::CannotTell,
                "the number of fractions is not stated".to_string(),
            ));
            return;
        };
        let difference = i64::from(total) - i64::from(expected);
        let (outcome, message) = if difference == 0 {
            (
                Outcome::Pass,
                "the number of fractions is as prescribed".to_string(),
            )
        } else {
            let size = usize::try_from(difference.unsigned_abs()).unwrap_or(usize::MAX);
            let than = if difference > 0 { "more" } else { "fewer" };
            (
                Outcome::Fail,
                format!(
                    "{} {than} planned than prescribed",
                    count(size, "fraction", "fractions")
                ),
            )
        };
        let mut finding = finding(outcome, message)
            .found(total.to_string())
            .difference(if difference == 0 {
                "0".to_string()
            } else {
                format!("{difference:+}")
            });
        if counts.len() > 1 {
            let parts: Vec<String> = counts.iter().map(ToString::to_string).collect();
            finding = finding.arithmetic(format!("{} = {total}", parts.join(" + ")));
        }
        self.push(finding);
    }

    /// n x d = D, where all three were entered.
    fn check_entry(&mut self, item: &Item<'_>, dose: &PlannedDose) {
        let (Some(n), Some(d), Some(total)) = (item.group.fractions, dose.per_fraction, dose.total)
        else {
            return;
        };
        let (d, total) = (Amount::new(d), Amount::new(total));
        let comparison = d.times(n).and_then(|product| {
            Some((
                product,
                Amount::compare(total, product, self.tolerances.beam_sum.limit)?,
            ))
        });
        let place = item.name();
        self.push(match comparison {
            Some((product, comparison)) => Finding::new(
                "rx.arithmetic",
                comparison.outcome(),
                place,
                if comparison.within {
                    "the entered numbers agree with one another"
                } else {
                    "the entered numbers do not agree with one another: fractions times dose per fraction is not the total"
                },
            )
            .expected(total.to_string())
            .found(product.to_string())
            .difference(comparison.difference)
            .tolerance(comparison.tolerance)
            .arithmetic(format!("{n} x {d} = {product}")),
            None => Finding::new("rx.arithmetic", Outcome::CannotTell, place, TOO_LONG),
        });
    }

    fn check_doses(
        &mut self,
        place: &str,
        prescribed: Fractionation,
        volume: &str,
        items: &[Item<'_>],
    ) {
        let expected = per_fraction(prescribed);
        let mut agree = true;
        for item in items {
            let at = if items.len() == 1 {
                place.to_string()
            } else {
                format!("{place}, {}", item.name())
            };
            let known = match item.dose_of(volume) {
                Some(dose) => item.per_fraction(dose),
                None => Err(format!("no dose of volume {volume} is stated")),
            };
            agree &= self.check_dose_per_fraction(&at, expected, known);
        }
        let total = sum(items.iter().map(|item| match item.dose_of(volume) {
            Some(dose) => item.total(dose),
            None => Err(format!("no dose of volume {volume} is stated")),
        }));
        let expected = Amount::of(prescribed.total());
        let fractions_agree = items
            .iter()
            .try_fold(0, |sum: u32, item| sum.checked_add(item.group.fractions?))
            == Some(prescribed.fractions().get());
        let alone = !(agree && fractions_agree);
        self.check_total(place, expected, total, alone);
    }

    fn check_dose_per_fraction(
        &mut self,
        place: &str,
        expected: Option<Amount>,
        known: Result<Known, String>,
    ) -> bool {
        const CODE: &str = "rx.dose_per_fraction";
        let Some(expected) = expected else {
            return false;
        };
        let tolerance = self.tolerances.dose_per_fraction.limit;
        let known = match known {
            Ok(known) => known,
            Err(why) => {
                let message = format!("the dose per fraction is not known: {why}");
                self.push(
                    Finding::new(CODE, Outcome::CannotTell, place, message)
                        .expected(expected.to_string()),
                );
                return false;
            }
        };
        let Some(comparison) = Amount::compare(expected, known.amount, tolerance) else {
            self.push(Finding::new(CODE, Outcome::CannotTell, place, TOO_LONG));
            return false;
        };
        let within = comparison.within;
        let stated = known.origin == Origin::Stated;
        let (outcome, message) = match (within, stated) {
            (true, false) => (Outcome::Pass, "the dose per fraction is as prescribed".to_string()),
            (true, true) => (
                Outcome::Pass,
                "the dose the plan states is as prescribed; its beams have no dose, so what they give is not known".to_string(),
            ),
            (false, false) => (Outcome::Fail, format!("the dose per fraction is not as prescribed{}", centigray(expected, known.amount))),
            (false, true) => (
                Outcome::CannotTell,
                "its beams have no dose, and the dose the plan states divided by its fractions is not as prescribed: is it the dose of the whole course?".to_string(),
            ),
        };
        self.push(with(
            comparison,
            Finding::new(CODE, outcome, place, message),
            expected,
            &known,
        ));
        within
    }

    fn check_total(
        &mut self,
        place: &str,
        expected: Amount,
        total: Result<Known, String>,
        alone: bool,
    ) {
        const CODE: &str = "rx.total";
        let tolerance = self.tolerances.total.limit;
        let known = match total {
            Ok(known) => known,
            Err(why) => {
                let message = format!("the total dose is not known: {why}");
                self.push(
                    Finding::new(CODE, Outcome::CannotTell, place, message)
                        .expected(expected.to_string()),
                );
                return;
            }
        };
        let Some(comparison) = Amount::compare(expected, known.amount, tolerance) else {
            self.push(Finding::new(CODE, Outcome::CannotTell, place, TOO_LONG));
            return;
        };
        let (outcome, message) = match (comparison.within, known.origin, alone) {
            (true, _, true) => (
                Outcome::Pass,
                "the total dose is as prescribed; the total alone says nothing, as it is reached in another way".to_string(),
            ),
            (true, _, false) => (Outcome::Pass, "the total dose is as prescribed".to_string()),
            (false, Origin::Given, _) => (
                Outcome::Fail,
                format!("the total dose is not as prescribed{}", centigray(expected, known.amount)),
            ),
            (false, Origin::Stated, _) => (
                Outcome::CannotTell,
                "its beams have no dose, and the dose the plan states is not that of this phase: is it the dose of the whole course?".to_string(),
            ),
        };
        self.derivations.push(Derivation::new(
            format!("planned total, {place}"),
            "D = n d",
            known.words.clone(),
            known.amount.to_string(),
            DEFINITION,
        ));
        self.push(with(
            comparison,
            Finding::new(CODE, outcome, place, message),
            expected,
            &known,
        ));
    }

    /// The cumulative dose of every volume that more than one phase reaches.
    fn check_totals(&mut self) {
        if self.prescribed.left_out().next().is_some() {
            return;
        }
        let course = &self.prescribed.course;
        let volumes: Vec<String> = course
            .volumes()
            .iter()
            .filter(|volume| course.contributions(&volume.name).count() > 1)
            .map(|volume| volume.name.to_string())
            .collect();
        for volume in volumes {
            let place = format!("volume {volume}, whole course");
            let Some(expected) = course.cumulative_dose(&volume) else {
                continue;
            };
            let expected = Amount::of(expected);
            let mut parts: Vec<Known> = Vec::new();
            let mut unknown: Vec<&str> = Vec::new();
            let mut missing: Vec<&str> = Vec::new();
            for (at, phase) in course.phases().iter().enumerate() {
                if course.fractionation_of(&volume, phase).is_none() {
                    continue;
                }
                let items = self.items_of(at);
                if items.is_empty() {
                    missing.push(phase.name());
                    continue;
                }
                // in a phase that gives the dose to the volume around it
                let named = prescribed_volume(course, phase, &volume);
                match sum(items.iter().map(|item| match item.dose_of(named) {
                    Some(dose) => item.total(dose),
                    None => Err(String::new()),
                })) {
                    Ok(known) if known.origin == Origin::Given => parts.push(known),
                    _ => unknown.push(phase.name()),
                }
            }
            let open = self.assigned.iter().any(|a| a.phase().is_none())
                || self.unread + self.not_applicable > 0;
            if !unknown.is_empty() || (open && !missing.is_empty()) {
                let names = [unknown, missing].concat().join(", ");
                self.push(
                    Finding::new(
                        "rx.total",
                        Outcome::CannotTell,
                        place,
                        format!("the cumulative dose is not known, as the dose of some phases is not: {names}"),
                    )
                    .expected(expected.to_string()),
                );
                continue;
            }
            self.check_cumulative(place, expected, &parts, &missing);
        }
    }

    fn check_cumulative(
        &mut self,
        place: String,
        expected: Amount,
        parts: &[Known],
        missing: &[&str],
    ) {
        let total = parts
            .iter()
            .try_fold(Amount::new(crate::decimal::Decimal::ZERO), |sum, part| {
                sum.plus(part.amount)
            });
        let compared = total.and_then(|total| {
            Some((
                total,
                Amount::compare(expected, total, self.tolerances.total.limit)?,
            ))
        });
        let Some((total, comparison)) = compared else {
            self.push(Finding::new(
                "rx.total",
                Outcome::CannotTell,
                place,
                TOO_LONG,
            ));
            return;
        };
        let message = if comparison.within {
            "the cumulative dose is as prescribed".to_string()
        } else if missing.is_empty() {
            "the cumulative dose is not as prescribed".to_string()
        } else {
            format!(
                "the cumulative dose is not as prescribed: nothing is planned for {}",
                missing.join(", ")
            )
        };
        let terms: Vec<String> = parts.iter().map(|part| part.amount.to_string()).collect();
        let arithmetic = if terms.is_empty() {
            total.to_string()
        } else {
            format!("{} = {total}", terms.join(" + "))
        };
        self.derivations.push(Derivation::new(
            format!("planned cumulative dose, {place}"),
            "sum of the phases that cover the volume, those of enclosing volumes included",
            arithmetic.clone(),
            total.to_string(),
            DEFINITION,
        ));
        self.push(
            Finding::new("rx.total", comparison.outcome(), place, message)
                .expected(expected.to_string())
                .found(total.to_string())
                .difference(comparison.difference)
                .tolerance(comparison.tolerance)
                .arithmetic(arithmetic),
        );
    }

    /// In the order of the protocol, as far as the sources say when their fractions are given.
    fn check_order(&mut self) {
        if self.prescribed.phases.len() < 2 {
            return;
        }
        let finding = |outcome, message: &str| {
            Finding::new("rx.phases", outcome, "order of the phases", message)
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
            if let [(_, before, first), (_, after, second)] = pair {
                if after < before {
                    wrong.push(format!(
                        "{second} starts on {after}, before {first} on {before}"
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
            .found(wrong.join("; "))
        } else if all > 1 && (dated.len() == all || linked + 1 >= all) {
            finding(Outcome::Pass, "the phases are in the order of the protocol")
        } else {
            finding(
                Outcome::NotApplicable,
                "nothing that was read says in which order the phases are given: see the schedule",
            )
        });
    }
}

/// The volume a phase prescribes to and that gives a volume its dose: itself, or one around it.
fn prescribed_volume<'a>(
    course: &'a crate::radiotherapy::Course,
    phase: &Phase,
    volume: &'a str,
) -> &'a str {
    let mut at = volume;
    for _ in course.volumes() {
        if phase.prescription_of(at).is_some() {
            break;
        }
        let inside = course
            .volumes()
            .iter()
            .find(|v| v.name.is(at))
            .and_then(|v| v.inside.as_ref());
        match inside {
            Some(name) => at = name,
            None => break,
        }
    }
    at
}

fn sum(parts: impl Iterator<Item = Result<Known, String>>) -> Result<Known, String> {
    let mut total: Option<Known> = None;
    for part in parts {
        let part = part?;
        total = Some(match total {
            None => part,
            Some(sum) => {
                let amount = sum
                    .amount
                    .plus(part.amount)
                    .ok_or_else(|| TOO_LONG.to_string())?;
                Known {
                    words: format!("{} + {} = {amount}", sum.amount, part.amount),
                    amount,
                    origin: if part.origin == Origin::Stated {
                        part.origin
                    } else {
                        sum.origin
                    },
                }
            }
        });
    }
    total.ok_or_else(|| "no dose is stated".to_string())
}

fn with(comparison: Comparison, finding: Finding, expected: Amount, known: &Known) -> Finding {
    finding
        .expected(expected.to_string())
        .found(known.amount.to_string())
        .difference(comparison.difference)
        .tolerance(comparison.tolerance)
        .arithmetic(known.words.clone())
}

/// A hundred times too much is a unit.
pub(super) fn centigray(expected: Amount, found: Amount) -> &'static str {
    if found.is_multiple(expected, 100) {
        "; it is exactly 100 times that: are the numbers centigray where gray is meant?"
    } else {
        ""
    }
}

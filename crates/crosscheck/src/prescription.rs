//! What is planned against what is prescribed: n, d, D, phase by phase and volume by volume.

use std::string::{String, ToString};
use std::vec::Vec;

use super::amount::{Amount, Comparison};
use super::assign::per_fraction;
use super::check::Checker;
use super::known::{Item, Known, Origin, TOO_LONG};
use super::planned::PlannedDose;
use chemorad::radiotherapy::{Fractionation, Phase};
use chemorad::report::Derivation;
use chemorad::report::{Finding, Outcome};

pub(super) const DEFINITION: &str = "definition";
const EXACT: &str = "none, must be equal";

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

impl Checker<'_> {
    pub(super) fn check_phases(&mut self) {
        for at in self.prescribed.phases.clone() {
            let Some(phase) = self.prescribed.course.phases().get(at).cloned() else {
                continue;
            };
            let items = self.items_of(at);
            if !items.is_empty() {
                self.check_phase(&phase, &items);
            }
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
                    Finding::written(
                        "rx.dose_per_fraction",
                        if self.any_dose(phase, items) { Outcome::NotApplicable } else { Outcome::Fail },
                        at,
                        "the planned dose per fraction is not that of this volume; a plan's beams state the dose of one point only",
                    )
                    .with_expected(per_fraction(volume.fractionation).map_or_else(String::new, |d| d.to_string()))
                    .with_found(items.iter().map(Item::summary).collect::<Vec<_>>().join("; ")),
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
            Finding::written("rx.fractions", outcome, place, message)
                .with_expected(expected.to_string())
                .with_tolerance(EXACT)
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
                    "{} {than} {} planned than prescribed",
                    count(size, "fraction", "fractions"),
                    if size == 1 { "is" } else { "are" }
                ),
            )
        };
        let mut finding = finding(outcome, message)
            .with_found(total.to_string())
            .with_difference(if difference == 0 {
                "0".to_string()
            } else {
                format!("{difference:+}")
            });
        if counts.len() > 1 {
            let parts: Vec<String> = counts.iter().map(ToString::to_string).collect();
            finding = finding.with_arithmetic(format!("{} = {total}", parts.join(" + ")));
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
            Some((product, comparison)) => Finding::written(
                "rx.arithmetic",
                comparison.outcome(),
                place,
                if comparison.within {
                    "the entered numbers agree with one another"
                } else {
                    "the entered numbers do not agree with one another: fractions times dose per fraction is not the total"
                },
            )
            .with_expected(total.to_string())
            .with_found(product.to_string())
            .with_difference(comparison.difference)
            .with_tolerance(comparison.tolerance)
            .with_arithmetic(format!("{n} x {d} = {product}")),
            None => Finding::written("rx.arithmetic", Outcome::CannotTell, place, TOO_LONG),
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
                    Finding::written(CODE, Outcome::CannotTell, place, message)
                        .with_expected(expected.to_string()),
                );
                return false;
            }
        };
        let Some(comparison) = Amount::compare(expected, known.amount, tolerance) else {
            self.push(Finding::written(CODE, Outcome::CannotTell, place, TOO_LONG));
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
            Finding::written(CODE, outcome, place, message),
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
                    Finding::written(CODE, Outcome::CannotTell, place, message)
                        .with_expected(expected.to_string()),
                );
                return;
            }
        };
        let Some(comparison) = Amount::compare(expected, known.amount, tolerance) else {
            self.push(Finding::written(CODE, Outcome::CannotTell, place, TOO_LONG));
            return;
        };
        let (outcome, message) = match (comparison.within, known.origin, alone) {
            (true, _, true) => (
                Outcome::Pass,
                "the total dose is as prescribed, but it is reached in other fractions: that the total agrees does not make them right".to_string(),
            ),
            (true, Origin::Given, false) => {
                (Outcome::Pass, "the total dose is as prescribed".to_string())
            }
            (true, Origin::Stated, false) => (
                Outcome::Pass,
                "the total dose the plan states is as prescribed; its beams have no dose, so what they give is not known".to_string(),
            ),
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
            Finding::written(CODE, outcome, place, message),
            expected,
            &known,
        ));
    }
}

pub(super) fn sum(parts: impl Iterator<Item = Result<Known, String>>) -> Result<Known, String> {
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
    let finding = finding
        .with_expected(expected.to_string())
        .with_found(known.amount.to_string())
        .with_difference(comparison.difference)
        .with_tolerance(comparison.tolerance);
    // a number that was read needs no arithmetic
    if known.words == known.amount.to_string() {
        finding
    } else {
        finding.with_arithmetic(known.words.clone())
    }
}

/// A hundred times too much is a unit.
pub(super) fn centigray(expected: Amount, found: Amount) -> &'static str {
    if found.is_multiple(expected, 100) {
        "; it is exactly 100 times that: are the numbers centigray where gray is meant?"
    } else {
        ""
    }
}

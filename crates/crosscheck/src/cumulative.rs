//! The dose of a volume over the whole course.

use std::string::{String, ToString};
use std::vec::Vec;

use super::amount::Amount;
use super::check::Checker;
use super::known::{Known, Origin, TOO_LONG};
use super::prescription::{DEFINITION, sum};
use chemorad::number::Decimal;
use chemorad::radiotherapy::{Course, Phase};
use chemorad::report::Derivation;
use chemorad::report::{Finding, Outcome};

impl Checker<'_> {
    /// The cumulative dose of every volume that more than one phase reaches.
    pub(super) fn check_totals(&mut self) {
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
            let open = self.assigned.iter().any(|a| a.phase().is_none()) || self.unseen() > 0;
            if !unknown.is_empty() || (open && !missing.is_empty()) {
                let names = [unknown, missing].concat().join(", ");
                self.push(
                    Finding::written(
                        "rx.total",
                        Outcome::CannotTell,
                        place,
                        format!("the cumulative dose is not known, as the dose of some phases is not: {names}"),
                    )
                    .with_expected(expected.to_string()),
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
            .try_fold(Amount::new(Decimal::ZERO), |sum, part| {
                sum.plus(part.amount)
            });
        let compared = total.and_then(|total| {
            Some((
                total,
                Amount::compare(expected, total, self.tolerances.total.limit)?,
            ))
        });
        let Some((total, comparison)) = compared else {
            self.push(Finding::written(
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
        let arithmetic = if terms.len() < 2 {
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
        let finding = Finding::written("rx.total", comparison.outcome(), place, message)
            .with_expected(expected.to_string())
            .with_found(total.to_string())
            .with_difference(comparison.difference)
            .with_tolerance(comparison.tolerance);
        self.push(if terms.len() < 2 {
            finding
        } else {
            finding.with_arithmetic(arithmetic)
        });
    }
}

/// The volume a phase prescribes to and that gives a volume its dose: itself, or one around it.
fn prescribed_volume<'a>(course: &'a Course, phase: &Phase, volume: &'a str) -> &'a str {
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

//! The dose of a volume over the whole course.

use super::amount::Amount;
use super::check::Checker;
use super::dose_unknown::DoseUnknown;
use super::finding::CrosscheckFinding;
use super::known::{Known, Origin};
use super::prescription::{DEFINITION, sum};
use chemorad::number::Decimal;
use chemorad::radiotherapy::{Course, Phase};
use chemorad::report::Derivation;
use chemorad::report::Subject;

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
            let Some(expected) = course.cumulative_dose(&volume) else {
                continue;
            };
            let expected = Amount::of(expected);
            let mut parts: Vec<Known> = Vec::new();
            let mut unknown: Vec<String> = Vec::new();
            let mut missing: Vec<String> = Vec::new();
            for (at, phase) in course.phases().iter().enumerate() {
                if course.fractionation_of(&volume, phase).is_none() {
                    continue;
                }
                let items = self.items_of(at);
                if items.is_empty() {
                    missing.push(phase.name().to_string());
                    continue;
                }
                // in a phase that gives the dose to the volume around it
                let named = prescribed_volume(course, phase, &volume);
                match sum(items.iter().map(|item| match item.dose_of(named) {
                    Some(dose) => item.total(dose),
                    None => Err(DoseUnknown::NotStated),
                })) {
                    Ok(known) if known.origin == Origin::Given => parts.push(known),
                    _ => unknown.push(phase.name().to_string()),
                }
            }
            let open = self.assigned.iter().any(|a| a.phase().is_none()) || self.unseen() > 0;
            if !unknown.is_empty() || (open && !missing.is_empty()) {
                self.push(CrosscheckFinding::CumulativeUnknown {
                    volume,
                    expected,
                    phases: [unknown, missing].concat(),
                });
                continue;
            }
            self.check_cumulative(volume, expected, &parts, missing);
        }
    }

    fn check_cumulative(
        &mut self,
        volume: String,
        expected: Amount,
        parts: &[Known],
        missing: Vec<String>,
    ) {
        let limit = self.tolerances.total.limit;
        let total = parts
            .iter()
            .try_fold(Amount::new(Decimal::ZERO), |sum, part| {
                sum.plus(part.amount)
            });
        let comparison = total.and_then(|total| Amount::compare(expected, total, limit));
        let terms: Vec<String> = parts.iter().map(|part| part.amount.to_string()).collect();
        let mut arithmetic = None;
        if let Some(comparison) = comparison {
            let total = comparison.found;
            let words = format!("{} = {total}", terms.join(" + "));
            arithmetic = Some(words).filter(|_| terms.len() > 1);
            self.derivations.push(Derivation::new(
                format!(
                    "planned cumulative dose, {}",
                    Subject::volume(volume.clone())
                ),
                "sum of the phases that cover the volume, those of enclosing volumes included",
                arithmetic.clone().unwrap_or_else(|| total.to_string()),
                total.to_string(),
                DEFINITION,
            ));
        }
        self.push(CrosscheckFinding::Cumulative {
            volume,
            comparison,
            missing,
            arithmetic,
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

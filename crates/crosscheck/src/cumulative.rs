//! The dose of a volume over the whole course.

use super::amount::Amount;
use super::beam_sum::gives_something;
use super::check::Checker;
use super::dose_unknown::{DoseUnknown, WhyStated};
use super::finding::dose::DoseFinding;
use super::known::{Item, Known, Origin};
use super::prescription::{DEFINITION, sum};
use super::statement::{Scope, statements};
use chemorad::number::Decimal;
use chemorad::radiotherapy::{Course, Fractionation, Phase};
use chemorad::report::{Derivation, Subject, Written};
use chemorad::written;

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
            let mut groups: Vec<Item<'_>> = Vec::new();
            let mut of_other_volume = true;
            for (at, phase) in course.phases().iter().enumerate() {
                let Some(prescribed) = course.fractionation_of(&volume, phase) else {
                    continue;
                };
                let items = self.items_of(at);
                if items.is_empty() {
                    missing.push(phase.name().to_string());
                    continue;
                }
                // in a phase that gives the dose to the volume around it
                let named = prescribed_volume(course, phase, &volume);
                let total = sum(items.iter().map(|item| {
                    self.dose_in_phase(item, phase, (volume.as_str(), named), prescribed)
                }));
                groups.extend(items);
                match total {
                    Ok(known) if self.counts(&known.origin) => parts.push(known),
                    other => {
                        of_other_volume &= matches!(other, Err(DoseUnknown::OfVolume(_)));
                        unknown.push(phase.name().to_string());
                    }
                }
            }
            // in a simultaneous boost the beams state the dose of another volume, and the plan may state the sum
            if !unknown.is_empty() && of_other_volume && missing.is_empty() {
                if let Some(stated) = self.stated_over(&groups, &volume) {
                    self.check_cumulative(volume, expected, &[stated], missing);
                    continue;
                }
            }
            let open = self.assigned.iter().any(|a| a.phase().is_none()) || self.unseen() > 0;
            if !unknown.is_empty() || (open && !missing.is_empty()) {
                self.push(DoseFinding::CumulativeUnknown {
                    volume,
                    expected,
                    phases: [unknown, missing].concat(),
                });
                continue;
            }
            self.check_cumulative(volume, expected, &parts, missing);
        }
    }

    /// What a group gives to a volume. In a simultaneous boost the beams of a plan state the dose of one
    /// volume; that of another is the one the plan states for it. `own` is the volume, and `volume` the one that
    /// the phase prescribes to.
    fn dose_in_phase(
        &self,
        item: &Item<'_>,
        phase: &Phase,
        (own, volume): (&str, &str),
        prescribed: Fractionation,
    ) -> Result<Known, DoseUnknown> {
        // a line of its own says what the volume inside gets
        if item.named(own).is_some() {
            return self.dose_of(item, own, prescribed).1;
        }
        let one_of_several = phase.prescriptions().len() > 1 && item.unnamed().is_some();
        if one_of_several && !self.is_dose_of(prescribed, core::slice::from_ref(item)) {
            let stated = self.stated_for(item, volume);
            return stated.ok_or_else(|| DoseUnknown::OfVolume(volume.to_string()));
        }
        self.dose_of(item, volume, prescribed).1
    }

    /// The dose that a plan states for a volume in a group.
    fn stated_for(&self, item: &Item<'_>, volume: &str) -> Option<Known> {
        let alone = Scope::Groups(vec![item.place]);
        let mut all = statements(item.plan).into_iter().filter(|statement| {
            let of_group = statement.scope == alone || item.plan.groups.len() == 1;
            let named = self.named_volume(statement.target.name.reveal());
            of_group && named.as_deref() == Some(volume)
        });
        let only = all.next().filter(|_| all.next().is_none())?;
        Some(Known::stated(only.dose, WhyStated::OfOtherVolume))
    }

    /// The dose that a plan states for a volume over all these groups together, which it links to it.
    fn stated_over(&self, groups: &[Item<'_>], volume: &str) -> Option<Known> {
        let plan = groups.first()?.plan;
        if groups.iter().any(|item| !core::ptr::eq(item.plan, plan)) {
            return None;
        }
        let mut places: Vec<usize> = groups.iter().map(|item| item.place).collect();
        places.sort_unstable();
        let scope = Scope::Groups(places);
        let mut all = statements(plan).into_iter().filter(|statement| {
            let named = self.named_volume(statement.target.name.reveal());
            statement.scope == scope && named.as_deref() == Some(volume)
        });
        let only = all.next().filter(|_| all.next().is_none())?;
        Some(Known::stated(only.dose, WhyStated::OfOtherVolume))
    }

    /// Whether a dose is known well enough to be added to others.
    fn counts(&self, origin: &Origin) -> bool {
        match origin {
            Origin::Given
            | Origin::Stated(
                WhyStated::AtPoint(_) | WhyStated::IonBeams | WhyStated::OfOtherVolume,
            ) => true,
            Origin::Stated(WhyStated::Unknown(why)) => {
                gives_something(why) && self.decisions.accept_stated_dose.is_some()
            }
        }
    }

    fn check_cumulative(
        &mut self,
        volume: String,
        expected: Amount,
        parts: &[Known],
        missing: Vec<String>,
    ) {
        let limit = self.tolerances.total.allowed();
        let total = parts
            .iter()
            .try_fold(Amount::new(Decimal::ZERO), |sum, part| {
                sum.plus(part.amount)
            });
        let comparison = total.and_then(|total| Amount::compare(expected, total, limit));
        let terms: Vec<Written> = parts
            .iter()
            .map(|part| Written::new(part.amount.in_arithmetic()))
            .collect();
        let mut arithmetic = None;
        if let Some(comparison) = comparison {
            let total = comparison.found;
            let sum = Written::joined(&terms, " + ");
            let words = written!("{} = {}", sum, total.in_arithmetic());
            arithmetic = Some(words).filter(|_| terms.len() > 1);
            self.derivations.push(Derivation::new(
                format!(
                    "planned cumulative dose, {}",
                    Subject::volume(volume.clone())
                ),
                "sum of the phases that cover the volume, those of enclosing volumes included",
                sum.shown(),
                total.shown(),
                DEFINITION,
            ));
        }
        self.push(DoseFinding::Cumulative {
            volume,
            comparison,
            missing,
            arithmetic,
            stated: parts.iter().find_map(|part| part.origin.why_stated()),
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

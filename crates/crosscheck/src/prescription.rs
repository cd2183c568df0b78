//! What is planned against what is prescribed: n, d, D, phase by phase and volume by volume.

use super::amount::Amount;
use super::check::Checker;
use super::dose_unknown::DoseUnknown;
use super::finding::dose::{DoseFinding, JudgedDose};
use super::finding::phases::PhaseFinding;
use super::finding::stated_dose::MeaningKind;
use super::fit::{is_per_fraction, per_fraction};
use super::known::{Item, Known};
use super::statement::statements;
use super::tolerance::Allowed;
use chemorad::radiotherapy::{Fractionation, Phase};
use chemorad::report::{Derivation, Subject};
use chemorad::text::Text;
use chemorad::written;
use chemorad_dosimetry::PlannedDose;

pub(super) const DEFINITION: &str = "definition";
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
        let place = Subject::phase(phase.name().to_string());
        self.check_fractions(phase, items);
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
            let part = Subject::path(format!("volume {}", volume.volume));
            let at = place.clone().part(part);
            if !unnamed || self.is_dose_of(volume.fractionation, items) {
                self.check_doses(&at, volume.fractionation, &volume.volume, items);
            } else {
                self.push(DoseFinding::OtherVolume {
                    at,
                    of_another: self.any_dose(phase, items),
                    open: items.iter().find_map(Item::why_open),
                    is_stated: items
                        .iter()
                        .all(|item| self.is_stated(item, &volume.volume)),
                    expected: per_fraction(volume.fractionation),
                    planned: items.iter().map(Item::summary).collect(),
                });
            }
        }
    }

    /// Whether the plan of a group states the dose that is prescribed to a volume.
    fn is_stated(&self, item: &Item<'_>, volume: &Text) -> bool {
        let limit = self.tolerances.total.allowed();
        let of_group = statements(item.plan)
            .into_iter()
            .filter(|statement| statement.scope.holds(item.place));
        of_group.into_iter().any(|statement| {
            let meanings = self.prescribed_meanings(item.plan, &statement);
            let stated = Amount::new(statement.dose);
            meanings.iter().any(|meaning| {
                let compared = Amount::compare(meaning.amount, stated, limit);
                let is_of_volume =
                    volume.is(&meaning.volume) && meaning.kind != MeaningKind::Course;
                is_of_volume && compared.is_some_and(|both| both.within)
            })
        })
    }

    pub(super) fn is_dose_of(&self, prescribed: Fractionation, items: &[Item<'_>]) -> bool {
        let limit = self.tolerances.dose_per_fraction.allowed();
        items.iter().all(|item| {
            item.unnamed()
                .and_then(|dose| item.per_fraction(dose).ok())
                .is_some_and(|known| is_per_fraction(prescribed, known.amount, limit))
        })
    }

    pub(super) fn any_dose(&self, phase: &Phase, items: &[Item<'_>]) -> bool {
        let volumes = phase.prescriptions().iter();
        volumes
            .into_iter()
            .any(|volume| self.is_dose_of(volume.fractionation, items))
    }

    fn check_fractions(&mut self, phase: &Phase, items: &[Item<'_>]) {
        let counts: Option<Vec<u32>> = items.iter().map(|item| item.group.fractions).collect();
        let planned = counts.and_then(|counts| {
            let mut all = counts.iter();
            let total = all.try_fold(0_u32, |sum, count| sum.checked_add(*count))?;
            Some((counts, total))
        });
        self.push(PhaseFinding::Fractions {
            phase: phase.name().to_string(),
            expected: phase.fractions().get(),
            planned,
        });
    }

    /// n x d = D, where all three were entered.
    fn check_entry(&mut self, item: &Item<'_>, dose: &PlannedDose) {
        let (Some(fractions), Some(d), Some(total)) =
            (item.group.fractions, dose.per_fraction, dose.total)
        else {
            return;
        };
        let (per_fraction, total) = (Amount::new(d), Amount::new(total));
        let limit = self.tolerances.beam_sum.allowed();
        let product = per_fraction.times(fractions);
        self.push(DoseFinding::Entry {
            group: item.name(),
            fractions,
            per_fraction,
            comparison: product.and_then(|product| Amount::compare(total, product, limit)),
        });
    }

    fn check_doses(
        &mut self,
        place: &Subject,
        prescribed: Fractionation,
        volume: &str,
        items: &[Item<'_>],
    ) {
        let expected = per_fraction(prescribed);
        let mut totals = Vec::new();
        for item in items {
            let at = match items {
                [_] => place.clone(),
                _ => place.clone().part(item.name()),
            };
            let (known, total) = self.dose_of(item, volume, prescribed);
            self.check_dose_per_fraction(at, expected, known);
            totals.push(total);
        }
        let total = sum(totals.into_iter());
        let expected = Amount::of(prescribed.total());
        let mut fractions = items.iter().map(|item| item.group.fractions);
        let fractions = fractions.try_fold(0_u32, |sum, count| sum.checked_add(count?));
        let others = fractions.is_some_and(|count| count != prescribed.fractions().get());
        self.check_total(place, expected, total, others);
    }

    /// What a group gives to a volume, per fraction and in all. Where its beams state the dose of a point,
    /// or are ion beams, and the plan states the prescribed dose, that is what it gives.
    pub(super) fn dose_of(
        &self,
        item: &Item<'_>,
        volume: &str,
        prescribed: Fractionation,
    ) -> (Result<Known, DoseUnknown>, Result<Known, DoseUnknown>) {
        let Some(dose) = item.dose_of(volume) else {
            let unknown = || Err(DoseUnknown::OfVolume(volume.to_string()));
            return (unknown(), unknown());
        };
        let limit = self.tolerances.dose_per_fraction.allowed();
        let agrees = |known: &Known| is_per_fraction(prescribed, known.amount, limit);
        let beams = item.per_fraction(dose);
        if !beams.as_ref().is_ok_and(agrees) {
            let instead = item.instead_of_beams(dose, prescribed, self.tolerances);
            if let Some((stated, total)) = instead {
                if agrees(&stated) {
                    return (Ok(stated), Ok(total));
                }
            }
        }
        (beams, item.total(dose))
    }

    fn check_dose_per_fraction(
        &mut self,
        at: Subject,
        expected: Option<Amount>,
        known: Result<Known, DoseUnknown>,
    ) {
        if let Some(expected) = expected {
            let dose = judged(expected, known, self.tolerances.dose_per_fraction.allowed());
            self.push(DoseFinding::PerFraction { at, expected, dose });
        }
    }

    fn check_total(
        &mut self,
        place: &Subject,
        expected: Amount,
        total: Result<Known, DoseUnknown>,
        in_other_fractions: bool,
    ) {
        let terms = total.as_ref().ok().map(|known| known.terms.clone());
        let dose = judged(expected, total, self.tolerances.total.allowed());
        if let (JudgedDose::Compared { comparison, .. }, Some(terms)) = (&dose, terms) {
            self.derivations.push(Derivation::new(
                format!("planned total, {place}"),
                "D = n d",
                terms.shown(),
                comparison.found.shown(),
                DEFINITION,
            ));
        }
        self.push(DoseFinding::Total {
            at: place.clone(),
            expected,
            dose,
            in_other_fractions,
        });
    }
}

fn judged(expected: Amount, known: Result<Known, DoseUnknown>, limit: Allowed) -> JudgedDose {
    let known = match known {
        Ok(known) => known,
        Err(why) => return JudgedDose::Unknown(why),
    };
    match Amount::compare(expected, known.amount, limit) {
        None => JudgedDose::TooLong,
        Some(comparison) => JudgedDose::Compared {
            comparison,
            arithmetic: known.arithmetic(),
            stated: known.origin.why_stated(),
        },
    }
}

pub(super) fn sum(
    parts: impl Iterator<Item = Result<Known, DoseUnknown>>,
) -> Result<Known, DoseUnknown> {
    let mut total: Option<Known> = None;
    for part in parts {
        let part = part?;
        total = Some(match total {
            None => part,
            Some(sum) => {
                let amount = sum.amount.plus(part.amount).ok_or(DoseUnknown::TooLong)?;
                Known {
                    terms: written!(
                        "{} + {}",
                        sum.amount.in_arithmetic(),
                        part.amount.in_arithmetic()
                    ),
                    amount,
                    origin: if part.origin.is_given() {
                        sum.origin
                    } else {
                        part.origin
                    },
                }
            }
        });
    }
    total.ok_or(DoseUnknown::NotStated)
}

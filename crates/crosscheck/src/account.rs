//! Every dose that is planned, with the prescription that explains it. What nobody prescribed is left over.

use super::amount::Amount;
use super::check::Checker;
use super::finding::left_over::{LeftOver, WhyLeftOver};
use super::fit::is_per_fraction;
use super::known::Item;
use super::planned_volume_dose::{PlannedVolumeDose, doses_in_words, to_volume};
use super::statement::{Scope, Statement};
use chemorad::radiotherapy::{Fractionation, Phase};
use chemorad::report::{Identifying, Subject};
use chemorad_dosimetry::{PlannedDose, PlannedPrescription};

/// What explains a dose of a fraction group.
enum Explained {
    /// A prescription to this volume, which the dose is compared with elsewhere.
    By(String),
    /// The fraction group has no phase that is compared, which is said elsewhere.
    Elsewhere,
    /// None does.
    Not(WhyLeftOver),
}

impl Checker<'_> {
    /// Lists the doses of all fraction groups and lines, and says which of them nobody prescribed.
    pub(super) fn account_for_groups(&mut self) {
        let mut listed = Vec::new();
        let mut left_over = Vec::new();
        for (item, assigned) in self.items.iter().zip(&self.assigned) {
            let phase = assigned.phase();
            let phase = phase.and_then(|at| self.prescribed.course.phases().get(at));
            let compared = phase.filter(|_| !self.is_left_out(assigned));
            let doses = item.group.doses.iter();
            let named = doses.map(|dose| self.named_volume(item.volume_of(dose)?));
            let named: Vec<Option<String>> = named.collect();
            for (place, dose) in item.group.doses.iter().enumerate() {
                let explained = match compared {
                    Some(phase) => self.explained(item, (place, &named), dose, phase),
                    None => Explained::Elsewhere,
                };
                let prescribed = match explained {
                    Explained::By(words) => Some(words),
                    Explained::Elsewhere => None,
                    Explained::Not(why) => {
                        left_over.push(LeftOver {
                            at: item.name(),
                            volume: dose.volume.as_ref().map(Identifying::from),
                            planned: item.of_dose(dose),
                            phase: phase.map_or_else(String::new, |one| one.name().to_string()),
                            prescribed: phase.map(doses_in_words).unwrap_or_default(),
                            why,
                        });
                        None
                    }
                };
                let shown = |known: Result<super::known::Known, _>| {
                    known.ok().map(|known| known.amount.shown())
                };
                listed.push(PlannedVolumeDose {
                    at: item.name(),
                    phase: phase.map(|phase| phase.name().to_string()),
                    volume: dose.volume.as_ref().map(Identifying::from),
                    fractions: item.group.fractions,
                    dose_per_fraction: shown(item.per_fraction(dose)),
                    total: shown(item.total(dose)),
                    prescribed,
                });
            }
        }
        self.planned_doses.extend(listed);
        for finding in left_over {
            self.push(finding);
        }
    }

    /// The prescription that a dose of a fraction group is compared with.
    fn explained(
        &self,
        item: &Item<'_>,
        (place, named): (usize, &[Option<String>]),
        dose: &PlannedDose,
        phase: &Phase,
    ) -> Explained {
        if dose.volume.is_none() {
            return Explained::By(doses_in_words(phase));
        }
        let Some(volume) = named.get(place).cloned().flatten() else {
            return self.of_unknown_volume(item, named, dose, phase);
        };
        let mut before = named.iter().take(place).flatten();
        let twice = before.any(|one| *one == volume);
        let prescribed = phase.prescription_of(&volume);
        if let Some(fractionation) = prescribed {
            return if twice {
                Explained::Not(WhyLeftOver::Twice)
            } else {
                Explained::By(to_volume(fractionation, &volume))
            };
        }
        // it lies inside a volume that is prescribed to, and gets the dose of that
        match self.prescribed.course.fractionation_of(&volume, phase) {
            Some(around) if self.agrees(item, dose, around) => {
                Explained::By(to_volume(around, &volume))
            }
            Some(around) => {
                Explained::Not(WhyLeftOver::OtherThanAround(Amount::of(around.total())))
            }
            None => Explained::Not(WhyLeftOver::NotPrescribed),
        }
    }

    /// A name that is no volume of the course can be another name of one whose dose it has, and that no other
    /// line names.
    fn of_unknown_volume(
        &self,
        item: &Item<'_>,
        named: &[Option<String>],
        dose: &PlannedDose,
        phase: &Phase,
    ) -> Explained {
        let mut open = phase.prescriptions().iter().filter(|prescribed| {
            let mut named = named.iter().flatten();
            !named.any(|volume| prescribed.volume.is(volume))
        });
        let alone = item.group.doses.len() == 1;
        let fits = open.find(|one| alone || self.agrees(item, dose, one.fractionation));
        Explained::Not(match fits {
            Some(one) => WhyLeftOver::UnknownName {
                volume: one.volume.to_string(),
            },
            None => WhyLeftOver::NotPrescribed,
        })
    }

    fn agrees(&self, item: &Item<'_>, dose: &PlannedDose, prescribed: Fractionation) -> bool {
        let limit = self.tolerances.dose_per_fraction.allowed();
        item.per_fraction(dose)
            .is_ok_and(|known| is_per_fraction(prescribed, known.amount, limit))
    }

    /// Lists a dose that a plan states for a target; `explained` is the prescription it agrees with.
    pub(super) fn account_for_statement(
        &mut self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
        explained: Option<String>,
    ) {
        let phases = self.phases_of(plan, &statement.scope);
        let names = self.prescribed.course.phases();
        let names: Vec<&str> = phases
            .iter()
            .filter_map(|at| Some(names.get(*at)?.name().as_str()))
            .collect();
        let fractions = self.scoped(plan, &statement.scope);
        let fractions = fractions.iter().map(|(item, _)| item.group.fractions);
        let fractions = match &statement.scope {
            Scope::Plan if plan.groups.len() > 1 => None,
            _ => fractions
                .reduce(|sum, count| sum?.checked_add(count?))
                .flatten(),
        };
        let place = Subject::source(plan.source.clone());
        let at = place.part(Subject::target(statement.target.name.clone()));
        let group = statement.by_group.and_then(|at| plan.groups.get(at));
        self.planned_doses.push(PlannedVolumeDose {
            at: match group {
                Some(group) => at.part(Subject::path(group.name.clone())),
                None => at,
            },
            phase: (!names.is_empty()).then(|| names.join(", ")),
            volume: Some(statement.target.name.clone()),
            fractions,
            // a plan states the total of a target alone
            dose_per_fraction: None,
            total: Some(Amount::new(statement.dose).shown()),
            prescribed: explained,
        });
    }
}

//! What a dose that a plan states can mean: prescribed doses.

use super::amount::Amount;
use super::check::Checker;
use super::finding::stated_dose::MeaningKind;
use super::fit::per_fraction;
use super::known::Item;
use super::statement::{Scope, Statement};
use chemorad::number::Decimal;
use chemorad::report::Written;
use chemorad::written;
use chemorad_dosimetry::PlannedPrescription;

/// A dose that a stated dose could mean.
pub(super) struct Meaning {
    pub(super) words: String,
    /// The volume that a prescribed dose is for; empty for a dose of beams.
    pub(super) volume: String,
    pub(super) amount: Amount,
    pub(super) arithmetic: Written,
    pub(super) kind: MeaningKind,
}

/// A dose and the phases it is the sum of.
type Named = (Amount, String);

impl Meaning {
    fn prescribed(volume: &str, phases: &str, amount: Amount, kind: MeaningKind) -> Self {
        let of_part = match kind {
            MeaningKind::Part => format!(" in {phases}"),
            MeaningKind::Share => format!(" in its fractions of {phases}"),
            MeaningKind::Course => ", whole course".into(),
            MeaningKind::Whole | MeaningKind::Cumulative => String::new(),
        };
        Self {
            words: format!("volume {volume}{of_part}"),
            volume: volume.to_string(),
            amount,
            arithmetic: written!("prescribed to {} in {}: {}", volume, phases, amount),
            kind,
        }
    }
}

impl Checker<'_> {
    /// The fraction groups a statement is for, with their phases.
    pub(super) fn scoped(
        &self,
        plan: &PlannedPrescription,
        scope: &Scope,
    ) -> Vec<(Item<'_>, Option<usize>)> {
        let mut placed = self.placed(plan);
        placed.retain(|(item, _)| scope.holds(item.place));
        placed
    }

    /// Whether the phase of every fraction group that a statement is for is known.
    pub(super) fn is_placed(&self, plan: &PlannedPrescription, scope: &Scope) -> bool {
        let scoped = self.scoped(plan, scope);
        scoped.iter().all(|(_, phase)| phase.is_some())
    }

    /// The phases of the fraction groups a statement is for, in their order.
    pub(super) fn phases_of(&self, plan: &PlannedPrescription, scope: &Scope) -> Vec<usize> {
        let scoped = self.scoped(plan, scope);
        let mut phases: Vec<usize> = scoped.iter().filter_map(|(_, phase)| *phase).collect();
        phases.sort_unstable();
        phases.dedup();
        phases
    }

    /// The prescribed doses a statement can mean: those of its phases, with the phases before, or of one
    /// phase where the plan does not say which.
    pub(super) fn prescribed_meanings(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
    ) -> Vec<Meaning> {
        let course = &self.prescribed.course;
        let phases = self.phases_of(plan, &statement.scope);
        let volumes = self.volumes_of(&phases, statement.target.name.reveal());
        let mut meanings = Vec::new();
        for volume in &volumes {
            let (earlier, own) = self.prescribed_dose(&phases, volume);
            let Some((own, of)) = own else {
                continue;
            };
            let share = self.share(plan, &statement.scope, &phases, volume);
            // the dose that a group states is that of its fractions
            if share.is_none() || statement.by_group.is_none() {
                meanings.push(Meaning::prescribed(volume, &of, own, MeaningKind::Whole));
            }
            if let Some(share) = share {
                meanings.push(Meaning::prescribed(volume, &of, share, MeaningKind::Share));
            }
            let before = earlier.filter(|_| statement.by_group.is_none());
            if let Some((before, earlier)) = before {
                if let Some(sum) = before.plus(own) {
                    meanings.push(Meaning {
                        words: format!("volume {volume}, cumulative"),
                        volume: volume.clone(),
                        amount: sum,
                        arithmetic: written!(
                            "prescribed to {}: {} ({}) + {} ({}) = {}",
                            volume,
                            before.in_arithmetic(),
                            earlier,
                            own.in_arithmetic(),
                            of,
                            sum.in_arithmetic()
                        ),
                        kind: MeaningKind::Cumulative,
                    });
                }
            }
        }
        if statement.by_group.is_none() {
            let target = statement.target.name.reveal();
            for (volume, _) in self.given_after(&phases, target) {
                let Some(total) = course.cumulative_dose(&volume) else {
                    continue;
                };
                let kind = MeaningKind::Course;
                meanings.push(Meaning::prescribed(
                    &volume,
                    "all phases",
                    Amount::of(total),
                    kind,
                ));
            }
        }
        if statement.scope == Scope::Plan && phases.len() > 1 {
            let parts = phases.iter().filter_map(|at| course.phases().get(*at));
            for phase in parts {
                let doses = phase.prescriptions().iter();
                for dose in doses.filter(|dose| volumes.iter().any(|name| dose.volume.is(name))) {
                    meanings.push(Meaning::prescribed(
                        &dose.volume,
                        &format!("phase {}", phase.name()),
                        Amount::of(dose.fractionation.total()),
                        MeaningKind::Part,
                    ));
                }
            }
        }
        meanings
    }

    /// What is prescribed to a volume in the fractions that a statement is for, where other fraction groups
    /// give the rest of a phase.
    fn share(
        &self,
        plan: &PlannedPrescription,
        scope: &Scope,
        phases: &[usize],
        volume: &str,
    ) -> Option<Amount> {
        let course = &self.prescribed.course;
        let scoped = self.scoped(plan, scope);
        let mut total = Amount::new(Decimal::ZERO);
        let mut is_share = false;
        for at in phases {
            let Some(dose) = course.fractionation_of(volume, course.phases().get(*at)?) else {
                continue;
            };
            let own = scoped.iter().filter(|(_, phase)| *phase == Some(*at));
            let own: Vec<&Item<'_>> = own.map(|(item, _)| item).collect();
            let part = if own.len() == self.items_of(*at).len() {
                Amount::of(dose.total())
            } else {
                is_share = true;
                let fractions = own.iter().map(|item| item.group.fractions);
                let fractions = fractions.reduce(|sum, count| sum?.checked_add(count?));
                per_fraction(dose)?.times(fractions.flatten()?)?
            };
            total = total.plus(part)?;
        }
        is_share.then_some(total)
    }

    /// What is prescribed to a volume before some phases, and in them.
    pub(super) fn prescribed_dose(
        &self,
        phases: &[usize],
        volume: &str,
    ) -> (Option<Named>, Option<Named>) {
        let Some(first) = phases.iter().min() else {
            return (None, None);
        };
        let course = &self.prescribed.course;
        let sum = |wanted: &dyn Fn(usize) -> bool| {
            let mut total = Amount::new(Decimal::ZERO);
            let mut names = Vec::new();
            for (_, phase) in course
                .phases()
                .iter()
                .enumerate()
                .filter(|(at, _)| wanted(*at))
            {
                if let Some(dose) = course.fractionation_of(volume, phase) {
                    total = total.plus(Amount::of(dose.total()))?;
                    names.push(phase.name().as_str());
                }
            }
            let word = if names.len() == 1 { "phase" } else { "phases" };
            let phases = format!("{word} {}", names.join(", "));
            Some((total, phases)).filter(|_| !names.is_empty())
        };
        (sum(&|at| at < *first), sum(&|at| phases.contains(&at)))
    }

    /// What the phases after some give to the volume that a target is called as, or to those that these phases
    /// reach, the ones inside them included.
    pub(super) fn given_after(&self, phases: &[usize], target: &str) -> Vec<(String, Amount)> {
        let named = self.named_volume(target);
        let course = &self.prescribed.course;
        let Some(last) = phases.iter().max() else {
            return Vec::new();
        };
        let reached = |volume: &str| {
            let mut own = phases.iter().filter_map(|at| course.phases().get(*at));
            own.any(|phase| course.fractionation_of(volume, phase).is_some())
        };
        let after = |volume: &str| {
            let later = course.phases().iter().skip(last + 1);
            let doses = later.filter_map(|phase| course.fractionation_of(volume, phase));
            doses
                .map(|dose| Amount::of(dose.total()))
                .reduce(|sum, dose| sum.plus(dose).unwrap_or(sum))
        };
        let volumes = course.volumes().iter();
        volumes
            .filter(|volume| named.as_ref().is_none_or(|name| volume.name.is(name)))
            .filter(|volume| reached(&volume.name))
            .filter_map(|volume| Some((volume.name.to_string(), after(&volume.name)?)))
            .collect()
    }

    /// Whether a dose is prescribed to a volume in a phase of the course, alone or with the phases before.
    pub(super) fn is_of_a_phase(&self, dose: Decimal) -> bool {
        let limit = self.tolerances.total.allowed();
        let is_it = |amount: Amount| {
            Amount::compare(amount, Amount::new(dose), limit)
                .is_some_and(|comparison| comparison.within)
        };
        let phases = 0..self.prescribed.course.phases().len();
        let mut volumes = self.prescribed.course.volumes().iter();
        volumes.any(|volume| {
            phases.clone().any(|at| {
                let (earlier, own) = self.prescribed_dose(&[at], &volume.name);
                let Some((own, _)) = own else {
                    return false;
                };
                let sum = earlier.and_then(|(before, _)| before.plus(own));
                is_it(own) || sum.is_some_and(is_it)
            })
        })
    }

    /// The volumes a target can stand for: the one it is named for, or every one that its phases
    /// prescribe to.
    pub(super) fn volumes_of(&self, phases: &[usize], target: &str) -> Vec<String> {
        let course = &self.prescribed.course;
        let mut volumes: Vec<String> = Vec::new();
        for phase in phases.iter().filter_map(|at| course.phases().get(*at)) {
            for volume in phase.prescriptions() {
                if !volumes.iter().any(|known| volume.volume.is(known)) {
                    volumes.push(volume.volume.to_string());
                }
            }
        }
        match self.named_volume(target) {
            // prescribed to, or inside what is
            Some(named) if self.prescribed_dose(phases, &named).1.is_some() => vec![named],
            _ => volumes,
        }
    }
}

//! What a dose that a plan states can mean: prescribed doses, or what the beams give.

use super::amount::Amount;
use super::check::Checker;
use super::dose_unknown::DoseUnknown;
use super::finding::stated_dose::MeaningKind;
use super::fit::per_fraction;
use super::known::{Item, Origin};
use super::statement::{Scope, Statement};
use chemorad::number::Decimal;
use chemorad::report::Written;
use chemorad::written;
use chemorad_dosimetry::{DosePoint, PlannedPrescription};

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
    fn scoped(&self, plan: &PlannedPrescription, scope: &Scope) -> Vec<(Item<'_>, Option<usize>)> {
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

    /// The points that the beams of a statement's groups state the dose of; none where one of the groups
    /// names no point.
    pub(super) fn points_of(
        &self,
        plan: &PlannedPrescription,
        scope: &Scope,
    ) -> Option<Vec<DosePoint>> {
        let mut points: Vec<DosePoint> = Vec::new();
        for (item, _) in self.scoped(plan, scope) {
            let point = item.unnamed()?.point.clone()?;
            if !points
                .iter()
                .any(|known| *known == point || known.is_same(&point))
            {
                points.push(point);
            }
        }
        Some(points)
    }

    /// n x d, summed over the groups of a statement that are wanted.
    pub(super) fn beam_total(
        &self,
        plan: &PlannedPrescription,
        scope: &Scope,
        wanted: impl Fn(Option<usize>) -> bool,
    ) -> Result<(Amount, Written), DoseUnknown> {
        let mut total = Amount::new(Decimal::ZERO);
        let mut words = Vec::new();
        for (item, _) in self
            .scoped(plan, scope)
            .iter()
            .filter(|(_, phase)| wanted(*phase))
        {
            let (amount, text) = beams_of(item)?;
            total = total.plus(amount).ok_or(DoseUnknown::TooLong)?;
            words.push(text);
        }
        if words.is_empty() {
            return Err(DoseUnknown::NoGroup);
        }
        let sum = Written::joined(&words, " + ");
        Ok((total, written!("{} = {}", sum, total.in_arithmetic())))
    }

    /// Whether the phase of a group gives dose to a volume.
    fn covers(&self, phase: Option<usize>, volume: &str) -> bool {
        let course = &self.prescribed.course;
        phase
            .and_then(|at| course.phases().get(at))
            .is_some_and(|phase| course.fractionation_of(volume, phase).is_some())
    }

    /// What the beams of a statement's groups give, with what was given before, or what one of them
    /// gives where the plan does not say which.
    pub(super) fn beam_meanings(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
    ) -> Vec<Meaning> {
        let scope = &statement.scope;
        let mut meanings = Vec::new();
        let mut add = |words: String, kind, found: Result<(Amount, Written), DoseUnknown>| {
            if let Ok((amount, arithmetic)) = found {
                meanings.push(Meaning {
                    words,
                    volume: String::new(),
                    amount,
                    arithmetic,
                    kind,
                });
            }
        };
        let named = self.named_volume(statement.target.name.reveal());
        let phases = self.phases_of(plan, scope);
        let reached = self.volumes_of(&phases, statement.target.name.reveal());
        let of_volume = |volume: &str| self.beam_total(plan, scope, |at| self.covers(at, volume));
        match scope {
            Scope::Groups(_) => {
                let all = self.beam_total(plan, scope, |_| true);
                add(
                    "the fraction groups linked to it".into(),
                    MeaningKind::Whole,
                    all,
                );
                if let Some(volume) = named.as_ref().filter(|volume| reached.contains(volume)) {
                    add(
                        format!("volume {volume}"),
                        MeaningKind::Part,
                        of_volume(volume),
                    );
                }
            }
            Scope::Plan if plan.groups.len() > 1 => {
                // a name that is a volume's settles which groups are meant
                if named.is_none() || reached.is_empty() {
                    let all = self.beam_total(plan, scope, |_| true);
                    add("all fraction groups".into(), MeaningKind::Whole, all);
                }
                for volume in &reached {
                    add(
                        format!("volume {volume}"),
                        MeaningKind::Whole,
                        of_volume(volume),
                    );
                }
                for (item, phase) in self.placed(plan) {
                    if named.is_none() || reached.iter().any(|to| self.prescribes_to(phase, to)) {
                        let only = Scope::Groups(vec![item.place]);
                        let found = self.beam_total(plan, &only, |_| true);
                        add(item.group.name.clone(), MeaningKind::Part, found);
                    }
                }
            }
            Scope::Plan => {
                let all = self.beam_total(plan, scope, |_| true);
                add("its beams".into(), MeaningKind::Whole, all);
            }
        }
        if statement.by_group.is_none() {
            let before = self.given_before(&phases, statement, &reached);
            add_before(&mut meanings, &before);
        }
        meanings
    }

    fn prescribes_to(&self, phase: Option<usize>, volume: &str) -> bool {
        phase
            .and_then(|at| self.prescribed.course.phases().get(at))
            .is_some_and(|phase| phase.prescription_of(volume).is_some())
    }

    /// What may have been given before the phases of a statement.
    fn given_before(
        &self,
        phases: &[usize],
        statement: &Statement<'_>,
        volumes: &[String],
    ) -> Vec<(String, Amount)> {
        let mut before = Vec::new();
        let stated = statement.target.prior_dose;
        if let Some(prior) = stated.filter(|dose| dose.is_positive()) {
            before.push(("the prior dose the plan states".into(), Amount::new(prior)));
        }
        for volume in volumes {
            if let (Some((amount, earlier)), _) = self.prescribed_dose(phases, volume) {
                before.push((
                    format!("prescribed before to {volume} in {earlier}"),
                    amount,
                ));
            }
        }
        before
    }
}

/// Each whole dose once more with what was given before it.
fn add_before(meanings: &mut Vec<Meaning>, before: &[(String, Amount)]) {
    let own: Vec<(Amount, String)> = meanings
        .iter()
        .filter(|meaning| meaning.kind == MeaningKind::Whole)
        .map(|meaning| (meaning.amount, meaning.words.clone()))
        .collect();
    for (words, earlier) in before {
        for (amount, of) in &own {
            if let Some(sum) = amount.plus(*earlier) {
                meanings.push(Meaning {
                    words: format!("{of} and what is given before"),
                    volume: String::new(),
                    amount: sum,
                    arithmetic: written!(
                        "{} ({}) + {} ({}) = {}",
                        amount.in_arithmetic(),
                        of,
                        earlier.in_arithmetic(),
                        words,
                        sum.in_arithmetic()
                    ),
                    kind: MeaningKind::Cumulative,
                });
            }
        }
    }
}

fn beams_of(item: &Item<'_>) -> Result<(Amount, Written), DoseUnknown> {
    let dose = item.unnamed().ok_or(DoseUnknown::NotOneDose)?;
    let known = item.per_fraction(dose)?;
    if let Origin::Stated(_) = known.origin {
        let why = dose.missing.clone();
        return Err(why.map_or(DoseUnknown::NoBeamDose, DoseUnknown::Missing));
    }
    let fractions = item.group.fractions;
    let fractions = fractions.ok_or(DoseUnknown::FractionsNotStated)?;
    let total = known.amount.times(fractions);
    let total = total.ok_or(DoseUnknown::TooLong)?;
    Ok((
        total,
        written!("{} x {}", fractions, known.amount.in_arithmetic()),
    ))
}

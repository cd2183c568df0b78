//! What a dose that a plan states can mean: what the beams of its fraction groups give.

use super::amount::Amount;
use super::check::Checker;
use super::dose_unknown::DoseUnknown;
use super::finding::stated_dose::MeaningKind;
use super::known::{Item, Origin};
use super::meaning::Meaning;
use super::statement::{Scope, Statement};
use chemorad::number::Decimal;
use chemorad::report::Written;
use chemorad::written;
use chemorad_dosimetry::{DosePoint, PlannedPrescription};

impl Checker<'_> {
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
            let after: Vec<(String, Amount)> = self
                .given_after(&phases, statement.target.name.reveal())
                .into_iter()
                .map(|(volume, dose)| (format!("prescribed after to {volume}"), dose))
                .collect();
            let own = meanings.len();
            add_to_own(&mut meanings, own, &before, MeaningKind::Cumulative);
            add_to_own(&mut meanings, own, &after, MeaningKind::Course);
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

/// Each whole dose of the first `count` once more with what is given before or after it.
fn add_to_own(
    meanings: &mut Vec<Meaning>,
    count: usize,
    others: &[(String, Amount)],
    kind: MeaningKind,
) {
    let when = match kind {
        MeaningKind::Course => "after",
        _ => "before",
    };
    let own: Vec<(Amount, String)> = meanings
        .iter()
        .take(count)
        .filter(|meaning| meaning.kind == MeaningKind::Whole)
        .map(|meaning| (meaning.amount, meaning.words.clone()))
        .collect();
    for (words, other) in others {
        for (amount, of) in &own {
            if let Some(sum) = amount.plus(*other) {
                meanings.push(Meaning {
                    words: format!("{of} and what is given {when}"),
                    volume: String::new(),
                    amount: sum,
                    arithmetic: written!(
                        "{} ({}) + {} ({}) = {}",
                        amount.in_arithmetic(),
                        of,
                        other.in_arithmetic(),
                        words,
                        sum.in_arithmetic()
                    ),
                    kind,
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

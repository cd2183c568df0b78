//! What the beams of a plan give, against the dose that the plan states.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::dose_unknown::DoseUnknown;
use super::finding::known_beams::{KnownBeams, MOST_OF_ONE_BEAM, TooMuch};
use super::finding::stated_dose::{Against, StatedDose};
use super::finding::targets::TargetFinding;
use super::fit::per_fraction;
use super::stated::judge;
use super::statement::{Scope, Statement, dosed, is_dose_of, statements};
use chemorad::number::Decimal;
use chemorad::radiotherapy::Phase;
use chemorad::report::{Finding, Subject};
use chemorad_dosimetry::{
    DosePart, MissingDose, PartPoint, PlanKind, PlannedDose, PlannedPrescription, PlannedTarget,
};

impl Checker<'_> {
    /// Fractions times beam doses against the dose the plan states.
    pub(super) fn check_beam_sum(&mut self, plan: &PlannedPrescription) {
        self.check_known_beams(plan);
        self.check_references_of_beams(plan);
        let statements = statements(plan);
        let why = if statements.is_empty() {
            Some(None)
        } else {
            self.beam_total(plan, &Scope::Plan, |_| true)
                .err()
                .map(Some)
        };
        if let Some(why) = why {
            let accepted = self.decisions.accept_stated_dose.clone();
            let can_be_accepted = why.as_ref().is_some_and(gives_something);
            self.push(TargetFinding::BeamsNotCompared {
                plan: plan.source.clone(),
                accepted: accepted.filter(|_| can_be_accepted),
                why,
            });
            return;
        }
        let limit = self.tolerances.beam_sum.allowed();
        let mut compared = Vec::new();
        for statement in &statements {
            let meanings = self.beam_meanings(plan, statement);
            let points = self.points_of(plan, &statement.scope).unwrap_or_default();
            let whose = |target: &PlannedTarget| points.iter().any(|at| is_dose_of(at, target));
            let of_this = whose(statement.target);
            // beams state the dose of one point, also where volumes get different doses
            let other_point = statement.may_be_another_point() && !of_this;
            let mut judged = judge(
                Against::Beams,
                plan,
                statement,
                &meanings,
                limit,
                other_point,
            );
            judged.of_one_volume = !of_this && self.is_of_one_volume(plan, statement);
            // where the beams name the volume of a simultaneous boost, no other is excused as a point
            if !judged.of_one_volume || !dosed(plan).any(whose) {
                self.allow_for_point(plan, statement, &mut judged.finding);
            }
            judged.ions = plan.kind == PlanKind::Ion;
            compared.push(judged);
        }
        self.push_compared(&compared);
    }

    /// The dose references that beams name are those of their own fraction groups.
    fn check_references_of_beams(&mut self, plan: &PlannedPrescription) {
        let mut found = Vec::new();
        for (item, _) in self.placed(plan) {
            let named = item.group.doses.iter().flat_map(|dose| &dose.references);
            for uid in named {
                let mut of_uid = plan
                    .targets
                    .iter()
                    .filter(|one| one.uid.as_ref() == Some(uid));
                let is_for = |target: &PlannedTarget| {
                    let mut links = target.links.iter();
                    target.links.is_empty() || links.any(|link| link.group == item.place)
                };
                let target = of_uid.clone().next().map(|target| target.name.clone());
                if !of_uid.any(is_for) {
                    found.push(TargetFinding::OtherReference {
                        group: item.name(),
                        target,
                        accepted: self.decisions.accept_stated_dose.clone(),
                    });
                }
            }
        }
        self.findings.extend(found.into_iter().map(Finding::from));
    }

    /// Where the dose of a group is not known, what is known of its beams is not above the prescribed dose.
    fn check_known_beams(&mut self, plan: &PlannedPrescription) {
        let mut found = Vec::new();
        for (item, phase) in self.placed(plan) {
            let phase = phase.and_then(|at| self.prescribed.course.phases().get(at));
            let Some(expected) = phase.and_then(largest_per_fraction) else {
                continue;
            };
            for dose in &item.group.doses {
                let (group, parts) = (item.name(), known_parts(dose));
                found.extend(single_beams(group.clone(), parts, expected).or_else(|| {
                    let comparison = self.sum_above(parts, expected)?;
                    Some(KnownBeams {
                        group,
                        beams: parts.to_vec(),
                        above: TooMuch::Prescribed(comparison),
                    })
                }));
            }
        }
        self.findings.extend(found.into_iter().map(Finding::from));
    }

    /// The sum of beams that add up, where it is above the prescribed dose per fraction.
    fn sum_above(&self, parts: &[PartPoint], expected: Amount) -> Option<Comparison> {
        let first = parts.first()?;
        let adds_up = |other: &PartPoint| {
            let same_kind =
                matches!(first.part, DosePart::Beam(_)) == matches!(other.part, DosePart::Beam(_));
            let same_point = match (&first.point, &other.point) {
                (None, None) => true,
                (Some(one), Some(other)) => one.is_same(other),
                _ => false,
            };
            same_kind && same_point
        };
        if !parts.iter().skip(1).all(adds_up) {
            return None;
        }
        let none = Amount::new(Decimal::ZERO);
        let sum = parts
            .iter()
            .try_fold(none, |sum, part| sum.plus(Amount::new(part.dose)))?;
        let limit = if first.point.is_some() {
            self.tolerances.beam_dose_at_point.allowed()
        } else {
            self.tolerances.dose_per_fraction.allowed()
        };
        Amount::compare(expected, sum, limit)
            .filter(|comparison| !comparison.within && comparison.is_above())
    }

    /// Whether a stated dose is that of one of several volumes of a simultaneous boost, as prescribed, where
    /// the beams give what is prescribed to one of them.
    fn is_of_one_volume(&self, plan: &PlannedPrescription, statement: &Statement<'_>) -> bool {
        let all = self.prescribed.course.phases();
        let phases = self.phases_of(plan, &statement.scope);
        let phases: Vec<_> = phases
            .iter()
            .filter_map(|at| Some((all.get(*at)?, self.items_of(*at))))
            .collect();
        phases
            .iter()
            .any(|(phase, _)| phase.prescriptions().len() > 1)
            && phases
                .iter()
                .all(|(phase, items)| self.any_dose(phase, items))
            && self.is_prescribed(plan, statement)
    }

    /// Beams that state the dose of a point may differ from the stated dose, where that is the
    /// prescribed one.
    fn allow_for_point(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
        finding: &mut StatedDose,
    ) {
        let Some(best) = &mut finding.best else {
            return;
        };
        let points = self.points_of(plan, &statement.scope);
        let Some(points) = points.filter(|_| !best.comparison.within) else {
            return;
        };
        if points
            .iter()
            .any(|point| is_dose_of(point, statement.target))
        {
            return;
        }
        let prescribed = self.is_prescribed(plan, statement);
        let wide = self.tolerances.beam_dose_at_point.allowed();
        let within = Amount::compare(finding.stated, best.comparison.found, wide)
            .filter(|comparison| prescribed && comparison.within);
        if let Some(comparison) = within {
            best.comparison = comparison;
            finding.at_points = Some(points);
        }
    }
}

/// Whether a dose that is not known can be the stated one: what gives nothing gives no dose that anyone could
/// accept.
pub(super) const fn gives_something(why: &DoseUnknown) -> bool {
    !matches!(
        why,
        DoseUnknown::Missing(MissingDose::NoTreatment | MissingDose::NoMeterset { .. })
            | DoseUnknown::NoFractions
            | DoseUnknown::NoGroup
    )
}

/// The largest dose per fraction that a phase prescribes.
fn largest_per_fraction(phase: &Phase) -> Option<Amount> {
    let doses = phase.prescriptions().iter();
    let doses = doses.filter_map(|dose| per_fraction(dose.fractionation));
    doses.reduce(|one, other| if one.is_below(other) { other } else { one })
}

/// What is known of the beams of a dose that is not known.
fn known_parts(dose: &PlannedDose) -> &[PartPoint] {
    match &dose.missing {
        None => &[],
        Some(MissingDose::DifferentPoints { points }) => points,
        Some(_) => &dose.known,
    }
}

/// Beams that give many times the prescribed dose per fraction, each by itself, wherever its point lies.
fn single_beams(group: Subject, parts: &[PartPoint], expected: Amount) -> Option<KnownBeams> {
    let most = expected.times(MOST_OF_ONE_BEAM)?;
    let too_large = |one: &&PartPoint| most.is_below(Amount::new(one.dose));
    let beams: Vec<PartPoint> = parts.iter().filter(too_large).cloned().collect();
    (!beams.is_empty()).then_some(KnownBeams {
        group,
        beams,
        above: TooMuch::AnyPoint { expected, most },
    })
}

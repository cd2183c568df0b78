//! The dose a plan states for its targets, against the prescription and against its beams.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::finding::stated_dose::{Against, BestMeaning, MeaningKind, StatedDose};
use super::finding::targets::{MOST_OF_ONE_BEAM, TargetFinding};
use super::fit::per_fraction;
use super::meaning::Meaning;
use super::statement::{Scope, Statement, dosed, is_dose_of, named, of_no_target, statements};
use super::tolerance::Allowed;
use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{
    MissingDose, PartPoint, PlanKind, PlannedPrescription, PlannedTarget, TargetExtent, TargetKind,
    TargetLink,
};

/// A stated dose that was compared.
struct Judged {
    finding: StatedDose,
    scope: Scope,
    /// Its target can be another point than the one the prescription is for.
    other_point: bool,
    /// It is the dose of one of several volumes that get different doses in the same fractions.
    of_one_volume: bool,
    /// It is compared with the dose of ion beams, which can be another kind of dose.
    ions: bool,
}

impl Judged {
    /// Whether it is the dose of everything it is stated for.
    fn agrees(&self) -> bool {
        let best = self.finding.best.as_ref();
        // what a point is allowed is no agreement
        self.finding.at_points.is_none()
            && best.is_some_and(|best| best.comparison.within && best.kind != MeaningKind::Part)
    }
}

impl Checker<'_> {
    /// The dose the plan states against the prescribed one.
    pub(super) fn check_stated_dose(&mut self, plan: &PlannedPrescription) {
        let of_assurance = plan
            .targets
            .iter()
            .filter(|target| target.is_for_quality_assurance() && target.is_dosed());
        let targets: Vec<PlannedTarget> = of_assurance.cloned().collect();
        if !targets.is_empty() {
            self.push(TargetFinding::ForQualityAssurance {
                plan: plan.source.clone(),
                targets,
            });
        }
        let statements = statements(plan);
        if statements.is_empty() {
            let is_other = |target: &&PlannedTarget| {
                let declared = matches!(target.kind, TargetKind::Target | TargetKind::OrganAtRisk);
                !declared && target.is_dosed()
            };
            self.push(TargetFinding::NoStatedDose {
                plan: plan.source.clone(),
                names_target: named(plan).next().is_some(),
                others: plan.targets.iter().filter(is_other).cloned().collect(),
            });
            self.check_of_no_target(plan);
            return;
        }
        self.check_of_no_target(plan);
        self.check_statements_agree(plan);
        let limit = self.tolerances.total.allowed();
        let mut compared = Vec::new();
        for statement in &statements {
            let meanings = self.prescribed_meanings(plan, statement);
            let explained = explained_by(statement, &meanings, limit);
            self.account_for_statement(plan, statement, explained);
            let other_point = self.may_be_no_prescription(plan, statement);
            let against = Against::Prescription;
            compared.push(judge(
                against,
                plan,
                statement,
                &meanings,
                limit,
                other_point,
            ));
        }
        self.push_compared(&compared);
    }

    /// Whether the target of a stated dose can be another point than the one that the prescription is for. A
    /// volume is none: its dose is prescribed, here or, where the plan does not link it, in another phase.
    fn may_be_no_prescription(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
    ) -> bool {
        let target = statement.target;
        if self.named_volume(target.name.reveal()).is_some() || !statement.may_be_another_point() {
            return false;
        }
        target.extent != TargetExtent::Volume
            || !self.is_placed(plan, &statement.scope)
            || (target.links.is_empty() && self.is_of_a_phase(statement.dose))
    }

    /// A prescribed dose of a reference that is no target, or that there is not, is compared all the same.
    fn check_of_no_target(&mut self, plan: &PlannedPrescription) {
        let limit = self.tolerances.total.allowed();
        for statement in of_no_target(plan) {
            let meanings = self.prescribed_meanings(plan, &statement);
            let against = Against::Prescription;
            let judged = judge(against, plan, &statement, &meanings, limit, false);
            self.push(TargetFinding::OfNoTarget {
                names_volume: self.named_volume(statement.target.name.reveal()).is_some(),
                is_listed: statement.target.is_listed,
                is_described: statement.target.is_described,
                kind: statement.target.kind.clone(),
                stated: Box::new(judged.finding),
            });
        }
        let unlisted = |target: &&PlannedTarget| !target.is_listed && !target.is_dosed();
        for target in plan.targets.iter().filter(unlisted) {
            let group = |link: &TargetLink| Some(plan.groups.get(link.group)?.name.clone());
            self.push(TargetFinding::LinkToNothing {
                plan: plan.source.clone(),
                target: target.name.clone(),
                groups: target.links.iter().filter_map(group).collect(),
            });
        }
    }

    /// A dose reference and the fraction groups that are linked to it state one dose, not two.
    fn check_statements_agree(&mut self, plan: &PlannedPrescription) {
        let limit = self.tolerances.total.allowed();
        for target in dosed(plan) {
            let of_groups: Vec<Decimal> = target.links.iter().filter_map(|l| l.dose).collect();
            let (Some(whole), false) = (target.dose, of_groups.is_empty()) else {
                continue;
            };
            let sum = of_groups
                .iter()
                .try_fold(Decimal::ZERO, |sum, dose| sum.checked_add(*dose));
            let comparison =
                sum.and_then(|sum| Amount::compare(Amount::new(whole), Amount::new(sum), limit));
            let complete = of_groups.len() == target.links.len();
            let contradicts = match &comparison {
                None => true,
                Some(comparison) if complete => !comparison.within,
                // what the other groups give is not stated
                Some(comparison) => !comparison.within && comparison.is_above(),
            };
            if contradicts {
                self.push(TargetFinding::StatedTwice {
                    plan: plan.source.clone(),
                    target: target.name.clone(),
                    comparison,
                });
            }
        }
    }

    /// Fractions times beam doses against the dose the plan states.
    pub(super) fn check_beam_sum(&mut self, plan: &PlannedPrescription) {
        self.check_single_beams(plan);
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
            self.push(TargetFinding::BeamsNotCompared {
                plan: plan.source.clone(),
                accepted: accepted.filter(|_| why.is_some()),
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

    /// Where doses at different points cannot be added, each of them alone is not many times the prescribed
    /// dose per fraction, wherever its point lies.
    fn check_single_beams(&mut self, plan: &PlannedPrescription) {
        let mut found = Vec::new();
        for (item, phase) in self.placed(plan) {
            let phase = phase.and_then(|at| self.prescribed.course.phases().get(at));
            let missing = item
                .group
                .doses
                .iter()
                .filter_map(|dose| dose.missing.as_ref());
            let points = missing.filter_map(|why| match why {
                MissingDose::DifferentPoints { points } => Some(points),
                _ => None,
            });
            for (phase, points) in phase.into_iter().zip(points) {
                let doses = phase.prescriptions().iter();
                let doses = doses.filter_map(|dose| per_fraction(dose.fractionation));
                let largest =
                    doses.reduce(|one, other| if one.is_below(other) { other } else { one });
                let Some((expected, most)) =
                    largest.and_then(|dose| Some((dose, dose.times(MOST_OF_ONE_BEAM)?)))
                else {
                    continue;
                };
                let too_large = |one: &&PartPoint| most.is_below(Amount::new(one.dose));
                let beams: Vec<PartPoint> = points.iter().filter(too_large).cloned().collect();
                if !beams.is_empty() {
                    found.push(TargetFinding::SingleBeams {
                        group: item.name(),
                        beams,
                        expected,
                        most,
                    });
                }
            }
        }
        self.findings.extend(found.into_iter().map(Finding::from));
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

    fn is_prescribed(&self, plan: &PlannedPrescription, statement: &Statement<'_>) -> bool {
        let limit = self.tolerances.total.allowed();
        let stated = Amount::new(statement.dose);
        let meanings = self.prescribed_meanings(plan, statement);
        meanings.iter().any(|meaning| {
            Amount::compare(meaning.amount, stated, limit)
                .is_some_and(|comparison| comparison.within)
        })
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

    /// Where one target of the same fraction groups agrees, a different one that can be another point
    /// is a warning; where none does, all fail.
    fn push_compared(&mut self, compared: &[Judged]) {
        let mut findings: Vec<Finding> = Vec::new();
        for judged in compared {
            let mut finding = Finding::from(judged.finding.clone());
            let another = compared.iter().any(|other| {
                (judged.scope == Scope::Plan || judged.scope == other.scope) && other.agrees()
            });
            if judged.ions && finding.outcome == Outcome::Fail {
                finding.outcome = Outcome::CannotTell;
                finding.remark("doses of ion beams can be absorbed dose, and the stated dose weighted for effect");
            } else if judged.of_one_volume && finding.outcome == Outcome::Fail {
                finding.outcome = Outcome::NotApplicable;
                finding.remark(
                    "it is that of another volume, which gets another dose in the same fractions",
                );
            } else if another && judged.other_point && finding.outcome == Outcome::Fail {
                finding.outcome = Outcome::Warn;
                finding.remark("that of another target is");
            }
            findings.push(finding);
        }
        self.findings.extend(findings);
    }
}

/// The prescription that a stated dose agrees with.
fn explained_by(statement: &Statement<'_>, meanings: &[Meaning], limit: Allowed) -> Option<String> {
    let stated = Amount::new(statement.dose);
    let found = meanings.iter().find(|meaning| {
        Amount::compare(meaning.amount, stated, limit).is_some_and(|both| both.within)
    });
    found.map(|meaning| format!("{} to {}", meaning.amount.shown(), meaning.words))
}

/// A stated dose against everything it could mean; the nearest is reported when none agrees.
fn judge(
    against: Against,
    plan: &PlannedPrescription,
    statement: &Statement<'_>,
    meanings: &[Meaning],
    limit: Allowed,
    other_point: bool,
) -> Judged {
    let stated = Amount::new(statement.dose);
    // a plan's dose is measured against what its beams give, and what a protocol says is expected of it
    let compare = |meaning: &Meaning| -> Option<Comparison> {
        match against {
            Against::Beams => Amount::compare(stated, meaning.amount, limit),
            Against::Prescription => Amount::compare(meaning.amount, stated, limit),
        }
    };
    let compared: Vec<(&Meaning, Comparison)> = meanings
        .iter()
        .filter_map(|meaning| Some((meaning, compare(meaning)?)))
        .collect();
    let agreeing = compared.iter().find(|(_, comparison)| comparison.within);
    let best = agreeing.or_else(|| compared.first());
    let one = agreeing.is_some() || compared.len() == 1 || against == Against::Beams;
    let all = compared.iter().filter(|_| !one);
    let group = statement.by_group.and_then(|place| plan.groups.get(place));
    Judged {
        finding: StatedDose {
            plan: plan.source.clone(),
            target: statement.target.name.clone(),
            group: group.map(|group| group.name.clone()),
            against,
            of_setups: plan.kind == PlanKind::Brachytherapy,
            linked: matches!(statement.scope, Scope::Groups(_)),
            stated,
            best: best.map(|(meaning, comparison)| BestMeaning {
                comparison: *comparison,
                kind: meaning.kind,
                arithmetic: meaning.arithmetic.clone(),
            }),
            at_points: None,
            // all it could have meant
            meanings: all
                .map(|(meaning, _)| (meaning.amount, meaning.words.clone()))
                .collect(),
        },
        scope: statement.scope.clone(),
        other_point,
        of_one_volume: false,
        ions: false,
    }
}

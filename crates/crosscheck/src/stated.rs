//! The dose a plan states for its targets, against the prescription and against its beams.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::finding::stated_dose::{Against, BestMeaning, MeaningKind, StatedDose};
use super::finding::targets::TargetFinding;
use super::meaning::Meaning;
use super::statement::{Scope, Statement, dosed, named, of_no_target, statements};
use super::tolerance::Allowed;
use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{
    PlanKind, PlannedPrescription, PlannedTarget, TargetExtent, TargetKind, TargetLink,
};

/// A stated dose that was compared.
#[allow(
    clippy::struct_excessive_bools,
    reason = "what may excuse a difference, each by itself"
)]
pub(super) struct Judged {
    pub(super) finding: StatedDose,
    scope: Scope,
    /// Its target can be another point than the one the prescription is for.
    other_point: bool,
    /// It is a hundred times a dose it could mean: a unit, whatever its target is.
    is_hundredfold: bool,
    /// It is the dose of one of several volumes that get different doses in the same fractions.
    pub(super) of_one_volume: bool,
    /// It is compared with the dose of ion beams, which can be another kind of dose.
    pub(super) ions: bool,
}

impl Judged {
    /// Whether it is the dose of everything it is stated for.
    fn agrees(&self) -> bool {
        let best = self.finding.best.as_ref();
        // what a point is allowed is no agreement
        self.finding.at_points.is_none()
            && best.is_some_and(|best| {
                let is_part = matches!(best.kind, MeaningKind::Part | MeaningKind::Course);
                best.comparison.within && !is_part
            })
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
    pub(super) fn may_be_no_prescription(
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

    pub(super) fn is_prescribed(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
    ) -> bool {
        let limit = self.tolerances.total.allowed();
        let stated = Amount::new(statement.dose);
        let meanings = self.prescribed_meanings(plan, statement);
        meanings.iter().any(|meaning| {
            Amount::compare(meaning.amount, stated, limit)
                .is_some_and(|comparison| comparison.within)
        })
    }

    /// Where one target of the same fraction groups agrees, a different one that can be another point
    /// is a warning; where none does, all fail.
    pub(super) fn push_compared(&mut self, compared: &[Judged]) {
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
            } else if judged.is_hundredfold {
                // no other target explains a unit
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
pub(super) fn judge(
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
        // the dose of the whole course is never what is expected of a part of it
        .filter(|(meaning, both)| both.within || meaning.kind != MeaningKind::Course)
        .collect();
    let agreeing = compared.iter().find(|(_, comparison)| comparison.within);
    let nearest = compared.iter().reduce(|one, other| {
        if other.1.is_nearer(&one.1) {
            other
        } else {
            one
        }
    });
    let best = agreeing.or(match against {
        Against::Beams => nearest,
        Against::Prescription => compared.first(),
    });
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
        is_hundredfold: meanings
            .iter()
            .any(|one| stated.is_multiple(one.amount, 100)),
        of_one_volume: false,
        ions: false,
    }
}

//! The dose a plan states for its targets, against the prescription and against its beams.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::finding::{Against, BestMeaning, CrosscheckFinding, MeaningKind};
use super::meaning::Meaning;
use super::statement::{Scope, Statement, dosed, named, statements};
use super::tolerance::Limit;
use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget, TargetKind};

/// A stated dose that was compared.
struct Judged {
    finding: CrosscheckFinding,
    scope: Scope,
    /// Its target can be another point than the one the prescription is for.
    other_point: bool,
}

impl Judged {
    /// Whether it is the dose of everything it is stated for.
    fn agrees(&self) -> bool {
        matches!(
            &self.finding,
            CrosscheckFinding::StatedDose { best: Some(best), .. }
                if best.comparison.within && best.kind != MeaningKind::Part
        )
    }
}

impl Checker<'_> {
    /// The dose the plan states against the prescribed one.
    pub(super) fn check_stated_dose(&mut self, plan: &PlannedPrescription) {
        let statements = statements(plan);
        if statements.is_empty() {
            let is_other = |target: &&PlannedTarget| {
                let declared = matches!(target.kind, TargetKind::Target | TargetKind::OrganAtRisk);
                !declared && target.is_dosed()
            };
            self.push(CrosscheckFinding::NoStatedDose {
                plan: plan.source.clone(),
                names_target: named(plan).next().is_some(),
                others: plan.targets.iter().filter(is_other).cloned().collect(),
            });
            return;
        }
        self.check_statements_agree(plan);
        let limit = self.tolerances.total.limit;
        let mut compared = Vec::new();
        for statement in &statements {
            let meanings = self.prescribed_meanings(plan, statement);
            let unnamed = self.named_volume(statement.target.name.reveal()).is_none();
            let other_point = unnamed && statement.may_be_another_point();
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

    /// A dose reference and the fraction groups that are linked to it state one dose, not two.
    fn check_statements_agree(&mut self, plan: &PlannedPrescription) {
        let limit = self.tolerances.total.limit;
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
                self.push(CrosscheckFinding::StatedTwice {
                    plan: plan.source.clone(),
                    target: target.name.clone(),
                    comparison,
                });
            }
        }
    }

    /// Fractions times beam doses against the dose the plan states.
    pub(super) fn check_beam_sum(&mut self, plan: &PlannedPrescription) {
        let statements = statements(plan);
        let why = if statements.is_empty() {
            Some(None)
        } else {
            self.beam_total(plan, &Scope::Plan, |_| true)
                .err()
                .map(Some)
        };
        if let Some(why) = why {
            self.push(CrosscheckFinding::BeamsNotCompared {
                plan: plan.source.clone(),
                why,
            });
            return;
        }
        let limit = self.tolerances.beam_sum.limit;
        let mut compared = Vec::new();
        for statement in &statements {
            let meanings = self.beam_meanings(plan, statement);
            // beams state the dose of one point, also where volumes get different doses
            let other_point = statement.may_be_another_point();
            compared.push(judge(
                Against::Beams,
                plan,
                statement,
                &meanings,
                limit,
                other_point,
            ));
        }
        self.push_compared(&compared);
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
            if another && judged.other_point && finding.outcome == Outcome::Fail {
                finding.outcome = Outcome::Warn;
                finding.remark("that of another target is");
            }
            findings.push(finding);
        }
        self.findings.extend(findings);
    }
}

/// A stated dose against everything it could mean; the nearest is reported when none agrees.
fn judge(
    against: Against,
    plan: &PlannedPrescription,
    statement: &Statement<'_>,
    meanings: &[Meaning],
    limit: Limit,
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
        finding: CrosscheckFinding::StatedDose {
            plan: plan.source.clone(),
            target: statement.target.name.clone(),
            group: group.map(|group| group.name.clone()),
            against,
            stated,
            best: best.map(|(meaning, comparison)| BestMeaning {
                comparison: *comparison,
                kind: meaning.kind,
                arithmetic: meaning.arithmetic.clone(),
            }),
            // all it could have meant
            meanings: all
                .map(|(meaning, _)| (meaning.amount, meaning.words.clone()))
                .collect(),
        },
        scope: statement.scope.clone(),
        other_point,
    }
}

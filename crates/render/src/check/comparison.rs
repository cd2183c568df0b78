//! What was compared, as tools read it.

use chemorad::radiotherapy::Phase;
use chemorad::report::{Derivation, Finding, Identifying, Outcome};
use chemorad_crosscheck::{
    ASSIGNMENT_RULE, AssignedGroup, CrossCheck, NotRead, PlannedVolumeDose, Prescribed, Tolerance,
    Tolerances,
};
use serde::{Serialize, Serializer};

use super::source::{NotChecked, SkippedFile, Source};
use crate::dose_basis::DoseBasis;
use crate::limits::Limits;

/// One comparison and the sources it is about.
#[derive(Debug, Serialize)]
pub struct Check {
    /// The plan, and what goes with it.
    pub sources: Vec<Identifying<String>>,
    /// What was found.
    #[serde(flatten)]
    pub result: CrossCheck,
}

impl Check {
    /// What to call it: the plan.
    pub(super) fn name(&self) -> String {
        let plan = self.sources.first();
        plan.map_or_else(String::new, ToString::to_string)
    }

    /// All its sources.
    pub(super) fn names(&self) -> String {
        let names: Vec<String> = self.sources.iter().map(ToString::to_string).collect();
        names.join(", ")
    }
}

/// Everything that was compared. The outcome of one course is that of the whole.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// What is prescribed.
    pub prescribed: &'a Prescribed,
    /// The tolerances.
    pub tolerances: &'a Tolerances,
    /// Every source is a course by itself.
    pub each: bool,
    /// The comparisons: one course, or one for each source.
    pub checks: Vec<Check>,
    /// The files that were read.
    pub inputs: &'a [Source],
    /// The files that were not checked.
    pub not_checked: Vec<NotChecked>,
    /// The structure sets: whom they are for and which plans refer to them was compared.
    pub structure_sets: Vec<Identifying<String>>,
    /// How many files are of other kinds.
    pub skipped: usize,
    /// Those of them that were named, and what they are.
    pub skipped_by_name: Vec<SkippedFile>,
    /// Limits of dose and volume; what was found of them stands among the findings too.
    pub limits: Limits,
    /// What shares and effects in limits rest on.
    pub dose_basis: DoseBasis,
    /// The worst of all outcomes.
    pub outcome: Outcome,
}

/// The phases that are compared, and those that are not.
#[derive(Serialize)]
struct Scope<'a> {
    #[serde(flatten)]
    prescribed: &'a Prescribed,
    compared: Vec<&'a str>,
    left_out: Vec<&'a str>,
}

#[derive(Serialize)]
struct Output<'a> {
    outcome: Outcome,
    prescribed: Scope<'a>,
    inputs: &'a [Source],
    not_checked: &'a [NotChecked],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    structure_sets: &'a [Identifying<String>],
    #[serde(rename = "passed_over")]
    skipped: usize,
    #[serde(skip_serializing_if = "Limits::is_empty")]
    limits: &'a Limits,
    #[serde(skip_serializing_if = "DoseBasis::is_empty")]
    dose_basis: &'a DoseBasis,
    #[serde(flatten)]
    body: Body<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Course(Course<'a>),
    Each {
        checks: &'a [Check],
        rule: &'static str,
        tolerances: Vec<&'a Tolerance>,
    },
}

/// The comparison of one course; its outcome is that of the whole output.
#[derive(Serialize)]
struct Course<'a> {
    sources: &'a [Identifying<String>],
    findings: &'a [Finding],
    planned_doses: &'a [PlannedVolumeDose],
    assigned: &'a [AssignedGroup],
    rule: &'static str,
    tolerances: &'a [Tolerance],
    derivations: &'a [Derivation],
    covers: &'static str,
    not_judged: &'a [NotRead],
    not_read: &'a [NotRead],
}

fn name(phase: &Phase) -> &str {
    phase.name().as_str()
}

impl Comparison<'_> {
    fn scope(&self) -> Scope<'_> {
        let prescribed = self.prescribed;
        Scope {
            prescribed,
            compared: prescribed.compared().map(name).collect(),
            left_out: prescribed.left_out().map(name).collect(),
        }
    }

    fn body(&self) -> Body<'_> {
        match self.checks.as_slice() {
            [Check { sources, result }] if !self.each => Body::Course(Course {
                sources,
                findings: &result.findings,
                planned_doses: &result.planned_doses,
                assigned: &result.assigned,
                rule: result.rule,
                tolerances: &result.tolerances,
                derivations: &result.derivations,
                covers: result.covers,
                not_judged: &result.not_judged,
                not_read: &result.not_read,
            }),
            checks => Body::Each {
                checks,
                rule: ASSIGNMENT_RULE,
                tolerances: self.tolerances.iter().collect(),
            },
        }
    }
}

impl Serialize for Comparison<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Output {
            outcome: self.outcome,
            prescribed: self.scope(),
            inputs: self.inputs,
            not_checked: &self.not_checked,
            structure_sets: &self.structure_sets,
            skipped: self.skipped,
            limits: &self.limits,
            dose_basis: &self.dose_basis,
            body: self.body(),
        }
        .serialize(serializer)
    }
}

//! What was compared, as it is shown.

use chemorad::report::{Derivation, Finding, Identifying, Outcome};
use chemorad_crosscheck::{AssignedGroup, CrossCheck, NotRead, Prescribed, Tolerance, Tolerances};
use serde::Serialize;

use super::source::{NotChecked, Source};

/// One comparison and the sources it is about.
#[derive(Serialize)]
pub(super) struct Check {
    pub(super) sources: Vec<Identifying<String>>,
    #[serde(flatten)]
    pub(super) result: CrossCheck,
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

/// The phases that are compared, and those that are not.
#[derive(Serialize)]
pub(super) struct Scope<'a> {
    #[serde(flatten)]
    pub(super) prescribed: &'a Prescribed,
    pub(super) compared: Vec<&'a str>,
    pub(super) left_out: Vec<&'a str>,
}

/// Everything a rendering needs.
pub(super) struct Comparison<'a> {
    pub(super) prescribed: &'a Prescribed,
    pub(super) tolerances: &'a Tolerances,
    pub(super) each: bool,
    pub(super) checks: Vec<Check>,
    pub(super) inputs: &'a [Source],
    pub(super) not_checked: Vec<NotChecked>,
    pub(super) skipped: usize,
    pub(super) skipped_by_name: Vec<String>,
    pub(super) outcome: Outcome,
}

#[derive(Serialize)]
pub(super) struct Output<'a> {
    pub(super) outcome: Outcome,
    pub(super) prescribed: Scope<'a>,
    pub(super) inputs: &'a [Source],
    pub(super) not_checked: &'a [NotChecked],
    #[serde(rename = "passed_over")]
    pub(super) skipped: usize,
    #[serde(flatten)]
    pub(super) body: Body<'a>,
}

/// The comparison of one course; its outcome is that of the whole output.
#[derive(Serialize)]
pub(super) struct Course<'a> {
    pub(super) sources: &'a [Identifying<String>],
    pub(super) findings: &'a [Finding],
    pub(super) assigned: &'a [AssignedGroup],
    pub(super) rule: &'static str,
    pub(super) tolerances: &'a [Tolerance],
    pub(super) derivations: &'a [Derivation],
    pub(super) not_read: &'a [NotRead],
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Body<'a> {
    Course(Course<'a>),
    Each {
        checks: &'a [Check],
        rule: &'static str,
        tolerances: Vec<&'a Tolerance>,
    },
}

impl Comparison<'_> {
    pub(super) fn compared(&self) -> Scope<'_> {
        Scope {
            prescribed: self.prescribed,
            compared: self
                .prescribed
                .compared()
                .map(|phase| &**phase.name())
                .collect(),
            left_out: self
                .prescribed
                .left_out()
                .map(|phase| &**phase.name())
                .collect(),
        }
    }
}

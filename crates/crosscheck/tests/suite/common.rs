//! Plans and prescriptions of the tests, and how a check is read.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::LazyLock;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::{
    CrossCheck, CrossCheckError, CrossCheckInput, Decisions, PhaseMapping, Prescribed, TargetName,
    Tolerances,
};
use chemorad_dosimetry::{
    DoseFile, MissingDose, Patient, PatientFile, PlanApproval, PlanKind, PlannedDose, PlannedGroup,
    PlannedPrescription, PlannedTarget, TargetKind, TypedPrescription,
};
use chemorad_protocol::Protocol;

use Outcome::{NotApplicable, Pass};

pub(crate) static NCT06949098: LazyLock<&Protocol> =
    LazyLock::new(|| chemorad_protocol::builtin("NCT06949098").unwrap());

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn typed(texts: &[&str]) -> Vec<TypedPrescription> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

pub(crate) fn option(id: &str) -> Prescribed {
    Prescribed::by_protocol(&NCT06949098, None, Some(id), None).unwrap()
}

/// 45 Gy in 25 to the pelvis, then 5.4 Gy in 3 to the tumour bed.
pub(crate) fn adjuvant() -> Prescribed {
    option("adjuvant_chemoradiotherapy")
}

pub(crate) fn group(number: i32, fractions: u32, beams: &[&str]) -> PlannedGroup {
    let doses: Vec<Decimal> = beams.iter().map(|dose| decimal(dose)).collect();
    let sum = doses
        .iter()
        .try_fold(Decimal::ZERO, |sum, dose| sum.checked_add(*dose));
    PlannedGroup {
        name: format!("fraction group {number}"),
        number: Some(number),
        fractions: Some(fractions),
        doses: vec![PlannedDose {
            per_fraction: sum.filter(|_| !doses.is_empty()),
            missing: doses
                .is_empty()
                .then(|| MissingDose::NoBeamDose { beams: vec![1] }),
            ..PlannedDose::default()
        }],
        ..PlannedGroup::default()
    }
}

pub(crate) fn target(name: &str, dose: Option<&str>) -> PlannedTarget {
    PlannedTarget {
        dose: dose.map(decimal),
        ..PlannedTarget::new(name, TargetKind::Target)
    }
}

pub(crate) fn patient(id: &str) -> Patient {
    Patient {
        id: Some(id.into()),
        ..Patient::default()
    }
}

/// An approved external beam plan.
pub(crate) fn plan(
    source: &str,
    groups: Vec<PlannedGroup>,
    targets: Vec<PlannedTarget>,
) -> PlannedPrescription {
    let mut plan = PlannedPrescription::new(source, PlanKind::ExternalBeam);
    plan.uid = Some(format!("uid of {source}"));
    plan.patient = Some(patient("synthetic"));
    plan.approval = PlanApproval::Approved;
    plan.groups = groups;
    plan.targets = targets;
    plan
}

pub(crate) fn pelvis() -> PlannedPrescription {
    plan(
        "pelvis.dcm",
        vec![group(1, 25, &["0.9", "0.9"])],
        vec![target("pelvis", Some("45"))],
    )
}

pub(crate) fn boost() -> PlannedPrescription {
    plan(
        "boost.dcm",
        vec![group(1, 3, &["1.8"])],
        vec![target("tumour bed", Some("5.4"))],
    )
}

pub(crate) struct Case<'a> {
    pub(crate) prescribed: &'a Prescribed,
    pub(crate) planned: &'a [PlannedPrescription],
    pub(crate) doses: &'a [DoseFile],
    pub(crate) others: &'a [PatientFile],
    pub(crate) mapping: &'a [&'a str],
    pub(crate) names: &'a [&'a str],
    pub(crate) not_assessable: usize,
    pub(crate) decisions: Decisions,
}

impl<'a> Case<'a> {
    pub(crate) fn new(prescribed: &'a Prescribed, planned: &'a [PlannedPrescription]) -> Self {
        Self {
            prescribed,
            planned,
            doses: &[],
            others: &[],
            mapping: &[],
            names: &[],
            not_assessable: 0,
            decisions: Decisions::default(),
        }
    }

    pub(crate) fn run(&self) -> Result<CrossCheck, CrossCheckError> {
        let mapping: Vec<PhaseMapping> = self.mapping.iter().map(|m| m.parse().unwrap()).collect();
        let names: Vec<TargetName> = self.names.iter().map(|m| m.parse().unwrap()).collect();
        CrossCheck::new(&CrossCheckInput {
            prescribed: self.prescribed,
            planned: self.planned,
            doses: self.doses,
            others: self.others,
            mapping: &mapping,
            names: &names,
            tolerances: &Tolerances::default(),
            decisions: &self.decisions,
            not_assessable: self.not_assessable,
        })
    }
}

pub(crate) fn check(prescribed: &Prescribed, planned: &[PlannedPrescription]) -> CrossCheck {
    Case::new(prescribed, planned).run().unwrap()
}

pub(crate) fn find<'c>(check: &'c CrossCheck, code: &str, at: &str) -> &'c Finding {
    let all = || check.findings.iter().filter(|f| f.is(code));
    all().find(|f| f.at().contains(at)).unwrap_or_else(|| {
        panic!(
            "{code} at {at}: {:?}",
            all().map(Finding::at).collect::<Vec<_>>()
        )
    })
}

#[track_caller]
pub(crate) fn expect(check: &CrossCheck, expected: &[(&str, &str, Outcome)]) {
    for (code, at, outcome) in expected {
        let finding = find(check, code, at);
        assert_eq!(finding.outcome, *outcome, "{finding}");
    }
}

/// Every finding that is not pass or not applicable must be listed.
#[track_caller]
pub(crate) fn only(check: &CrossCheck, expected: &[(&str, Outcome)]) {
    let found: Vec<(&str, Outcome)> = check
        .findings
        .iter()
        .filter(|f| !matches!(f.outcome, Pass | NotApplicable))
        .map(|f| (f.code(), f.outcome))
        .collect();
    assert_eq!(found, expected, "{:#?}", check.findings);
}

//! Right plans, each with its dose and its structure set, as a planning system exports them.

use std::error::Error;

use chemorad::number::Decimal;
use chemorad::report::Identifying;
use chemorad_crosscheck::{Prescribed, TargetName};
use chemorad_dosimetry::{
    BeamRadiation, DoseFile, DosePoint, DoseType, DoseUnits, FractionPattern, Patient, PatientFile,
    PlanApproval, PlanKind, PlanPart, PlannedDose, PlannedGroup, PlannedPrescription,
    PlannedTarget, SummationType, TargetKind, TargetLink,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A prescription and the files that are compared with it.
#[derive(Clone, PartialEq)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) prescribed: Prescribed,
    pub(crate) planned: Vec<PlannedPrescription>,
    pub(crate) doses: Vec<DoseFile>,
    pub(crate) structures: Vec<PatientFile>,
    pub(crate) names: Vec<TargetName>,
}

/// A phase in numbers: its volume, its total dose, its fractions, its dose per fraction.
type PhaseNumbers = (&'static str, &'static str, u32, &'static str);

const PELVIS: PhaseNumbers = ("pelvis", "45", 25, "1.8");
const BOOST: PhaseNumbers = ("tumour bed", "5.4", 3, "1.8");
const ESCALATED: PhaseNumbers = ("tumour bed", "14.4", 8, "1.8");

const OPTIONS: [(&str, &[PhaseNumbers], &str); 4] = [
    ("radiotherapy_alone", &[PELVIS], "45"),
    ("adjuvant_chemoradiotherapy", &[PELVIS, BOOST], "50.4"),
    (
        "re_excision_then_chemoradiotherapy",
        &[PELVIS, BOOST],
        "50.4",
    ),
    (
        "dose_escalated_chemoradiotherapy",
        &[PELVIS, ESCALATED],
        "59.4",
    ),
];

/// Every right case.
pub(crate) fn all() -> Result<Vec<Case>> {
    let mut all = Vec::new();
    for (option, phases, total) in OPTIONS {
        let protocol = chemorad_protocol::find_builtin("NCT06949098")?;
        let prescribed = Prescribed::by_protocol(protocol, None, Some(option), None)?;
        let mut add = |form: &str, planned: Vec<PlannedPrescription>, largest: &[&str]| {
            let name = format!("{option}, {form}");
            case(name, prescribed.clone(), planned, largest).map(|case| all.push(case))
        };
        let mut apart = Vec::new();
        for (number, phase) in phases.iter().enumerate() {
            let targets = vec![target(phase.0, phase.1, &[])?];
            apart.push(plan(number, vec![group(1, *phase)?], targets));
        }
        if let [first, second] = apart.as_mut_slice() {
            second.prior_plans.extend(first.uid.clone());
        }
        let totals: Vec<&str> = phases.iter().map(|phase| phase.1).collect();
        add("a plan per phase", apart.clone(), &totals)?;
        let mut at_point = apart;
        for dose in at_point.iter_mut().flat_map(|plan| &mut plan.groups) {
            for dose in &mut dose.doses {
                dose.point = Some(DosePoint::Coordinates([Decimal::ZERO; 3]));
            }
        }
        add("a plan per phase, doses at a point", at_point, &totals)?;
        if phases.len() < 2 {
            continue;
        }
        let groups = || -> Result<Vec<PlannedGroup>> {
            let numbered = (1..).zip(phases);
            numbered
                .map(|(number, phase)| group(number, *phase))
                .collect()
        };
        let linked = || -> Result<Vec<PlannedTarget>> {
            let placed = phases.iter().enumerate();
            placed
                .map(|(place, phase)| target(phase.0, phase.1, &[place]))
                .collect()
        };
        let one = |targets| Ok::<_, Box<dyn Error>>(vec![plan(0, groups()?, targets)]);
        add("one plan, linked", one(linked()?)?, &[total])?;
        let name = format!("{option}, one plan, linked, a dose per group");
        let by_groups = case(name, prescribed.clone(), one(linked()?)?, &[total])?;
        let by_groups = by_group(by_groups, &totals)?;
        let mut both = linked()?;
        both.push(target("sum", total, &[0, 1])?);
        add("one plan, linked, with the sum", one(both)?, &[total])?;
        let mut doses = linked()?;
        for target in &mut doses {
            let dose = target.dose;
            target.links.iter_mut().for_each(|link| link.dose = dose);
        }
        add("one plan, linked with doses", one(doses)?, &[total])?;
        let sum = vec![target("tumour bed", total, &[])?];
        add("one plan, not linked, the sum", one(sum)?, &[total])?;
        let mut unlinked = linked()?;
        for target in &mut unlinked {
            target.links.clear();
        }
        add("one plan, not linked, by phase", one(unlinked)?, &[total])?;
        all.push(by_groups);
    }
    all.extend(boosted()?);
    Ok(all)
}

/// Simultaneous boosts: alone, with names that are given by hand, and with a boost after it.
fn boosted() -> Result<Vec<Case>> {
    let typed = |texts: &[&str]| -> Result<Prescribed> {
        let typed: std::result::Result<Vec<_>, _> = texts.iter().map(|text| text.parse()).collect();
        Ok(Prescribed::typed(&typed?)?)
    };
    let prescribed = typed(&["x@low=50.4Gy/28", "x@high=58.8Gy/28"])?;
    let boost = |names: [&str; 2]| -> Result<Vec<PlannedPrescription>> {
        let targets = vec![
            target(names[0], "50.4", &[])?,
            target(names[1], "58.8", &[])?,
        ];
        let group = group(1, ("high", "58.8", 28, "2.1"))?;
        Ok(vec![plan(0, vec![group], targets)])
    };
    let one = |name: &str, names| -> Result<Case> {
        case(name.into(), prescribed.clone(), boost(names)?, &["58.8"])
    };
    let named = one("simultaneous boost", ["low", "high"])?;
    let mut by_hand = one("simultaneous boost, names by hand", ["PTV1", "PTV2"])?;
    by_hand.names = vec!["PTV1=low".parse()?, "PTV2=high".parse()?];
    let groups = vec![
        group(1, ("high", "50", 25, "2"))?,
        group(2, ("high", "6", 3, "2"))?,
    ];
    let targets = vec![target("low", "45", &[0])?, target("high", "56", &[0, 1])?];
    let then = case(
        "simultaneous boost, then a boost".into(),
        typed(&["a@low=45Gy/25", "a@high=50Gy/25", "b@high=6Gy/3"])?,
        vec![plan(0, groups, targets)],
        &["56"],
    )?;
    Ok(vec![named, by_hand, then])
}

pub(crate) fn patient() -> Patient {
    Patient {
        id: Some("607".into()),
        issuer: Some("SYNTHETIC".into()),
        name: Some("SYNTHETIC^ONE".into()),
        birth_date: Some("19800517".into()),
        sex: Some("F".into()),
        ..Patient::default()
    }
}

fn group(number: i32, (_, _, fractions, dose): PhaseNumbers) -> Result<PlannedGroup> {
    Ok(PlannedGroup {
        name: format!("fraction group {number}"),
        number: Some(number),
        fractions: Some(fractions),
        pattern: FractionPattern::new("1111100", 1, 1),
        doses: vec![PlannedDose {
            per_fraction: Some(dose.parse()?),
            ..PlannedDose::default()
        }],
        ..PlannedGroup::default()
    })
}

/// A target with its limits, 95 and 107 % of its dose, and the groups it is linked to by their places.
fn target(name: &str, dose: &str, groups: &[usize]) -> Result<PlannedTarget> {
    let dose: Decimal = dose.parse()?;
    Ok(PlannedTarget {
        dose: Some(dose),
        minimum: dose.checked_mul("0.95".parse()?),
        maximum: dose.checked_mul("1.07".parse()?),
        delivery_maximum: Some(dose),
        links: groups.iter().map(|&group| TargetLink::new(group)).collect(),
        ..PlannedTarget::new(name, TargetKind::Target)
    })
}

fn plan(
    number: usize,
    groups: Vec<PlannedGroup>,
    targets: Vec<PlannedTarget>,
) -> PlannedPrescription {
    let source = format!("plan {}.dcm", number + 1);
    let mut plan = PlannedPrescription::new(source, PlanKind::ExternalBeam);
    plan.uid = Some(format!("2.25.1{number}"));
    plan.patient = Some(patient());
    plan.label = Some(format!("plan {}", number + 1).into());
    plan.approval = PlanApproval::Approved;
    plan.intent = Some("CURATIVE".into());
    plan.geometry = Some("PATIENT".into());
    plan.radiation = vec![BeamRadiation {
        radiation: Some("PHOTON".into()),
        beams: vec![1, 2],
    }];
    plan.groups = groups;
    plan.targets = targets;
    plan.frame_of_reference = Some("2.25.500".into());
    plan.structure_sets = vec!["2.25.400".into()];
    plan
}

/// The regions that the targets are, by their names; each target refers to its own.
fn regions(planned: &mut [PlannedPrescription]) -> Vec<(i32, Option<Identifying<String>>)> {
    let mut names: Vec<Identifying<String>> = Vec::new();
    for target in planned.iter_mut().flat_map(|plan| &mut plan.targets) {
        if !names.contains(&target.name) {
            names.push(target.name.clone());
        }
        let numbered = (1..).zip(&names);
        let mut own = numbered.filter(|(_, name)| **name == target.name);
        target.region = own.next().map(|(number, _)| number);
    }
    (1..).zip(names.into_iter().map(Some)).collect()
}

/// The case with the doses of its fraction groups in place of that of the plan.
fn by_group(mut case: Case, largest: &[&str]) -> Result<Case> {
    let Some(whole) = case.doses.pop() else {
        return Ok(case);
    };
    for (number, largest) in (1..).zip(largest) {
        let mut dose = whole.clone();
        dose.source = format!("dose of group {number}").into();
        dose.sum = SummationType::Fraction;
        let largest: Decimal = largest.parse()?;
        dose.maximum = largest.checked_mul("1.07".parse()?);
        dose.parts = vec![PlanPart {
            plan: dose.plans.first().cloned(),
            group: Some(number),
            ..PlanPart::default()
        }];
        case.doses.push(dose);
    }
    Ok(case)
}

/// The plans with the dose of each, whose maximum is 107 % of what it prescribes.
fn case(
    name: String,
    prescribed: Prescribed,
    mut planned: Vec<PlannedPrescription>,
    largest: &[&str],
) -> Result<Case> {
    let regions = regions(&mut planned);
    let mut doses = Vec::new();
    for (plan, largest) in planned.iter().zip(largest) {
        let mut dose = DoseFile::new(format!("dose of {}", plan.source.reveal()));
        dose.patient = Some(patient());
        dose.units = DoseUnits::Gray;
        dose.dose_type = DoseType::Physical;
        dose.sum = SummationType::Plan;
        let largest: Decimal = largest.parse()?;
        dose.maximum = largest.checked_mul("1.07".parse()?);
        dose.plans.extend(plan.uid.clone());
        dose.frame_of_reference.clone_from(&plan.frame_of_reference);
        dose.structure_sets.clone_from(&plan.structure_sets);
        doses.push(dose);
    }
    Ok(Case {
        name,
        prescribed,
        planned,
        doses,
        structures: vec![PatientFile {
            source: "structures.dcm".into(),
            uid: Some("2.25.400".into()),
            patient: patient(),
            regions,
            no_targets: Vec::new(),
            notes: Vec::new(),
        }],
        names: Vec::new(),
    })
}

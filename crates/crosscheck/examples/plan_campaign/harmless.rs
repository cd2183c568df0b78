//! Changes that change nothing that is prescribed or given: other identifiers, labels, order and writing.

use chemorad::number::Decimal;
use chemorad_dosimetry::{Patient, PlannedTarget, TargetExtent, TargetKind};

use super::changes::persons_of;
use super::fixtures::Case;

type Change = (&'static str, fn(&mut Case));

const ALL: [Change; 17] = [
    ("unchanged", |_| {}),
    ("other UIDs", other_uids),
    ("other labels and file names", |case| {
        for plan in &mut case.planned {
            plan.label = Some("RTPLAN_v2 final".into());
            plan.source = format!("export/{}", plan.source.reveal()).into();
            for group in &mut plan.groups {
                group.name = format!("group {}", group.name);
            }
        }
    }),
    ("groups in another order", |case| {
        for plan in &mut case.planned {
            plan.groups.reverse();
            let last = plan.groups.len().saturating_sub(1);
            let links = plan.targets.iter_mut().flat_map(|target| &mut target.links);
            links.for_each(|link| link.group = last - link.group);
        }
    }),
    ("groups with other numbers", |case| {
        for group in case.planned.iter_mut().flat_map(|plan| &mut plan.groups) {
            group.number = group.number.map(|number| 7 - number);
        }
        for part in case.doses.iter_mut().flat_map(|dose| &mut dose.parts) {
            part.group = part.group.map(|number| 7 - number);
        }
    }),
    ("regions with other numbers", |case| {
        for target in case.planned.iter_mut().flat_map(|plan| &mut plan.targets) {
            target.region = target.region.map(|number| 7 - number);
        }
        for (number, _) in case
            .structures
            .iter_mut()
            .flat_map(|file| &mut file.regions)
        {
            *number = 7 - *number;
        }
    }),
    ("targets called by their regions", |case| {
        if case.names.is_empty() {
            for target in case.planned.iter_mut().flat_map(|plan| &mut plan.targets) {
                target.is_described = false;
                target.name = "dose reference".into();
            }
        }
    }),
    ("no structure set", |case| {
        case.structures.clear();
    }),
    ("targets in another order", |case| {
        case.planned
            .iter_mut()
            .for_each(|plan| plan.targets.reverse());
    }),
    ("plans and doses in another order", |case| {
        case.planned.reverse();
        case.doses.rotate_right(1);
    }),
    ("names written otherwise", |case| {
        for target in case.planned.iter_mut().flat_map(|plan| &mut plan.targets) {
            if case.names.is_empty() {
                target.name = target.name.reveal().to_uppercase().replace(' ', "_").into();
            }
        }
    }),
    ("targets that are volumes", |case| {
        for target in case.planned.iter_mut().flat_map(|plan| &mut plan.targets) {
            target.extent = TargetExtent::Volume;
        }
    }),
    ("a point without a dose", |case| {
        for plan in &mut case.planned {
            plan.targets.push(PlannedTarget {
                extent: TargetExtent::Point,
                ..PlannedTarget::new("isocentre", TargetKind::Target)
            });
        }
    }),
    ("another patient in all files", |case| {
        for patient in persons_of(case) {
            patient.id = Some("706".into());
            patient.name = Some("SYNTHETIC^TWO".into());
        }
    }),
    ("the patient written otherwise", |case| {
        if let Some(patient) = persons_of(case).into_iter().last() {
            *patient = Patient {
                id: patient.id.clone(),
                name: Some("Synthetic^One^^".into()),
                birth_date: Some("1980-05-17".into()),
                ..Patient::default()
            };
        }
    }),
    ("limits and days not stated", |case| {
        for plan in &mut case.planned {
            for target in &mut plan.targets {
                (target.minimum, target.maximum, target.delivery_maximum) = (None, None, None);
            }
            plan.groups
                .iter_mut()
                .for_each(|group| group.pattern = None);
        }
    }),
    ("beam doses rounded", |case| {
        let groups = case.planned.iter_mut().flat_map(|plan| &mut plan.groups);
        for dose in groups.flat_map(|group| &mut group.doses) {
            let rounding = Decimal::new(4, -4);
            let sum = dose.per_fraction.zip(rounding);
            dose.per_fraction = sum.and_then(|(dose, rounding)| dose.checked_add(rounding));
        }
    }),
];

fn other_uids(case: &mut Case) {
    let new = |uid: &mut String| *uid = format!("{uid}.9");
    for plan in &mut case.planned {
        plan.uid.iter_mut().for_each(new);
        plan.frame_of_reference.iter_mut().for_each(new);
        plan.structure_sets.iter_mut().for_each(new);
        plan.prior_plans.iter_mut().for_each(new);
    }
    for dose in &mut case.doses {
        dose.plans.iter_mut().for_each(new);
        dose.frame_of_reference.iter_mut().for_each(new);
        dose.structure_sets.iter_mut().for_each(new);
        let parts = dose.parts.iter_mut();
        parts.filter_map(|part| part.plan.as_mut()).for_each(new);
    }
    case.structures
        .iter_mut()
        .filter_map(|file| file.uid.as_mut())
        .for_each(new);
}

/// The case with each of these changes.
pub(super) fn all(case: &Case) -> impl Iterator<Item = (&'static str, Case)> + '_ {
    ALL.iter().map(|(what, change)| {
        let mut changed = case.clone();
        change(&mut changed);
        (*what, changed)
    })
}

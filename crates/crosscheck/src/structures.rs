//! The regions of the structure set that targets refer to, and names for targets without one.

use std::borrow::Cow;

use chemorad::report::Identifying;
use chemorad_dosimetry::{PatientFile, PlannedPrescription, PlannedTarget, same_name};

use super::input::CrossCheckInput;
use super::organ_name::is_any_organ;
use super::statement::named;
use super::volume_name::volume_named;

/// A region of the structure set that a plan was made on, by its number.
pub(super) enum Region<'a> {
    /// The structure set has no region of this number.
    Missing,
    /// What it is called.
    Named(Option<&'a Identifying<String>>),
}

/// `None` where the structure set of the plan was not given.
pub(super) fn region<'a>(
    files: &'a [PatientFile],
    plan: &PlannedPrescription,
    number: i32,
) -> Option<Region<'a>> {
    let of_plan = |file: &&PatientFile| {
        let uid = file.uid.as_ref();
        uid.is_some_and(|uid| plan.structure_sets.contains(uid))
    };
    let file = files.iter().find(of_plan)?;
    let found = file.regions.iter().find(|(known, _)| *known == number);
    Some(found.map_or(Region::Missing, |(_, name)| Region::Named(name.as_ref())))
}

/// Whether the structure set of a plan declares a region to be what no target is.
pub(super) fn is_no_target(files: &[PatientFile], plan: &PlannedPrescription, number: i32) -> bool {
    let mut files = files.iter().filter(|file| {
        let uid = file.uid.as_ref();
        uid.is_some_and(|uid| plan.structure_sets.contains(uid))
    });
    files.any(|file| file.no_targets.contains(&number))
}

/// The plans, with targets that they do not describe called as their regions are.
pub(super) fn called_by_region<'a>(
    planned: &'a [PlannedPrescription],
    files: &[PatientFile],
) -> Cow<'a, [PlannedPrescription]> {
    let name = |plan: &PlannedPrescription, target: &PlannedTarget| {
        let number = target.region.filter(|_| !target.is_described)?;
        match region(files, plan, number)? {
            Region::Named(Some(name)) if !name.reveal().trim().is_empty() => Some(name.clone()),
            Region::Named(_) | Region::Missing => None,
        }
    };
    let mut all = Cow::Borrowed(planned);
    for (at, plan) in planned.iter().enumerate() {
        for (place, target) in plan.targets.iter().enumerate() {
            let Some(name) = name(plan, target) else {
                continue;
            };
            let plan = all.to_mut().get_mut(at);
            if let Some(target) = plan.and_then(|plan| plan.targets.get_mut(place)) {
                target.name = name;
            }
        }
    }
    all
}

/// The plans, with targets of one name called by their numbers too, where nothing else tells which of them is which.
pub(super) fn told_apart<'a>(
    planned: Cow<'a, [PlannedPrescription]>,
    input: &CrossCheckInput<'_>,
) -> Cow<'a, [PlannedPrescription]> {
    let course = &input.prescribed.course;
    let volumes = course.volumes().iter();
    let volumes: Vec<&str> = volumes.map(|volume| volume.name.as_str()).collect();
    let is_settled = |name: &str| {
        let mut phases = course.phases().iter().map(|phase| phase.name().as_str());
        input.names.iter().any(|given| given.name == name)
            || volume_named(&volumes, name).is_some()
            || phases.any(|phase| same_name(phase, name))
            || is_any_organ(name)
    };
    let new_name = |plan: &PlannedPrescription, target: &PlannedTarget| {
        let numbered = target.numbered_name().filter(|_| target.prescribes())?;
        let name = target.name.reveal();
        let others = named(plan).filter(|other| other.name.reveal() == name);
        let by_number = input
            .names
            .iter()
            .any(|given| given.name == *numbered.reveal());
        (by_number || others.count() > 1 && !is_settled(name)).then_some(numbered)
    };
    let mut names: Vec<(usize, usize, Identifying<String>)> = Vec::new();
    for (at, plan) in planned.iter().enumerate() {
        for (place, target) in plan.targets.iter().enumerate() {
            names.extend(new_name(plan, target).map(|name| (at, place, name)));
        }
    }
    let mut all = planned;
    for (at, place, name) in names {
        let plan = all.to_mut().get_mut(at);
        if let Some(target) = plan.and_then(|plan| plan.targets.get_mut(place)) {
            target.without_number = Some(core::mem::replace(&mut target.name, name));
        }
    }
    all
}

/// Whether a plan refers to a region, and its structure set was not given.
pub(super) fn is_open(plan: &PlannedPrescription, files: &[PatientFile]) -> bool {
    let mut regions = plan.targets.iter().filter_map(|target| target.region);
    regions.any(|number| region(files, plan, number).is_none())
}

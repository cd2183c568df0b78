//! The names that are given with --target, against those that the plans have.

use chemorad::report::Identifying;
use chemorad_crosscheck::TargetName;
use chemorad_dosimetry::{PatientFile, PlannedPrescription, PlannedTarget};

use crate::failure::{Failure, Refusal};
use crate::refused;

/// A name that nothing has is a slip, and what was meant by it would be left out.
pub(super) fn are_known(
    given: &[TargetName],
    planned: &[PlannedPrescription],
    others: &[PatientFile],
) -> Result<(), Failure> {
    let targets = planned.iter().flat_map(|plan| &plan.targets);
    let targets = targets.map(|target| target.name.clone());
    let of_plans = planned.iter().flat_map(|plan| &plan.targets);
    let numbered: Vec<Identifying<String>> =
        of_plans.filter_map(PlannedTarget::numbered_name).collect();
    let doses = planned.iter().flat_map(|plan| &plan.groups);
    let entered = doses.flat_map(|group| &group.doses);
    let entered = entered.filter_map(|dose| dose.volume.as_ref().map(Identifying::from));
    let mut names: Vec<Identifying<String>> = targets.chain(entered).collect();
    names.sort_unstable();
    names.dedup();
    let regions = others.iter().flat_map(|file| &file.regions);
    let regions: Vec<&Identifying<String>> =
        regions.filter_map(|(_, name)| name.as_ref()).collect();
    for given in given {
        let mut known = names.iter().chain(&numbered).chain(regions.iter().copied());
        if !known.any(|name| *name.reveal() == given.name) {
            let choices: Vec<String> = names.iter().map(Identifying::quoted).collect();
            let choices = if choices.is_empty() {
                "no target has a name".to_string()
            } else {
                format!("there are: {}", shortened(&choices))
            };
            let name: String = given.name.chars().take(60).collect();
            let not = format!("no target of the plans is called {name:?}; {choices}");
            let refusal = Refusal::of(
                refused::INPUT_UNKNOWN_NAME,
                "--target",
                format!("--target: {not}"),
            );
            return Err(refusal.on_a_form(format!("names none: {not}")).into());
        }
    }
    Ok(())
}

/// The first few names.
pub(super) fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let mut text = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(", ...");
    }
    text
}

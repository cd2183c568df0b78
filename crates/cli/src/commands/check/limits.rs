//! The dose of the plan in its structures against limits.

use std::path::PathBuf;

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{Course, FractionCount};
use chemorad::report::{Finding, Identifying};
use chemorad_crosscheck::WholeDose;
use chemorad_dosimetry::DoseFile;

use super::inputs::Inputs;
use crate::commands::dose::files::PatientArgs;
use crate::commands::dvh::limits::{LimitArgs, OfPlan};
use crate::commands::dvh::structures::{Calculated, Opened, SolidArgs};
use crate::failure::Failure;
use crate::output::Context;

fn only<'p>(paths: &'p [PathBuf], what: &str, more: &str) -> Result<&'p PathBuf, Failure> {
    match paths {
        [only] => Ok(only),
        several => Err(Failure::new(format!(
            "--limits needs one {what} among the files, and there are {}{more}",
            several.len()
        ))),
    }
}

/// What is found of every limit; nothing where none is asked for.
pub(super) fn findings(
    context: &Context<'_>,
    (limits, solid): (&LimitArgs, SolidArgs),
    inputs: &Inputs,
    course: &Course,
    show: &PatientArgs,
) -> Result<Vec<Finding>, Failure> {
    if !limits.is_given() {
        return limits.none();
    }
    let structures = only(&inputs.structure_paths, "RT Structure Set", "")?;
    let dose = only(
        &inputs.dose_paths,
        "RT Dose",
        ": add the doses of all plans first (chemorad dose sum) and give the sum, because the dose of one phase keeps limits that the course breaks",
    )?;
    let mut opened = Opened::open(context, [structures, dose], show, false)?;
    opened.left_out = left_out(&inputs.plans, &opened.dose);
    let calculated = Calculated::new(&opened, solid);
    let totals = course.volumes().iter();
    let totals = totals.filter_map(|volume| course.cumulative_dose(&volume.name));
    let mut totals: Vec<AbsorbedDose> = totals.collect();
    totals.sort_unstable();
    totals.dedup();
    // phases have each their own number of fractions
    let fractions = match course.phases() {
        [_] => FractionCount::new(course.fractions()).ok(),
        _ => None,
    };
    let of_plan = OfPlan {
        fractions,
        // with several doses it is not known of which one a limit is a share
        prescribed: match totals.as_slice() {
            [only] => Decimal::new(only.micrograys().into(), -6),
            _ => None,
        },
        part_is_meant: false,
    };
    let mut findings = Vec::new();
    if !opened.left_out.is_empty() {
        let plans = opened.left_out.clone();
        findings.push(Finding::from(WholeDose::LeftOut { plans }));
    }
    findings.extend(limits.findings(context, &calculated, &of_plan)?);
    Ok(findings)
}

/// The plans of several that the dose does not name. That of the only plan is compared with it elsewhere.
fn left_out(
    plans: &[(Identifying<String>, Option<String>)],
    dose: &DoseFile,
) -> Vec<Identifying<String>> {
    let is_named = |uid: &String| dose.plans.contains(uid);
    plans
        .iter()
        .filter(|(_, uid)| plans.len() > 1 && !uid.as_ref().is_some_and(is_named))
        .map(|(source, _)| source.clone())
        .collect()
}

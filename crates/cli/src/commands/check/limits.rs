//! The dose of the plan in its structures against limits.

use std::path::PathBuf;

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{Course, FractionCount};
use chemorad::report::Finding;

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
        ": the doses of several phases are added first (chemorad dose sum)",
    )?;
    let opened = Opened::open(context, [structures, dose], show, false)?;
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
    limits.findings(context, &calculated, &of_plan)
}

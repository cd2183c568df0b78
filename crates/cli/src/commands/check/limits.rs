//! The dose of the plan in its structures against limits.

use std::path::PathBuf;

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{Course, FractionCount};
use chemorad::report::Finding;
use chemorad_crosscheck::DoseFileFinding;
use chemorad_render::dose_basis::DoseBasis;

use super::inputs::Inputs;
use super::phases::Phases;
use crate::commands::dose::files::{Input, PatientArgs};
use crate::commands::dvh::limits::{LimitArgs, OfPlan};
use crate::commands::dvh::prescribed::{DOSE, FRACTIONS, PrescribedArgs};
use crate::commands::dvh::structures::{Calculated, Opened, SolidArgs};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;

fn only<'p>(paths: &'p [PathBuf], what: &str) -> Result<&'p PathBuf, Failure> {
    match paths {
        [only] => Ok(only),
        several => Err(Failure::new(
            refused::LIMITS_FILES,
            format!(
                "--limits needs one {what} among the files, and there are {}",
                several.len()
            ),
        )),
    }
}

/// The structure set that limits are held against: the only one, or the only one that the doses name, or else that
/// the plans name. What is to be said of the others.
fn structure_set(inputs: &Inputs) -> Result<(&PathBuf, Vec<Finding>), Failure> {
    const WHAT: &str = "RT Structure Set";
    let sets: Vec<_> = inputs.structure_paths.iter().zip(&inputs.others).collect();
    let [_, _, ..] = sets.as_slice() else {
        return Ok((only(&inputs.structure_paths, WHAT)?, Vec::new()));
    };
    let of_doses = inputs.doses.iter().flat_map(|dose| &dose.structure_sets);
    let of_plans = inputs.planned.iter().flat_map(|plan| &plan.structure_sets);
    let mut named: Vec<&String> = of_doses.collect();
    if named.is_empty() {
        named = of_plans.collect();
    }
    let is_named = |uid: &Option<String>| uid.as_ref().is_some_and(|uid| named.contains(&uid));
    let is_used: Vec<bool> = sets.iter().map(|(_, file)| is_named(&file.uid)).collect();
    let mut used = sets.iter().zip(&is_used).filter(|(_, is_used)| **is_used);
    let (Some(((path, file), _)), None) = (used.next(), used.next()) else {
        let count = is_used.iter().filter(|is_used| **is_used).count();
        let names: Vec<String> = sets.iter().map(|(_, set)| set.source.to_string()).collect();
        return Err(Failure::new(
            refused::LIMITS_FILES,
            format!(
                "--limits needs one {WHAT} among the files, and there are {}, of which the doses and plans name {count}: give only one of {}",
                sets.len(),
                names.join(", ")
            ),
        ));
    };
    let others = sets.iter().zip(&is_used).filter(|(_, is_used)| !**is_used);
    let not_used = others.map(|((_, set), _)| DoseFileFinding::SetNotUsed {
        set: set.source.clone(),
        used: file.source.clone(),
    });
    Ok((path, not_used.map(Finding::from).collect()))
}

/// What is found of every limit, and what it rests on; nothing where none is asked for.
pub(super) fn findings(
    context: &Context<'_>,
    (limits, given, solid): (&LimitArgs, &PrescribedArgs, SolidArgs),
    inputs: &Inputs,
    course: &Course,
    show: &PatientArgs,
) -> Result<(Vec<Finding>, DoseBasis), Failure> {
    if !limits.is_given() {
        if let Some(flag) = given.flags().next() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!("{flag} is for limits: give --limits too"),
            ));
        }
        return Ok((limits.none()?, DoseBasis::default()));
    }
    let (structures, not_used) = structure_set(inputs)?;
    let phases = match inputs.dose_paths.as_slice() {
        several @ [_, _, ..] => Some(Phases::open(context, several, &inputs.plan_paths, show)?),
        _ => None,
    };
    let known = doses(course);
    let prescribed = prescribed(given, &known)?;
    let fractions = fractions(given, course)?;
    let (mut opened, mut findings) = if let Some(phases) = &phases {
        phases.summed(Input::open(context, structures, 1, show)?, show)?
    } else {
        let dose = only(&inputs.dose_paths, "RT Dose")?;
        let opened = Opened::open(context, [structures, dose], show, false)?;
        (opened, Vec::new())
    };
    findings.extend(not_used);
    let plans: Vec<_> = inputs.planned.iter().collect();
    let doses: Vec<_> = inputs.doses.iter().collect();
    opened.settle_parts(&doses, &plans);
    let calculated = Calculated::new(&opened, solid);
    let mut of_plan = OfPlan::new(prescribed, fractions, false);
    of_plan.known = known;
    findings.extend(opened.of_left_out());
    let tables = limits.tables(context, &opened)?;
    let (grids, of_phases) = match &phases {
        Some(phases) => phases.effects(&tables)?,
        None => (Vec::new(), Vec::new()),
    };
    findings.extend(of_phases);
    findings.extend(calculated.target_dose(&of_plan.known));
    let effects = grids.iter().map(|(ratio, grid)| {
        let effect = Calculated::on(&opened, solid, grid);
        (*ratio, effect)
    });
    let effects: Vec<_> = effects.collect();
    let judged = limits.judged(
        context,
        &tables,
        (&calculated, effects.as_slice()),
        &of_plan,
    )?;
    findings.extend(calculated.told(&judged));
    findings.extend(opened.of_set());
    findings.extend(judged);
    Ok((findings, of_plan.basis))
}

/// Where a value is from that no flag gave.
const COURSE: &str = "the prescribed course";

/// The doses of the course in gray, each once.
fn doses(course: &Course) -> Vec<Decimal> {
    let totals = course.volumes().iter();
    let totals = totals.filter_map(|volume| course.cumulative_dose(&volume.name));
    let mut totals: Vec<AbsorbedDose> = totals.collect();
    totals.sort_unstable();
    totals.dedup();
    let gray = |dose: &AbsorbedDose| Decimal::new(dose.micrograys().into(), -6);
    totals.iter().filter_map(gray).collect()
}

/// The prescribed dose that shares are of: the only one of the course, or the one that is named.
fn prescribed(
    given: &PrescribedArgs,
    known: &[Decimal],
) -> Result<Option<(Decimal, String)>, Failure> {
    match (given.gray(), known) {
        (Some(given), all) if !all.contains(&given) => {
            let all: Vec<String> = all.iter().map(|dose| format!("{dose} Gy")).collect();
            Err(Failure::new(
                refused::INPUT_CONTRADICTED,
                format!(
                    "{DOSE} {given}Gy: the prescribed course has {}; leave {DOSE} out, or give one of them",
                    all.join(", ")
                ),
            ))
        }
        (Some(given), _) => Ok(Some((given, DOSE.into()))),
        (None, [only]) => Ok(Some((*only, COURSE.into()))),
        // with several doses it is not known of which one a limit is a share
        (None, _) => Ok(None),
    }
}

/// The number of fractions that effects are calculated with: phases have each their own.
fn fractions(
    given: &PrescribedArgs,
    course: &Course,
) -> Result<Option<(FractionCount, String)>, Failure> {
    let planned = FractionCount::new(course.fractions()).ok();
    match (given.fractions, course.phases()) {
        (Some(given), [_]) if planned != Some(given) => Err(Failure::new(
            refused::INPUT_CONTRADICTED,
            format!(
                "{FRACTIONS} {given}: the prescribed course has {}; leave {FRACTIONS} out",
                course.fractions()
            ),
        )),
        (Some(given), [_]) => Ok(Some((given, FRACTIONS.into()))),
        (Some(given), phases) => Err(Failure::new(
            refused::INPUT_CONTRADICTED,
            format!(
                "{FRACTIONS} {given}: the prescribed course has {} phases, each with another number of fractions, and the effect of their sum is not that of one number",
                phases.len()
            ),
        )),
        (None, [_]) => Ok(planned.map(|count| (count, COURSE.into()))),
        (None, _) => Ok(None),
    }
}

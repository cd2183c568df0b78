//! The doses of several plans of one course: their sum, and the sum of their effects, each with its own fractions.

use std::path::PathBuf;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::report::Finding;
use chemorad_crosscheck::OrganLimits;
use chemorad_dicom::equivalent::{
    ConvertError, DerivedFinding, GridPolicy, Measure, PhaseDose, compare_with_plans, convert,
    planned_phases, settle_parts, sum,
};
use chemorad_dicom::{Dose, Plan, WriteOptions};
use chemorad_dosimetry::DoseGrid;

use crate::commands::dose::files::{Input, PatientArgs, doses, open_all, with_files};
use crate::commands::dvh::structures::Opened;
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;

/// Several doses of one course, and its plans.
pub(super) struct Phases {
    doses: Vec<Input>,
    plans: Vec<Input>,
}

/// EQD2 at each ratio.
pub(super) type Effects = Vec<(AlphaBeta, DoseGrid)>;

impl Phases {
    pub(super) fn open(
        context: &Context<'_>,
        doses: &[PathBuf],
        plans: &[PathBuf],
        show: &PatientArgs,
    ) -> Result<Self, Failure> {
        Ok(Self {
            doses: open_all(context, doses.iter(), show)?,
            plans: open_all(context, plans.iter(), show)?,
        })
    }

    /// The structures in the sum of the doses, and what is to be said of it.
    pub(super) fn summed(
        &self,
        set: Input,
        show: &PatientArgs,
    ) -> Result<(Opened, Vec<Finding>), Failure> {
        let doses = doses(&self.doses)?;
        let doses: Vec<&Dose<'_>> = doses.iter().collect();
        let derived = sum(&doses, GridPolicy::MustCoincide).map_err(|error| {
            let refused = with_files(&error, "", &self.doses, &[]);
            let flag = match error {
                ConvertError::Grid { .. } => "--resample trilinear",
                ConvertError::PerhapsTwice { .. } => "--distinct REASON",
                _ => return refused,
            };
            Failure::new(refused::DOSE_NOT_SUMMED, format!(
                "{refused}; add the doses first (chemorad dose sum {flag}) and give the sum, because the dose of one phase keeps limits that the course breaks"
            ))
        })?;
        let Some(first) = self.doses.first() else {
            return Err(Failure::new(refused::INPUT_MISSING, "no dose was given"));
        };
        let bytes = derived.to_bytes(&WriteOptions::default());
        let bytes = bytes.map_err(|error| Failure::at(&format!("{}: ", first.name), &error))?;
        let names: Vec<String> = self
            .doses
            .iter()
            .map(|dose| dose.name.to_string())
            .collect();
        let dose = first.of_bytes(names.join(" + "), &bytes)?;
        Ok((
            Opened::of(set, &dose, show, false)?,
            of_doses(derived.notes),
        ))
    }

    /// The sum of the effects at each ratio of the limits, and what is to be said of the fractions; nothing where
    /// the fractions of a phase are not known.
    pub(super) fn effects(
        &self,
        tables: &[OrganLimits],
    ) -> Result<(Effects, Vec<Finding>), Failure> {
        let mut ratios: Vec<AlphaBeta> = Vec::new();
        for limit in tables.iter().flat_map(|table| &table.limits) {
            if let Some(ratio) = limit.alpha_beta.filter(|ratio| !ratios.contains(ratio)) {
                ratios.push(ratio);
            }
        }
        if ratios.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let doses = doses(&self.doses)?;
        let doses: Vec<&Dose<'_>> = doses.iter().collect();
        let plans = self.plans.iter().map(Input::plan);
        let plans = plans.collect::<Result<Vec<Plan>, _>>()?;
        let plans: Vec<&Plan> = plans.iter().collect();
        let Ok(phases) = planned_phases(&doses, &plans) else {
            return Ok((Vec::new(), Vec::new()));
        };
        let phases: Vec<PhaseDose<'_, '_>> = phases
            .iter()
            .map(|(doses, fractions)| PhaseDose {
                doses,
                fractions: *fractions,
            })
            .collect();
        let about = |error| with_files(&error, "", &self.doses, &self.plans);
        let reference = TWO_GRAY;
        let mut notes = Vec::new();
        let mut grids = Vec::new();
        for ratio in ratios {
            let model = LinearQuadratic::new(ratio);
            let together = GridPolicy::MustCoincide;
            let derived = convert(&phases, model, Measure::Eqd { reference }, together);
            let derived = derived.map_err(about)?;
            let grid = derived.placed_grid();
            let grid = grid?;
            grids.push((ratio, grid));
            notes = of_doses(derived.notes);
        }
        // plans without a dose are named where the dose is held against them
        let is_used = |plan: &&Plan| {
            let uid = plan.identity.sop_instance.as_ref();
            let mut named = doses.iter().flat_map(|dose| &dose.plans);
            named.any(|named| uid.is_some() && named.plan.sop_instance.as_ref() == uid)
        };
        let used: Vec<&Plan> = plans.iter().copied().filter(is_used).collect();
        let compared = compare_with_plans(&phases, &used).map_err(about)?;
        settle_parts(&mut notes, &compared);
        notes.extend(compared);
        Ok((grids, notes))
    }
}

/// What is to be said of the doses alone: whom they are of is compared with the plans elsewhere.
fn of_doses(mut notes: Vec<Finding>) -> Vec<Finding> {
    // which groups the plan has is compared with the plan
    notes.retain(|note| {
        let note = note.observation::<DerivedFinding>();
        note.is_some_and(|note| !matches!(note, DerivedFinding::GroupsOfPlan))
    });
    notes
}

//! Conversion and addition of dose grids, with their derivations.

use chemorad::quantity::{Bed, Eqd};
use chemorad::radiobiology::{LinearQuadratic, VoxelError};
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Derivation, Finding, decimal};
use chemorad_dosimetry::SummationType;

use super::derived::DerivedDose;
use super::error::ConvertError;
use super::finding::{DerivedFinding, HIGH_PER_FRACTION};
use super::given_together::check_same_fractions;
use super::planned_fractions::named_parts;
use super::resample::Resampled;
use super::source::{Group, Source, source, voxels};
use super::summation::Term;
use super::terms::{Measure, PhaseDose, Together};
use super::together::check_together;
use crate::dose::rt_dose::Dose;
use crate::reference::{PlanReference, Reference};

/// A maximum below so many gray a fraction is no treatment of external beams: the number of fractions is
/// wrong, or the dose is that of a part.
const LEAST_PER_FRACTION: f64 = 0.5;

/// BED or EQDx of every voxel: each phase with its own number of fractions, then added.
///
/// `BED = Σ D (1 + D/(n α/β))`, `EQDx = Σ D (D/n + α/β)/(x + α/β)`, the sums over the phases, per voxel.
///
/// # Errors
/// Doses that are not absorbed dose in gray of a whole phase, repeat each other, belong to different
/// patients or lie on different grids. See [`ConvertError`].
pub fn convert<'r>(
    phases: &[PhaseDose<'_, '_>],
    model: LinearQuadratic,
    measure: Measure,
    together: impl Into<Together<'r>>,
) -> Result<DerivedDose, ConvertError> {
    let mut sources = Vec::new();
    for phase in phases {
        let mut part = Vec::new();
        for &dose in phase.doses {
            let at = sources.len() + part.len() + 1;
            let whole = match dose.summation {
                SummationType::Plan | SummationType::Fraction => true,
                SummationType::Beam | SummationType::Brachy => false,
                _ => {
                    return Err(ConvertError::Summation {
                        at,
                        summation: dose.summation.clone(),
                    });
                }
            };
            if whole && phase.doses.len() > 1 {
                return Err(ConvertError::WholeWithParts {
                    at,
                    summation: dose.summation.clone(),
                });
            }
            part.push((at, source(at, dose)?));
        }
        if part.is_empty() {
            return Err(ConvertError::Nothing);
        }
        sources.extend(part);
    }
    let mut notes = check_together(&mut sources, together.into())?;
    notes.extend(check_same_fractions(phases)?.into_iter().map(Finding::from));
    let mut parts = sources.as_slice();
    let mut grouped = Vec::new();
    for phase in phases {
        let (these, rest) = parts.split_at(phase.doses.len().min(parts.len()));
        grouped.push((these, phase.fractions));
        parts = rest;
    }
    let label = label(model, measure);
    let (voxels, maxima) = voxels(&grouped, |doses, fractions| match measure {
        Measure::Bed => model.bed_voxels_in_place(doses, fractions),
        Measure::Eqd { reference } => model.eqd_voxels_in_place(doses, fractions, reference),
    })?;
    notes.extend(cautions(&grouped, &maxima));
    let derivation = derive(&grouped, model, measure, &label, &voxels);
    let mut converted = derived(&sources, label, voxels, derivation, notes)?;
    converted.phase_maxima = maxima;
    Ok(converted)
}

/// The sum of absorbed doses, voxel by voxel, for looking at and for reports in absorbed dose. Never
/// convert it: phases have different numbers of fractions.
///
/// # Errors
/// As [`convert`].
pub fn sum<'r>(
    doses: &[&Dose<'_>],
    together: impl Into<Together<'r>>,
) -> Result<DerivedDose, ConvertError> {
    let mut sources = Vec::new();
    for (index, &dose) in doses.iter().enumerate() {
        let at = index + 1;
        if let SummationType::Other(_) | SummationType::NotStated = dose.summation {
            return Err(ConvertError::Summation {
                at,
                summation: dose.summation.clone(),
            });
        }
        sources.push((at, source(at, dose)?));
    }
    let together = together.into();
    let mut notes = check_together(&mut sources, together)?;
    let distinct = together.distinct.filter(|_| {
        let accepted = |note: &Finding| {
            matches!(
                note.observation(),
                Some(DerivedFinding::TakenAsDistinct { .. })
            )
        };
        notes.iter().any(accepted)
    });
    let distinct = distinct.map_or_else(String::new, |reason| {
        format!("; taken as of different treatment: {reason}")
    });
    match Term::of(&sources, &plans_of(&sources)) {
        Term::Fits(_) => {}
        Term::Groups => notes.push(DerivedFinding::GroupsOfPlan.into()),
        Term::None(at) => return Err(ConvertError::NoTerm { at }),
    }
    let (voxels, _) = voxels(&[(sources.as_slice(), ())], |_, ()| Ok(()))?;
    let maximum = voxels.iter().copied().fold(0.0, f32::max);
    let derivation = Derivation::new(
        "absorbed dose of every voxel",
        "D = sum of D_i",
        format!(
            "{} doses{}{distinct}",
            sources.len(),
            resampled_text(&sources)
        ),
        format!("at most {} Gy", decimal(maximum.into())),
        "definition",
    );
    let label = "absorbed dose".into();
    let mut sum = derived(&sources, label, voxels, derivation, notes)?;
    sum.physical = true;
    Ok(sum)
}

/// What a reader must know of the doses of phases before they are converted: a dose per fraction that is
/// unusual, a beam that may not be the only one.
fn cautions(phases: &[Group<'_, '_, '_, FractionCount>], maxima: &[f64]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (((sources, fractions), &maximum), phase) in phases.iter().zip(maxima).zip(1..) {
        let fractions = fractions.get();
        if maximum < LEAST_PER_FRACTION * f64::from(fractions) {
            let low = DerivedFinding::LowPerFraction {
                phase,
                maximum,
                fractions,
            };
            found.push(low.into());
        }
        // next to a brachytherapy source the dose has no bound
        let brachy = sources
            .iter()
            .any(|(_, source)| source.dose.summation == SummationType::Brachy);
        if maximum > HIGH_PER_FRACTION * f64::from(fractions) && !brachy {
            let high = DerivedFinding::HighPerFraction {
                phase,
                maximum,
                fractions,
            };
            found.push(high.into());
        }
        for (dose, source) in *sources {
            let parts = named_parts(source.dose);
            if source.dose.summation.is_whole() && !parts.is_empty() {
                let dose = *dose;
                found.push(DerivedFinding::PartsNamed { phase, dose, parts }.into());
            }
        }
        if let [(dose, only)] = sources {
            if only.dose.summation == SummationType::Beam {
                found.push(DerivedFinding::LoneBeam { phase, dose: *dose }.into());
            }
        }
    }
    found
}

fn label(model: LinearQuadratic, measure: Measure) -> String {
    let alpha_beta = model.alpha_beta();
    match measure {
        Measure::Bed => Bed::new(0.0, alpha_beta).map(Bed::label),
        Measure::Eqd { reference } => Eqd::new(0.0, alpha_beta, reference).map(Eqd::label),
    }
    .unwrap_or_default()
}

fn derive(
    phases: &[Group<'_, '_, '_, FractionCount>],
    model: LinearQuadratic,
    measure: Measure,
    label: &str,
    voxels: &[f32],
) -> Derivation {
    let ab = decimal(model.alpha_beta().gray());
    let formula = match measure {
        Measure::Bed => {
            "BED = sum over phases of D (1 + D/(n a/b)), D the voxel's dose of the phase"
        }
        Measure::Eqd { .. } => {
            "EQDx = sum over phases of D (D/n + a/b)/(x + a/b), D the voxel's dose of the phase"
        }
    };
    let counts: Vec<String> = phases
        .iter()
        .map(|(_, fractions)| fractions.get().to_string())
        .collect();
    let mut given = format!("n = {}; a/b = {ab} Gy", counts.join(", "));
    if let Measure::Eqd { reference } = measure {
        given = format!("{given}; x = {} Gy", decimal(reference.gray()));
    }
    for (sources, _) in phases {
        given.push_str(&resampled_text(sources));
    }
    let highest = voxels
        .iter()
        .enumerate()
        .fold((0, 0.0_f32), |best, (index, dose)| {
            if *dose > best.1 { (index, *dose) } else { best }
        });
    let mut derivation = Derivation::new(
        format!("{label} of every voxel"),
        formula,
        given,
        format!("at most {} Gy {label}", decimal(highest.1.into())),
        "Barendsen 1982, Int J Radiat Oncol Biol Phys 8:1981-97; Fowler 1989, Br J Radiol 62:679-94",
    );
    for (position, (sources, fractions)) in phases.iter().enumerate() {
        let mut dose = 0.0;
        for (_, source) in *sources {
            let mut one = [0.0];
            source.fill(highest.0, &mut one);
            dose += one.first().copied().unwrap_or(0.0);
        }
        let mut value = [dose];
        let converted = match measure {
            Measure::Bed => model.bed_voxels_in_place(&mut value, *fractions),
            Measure::Eqd { reference } => {
                model.eqd_voxels_in_place(&mut value, *fractions, reference)
            }
        };
        if converted.is_ok() {
            derivation = derivation.with(format!(
                "highest voxel, phase {}: D = {} Gy in {} -> {} Gy {label}",
                position + 1,
                decimal(dose),
                fractions.get(),
                decimal(value.first().copied().unwrap_or(0.0)),
            ));
        }
    }
    derivation
}

/// For the derivation: which doses were resampled, and how.
fn resampled_text(sources: &[(usize, Source<'_, '_>)]) -> String {
    let resampled = sources
        .iter()
        .filter(|(_, source)| source.resampled.is_some());
    resampled.fold(String::new(), |text, (at, source)| {
        let how = if source
            .resampled
            .as_ref()
            .is_some_and(Resampled::is_reordered)
        {
            "brought to the voxels of dose 1, whose places are the same"
        } else {
            "resampled to the grid of dose 1, trilinear"
        };
        text + &format!("; dose {at} {how}")
    })
}

/// The plans of all doses, each with the parts that any of them names.
fn plans_of(sources: &[(usize, Source<'_, '_>)]) -> Vec<PlanReference> {
    let mut plans: Vec<PlanReference> = Vec::new();
    for plan in sources.iter().flat_map(|(_, source)| &source.dose.plans) {
        let known = plans.iter_mut().find(|known| known.plan == plan.plan);
        match known {
            // without groups it already stands for the whole plan
            Some(known) if !known.fraction_groups.is_empty() => {
                known.merge(plan);
            }
            Some(_) => {}
            None => plans.push(plan.clone()),
        }
    }
    plans
}

fn derived(
    sources: &[(usize, Source<'_, '_>)],
    label: String,
    voxels: Vec<f32>,
    derivation: Derivation,
    mut notes: Vec<Finding>,
) -> Result<DerivedDose, ConvertError> {
    let Some((_, first)) = sources.first() else {
        return Err(ConvertError::Nothing);
    };
    if let Some(first_bad) = voxels.iter().position(|dose| !dose.is_finite()) {
        return Err(ConvertError::Voxels {
            at: 1,
            source: VoxelError::Invalid {
                count: 1,
                first: first_bad,
            },
        });
    }
    let plans = plans_of(sources);
    notes.extend(sources.iter().filter_map(|(at, source)| {
        let resampled = source
            .resampled
            .as_ref()
            .filter(|how| !how.is_reordered())?;
        let outside = resampled.outside();
        Some(DerivedFinding::Resampled { dose: *at, outside }.into())
    }));
    let summation = match Term::of(sources, &plans) {
        Term::Fits(summation) => summation,
        Term::Groups | Term::None(_) => SummationType::Plan,
    };
    Ok(DerivedDose {
        label,
        voxels,
        grid: first.grid.clone(),
        summation,
        derivation,
        plans,
        sources: sources
            .iter()
            .map(|(_, source)| Reference {
                sop_class: Some(source.dose.identity.sop_class.clone()),
                sop_instance: source.dose.identity.sop_instance.clone(),
            })
            .collect(),
        notes,
        physical: false,
        phase_maxima: Vec::new(),
        patient: first.dose.patient.clone(),
        study: first.dose.study.clone(),
        identity: first.dose.identity.clone(),
    })
}

//! Doses, BED and EQD2 of each volume on a sheet.

use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::error::SheetError;
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    BedInterval, DoseSeries, EqdInterval, LinearQuadratic, TWO_GRAY, TissueParameter,
    alpha_beta_caution, cautions,
};
use chemorad::radiotherapy::{Course, Fractionation};
use chemorad::report::{Derivation, decimal};
use chemorad::report::{Finding, Subject};

/// What one phase gives to a volume.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct VolumePhase {
    /// The phase.
    pub phase: String,
    /// Its fractions and dose at the volume.
    pub fractionation: Fractionation,
}

/// BED and EQD2 of a volume at one α/β.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Effect {
    /// The α/β.
    pub alpha_beta: AlphaBeta,
    /// The published record it was taken from, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<&'static TissueParameter>,
    /// BED.
    pub bed: Bed,
    /// EQD2.
    pub eqd: Eqd,
    /// BED over the record's published interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bed_over_interval: Option<BedInterval>,
    /// EQD2 over the record's published interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eqd_over_interval: Option<EqdInterval>,
}

/// What a volume gets over the whole course.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct VolumeSheet {
    /// The volume.
    pub volume: String,
    /// Phase by phase.
    pub phases: Vec<VolumePhase>,
    /// The number of fractions in which it gets dose.
    pub fractions: u32,
    /// The cumulative dose.
    pub dose: AbsorbedDose,
    /// BED and EQD2 for each α/β asked for.
    pub effects: Vec<Effect>,
}

/// Where an α/β comes from.
type Asked = (AlphaBeta, Option<&'static TissueParameter>);

/// More α/β than this on one sheet is a mistake, and would make it unreadable.
const MOST_ASKED: usize = 20;

/// The α/β of a case; whether any is needed depends on the treatment.
pub(super) fn requested_endpoints(case: &Case) -> Result<Vec<Asked>, SheetError> {
    if case.alpha_beta.len() + case.endpoints.len() > MOST_ASKED {
        return Err(SheetError::Unsupported(format!(
            "alpha_beta and endpoints: {} are asked for; a sheet holds at most {MOST_ASKED}",
            case.alpha_beta.len() + case.endpoints.len()
        )));
    }
    let mut asked: Vec<Asked> = case.alpha_beta.iter().map(|&value| (value, None)).collect();
    for id in &case.endpoints {
        let record = TissueParameter::find(id).ok_or_else(|| SheetError::NotAChoice {
            field: "endpoints".into(),
            given: id.chars().take(60).collect(),
            why: "Only published records can be named.".into(),
            choices: chemorad::radiobiology::TISSUE_PARAMETERS
                .iter()
                .map(|record| record.id.to_string())
                .collect(),
        })?;
        asked.push((record.alpha_beta, Some(record)));
    }
    for (index, one) in asked.iter().enumerate() {
        if asked[..index].contains(one) {
            return Err(SheetError::Unsupported(format!(
                "alpha_beta and endpoints: {} is asked for twice",
                one.1
                    .map_or_else(|| one.0.to_string(), |record| record.id.to_string())
            )));
        }
    }
    Ok(asked)
}

pub(super) fn nothing_asked() -> SheetError {
    SheetError::missing(
        "alpha_beta",
        "BED and EQD2 need at least one alpha/beta, and no protocol or tissue has a default one.",
        &[
            "alpha_beta = [\"10 Gy\", \"3 Gy\"] at the top of the case, before any [table]",
            "endpoints = [\"id of a published record\"] at the same place",
        ],
    )
}

/// The volumes of a course that get dose, with derivations and cautions.
pub(super) struct CourseSheet {
    pub(super) volumes: Vec<VolumeSheet>,
    pub(super) derivations: Vec<Derivation>,
    pub(super) cautions: Vec<Finding>,
}

impl CourseSheet {
    pub(super) fn new(course: &Course, asked: &[Asked]) -> Self {
        let mut sheet = Self {
            volumes: Vec::new(),
            derivations: Vec::new(),
            cautions: Vec::new(),
        };
        for &(alpha_beta, _) in asked {
            let subject = Subject::input("alpha/beta");
            sheet
                .cautions
                .extend(alpha_beta_caution(subject, alpha_beta));
        }
        for volume in course.volumes() {
            if let Some(series) = DoseSeries::from_volume(course, &volume.name) {
                sheet.add(course, &volume.name, &series, asked);
            }
        }
        sheet
    }

    fn add(&mut self, course: &Course, volume: &str, series: &DoseSeries, asked: &[Asked]) {
        let phases: Vec<VolumePhase> = course
            .contributions(volume)
            .map(|contribution| VolumePhase {
                phase: contribution.phase.name().to_string(),
                fractionation: contribution.fractionation,
            })
            .collect();
        for phase in &phases {
            for caution in cautions(&phase.phase, phase.fractionation) {
                if !self.cautions.contains(&caution) {
                    self.cautions.push(caution);
                }
            }
        }
        self.derivations
            .push(cumulative(course, volume, &phases, series.dose()));
        let effects = asked
            .iter()
            .map(|&(alpha_beta, endpoint)| {
                self.derive(volume, &phases, alpha_beta);
                effect(series, alpha_beta, endpoint)
            })
            .collect();
        self.volumes.push(VolumeSheet {
            volume: volume.to_string(),
            fractions: course.number_of_fractions(volume),
            phases,
            dose: series.dose(),
            effects,
        });
    }

    fn derive(&mut self, volume: &str, phases: &[VolumePhase], alpha_beta: AlphaBeta) {
        let model = LinearQuadratic::new(alpha_beta);
        for VolumePhase {
            phase,
            fractionation,
        } in phases
        {
            let of = format!("phase {phase} ({fractionation})");
            for derivation in [
                model.derive_bed(&of, *fractionation),
                model.derive_eqd(&of, *fractionation, TWO_GRAY),
            ] {
                // volumes that get the same dose in a phase share its derivation
                if !self.derivations.contains(&derivation) {
                    self.derivations.push(derivation);
                }
            }
        }
        if phases.len() > 1 {
            let fractionations: Vec<Fractionation> =
                phases.iter().map(|phase| phase.fractionation).collect();
            let sums = model.derive_sums(volume, &fractionations, TWO_GRAY);
            self.derivations.extend(sums);
        }
    }
}

fn effect(
    series: &DoseSeries,
    alpha_beta: AlphaBeta,
    endpoint: Option<&'static TissueParameter>,
) -> Effect {
    let model = LinearQuadratic::new(alpha_beta);
    let range = endpoint.and_then(TissueParameter::alpha_beta_interval);
    Effect {
        alpha_beta,
        endpoint,
        bed: model.bed_of(series),
        eqd: model.eqd2_of(series),
        bed_over_interval: range.map(|range| range.bed(series)),
        eqd_over_interval: range.map(|range| range.eqd(series, TWO_GRAY)),
    }
}

fn cumulative(
    course: &Course,
    volume: &str,
    phases: &[VolumePhase],
    dose: AbsorbedDose,
) -> Derivation {
    let terms: Vec<String> = phases
        .iter()
        .map(|phase| decimal(phase.fractionation.total().gray()))
        .collect();
    let derivation = Derivation::new(
        format!("cumulative dose of {volume}"),
        "sum of D over the phases that cover it, its enclosing volumes included",
        format!("{} Gy", terms.join(" + ")),
        dose.to_string(),
        "definition",
    );
    let enclosing = course
        .volumes()
        .iter()
        .find(|known| known.name.is(volume))
        .and_then(|known| known.inside.as_ref());
    match enclosing {
        Some(enclosing) => derivation.with(format!("{volume} lies inside {enclosing}")),
        None => derivation,
    }
}

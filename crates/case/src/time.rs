//! What overall time costs.

use std::string::{String, ToString};
use std::vec::Vec;

use jiff::civil::Date;

use super::error::SheetError;
use super::schedule::Schedule;
use chemorad::quantity::{
    Alpha, AlphaBeta, Bed, BedLossPerDay, DoublingTime, Eqd, EqdLossPerDay, KickOffTime,
};
use chemorad::radiobiology::{
    ModelError, ModelParameters, ParametersError, TWO_GRAY, Term, Treatment, TreatmentTime,
};
use chemorad::radiotherapy::{Course, FractionCalendar, OverallTimeConvention};
use chemorad::report::Derivation;
use chemorad::report::Finding;

/// The `[time]` table of a case: a loss per day of overall time, for one of its α/β.
///
/// `kick_off` goes with one of `loss_per_day`, `alpha` with `doubling_time`, or
/// `eqd2_loss_per_day`. Nothing has a default. Repair between the fractions of a day is not part of
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeParameters {
    /// How overall time is counted.
    pub convention: OverallTimeConvention,
    /// The α/β it belongs to, one of the case's.
    pub alpha_beta: AlphaBeta,
    /// The day up to which time costs nothing.
    pub kick_off: KickOffTime,
    /// K, BED lost per day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_per_day: Option<BedLossPerDay>,
    /// α, together with `doubling_time`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<Alpha>,
    /// Tp, together with `alpha`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubling_time: Option<DoublingTime>,
    /// `D_prolif`, EQD2 lost per day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eqd2_loss_per_day: Option<EqdLossPerDay>,
}

impl TimeParameters {
    fn parameters(self) -> ModelParameters {
        ModelParameters {
            kick_off: Some(self.kick_off),
            loss_per_day: self.loss_per_day,
            alpha: self.alpha,
            doubling_time: self.doubling_time,
            eqd2_loss_per_day: self.eqd2_loss_per_day,
            ..ModelParameters::at(self.alpha_beta)
        }
    }
}

/// BED and EQD2 of a volume less what overall time costs.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TimeCorrected {
    /// The volume.
    pub volume: String,
    /// From the first to the last fraction that reaches it.
    pub overall_time: TreatmentTime,
    /// BED.
    pub bed: Bed,
    /// EQD2.
    pub eqd: Eqd,
    /// What the BED is made of.
    pub terms: Vec<Term>,
}

/// The time-corrected part of a sheet.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TimeSheet {
    /// The parameters as the case gives them.
    pub parameters: TimeParameters,
    /// The same in words.
    pub in_words: String,
    /// Volume by volume.
    pub volumes: Vec<TimeCorrected>,
}

/// The sheet's part with what belongs elsewhere on the page.
pub(super) struct Timed {
    pub(super) sheet: TimeSheet,
    pub(super) derivations: Vec<Derivation>,
    pub(super) findings: Vec<Finding>,
}

/// Dates are needed as soon as time costs something.
pub(super) fn no_calendar() -> SheetError {
    SheetError::missing(
        "calendar",
        "Overall time comes from dates, never from the number of fractions.",
        &["[calendar] with start, weekdays, fractions_per_day"],
    )
}

impl Timed {
    pub(super) fn new(
        parameters: TimeParameters,
        course: &Course,
        schedule: &Schedule,
        asked: &[AlphaBeta],
    ) -> Result<Self, SheetError> {
        if !asked.contains(&parameters.alpha_beta) {
            return Err(SheetError::NotAChoice {
                field: "time.alpha_beta".into(),
                given: parameters.alpha_beta.to_string(),
                why: "A loss per day belongs to one of the tissues the sheet reports.".into(),
                choices: asked.iter().map(ToString::to_string).collect(),
            });
        }
        let Some(dates) = &schedule.dates else {
            return Err(no_calendar());
        };
        let days: Vec<Date> = dates
            .fractions
            .iter()
            .map(|fraction| fraction.date)
            .collect();
        let calendar = FractionCalendar::on_dates(course, &days)?;
        let given = parameters.parameters();
        let model = given.model()?;
        let mut timed = Self {
            sheet: TimeSheet {
                parameters,
                in_words: given.in_words(),
                volumes: Vec::new(),
            },
            derivations: Vec::new(),
            findings: Vec::new(),
        };
        for volume in course.volumes() {
            let convention = parameters.convention;
            let treatment =
                match Treatment::on_calendar(course, &volume.name, &calendar, convention, None) {
                    // a volume without dose is left out here as everywhere on the sheet
                    Err(ModelError::NoSuchVolume(_)) => continue,
                    treatment => treatment.map_err(ParametersError::from)?,
                };
            let Some(time) = treatment.time() else {
                continue;
            };
            let effect = model.effect(&treatment).map_err(ParametersError::from)?;
            let of = format!("{}, time-corrected", volume.name);
            timed.derivations.extend(effect.derive(&of, TWO_GRAY));
            for finding in effect.findings() {
                if !timed.findings.contains(&finding) {
                    timed.findings.push(finding);
                }
            }
            timed.sheet.volumes.push(TimeCorrected {
                volume: volume.name.to_string(),
                overall_time: time,
                bed: effect.bed(),
                eqd: effect.eqd(TWO_GRAY).map_err(ParametersError::from)?,
                terms: effect.terms(),
            });
        }
        Ok(timed)
    }
}

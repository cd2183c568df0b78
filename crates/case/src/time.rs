//! What overall time costs.

use std::string::{String, ToString};
use std::vec::Vec;

use jiff::civil::Date;

use super::error::SheetError;
use super::schedule::Schedule;
use super::time_parameters::TimeParameters;
use chemorad::quantity::{AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    ModelError, ParametersError, TWO_GRAY, Term, Treatment, TreatmentTime,
};
use chemorad::radiotherapy::{Course, FractionCalendar};
use chemorad::report::Derivation;
use chemorad::report::Finding;

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
        let calendar = FractionCalendar::from_dates(course, &days)?;
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
                match Treatment::from_calendar(course, &volume.name, &calendar, convention, None) {
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

//! The flags of time, repair and high doses that several commands share.

use std::path::PathBuf;
use std::str::FromStr;

use chemorad::quantity::{
    AbsorbedDose, Alpha, BedLossPerDay, DoublingTime, EqdLossPerDay, FractionInterval, KickOffTime,
    RepairHalfTime,
};
use chemorad::radiobiology::{FinalSlope, ModelParameters, Treatment, TreatmentTime};
use chemorad::radiotherapy::{
    CalendarRules, Course, DailyPattern, FractionCalendar, Fractionation, OverallTimeConvention,
    Phase, Volume, Weekdays, holidays, treatment_date,
};
use jiff::civil::Date;

use crate::failure::Failure;
use crate::input;

/// How overall treatment time is counted from dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Convention {
    /// The first day is day 1.
    Inclusive,
    /// Days between the first and the last.
    DaysBetween,
}

impl From<Convention> for OverallTimeConvention {
    fn from(convention: Convention) -> Self {
        match convention {
            Convention::Inclusive => Self::Inclusive,
            Convention::DaysBetween => Self::DaysBetween,
        }
    }
}

/// `0.66Gy/d`; `0.66Gy` is read the same, because the flag says per day.
fn per_day<T: FromStr>(text: &str) -> Result<T, T::Err> {
    if text.trim_end().ends_with("Gy") {
        format!("{}/d", text.trim_end()).parse()
    } else {
        text.parse()
    }
}

/// A whole number of days: `35d`, `5wk`.
fn whole_days(text: &str) -> Result<u32, String> {
    let time: KickOffTime = text
        .parse()
        .map_err(|error| format!("an overall time is a number of days such as 35d: {error}"))?;
    if time.microdays() == 0 || time.microdays() % 1_000_000 != 0 {
        return Err(format!(
            "an overall time is a whole number of days, not {time}"
        ));
    }
    u32::try_from(time.microdays() / 1_000_000).map_err(|error| error.to_string())
}

/// Parts of the model beyond plain linear-quadratic.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Repopulation, repair, high doses")]
pub(crate) struct PartArgs {
    /// The day of overall time up to which repopulation costs nothing, such as 28d.
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true)]
    kick_off: Option<KickOffTime>,
    /// K, BED lost per day after it, such as 0.66Gy.
    #[arg(long, value_name = "GY", allow_hyphen_values = true, value_parser = per_day::<BedLossPerDay>)]
    loss_per_day: Option<BedLossPerDay>,
    /// Alpha, such as 0.35/Gy: the loss is ln 2/(alpha x doubling time).
    #[arg(long, value_name = "PER_GY", allow_hyphen_values = true)]
    alpha: Option<Alpha>,
    /// Clonogen doubling time, such as 3d.
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true)]
    doubling_time: Option<DoublingTime>,
    /// EQD2 lost per day after the kick-off time, such as 0.7Gy.
    #[arg(long, value_name = "GY", allow_hyphen_values = true, value_parser = per_day::<EqdLossPerDay>)]
    eqd2_loss_per_day: Option<EqdLossPerDay>,
    /// Half-time of repair between the fractions of a day, such as 4.4h.
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    repair_half_time: Option<RepairHalfTime>,
    /// Dose per fraction above which BED rises in a straight line, such as 4Gy.
    #[arg(long, value_name = "GY", allow_hyphen_values = true)]
    linear_above: Option<AbsorbedDose>,
    /// Its slope gamma/alpha: a number, or tangent.
    #[arg(long, value_name = "SLOPE", allow_hyphen_values = true)]
    final_slope: Option<FinalSlope>,
}

impl PartArgs {
    /// Without an alpha/beta.
    pub(crate) fn parameters(&self) -> ModelParameters {
        ModelParameters {
            alpha_beta: None,
            endpoint: None,
            kick_off: self.kick_off,
            loss_per_day: self.loss_per_day,
            alpha: self.alpha,
            doubling_time: self.doubling_time,
            eqd2_loss_per_day: self.eqd2_loss_per_day,
            repair_half_time: self.repair_half_time,
            linear_above: self.linear_above,
            final_slope: self.final_slope,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parameters() == ModelParameters::default()
    }

    fn has_loss(&self) -> bool {
        self.loss_per_day.is_some()
            || self.alpha.is_some()
            || self.doubling_time.is_some()
            || self.eqd2_loss_per_day.is_some()
            || self.kick_off.is_some()
    }
}

/// When fractions are given.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Time")]
pub(crate) struct TimeArgs {
    /// Overall treatment time as a number of days, such as 35d.
    #[arg(
        long,
        value_name = "DAYS",
        allow_hyphen_values = true,
        value_parser = whole_days,
        conflicts_with = "start"
    )]
    overall_time: Option<u32>,
    /// Instead: the date of the first fraction; overall time is counted from the calendar.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    start: Option<Date>,
    /// With --start: the weekdays of treatment.
    #[arg(long, value_name = "DAYS", default_value = "mon-fri")]
    weekdays: Weekdays,
    /// With --start: a file of dates without treatment, one to a line, or an .ics calendar.
    #[arg(long, value_name = "FILE", requires = "start")]
    holidays: Option<PathBuf>,
    /// With --start: how overall time is counted.
    #[arg(long, value_enum, default_value_t = Convention::Inclusive)]
    convention: Convention,
    /// Fractions on each treatment day.
    #[arg(long, value_name = "M", default_value_t = 1)]
    per_day: u32,
    /// Time between the fractions of a day, such as 6h.
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    interval: Option<FractionInterval>,
}

impl TimeArgs {
    /// Whether anything was asked for that plain linear-quadratic cannot answer.
    pub(crate) fn is_plain(&self, parts: &PartArgs) -> bool {
        parts.is_empty()
            && self.overall_time.is_none()
            && self.start.is_none()
            && self.per_day == 1
            && self.interval.is_none()
    }

    /// The pattern of a day.
    pub(crate) fn pattern(&self) -> Result<DailyPattern, Failure> {
        match (self.per_day, self.interval) {
            (1, None) => Ok(DailyPattern::ONCE),
            (_, Some(interval)) => Ok(DailyPattern::equal(self.per_day, interval)?),
            (_, None) => Err(Failure::new(
                "--per-day above 1 needs --interval, the time between the fractions of a day",
            )),
        }
    }

    fn check(&self, parts: &PartArgs) -> Result<(), Failure> {
        if parts.repair_half_time.is_some() && self.per_day == 1 {
            return Err(Failure::new(
                "--repair-half-time needs --per-day 2 (or 3) and --interval: one fraction a day is taken as fully repaired overnight",
            ));
        }
        if (self.overall_time.is_some() || self.start.is_some()) && !parts.has_loss() {
            return Err(Failure::new(
                "overall time changes nothing without a loss: add --kick-off and --loss-per-day, or --alpha and --doubling-time, or --eqd2-loss-per-day",
            ));
        }
        Ok(())
    }

    /// The fractionations with their time, as given to one volume.
    pub(crate) fn treatment(
        &self,
        fractionations: &[Fractionation],
        parts: &PartArgs,
    ) -> Result<Treatment, Failure> {
        self.check(parts)?;
        let pattern = self.pattern()?;
        if let Some(start) = self.start {
            let course = one_volume(fractionations)?;
            let calendar = self.calendar(&course, start)?;
            return Ok(Treatment::on_calendar(
                &course,
                VOLUME,
                &calendar,
                self.convention.into(),
                Some(pattern),
            )?);
        }
        let treatment = Treatment::of(fractionations)?.per_day(pattern);
        Ok(match self.overall_time {
            Some(days) => treatment.over(TreatmentTime::stated(days)),
            None => treatment,
        })
    }

    fn calendar(&self, course: &Course, start: Date) -> Result<FractionCalendar, Failure> {
        let rules = CalendarRules {
            start,
            weekdays: self.weekdays,
            holidays: read_holidays(self.holidays.as_ref())?,
            fractions_per_day: self.per_day,
        };
        Ok(FractionCalendar::plan(course, &rules)?)
    }

    /// The overall time of fractions of one phase.
    pub(crate) fn time_of(
        &self,
        fractionation: Option<Fractionation>,
        parts: &PartArgs,
    ) -> Result<Option<TreatmentTime>, Failure> {
        self.check(parts)?;
        match (self.overall_time, self.start, fractionation) {
            (Some(days), _, _) => Ok(Some(TreatmentTime::stated(days))),
            (None, None, _) => Ok(None),
            (None, Some(_), None) => Err(Failure::new(
                "--start needs --fractions: the time depends on the number of fractions, which is solved for here; give --overall-time",
            )),
            (None, Some(start), Some(fractionation)) => {
                let calendar = self.calendar(&one_volume(&[fractionation])?, start)?;
                Ok(Some(calendar.overall_time(self.convention.into()).into()))
            }
        }
    }
}

const VOLUME: &str = "volume";

/// A course of phases that all reach one volume.
pub(crate) fn one_volume(fractionations: &[Fractionation]) -> Result<Course, Failure> {
    let phases: Vec<Phase> = fractionations
        .iter()
        .enumerate()
        .map(|(index, &fractionation)| {
            Phase::single(format!("phase {}", index + 1), VOLUME, fractionation)
        })
        .collect();
    Ok(Course::new(vec![Volume::new(VOLUME)], phases)?)
}

/// The running dose of [`one_volume`] after a fraction, gray.
pub(crate) fn running_dose(calendar: &FractionCalendar, course: &Course, number: u32) -> f64 {
    calendar.running_dose(course, VOLUME, number)
}

pub(crate) fn read_holidays(path: Option<&PathBuf>) -> Result<Vec<Date>, Failure> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    holidays(&input::read_text(path)?)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

//! The tablets for a whole course, from the dates on which fractions are given.

use alloc::vec::Vec;

use jiff::civil::Date;

use crate::report::{Derivation, Finding};

use super::candidate::tablets_text;
use super::day::OrderedDay;
use super::days::{CapecitabineDays, days_between};
use super::deliverable::TabletCount;
use super::deviation_tolerance::deviation_percent;
use super::error::CapecitabineError;
use super::finding::CapecitabineFinding;

/// The tablets of one dispensing period.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DispensingPeriod {
    /// Its first day of intake.
    pub first: Date,
    /// Its last day of intake.
    pub last: Date,
    /// Days of intake.
    pub days: u32,
    /// Administrations.
    pub administrations: u32,
    /// Tablets, the largest strength first.
    pub tablets: Vec<TabletCount>,
}

/// What another kind of days would have supplied.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AlternativeSupply {
    /// The kind of days.
    pub kind: CapecitabineDays,
    /// Days of intake.
    pub days: u32,
    /// Administrations.
    pub administrations: u32,
    /// Tablets of all strengths.
    pub tablet_count: u32,
    /// 100 (these tablets - the supply's tablets) / the supply's tablets.
    pub difference_percent: f64,
}

/// The tablets for a whole course, from the dates on which fractions are given.
///
/// Every day of intake has every administration of the day, the first day and the last included.
/// Missed administrations are not replaced (European package leaflet) and doses omitted for
/// toxicity neither, so nothing is added for them.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
/// use jiff::civil::date;
///
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.82 m2"), "order form");
/// let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
/// let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
/// let nearest = RoundingPolicy::Nearest { ties: Ties::Up };
/// let day = OrderedDay::choose(&calculated, &"500 mg".parse()?, &nearest, None, DaySplit::Equal)?;
///
/// let week = [date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 9)];
/// let supply = Supply::new(&day, &CapecitabineDays::RadiotherapyDays, &week, None)?;
/// assert_eq!(supply.administrations(), 6);
/// assert_eq!(supply.tablets()[0].to_string(), "18 x 500 mg");
///
/// // without dates there is no supply
/// assert!(Supply::new(&day, &CapecitabineDays::RadiotherapyDays, &[], None).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Supply {
    kind: CapecitabineDays,
    dates: Vec<Date>,
    administrations: u32,
    total_milligrams: u64,
    tablets: Vec<TabletCount>,
    periods: Vec<DispensingPeriod>,
    alternatives: Vec<AlternativeSupply>,
    findings: Vec<Finding>,
    derivation: Derivation,
}

impl Supply {
    /// The supply for a day's order on the days of a kind. `fractions` are the dates on which
    /// fractions are given or planned, each once; `dispense_every` cuts the supply into periods of
    /// that many calendar days from the first intake on.
    ///
    /// # Errors
    /// As [`CapecitabineDays::dates`]; dispensing periods of no days.
    pub fn new(
        day: &OrderedDay,
        kind: &CapecitabineDays,
        fractions: &[Date],
        dispense_every: Option<u16>,
    ) -> Result<Self, CapecitabineError> {
        if dispense_every == Some(0) {
            return Err(CapecitabineError::DispenseEvery);
        }
        let dates = kind.dates(fractions)?;
        let periods = periods(day, &dates, dispense_every);
        let days = count(dates.len());
        let tablets = times(day.tablets(), days);
        let administrations = days * count(day.administrations().len());
        let own = number(&tablets);
        let mut alternatives = Vec::new();
        for other in [
            CapecitabineDays::RadiotherapyDays,
            CapecitabineDays::Weekdays,
            CapecitabineDays::CalendarDays,
        ] {
            let other_days = other.dates(fractions).map_or(0, |dates| count(dates.len()));
            if other == *kind || other_days == 0 {
                continue;
            }
            let tablet_count = number(&times(day.tablets(), other_days));
            alternatives.push(AlternativeSupply {
                kind: other,
                days: other_days,
                administrations: other_days * count(day.administrations().len()),
                tablet_count,
                difference_percent: deviation_percent(f64::from(tablet_count), f64::from(own)),
            });
        }
        Ok(Self {
            findings: findings(kind, &dates, fractions),
            derivation: Derivation::new(
                format!("supply for the course ({kind})"),
                "days of intake x tablets per day",
                format!("{days} x ({})", tablets_text(day.tablets())),
                tablets_text(&tablets),
                "the dates of the fractions; missed administrations are not replaced (European \
                 package leaflet), nor are doses omitted for toxicity",
            )
            .with(format!(
                "administrations = {days} x {} = {administrations}",
                day.administrations().len()
            )),
            kind: kind.clone(),
            administrations,
            total_milligrams: u64::from(days) * u64::from(day.dose_per_day().milligrams()),
            tablets,
            periods,
            alternatives,
            dates,
        })
    }

    /// The kind of days.
    #[must_use]
    pub const fn kind(&self) -> &CapecitabineDays {
        &self.kind
    }

    /// The dates of intake.
    #[must_use]
    pub fn dates(&self) -> &[Date] {
        &self.dates
    }

    /// The number of administrations.
    #[must_use]
    pub const fn administrations(&self) -> u32 {
        self.administrations
    }

    /// The drug of the whole course in milligrams.
    #[must_use]
    pub const fn total_milligrams(&self) -> u64 {
        self.total_milligrams
    }

    /// Tablets by strength for the whole course, the largest strength first.
    #[must_use]
    pub fn tablets(&self) -> &[TabletCount] {
        &self.tablets
    }

    /// The dispensing periods; one when none were asked for.
    #[must_use]
    pub fn periods(&self) -> &[DispensingPeriod] {
        &self.periods
    }

    /// What the other kinds of days would have supplied.
    #[must_use]
    pub fn alternatives(&self) -> &[AlternativeSupply] {
        &self.alternatives
    }

    /// `capecitabine.fraction_without_drug` where fractions fall on days without intake, and
    /// `capecitabine.drug_without_fraction` the other way round.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the tablets were counted.
    #[must_use]
    pub const fn derivation(&self) -> &Derivation {
        &self.derivation
    }
}

/// Lengths here are days of at most a few years.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn number(tablets: &[TabletCount]) -> u32 {
    tablets.iter().map(|tablet| tablet.count).sum()
}

fn times(tablets: &[TabletCount], days: u32) -> Vec<TabletCount> {
    tablets
        .iter()
        .map(|tablet| TabletCount {
            strength: tablet.strength,
            count: tablet.count * days,
        })
        .collect()
}

fn periods(day: &OrderedDay, dates: &[Date], every: Option<u16>) -> Vec<DispensingPeriod> {
    let Some(&start) = dates.first() else {
        return Vec::new();
    };
    let index = |date: Date| every.map_or(0, |every| days_between(start, date) / i32::from(every));
    let mut periods: Vec<(i32, DispensingPeriod)> = Vec::new();
    for &date in dates {
        match periods.last_mut() {
            Some((number, period)) if *number == index(date) => {
                period.last = date;
                period.days += 1;
            }
            _ => periods.push((
                index(date),
                DispensingPeriod {
                    first: date,
                    last: date,
                    days: 1,
                    administrations: 0,
                    tablets: Vec::new(),
                },
            )),
        }
    }
    periods
        .into_iter()
        .map(|(_, period)| DispensingPeriod {
            administrations: period.days * count(day.administrations().len()),
            tablets: times(day.tablets(), period.days),
            ..period
        })
        .collect()
}

fn findings(kind: &CapecitabineDays, dates: &[Date], fractions: &[Date]) -> Vec<Finding> {
    let missing = |from: &[Date], other: &[Date]| -> Option<Vec<Date>> {
        let days = from.iter().copied();
        let days: Vec<Date> = days
            .filter(|day| other.binary_search(day).is_err())
            .collect();
        (!days.is_empty()).then_some(days)
    };
    let kind = || kind.clone();
    let without_drug = missing(fractions, dates)
        .map(|days| CapecitabineFinding::FractionWithoutDrug { days, kind: kind() });
    let without_fraction = missing(dates, fractions)
        .map(|days| CapecitabineFinding::DrugWithoutFraction { days, kind: kind() });
    let all = without_drug.into_iter().chain(without_fraction);
    all.map(Finding::from).collect()
}

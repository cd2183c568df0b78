//! The calendar of fractions.

use chemorad::quantity::FractionInterval;
use chemorad::radiotherapy::{Fractionation, OverallTime, Weekdays};
use chemorad::report::Finding;
use jiff::civil::Date;
use serde::Serialize;

use crate::amount::Amount;
use crate::date::weekday;
use crate::document::Document;
use crate::number::dose;

/// One fraction of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct FractionRow {
    /// Its number in the course.
    pub number: u32,
    /// When it is given.
    pub date: Date,
    /// Which of that day it is, where a day has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_day: Option<u32>,
    /// The number of its phase.
    pub phase: usize,
    /// Its dose.
    pub dose: Amount,
    /// The dose up to it.
    pub cumulative: Amount,
}

/// A calendar as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// Every fraction.
    pub fractions: Vec<FractionRow>,
    /// From the first to the last.
    pub overall_time: OverallTime,
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
    /// Between the fractions of a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<FractionInterval>,
    /// What a reader must know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Finding>,
}

/// What the calendar was made from.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The phases in sequence.
    pub phases: &'a [Fractionation],
    /// The days of treatment.
    pub weekdays: Weekdays,
    /// Fractions on each of them.
    pub fractions_per_day: u32,
    /// The dates without treatment that move a fraction.
    pub days_off: &'a [Date],
}

/// The calendar fraction by fraction.
#[must_use]
pub fn page(plan: Plan<'_>, results: &Results) -> Document {
    let mut page = Document::new("Calendar of fractions");
    let phases: Vec<String> = plan.phases.iter().map(ToString::to_string).collect();
    let time = results.overall_time;
    let mut pairs = vec![
        ("phases", phases.join("; ")),
        ("weekdays", plan.weekdays.to_string()),
        ("fractions a day", plan.fractions_per_day.to_string()),
        ("first fraction", weekday(results.first)),
        ("last fraction", weekday(results.last)),
        (
            "overall time",
            format!("{} days ({})", time.days, time.convention),
        ),
    ];
    if let Some(interval) = results.interval {
        pairs.push(("interval", format!("{interval} between fractions of a day")));
    }
    if !plan.days_off.is_empty() {
        let days: Vec<String> = plan.days_off.iter().map(ToString::to_string).collect();
        pairs.push(("without treatment", days.join(", ")));
    }
    page.pairs(&pairs);
    page.findings(&results.warnings);
    page.in_brief(|page| weeks(page, results));
    page.in_full(|page| fractions(page, results));
    page.left_out("each fraction");
    page
}

/// A row for the fractions of a week in one phase.
fn weeks(page: &mut Document, results: &Results) {
    page.section("Weeks");
    let mut weeks: Vec<(&FractionRow, &FractionRow)> = Vec::new();
    for fraction in &results.fractions {
        let week = fraction.date.iso_week_date();
        match weeks.last_mut() {
            Some((first, last))
                if first.phase == fraction.phase
                    && first.date.iso_week_date().week() == week.week()
                    && first.date.iso_week_date().year() == week.year() =>
            {
                *last = fraction;
            }
            _ => weeks.push((fraction, fraction)),
        }
    }
    let rows = weeks.iter().map(|(first, last)| {
        let numbers = if first.number == last.number {
            first.number.to_string()
        } else {
            format!("{} to {}", first.number, last.number)
        };
        vec![
            numbers,
            weekday(first.date),
            weekday(last.date),
            first.phase.to_string(),
            dose(first.dose.value),
            dose(last.cumulative.value),
        ]
    });
    let header = [
        "fractions",
        "from",
        "to",
        "phase",
        "dose Gy",
        "cumulative Gy",
    ];
    page.mixed_table(&header, &rows.collect::<Vec<_>>(), 3);
}

fn fractions(page: &mut Document, results: &Results) {
    page.section("Fractions");
    let rows = results.fractions.iter().map(|fraction| {
        vec![
            fraction.number.to_string(),
            weekday(fraction.date),
            fraction.phase.to_string(),
            dose(fraction.dose.value),
            dose(fraction.cumulative.value),
        ]
    });
    let header = ["fraction", "date", "phase", "dose Gy", "cumulative Gy"];
    page.mixed_table(&header, &rows.collect::<Vec<_>>(), 2);
}

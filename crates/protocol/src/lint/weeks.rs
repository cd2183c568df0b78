//! Weeks and days that words name, against the fractions of a course and how many are given a week.

use chemorad::number::Decimal;

use super::drug_passage::{Read, read};
use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::dose::PrescribedFractionation;
use crate::model::drug_days::DrugDays;
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, Protocol};
use crate::passage::mention::{Mention, Range, Said};
use crate::statement::Statement;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    check_first_fraction(protocol, out);
    for (at, course) in place::of(&protocol.courses, "courses", |course| &course.id) {
        check_weeks(protocol, course, &at, out);
    }
}

/// The fractions a week of a course, or those of each choice where they are left open.
pub(super) fn possible_per_week(course: &PrescribedCourse) -> Vec<u32> {
    let counts = match &course.fractions_per_week {
        Statement::Stated { value, .. } | Statement::Derived { value, .. } => {
            core::slice::from_ref(value)
        }
        Statement::Unspecified { values, .. } => values.as_slice(),
    };
    counts.iter().map(|count| u32::from(count.get())).collect()
}

/// Weeks that a passage of the course names, against its fractions and fractions a week.
fn check_weeks(protocol: &Protocol, course: &PrescribedCourse, at: &str, out: &mut Findings) {
    let possible = possible_per_week(course);
    let Some(&per_week) = possible.first() else {
        return;
    };
    let phases = course.phases.iter().filter_map(|name| protocol.phase(name));
    let doses: Vec<_> = phases.flat_map(|phase| &phase.doses).collect();
    let counts: Vec<u32> = doses
        .iter()
        .filter_map(|dose| dose.fractionation.value())
        .flat_map(PrescribedFractionation::named)
        .map(|fractionation| fractionation.fractions().get())
        .collect();
    // several phases share their weeks in a way the words do not always say
    if course.phases.len() != 1 || counts.is_empty() {
        return;
    }
    let quotes = doses.iter().flat_map(|dose| read(&dose.fractionation));
    let quotes = quotes.chain(read(&course.fractions_per_week));
    for read in quotes {
        for mention in &read.mentions {
            let (&Said::Weeks(weeks), None) = (&mention.said, &mention.drug) else {
                continue;
            };
            if !is_of_the_course(&read, mention) {
                continue;
            }
            let wrong = counts.iter().find(|count| {
                !possible
                    .iter()
                    .any(|per_week| fits_weeks(**count, *per_week, weeks))
            });
            if let Some(&fractions) = wrong {
                out.push(
                    format!("{at}.fractions_per_week"),
                    ProtocolFault::Weeks {
                        fractions,
                        per_week,
                        weeks: weeks.to_string(),
                        quote: read.quote.clone(),
                    },
                );
                return;
            }
        }
    }
}

/// The weeks stand right behind the dose, the fractions or how often they are given: `25 fractions over
/// 5 weeks`. Others may be those of a drug, of a rest or of the time to an operation.
fn is_of_the_course(read: &Read, weeks: &Mention) -> bool {
    const BETWEEN: &[&str] = &[
        "over",
        "in",
        "for",
        "during",
        "delivered",
        "given",
        "a",
        "total",
        "of",
        "period",
        "the",
        "within",
    ];
    let radiation = |mention: &&Mention| {
        matches!(
            mention.said,
            Said::Dose(..)
                | Said::DosePerFraction(..)
                | Said::Fractions(_)
                | Said::FractionsPerWeek(_)
                | Said::FractionsPerDay(_)
        )
    };
    let before = read
        .mentions
        .iter()
        .filter(|mention| mention.end <= weeks.start);
    let Some(last) = before.filter(radiation).map(|mention| mention.end).max() else {
        return false;
    };
    let between = read.quote.text.get(last..weeks.start).unwrap_or_default();
    let mut words = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| BETWEEN.contains(&word.to_lowercase().as_str()))
}

/// Numbered days of a drug that goes with a course, and begin after it.
fn check_first_fraction(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        if drug.first_fraction.is_some() || drug.day_one.is_some() {
            continue;
        }
        let Some(DrugDays::Days(days)) = drug.days.value() else {
            continue;
        };
        let Some((first, last)) = days.spans().last().copied() else {
            continue;
        };
        let courses = protocol.courses_with(drug);
        let longest = courses.filter_map(calendar_days).max();
        if let Some(course) = longest.filter(|course| u32::from(first) > *course) {
            out.push(
                format!("{at}.days"),
                ProtocolFault::DaysAfterCourse {
                    drug: drug.id.clone(),
                    first,
                    last,
                    course,
                },
            );
        }
    }
}

/// Days from the first fraction, on a Monday, to the last.
fn calendar_days(course: &PrescribedCourse) -> Option<u32> {
    let per_week = u32::from(course.fractions_per_week.value()?.get());
    let fractions = course.course.as_ref()?.fractions();
    Some(days_taken(fractions, per_week))
}

fn days_taken(fractions: u32, per_week: u32) -> u32 {
    let full = fractions.saturating_sub(1) / per_week;
    full * 7 + (fractions - full * per_week)
}

/// So many fractions fit into the weeks: from a Monday to the last fraction, rounded to half a week, up to
/// the weeks begun.
pub(super) fn fits_weeks(fractions: u32, per_week: u32, weeks: Range) -> bool {
    let whole = fractions.div_ceil(per_week);
    let days = days_taken(fractions, per_week);
    // half weeks, rounded to the nearest
    let halves = (4 * days + 7) / 14;
    // several fractions a day fill a week sooner than its days
    let most = Decimal::from(whole);
    let least = Decimal::new(i128::from(halves.min(2 * whole)) * 5, -1);
    let is_below =
        |one: Decimal, other: Decimal| one.checked_sub(other).is_some_and(Decimal::is_negative);
    least.is_some_and(|least| !is_below(weeks.high, least)) && !is_below(most, weeks.low)
}

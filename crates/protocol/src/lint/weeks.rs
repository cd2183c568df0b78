//! Weeks and days that words name, against the fractions of a course and how many are given a week.

use chemorad::number::Decimal;

use super::drug_passage::{Read, read};
use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::dose::{PrescribedDose, PrescribedFractionation};
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
    // contact X-rays and brachytherapy have weeks apart from the fractions a week
    let phases = phases.filter(|phase| phase.modality.value().is_none_or(|m| m.adds_up()));
    let phases: Vec<_> = phases.collect();
    let doses: Vec<_> = phases.iter().flat_map(|phase| &phase.doses).collect();
    let counts: Vec<Vec<u32>> = phases.iter().map(|phase| counts(&phase.doses)).collect();
    if counts.is_empty() || counts.iter().any(Vec::is_empty) {
        return;
    }
    let stretches = stretches(&counts);
    let fits = |count: &u32, weeks: Range| {
        let mut possible = possible.iter();
        possible.any(|per_week| fits_weeks(*count, *per_week, weeks))
    };
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
            let named = fractions_before(&read, mention);
            let is_meant = |stretch: &&Stretch| {
                named.is_none_or(|named| {
                    let has = |count: &u32| named.has(Decimal::from(*count));
                    stretch.phases.iter().any(|counts| counts.iter().any(has))
                        || stretch.sums.iter().any(has)
                })
            };
            let mut meant: Vec<&Stretch> = stretches.iter().filter(is_meant).collect();
            // a number of fractions that is no phase's is the fault of that number
            if meant.is_empty() {
                meant = stretches.iter().collect();
            }
            let is_right = |stretch: &&Stretch| stretch.sums.iter().all(|count| fits(count, weeks));
            if meant.iter().any(is_right) {
                continue;
            }
            let mut sums = meant.iter().flat_map(|stretch| &stretch.sums);
            if let Some(&fractions) = sums.find(|count| !fits(count, weeks)) {
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

/// The numbers of fractions of a phase, where they are settled to some.
fn counts(doses: &[PrescribedDose]) -> Vec<u32> {
    let values = doses.iter().filter_map(|dose| dose.fractionation.value());
    let mut out: Vec<u32> = values
        .flat_map(PrescribedFractionation::named)
        .map(|fractionation| fractionation.fractions().get())
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Phases that follow one another, with the fractions that they can have together.
struct Stretch<'c> {
    phases: &'c [Vec<u32>],
    sums: Vec<u32>,
}

/// More phases, or more choices of them, are not put together.
const MOST_PHASES: usize = 8;

/// Every stretch of phases: words name the weeks of one phase, or of several together.
fn stretches(counts: &[Vec<u32>]) -> Vec<Stretch<'_>> {
    let mut out = Vec::new();
    for first in 0..counts.len() {
        let mut sums = vec![0];
        for (last, own) in counts.iter().enumerate().skip(first).take(MOST_PHASES) {
            sums = sums
                .iter()
                .flat_map(|sum: &u32| own.iter().map(|count| sum.saturating_add(*count)))
                .collect();
            sums.sort_unstable();
            sums.dedup();
            out.push(Stretch {
                phases: &counts[first..=last],
                sums: sums.clone(),
            });
        }
    }
    out
}

/// Words between a number of fractions and their weeks: `25 fractions over a period of 5 weeks`.
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
    "fractions",
    "daily",
];

fn is_of_radiation(mention: &Mention) -> bool {
    matches!(
        mention.said,
        Said::Dose(..)
            | Said::DosePerFraction(..)
            | Said::Fractions(_)
            | Said::FractionsPerWeek(_)
            | Said::FractionsPerDay(_)
    )
}

/// The weeks stand right behind the dose, the fractions or how often they are given: `25 fractions over
/// 5 weeks`. Others may be those of a drug, of a rest or of the time to an operation.
fn is_of_the_course(read: &Read, weeks: &Mention) -> bool {
    let text = &read.quote.text;
    let is_between = |word: &str| BETWEEN.contains(&word.to_lowercase().as_str());
    let before = words_of(text.get(..weeks.start).unwrap_or_default());
    // "in fractions over 8 weeks"
    let behind_fractions = before
        .rev()
        .take_while(|word| is_between(word))
        .any(|word| word.eq_ignore_ascii_case("fractions"));
    let before = read
        .mentions
        .iter()
        .filter(|mention| mention.end <= weeks.start);
    let last = before
        .filter(|mention| is_of_radiation(mention))
        .map(|mention| mention.end)
        .max();
    behind_fractions
        || last.is_some_and(|last| {
            words_of(text.get(last..weeks.start).unwrap_or_default()).all(is_between)
        })
}

fn words_of(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The fractions that the weeks are said of: the last before them, unless another total stands between.
fn fractions_before(read: &Read, weeks: &Mention) -> Option<Range> {
    let before = read
        .mentions
        .iter()
        .filter(|mention| mention.end <= weeks.start);
    before
        .rev()
        .take_while(|mention| !matches!(mention.said, Said::Dose(..)))
        .find_map(|mention| match mention.said {
            Said::Fractions(count) => Some(count),
            _ => None,
        })
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

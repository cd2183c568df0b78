//! Weeks and days that words name, against the fractions of a course and how many are given a week.

use chemorad::number::Decimal;

use super::drug_passage::{Read, read};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::mentions;
use crate::model::dose::{PrescribedDose, PrescribedFractionation};
use crate::model::drug_days::DrugDays;
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, Protocol};
use crate::passage::mention::{Mention, Range, Said, TimeUnit};
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
    let fits = |count: &u32, time: CourseTime| {
        let mut possible = possible.iter();
        possible.any(|per_week| time.fits(*count, *per_week))
    };
    let quotes = doses.iter().flat_map(|dose| read(&dose.fractionation));
    let quotes = quotes.chain(read(&course.fractions_per_week));
    let own = Read {
        mentions: mentions(&course.quote.text),
        quote: course.quote.clone(),
    };
    for read in quotes.chain([own]) {
        for mention in read.mentions.iter() {
            let (Some(time), None) = (CourseTime::of(&read.quote.text, mention), &mention.drug)
            else {
                continue;
            };
            if !is_of_the_course(&read.quote.text, &read.mentions, mention) {
                continue;
            }
            let named = fractions_before(&read.mentions, mention);
            let is_meant = |stretch: &&Stretch| {
                named.is_none_or(|named| {
                    let has = |count: &u32| named.has(Decimal::from(*count));
                    stretch.phases.iter().any(|counts| counts.iter().any(has))
                        || stretch.sums.iter().any(has)
                })
            };
            let mut meant: Vec<&Stretch> = stretches.iter().filter(is_meant).collect();
            // of the one number of fractions that the passage says; behind a later phase the time may be that of all
            let is_it = |stretch: &&Stretch| {
                let is_first = core::ptr::eq(stretch.phases.as_ptr(), counts.as_ptr());
                let count = |count: &u32| named == Some(Range::single((*count).into()));
                is_first && stretch.sums.iter().all(count)
            };
            if says_one_count(&read.mentions) && meant.iter().any(is_it) {
                meant.retain(is_it);
            }
            // a number of fractions that is no phase's is the fault of that number
            if meant.is_empty() {
                meant = stretches.iter().collect();
            }
            let is_right = |stretch: &&Stretch| stretch.sums.iter().all(|count| fits(count, time));
            if meant.iter().any(is_right) {
                continue;
            }
            let sums = sums_of(&meant);
            if let Some(&fractions) = sums.iter().find(|count| !fits(count, time)) {
                out.push(
                    format!("{at}.fractions_per_week"),
                    ProtocolFault::Weeks {
                        fractions,
                        per_week,
                        said: mention.said.to_string(),
                        is_grave: !sums.iter().any(|count| fits(count, time))
                            && !says_per_week(course, per_week, &read.quote.text),
                        days: time.is_days().then(|| days_taken(fractions, per_week)),
                        quote: read.quote.clone(),
                    },
                );
                return;
            }
        }
    }
}

/// Another passage says so many fractions a week: then the source contradicts itself, and the value is as it says.
fn says_per_week(course: &PrescribedCourse, per_week: u32, text: &str) -> bool {
    let said = |mention: &Mention| match mention.said {
        Said::FractionsPerWeek(count) => count == Range::single(per_week.into()),
        _ => false,
    };
    let others = read(&course.fractions_per_week).into_iter();
    others
        .filter(|read| *read.quote.text != *text)
        .any(|read| read.mentions.iter().any(said))
}

/// A passage says one number of fractions.
fn says_one_count(all: &[Mention]) -> bool {
    let counts = all
        .iter()
        .filter(|one| matches!(one.said, Said::Fractions(_)));
    counts.count() == 1
}

/// The numbers of fractions of some stretches.
fn sums_of(stretches: &[&Stretch<'_>]) -> Vec<u32> {
    let sums = stretches.iter().flat_map(|stretch| &stretch.sums);
    sums.copied().collect()
}

/// How long words say that fractions take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CourseTime {
    /// `over 5 weeks`.
    Weeks(Range),
    /// `over 33 days`, the first and the last included.
    Days(Range),
    /// `for 25 days`: days in all, or days of treatment.
    DaysOfTreatment(Range),
    /// `within 6 weeks`.
    WithinWeeks(Range),
    /// `within 40 days`.
    WithinDays(Range),
}

impl CourseTime {
    pub(super) fn of(text: &str, mention: &Mention) -> Option<Self> {
        let before = text.get(..mention.start).unwrap_or_default();
        let of_treatment = words_of(before)
            .next_back()
            .is_some_and(|word| ["for", "on"].contains(&word));
        Some(match mention.said {
            Said::Weeks(weeks) => Self::Weeks(weeks),
            Said::DurationDays(days) if of_treatment => Self::DaysOfTreatment(days),
            Said::DurationDays(days) => Self::Days(days),
            Said::Within(weeks, TimeUnit::Weeks) => Self::WithinWeeks(weeks),
            Said::Within(days, TimeUnit::Days) => Self::WithinDays(days),
            _ => return None,
        })
    }

    const fn is_days(self) -> bool {
        matches!(
            self,
            Self::Days(_) | Self::DaysOfTreatment(_) | Self::WithinDays(_)
        )
    }

    /// So many fractions at so many a week can take this long.
    fn fits(self, fractions: u32, per_week: u32) -> bool {
        let days = days_taken(fractions, per_week);
        match self {
            Self::Weeks(weeks) => fits_weeks(fractions, per_week, weeks),
            Self::Days(said) => fits_days(fractions, per_week, said),
            Self::DaysOfTreatment(said) => {
                said.has(Decimal::from(fractions.div_ceil(per_day(per_week))))
                    || fits_days(fractions, per_week, said)
            }
            Self::WithinWeeks(weeks) => {
                // 26 fractions within 5 weeks, to half a week
                let half = Decimal::new(i128::from(halves(days)) * 5, -1);
                half.is_some_and(|half| !is_below(weeks.high, half))
            }
            Self::WithinDays(most) => !is_below(most.high, Decimal::from(days)),
        }
    }
}

fn is_below(one: Decimal, other: Decimal) -> bool {
    one.checked_sub(other).is_some_and(Decimal::is_negative)
}

/// From the first to the last fraction: the fewest days, and the weeks begun.
fn fits_days(fractions: u32, per_week: u32, said: Range) -> bool {
    let most = 7 * fractions.div_ceil(per_week);
    !is_below(said.high, Decimal::from(days_taken(fractions, per_week)))
        && !is_below(Decimal::from(most), said.low)
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
    "to",
    "be",
    "completed",
    "overall",
    "treatment",
    "time",
    "duration",
    "on",
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
pub(super) fn is_of_the_course(text: &str, all: &[Mention], weeks: &Mention) -> bool {
    let is_between = |word: &str| BETWEEN.contains(&word.to_lowercase().as_str());
    let before = words_of(text.get(..weeks.start).unwrap_or_default());
    // "in fractions over 8 weeks"
    let behind_fractions = before
        .rev()
        .take_while(|word| is_between(word))
        .any(|word| word.eq_ignore_ascii_case("fractions"));
    let before = all.iter().filter(|mention| mention.end <= weeks.start);
    let last = before
        .filter(|mention| is_of_radiation(mention))
        .map(|mention| mention.end)
        .max();
    behind_fractions
        || last.is_some_and(|last| {
            let between = text.get(last..weeks.start).unwrap_or_default();
            words_of(between).all(is_between) || is_to_a_volume(between, all, last..weeks.start)
        })
}

/// `to the pelvis in`, between the fractions and their weeks.
fn is_to_a_volume(between: &str, all: &[Mention], range: core::ops::Range<usize>) -> bool {
    const MOST: usize = 6;
    const APART: &[&str] = &[
        "after",
        "before",
        "surgery",
        "operation",
        "resection",
        "rest",
        "gap",
        "interval",
        "break",
        "followed",
        "then",
        "from",
    ];
    let words: Vec<String> = words_of(between).map(str::to_lowercase).collect();
    let says_more = |mention: &Mention| range.contains(&mention.start);
    words.first().is_some_and(|word| word == "to")
        && words
            .last()
            .is_some_and(|word| ["in", "over", "within", "during"].contains(&word.as_str()))
        && words.len() <= MOST
        && !between.contains([',', ';', '.'])
        && !words.iter().any(|word| APART.contains(&word.as_str()))
        && !all.iter().any(says_more)
}

fn words_of(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The fractions that the weeks are said of: the last before them, unless another total stands between.
pub(super) fn fractions_before(all: &[Mention], weeks: &Mention) -> Option<Range> {
    let before = all.iter().filter(|mention| mention.end <= weeks.start);
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

/// Fractions a day: the fewest that make so many a week on whole days.
fn per_day(per_week: u32) -> u32 {
    let fewest = per_week.div_ceil(7).max(1);
    (fewest..=4)
        .find(|times| per_week % times == 0)
        .unwrap_or(1)
}

/// Days from the first fraction to the last, when the first is on the first day of a week of treatment.
pub(super) fn days_taken(fractions: u32, per_week: u32) -> u32 {
    let times = per_day(per_week);
    let (days, per_week) = (fractions.div_ceil(times), per_week / times);
    let full = days.saturating_sub(1) / per_week;
    full * 7 + (days - full * per_week)
}

/// Half weeks, rounded to the nearest.
const fn halves(days: u32) -> u32 {
    (4 * days + 7) / 14
}

/// So many fractions fit into the weeks: the quotient rounded up or down to half a week. The days from a
/// Monday to the last fraction say which of the two is the least.
pub(super) fn fits_weeks(fractions: u32, per_week: u32, weeks: Range) -> bool {
    let most = (2 * fractions).div_ceil(per_week).max(2);
    let least = halves(days_taken(fractions, per_week)).min(most);
    let decimal = |halves: u32| Decimal::new(i128::from(halves) * 5, -1);
    let (Some(least), Some(most)) = (decimal(least), decimal(most)) else {
        return true;
    };
    let begun = Decimal::from(fractions.div_ceil(per_week));
    // 26 fractions at 5 a week begin the sixth week; 25 in 5 weeks are 5 a week and not 6
    let begun =
        weeks.low == weeks.high && weeks.low == begun && !divides_otherwise(fractions, per_week);
    begun || (!is_below(weeks.high, least) && !is_below(most, weeks.low))
}

/// In as many weeks as are begun, another whole number of fractions a week makes them.
fn divides_otherwise(fractions: u32, per_week: u32) -> bool {
    let begun = fractions.div_ceil(per_week);
    fractions % begun == 0 && fractions / begun != per_week
}

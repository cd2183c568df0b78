//! How often something comes again, where words say it by two numbers: 25 fractions in 5 weeks, twice a week for 4
//! weeks.

use chemorad::number::Decimal;

use super::number::{Kind, Number, ONE};
use super::reading::tokens;
use super::weeks::{CourseTime, days_taken, fits_weeks, fractions_before, is_of_the_course};
use crate::passage::mention::{Mention, Range, Said};
use crate::passage::token::Token;

/// The fractions a week that follow from fractions and the time they take: `25 Gy in 5 fractions over 1 week` are
/// 5 a week.
pub(super) fn per_week_said(text: &str, all: &[Mention]) -> Vec<Number> {
    let single = |range: Range| (range.low == range.high).then_some(range.low);
    let mut out = Vec::new();
    for mention in all.iter().filter(|mention| mention.drug.is_none()) {
        let Some(time) = CourseTime::of(text, mention) else {
            continue;
        };
        if !is_of_the_course(text, all, mention) {
            continue;
        }
        let mut counts = all.iter().filter_map(|other| match other.said {
            Said::Fractions(count) if other.end <= mention.start => Some(count),
            _ => None,
        });
        let only = counts.next().filter(|_| counts.next().is_none());
        let fractions = fractions_before(all, mention).or(only).and_then(single);
        let Some(fractions) = fractions.and_then(whole) else {
            continue;
        };
        let per_week = match time {
            CourseTime::Weeks(weeks) => {
                single(weeks).and_then(|weeks| nearest_per_week(fractions, weeks))
            }
            CourseTime::Days(days) => single(days).and_then(whole).and_then(|days| {
                let mut fits = (1..=7).filter(|per_week| {
                    fractions > *per_week && days_taken(fractions, *per_week) == days
                });
                fits.next().filter(|_| fits.next().is_none())
            }),
            _ => None,
        };
        out.extend(per_week.map(|per_week| Number {
            value: per_week.into(),
            unit: ONE,
            kind: Kind::PerWeek,
            start: mention.start,
            end: mention.end,
        }));
    }
    out
}

fn whole(number: Decimal) -> Option<u32> {
    u32::try_from(number.to_integer()?).ok()
}

/// The whole number of fractions a week that is nearest, where it takes these weeks.
fn nearest_per_week(fractions: u32, weeks: Decimal) -> Option<u32> {
    let halves = whole(weeks.checked_mul(2.into())?).filter(|halves| *halves > 0)?;
    let rounded = fractions.checked_mul(4)?.checked_add(halves)? / halves.checked_mul(2)?;
    let is = (1..=MOST_PER_WEEK).contains(&rounded);
    (is && fits_weeks(fractions, rounded, Range::single(weeks))).then_some(rounded)
}

/// Three a day on all days of the week.
const MOST_PER_WEEK: u32 = 21;

/// How many fractions a day, where it is more than one, and whether the passage says it of one dose alone.
pub(super) fn fractions_a_day(all: &[Mention]) -> Option<(Decimal, bool)> {
    let mut times = all.iter().filter_map(|mention| match mention.said {
        Said::FractionsPerDay(times) => Some(times),
        _ => None,
    });
    let first = times.next()?;
    let counts = all
        .iter()
        .filter(|mention| matches!(mention.said, Said::Fractions(_)));
    let alone = counts.count() < 2 && times.all(|other| other == first);
    (first != ONE).then_some((first, alone))
}

/// The words name days, and not fractions: `5 days a week`.
pub(super) fn counts_days(text: &str, mention: &Mention) -> bool {
    let words = tokens(text.get(mention.start..mention.end).unwrap_or_default());
    words.iter().any(|word| {
        word.text == "d" || word.text.contains("day") || ["mon", "m"].contains(&word.text.as_str())
    })
}

/// `one hour before each fraction`: once on each day of radiotherapy.
pub(super) fn with_each_fraction(text: &str) -> Option<Number> {
    const ONCE: [&[&str]; 3] = [
        &["before", "with", "after", "at"],
        &["each", "every"],
        &["fraction"],
    ];
    let words = tokens(text);
    let is = |window: &&[Token]| {
        let mut pairs = window.iter().zip(ONCE);
        pairs.all(|(word, list)| list.contains(&word.text.as_str()))
    };
    let found = words.windows(ONCE.len()).find(is)?;
    let (first, last) = (found.first()?, found.last()?);
    Some(Number {
        value: ONE,
        unit: ONE,
        kind: Kind::Count,
        start: first.start,
        end: last.end,
    })
}

/// Twice a week for 4 weeks are 8 times.
pub(super) fn times_in_weeks(own: &[Mention]) -> Vec<Number> {
    let per_week = own.iter().find_map(|mention| match mention.said {
        Said::AdministrationsPerWeek(times) => Some(times),
        Said::DaysPerWeek(days) if days.low == days.high => Some(days.low),
        _ => None,
    });
    let Some(per_week) = per_week.filter(|times| *times != ONE) else {
        return Vec::new();
    };
    let weeks = |mention: &Mention| match &mention.said {
        Said::Weeks(weeks) if weeks.low == weeks.high => Some(weeks.low),
        Said::WeekNumbers(list) => match list.as_slice() {
            [(first, last)] => Some(last.saturating_sub(*first).saturating_add(1).into()),
            _ => None,
        },
        _ => None,
    };
    let all = own.iter().filter_map(|mention| {
        let times = weeks(mention)?.checked_mul(per_week)?;
        Some(numbered(mention, times, Kind::Count))
    });
    all.collect()
}

/// A number that a mention says.
pub(super) const fn numbered(mention: &Mention, value: Decimal, kind: Kind) -> Number {
    Number {
        value,
        unit: ONE,
        kind,
        start: mention.start,
        end: mention.end,
    }
}

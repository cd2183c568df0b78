//! The numbers of a passage that the grammar does not read, and that can still bear a value: not `2 h before`, `6 MV`
//! or `6 patients`.

use super::field::Field;
use super::number::{Kind, Number, ONE};
use super::reading::{numbers, tokens};
use crate::passage::mention::Mention;
use crate::passage::token::{Token, thousands};

/// The numbers that no mention reads and that can bear a value of this field.
pub(super) fn unread(text: &str, field: Field, all: &[Mention]) -> Vec<Number> {
    let is_read = |number: &Number| {
        let inside = |mention: &Mention| (mention.start..mention.end).contains(&number.start);
        all.iter().any(inside)
    };
    let mut out: Vec<Number> = numbers(text)
        .iter()
        .copied()
        .filter(|number| !is_read(number))
        .collect();
    let words = tokens(text);
    match field {
        Field::AdministrationsPerDay => {
            out.retain(|number| !is_counted(text, number.start) && !repeats_a_time(number, &words));
        }
        Field::FractionsPerWeek => out.retain(|number| is_of_a_week(number, &words)),
        Field::Infusion => out.retain(|number| lasts(number, &words)),
        Field::DrugDays => out.retain(|number| !counts_something(number, &words)),
        // "starting on day 15", "weekly x 6": no amount
        Field::Intensity | Field::IntensityPerDay | Field::DrugDose | Field::Cap => {
            out.retain(|number| number.kind != Kind::Bare || !is_no_amount(number, &words));
        }
        _ => {}
    }
    if matches!(field, Field::Intensity | Field::IntensityPerDay) {
        out.extend(ambiguous(text));
    }
    out
}

/// `5 fractions of 1.8 Gy each week`, `Monday to Friday`: so many a week.
fn is_of_a_week(number: &Number, words: &[Token]) -> bool {
    const BEHIND: usize = 6;
    let own = |word: &&Token| (number.start..number.end).contains(&word.start);
    let is_named = words
        .iter()
        .filter(own)
        .any(|word| word.text.contains("day"));
    let mut behind = words.iter().filter(|word| word.start >= number.end);
    is_named
        || behind
            .by_ref()
            .take(BEHIND)
            .take_while(|word| ![".", ";"].contains(&word.text.as_str()))
            .any(|word| ["week", "wk", "weekly", "w"].contains(&word.text.as_str()))
}

/// `6 patients`: a number of what is no day, time or cycle.
fn counts_something(number: &Number, words: &[Token]) -> bool {
    const COUNTED: &[&str] = &[
        "times",
        "dose",
        "doses",
        "administration",
        "administrations",
        "infusion",
        "infusions",
        "injection",
        "injections",
        "application",
        "applications",
        "cycle",
        "cycles",
        "course",
        "courses",
        "weekly",
        "days",
        "day",
        "d",
        "weeks",
        "week",
        "wk",
        "w",
        "x",
        "to",
        "and",
        "or",
        "of",
        "every",
        "q",
        "on",
        "off",
        "consecutive",
        "in",
        "with",
        "during",
        "at",
        "for",
        "by",
        "per",
        "then",
        "followed",
        "until",
        "through",
    ];
    let behind = words.iter().find(|word| word.start >= number.end);
    let is_other = |word: &Token| word.is_word() && !COUNTED.contains(&word.text.as_str());
    number.kind == Kind::Bare && behind.is_some_and(is_other)
}

/// `2 h`, and not `2 h before radiotherapy`, `within 24 h` or `2 litres`.
fn lasts(number: &Number, words: &[Token]) -> bool {
    const AWAY: &[&str] = &[
        "before",
        "after",
        "prior",
        "later",
        "apart",
        "following",
        "earlier",
        "preceding",
        "of",
        "from",
    ];
    const LEAST: &[&str] = &[
        "within", "least", "most", "every", "than", "after", "before", "past", "interval", "each",
    ];
    let is = |word: Option<&Token>, list: &[&str]| {
        word.is_some_and(|word| list.contains(&word.text.as_str()))
    };
    let behind = words.iter().find(|word| word.start >= number.end);
    let before = words.iter().rfind(|word| word.end <= number.start);
    matches!(number.kind, Kind::Hour | Kind::Day) && !is(behind, AWAY) && !is(before, LEAST)
}

/// `weekly x 6`, `every 21 days x 3`: how often, and not how much or how often a day.
fn repeats_a_time(number: &Number, words: &[Token]) -> bool {
    const TIME: &[&str] = &[
        "day", "days", "week", "weeks", "weekly", "wk", "wks", "w", "qw", "cycle", "cycles",
        "month", "months", "monthly",
    ];
    let is_time = |word: &Token| {
        TIME.contains(&word.text.as_str())
            || word
                .text
                .strip_prefix('q')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_week = |word: &Token| ["week", "weekly", "wk"].contains(&word.text.as_str());
    let is_sign = |word: &&Token| ["(", ","].contains(&word.text.as_str());
    let before = words.iter().rev().filter(|word| word.end <= number.start);
    let mut before = before.filter(|word| !is_sign(word)).peekable();
    // "a week, 5 times", and not "weekly, 2 times a day"
    let behind = words.iter().find(|word| word.start >= number.end);
    let of_day = behind.is_some_and(|word| {
        ["a", "per", "/", "daily", "each", "every"].contains(&word.text.as_str())
    });
    if number.kind == Kind::Count && !of_day && before.peek().is_some_and(|word| is_week(word)) {
        return true;
    }
    let times = before
        .next()
        .is_some_and(|word| ["x", "for"].contains(&word.text.as_str()));
    times && before.next().is_some_and(is_time)
}

/// A number of days, weeks, cycles or times, or one of them by its number.
fn is_no_amount(number: &Number, words: &[Token]) -> bool {
    const BEFORE: &[&str] = &[
        "day",
        "days",
        "d",
        "week",
        "weeks",
        "wk",
        "cycle",
        "cycles",
        "fraction",
        "fractions",
        "every",
        "q",
        "arm",
        "group",
        "stage",
        "grade",
        "phase",
        "x",
    ];
    const BEHIND: &[&str] = &[
        "x",
        "times",
        "cycles",
        "cycle",
        "doses",
        "patients",
        "courses",
        "weekly",
        "infusions",
        "administrations",
        "minutes",
        "min",
        "ml",
        "l",
    ];
    let is = |word: Option<&Token>, list: &[&str]| {
        word.is_some_and(|word| list.contains(&word.text.as_str()))
    };
    let mut before = words.iter().rev().filter(|word| word.end <= number.start);
    let last = before.next();
    // "days 1 and 15"
    let joined = is(last, &["and", ",", "-", "to", "or"])
        && before.next().is_some_and(|word| word.number.is_some())
        && is(before.next(), &["day", "days", "d", "week", "weeks"]);
    joined || is(last, BEFORE) || is(words.iter().find(|word| word.start >= number.end), BEHIND)
}

/// A day, a week or a cycle by number: `from day 1 on`.
fn is_counted(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next();
    word.is_some_and(|word| {
        let counted = [
            "day",
            "days",
            "d",
            "week",
            "weeks",
            "cycle",
            "cycles",
            "fraction",
            "fractions",
        ];
        counted.iter().any(|known| known.eq_ignore_ascii_case(word))
    })
}

/// `1.000 mg/m2` is a thousand in one country and one in another: both can be meant.
fn ambiguous(text: &str) -> impl Iterator<Item = Number> {
    thousands(text)
        .into_iter()
        .map(|(value, start, end)| Number {
            value,
            unit: ONE,
            kind: Kind::Intensity,
            start,
            end,
        })
}

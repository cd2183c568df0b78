//! How often a drug is given and how long an infusion runs.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, peek, preceded};
use winnow::token::any;

use super::drug_name::drug;
use super::mention::{InfusionTime, TimeUnit};
use super::phrase::{
    Parsed, hours, minutes, number, one_of, per_day, per_week, range, time_unit, whole,
};
use super::token::{Token, Tokens};

/// How many times a day: `twice daily`, `b.i.d.`, `q12h`, `every 12 hours`.
pub(super) fn times_per_day(input: &mut Tokens<'_>) -> Parsed<Decimal> {
    let every = any.verify_map(|token: &Token| {
        let hours = token.text.strip_prefix('q')?;
        let hours = hours
            .strip_suffix("hr")
            .or_else(|| hours.strip_suffix('h'))?;
        times(hours.parse().ok()?)
    });
    let every_apart = any.verify_map(|token: &Token| {
        let hours = token.text.strip_prefix('q')?;
        times(hours.parse().ok()?)
    });
    let interval = number.verify_map(times);
    let interval_behind = number.verify_map(times);
    let day = || {
        alt((
            "daily".void(),
            (
                one_of(&["a", "per", "/", "each", "every"]),
                one_of(&["day", "d"]),
            )
                .void(),
        ))
    };
    let multiple = alt((
        "once".value(Decimal::from(1)),
        "twice".value(Decimal::from(2)),
        "thrice".value(Decimal::from(3)),
        (number, opt("-"), one_of(&["times", "x", "time"])).map(|(number, ..)| number),
    ));
    let short = alt((
        one_of(&["bid", "bd", "bds"]).value(Decimal::from(2)),
        one_of(&["tid", "tds"]).value(Decimal::from(3)),
        one_of(&["qid", "qds"]).value(Decimal::from(4)),
        one_of(&["qd", "od"]).value(Decimal::from(1)),
        ("bis", "in", "die").value(Decimal::from(2)),
    ));
    alt((
        short,
        every,
        (every_apart, opt("-"), hours).map(|(times, ..)| times),
        (one_of(&["every", "each", "q"]), interval, opt("-"), hours).map(|(_, times, ..)| times),
        (interval_behind, opt("-"), one_of(&["hourly"])).map(|(times, ..)| times),
        (multiple, opt("-"), day()).map(|(times, ..)| times),
        alt((
            (one_of(&["x", "*"]), number, day()).map(|(_, times, ())| times),
            (number, one_of(&["doses", "intakes"]), day()).map(|(times, ..)| times),
            (number, "daily", one_of(&["doses", "intakes"])).map(|(times, ..)| times),
        )),
        morning_and_evening,
    ))
    .parse_next(input)
}

/// So many times a day when one comes every so many hours.
pub(super) fn times(hours: Decimal) -> Option<Decimal> {
    let hours = whole(hours)?;
    (hours > 0 && hours <= 24 && 24 % hours == 0).then(|| Decimal::from(24 / hours))
}

/// `AM and PM`, `8 a.m. and 8 p.m.`, `in the morning and in the evening`.
fn morning_and_evening(input: &mut Tokens<'_>) -> Parsed<Decimal> {
    let hour = || number.verify(|hour: &Decimal| whole(*hour).is_some_and(|hour| hour <= 12));
    let each = || {
        (
            opt(one_of(&["once", "one", "half"])),
            opt(one_of(&["in", "every", "each"])),
            opt(one_of(&["the", "a", "an"])),
            opt(hour()),
        )
    };
    (
        each(),
        one_of(&["morning", "am"]),
        opt(","),
        one_of(&["and", "/", "&", "+"]),
        each(),
        one_of(&["evening", "night", "pm"]),
    )
        .value(Decimal::from(2))
        .parse_next(input)
}

/// Parts of a day's amount: `in two divided doses`, `divided into 2 doses`, `divided twice daily`.
pub(super) fn divided(input: &mut Tokens<'_>) -> Parsed<Decimal> {
    let doses = || {
        one_of(&[
            "dose",
            "doses",
            "potions",
            "intakes",
            "administrations",
            "portions",
        ])
    };
    let each_day = || opt(alt((per_day, "daily".void())));
    let given = || opt(one_of(&["in", "as", "into"]));
    alt((
        (
            given(),
            number,
            opt(one_of(&["equal", "equally", "daily", "separate"])),
            one_of(&["divided", "split"]),
            opt(one_of(&["daily", "equal"])),
            doses(),
            each_day(),
        )
            .map(|(_, parts, ..)| parts),
        (
            one_of(&["divided", "split"]),
            opt("equally"),
            one_of(&["into", "in", "as"]),
            number,
            opt(one_of(&["equal", "daily", "separate"])),
            opt(one_of(&["daily", "divided"])),
            doses(),
            each_day(),
        )
            .map(|(_, _, _, parts, ..)| parts),
        (
            one_of(&["divided", "split"]),
            opt(one_of(&["doses"])),
            times_per_day,
        )
            .map(|(.., parts)| parts),
        (
            one_of(&["in", "as"]),
            number,
            opt(one_of(&["equal", "daily", "separate"])),
            doses(),
            each_day(),
        )
            .map(|(_, parts, ..)| parts),
        (
            opt("in"),
            "divided",
            "doses",
            opt(one_of(&["given", ","])),
            times_per_day,
        )
            .map(|(.., parts)| parts),
    ))
    .parse_next(input)
}

/// How many times a week: `weekly`, `once a week`, `twice weekly`.
pub(super) fn times_per_week(input: &mut Tokens<'_>) -> Parsed<Decimal> {
    let multiple = alt((
        "once".value(Decimal::from(1)),
        "twice".value(Decimal::from(2)),
        "thrice".value(Decimal::from(3)),
        (number, opt("-"), one_of(&["times", "x", "time"])).map(|(number, ..)| number),
    ));
    alt((
        (multiple, opt("-"), per_week).map(|(times, ..)| times),
        one_of(&["weekly", "qw", "q1w", "qwk"]).value(Decimal::from(1)),
        ("q", one_of(&["week", "wk", "w"])).value(Decimal::from(1)),
        (one_of(&["every", "each"]), one_of(&["week", "wk"])).value(Decimal::from(1)),
    ))
    .parse_next(input)
}

/// How long an infusion runs: a number of hours or days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Time(InfusionTime),
    /// `for 96 hours`: an amount before it may be that of a day or of all.
    For(InfusionTime),
    Days(Decimal),
    /// `over a week`.
    Week,
}

impl Run {
    fn each_or_all(self) -> Self {
        match self {
            Self::Time(time) => Self::For(time),
            other => other,
        }
    }

    fn is_longer_than_a_day(&self) -> bool {
        let day = Decimal::from(24);
        match self {
            Self::Time(InfusionTime::Hours(hours)) => {
                hours.low.checked_sub(day).is_some_and(Decimal::is_positive)
            }
            _ => false,
        }
    }
}

/// `over 2 h`, `over 4 days`, `for 96 hours`, `in 4 days`, `46-hour infusion`, `continuous infusion`.
pub(super) fn run(input: &mut Tokens<'_>) -> Parsed<Run> {
    let length = || {
        alt((
            (range, opt("-"), hours).map(|(n, ..)| Run::Time(InfusionTime::Hours(n))),
            (range, opt("-"), minutes).map(|(n, ..)| Run::Time(InfusionTime::Minutes(n))),
        ))
    };
    let days = (number, opt("-"), time_unit)
        .verify_map(|(n, _, unit)| (unit == TimeUnit::Days).then_some(Run::Days(n)));
    let days_again = (number, opt("-"), time_unit)
        .verify_map(|(n, _, unit)| (unit == TimeUnit::Days).then_some(Run::Days(n)));
    let week = || {
        (
            one_of(&["a", "one", "1"]),
            opt("-"),
            one_of(&["week", "wk"]),
        )
            .value(Run::Week)
    };
    let infusion = || {
        (
            opt(one_of(&[
                "continuous",
                "iv",
                "intravenous",
                "prolonged",
                "protracted",
            ])),
            opt(one_of(&["intravenous", "iv", "venous"])),
            one_of(&["infusion", "infusions", "civi", "ci", "cvi"]),
        )
    };
    let continuous = || {
        alt((
            (
                one_of(&["continuous", "protracted", "prolonged"]),
                opt(one_of(&["intravenous", "iv", "venous", "i"])),
                opt(one_of(&["v"])),
                one_of(&["infusion", "infusions", "infusional"]),
            )
                .void(),
            one_of(&["civi", "cvi", "pvi"]).void(),
        ))
    };
    // "2 x 46 h" counts them
    let counted = input
        .previous_tokens()
        .next()
        .is_some_and(|before| before.number.is_some());
    alt((
        preceded(one_of(&["over", "in"]), week()),
        preceded(
            (one_of(&["over", "during"]), opt(one_of(&["a", "the"]))),
            alt((length(), days)),
        ),
        // "for 4 days" says how often, "for 96 hours" how long one infusion runs
        preceded("for", length())
            .verify(Run::is_longer_than_a_day)
            .map(Run::each_or_all),
        // "1000 mg/m2/24 h x 96 h"
        preceded("x", length())
            .verify(|run: &Run| !counted && run.is_longer_than_a_day())
            .map(Run::each_or_all),
        preceded("in", days_again),
        alt((
            (length(), infusion()).map(|(length, _)| length),
            // "96 hours of fluorouracil"
            (length(), "of", peek(drug))
                .map(|(length, ..)| length)
                .verify(Run::is_longer_than_a_day),
            // "continuous infusion 96 h", "continuous infusion (120 h)"
            (continuous(), opt(one_of(&["(", ",", ":"])), length()).map(|((), _, length)| length),
            continuous().value(Run::Time(InfusionTime::Continuous)),
            (one_of(&["iv", "intravenously"]), "continuously")
                .value(Run::Time(InfusionTime::Continuous)),
        )),
    ))
    .parse_next(input)
}

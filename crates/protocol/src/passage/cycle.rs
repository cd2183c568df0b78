//! Phrases of cycles, weeks and how long something lasts.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, peek, preceded};
use winnow::error::EmptyError;
use winnow::token::any;

use super::mention::{Range, Said, TimeUnit};
use super::phrase::{Parsed, count, list, number, one_of, per_week, range, time_unit, whole};
use super::token::{Token, Tokens};
use super::week;

/// `5 days on, 2 days off` are 5 days a week; `2 weeks on, 1 week off` a cycle of 3 weeks.
pub(super) fn on_and_off(input: &mut Tokens<'_>) -> Parsed<Said> {
    let joined = opt(one_of(&[",", "/", "and", "followed", "then", "-"]));
    let (on, unit, _, _, _, off, again, _) = (
        count,
        time_unit,
        "on",
        joined,
        opt(one_of(&["by", "and", "then"])),
        count,
        opt(time_unit),
        one_of(&["off", "rest"]),
    )
        .parse_next(input)?;
    let sum = Range::single(on.checked_add(off).ok_or(EmptyError)?.into());
    if again.is_some_and(|again| again != unit) {
        return Err(EmptyError);
    }
    if unit == TimeUnit::Days && sum == Range::single(7.into()) {
        return Ok(Said::DaysPerWeek(Range::single(on.into())));
    }
    Ok(Said::Cycle(sum, unit))
}

/// `5 days a week`, `five times per week`, `5 d/wk`.
pub(super) fn days_per_week(input: &mut Tokens<'_>) -> Parsed<Range> {
    if input
        .previous_tokens()
        .next()
        .is_some_and(|before| *before == "/")
    {
        return Err(EmptyError);
    }
    let of_seven = || {
        (
            one_of(&["out", "of", "/"]),
            opt("of"),
            opt(one_of(&["every", "each"])),
            number.verify(|number: &Decimal| *number == Decimal::from(7)),
        )
    };
    let days = || one_of(&["days", "day", "d"]);
    let kind = || one_of(&["consecutive", "treatment", "successive"]);
    // "5/7", "5 out of 7 days"
    let bare = (
        range.verify(|count| count.high <= Decimal::from(7)),
        of_seven(),
        alt(((days(), opt(per_week)).void(), per_week, peek(not_counted))),
    );
    alt((
        (
            range,
            opt("-"),
            opt(kind()),
            days(),
            opt(one_of(&["out", "of"])),
            per_week,
        )
            .map(|(count, ..)| count),
        (range, days(), of_seven()).map(|(count, ..)| count),
        bare.map(|(count, ..)| count),
        days_of_each_week,
        week::days_of_the_week,
    ))
    .parse_next(input)
}

/// Behind `5/7` without days: nothing of which there are seven.
fn not_counted(input: &mut Tokens<'_>) -> Parsed<()> {
    const BEHIND: &[&str] = &[
        "during",
        "with",
        "concurrent",
        "concurrently",
        "throughout",
        "from",
        "for",
        "on",
        "until",
        "while",
        "and",
    ];
    // "5/7 (71%)" counts patients
    let share = input.first().is_some_and(|next| *next == "(")
        && input.iter().skip(1).take(3).any(|token| *token == "%");
    if share {
        return Err(EmptyError);
    }
    match input.first() {
        Some(next) if next.is_word() && !BEHIND.contains(&next.text.as_str()) => Err(EmptyError),
        Some(next) if next.number.is_some() || *next == "/" || *next == "%" => Err(EmptyError),
        _ => Ok(()),
    }
}

/// `days 1-5 of each week`, `d1-5/week`: five days a week.
fn days_of_each_week(input: &mut Tokens<'_>) -> Parsed<Range> {
    let lettered = any.verify(|token: &Token| ["d1", "day1"].contains(&token.text.as_str()));
    let first = alt((
        lettered.void(),
        (
            one_of(&["days", "day", "d"]),
            count.verify(|first: &u32| *first == 1),
        )
            .void(),
    ));
    (
        opt("on"),
        first,
        one_of(&["-", "to", "through"]),
        opt(one_of(&["d", "day"])),
        count.verify(|last: &u32| (2..=7).contains(last)),
        opt(one_of(&["of", "in"])),
        opt(one_of(&["the"])),
        per_week,
    )
        .map(|(_, (), _, _, last, ..)| Range::single(last.into()))
        .parse_next(input)
}

/// "six weekly cycles" counts them.
fn counted(input: &mut Tokens<'_>) -> Parsed<()> {
    one_of(&[
        "cycle",
        "cycles",
        "fractions",
        "fraction",
        "doses",
        "dose",
        "infusions",
        "administrations",
        "courses",
    ])
    .void()
    .parse_next(input)
}

/// `every 21 days`, `q3w`, `21-day cycle`, `3-weekly`.
pub(super) fn cycle(input: &mut Tokens<'_>) -> Parsed<Said> {
    let short = any.verify_map(|token: &Token| {
        let rest = token.text.strip_prefix('q')?;
        let digits = rest.trim_end_matches(char::is_alphabetic);
        let unit = match &rest[digits.len()..] {
            "d" | "day" | "days" => TimeUnit::Days,
            "w" | "wk" | "wks" | "week" | "weeks" => TimeUnit::Weeks,
            _ => return None,
        };
        let length = digits.parse().ok()?;
        Some((Range::single(length), unit))
    });
    let bare = || {
        any.verify_map(|token: &Token| {
            let digits = token.text.strip_prefix('q')?;
            digits.parse().ok().map(Range::single)
        })
    };
    let cycles = || one_of(&["cycle", "cycles", "schedule", "interval", "intervals"]);
    alt((
        short.verify(|(range, unit)| *unit == TimeUnit::Days || range.low != 1.into()),
        (bare(), time_unit),
        // q21, q28
        bare()
            .verify(|range| whole(range.low).is_some_and(|days| days >= 7 && days % 7 == 0))
            .map(|range| (range, TimeUnit::Days)),
        (
            one_of(&["every", "q", "each"]),
            range,
            time_unit,
            opt(cycles()),
        )
            .map(|(_, length, unit, _)| (length, unit)),
        (one_of(&["every"]), "other", "week").value((Range::single(2.into()), TimeUnit::Weeks)),
        (range, time_unit, cycles()).map(|(length, unit, _)| (length, unit)),
        (
            "cycle",
            one_of(&["is", "was", "lasts", "length"]),
            opt(one_of(&["of", "is", ":"])),
            range,
            time_unit,
        )
            .map(|(.., length, unit)| (length, unit)),
        (
            range.verify(|range| whole(range.low).is_some_and(|weeks| weeks > 1)),
            opt("-"),
            "weekly",
            winnow::combinator::not(counted),
        )
            .map(|(length, ..)| (length, TimeUnit::Weeks)),
    ))
    .map(|(length, unit)| Said::Cycle(length, unit))
    .parse_next(input)
}

/// `4 cycles`, `for two further cycles`.
pub(super) fn cycles(input: &mut Tokens<'_>) -> Parsed<Said> {
    let more = opt(one_of(&[
        "further",
        "additional",
        "more",
        "postoperative",
        "adjuvant",
        "complementary",
        "consolidation",
    ]));
    let not_length = winnow::combinator::not((one_of(&["is", "was", "lasts"]), number));
    let courses = || one_of(&["cycles", "cycle", "courses", "course"]);
    let long = count.verify(|days: &u32| *days >= 14);
    alt((
        (
            range,
            more,
            opt(one_of(&["weekly", "-"])),
            courses(),
            not_length,
        )
            .map(|(count, ..)| count),
        // "two 28-day cycles": how long they are is read next
        (range, peek((long, opt("-"), "day", courses()))).map(|(count, _)| count),
        // "two 5-day courses"
        (range, number, opt("-"), one_of(&["day"]), courses()).map(|(count, ..)| count),
        ("repeated", range, "times").map(|(_, count, _)| count),
    ))
    .map(Said::Cycles)
    .parse_next(input)
}

/// `5 weeks`, `4-6 weeks`, `14 days`.
pub(super) fn duration(input: &mut Tokens<'_>) -> Parsed<Said> {
    // "6 weeks after", "within 28 days of" say when and not how long
    let before = input.previous_tokens().next();
    let interval = before.is_some_and(|word| {
        [
            "after", "within", "least", "past", "every", "-", "to", "exceed", "than", "most",
            "maximum", "interval", "rest",
        ]
        .contains(&word.text.as_str())
    }) || (before.is_some_and(|word| *word == "of" || *word == "/")
        && input
            .previous_tokens()
            .nth(1)
            .is_some_and(|word| word.number.is_some()));
    // "a rest of 6 weeks"
    let rest = before.is_some_and(|word| *word == "of")
        && input.previous_tokens().nth(1).is_some_and(|word| {
            ["rest", "interval", "gap", "break", "pause", "interruption"]
                .contains(&word.text.as_str())
        });
    let interval = interval || rest;
    let said = length(input)?;
    let behind = input.first();
    let then = behind.is_some_and(|word| {
        [
            "after",
            "before",
            "following",
            "prior",
            "later",
            "post",
            "from",
            "postoperatively",
            "apart",
        ]
        .contains(&word.text.as_str())
    });
    if interval || then {
        Err(EmptyError)
    } else {
        Ok(said)
    }
}

/// A number of days or of weeks.
pub(super) fn length(input: &mut Tokens<'_>) -> Parsed<Said> {
    let whole_days = one_of(&["consecutive", "calendar", "successive"]);
    alt((
        (range, opt("-"), opt(whole_days), one_of(&["days", "day"]))
            .map(|(n, ..)| Said::DurationDays(n)),
        (range, opt("-"), one_of(&["weeks", "week", "wk", "wks"])).map(|(n, ..)| Said::Weeks(n)),
    ))
    .parse_next(input)
}

fn ordinal(input: &mut Tokens<'_>) -> Parsed<u32> {
    const ORDINALS: &[&str] = &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    ];
    let word = any.verify_map(|token: &Token| {
        let at = ORDINALS.iter().position(|word| *word == token.text)?;
        u32::try_from(at + 1).ok()
    });
    // 1st, 5th
    let digits = (count, one_of(&["st", "nd", "rd", "th"])).map(|(n, _)| n);
    alt((word, digits)).parse_next(input)
}

/// `in weeks 1 and 5`.
pub(super) fn week_numbers(input: &mut Tokens<'_>) -> Parsed<Said> {
    const BEGIN: &[&str] = &["beginning", "starting", "from", "begin"];
    if input
        .previous_tokens()
        .next()
        .is_some_and(|word| BEGIN.contains(&word.text.as_str()))
    {
        return Err(EmptyError);
    }
    let word = one_of(&["weeks", "week", "wk", "wks"]);
    let numbered = preceded((word, opt("#")), |input: &mut Tokens<'_>| {
        list(input, &["week", "w"])
    });
    let lettered = |input: &mut Tokens<'_>| {
        let first = input.first().and_then(|token| {
            let digits = token.text.strip_prefix("wk")?;
            digits.parse::<u16>().ok()
        });
        if first.is_none() {
            return Err(EmptyError);
        }
        list(input, &["wk"])
    };
    let weeks = || one_of(&["weeks", "week"]);
    let first = ("first", count.verify(|last: &u32| *last > 0), weeks())
        .map(|(_, last, _)| vec![(1, last)]);
    let second = preceded((one_of(&["and", ","]), opt("the")), ordinal);
    let treatment = one_of(&["treatment", "radiotherapy", "radiation"]);
    let ordinals = (ordinal, second, opt(treatment), weeks())
        .map(|(first, second, ..)| vec![(first, first), (second, second)]);
    let during =
        (one_of(&["in", "during"]), opt("the"), ordinal, "week").map(|(_, _, n, _)| vec![(n, n)]);
    alt((numbered, lettered, first, ordinals, during))
        .map(Said::WeekNumbers)
        .parse_next(input)
}

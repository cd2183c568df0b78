//! Phrases of time: on which days, in which weeks, how long a cycle is, ages and distances.

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::EmptyError;
use winnow::token::any;

use super::mention::{Range, Said, SaidDays, TimeUnit};
use super::phrase::{
    Parsed, comparison, comparison_behind, count, list, number, one_of, per_week, radiotherapy,
    range, time_unit, whole,
};
use super::token::{Token, Tokens};

/// Days by name or by number.
pub(super) fn days(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    let first = ("first", count.verify(|last: &u32| *last > 0), "days")
        .map(|(_, last, _)| SaidDays::Numbers(vec![(1, last)]));
    alt((
        radiotherapy_days,
        calendar_days,
        weekdays,
        weekends,
        radiotherapy_days,
        first,
        day_numbers,
    ))
    .parse_next(input)
}

fn weekend(input: &mut Tokens<'_>) -> Parsed<()> {
    alt((
        one_of(&["weekend", "weekends"]).void(),
        (
            one_of(&["saturday", "saturdays", "sat"]),
            one_of(&["and", "&", "/", "or", "-", "to"]),
            one_of(&["sunday", "sundays", "sun"]),
        )
            .void(),
    ))
    .parse_next(input)
}

fn weekdays(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    let pause = || {
        one_of(&[
            "break",
            "breaks",
            "rest",
            "pause",
            "pauses",
            "interruption",
            "off",
        ])
    };
    let monday = one_of(&["monday", "mondays", "mon", "m"]);
    let to = one_of(&["to", "through", "thru", "-", "till", "until"]);
    let friday = one_of(&["friday", "fridays", "fri", "f"]);
    alt((
        one_of(&["weekdays", "weekday", "workdays"]).void(),
        (one_of(&["working", "week", "business"]), one_of(&["days"])).void(),
        (opt("from"), monday, opt(to), friday).void(),
        alt((
            (
                opt("but"),
                one_of(&["not", "omitted", "never"]),
                opt(one_of(&["taken", "given"])),
                opt(one_of(&["on", "at", "during"])),
                opt("the"),
                weekend,
            )
                .void(),
            ("no", any, one_of(&["on", "at", "during"]), weekend).void(),
        )),
        (
            one_of(&["excluding", "except", "omitting", "without", "excl", "no"]),
            opt(one_of(&["for", "on", "during", "treatment"])),
            opt(one_of(&["on", "the", "at"])),
            weekend,
        )
            .void(),
        (opt("with"), opt("a"), weekend, pause()).void(),
        (weekend, one_of(&["excluded", "off", "free"])).void(),
        (opt("with"), weekend, one_of(&["break", "breaks", "rest"])).void(),
    ))
    .value(SaidDays::Weekdays)
    .parse_next(input)
}

fn calendar_days(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    let pause = || {
        one_of(&[
            "break",
            "breaks",
            "rest",
            "interruption",
            "interruptions",
            "pause",
        ])
    };
    alt((
        (
            one_of(&["including", "incl", "inclusive"]),
            opt(one_of(&["of", "on"])),
            opt("the"),
            weekend,
        )
            .void(),
        (
            opt("with"),
            one_of(&["without", "no"]),
            opt(one_of(&["a", "any"])),
            opt(one_of(&["weekend", "weekends", "treatment"])),
            pause(),
        )
            .void(),
        ("every", "day", opt(("of", "the", "week"))).void(),
        continuously,
        (weekend, "included").void(),
    ))
    .value(SaidDays::CalendarDays)
    .parse_next(input)
}

/// `continuously`, unless words behind it say on which days.
fn continuously(input: &mut Tokens<'_>) -> Parsed<()> {
    let _ = one_of(&["continuously", "uninterruptedly"]).parse_next(input)?;
    let mut ahead = input.clone();
    let _ = opt(one_of(&["on", "from"])).parse_next(&mut ahead)?;
    if weekdays(&mut ahead).is_ok() || day_numbers(&mut ahead).is_ok() {
        return Err(EmptyError);
    }
    Ok(())
}

fn weekends(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    (
        opt(one_of(&["on", "at", "during", "over"])),
        opt("the"),
        weekend,
    )
        .value(SaidDays::Weekends)
        .parse_next(input)
}

/// `on days of radiotherapy`, `on irradiation days`, `on each day of RT`, `with each fraction`.
fn radiotherapy_days(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    let counted = input.previous_tokens().next().is_some_and(|before| {
        before.number.is_some() || ["-", "first", "last", "within"].contains(&before.text.as_str())
    });
    if counted {
        return Err(EmptyError);
    }
    let all = || {
        opt(one_of(&[
            "all", "the", "each", "every", "same", "those", "only",
        ]))
    };
    let treatment = || {
        alt((
            radiotherapy,
            (one_of(&[
                "treatment",
                "treatments",
                "fractions",
                "fraction",
                "external",
            ]))
            .void(),
        ))
    };
    alt((
        (
            one_of(&["on", "only"]),
            opt("only"),
            all(),
            all(),
            one_of(&["days", "day"]),
            one_of(&["of", "when", "with", "that", "they", "receiving"]),
            opt(one_of(&[
                "the",
                "their",
                "of",
                "receiving",
                "patients",
                "receive",
            ])),
            opt(one_of(&["receive", "received", "the"])),
            treatment(),
        )
            .void(),
        (
            one_of(&["on", "only"]),
            opt("only"),
            all(),
            one_of(&["days", "day"]),
            "on",
            "which",
            opt("the"),
            treatment(),
        )
            .void(),
        (
            one_of(&["on", "only"]),
            opt("only"),
            all(),
            all(),
            treatment(),
            one_of(&["days", "day"]),
        )
            .void(),
        (
            one_of(&["each", "every"]),
            "day",
            one_of(&["of", "that", "when", "with"]),
            opt("the"),
            treatment(),
        )
            .void(),
        (radiotherapy, "days").void(),
        (
            one_of(&["with", "before", "at"]),
            one_of(&["each", "every"]),
            opt(radiotherapy),
            one_of(&["fraction"]),
        )
            .void(),
    ))
    .parse_next(input)?;
    // "on treatment days 1 to 14" counts them
    if input.first().is_some_and(|next| next.number.is_some()) {
        return Err(EmptyError);
    }
    Ok(SaidDays::RadiotherapyDays)
}

/// `days 1-14`, `day 1`, `d1,8`, `D1-D14`.
fn day_numbers(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    const BEGIN: &[&str] = &[
        "from",
        "beginning",
        "starting",
        "since",
        "after",
        "until",
        "begin",
        "start",
    ];
    // "from day 1" says when something begins
    let mut before = input.previous_tokens().map(|token| token.text.as_str());
    let near = before.next().unwrap_or_default();
    let begins = BEGIN.contains(&near)
        || (near == "on" && before.next().is_some_and(|word| BEGIN.contains(&word)));
    let single = |numbers: &[(u32, u32)]| matches!(numbers, [(first, last)] if first == last);
    let lettered = input.first().is_some_and(|token| {
        let digits = token
            .text
            .strip_prefix("day")
            .or_else(|| token.text.strip_prefix('d'));
        digits.is_some_and(|digits| !digits.is_empty() && digits.parse::<u16>().is_ok())
    });
    if !lettered {
        let _ = one_of(&["days", "day", "d", "ds"]).parse_next(input)?;
        // "33 days: 49 patients"
        let counted = input
            .previous_tokens()
            .nth(1)
            .is_some_and(|word| word.number.is_some());
        if !counted {
            let _ = opt(one_of(&[".", ":", "#"])).parse_next(input)?;
        }
    }
    let numbers = list(input, &["day", "d"])?;
    // "day 5 Gy" and "day 2 cycles" name none
    // "D2 gastrectomy" is an operation
    let other = [
        "gy",
        "cgy",
        "mg",
        "%",
        "gastrectomy",
        "lymphadenectomy",
        "dissection",
        "resection",
    ];
    let each_week = input.first().is_some_and(|next| *next == "/")
        && input
            .get(1)
            .is_some_and(|next| ["week", "wk"].contains(&next.text.as_str()));
    if each_week
        || input
            .first()
            .is_some_and(|next| other.contains(&next.text.as_str()))
        || (begins && single(&numbers))
    {
        return Err(EmptyError);
    }
    Ok(SaidDays::Numbers(numbers))
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
    (
        range,
        opt("-"),
        one_of(&["days", "day", "d"]),
        opt(one_of(&["out", "of"])),
        per_week,
    )
        .map(|(count, ..)| count)
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
    let bare = any.verify_map(|token: &Token| {
        let digits = token.text.strip_prefix('q')?;
        digits.parse().ok().map(Range::single)
    });
    let cycles = || one_of(&["cycle", "cycles", "schedule", "interval", "intervals"]);
    alt((
        short.verify(|(range, unit)| *unit == TimeUnit::Days || range.low != 1.into()),
        (bare, time_unit),
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
    ]));
    let not_length = winnow::combinator::not((one_of(&["is", "was", "lasts"]), number));
    (
        range,
        more,
        opt(one_of(&["weekly", "-"])),
        one_of(&["cycles", "cycle", "courses", "course"]),
        not_length,
    )
        .map(|(count, ..)| Said::Cycles(count))
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
        ]
        .contains(&word.text.as_str())
    });
    if interval || then {
        Err(EmptyError)
    } else {
        Ok(said)
    }
}

fn length(input: &mut Tokens<'_>) -> Parsed<Said> {
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
    any.verify_map(|token: &Token| {
        let at = ORDINALS.iter().position(|word| *word == token.text)?;
        u32::try_from(at + 1).ok()
    })
    .parse_next(input)
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
    let weeks = || one_of(&["weeks", "week"]);
    let first = ("first", count.verify(|last: &u32| *last > 0), weeks())
        .map(|(_, last, _)| vec![(1, last)]);
    let ordinals = (ordinal, preceded(one_of(&["and", ","]), ordinal), weeks())
        .map(|(first, second, _)| vec![(first, first), (second, second)]);
    let during =
        (one_of(&["in", "during"]), opt("the"), ordinal, "week").map(|(_, _, n, _)| vec![(n, n)]);
    alt((numbered, first, ordinals, during))
        .map(Said::WeekNumbers)
        .parse_next(input)
}

/// `aged 18 years or older`, `≥ 18 years`, `18-75 years old`.
pub(super) fn age(input: &mut Tokens<'_>) -> Parsed<Said> {
    let years = || (opt("-"), one_of(&["years", "year", "yrs", "yr", "y"]));
    let of_age = || opt(alt((one_of(&["old"]).void(), ("of", "age").void())));
    let aged = || one_of(&["age", "aged", "ages"]);
    let between = || opt(one_of(&["between", "from", "of", ":", "is", "was"]));
    let both = (number, one_of(&["-", "to", "and"]), number);
    let both_again = (number, opt(years()), one_of(&["-", "to", "and"]), number);
    alt((
        (comparison, number, years(), of_age()).map(|(sign, n, ..)| format!("{sign} {n} years")),
        (both, years(), of_age()).map(|((low, _, high), ..)| format!("{low}-{high} years")),
        (number, years(), of_age(), comparison_behind)
            .map(|(n, _, _, sign)| format!("{sign} {n} years")),
        (number, one_of(&["years"]), one_of(&["≥", "+"])).map(|(n, ..)| format!(">= {n} years")),
        (aged(), between(), comparison, number, opt(years()))
            .map(|(_, _, sign, n, _)| format!("{sign} {n} years")),
        (aged(), between(), both_again, opt(years()), of_age())
            .map(|(_, _, (low, _, _, high), ..)| format!("{low}-{high} years")),
        (
            aged(),
            between(),
            number,
            opt(years()),
            of_age(),
            comparison_behind,
        )
            .map(|(_, _, n, _, _, sign)| format!("{sign} {n} years")),
        alt((
            (one_of(&["over", "above"]), opt("the"), "age", "of", number)
                .map(|(.., n)| format!("> {n} years")),
            ("minimum", "age", opt("of"), number, opt(years()))
                .map(|(_, _, _, n, _)| format!(">= {n} years")),
            (number, one_of(&["≤"]), "age", one_of(&["≤"]), number)
                .map(|(low, .., high)| format!("{low}-{high} years")),
        )),
    ))
    .map(Said::Age)
    .parse_next(input)
}

/// `≤ 4 cm`, `within 8 cm`, `4 cm or less`, `1 mm`.
pub(super) fn size(input: &mut Tokens<'_>) -> Parsed<Said> {
    let unit = || {
        preceded(
            opt("-"),
            one_of(&["cm", "mm", "centimeters", "millimeters"]),
        )
    };
    let not_volume = |input: &mut Tokens<'_>| -> Parsed<()> {
        match input.first() {
            Some(next) if !next.spaced && next.number.is_some() => Err(EmptyError),
            _ => Ok(()),
        }
    };
    let within = one_of(&["within", "to"]).value("<=");
    let sign = alt((comparison, within));
    alt((
        ("between", number, "and", number, unit())
            .map(|(_, low, _, high, unit)| format!("{low}-{high} {unit}")),
        (sign, number, unit(), not_volume).map(|(sign, n, unit, ())| format!("{sign} {n} {unit}")),
        (number, unit(), opt("in"), comparison_behind)
            .map(|(n, unit, _, sign)| format!("{sign} {n} {unit}")),
        (range, unit(), not_volume).map(|(n, unit, ())| format!("{n} {unit}")),
    ))
    .map(Said::Size)
    .parse_next(input)
}

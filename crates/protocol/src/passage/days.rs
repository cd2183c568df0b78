//! On which days: those of radiotherapy, of the week, by number.

use winnow::Parser as _;
use winnow::combinator::{alt, opt};
use winnow::error::EmptyError;
use winnow::token::any;

use super::mention::SaidDays;
use super::phrase::{Parsed, count, list, one_of, radiotherapy};
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
        alternate_days,
        radiotherapy_days,
        first,
        day_numbers,
    ))
    .parse_next(input)
}

/// Between the first and the last day of a week.
fn to<'t>() -> impl winnow::Parser<Tokens<'t>, &'t Token, EmptyError> {
    one_of(&["to", "through", "thru", "-", "till", "until"])
}

/// `on alternate days`, `every other day`, `every second day`.
fn alternate_days(input: &mut Tokens<'_>) -> Parsed<SaidDays> {
    alt((
        (opt("on"), "alternate", "days").void(),
        (opt("on"), "alternating", "days").void(),
        (
            one_of(&["every", "each"]),
            one_of(&["other", "second", "2nd"]),
            "day",
        )
            .void(),
        one_of(&["q2d", "qod", "eod"]).void(),
    ))
    .value(SaidDays::AlternateDays)
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

const IS: &[&str] = &["is", "are", "was", "were"];

const TAKEN: &[&str] = &["taken", "given", "administered", "swallowed"];

/// Words for days on which nothing is taken.
const PAUSED: &[&str] = &[
    "omitted",
    "omitting",
    "paused",
    "pausing",
    "pause",
    "skipped",
    "skipping",
    "interrupted",
    "interrupting",
    "stopped",
    "stopping",
    "rest",
    "resting",
    "break",
];

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
    let friday = one_of(&["friday", "fridays", "fri", "f"]);
    alt((
        one_of(&["weekdays", "weekday", "workdays"]).void(),
        (one_of(&["working", "week", "business"]), one_of(&["days"])).void(),
        (opt("from"), monday, opt(to()), friday).void(),
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
            // "no drug on weekends", "no dose of capecitabine on the weekend"
            (
                one_of(&["no", "without"]),
                any,
                opt(("of", any)),
                opt(one_of(IS)),
                opt(one_of(TAKEN)),
                one_of(&["on", "at", "during"]),
                opt("the"),
                weekend,
            )
                .void(),
            // "nothing is taken at weekends"
            (
                "nothing",
                opt(one_of(IS)),
                opt(one_of(TAKEN)),
                one_of(&["on", "at", "during"]),
                opt("the"),
                weekend,
            )
                .void(),
            // "pausing at weekends", "with rest on Saturday and Sunday"
            (
                opt("with"),
                opt("a"),
                one_of(PAUSED),
                opt(one_of(&["on", "at", "during", "over"])),
                opt("the"),
                weekend,
            )
                .void(),
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
            opt("."),
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
        (weekend, opt(one_of(&["are", "were"])), "included").void(),
        // "not omitted on weekends", "also at weekends"
        (
            alt((
                (
                    one_of(&["not", "never", "without"]),
                    alt((one_of(PAUSED), one_of(&["excluding", "excluded"]))),
                )
                    .void(),
                one_of(&["also", "even"]).void(),
            )),
            opt(one_of(&["on", "at", "during", "over", "for"])),
            opt("the"),
            weekend,
        )
            .void(),
        monday_to_sunday,
        all_days,
    ))
    .value(SaidDays::CalendarDays)
    .parse_next(input)
}

fn monday_to_sunday(input: &mut Tokens<'_>) -> Parsed<()> {
    (
        opt("from"),
        one_of(&["monday", "mondays", "mon"]),
        opt(to()),
        one_of(&["sunday", "sundays", "sun"]),
    )
        .void()
        .parse_next(input)
}

/// `on all seven days of the week`, `on calendar days`.
fn all_days(input: &mut Tokens<'_>) -> Parsed<()> {
    let seven = opt(count.verify(|days: &u32| *days == 7));
    alt((
        (
            opt("on"),
            one_of(&["all", "each", "every"]),
            seven,
            one_of(&["days", "day"]),
            opt("of"),
            one_of(&["the", "a", "each", "per"]),
            "week",
        )
            .void(),
        (
            "on",
            opt(one_of(&["all", "every"])),
            "calendar",
            one_of(&["days", "day"]),
        )
            .void(),
    ))
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
        // "on each day radiotherapy is delivered"
        (
            one_of(&["each", "every"]),
            "day",
            opt(one_of(&["that", "when", "on"])),
            radiotherapy,
            one_of(&["is", "was"]),
            one_of(&["delivered", "given"]),
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

/// `day 15 is the first day of radiotherapy`: what the day is, and not that something is given.
fn is_explained(input: &Tokens<'_>) -> bool {
    const FIRST: &[&str] = &["first", "start", "beginning", "onset", "begin"];
    let is = input.first().is_some_and(|next| {
        let word = next.text.as_str();
        IS.contains(&word) || ["being", "="].contains(&word)
    });
    let mut behind = input.iter().skip(1).take(4);
    is && behind.any(|word| FIRST.contains(&word.text.as_str()))
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
    let are_several = input.first().is_some_and(|token| *token == "days");
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
    let mut numbers = list(input, &["day", "d"])?;
    // "on days 1 and 29 patients got": several days, so that the 29 counts no patients
    if are_several && single(&numbers) {
        let mut ahead = input.clone();
        let next = (one_of(&["and", "&"]), count).parse_next(&mut ahead);
        let counted = ahead.first().is_some_and(|word| *word == "patients");
        if let (Ok((_, next)), true) = (next, counted) {
            if numbers.iter().all(|(_, last)| *last < next) {
                numbers.push((next, next));
                *input = ahead;
            }
        }
    }
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
        || is_explained(input)
        || input
            .first()
            .is_some_and(|next| other.contains(&next.text.as_str()))
        || (begins && single(&numbers))
    {
        return Err(EmptyError);
    }
    Ok(SaidDays::Numbers(numbers))
}

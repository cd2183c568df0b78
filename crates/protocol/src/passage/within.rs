//! The longest time that radiotherapy may take: `25 fractions within 33 days`.

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::EmptyError;

use super::cycle::length;
use super::mention::{Said, TimeUnit};
use super::phrase::{Parsed, one_of};
use super::token::Tokens;

/// Behind these, a time within which something is given is one of the radiotherapy.
const RADIATION: &[&str] = &[
    "fraction",
    "fractions",
    "fx",
    "fxs",
    "fr",
    "gy",
    "gray",
    "cgy",
    "treatments",
    "sessions",
];

/// Between radiation and the time within which it is given.
const GIVEN: &[&str] = &[
    ",",
    "(",
    "delivered",
    "given",
    "administered",
    "completed",
    "finished",
    "to",
    "be",
    "must",
    "should",
    "is",
    "are",
    "was",
    "were",
    "all",
    "daily",
    "treatment",
    "radiotherapy",
    "a",
    "total",
    "of",
    "in",
    "and",
    "per",
    "each",
    "once",
    "twice",
    "day",
];

/// `25 fractions within 33 days`, `overall treatment time not to exceed 45 days`: so long at most. "Within 28
/// days of surgery" says when something begins.
pub(super) fn within(input: &mut Tokens<'_>) -> Parsed<Said> {
    let given = input
        .previous_tokens()
        .find(|token| !GIVEN.contains(&token.text.as_str()))
        .is_some_and(|token| RADIATION.contains(&token.text.as_str()));
    let at_most = || {
        alt((
            one_of(&["within", "≤", "<"]).void(),
            ("in", "less", "than").void(),
            ("in", "no", "more", "than").void(),
            ("in", "at", "most").void(),
        ))
    };
    let not_exceed = || {
        alt((
            (
                opt(one_of(&["is", "was", "must", "should", "may"])),
                "not",
                opt("to"),
                one_of(&["exceed", "exceeding"]),
            )
                .void(),
            (opt(one_of(&["is", "was", "of"])), at_most()).void(),
            (opt(one_of(&["of", "is", "was"])), "at", "most").void(),
            (
                opt(one_of(&["of", "is", "was"])),
                "no",
                one_of(&["more", "longer"]),
                "than",
            )
                .void(),
            one_of(&["maximum", "max"]).void(),
        ))
    };
    let overall = (
        one_of(&["overall", "total"]),
        opt(one_of(&["treatment", "radiotherapy", "radiation"])),
        one_of(&["time", "duration"]),
        opt((opt("("), "ott", opt(")"))),
        not_exceed(),
    );
    let start = if given {
        alt((at_most(), overall.void())).parse_next(input)
    } else {
        overall.void().parse_next(input)
    };
    start?;
    let said = preceded(opt(one_of(&["a", "the"])), length).parse_next(input)?;
    let then = input.first().is_some_and(|word| {
        [
            "of",
            "after",
            "before",
            "following",
            "prior",
            "later",
            "post",
            "from",
            "postoperatively",
            "postoperative",
        ]
        .contains(&word.text.as_str())
    });
    match said {
        Said::DurationDays(days) if !then => Ok(Said::Within(days, TimeUnit::Days)),
        Said::Weeks(weeks) if !then => Ok(Said::Within(weeks, TimeUnit::Weeks)),
        _ => Err(EmptyError),
    }
}

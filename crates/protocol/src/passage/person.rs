//! Ages and sizes with how they compare.

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::EmptyError;

use super::mention::Said;
use super::phrase::{Parsed, comparison, comparison_behind, number, one_of, range};
use super::token::Tokens;

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

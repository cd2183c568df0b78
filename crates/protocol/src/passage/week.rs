//! Days of the week by name: `Monday to Saturday`, `Monday, Wednesday and Friday`, `on Mondays`.

use winnow::Parser as _;
use winnow::combinator::{alt, opt, separated};
use winnow::token::any;

use super::mention::Range;
use super::phrase::{Parsed, one_of};
use super::token::{Token, Tokens};

const NAMES: [&[&str]; 7] = [
    &["monday", "mondays", "mon"],
    &["tuesday", "tuesdays", "tue", "tues"],
    &["wednesday", "wednesdays", "wed"],
    &["thursday", "thursdays", "thu", "thur", "thurs"],
    &["friday", "fridays", "fri"],
    &["saturday", "saturdays", "sat"],
    &["sunday", "sundays", "sun"],
];

/// A day by name, Monday being 0.
fn day(input: &mut Tokens<'_>) -> Parsed<u32> {
    any.verify_map(|token: &Token| {
        let at = NAMES
            .iter()
            .position(|names| names.contains(&token.text.as_str()))?;
        u32::try_from(at).ok()
    })
    .parse_next(input)
}

/// `on Mondays`: on each of them.
fn day_in_plural(input: &mut Tokens<'_>) -> Parsed<u32> {
    let plural = input
        .first()
        .is_some_and(|token| token.text.ends_with("days"));
    if plural {
        day(input)
    } else {
        Err(winnow::error::EmptyError)
    }
}

/// How many days of the week are named. The two of a weekend, Monday to Friday and all seven have a meaning
/// that is more than a number.
pub(super) fn days_of_the_week(input: &mut Tokens<'_>) -> Parsed<Range> {
    let to = one_of(&["to", "through", "thru", "-", "till", "until"]);
    let stretch = (opt("from"), day, opt(to), day).verify_map(|(_, first, _, last)| {
        let days = last.checked_sub(first)? + 1;
        (first == 0 && days != 5 && days != 7).then_some(days)
    });
    let join = || {
        alt((
            (",", opt(one_of(&["and", "&"]))).void(),
            one_of(&["and", "&", "/", "+"]).void(),
        ))
    };
    let list = separated(2..=6, day, join()).verify_map(|days: Vec<u32>| {
        let rising = days.windows(2).all(|pair| pair[0] < pair[1]);
        let first_five = days.len() == 5 && days.iter().all(|day| *day < 5);
        (rising && days != [5, 6] && !first_five).then_some(days.len())
    });
    let each = alt((
        (one_of(&["every", "each"]), day).map(|(_, day)| day),
        ("on", day_in_plural).map(|(_, day)| day),
    ));
    let several = alt((stretch, list.verify_map(|days| u32::try_from(days).ok())));
    alt(((opt("on"), several).map(|(_, days)| days), each.value(1)))
        .map(|days: u32| Range::single(days.into()))
        .parse_next(input)
}

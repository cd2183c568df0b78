//! The phrases that others are built of: numbers, ranges, comparisons, units of time.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, separated, terminated};
use winnow::error::EmptyError;
use winnow::token::any;

use super::mention::{Range, TimeUnit};
use super::token::{Token, Tokens};

/// What a phrase gives, where it stands next.
pub(crate) type Parsed<T> = winnow::Result<T, EmptyError>;

/// One of these words or signs.
pub(crate) fn one_of<'t>(
    words: &'static [&'static str],
) -> impl winnow::Parser<Tokens<'t>, &'t Token, EmptyError> {
    any.verify(move |token: &Token| words.contains(&token.text.as_str()))
}

/// A number in digits or as a word.
pub(crate) fn number(input: &mut Tokens<'_>) -> Parsed<Decimal> {
    any.verify_map(|token: &Token| token.number)
        .parse_next(input)
}

/// A whole number.
pub(crate) fn count(input: &mut Tokens<'_>) -> Parsed<u32> {
    number.verify_map(whole).parse_next(input)
}

pub(crate) fn whole(number: Decimal) -> Option<u32> {
    number
        .to_integer()
        .and_then(|number| number.try_into().ok())
}

/// A number or a range: `25`, `25-28`, `4 to 6`.
pub(crate) fn range(input: &mut Tokens<'_>) -> Parsed<Range> {
    let upper = preceded(one_of(&["-", "to", "through"]), number);
    (number, opt(upper))
        .verify_map(|(low, high)| {
            let high = high.unwrap_or(low);
            (low <= high).then_some(Range { low, high })
        })
        .parse_next(input)
}

/// Several values of one unit: `625, 700 and 825`. Two at least.
pub(crate) fn levels<'t, T>(
    one: impl winnow::Parser<Tokens<'t>, T, EmptyError> + Copy,
) -> impl winnow::Parser<Tokens<'t>, Vec<T>, EmptyError> {
    let join = alt((
        (",", opt(one_of(&["and", "or"]))).void(),
        one_of(&["and", "or"]).void(),
    ));
    separated(2..=12, one, join)
}

/// A list of numbers and spans: `1-14, 22 and 29`; an item may bear a letter (`d1-d14`).
pub(crate) fn list(input: &mut Tokens<'_>, letters: &[&str]) -> Parsed<Vec<(u32, u32)>> {
    let mut out = vec![span(input, letters)?];
    loop {
        let before = input.clone();
        let comma = opt(one_of(&[",", "/"])).parse_next(input)?.is_some();
        let and = opt(one_of(&["and", "&", "+"])).parse_next(input)?.is_some();
        // the days of `days 1, 8, 15`, said again in `days 1-5 and days 29-33`
        let _ = opt(one_of(&["days", "day", "weeks", "week", "fractions"])).parse_next(input)?;
        match span(input, letters) {
            Ok(next) if (comma || and) && out.last().is_some_and(|last| next.0 > last.1) => {
                out.push(next);
            }
            _ => {
                *input = before;
                return Ok(out);
            }
        }
    }
}

fn span(input: &mut Tokens<'_>, letters: &[&str]) -> Parsed<(u32, u32)> {
    let before = input.clone();
    let first = item(input, letters)?;
    let after = input.clone();
    let joined = one_of(&["-", "to", "through", "until", "till"]).parse_next(input);
    let again = opt(one_of(&["day", "days", "d", "week", "fraction"])).parse_next(input)?;
    match (joined, item(input, letters)) {
        (Ok(_), Ok(last)) if last > first => Ok((first, last)),
        (Ok(_), Ok(_)) if again.is_none() => {
            *input = before;
            Err(EmptyError)
        }
        _ => {
            *input = after;
            Ok((first, first))
        }
    }
}

fn item(input: &mut Tokens<'_>, letters: &[&str]) -> Parsed<u32> {
    let lettered = |token: &Token| {
        letters
            .iter()
            .find_map(|letter| token.text.strip_prefix(letter)?.parse().ok())
    };
    let before = input.clone();
    let value: u32 = alt((
        any.verify_map(|token: &Token| token.number.and_then(whole)),
        any.verify_map(lettered),
    ))
    .parse_next(input)?;
    // "day 1 and 5-fluorouracil", "days 1, 8 and 830 mg/m2"
    let behind = input
        .first()
        .is_some_and(|next| UNITS.contains(&next.text.as_str()));
    let drug = input.first().is_some_and(|next| *next == "-")
        && input
            .get(1)
            .is_some_and(|next| next.text.starts_with("fu") || next.text.starts_with("fluoro"));
    if value > 1000 || behind || drug {
        *input = before;
        return Err(EmptyError);
    }
    Ok(value)
}

/// Behind a number, these make it an amount and no day.
const UNITS: &[&str] = &[
    "mg",
    "g",
    "gy",
    "cgy",
    "%",
    "ml",
    "x",
    "patients",
    "cycles",
    "fractions",
    "fx",
];

/// Signs and words that compare, as a sign.
pub(crate) fn comparison(input: &mut Tokens<'_>) -> Parsed<&'static str> {
    let signs = alt((
        "≤".value("<="),
        "≥".value(">="),
        "<".value("<"),
        ">".value(">"),
    ));
    let words = alt((
        (one_of(&["no", "not"]), one_of(&["more", "greater"]), "than").value("<="),
        (opt("must"), "not", opt("to"), "exceed").value("<="),
        alt((
            (one_of(&["greater", "more"]), "than", "or", "equal", "to").value(">="),
            ("less", "than", "or", "equal", "to").value("<="),
        )),
        ("not", "exceeding").value("<="),
        ("at", "least").value(">="),
        ("at", "most").value("<="),
        (one_of(&["less", "lower", "smaller", "younger"]), "than").value("<"),
        (one_of(&["more", "greater", "larger", "older"]), "than").value(">"),
        alt((one_of(&["below", "under"]).value("<"), "above".value(">"))),
    ));
    alt((signs, words)).parse_next(input)
}

/// Behind a number: `or more`, `and older`, `or less`.
pub(crate) fn comparison_behind(input: &mut Tokens<'_>) -> Parsed<&'static str> {
    let join = one_of(&["or", "and"]);
    preceded(
        (opt(","), join),
        alt((
            one_of(&[
                "more", "older", "above", "over", "greater", "larger", "higher",
            ])
            .value(">="),
            one_of(&["less", "younger", "below", "under", "smaller"]).value("<="),
        )),
    )
    .parse_next(input)
}

pub(crate) fn hours(input: &mut Tokens<'_>) -> Parsed<()> {
    one_of(&["h", "hr", "hrs", "hour", "hours"])
        .void()
        .parse_next(input)
}

pub(crate) fn minutes(input: &mut Tokens<'_>) -> Parsed<()> {
    one_of(&["min", "mins", "minute", "minutes"])
        .void()
        .parse_next(input)
}

/// `day`, `days`, `weeks` … after a number, perhaps with a hyphen.
pub(crate) fn time_unit(input: &mut Tokens<'_>) -> Parsed<TimeUnit> {
    preceded(
        opt("-"),
        alt((
            one_of(&["day", "days", "d"]).value(TimeUnit::Days),
            one_of(&["week", "weeks", "wk", "wks", "w"]).value(TimeUnit::Weeks),
        )),
    )
    .parse_next(input)
}

/// `a week`, `/wk`, `per week`, `weekly`.
pub(crate) fn per_week(input: &mut Tokens<'_>) -> Parsed<()> {
    alt((
        (
            one_of(&["per", "a", "/", "each", "every"]),
            opt("each"),
            one_of(&["week", "wk", "w", "weeks"]),
        )
            .void(),
        // "2 days in weeks 1 and 5" are none of each week
        (
            "in",
            opt(one_of(&["each", "a"])),
            one_of(&["week", "wk", "w", "weeks"]),
            winnow::combinator::not(number),
        )
            .void(),
        (
            one_of(&["week", "wk"]),
            "-",
            number.verify(|number: &Decimal| *number == Decimal::from(1)),
        )
            .void(),
        "weekly".void(),
    ))
    .parse_next(input)
}

/// `a day`, `/d`, `per day`, `/24 h`, `d-1`.
pub(crate) fn per_day(input: &mut Tokens<'_>) -> Parsed<()> {
    let day = || one_of(&["day", "d"]);
    let twenty_four = || {
        let is = |number: &Decimal| *number == Decimal::from(24);
        terminated(number.verify(is), (opt("-"), hours))
    };
    let one = || number.verify(|number: &Decimal| *number == Decimal::from(1));
    let inverse = alt((preceded("-", one()).void(), ("(", "-", one(), ")").void()));
    alt((
        ("/", twenty_four()).void(),
        (one_of(&["per", "every", "each"]), twenty_four()).void(),
        ("/", day()).void(),
        (one_of(&["per", "a", "each", "every"]), "day").void(),
        (opt(one_of(&["·", ".", "/"])), day(), inverse).void(),
    ))
    .parse_next(input)
}

/// Words that mean the radiotherapy.
pub(crate) fn radiotherapy(input: &mut Tokens<'_>) -> Parsed<()> {
    (
        opt(one_of(&["pelvic", "external", "the"])),
        one_of(&[
            "radiotherapy",
            "radiation",
            "irradiation",
            "rt",
            "xrt",
            "ebrt",
            "imrt",
            "vmat",
            "chemoradiotherapy",
            "chemoradiation",
            "radiochemotherapy",
            "crt",
            "srt",
            "sbrt",
            "wbrt",
            "irradiated",
            "radiosurgery",
            "pci",
        ]),
        opt(one_of(&["therapy", "treatment", "treatments", "delivery"])),
    )
        .void()
        .parse_next(input)
}

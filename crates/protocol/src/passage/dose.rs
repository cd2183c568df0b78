//! Phrases of radiation: doses and fractions.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, peek, preceded};
use winnow::token::any;

use super::mention::{DoseUnit, Range, Said};
use super::phrase::{Parsed, count, levels, list, number, one_of, per_day, per_week, range, whole};
use super::token::{Token, Tokens};

pub(super) fn unit(input: &mut Tokens<'_>) -> Parsed<DoseUnit> {
    let effectiveness = (
        "relative",
        "biological",
        "effectiveness",
        opt(("[", "rbe", "]")),
    );
    let weighted = (
        "(",
        alt((one_of(&["rbe", "e"]).void(), effectiveness.void())),
        ")",
    );
    preceded(
        opt("-"),
        alt((
            (one_of(&["gy", "gray", "grays"]), weighted).value(DoseUnit::Weighted),
            (one_of(&["gray", "grays"]), "(", "gy", ")").value(DoseUnit::Gray),
            one_of(&["gy", "gray", "grays"]).value(DoseUnit::Gray),
            one_of(&["cgy", "centigray"]).value(DoseUnit::Centigray),
            one_of(&["gye", "cge", "cobalt"]).value(DoseUnit::Weighted),
        )),
    )
    .parse_next(input)
}

/// `45 Gy`, `1.8-2.0 Gy`, `45 Gy to 50.4 Gy`.
fn amount(input: &mut Tokens<'_>) -> Parsed<(Range, DoseUnit)> {
    let twice = (number, unit, one_of(&["-", "to"]), number, unit);
    let between = ("between", number, unit, "and", number, unit).verify_map(
        |(_, low, first, _, high, second)| {
            (first == second && low <= high).then_some((Range { low, high }, first))
        },
    );
    let several = twice.verify_map(|(low, first, _, high, second)| {
        (first == second && low <= high).then_some((Range { low, high }, first))
    });
    alt((between, several, (range, unit))).parse_next(input)
}

fn fraction_words(input: &mut Tokens<'_>) -> Parsed<()> {
    one_of(&[
        "fraction",
        "fractions",
        "fx",
        "fxs",
        "fr",
        "frs",
        "fractional",
        "sessions",
        "session",
        "treatments",
    ])
    .void()
    .parse_next(input)
}

/// What follows a dose that is given at every fraction.
fn each_fraction(input: &mut Tokens<'_>) -> Parsed<()> {
    let once = || opt(one_of(&["once"]));
    alt((
        (one_of(&["per", "/", "a", "each", "every"]), fraction_words).void(),
        (one_of(&["/", "per"]), one_of(&["f"])).void(),
        (
            opt(one_of(&["-"])),
            opt("single"),
            once(),
            opt("daily"),
            fraction_words,
        )
            .void(),
        (once(), "daily").void(),
        "qd".void(),
        per_day,
        "each".void(),
    ))
    .parse_next(input)
}

/// A word before the token at hand.
pub(super) fn behind(input: &Tokens<'_>, words: &[&str], back: usize) -> bool {
    let previous = input.previous_tokens().nth(back);
    previous.is_some_and(|token| words.contains(&token.text.as_str()))
}

/// `fractions of`, `at`, `fraction size of` before a dose.
fn fraction_before(input: &Tokens<'_>) -> bool {
    const FRACTION: &[&str] = &["fraction", "fractions", "fx", "fr"];
    const BETWEEN: &[&str] = &[
        "of",
        "at",
        "(",
        "with",
        "was",
        "is",
        "radiotherapy",
        "size",
        "dose",
        "doses",
        "each",
        "daily",
        "a",
        "the",
    ];
    let between = input.previous_tokens().take(5);
    let between = between
        .take_while(|token| BETWEEN.contains(&token.text.as_str()))
        .count();
    (between > 0 && behind(input, FRACTION, between))
        || behind(input, &["@"], 0)
        || (behind(input, &["of"], 0) && behind(input, &["each"], 1))
        || (behind(input, &["of"], 0)
            && behind(input, &["dose", "doses", "size", "sizes"], 1)
            && behind(
                input,
                &["fraction", "fractional", "daily", "single", "fractionated"],
                2,
            ))
}

/// So many gray are no dose of one of several fractions.
pub(super) const LEAST_TOTAL: u32 = 20;

/// A dose with what is said of its fractions.
pub(super) fn dose(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    alt((
        times_dose,
        total_slash_fraction,
        sum,
        two_levels,
        several,
        plain,
    ))
    .parse_next(input)
}

/// `25 x 1.8 Gy`.
fn times_dose(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    // 2 x 1.6 Gy/day
    let a_day = (opt(fraction_words), alt((per_day, "daily".void())));
    (
        range,
        opt(fraction_words),
        one_of(&["x", "*"]),
        amount,
        opt(a_day),
    )
        .map(|(count, _, _, (amount, unit), a_day)| {
            let times = match a_day {
                Some(_) if count.low == count.high => Said::FractionsPerDay(count.low),
                _ => Said::Fractions(count),
            };
            vec![times, Said::DosePerFraction(amount, unit)]
        })
        .parse_next(input)
}

/// `45/1.8 Gy`.
fn total_slash_fraction(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    (number, "/", number, unit)
        .verify(|(total, _, each, _)| total > each)
        .map(|(total, _, each, unit)| {
            vec![
                Said::Dose(Range::single(total), unit),
                Said::DosePerFraction(Range::single(each), unit),
            ]
        })
        .parse_next(input)
}

/// `55.8 (50.4 + 5.4) Gy`.
fn sum(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    (number, "(", number, "+", number, ")", unit)
        .verify(|(total, _, first, _, second, ..)| first.checked_add(*second) == Some(*total))
        .map(|(total, _, first, _, second, _, unit)| {
            let dose = |dose| Said::Dose(Range::single(dose), unit);
            vec![dose(total), dose(first), dose(second)]
        })
        .parse_next(input)
}

/// `45/50 Gy in 25 fractions`: two doses, the smaller first.
fn two_levels(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    (number, "/", number, unit, opt(each_fraction))
        .verify(|(low, _, high, ..)| {
            let twice = low.checked_add(*low);
            low < high && twice.is_some_and(|twice| *high < twice)
        })
        .map(|(low, _, high, unit, each)| {
            let said = |dose| match each {
                Some(()) => Said::DosePerFraction(Range::single(dose), unit),
                None => Said::Dose(Range::single(dose), unit),
            };
            vec![said(low), said(high)]
        })
        .parse_next(input)
}

/// `69.6, 58.0 and 52.8 Gy`, `45/50 Gy`, `1.8 or 2 Gy per fraction`.
fn several(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    // "T2-3 and 54 Gy", "45 Gy in 25 and 55 Gy in 25 fractions"
    let counted = behind(input, &["in"], 0) && behind(input, &["gy", "gray", "cgy"], 1);
    if counted || behind(input, &["-", "/"], 0) {
        return Err(winnow::error::EmptyError);
    }
    let each = fraction_before(input);
    let (doses, in_unit) = (levels(range), unit).parse_next(input)?;
    let each = opt(each_fraction).parse_next(input)?.is_some() || each;
    let said = |dose: &Range| {
        if each {
            Said::DosePerFraction(*dose, in_unit)
        } else {
            Said::Dose(*dose, in_unit)
        }
    };
    Ok(doses.iter().map(said).collect())
}

fn plain(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    // "180 cc above 35 Gy" says no dose
    if behind(input, &["above", "over"], 0) && behind(input, &["cc", "%", "cm3"], 1) {
        return Err(winnow::error::EmptyError);
    }
    let each = fraction_before(input);
    let (amount, in_unit) = amount.parse_next(input)?;
    if each && !is_in_fractions(input) {
        let _ = opt(each_fraction).parse_next(input)?;
        return Ok(vec![Said::DosePerFraction(amount, in_unit)]);
    }
    let whole_count = |range: &Range| whole(range.low).is_some_and(|n| (1..=200).contains(&n));
    let times_a_day = (one_of(&["x", "*"]), number, alt((per_day, "daily".void())));
    if let Some((_, times, ())) = opt(times_a_day).parse_next(input)? {
        return Ok(vec![
            Said::DosePerFraction(amount, in_unit),
            Said::FractionsPerDay(times),
        ]);
    }
    let times_a_week = (one_of(&["x", "*"]), range, per_week);
    if let Some((_, times, ())) = opt(times_a_week).parse_next(input)? {
        return Ok(vec![
            Said::DosePerFraction(amount, in_unit),
            Said::FractionsPerWeek(times),
        ]);
    }
    let by = preceded(
        one_of(&["x", "*"]),
        (range.verify(whole_count), opt(fraction_words)).map(|(count, _)| count),
    );
    if let Some(fractions) = opt(by).parse_next(input)? {
        return Ok(vec![
            Said::DosePerFraction(amount, in_unit),
            Said::Fractions(fractions),
        ]);
    }
    // 50.4 Gy/1.8 Gy
    let smaller =
        |(_, each, again): &(_, Range, DoseUnit)| *again == in_unit && each.high < amount.low;
    if let Some((_, each, _)) = opt(("/", range, unit).verify(smaller)).parse_next(input)? {
        return Ok(vec![
            Said::Dose(amount, in_unit),
            Said::DosePerFraction(each, in_unit),
        ]);
    }
    // 45 Gy/25, 45 Gy/25 fr
    let slash = preceded(
        "/",
        (range.verify(whole_count), opt("-"), opt(fraction_words)).map(|(count, ..)| count),
    );
    let checkpoint = input.clone();
    if let Some(fractions) = opt(slash).parse_next(input)? {
        // 50.4 Gy/1.8 Gy and 30 Gy/3 weeks are none
        let follows = (
            opt("-"),
            alt((
                unit.void(),
                one_of(&["weeks", "week", "days", "wk", "d"]).void(),
            )),
        );
        let mut ahead = input.clone();
        let mut follows = follows;
        if follows.parse_next(&mut ahead).is_err() {
            return Ok(vec![
                Said::Dose(amount, in_unit),
                Said::Fractions(fractions),
            ]);
        }
        *input = checkpoint;
    }
    // "40 Gy once daily in 8 sessions" is the dose of them all
    let all = (
        opt(","),
        opt("once"),
        "daily",
        "in",
        range.verify(whole_count),
        fraction_words,
    );
    let is_large = in_unit != DoseUnit::Centigray && amount.low >= LEAST_TOTAL.into();
    if is_large && peek(opt(all)).parse_next(input)?.is_some() {
        return Ok(vec![Said::Dose(amount, in_unit)]);
    }
    if opt(each_fraction).parse_next(input)?.is_some() {
        return Ok(vec![Said::DosePerFraction(amount, in_unit)]);
    }
    Ok(vec![Said::Dose(amount, in_unit)])
}

/// `in 28`, and no time: what stands before is a total, as in "30 fractions with 50.4 Gy in 30".
fn is_in_fractions(input: &Tokens<'_>) -> bool {
    const TIMES: &[&str] = &[
        "-", "to", "week", "weeks", "day", "days", "wk", "wks", "d", "h",
    ];
    let counted = input.first().is_some_and(|word| *word == "in")
        && input.get(1).is_some_and(|token| token.number.is_some());
    let is_time = |token: &Token| TIMES.contains(&token.text.as_str());
    counted && !input.get(2).is_some_and(is_time)
}

/// Whole numbers.
fn counts(input: &mut Tokens<'_>) -> Parsed<Range> {
    let whole = |range: &Range| whole(range.low).is_some() && whole(range.high).is_some();
    range.verify(whole).parse_next(input)
}

/// `25 fractions`, `in 25`, `fractions 16 to 20`, `5 fractions per week`.
pub(super) fn fractions(input: &mut Tokens<'_>) -> Parsed<Said> {
    let joined = |input: &mut Tokens<'_>| -> Parsed<Range> {
        let counted = counts.parse_next(input)?;
        // 28F, 28#
        let f = any.verify(|token: &Token| (*token == "f" || *token == "#") && !token.spaced);
        { f }.parse_next(input)?;
        Ok(counted)
    };
    let joined_weekly = |input: &mut Tokens<'_>| -> Parsed<Range> {
        let counted = joined(input)?;
        per_week.parse_next(input)?;
        Ok(counted)
    };
    alt((
        // 5# per week
        joined_weekly.map(Said::FractionsPerWeek),
        joined.map(Said::Fractions),
        weekly,
        (
            counts,
            opt(one_of(&["daily", "treatment"])),
            fraction_words,
            per_week,
        )
            .map(|(count, ..)| Said::FractionsPerWeek(count)),
        (number, fraction_words, alt((per_day, "daily".void())))
            .map(|(count, ..)| Said::FractionsPerDay(count)),
        (
            counts,
            opt("-"),
            opt(one_of(&[
                "once",
                "equal",
                "daily",
                "consecutive",
                "treatment",
                "single",
            ])),
            opt(one_of(&["daily", "equal"])),
            fraction_words,
        )
            .map(|(count, ..)| Said::Fractions(count)),
        numbered,
        in_count,
    ))
    .parse_next(input)
}

/// `in 12, 8 and 4 fractions`, `20 or 25 fractions`, `five or six weekly fractions`; `a single fraction`.
pub(super) fn fraction_list(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    let listed = behind(input, &["in", "either", "between"], 0);
    let all = levels(counts);
    let single = (
        opt("a"),
        "single",
        "fraction",
        winnow::combinator::not(one_of(&["of", "size", "dose", "doses"])),
    )
        .map(|_| vec![Said::Fractions(Range::single(Decimal::from(1)))]);
    let several = (
        all,
        opt(one_of(&["daily", "weekly", "equal"])),
        fraction_words,
        winnow::combinator::not(alt((per_week, per_day))),
    )
        .verify(move |(counts, ..)| listed && counts.iter().all(|count| count.low == count.high))
        .map(|(counts, weekly, ..)| {
            let weekly = weekly.is_some_and(|word| *word == "weekly");
            let said = |count: &Range| {
                if weekly {
                    Said::FractionsPerWeek(*count)
                } else {
                    Said::Fractions(*count)
                }
            };
            counts.iter().map(said).collect()
        });
    // "in 30 twice-daily fractions"
    let several_a_day = (counts, "twice", opt("-"), "daily", fraction_words).map(|(count, ..)| {
        let twice = Decimal::from(2);
        vec![Said::Fractions(count), Said::FractionsPerDay(twice)]
    });
    alt((several_a_day, single, several)).parse_next(input)
}

/// `5 daily fractions of 2 Gy per week` without the dose; `six weekly fractions`.
fn weekly(input: &mut Tokens<'_>) -> Parsed<Said> {
    (range, "weekly", fraction_words)
        .map(|(count, ..)| Said::FractionsPerWeek(count))
        .parse_next(input)
}

/// `5 daily fractions of 2 Gy per week`.
pub(super) fn weekly_with_dose(input: &mut Tokens<'_>) -> Parsed<Vec<Said>> {
    (
        range,
        opt("daily"),
        fraction_words,
        one_of(&["of", "at"]),
        amount,
        per_week,
    )
        .map(|(count, _, (), _, (dose, unit), ())| {
            vec![
                Said::FractionsPerWeek(count),
                Said::DosePerFraction(dose, unit),
            ]
        })
        .parse_next(input)
}

fn numbered(input: &mut Tokens<'_>) -> Parsed<Said> {
    let _ = one_of(&["fractions", "fraction"]).parse_next(input)?;
    let _ = opt(one_of(&["#", "number", "numbers", "no", "nos"])).parse_next(input)?;
    let numbers = list(input, &[])?;
    // "fractions 2 Gy" counts none
    let mut ahead = input.clone();
    if unit(&mut ahead).is_ok() {
        return Err(winnow::error::EmptyError);
    }
    Ok(Said::FractionNumbers(numbers))
}

/// `Gy in 25` without a unit behind it.
fn in_count(input: &mut Tokens<'_>) -> Parsed<Said> {
    let gray = behind(input, &["gy", "gray", "cgy"], 0);
    let fractions = ("in", count).parse_next(input)?.1;
    let ahead = input.first();
    let range = input.get(1).is_some_and(|next| next.number.is_some());
    let counts = !range
        && (ahead.is_none_or(|next| !next.is_word() && next.text != "-" && next.text != "%")
            || ahead.is_some_and(|next| {
                ["and", "or", "with", "to", "over", "on"].contains(&next.text.as_str())
            }));
    if gray && counts {
        Ok(Said::Fractions(Range::single(Decimal::from(fractions))))
    } else {
        Err(winnow::error::EmptyError)
    }
}

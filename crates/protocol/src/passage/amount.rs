//! Amounts of drugs with their units and what they are per.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded};
use winnow::token::any;

use super::drug_name::drug;
use super::drug_times::times;
use super::mention::{AmountUnit, Per, Range};
use super::phrase::{Parsed, comparison, hours, levels, number, one_of, per_day, range, whole};
use super::token::{Token, Tokens};

/// An amount of a drug, and what it is per where its unit says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) range: Range,
    pub(super) unit: AmountUnit,
    pub(super) per: Option<Per>,
    /// Where the unit says how often: `825 mg/m2/12 h`.
    pub(super) times: Option<Decimal>,
    /// Where the drug stands inside the unit: `12 mg of cisplatin per square metre`.
    pub(super) drug: Option<String>,
}

/// `825 mg/m2`, `40 mg m-2`, `2.4 g/m²`, `4 mg/kg`, `AUC 2`, `825 mg/m2/day`; several levels of one unit
/// (`625, 700 and 825 mg/m2`) give one amount each.
pub(super) fn amounts(input: &mut Tokens<'_>) -> Parsed<Vec<Amount>> {
    let one = |amount: Amount| vec![amount];
    alt((
        area_under_curve.map(one),
        with_drug_inside.map(one),
        (levels(range), mass_unit, opt(per)).map(|(levels, unit, per)| {
            let level = |amount: &Range| Amount::new(*amount, unit, per);
            levels.iter().map(level).collect()
        }),
        several_a_day.map(one),
        both_ends_per.map(one),
        (opt_unit_range, opt(per))
            .map(|((amount, unit), per)| vec![Amount::new(amount, unit, per)]),
    ))
    .parse_next(input)
}

/// `2 x 825 mg/m2/day`, `two times 825 mg/m2 daily`.
fn several_a_day(input: &mut Tokens<'_>) -> Parsed<Amount> {
    let few =
        number.verify(|number: &Decimal| whole(*number).is_some_and(|n| (2..=4).contains(&n)));
    (
        few,
        one_of(&["x", "times"]),
        range,
        mass_unit,
        alt((per_day, "daily".void())),
    )
        .map(|(times, _, range, unit, ())| Amount {
            times: Some(times),
            ..Amount::new(range, unit, Some(Per::Administration))
        })
        .parse_next(input)
}

/// `from 20 mg/m2/week to 70 mg/m2/week`.
fn both_ends_per(input: &mut Tokens<'_>) -> Parsed<Amount> {
    (
        number,
        mass_unit,
        per,
        one_of(&["-", "to"]),
        number,
        mass_unit,
        per,
    )
        .verify_map(|(low, unit, first, _, high, again, second)| {
            let same = unit == again && first == second && low <= high;
            same.then(|| Amount::new(Range { low, high }, unit, Some(first)))
        })
        .parse_next(input)
}

impl Amount {
    fn new(range: Range, unit: AmountUnit, per: Option<Per>) -> Self {
        let times = match per {
            Some(Per::Hours(hours)) => times(hours),
            _ => None,
        };
        Self {
            range,
            unit,
            per: if times.is_some() {
                Some(Per::Administration)
            } else {
                per
            },
            times,
            drug: None,
        }
    }
}

/// `12 mg of cisplatin per square metre of body surface area per day`.
fn with_drug_inside(input: &mut Tokens<'_>) -> Parsed<Amount> {
    let unit = alt((
        one_of(&["mg", "milligrams"]).value(AmountUnit::MilligramPerSquareMeter),
        one_of(&["g", "grams"]).value(AmountUnit::GramPerSquareMeter),
    ));
    (
        range,
        unit,
        "of",
        opt("oral"),
        drug,
        per_square_meter,
        opt(per),
    )
        .map(|(amount, unit, _, _, drug, (), per)| Amount {
            drug: Some(drug),
            ..Amount::new(amount, unit, per)
        })
        .parse_next(input)
}

/// A largest amount: `2 mg max`, `maximum = 2 mg`, `maximal 2 mg`.
pub(super) fn cap(input: &mut Tokens<'_>) -> Parsed<String> {
    let most = || one_of(&["maximum", "max", "maximal", "cap", "capped", "ceiling"]);
    let link = opt(one_of(&["=", "of", ".", ":", "at", "dose"]));
    let dose = || (opt(one_of(&["single", "absolute", "total"])), "dose");
    let written = |(amount, unit): (Decimal, AmountUnit)| format!("{amount} {unit}");
    let square = (number, one_of(&["m2"])).map(|(area, _)| format!("{area} m2"));
    let amount = || (number, mass_unit).map(written);
    let is_alone = |(_, unit): &(Decimal, AmountUnit)| {
        matches!(unit, AmountUnit::Milligram | AmountUnit::Gram)
    };
    let amount_alone = || (number, mass_unit).verify(is_alone).map(written);
    alt((
        (
            most(),
            opt("cumulative"),
            opt(drug),
            link,
            opt(one_of(&["of", "is"])),
            alt((amount(), square)),
        )
            .map(|(.., amount)| amount),
        // "the maximum single dose of cisplatin is 70 mg"
        (
            most(),
            dose(),
            opt(("of", drug)),
            opt(one_of(&["is", "was", "=", "of", ":"])),
            amount_alone(),
        )
            .map(|(.., amount)| amount),
        // "the dose is limited to 70 mg", "absolute dose limit 70 mg"
        (
            one_of(&["limited", "limit", "restricted"]),
            opt(one_of(&["to", "of", "is", "at", "=", ":"])),
            amount_alone(),
        )
            .map(|(.., amount)| amount),
        (amount(), most()).map(|(amount, _)| amount),
        // "capped for a body surface area of 1.75 m2 (70 mg)"
        (
            "capped",
            one_of(&["for", "at"]),
            opt("a"),
            one_of(&["body", "bsa"]),
            opt(("surface", "area")),
            opt(one_of(&["of", "at"])),
            number,
            "m2",
            one_of(&["(", ",", "="]),
            amount_alone(),
        )
            .map(|(.., amount)| amount),
        // "not more than 2 mg", "up to 2 mg": an amount whoever gets it
        (
            alt((
                comparison.verify(|sign: &&str| *sign == "<=").void(),
                ("up", "to").void(),
            )),
            opt(("a", "maximum", "of")),
            amount_alone(),
        )
            .map(|(.., amount)| amount),
    ))
    .parse_next(input)
}

/// A range whose first end may bear its own unit: `700 mg/m2 to 825 mg/m2`.
fn opt_unit_range(input: &mut Tokens<'_>) -> Parsed<(Range, AmountUnit)> {
    let twice = (number, mass_unit, one_of(&["-", "to"]), number, mass_unit);
    let several = twice.verify_map(|(low, first, _, high, second)| {
        (first == second && low <= high).then_some((Range { low, high }, first))
    });
    alt((several, (range, mass_unit))).parse_next(input)
}

fn mass_unit(input: &mut Tokens<'_>) -> Parsed<AmountUnit> {
    let _ = opt("-").parse_next(input)?;
    let milligram = alt((
        one_of(&["mg", "mgs", "milligram", "milligrams"]).value(true),
        one_of(&["g", "gm", "gram", "grams"]).value(false),
    ))
    .parse_next(input);
    let Ok(milligram) = milligram else {
        // mgm-2
        let two = number.verify(|number: &Decimal| *number == Decimal::from(2));
        ("mgm", "-", two).void().parse_next(input)?;
        return Ok(AmountUnit::MilligramPerSquareMeter);
    };
    let by_area = opt(per_square_meter).parse_next(input)?.is_some();
    let by_weight = !by_area && opt(per_kilogram).parse_next(input)?.is_some();
    // g/l and mg/dl are concentrations
    winnow::combinator::not((
        one_of(&["/", "per"]),
        one_of(&["l", "dl", "ml", "litre", "liter"]),
    ))
    .parse_next(input)?;
    Ok(match (milligram, by_area, by_weight) {
        (true, true, _) => AmountUnit::MilligramPerSquareMeter,
        (false, true, _) => AmountUnit::GramPerSquareMeter,
        (true, _, true) => AmountUnit::MilligramPerKilogram,
        (true, ..) => AmountUnit::Milligram,
        (false, _, false) => AmountUnit::Gram,
        (false, _, true) => return Err(winnow::error::EmptyError),
    })
}

/// `/m2`, `m-2`, `/m(2)`, `/m^2`, `/sqm`, `per square metre`, `per m2`.
fn per_square_meter(input: &mut Tokens<'_>) -> Parsed<()> {
    let two = || number.verify(|number: &Decimal| *number == Decimal::from(2));
    let meter = || one_of(&["m", "meter", "metre", "meters", "metres"]);
    let square = || one_of(&["square", "sq", "squared"]);
    let area = alt((
        one_of(&["m2", "sqm", "qm"]).void(),
        ("m", "(", opt("-"), two(), ")").void(),
        ("m", "^", two()).void(),
        (square(), opt("."), meter()).void(),
        (meter(), square()).void(),
        ("m", two()).void(),
    ));
    let body_surface = opt((opt("of"), opt("body"), "surface", opt("area")));
    alt((
        (one_of(&["/", "per"]), area, body_surface).void(),
        (opt(one_of(&["·", "."])), "m", "-", two()).void(),
        (opt(one_of(&["·", "."])), "m", "(", "-", two(), ")").void(),
    ))
    .parse_next(input)
}

fn per_kilogram(input: &mut Tokens<'_>) -> Parsed<()> {
    let kilogram = one_of(&["kg", "kilogram"]);
    (one_of(&["/", "per"]), kilogram).void().parse_next(input)
}

/// `AUC 2`, `AUC of 2`, `AUC2`, `area under the curve 2`.
fn area_under_curve(input: &mut Tokens<'_>) -> Parsed<Amount> {
    let words = alt((
        "auc".void(),
        (
            "area",
            "under",
            "the",
            opt("concentration"),
            opt("-"),
            "curve",
        )
            .void(),
    ));
    let link = || opt(one_of(&["of", "=", ":", "-"]));
    let in_brackets = alt((
        ("(", "auc", ")").void(),
        ("(", "area", "under", "the", "curve", ")").void(),
    ));
    let apart =
        (words, opt(in_brackets), link(), opt(one_of(&["to"])), range).map(|(.., range)| range);
    let joined = any.verify_map(|token: &Token| {
        let digits = token.text.strip_prefix("auc")?;
        digits.parse().ok().map(Range::single)
    });
    alt((apart, joined))
        .map(|amount| Amount::new(amount, AmountUnit::AreaUnderCurve, None))
        .parse_next(input)
}

/// `/day`, `per dose`, `/4 days`, `/week`.
fn per(input: &mut Tokens<'_>) -> Parsed<Per> {
    let over = || one_of(&["/", "per"]);
    alt((
        preceded(over(), (number, opt("-"), one_of(&["days", "d"])))
            .map(|(days, ..)| Per::Days(days)),
        preceded(
            over(),
            (number, opt("-"), hours).verify(|(n, ..)| *n != Decimal::from(24)),
        )
        .map(|(hours, ..)| Per::Hours(hours)),
        per_day.value(Per::Day),
        (
            over(),
            one_of(&["dose", "administration", "injection", "infusion"]),
        )
            .value(Per::Administration),
        (one_of(&["/", "per", "a"]), one_of(&["week", "wk"])).value(Per::Week),
        (over(), "cycle").value(Per::Cycle),
        (over(), "course").value(Per::Course),
    ))
    .parse_next(input)
}

//! Phrases of drugs: names, amounts, how often, how long an infusion runs.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, terminated};
use winnow::token::any;

use super::mention::{AmountUnit, InfusionTime, Per, Range, TimeUnit};
use super::phrase::{
    Parsed, hours, levels, minutes, number, one_of, per_day, per_week, range, time_unit, whole,
};
use super::token::{Token, Tokens};

/// Names of one word, with the name they are compared by.
const NAMES: &[(&str, &str)] = &[
    ("capecitabine", "capecitabine"),
    ("xeloda", "capecitabine"),
    ("fluorouracil", "fluorouracil"),
    ("5fu", "fluorouracil"),
    ("tegafur", "tegafur"),
    ("uft", "tegafur"),
    ("s1", "s-1"),
    ("leucovorin", "leucovorin"),
    ("folinic", "leucovorin"),
    ("levoleucovorin", "leucovorin"),
    ("oxaliplatin", "oxaliplatin"),
    ("irinotecan", "irinotecan"),
    ("cpt11", "irinotecan"),
    ("cisplatin", "cisplatin"),
    ("cddp", "cisplatin"),
    ("carboplatin", "carboplatin"),
    ("nedaplatin", "nedaplatin"),
    ("mitomycin", "mitomycin"),
    ("gemcitabine", "gemcitabine"),
    ("gemcitabin", "gemcitabine"),
    ("flutamide", "flutamide"),
    ("fludarabine", "fludarabine"),
    ("melphalan", "melphalan"),
    ("ufur", "tegafur"),
    ("paclitaxel", "paclitaxel"),
    ("docetaxel", "docetaxel"),
    ("etoposide", "etoposide"),
    ("vinorelbine", "vinorelbine"),
    ("vincristine", "vincristine"),
    ("vinblastine", "vinblastine"),
    ("temozolomide", "temozolomide"),
    ("lomustine", "lomustine"),
    ("procarbazine", "procarbazine"),
    ("cyclophosphamide", "cyclophosphamide"),
    ("ifosfamide", "ifosfamide"),
    ("doxorubicin", "doxorubicin"),
    ("epirubicin", "epirubicin"),
    ("methotrexate", "methotrexate"),
    ("pemetrexed", "pemetrexed"),
    ("raltitrexed", "raltitrexed"),
    ("bleomycin", "bleomycin"),
    ("dacarbazine", "dacarbazine"),
    ("topotecan", "topotecan"),
    ("nimorazole", "nimorazole"),
    ("hydroxyurea", "hydroxyurea"),
    ("cetuximab", "cetuximab"),
    ("panitumumab", "panitumumab"),
    ("nimotuzumab", "nimotuzumab"),
    ("bevacizumab", "bevacizumab"),
    ("trastuzumab", "trastuzumab"),
    ("rituximab", "rituximab"),
    ("pembrolizumab", "pembrolizumab"),
    ("nivolumab", "nivolumab"),
    ("ipilimumab", "ipilimumab"),
    ("durvalumab", "durvalumab"),
    ("atezolizumab", "atezolizumab"),
    ("toripalimab", "toripalimab"),
    ("camrelizumab", "camrelizumab"),
    ("sintilimab", "sintilimab"),
    ("tislelizumab", "tislelizumab"),
    ("dexamethasone", "dexamethasone"),
    ("prednisone", "prednisone"),
    ("prednisolone", "prednisolone"),
    ("bicalutamide", "bicalutamide"),
    ("goserelin", "goserelin"),
    ("leuprolide", "leuprolide"),
    ("leuprorelin", "leuprorelin"),
    ("sorafenib", "sorafenib"),
    ("erlotinib", "erlotinib"),
    ("gefitinib", "gefitinib"),
    ("celecoxib", "celecoxib"),
    ("metformin", "metformin"),
    ("nelfinavir", "nelfinavir"),
    ("tirapazamine", "tirapazamine"),
    ("carbogen", "carbogen"),
    ("nicotinamide", "nicotinamide"),
    ("lapatinib", "lapatinib"),
    ("olaparib", "olaparib"),
    ("veliparib", "veliparib"),
    ("actinomycin", "dactinomycin"),
    ("dactinomycin", "dactinomycin"),
    ("cytarabine", "cytarabine"),
    ("lobaplatin", "lobaplatin"),
];

/// Names in capitals alone, as abbreviations are written.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("cap", "capecitabine"),
    ("gem", "gemcitabine"),
    ("fu", "fluorouracil"),
    ("lv", "leucovorin"),
    ("cf", "leucovorin"),
    ("mmc", "mitomycin"),
    ("ddp", "cisplatin"),
    ("ndp", "nedaplatin"),
    ("dct", "docetaxel"),
    ("dtx", "docetaxel"),
    ("bcg", "bcg"),
    ("tmz", "temozolomide"),
];

/// Endings of the names of drugs for cancer.
const ENDINGS: &[&str] = &[
    "mab",
    "tinib",
    "platin",
    "taxel",
    "rubicin",
    "tabine",
    "mycin",
    "tecan",
    "poside",
    "limus",
    "ciclib",
    "parib",
    "trexed",
    "trexate",
    "mustine",
    "zolomide",
    "lidomide",
    "uracil",
    "relin",
    "fosfamide",
    "nidazole",
];

/// Capitals that are no drug.
const NO_DRUGS: &[&str] = &[
    "rt", "crt", "ccrt", "imrt", "vmat", "ebrt", "xrt", "srt", "sbrt", "wbrt", "iv", "po", "mtd",
    "gtv", "ctv", "ptv", "the", "hdr", "pci", "bed", "eqd2", "total", "daily", "oar", "oars",
    "prv", "mean", "max", "full", "low",
];

/// The name a drug is compared by: `5-FU` and `fluorouracil` are one.
pub(crate) fn canonical(name: &str) -> String {
    let tokens = super::token::without_hyphens(&super::token::tokens(name));
    let mut input = Tokens::new(&tokens);
    match drug(&mut input) {
        Ok(drug) => drug,
        Err(_) => name.to_lowercase(),
    }
}

/// The name of a drug, with a second name in brackets: `mitomycin (Mutamycin)`.
pub(super) fn drug(input: &mut Tokens<'_>) -> Parsed<String> {
    let name = single(input)?;
    let _ = opt(("(", single, ")")).parse_next(input)?;
    Ok(name)
}

fn single(input: &mut Tokens<'_>) -> Parsed<String> {
    let five = number.verify(|number: &Decimal| *number == Decimal::from(5));
    let one = number.verify(|number: &Decimal| *number == Decimal::from(1));
    let named = any.verify_map(|token: &Token| {
        let known = NAMES.iter().find(|(name, _)| *name == token.text);
        known.map(|(_, canonical)| (*canonical).to_owned())
    });
    let abbreviated = any.verify_map(|token: &Token| {
        let known = ABBREVIATIONS
            .iter()
            .find(|(name, _)| token.capital && *name == token.text);
        known.map(|(_, canonical)| (*canonical).to_owned())
    });
    // a word that ends like the names of drugs is one
    let like = any.verify(|token: &Token| {
        token.text.len() >= 8 && ENDINGS.iter().any(|ending| token.text.ends_with(ending))
    });
    // HU dose
    let dose = |input: &mut Tokens<'_>| -> Parsed<()> {
        one_of(&["dose", "doses"]).void().parse_next(input)
    };
    let acronym = terminated(
        any.verify(|token: &Token| {
            token.capital
                && (2..=5).contains(&token.text.len())
                && !NO_DRUGS.contains(&token.text.as_str())
        }),
        winnow::combinator::peek(dose),
    );
    alt((
        (five, opt("-"), one_of(&["fluorouracil", "fu"])).value("fluorouracil".to_owned()),
        ("nab", "paclitaxel").value("nab-paclitaxel".to_owned()),
        ("cytosine", "arabinoside").value("cytarabine".to_owned()),
        abbreviated,
        ("s", "-", one).value("s-1".to_owned()),
        (one_of(&["mitomycin"]), opt(one_of(&["-"])), opt("c")).value("mitomycin".to_owned()),
        (one_of(&["folinic"]), "acid").value("leucovorin".to_owned()),
        alt((
            named,
            like.map(|token: &Token| misspelt(&token.text)),
            acronym.map(|token: &Token| token.text.clone()),
        )),
    ))
    .parse_next(input)
}

/// The known name that begins and ends alike: `capceitabine`, `flurouracil`.
fn misspelt(name: &str) -> String {
    let ends = |text: &str| -> Option<(String, String)> {
        Some((
            text.get(..3)?.into(),
            text.get(text.len().checked_sub(5)?..)?.into(),
        ))
    };
    let known = NAMES.iter().find(|(known, _)| ends(known) == ends(name));
    known.map_or_else(|| name.to_owned(), |(_, canonical)| (*canonical).to_owned())
}

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
    let most = || one_of(&["maximum", "max", "maximal", "cap", "capped"]);
    let link = opt(one_of(&["=", "of", ".", ":", "at", "dose"]));
    let written = |(amount, unit): (Decimal, AmountUnit)| format!("{amount} {unit}");
    let square = (number, one_of(&["m2"])).map(|(area, _)| format!("{area} m2"));
    let amount = || (number, mass_unit).map(written);
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
        (amount(), most()).map(|(amount, _)| amount),
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
        one_of(&["m2", "sqm"]).void(),
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

/// How many times a day: `twice daily`, `b.i.d.`, `q12h`, `every 12 hours`.
pub(super) fn times_per_day(input: &mut Tokens<'_>) -> Parsed<Decimal> {
    let every = any.verify_map(|token: &Token| {
        let hours = token.text.strip_prefix('q')?;
        let hours = hours
            .strip_suffix("hr")
            .or_else(|| hours.strip_suffix('h'))?;
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
    ));
    alt((
        short,
        every,
        (one_of(&["every", "each", "q"]), interval, opt("-"), hours).map(|(_, times, ..)| times),
        (interval_behind, opt("-"), one_of(&["hourly"])).map(|(times, ..)| times),
        (multiple, opt("-"), day()).map(|(times, ..)| times),
        alt((
            (one_of(&["x", "*"]), number, day()).map(|(_, times, ())| times),
            (number, one_of(&["doses", "intakes"]), day()).map(|(times, ..)| times),
            (number, "daily", one_of(&["doses", "intakes"])).map(|(times, ..)| times),
        )),
        (
            opt(one_of(&["in", "every", "each"])),
            opt("the"),
            "morning",
            one_of(&["and", "/"]),
            opt(one_of(&["in", "the"])),
            opt("the"),
            one_of(&["evening", "night"]),
        )
            .value(Decimal::from(2)),
    ))
    .parse_next(input)
}

/// So many times a day when one comes every so many hours.
fn times(hours: Decimal) -> Option<Decimal> {
    let hours = whole(hours)?;
    (hours > 0 && hours < 24 && 24 % hours == 0).then(|| Decimal::from(24 / hours))
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
        ("q", "week").value(Decimal::from(1)),
        (one_of(&["every", "each"]), one_of(&["week", "wk"])).value(Decimal::from(1)),
    ))
    .parse_next(input)
}

/// How long an infusion runs: a number of hours or days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Time(InfusionTime),
    Days(Decimal),
}

/// `over 2 h`, `over 4 days`, `46-hour infusion`, `continuous infusion`.
pub(super) fn run(input: &mut Tokens<'_>) -> Parsed<Run> {
    let length = || {
        alt((
            (range, opt("-"), hours).map(|(n, ..)| Run::Time(InfusionTime::Hours(n))),
            (range, opt("-"), minutes).map(|(n, ..)| Run::Time(InfusionTime::Minutes(n))),
        ))
    };
    let days = (number, opt("-"), time_unit)
        .verify_map(|(n, _, unit)| (unit == TimeUnit::Days).then_some(Run::Days(n)));
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
            one_of(&["infusion", "infusions", "civi"]),
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
    alt((
        preceded(
            (one_of(&["over", "during"]), opt(one_of(&["a", "the"]))),
            alt((length(), days)),
        ),
        (length(), infusion()).map(|(length, _)| length),
        continuous().value(Run::Time(InfusionTime::Continuous)),
        (one_of(&["iv", "intravenously"]), "continuously")
            .value(Run::Time(InfusionTime::Continuous)),
    ))
    .parse_next(input)
}

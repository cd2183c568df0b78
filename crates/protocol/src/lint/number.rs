//! The numbers of a text with their units, as prescriptions write them: `45Gy`, `1.8 Gy`,
//! `25 fractions`, `825mg/m²`, `4-6 weeks`, `twice daily`, `V45Gy`.

use chemorad::number::unit::{self, Unit};
use chemorad::number::{Decimal, Rational, read_plain};

use crate::passage::token::NUMBER_WORDS;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No unit is written.
    Bare,
    /// Gray.
    Dose,
    /// Gray of each fraction: asked for as a dose, and no total.
    DosePerFraction,
    /// mg/m².
    Intensity,
    /// mg/m² and day.
    DailyIntensity,
    /// A T, N or M stage; its number is the digit.
    Stage(char),
    /// mg.
    Mass,
    /// mg/kg.
    MassPerKilogram,
    /// mg/mL × min.
    AreaUnderCurve,
    /// mg, and not more.
    Cap,
    /// Fractions, times, doses.
    Count,
    /// So many a week.
    PerWeek,
    /// Days by number: 1 to 14.
    DayNumber,
    /// Weeks by number: 1 and 5.
    WeekNumber,
    /// How often something weekly is given, or for how many weeks; asked for, never found.
    WeeklyTimes,
    /// Fractions by number: 16 to 20.
    FractionNumber,
    Percent,
    /// cc.
    Volume,
    /// mm.
    Length,
    Hour,
    Day,
    Week,
    Month,
    Year,
    /// g/l.
    MassConcentration,
    /// mmol/l.
    SubstanceConcentration,
    /// Weeks, days or hours; asked for, never found.
    Span,
    /// A number of cycles, perhaps without its unit; asked for, never found.
    Cycles,
    /// The same where a day of the cycle has that number too, so that the unit must be there; asked for,
    /// never found.
    CyclesByName,
    /// Of a unit the protocol declares; asked for, never found.
    Any,
}

/// A number of a text, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// In the kind's unit.
    pub(crate) value: Decimal,
    /// How many of the kind's unit one of the unit written holds.
    pub(crate) unit: Decimal,
    pub(crate) kind: Kind,
    /// Where it stands, in bytes: its digits or word, and where its unit ends.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Number {
    /// In millionths of the kind's unit, where it is a whole number of them.
    pub(crate) fn millionths(&self) -> Option<u64> {
        let scaled = self.value.checked_mul(Decimal::new(1, 6)?)?.to_integer()?;
        u64::try_from(scaled).ok()
    }

    /// In the unit it is written in.
    pub(crate) fn written(&self) -> Option<Decimal> {
        let written = Rational::from(self.value).checked_div(self.unit.into())?;
        written.to_decimal()
    }
}

/// The units of quantities; the first of each is the kind's.
const UNITS: &[(Kind, &[Unit])] = &[
    (Kind::Dose, unit::ABSORBED_DOSE),
    (Kind::Intensity, unit::INTENSITY),
    (Kind::Mass, unit::DRUG_AMOUNT),
    (Kind::Percent, unit::PERCENT),
    (Kind::Volume, unit::TISSUE_VOLUME),
    (Kind::Length, unit::DEPTH),
];

/// What prose counts and writes behind the number, longer words before those they begin with.
const COUNTED: &[(&str, Kind)] = &[
    ("mg/m^2", Kind::Intensity),
    ("fractions", Kind::Count),
    ("fraction", Kind::Count),
    ("fx", Kind::Count),
    ("sessions", Kind::Count),
    ("doses", Kind::Count),
    ("cycles", Kind::Count),
    ("times", Kind::Count),
    ("hours", Kind::Hour),
    ("hour", Kind::Hour),
    ("h", Kind::Hour),
    ("days", Kind::Day),
    ("day", Kind::Day),
    ("d", Kind::Day),
    ("weeks", Kind::Week),
    ("week", Kind::Week),
    ("months", Kind::Month),
    ("month", Kind::Month),
    ("years", Kind::Year),
    ("year", Kind::Year),
];

/// Concentrations, of which facts are given in several; the power of ten to the kind's unit.
const CONCENTRATIONS: &[(&str, Kind, i32)] = &[
    ("g/l", Kind::MassConcentration, 0),
    ("mg/ml", Kind::MassConcentration, 0),
    ("g/dl", Kind::MassConcentration, 1),
    ("mg/dl", Kind::MassConcentration, -2),
    ("mg/l", Kind::MassConcentration, -3),
    ("ug/ml", Kind::MassConcentration, -3),
    ("µg/ml", Kind::MassConcentration, -3),
    ("μg/ml", Kind::MassConcentration, -3),
    ("ug/l", Kind::MassConcentration, -6),
    ("µg/l", Kind::MassConcentration, -6),
    ("μg/l", Kind::MassConcentration, -6),
    ("ng/ml", Kind::MassConcentration, -6),
    ("mmol/l", Kind::SubstanceConcentration, 0),
    ("umol/l", Kind::SubstanceConcentration, -3),
    ("µmol/l", Kind::SubstanceConcentration, -3),
    ("μmol/l", Kind::SubstanceConcentration, -3),
];

/// Words that say a number beside the numerals. `daily` says one only where no other number says how often.
const WORDS: &[(&str, u32)] = &[
    ("once", 1),
    ("twice", 2),
    ("bid", 2),
    ("b.i.d", 2),
    ("thrice", 3),
    ("tid", 3),
    ("t.i.d", 3),
    ("qid", 4),
    ("weekdays", 5),
    ("monday to friday", 5),
    ("monday through friday", 5),
    ("mon-fri", 5),
    ("m-f", 5),
    ("single", 1),
];

/// Names of drugs whose digits count nothing.
const DRUGS_WITH_DIGITS: &[&str] = &[
    "5-fluorouracil",
    "5 fluorouracil",
    "5-fu",
    "5fu",
    "5 fu",
    "s-1",
    "ts-1",
    "cpt-11",
    "vp-16",
];

/// Where the name of a drug with a digit ends that begins at `at`.
fn drug_at(text: &str, at: usize) -> Option<usize> {
    if continues_a_word(text, at) {
        return None;
    }
    DRUGS_WITH_DIGITS.iter().find_map(|name| {
        let end = at + name.len();
        let is_name = text.get(at..end)?.eq_ignore_ascii_case(name);
        let goes_on = text[end..].starts_with(char::is_alphanumeric);
        (is_name && !goes_on).then_some(end)
    })
}

/// Every number of a text, in order.
pub(crate) fn numbers(text: &str) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = drug_at(text, at).or_else(|| stages_at(text, at, &mut out)) {
            at = end;
        } else if let Some(number) = digits_at(text, at).or_else(|| word_at(text, at)) {
            at = number.end;
            // no value of a protocol is negative
            if !is_negative(text, number.start) {
                out.push(number);
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// The number whose first digit stands at `at`. A digit inside a word (`m2`, `pT1`, `PMC123`)
/// begins none; one behind a lone `V`, `D` or `d` does (`V45Gy`, `D2cc`, `d1`).
pub(super) fn digits_at(text: &str, at: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    if !bytes.get(at)?.is_ascii_digit() || continues_a_word(text, at) || drug_at(text, at).is_some()
    {
        return None;
    }
    let (written, end) = decimal(bytes, at)?;
    let (mut kind, unit, end) = unit_at(text, end).unwrap_or((Kind::Bare, ONE, end));
    if kind == Kind::Intensity && per_day(&text[end..]) {
        kind = Kind::DailyIntensity;
    }
    Some(Number {
        value: written.checked_mul(unit)?,
        unit,
        kind,
        start: at,
        end,
    })
}

/// A minus sign stands before the number, and no range ends there: "-45", not "4-6" or "4 -6".
pub(super) fn is_negative(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix(['-', '−']);
    before.is_some_and(|before| {
        let left = before.trim_end();
        !before.ends_with(|c: char| c.is_alphanumeric())
            && !left.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// The stages that begin at `at`: `T1`, `pT1-2`, `T1-T2`, `N0`; and where they end.
fn stages_at(text: &str, at: usize, out: &mut Vec<Number>) -> Option<usize> {
    let bytes = text.as_bytes();
    let letter = char::from(*bytes.get(at)?);
    // "SM3" is no stage; "pT1N0M0" is three
    let before = text[..at].chars().next_back();
    let begins = before.is_none_or(|c| !c.is_alphabetic() || matches!(c, 'c' | 'p' | 'y' | 'r'));
    if !matches!(letter, 'T' | 'N' | 'M') || !begins {
        return None;
    }
    let digit = |at: usize| {
        let alone = !bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let digit = bytes
            .get(at)
            .filter(|byte| byte.is_ascii_digit() && alone)?;
        Some(digit - b'0')
    };
    let first = digit(at + 1)?;
    let mut last = first;
    let mut end = at + 2;
    if bytes.get(end) == Some(&b'-') {
        let skip = usize::from(bytes.get(end + 1) == Some(&bytes[at]));
        if let Some(to) = digit(end + 1 + skip).filter(|to| *to > first) {
            last = to;
            end += 2 + skip;
        }
    }
    for stage in first..=last {
        out.push(Number {
            value: u32::from(stage).into(),
            unit: ONE,
            kind: Kind::Stage(letter),
            start: at,
            end,
        });
    }
    Some(end)
}

fn continues_a_word(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        // the digits of one number are taken together
        Some('0'..='9') => true,
        Some('.' | ',') => before.next().is_some_and(|c| c.is_ascii_digit()),
        // 25x1.8Gy
        Some('V' | 'D' | 'd' | 'x' | 'X') => before.next().is_some_and(char::is_alphabetic),
        Some(c) => c.is_alphabetic(),
        None => false,
    }
}

/// The plain decimal that begins at `start`, and where it ends; `1,650` is read as thousands and
/// `1,8` as a decimal comma.
fn decimal(bytes: &[u8], start: usize) -> Option<(Decimal, usize)> {
    let mut plain = String::new();
    let mut point = false;
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        // 50·4, as some journals print it
        let raised = bytes[end..].strip_prefix("·".as_bytes());
        if raised.is_some_and(|rest| !point && rest.first().is_some_and(u8::is_ascii_digit)) {
            point = true;
            plain.push('.');
            end += "·".len();
            continue;
        }
        let digits_follow = bytes[end + 1..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        match byte {
            b'0'..=b'9' => plain.push(char::from(byte)),
            b',' if !point && digits_follow == 3 => {}
            b'.' | b',' if !point && digits_follow > 0 => {
                point = true;
                plain.push('.');
            }
            _ => break,
        }
        end += 1;
    }
    let number = read_plain(plain.as_bytes(), 0, MOST_DIGITS).ok()?;
    let places = i32::try_from(number.decimals).ok()?;
    let value = Decimal::new(i128::try_from(number.digits).ok()?, -places)?;
    (places <= MOST_PLACES).then_some((value, end))
}

/// No value of a protocol has more.
const MOST_DIGITS: u32 = 24;
const MOST_PLACES: i32 = 6;

pub(super) const ONE: Decimal = match Decimal::new(1, 0) {
    Some(one) => one,
    None => Decimal::ZERO,
};

/// The unit behind a number, in the kind's own unit, and where it ends.
fn unit_at(text: &str, end: usize) -> Option<(Kind, Decimal, usize)> {
    let rest = &text[end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '-', '\u{a0}']).len();
    // "4-6 weeks" is a range; "48-hour" a unit
    let behind = &rest[gap..];
    let of_quantity = UNITS.iter().filter_map(|(kind, units)| {
        let found = unit::leading(units, behind)?;
        let one = Rational::from(whole(found.base())?);
        let in_first = one.checked_div(whole(units.first()?.base())?.into())?;
        Some((*kind, in_first.to_decimal()?, found.code().len()))
    });
    let counted = COUNTED.iter().filter_map(|(word, kind)| {
        let tail = behind.strip_prefix(word)?;
        let ends = !tail.starts_with(char::is_alphanumeric);
        ends.then_some((*kind, ONE, word.len()))
    });
    let concentrations = CONCENTRATIONS.iter().filter_map(|(word, kind, power)| {
        let begins = behind.get(..word.len())?.eq_ignore_ascii_case(word);
        let ends = !behind[word.len()..].starts_with(char::is_alphanumeric);
        let unit = Decimal::new(1, *power)?;
        (begins && ends).then_some((*kind, unit, word.len()))
    });
    let all = of_quantity.chain(counted).chain(concentrations);
    let longest = all.max_by_key(|found| found.2);
    longest.map(|(kind, unit, length)| (kind, unit, end + gap + length))
}

fn whole(number: u64) -> Option<Decimal> {
    Decimal::new(number.into(), 0)
}

/// `/d` or `/day` behind an intensity.
fn per_day(rest: &str) -> bool {
    ["/day", "/d"].iter().any(|unit| {
        let tail = rest.strip_prefix(*unit);
        tail.is_some_and(|tail| !tail.starts_with(char::is_alphanumeric))
    })
}

fn word_at(text: &str, at: usize) -> Option<Number> {
    let begins = !text[..at].ends_with(char::is_alphanumeric);
    if !begins {
        return None;
    }
    let bytes = &text.as_bytes()[at..];
    let (word, value) = WORDS.iter().chain(NUMBER_WORDS).find(|(word, _)| {
        bytes
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
            && !bytes.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
    })?;
    let end = at + word.len();
    let (value, end) = and_units(text, *value, end).unwrap_or((*value, end));
    let (kind, unit, end) = unit_at(text, end).unwrap_or((Kind::Count, ONE, end));
    Some(Number {
        value: Decimal::from(value).checked_mul(unit)?,
        unit,
        kind,
        start: at,
        end,
    })
}

/// `twenty-five`: the units behind the tens, and where they end.
fn and_units(text: &str, tens: u32, end: usize) -> Option<(u32, usize)> {
    let rest = text
        .get(end..)?
        .strip_prefix(['-', '\u{2010}', '\u{2011}'])?;
    let start = text.len() - rest.len();
    let length = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let word = rest.get(..length)?;
    let mut known = NUMBER_WORDS.iter().filter(|(_, value)| *value < 10);
    let (_, units) = known.find(|(known, _)| known.eq_ignore_ascii_case(word))?;
    let is_tens = (20..100).contains(&tens) && tens % 10 == 0;
    is_tens.then_some((tens + units, start + length))
}

//! The numbers of a text with their units, as prescriptions write them: `45Gy`, `1.8 Gy`,
//! `25 fractions`, `825mg/m²`, `4-6 weeks`, `twice daily`, `V45Gy`.

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No unit is written.
    Bare,
    /// Gray.
    Dose,
    /// mg/m².
    Intensity,
    /// mg/m² and day.
    DailyIntensity,
    /// A T, N or M stage; its number counts millionths too.
    Stage(char),
    /// mg.
    Mass,
    /// Fractions, times, doses.
    Count,
    Percent,
    /// cc.
    Volume,
    /// mm.
    Length,
    Hour,
    Day,
    Week,
    Year,
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

/// A number of a text, in millionths of the kind's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) millionths: u64,
    pub(crate) kind: Kind,
    /// Where it stands, in bytes: its digits or word, and where its unit ends.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Units by their spelling, the longest first where one begins another; millionths of the kind's
/// unit per unit.
const UNITS: &[(&str, Kind, u64)] = &[
    ("cGy", Kind::Dose, 10_000),
    ("Gy", Kind::Dose, 1_000_000),
    ("mg/m2", Kind::Intensity, 1_000_000),
    ("mg/m²", Kind::Intensity, 1_000_000),
    ("mg/m^2", Kind::Intensity, 1_000_000),
    ("g/m2", Kind::Intensity, 1_000_000_000),
    ("g/m²", Kind::Intensity, 1_000_000_000),
    ("mg", Kind::Mass, 1_000_000),
    ("%", Kind::Percent, 1_000_000),
    ("cc", Kind::Volume, 1_000_000),
    ("cm3", Kind::Volume, 1_000_000),
    ("cm³", Kind::Volume, 1_000_000),
    ("cm", Kind::Length, 10_000_000),
    ("mm", Kind::Length, 1_000_000),
    ("fractions", Kind::Count, 1_000_000),
    ("fraction", Kind::Count, 1_000_000),
    ("fx", Kind::Count, 1_000_000),
    ("sessions", Kind::Count, 1_000_000),
    ("doses", Kind::Count, 1_000_000),
    ("cycles", Kind::Count, 1_000_000),
    ("times", Kind::Count, 1_000_000),
    ("hours", Kind::Hour, 1_000_000),
    ("hour", Kind::Hour, 1_000_000),
    ("h", Kind::Hour, 1_000_000),
    ("days", Kind::Day, 1_000_000),
    ("day", Kind::Day, 1_000_000),
    ("d", Kind::Day, 1_000_000),
    ("weeks", Kind::Week, 1_000_000),
    ("week", Kind::Week, 1_000_000),
    ("years", Kind::Year, 1_000_000),
    ("year", Kind::Year, 1_000_000),
];

/// Words that say a number. `daily` says one only where no other number says how often.
const WORDS: &[(&str, u64)] = &[
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
    ("one", 1),
    ("single", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];

/// Every number of a text, in order.
pub(crate) fn numbers(text: &str) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = stages_at(text, at, &mut out) {
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
    if !bytes.get(at)?.is_ascii_digit() || continues_a_word(text, at) {
        return None;
    }
    let (value, end) = decimal(bytes, at)?;
    let (mut kind, scale, end) = unit_at(text, end).unwrap_or((Kind::Bare, 1_000_000, end));
    if kind == Kind::Intensity && per_day(&text[end..]) {
        kind = Kind::DailyIntensity;
    }
    let scaled = u128::from(value) * u128::from(scale) / 1_000_000;
    Some(Number {
        millionths: u64::try_from(scaled).ok()?,
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
            millionths: u64::from(stage) * 1_000_000,
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

/// A plain decimal in millionths; `1,650` is read as thousands and `1,8` as a decimal comma.
fn decimal(bytes: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut value: u128 = 0;
    let mut decimals: Option<u32> = None;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let digits_follow = bytes[at + 1..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        match byte {
            b'0'..=b'9' => {
                if value > u128::from(u64::MAX) || decimals == Some(6) {
                    return None;
                }
                value = value * 10 + u128::from(byte - b'0');
                decimals = decimals.map(|places| places + 1);
            }
            b',' if decimals.is_none() && digits_follow == 3 => {}
            b'.' | b',' if decimals.is_none() && digits_follow > 0 => decimals = Some(0),
            _ => break,
        }
        at += 1;
    }
    let value = value * 10_u128.pow(6 - decimals.unwrap_or(0));
    Some((u64::try_from(value).ok()?, at))
}

fn unit_at(text: &str, end: usize) -> Option<(Kind, u64, usize)> {
    let rest = &text[end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '-', '\u{a0}']).len();
    // "4-6 weeks" is a range; "48-hour" a unit
    let unit = &rest[gap..];
    UNITS.iter().find_map(|(spelling, kind, scale)| {
        let tail = unit.strip_prefix(spelling)?;
        let ends = !tail.starts_with(|c: char| c.is_alphanumeric());
        ends.then_some((*kind, *scale, end + gap + spelling.len()))
    })
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
    let (word, value) = WORDS.iter().find(|(word, _)| {
        bytes
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
            && !bytes.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
    })?;
    let end = at + word.len();
    let (kind, end) = unit_at(text, end).map_or((Kind::Count, end), |(kind, _, end)| (kind, end));
    Some(Number {
        millionths: value * 1_000_000,
        kind,
        start: at,
        end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Kind)> {
        numbers(text)
            .into_iter()
            .map(|number| (number.millionths, number.kind))
            .collect()
    }

    #[test]
    fn prescriptions_as_they_are_written() {
        use Kind::{Bare, Count, Day, Dose, Intensity, Length, Percent, Volume, Week};
        const ONE: u64 = 1_000_000;
        for (text, expected) in [
            (
                "45Gy in 25 fractions",
                vec![(45 * ONE, Dose), (25 * ONE, Count)],
            ),
            ("28 x 1.8", vec![(28 * ONE, Bare), (1_800_000, Bare)]),
            ("5x5Gy", vec![(5 * ONE, Bare), (5 * ONE, Dose)]),
            ("4500 cGy/25", vec![(45 * ONE, Dose), (25 * ONE, Bare)]),
            (
                "Oral capecitabine 825mg/m² twice daily",
                vec![(825 * ONE, Intensity), (2 * ONE, Count)],
            ),
            (
                "2.4 g/m2 over 48 h",
                vec![(2400 * ONE, Intensity), (48 * ONE, Kind::Hour)],
            ),
            ("4-6 weeks", vec![(4 * ONE, Bare), (6 * ONE, Week)]),
            (
                "46.0 to 50.4 Gy",
                vec![(46 * ONE, Bare), (50_400_000, Dose)],
            ),
            ("SM3, PMC5031350", vec![]),
            (
                "cT1-2N0M0, T12",
                vec![
                    (ONE, Kind::Stage('T')),
                    (2 * ONE, Kind::Stage('T')),
                    (0, Kind::Stage('N')),
                    (0, Kind::Stage('M')),
                ],
            ),
            (
                "T3-T4",
                vec![(3 * ONE, Kind::Stage('T')), (4 * ONE, Kind::Stage('T'))],
            ),
            (
                "1650 mg/m2/d, -45 Gy",
                vec![(1650 * ONE, Kind::DailyIntensity)],
            ),
            ("invasion >1mm", vec![(ONE, Length)]),
            (
                "V45Gy < 65 cc, D98%",
                vec![(45 * ONE, Dose), (65 * ONE, Volume), (98 * ONE, Percent)],
            ),
            (
                "1,650 mg/m2 or 1,8 Gy",
                vec![(1650 * ONE, Intensity), (1_800_000, Dose)],
            ),
            (
                "d1-d38, five days",
                vec![(ONE, Bare), (38 * ONE, Bare), (5 * ONE, Day)],
            ),
            ("in 5. Then 3", vec![(5 * ONE, Bare), (3 * ONE, Bare)]),
            (
                "bid, often, Monday to Friday",
                vec![(2 * ONE, Count), (5 * ONE, Count)],
            ),
            ("99999999999999999999999999999999999999999999 Gy", vec![]),
            ("1.1234567 Gy", vec![]),
            ("\u{1d7d9}\u{b2}é", vec![]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}

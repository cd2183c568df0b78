//! Cells: numbers as a person writes them, words, and what is not given.

use chemorad::number::read_plain;
use chemorad::patient::Sex;

/// A value of a file whose values have types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Missing,
    Text(String),
    /// A number that is not whole, or too large to be exact.
    Real(String),
    /// A list, a structure, true or false: no column reads it. What stands there, behind a mark that no text has.
    Other(Vec<u8>),
}

/// Stands before a value that is neither text nor number.
const NO_VALUE: &[u8] = b"\xff\xfe";

/// So much of such a value is kept.
const MOST_OTHER: usize = 256;

/// What stands in a cell that is neither text nor number; none where it is one of these.
pub(crate) fn other(cell: &[u8]) -> Option<&[u8]> {
    cell.strip_prefix(NO_VALUE)
}

impl Cell {
    /// A value that no column reads, by what a person sees of it.
    pub(crate) fn other(shown: &str) -> Self {
        let shown = shown.as_bytes().iter().take(MOST_OTHER);
        Self::Other(NO_VALUE.iter().chain(shown).copied().collect())
    }

    /// A binary floating-point number: 15 digits of it are decimals that somebody wrote, and the rest is of the binary
    /// form, 167.64000000000001 for 167.64.
    pub(crate) fn real(value: f64) -> Self {
        let digits = format!("{value:.14e}").parse().unwrap_or(value);
        Self::Real(digits.to_string())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Missing => b"",
            Self::Text(text) | Self::Real(text) => text.as_bytes(),
            Self::Other(shown) => shown,
        }
    }
}

/// A cell that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// Without blanks around it: those of a keyboard, and those that look like them.
pub(crate) fn trimmed(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    let is_ascii = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    if is_ascii(cell.first()) && is_ascii(cell.last()) {
        return cell;
    }
    // zero-width marks are no white space for Unicode
    let is_blank =
        |one: char| one.is_whitespace() || matches!(one, '\u{200b}' | '\u{2060}' | '\u{feff}');
    std::str::from_utf8(cell).map_or(cell, |text| text.trim_matches(is_blank).as_bytes())
}

/// Whether a cell says that there is no value: empty, or the word for it in R, SAS, Python and SQL.
pub(crate) fn is_missing(cell: &[u8]) -> bool {
    matches!(
        cell,
        b"" | b"NA" | b"." | b"NaN" | b"nan" | b"NULL" | b"null"
    )
}

/// More digits would not be exact as a floating-point number.
const MOST_DIGITS: u32 = 15;

/// A plain decimal: its digits and ten to the number of decimals.
pub(crate) fn decimal(cell: &[u8], comma: bool) -> Result<(u64, u64), Unreadable> {
    let mut own = [0_u8; 24];
    let text = if comma {
        let own = own.get_mut(..cell.len()).ok_or(Unreadable)?;
        for (to, from) in own.iter_mut().zip(cell) {
            *to = match from {
                b',' => b'.',
                // a point beside decimal commas separates thousands, or nothing
                b'.' => return Err(Unreadable),
                other => *other,
            };
        }
        &*own
    } else {
        cell
    };
    let number = read_plain(text, 0, MOST_DIGITS).map_err(|_| Unreadable)?;
    if number.end != text.len() {
        return Err(Unreadable);
    }
    let digits = u64::try_from(number.digits).map_err(|_| Unreadable)?;
    Ok((digits, 10_u64.pow(number.decimals)))
}

/// More days of intake are no course.
const MOST_DAYS: f64 = 1000.0;

/// A number of days: the drug is not taken on half of one.
pub(crate) fn whole_days(cell: &[u8], comma: bool) -> Result<f64, Unreadable> {
    let days = number(cell, comma)?;
    if days.fract() == 0.0 && (0.0..=MOST_DAYS).contains(&days) {
        Ok(days)
    } else {
        Err(Unreadable)
    }
}

/// The number, correctly rounded.
#[allow(clippy::cast_precision_loss, reason = "at most 15 digits are exact")]
pub(crate) fn number(cell: &[u8], comma: bool) -> Result<f64, Unreadable> {
    let (digits, ten) = decimal(cell, comma)?;
    Ok(digits as f64 / ten as f64)
}

/// The number in the unit `whole` of a cell in the unit `unit`, both in base units. What is converted from inches or
/// pounds is rounded to the next base unit, halves up; a number in a decimal unit that is finer is not read.
#[allow(clippy::cast_precision_loss, reason = "base units stay below 2^53")]
pub(crate) fn measure(cell: &[u8], comma: bool, unit: u32, whole: u32) -> Result<f64, Unreadable> {
    let (digits, ten) = decimal(cell, comma)?;
    // most cells are no finer than the base unit, and need no wide integers
    if unit == whole && ten <= u64::from(whole) {
        return Ok(digits as f64 / ten as f64);
    }
    let base = u128::from(digits) * u128::from(unit);
    let ten = u128::from(ten);
    let rest = base % ten;
    if rest != 0 && is_decimal(unit) {
        return Err(Unreadable);
    }
    let up = u128::from(rest >= ten - rest);
    Ok((base / ten + up) as f64 / f64::from(whole))
}

/// Whether a unit has ten, a hundred or more of the base unit.
pub(crate) const fn is_decimal(unit: u32) -> bool {
    matches!(unit, 10_000 | 1_000_000 | 1_000_000_000)
}

/// Female or male; in CDISC U is not given.
pub(crate) fn sex(cell: &[u8]) -> Result<Option<Sex>, Unreadable> {
    match cell {
        b"female" | b"Female" | b"FEMALE" | b"F" | b"f" => Ok(Some(Sex::Female)),
        b"male" | b"Male" | b"MALE" | b"M" | b"m" => Ok(Some(Sex::Male)),
        b"U" | b"UNDIFFERENTIATED" => Ok(None),
        _ => Err(Unreadable),
    }
}

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
    /// A list, a structure, a date, true or false.
    Other,
}

/// What stands for a value that is neither text nor number: no column reads it.
const NO_VALUE: &[u8] = b"[]";

impl Cell {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Missing => b"",
            Self::Text(text) | Self::Real(text) => text.as_bytes(),
            Self::Other => NO_VALUE,
        }
    }
}

/// A cell that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// Without white space around it.
pub(crate) fn trimmed(cell: &[u8]) -> &[u8] {
    cell.trim_ascii()
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

/// The number in the unit `whole` of a cell in the unit `unit`, both in base units: exact where it is a
/// whole number of base units. Otherwise it is none, and who takes it refuses it as too fine.
#[allow(clippy::cast_precision_loss, reason = "base units stay below 2^53")]
pub(crate) fn measure(cell: &[u8], comma: bool, unit: u32, whole: u32) -> Result<f64, Unreadable> {
    let (digits, ten) = decimal(cell, comma)?;
    if unit == whole {
        return Ok(digits as f64 / ten as f64);
    }
    let base = u128::from(digits) * u128::from(unit);
    Ok(base as f64 / ten as f64 / f64::from(whole))
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

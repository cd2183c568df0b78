//! The text of a decimal: read with every digit, written without loss.

use core::fmt;
use core::str::FromStr;

use super::decimal::{DIGITS, Decimal, EXPONENT};

/// Why a text is not a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// Nothing, or only spaces.
    #[error("nothing was given")]
    Empty,
    /// Something other than a sign, digits, one point and an exponent.
    #[error("it is not a decimal number such as 1.8, -3 or 5.0e-1")]
    Malformed,
    /// A comma inside the number.
    #[error("write a decimal point, not a comma")]
    Comma,
    /// NaN or an infinity in letters.
    #[error("the number must be finite")]
    NotFinite,
    /// More significant digits than are kept.
    #[error("it has more than {DIGITS} significant digits")]
    TooManyDigits,
    /// A power of ten out of range.
    #[error("its power of ten is out of range (at most {EXPONENT} either way)")]
    ExponentOutOfRange,
}

/// Longer texts are not numbers; DICOM allows 16 characters.
const LONGEST: usize = 256;

/// A sign, digits with at most one point, and an exponent; spaces around it are left off. This is the
/// grammar of DICOM's decimal string, of any length up to 256 characters.
impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_matches([' ', '\0', '\t', '\r', '\n']);
        if text.is_empty() {
            return Err(DecimalError::Empty);
        }
        if text.len() > LONGEST {
            return Err(DecimalError::Malformed);
        }
        let (negative, unsigned) = match text.as_bytes() {
            [b'-', ..] => (true, text.get(1..)),
            [b'+', ..] => (false, text.get(1..)),
            _ => (false, Some(text)),
        };
        let unsigned = unsigned.unwrap_or_default();
        if unsigned.contains(',') {
            return Err(DecimalError::Comma);
        }
        if unsigned.starts_with(['n', 'N', 'i', 'I']) {
            return Err(DecimalError::NotFinite);
        }
        let (number, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, power(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(DecimalError::Malformed);
        }
        let mut mantissa = 0_i128;
        let mut exponent = exponent;
        // zeros are added only when a digit follows, so that trailing ones cost nothing
        let mut zeros = 0_u32;
        for (digit, in_fraction) in whole
            .bytes()
            .map(|digit| (digit, false))
            .chain(fraction.bytes().map(|digit| (digit, true)))
        {
            if !digit.is_ascii_digit() {
                return Err(DecimalError::Malformed);
            }
            exponent -= i32::from(in_fraction);
            if digit == b'0' {
                zeros += 1;
                continue;
            }
            if mantissa == 0 {
                zeros = 0;
            }
            mantissa = 10_i128
                .checked_pow(zeros + 1)
                .and_then(|power| mantissa.checked_mul(power))
                .and_then(|shifted| shifted.checked_add(i128::from(digit - b'0')))
                .ok_or(DecimalError::TooManyDigits)?;
            zeros = 0;
        }
        if mantissa.unsigned_abs() >= 10_u128.pow(DIGITS) {
            return Err(DecimalError::TooManyDigits);
        }
        exponent += i32::try_from(zeros).map_err(|_| DecimalError::ExponentOutOfRange)?;
        let signed = if negative { -mantissa } else { mantissa };
        Self::new(signed, exponent).ok_or(DecimalError::ExponentOutOfRange)
    }
}

fn power(text: &str) -> Result<i32, DecimalError> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', ..] => (-1, text.get(1..)),
        [b'+', ..] => (1, text.get(1..)),
        _ => (1, Some(text)),
    };
    let digits = digits.unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(DecimalError::Malformed);
    }
    let significant = digits.trim_start_matches('0');
    if significant.len() > 4 {
        return Err(DecimalError::ExponentOutOfRange);
    }
    Ok(sign * significant.parse().unwrap_or(0))
}

/// Decimals that a person is shown.
const SHOWN: i32 = 4;

/// At most four decimals; where these show nothing of it, its first digit.
fn rounded(value: Decimal) -> Decimal {
    let (mantissa, exponent) = value.parts();
    let size = mantissa.unsigned_abs();
    let digits = i32::try_from(size.checked_ilog10().unwrap_or(0)).unwrap_or(0);
    let places = SHOWN.max(-(digits + exponent));
    // a number with fewer decimals, or of 38 digits and none before the fourth decimal
    let Ok(cut) = u32::try_from(-exponent - places) else {
        return value;
    };
    let Some(step) = 10_u128.checked_pow(cut).filter(|_| cut > 0) else {
        return value;
    };
    let steps = size / step + u128::from(size % step >= step - size % step);
    let steps = i128::try_from(steps).unwrap_or(i128::MAX);
    let signed = if value.is_negative() { -steps } else { steps };
    Decimal::new(signed, -places).unwrap_or(value)
}

/// Plain digits, or with an exponent where that is more than 30 digits. The alternate form (`{:#}`) is for a
/// person: at most four decimals, and where these would show nothing, its first digit.
///
/// ```
/// use chemorad::number::Decimal;
/// let dose: Decimal = "11.3113869239676".parse()?;
/// assert_eq!(format!("{dose} {dose:#}"), "11.3113869239676 11.3114");
/// let step: Decimal = "0.00000046".parse()?;
/// assert_eq!(format!("{step:#}"), "0.0000005");
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f.pad(&format!("{}", rounded(*self)));
        }
        let (mantissa, exponent) = self.parts();
        let digits = format!("{}", mantissa.unsigned_abs());
        let text = if !(-40..=30).contains(&exponent) {
            format!("{digits}e{exponent}")
        } else if exponent >= 0 {
            let mut text = digits;
            for _ in 0..exponent {
                text.push('0');
            }
            text
        } else {
            let places = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
            let padded = format!("{digits:0>width$}", width = places + 1);
            let (whole, fraction) = padded.split_at(padded.len() - places);
            format!("{whole}.{fraction}")
        };
        let sign = if self.is_negative() { "-" } else { "" };
        f.pad(&format!("{sign}{text}"))
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

// so that no digit is lost
crate::text::by_text!(Decimal);

//! Reads the decimals that a person writes: `45`, `1.8`, `0.25`, and nothing else; in `const` too.

/// A decimal as it was written, and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlainDecimal {
    /// All digits as one whole number.
    pub digits: u128,
    /// How many of them stand behind the point.
    pub decimals: u32,
    /// Where the number ends in the text, in bytes: a unit may begin there.
    pub end: usize,
}

/// Why a text does not begin with a plain decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlainFault {
    /// It does not begin with a digit.
    MissingNumber,
    /// Two points, a point without digits on both sides, or an exponent.
    Malformed,
    /// More digits than asked for.
    TooManyDigits,
    /// NaN or an infinity in letters.
    NotFinite,
    /// A minus sign.
    Negative,
    /// A comma inside the number.
    Comma,
}

/// Reads the plain decimal that begins at `start`, with at most `most` digits (38 at most fit).
///
/// `45`, `45.0` and `0.5`; never `.5`, `5.`, `+5`, `5e1` or `5,4`.
///
/// ```
/// use chemorad::number::{PlainFault, read_plain};
///
/// let number = read_plain(b"1.80 Gy", 0, 24).unwrap();
/// assert_eq!((number.digits, number.decimals, number.end), (180, 2, 4));
/// assert_eq!(read_plain(b"1,8", 0, 24), Err(PlainFault::Comma));
/// ```
///
/// # Errors
/// What stands there is no plain decimal.
pub const fn read_plain(text: &[u8], start: usize, most: u32) -> Result<PlainDecimal, PlainFault> {
    if start >= text.len() {
        return Err(PlainFault::MissingNumber);
    }
    match text[start] {
        b'-' => return Err(PlainFault::Negative),
        b'n' | b'N' | b'i' | b'I' => return Err(PlainFault::NotFinite),
        b'0'..=b'9' => {}
        _ => return Err(PlainFault::MissingNumber),
    }
    let mut number = PlainDecimal {
        digits: 0,
        decimals: 0,
        end: start,
    };
    let mut point = false;
    let mut count = 0;
    while number.end < text.len() {
        match text[number.end] {
            digit @ b'0'..=b'9' => {
                if count == most {
                    return Err(PlainFault::TooManyDigits);
                }
                count += 1;
                number.digits = number.digits * 10 + (digit - b'0') as u128;
                if point {
                    number.decimals += 1;
                }
            }
            b'.' => {
                if point || !digit_follows(text, number.end) {
                    return Err(PlainFault::Malformed);
                }
                point = true;
            }
            b',' => return Err(PlainFault::Comma),
            b'e' | b'E' if exponent_follows(text, number.end + 1) => {
                return Err(PlainFault::Malformed);
            }
            _ => break,
        }
        number.end += 1;
    }
    Ok(number)
}

const fn digit_follows(text: &[u8], at: usize) -> bool {
    at + 1 < text.len() && text[at + 1].is_ascii_digit()
}

const fn exponent_follows(text: &[u8], at: usize) -> bool {
    at < text.len() && (text[at].is_ascii_digit() || text[at] == b'-' || text[at] == b'+')
}

/// Whether a text is a plain decimal, of any length and nothing else.
///
/// ```
/// use chemorad::number::is_plain;
/// assert!(is_plain("53.1") && !is_plain("5e1") && !is_plain(".5") && !is_plain("-1"));
/// ```
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    [whole, decimals]
        .iter()
        .all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

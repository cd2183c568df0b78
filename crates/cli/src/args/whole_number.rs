//! A whole number as an argument.

use std::ops::RangeInclusive;

/// Digits alone, within the range: no sign, no exponent, no decimal point.
pub(crate) fn whole_number(text: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let digits = text.trim();
    let is_plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|number| range.contains(number));
    number.filter(|_| is_plain).ok_or_else(|| {
        format!(
            "write a whole number from {} to {}, in digits",
            range.start(),
            range.end()
        )
    })
}

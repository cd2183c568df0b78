//! Decimal text to whole base units and back, usable in `const`.

use alloc::string::String;
use core::fmt;

use super::fault::Fault;
use crate::number::unit::Unit;
use crate::number::{PlainDecimal, PlainFault, read_plain};

/// What every exact quantity declares; the first unit is the one it is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spec {
    pub(crate) quantity: &'static str,
    pub(crate) units: &'static [Unit],
    /// Smallest and largest value that exists, in base units.
    pub(crate) min: u64,
    pub(crate) max: u64,
    /// What to check when a value falls outside.
    pub(crate) hint: &'static str,
}

impl Spec {
    pub(crate) const fn check(&self, base: u64) -> Result<u64, Fault> {
        if base == 0 && self.min > 0 {
            Err(Fault::Zero)
        } else if base < self.min {
            Err(Fault::BelowMinimum)
        } else if base > self.max {
            Err(Fault::AboveMaximum)
        } else {
            Ok(base)
        }
    }

    /// Reads `1.8 Gy`. The number and the unit are both required.
    pub(crate) const fn parse(&self, text: &str) -> Result<u64, Fault> {
        let bytes = text.as_bytes();
        let (start, end) = trimmed(bytes, 0, bytes.len());
        if start == end {
            return Err(Fault::Empty);
        }
        if is_printed_minus(bytes, start) {
            return Err(Fault::Negative);
        }
        let number = match read_plain(bytes, start, MOST_DIGITS) {
            Ok(number) => number,
            Err(found) => return Err(fault(found)),
        };
        let (unit_start, unit_end) = trimmed(bytes, number.end, end);
        if unit_start == unit_end {
            return Err(Fault::MissingUnit);
        }
        let Some(base_per_unit) = self.find(bytes, unit_start, unit_end) else {
            return Err(Fault::UnknownUnit);
        };
        match to_base(number, base_per_unit) {
            Ok(base) => self.check(base),
            Err(fault) => Err(fault),
        }
    }

    /// A floating-point number of `code` units, accepted when it is a whole number of base units
    /// to within `ulps` units in the last place.
    pub(crate) fn float_to_base(&self, value: f64, code: &str, ulps: f64) -> Result<u64, Fault> {
        let Some(base_per_unit) = self.find(code.as_bytes(), 0, code.len()) else {
            return Err(Fault::UnknownUnit);
        };
        self.units_to_base(value, base_per_unit, ulps)
    }

    /// The base units of a value in a unit that has so many of them.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the value is checked to be positive and below 2^53 base units first"
    )]
    #[inline]
    pub(crate) fn units_to_base(
        &self,
        value: f64,
        base_per_unit: u64,
        ulps: f64,
    ) -> Result<u64, Fault> {
        if !value.is_finite() {
            return Err(Fault::NotFinite);
        }
        if value < 0.0 {
            return Err(Fault::Negative);
        }
        let scaled = value * base_per_unit as f64;
        // also keeps `scaled` below 2^53, where whole numbers are exact
        if scaled > self.max as f64 + 1.0 {
            return Err(Fault::AboveMaximum);
        }
        // to the nearest whole number, halves away from zero
        let below = scaled as u64;
        let base = below + u64::from(scaled - below as f64 >= 0.5);
        let back = base as f64 / base_per_unit as f64;
        if is_decimal(base_per_unit) && (back - value).abs() > ulps * f64::EPSILON * value {
            return Err(Fault::TooPrecise);
        }
        self.check(base)
    }

    const fn find(&self, bytes: &[u8], start: usize, end: usize) -> Option<u64> {
        let mut i = 0;
        while i < self.units.len() {
            let code = self.units[i].code.as_bytes();
            if code.len() == end - start {
                let mut j = 0;
                while j < code.len() && code[j] == bytes[start + j] {
                    j += 1;
                }
                if j == code.len() {
                    return Some(self.units[i].base);
                }
            }
            i += 1;
        }
        None
    }

    /// The value in the printing unit: one division of two exact numbers, so correctly rounded.
    #[allow(clippy::cast_precision_loss, reason = "base units stay below 2^53")]
    pub(crate) const fn value(&self, base: u64) -> f64 {
        base as f64 / self.units[0].base as f64
    }

    pub(crate) fn write_number(&self, base: u64, out: &mut dyn fmt::Write) -> fmt::Result {
        let one = self.units[0].base;
        write!(out, "{}", base / one)?;
        let mut rest = base % one;
        let mut digit = one;
        if rest > 0 {
            out.write_char('.')?;
        }
        while rest > 0 {
            digit /= 10;
            write!(out, "{}", rest / digit)?;
            rest %= digit;
        }
        Ok(())
    }

    pub(crate) fn number(&self, base: u64) -> String {
        let mut text = String::new();
        // writing to a String cannot fail
        let _ = self.write_number(base, &mut text);
        text
    }

    pub(crate) fn text(&self, base: u64) -> String {
        let mut text = self.number(base);
        text.push(' ');
        text.push_str(self.units[0].code);
        text
    }
}

/// 24 digits (80 bits) times a unit of at most 2^40 base units stay inside 128 bits.
const MOST_DIGITS: u32 = 24;

const fn trimmed(bytes: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    loop {
        let space = space_at(bytes, start, end);
        if space == 0 {
            break;
        }
        start += space;
    }
    loop {
        let ascii = end > start && bytes[end - 1].is_ascii();
        let mut length = if ascii { 1 } else { 3 };
        while length > 0 && (end - start < length || space_at(bytes, end - length, end) != length) {
            length -= 1;
        }
        if length == 0 {
            break;
        }
        end -= length;
    }
    (start, end)
}

/// How many bytes a space has that begins here; 0 where none does. Text that is copied from a page or a
/// word processor has no-break and thin spaces between a number and its unit.
const fn space_at(bytes: &[u8], start: usize, end: usize) -> usize {
    if start >= end {
        return 0;
    }
    if bytes[start].is_ascii() {
        return bytes[start].is_ascii_whitespace() as usize;
    }
    if start + 2 <= end && bytes[start] == 0xc2 && bytes[start + 1] == 0xa0 {
        return 2;
    }
    let general = start + 3 <= end && bytes[start] == 0xe2 && bytes[start + 1] == 0x80;
    if general && matches!(bytes[start + 2], 0x89 | 0x8a | 0xaf) {
        return 3;
    }
    0
}

/// A minus sign or an en dash, as a word processor writes one before a number.
const fn is_printed_minus(bytes: &[u8], start: usize) -> bool {
    start + 2 < bytes.len()
        && bytes[start] == 0xe2
        && matches!(
            (bytes[start + 1], bytes[start + 2]),
            (0x88, 0x92) | (0x80, 0x93)
        )
}

const fn fault(fault: PlainFault) -> Fault {
    match fault {
        PlainFault::MissingNumber => Fault::MissingNumber,
        PlainFault::Malformed => Fault::MalformedNumber,
        PlainFault::TooManyDigits => Fault::TooManyDigits,
        PlainFault::NotFinite => Fault::NotFinite,
        PlainFault::Negative => Fault::Negative,
        PlainFault::Comma => Fault::DecimalComma,
    }
}

/// Whether base units are a unit's decimals: of pounds and inches they are not.
const fn is_decimal(base_per_unit: u64) -> bool {
    let mut ten = 1;
    while ten < base_per_unit {
        ten *= 10;
    }
    ten == base_per_unit
}

/// In base units, exactly; a value that is converted is rounded to the next base unit, halves up, because its own
/// decimals say nothing of those of the product.
const fn to_base(number: PlainDecimal, base_per_unit: u64) -> Result<u64, Fault> {
    if number.decimals == 0 && number.digits <= u32::MAX as u128 {
        // a whole number of units needs no division in 128 bits; units have at most 2^40 base units
        #[allow(clippy::cast_possible_truncation, reason = "checked on the line above")]
        if let Some(base) = (number.digits as u64).checked_mul(base_per_unit) {
            return Ok(base);
        }
    }
    let scaled = number.digits * base_per_unit as u128;
    let divisor = 10_u128.pow(number.decimals);
    let rest = scaled % divisor;
    if rest != 0 && is_decimal(base_per_unit) {
        return Err(Fault::TooPrecise);
    }
    let mut base = scaled / divisor;
    if rest >= divisor - rest {
        base += 1;
    }
    if base > u64::MAX as u128 {
        return Err(Fault::AboveMaximum);
    }
    #[allow(clippy::cast_possible_truncation, reason = "checked on the line above")]
    Ok(base as u64)
}

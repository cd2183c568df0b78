//! Numbers written in the plain way, which most are: digits, and a point among them.

/// So many digits are a whole number that is exact, and so is the power of ten that it is divided by; so the quotient
/// is the nearest number (Clinger, PLDI 1990:92-101).
const DIGITS: usize = 15;

/// The nearest `f64` of a decimal in plain digits; none where it is written otherwise, has more digits or is none.
pub(super) fn plain(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; DIGITS + 1] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let is_padding = |byte: &u8| matches!(byte, b' ' | 0 | b'\t' | b'\r' | b'\n');
    let from = text.iter().position(|byte| !is_padding(byte))?;
    let to = text.iter().rposition(|byte| !is_padding(byte))?;
    let text = text.get(from..=to)?;
    let (sign, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix(b"+").unwrap_or(text)),
    };
    if digits.len() > DIGITS + 1 {
        return None;
    }
    let mut whole = 0_u64;
    let mut count = 0;
    let mut behind = None;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                whole = whole * 10 + u64::from(byte - b'0');
                count += 1;
            }
            b'.' if behind.is_none() => behind = Some(count),
            _ => return None,
        }
    }
    if count == 0 || count > DIGITS {
        return None;
    }
    let power = POWERS.get(behind.map_or(0, |before| count - before))?;
    #[allow(clippy::cast_precision_loss, reason = "of at most 15 digits")]
    let size = whole as f64 / power;
    // there is one zero
    Some(if whole == 0 { 0.0 } else { sign * size })
}

#[cfg(test)]
mod tests {
    use chemorad::number::Decimal;
    use proptest::prelude::*;

    use super::plain;

    #[test]
    fn what_is_plain() {
        for (text, number) in [
            ("0", 0.0),
            ("-0.0 ", 0.0),
            ("+12.5", 12.5),
            (".5", 0.5),
            ("5.", 5.0),
            (" -123.456 ", -123.456),
            ("7\0", 7.0),
            ("0.10000000000000", 0.1),
        ] {
            assert_eq!(plain(text.as_bytes()), Some(number), "{text}");
        }
        for text in [
            "",
            " ",
            ".",
            "-",
            "1e3",
            "1,5",
            "1.2.3",
            "nan",
            "--1",
            "1 2",
            "1234567890123456",
        ] {
            assert_eq!(plain(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        /// What is read is the nearest number, as it is of the exact decimal.
        #[test]
        fn the_nearest(text in "[-+ ]?[0-9]{0,9}\\.?[0-9]{0,9} ?") {
            if let Some(found) = plain(text.as_bytes()) {
                prop_assert_eq!(text.parse::<Decimal>().map(Decimal::to_f64), Ok(found));
            }
        }
    }
}

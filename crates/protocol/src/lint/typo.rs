//! What a wrong number looks like beside the right one: the slips that publications show.

use core::fmt;

/// How a wrong number may have come from the right one.
///
/// Published: 7425 for 4725 (digits exchanged), 990 for 90 (a digit too many).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Typo {
    /// One digit is another one.
    OneDigit {
        /// The digit that stands there.
        found: char,
        /// The digit that should.
        expected: char,
    },
    /// Two digits stand in each other's place.
    Exchanged(char, char),
    /// One digit too many.
    DigitTooMany,
    /// One digit too few.
    DigitMissing,
    /// The decimal point, or zeros: ten or a hundred times the number.
    TimesTooLarge(u32),
    /// The same the other way: a tenth or a hundredth.
    TimesTooSmall(u32),
}

impl fmt::Display for Typo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneDigit { found, expected } => {
                write!(f, "one digit differs: {found} for {expected}")
            }
            Self::Exchanged(a, b) => write!(f, "the digits {a} and {b} are exchanged"),
            Self::DigitTooMany => f.write_str("one digit too many"),
            Self::DigitMissing => f.write_str("one digit is missing"),
            Self::TimesTooLarge(factor) => {
                let words = if *factor == 10 {
                    "ten times"
                } else {
                    "a hundred times"
                };
                write!(f, "it is {words} what is expected")
            }
            Self::TimesTooSmall(factor) => {
                let words = if *factor == 10 {
                    "a tenth of"
                } else {
                    "a hundredth of"
                };
                write!(f, "it is {words} what is expected")
            }
        }
    }
}

/// How `found` may have come from `expected`, two numbers in the same unit; `None` when it looks
/// like no slip. Zeros at either end are no digits, so the unit does not matter.
pub(super) fn suggest_typo(expected: u64, found: u64) -> Option<Typo> {
    let (right, wrong) = (digits(expected)?, digits(found)?);
    if right == wrong {
        return power_of_ten(expected, found);
    }
    if right.len() == wrong.len() {
        let pairs = right.bytes().zip(wrong.bytes()).enumerate();
        let apart: Vec<usize> = pairs
            .filter(|(_, (a, b))| a != b)
            .map(|(at, _)| at)
            .collect();
        let digit = |digits: &str, at: usize| char::from(digits.as_bytes()[at]);
        return match apart.as_slice() {
            // of two numbers with one digit each nothing can be said
            [at] if right.len() > 1 => Some(Typo::OneDigit {
                found: digit(&wrong, *at),
                expected: digit(&right, *at),
            }),
            [a, b]
                if digit(&right, *a) == digit(&wrong, *b)
                    && digit(&right, *b) == digit(&wrong, *a) =>
            {
                Some(Typo::Exchanged(digit(&right, *a), digit(&right, *b)))
            }
            _ => None,
        };
    }
    let (long, short, typo) = if wrong.len() > right.len() {
        (&wrong, &right, Typo::DigitTooMany)
    } else {
        (&right, &wrong, Typo::DigitMissing)
    };
    (long.len() == short.len() + 1 && without_one(long, short)).then_some(typo)
}

fn without_one(long: &str, short: &str) -> bool {
    (0..long.len()).any(|skip| {
        let rest = long.bytes().enumerate().filter(|(at, _)| *at != skip);
        rest.map(|(_, digit)| digit).eq(short.bytes())
    })
}

/// The digits without zeros at either end; none of zero.
fn digits(number: u64) -> Option<String> {
    (number != 0).then(|| number.to_string().trim_end_matches('0').to_string())
}

fn power_of_ten(expected: u64, found: u64) -> Option<Typo> {
    [10_u32, 100].into_iter().find_map(|factor| {
        let times = |number: u64| number.checked_mul(u64::from(factor));
        if times(expected) == Some(found) {
            Some(Typo::TimesTooLarge(factor))
        } else if times(found) == Some(expected) {
            Some(Typo::TimesTooSmall(factor))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::suggest_typo;

    #[test]
    fn slips_have_names() {
        // in hundredths of a gray
        for (expected, found, words) in [
            (4725, 7425, Some("the digits 4 and 7 are exchanged")),
            (9000, 99000, Some("one digit too many")),
            (99000, 9000, Some("one digit is missing")),
            (5040, 5400, Some("one digit is missing")),
            (5040, 50400, Some("it is ten times what is expected")),
            (4500, 45, Some("it is a hundredth of what is expected")),
            (4500, 4600, Some("one digit differs: 6 for 5")),
            (4500, 4500, None),
            (4500, 6120, None),
            (0, 4500, None),
            (500, 300, None),
        ] {
            let typo = suggest_typo(expected, found).map(|typo| typo.to_string());
            assert_eq!(typo.as_deref(), words, "{expected} {found}");
        }
    }
}

//! A value and on which side of it a limit permits: `<= 65 cc`.

use core::fmt;
use core::str::FromStr;

use chemorad::number::Decimal;
use chemorad_dosimetry::{Bounded, cubic_centimetres, written_number};
use chemorad_protocol::Comparison;

/// A value and on which side of it a limit permits: `<= 65 cc`, `< 50 %`, `>= 42.75 Gy`.
///
/// Centigray is read and turned into gray; every unit of a volume of tissue (`cm3`, `mL`, `mm3`) into `cc`.
///
/// ```
/// use chemorad_crosscheck::Goal;
/// let goal: Goal = "<= 4500 cGy".parse()?;
/// assert_eq!(goal.to_string(), "<= 45 Gy");
/// assert!("65 cc".parse::<Goal>().is_err() && "<= 65".parse::<Goal>().is_err());
/// # Ok::<(), chemorad_crosscheck::GoalError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// On which side.
    pub comparison: Comparison,
    /// The value, in its unit.
    pub value: Decimal,
    /// `Gy`, `cc` or `%`.
    pub unit: &'static str,
}

/// A text that is no limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a limit: write its side, its number and its unit, such as \"<= 65 cc\", \"< 50 %\" or \">= 42.75 Gy\""
)]
pub struct GoalError(String);

/// How close to a limit a bound counts as it: above the 1e-7 to which shares of cells are kept.
const AT_LIMIT: f64 = 5e-7;

impl Goal {
    /// Whether it permits a value. A value within 5e-7 of the limit is at it.
    fn permits(&self, value: f64) -> bool {
        let limit = self.value.to_f64();
        let is_at = (value - limit).abs() <= limit.abs() * AT_LIMIT;
        match self.comparison {
            Comparison::AtMost => is_at || value < limit,
            Comparison::Below => !is_at && value < limit,
            Comparison::AtLeast => is_at || value > limit,
            Comparison::Above => !is_at && value > limit,
        }
    }

    /// Whether it permits what lies between bounds: all of it, nothing of it, or that cannot be told.
    #[must_use]
    pub fn permits_within(&self, bounds: &Bounded) -> Option<bool> {
        match (self.permits(bounds.lower), self.permits(bounds.upper)) {
            (true, true) => Some(true),
            (false, false) => Some(false),
            _ => None,
        }
    }
}

impl FromStr for Goal {
    type Err = GoalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || GoalError(text.chars().take(60).collect());
        let text = text.trim();
        let (comparison, rest) = [
            ("<=", Comparison::AtMost),
            ("\u{2264}", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("\u{2265}", Comparison::AtLeast),
            ("<", Comparison::Below),
            (">", Comparison::Above),
        ]
        .into_iter()
        .find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?.trim())))
        .ok_or_else(bad)?;
        let end = rest
            .find(|letter: char| letter.is_alphabetic() || letter == '%')
            .ok_or_else(bad)?;
        let (number, unit) = (rest.get(..end), rest.get(end..));
        let number: Decimal = number
            .and_then(|number| written_number(number.trim()))
            .ok_or_else(bad)?;
        let (value, unit) = match unit.unwrap_or_default() {
            "Gy" => (Some(number), "Gy"),
            "cGy" => {
                let percent = Decimal::new(1, -2);
                (
                    percent.and_then(|percent| number.checked_mul(percent)),
                    "Gy",
                )
            }
            "%" => (Some(number), "%"),
            volume => (cubic_centimetres(number, volume), "cc"),
        };
        Ok(Self {
            comparison,
            value: value.ok_or_else(bad)?,
            unit,
        })
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.comparison, self.value, self.unit)
    }
}

chemorad::text::by_text!(Goal);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::Goal;
    use chemorad_dosimetry::Bounded;

    #[test]
    fn bounds_on_one_side_are_told_and_others_not() {
        let bounds = |lower, upper| Bounded {
            value: lower,
            lower,
            upper,
        };
        for (goal, lower, upper, wanted) in [
            ("<= 65 cc", 64.0, 64.9, Some(true)),
            ("<= 65 cc", 64.9, 65.1, None),
            ("<= 65 cc", 65.1, 66.0, Some(false)),
            // at the limit, but for rounding
            ("<= 50 Gy", 49.999_995, 50.000_005, Some(true)),
            ("< 50 Gy", 49.999_995, 50.000_005, Some(false)),
            (">= 100 %", 99.999_99, 100.000_01, Some(true)),
            ("<= 500 mm3", 0.4, 0.499, Some(true)),
            ("> 95 %", 94.0, 94.9, Some(false)),
            (">= 95 %", 94.0, 96.0, None),
            ("<= 0 cc", 0.0, 0.0, Some(true)),
            ("<= 0 cc", 0.001, 0.002, Some(false)),
        ] {
            let goal: Goal = goal.parse().unwrap();
            assert_eq!(goal.permits_within(&bounds(lower, upper)), wanted, "{goal}");
        }
    }

    #[test]
    fn a_limit_has_a_side_a_number_and_a_unit() {
        for (text, printed) in [
            ("<=65cc", "<= 65 cc"),
            ("\u{2264} 65 mL", "<= 65 cc"),
            (">=  95 %", ">= 95 %"),
            ("< 4500cGy", "< 45 Gy"),
        ] {
            assert_eq!(text.parse::<Goal>().unwrap().to_string(), printed);
        }
        for text in [
            "",
            "65 cc",
            "<= 65",
            "<= cc",
            "< -3 Gy",
            "<= 45 gy",
            "=< 3 Gy",
            "<= 6,5 cc",
            "<= 45 Gy/25",
            "<= 4.5e1 Gy",
            "<= +45 Gy",
            "<= .5 cc",
        ] {
            assert!(text.parse::<Goal>().is_err(), "{text}");
        }
    }
}

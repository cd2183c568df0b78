//! The dose that the name of a target states, such as `PTV50.4`, `PTV_5040` or `CTV 45 Gy`.

use chemorad::number::Decimal;

use super::amount::Amount;
use super::organ_limits::TARGETS;
use super::tolerance::{Allowed, Limit};

/// A dose in a name, and the doses that it can be a short form of.
#[derive(Debug, Clone, Copy)]
pub(super) struct DoseInName {
    pub(super) amount: Amount,
    /// How far from it the dose can be that it stands for: a whole number of gray leaves out what is behind the point.
    allowed: Allowed,
}

/// Whole numbers behind `PTV` are doses from here to there; smaller ones count volumes or are margins.
const GRAY: [u32; 2] = [20, 90];
/// The same in centigray, as TG-263 writes them.
const CENTIGRAY: [u32; 2] = [2000, 9000];
/// The same without the point: `PTV504`.
const TENTHS: [u32; 2] = [200, 900];

/// What a number that is no dose has behind it.
const OTHER_UNITS: [&str; 6] = ["fr", "fx", "mm", "cm", "x", "%"];

impl DoseInName {
    /// The only dose in the name of a target; `None` where there is none or more than one.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let letters: Vec<char> = name.chars().collect();
        let mut found = None;
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            if !letter.is_ascii_digit() {
                at += 1;
                continue;
            }
            let start = at;
            let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
            while digit(at) {
                at += 1;
            }
            // TG-263 writes a `p` for the point
            if matches!(letters.get(at), Some('.' | ',' | 'p')) && digit(at + 1) {
                at += 1;
                while digit(at) {
                    at += 1;
                }
            }
            let number: String = letters.get(start..at)?.iter().collect();
            let number = number.replace([',', 'p'], ".");
            let before: String = letters.get(..start)?.iter().collect();
            let after: String = letters.get(at..)?.iter().collect();
            if let Some(dose) = Self::read(&number, &before, &after) {
                if found.is_some() {
                    return None;
                }
                found = Some(dose);
            }
        }
        found
    }

    fn read(number: &str, before: &str, text: &str) -> Option<Self> {
        let value: Decimal = number.parse().ok()?;
        let after = text.trim_start_matches([' ', '_', '-']);
        let has_point = number.contains('.');
        let dose = |amount: Amount, limit: Limit| Self {
            amount,
            allowed: Allowed {
                limit,
                widest_percent: Decimal::from(100),
            },
        };
        let one = Decimal::from(1);
        let in_gray = || {
            let limit = if has_point {
                Limit::Percent(one)
            } else {
                Limit::Gray(one)
            };
            Some(dose(Amount::new(value), limit))
        };
        let in_tenths = || Some(dose(Amount::quotient(value, 10)?, Limit::Percent(one)));
        let in_centigray = || Some(dose(Amount::quotient(value, 100)?, Limit::Percent(one)));
        if after.starts_with("gy") {
            return in_gray();
        }
        if after.starts_with("cgy") {
            return in_centigray();
        }
        // another unit, a count of fractions, a part of a word
        let is_attached = text.starts_with(|letter: char| letter.is_alphanumeric());
        if is_attached || OTHER_UNITS.iter().any(|unit| after.starts_with(unit)) {
            return None;
        }
        let before = before.trim_end_matches([' ', '_', '-']);
        let is_behind_target = TARGETS.iter().any(|target| before.ends_with(target));
        if !is_behind_target {
            return None;
        }
        let is_between = |limits: [u32; 2]| {
            let whole = number.split('.').next().and_then(|text| text.parse().ok());
            whole.is_some_and(|whole: u32| limits[0] <= whole && whole <= limits[1])
        };
        if is_between(GRAY) {
            in_gray()
        } else if is_between(CENTIGRAY) && !has_point {
            in_centigray()
        } else if is_between(TENTHS) && !has_point {
            in_tenths()
        } else {
            None
        }
    }

    /// Whether it can stand for a dose.
    pub(super) fn stands_for(&self, dose: Amount) -> bool {
        Amount::compare(self.amount, dose, self.allowed).is_some_and(|both| both.within)
    }
}

#[cfg(test)]
mod tests {
    use super::DoseInName;

    #[test]
    fn doses_are_told_from_other_numbers() {
        for (name, dose) in [
            ("PTV50.4", "50.4 Gy"),
            ("PTV_5040", "50.4 Gy"),
            ("PTV 45", "45 Gy"),
            ("ptv45", "45 Gy"),
            ("PTV50p4", "50.4 Gy"),
            ("PTV504", "50.4 Gy"),
            ("CTV 45 Gy", "45 Gy"),
            ("boost 5.4Gy", "5.4 Gy"),
            ("nodes 5500 cGy", "55 Gy"),
            ("PTV1_45Gy", "45 Gy"),
            ("PTV58,8", "58.8 Gy"),
            ("PTV_50.4_boost", "50.4 Gy"),
        ] {
            let found = DoseInName::of(name).map(|dose| dose.amount.to_string());
            assert_eq!(found.as_deref(), Some(dose), "{name}");
        }
        for name in [
            "PTV",
            "PTV1",
            "PTV_2",
            "PTV 10mm",
            "PTV 28fx",
            "PTV 28 fractions",
            "PTV 30 mm",
            "PTV 45x",
            "pelvis 45",
            "",
            "20260101",
            "PTV20260101",
            "PTV 45 Gy 50 Gy",
            "PTV45 PTV50",
        ] {
            assert!(DoseInName::of(name).is_none(), "{name}");
        }
    }
}

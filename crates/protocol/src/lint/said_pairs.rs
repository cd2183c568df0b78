//! Doses and volumes of the words of limits, and which of them stand together.

use core::fmt;

use crate::passage::token::Token;
use chemorad::number::Decimal;

/// A dose or a volume as words write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Gray(Decimal),
    Percent(Decimal),
    Cubic(Decimal),
    /// `none above 50 Gy`.
    Nothing,
}

impl Level {
    const fn is_dose(self) -> bool {
        matches!(self, Self::Gray(_))
    }

    /// No volume at all.
    pub(super) fn is_none(self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Percent(number) | Self::Cubic(number) => number == Decimal::ZERO,
            Self::Gray(_) => false,
        }
    }

    /// So small a volume that its dose is called the maximum.
    pub(super) fn is_point(self) -> bool {
        matches!(self, Self::Cubic(number) if number <= Decimal::from(1))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gray(number) => write!(f, "{number} Gy"),
            Self::Percent(number) => write!(f, "{number} %"),
            Self::Cubic(number) => write!(f, "{number} cc"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

/// Those of a passage, each with its token.
pub(super) struct Levels {
    pub(super) all: Vec<(usize, Level)>,
    /// Dose and volume that stand together, by their tokens; `None` where the words do not say.
    pub(super) pairs: Option<Vec<(usize, usize)>>,
}

impl Levels {
    /// What stands at a token.
    pub(super) fn at(&self, token: usize) -> Option<&Level> {
        let found = self.all.iter().find(|(at, _)| *at == token);
        found.map(|(_, level)| level)
    }
}

const GRAY: &[&str] = &["gy", "gray", "grays"];
const CENTIGRAY: &[&str] = &["cgy", "centigray"];
const PERCENT: &[&str] = &["%", "percent"];
const CUBIC: &[&str] = &["cc", "cm3", "ml"];

fn level(number: Decimal, unit: &str) -> Option<Level> {
    match unit {
        unit if GRAY.contains(&unit) => Some(Level::Gray(number)),
        unit if CENTIGRAY.contains(&unit) => {
            let hundredth = Decimal::new(1, -2)?;
            number.checked_mul(hundredth).map(Level::Gray)
        }
        unit if PERCENT.contains(&unit) => Some(Level::Percent(number)),
        unit if CUBIC.contains(&unit) => Some(Level::Cubic(number)),
        _ => None,
    }
}

/// `v40`, `v40gy`, `d2cc`, and `d98` before a percent sign.
fn of_name(word: &str, next: &str) -> Option<Level> {
    let (is_volume, rest) = match (word.strip_prefix('v'), word.strip_prefix('d')) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return None,
    };
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    let (digits, unit) = rest.split_at(end.unwrap_or(rest.len()));
    let number = digits.parse().ok()?;
    let unit = match unit {
        "" if PERCENT.contains(&next) || CUBIC.contains(&next) || CENTIGRAY.contains(&next) => next,
        "" if is_volume => "gy",
        unit => unit,
    };
    level(number, unit)
}

/// The doses and volumes of a passage.
pub(super) fn levels(words: &[Token]) -> Levels {
    let mut all = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
        let found = match word.number {
            Some(number) => level(number, text(at + 1)),
            None if ["none", "nothing"].contains(&text(at))
                || (text(at) == "no" && ["part", "portion", "volume"].contains(&text(at + 1))) =>
            {
                Some(Level::Nothing)
            }
            None => of_name(&word.text, text(at + 1)),
        };
        all.extend(found.map(|level| (at, level)));
    }
    let pairs = pairs(&all);
    Levels { all, pairs }
}

/// Dose and volume in turn: `50% above 30 Gy, 35% above 40 Gy`.
fn pairs(all: &[(usize, Level)]) -> Option<Vec<(usize, usize)>> {
    let (_, first) = all.first()?;
    let mut out = Vec::new();
    for pair in all.chunks(2) {
        let [(one, a), (other, b)] = pair else {
            return None;
        };
        if a.is_dose() == b.is_dose() || a.is_dose() != first.is_dose() {
            return None;
        }
        out.push((*one, *other));
    }
    Some(out)
}

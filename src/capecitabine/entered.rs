//! What somebody else ordered or dispensed, as it is written.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::quantity::{OrderedDose, TabletStrength};

use super::candidate::tablets_text;
use super::deliverable::TabletCount;
use super::entered_fault::OrderTextFault;
use super::error::CapecitabineError;
use super::regimen::{MOST_A_DAY, frequency};

/// An order as somebody else wrote it: `1500mg bid`, or the administrations of a day, `1500mg + 1650mg`.
///
/// ```
/// use chemorad::capecitabine::EnteredOrder;
///
/// let order: EnteredOrder = "1500mg bid".parse()?;
/// assert_eq!(order.to_string(), "1500 mg 2 times a day");
/// assert_eq!(order.milligrams_per_day(), 3000);
/// let unequal: EnteredOrder = "1500mg + 1650mg".parse()?;
/// assert_eq!(unequal.administrations().len(), 2);
/// // how often is never guessed
/// assert!("1500mg".parse::<EnteredOrder>().is_err());
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnteredOrder(Vec<OrderedDose>);

impl EnteredOrder {
    /// The administrations of a day, in the order they are written.
    #[must_use]
    pub fn administrations(&self) -> &[OrderedDose] {
        &self.0
    }

    /// The drug of a day in milligrams.
    #[must_use]
    pub fn milligrams_per_day(&self) -> u32 {
        let doses = self.0.iter().map(|dose| dose.milligrams());
        doses.fold(0, u32::saturating_add)
    }
}

impl FromStr for EnteredOrder {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = |why: OrderTextFault| CapecitabineError::OrderText {
            given: text.chars().take(60).collect(),
            why,
            word: match why {
                OrderTextFault::Malformed => not_understood(text),
                _ => None,
            },
        };
        let dose = |part: &str| in_any_case::<OrderedDose>(part.trim());
        if text.contains('+') {
            let parts = text.split('+').take(MOST_A_DAY as usize + 1);
            let doses = parts.map(|part| dose(part).map_err(|_| refused(fault(part.trim()))));
            let doses: Vec<OrderedDose> = doses.collect::<Result<_, _>>()?;
            return if doses.len() > MOST_A_DAY as usize {
                Err(refused(OrderTextFault::Often))
            } else {
                Ok(Self(doses))
            };
        }
        let Some((before, times)) = frequency(text.trim()) else {
            // a dose alone lacks how often
            let alone = dose(text).is_ok();
            return Err(refused(if alone {
                OrderTextFault::HowOften
            } else {
                fault(text.trim())
            }));
        };
        let before = before.trim_end_matches([' ', ',']);
        let single = dose(before).map_err(|_| refused(fault(before)))?;
        if times == 0 || times > MOST_A_DAY {
            return Err(refused(OrderTextFault::Often));
        }
        Ok(Self((0..times).map(|_| single).collect()))
    }
}

/// An amount whose unit may be in capitals, which in an order mean no other unit.
fn in_any_case<T: FromStr>(text: &str) -> Result<T, T::Err> {
    text.parse()
        .or_else(|_| text.to_ascii_lowercase().parse::<T>())
}

/// The word that is neither the dose of one administration nor how often; none where nothing stands there.
fn not_understood(text: &str) -> Option<String> {
    let text = text.trim();
    let first = |rest: &str| {
        let word = rest.split_whitespace().next()?;
        Some(word.chars().take(30).collect())
    };
    // the administrations of a day are each looked at alone
    if text.contains('+') {
        let mut parts = text.split('+').map(str::trim);
        let wrong = parts.find(|part| in_any_case::<OrderedDose>(part).is_err())?;
        return if wrong == text {
            None
        } else {
            not_understood(wrong)
        };
    }
    let after = text.trim_start_matches(|one: char| one.is_ascii_digit() || one == '.');
    if after.len() == text.len() {
        return first(text);
    }
    let after = after.trim_start();
    let lower = after.to_ascii_lowercase();
    let unit = ["mg", "g"].into_iter().find(|unit| lower.starts_with(unit));
    let Some(rest) = unit.and_then(|unit| after.get(unit.len()..)) else {
        return first(after);
    };
    if rest.starts_with(|one: char| one.is_alphanumeric()) {
        return first(after);
    }
    let rest = rest.trim_start_matches([' ', ',']);
    let ends = rest
        .char_indices()
        .filter(|(_, one)| one.is_whitespace() || *one == ',')
        .map(|(at, _)| at);
    let mut said = ends.filter_map(|at| rest.split_at_checked(at));
    let behind = said.find_map(|(before, behind)| {
        let lead = alloc::format!(" {before}");
        let (dose, _) = frequency(&lead)?;
        dose.trim().is_empty().then_some(behind)
    });
    first(behind.unwrap_or(rest).trim_start_matches([' ', ',']))
}

/// Why a text is no dose of one administration.
fn fault(part: &str) -> OrderTextFault {
    let comma = part.split_once(',').is_some_and(|(before, after)| {
        before.ends_with(|one: char| one.is_ascii_digit())
            && after.starts_with(|one: char| one.is_ascii_digit())
    });
    let word = part.trim_start_matches(|one: char| one.is_ascii_digit() || one == '.');
    let unit: String = word.trim_start().to_ascii_lowercase();
    if comma {
        OrderTextFault::DecimalComma
    } else if unit.contains("/m") || unit.contains("m-2") {
        OrderTextFault::PerArea
    } else if part.starts_with(|one: char| one.is_ascii_digit())
        && (unit == "mg" || unit == "g")
        && part.contains('.')
    {
        OrderTextFault::PartOfMilligram
    } else {
        OrderTextFault::Malformed
    }
}

impl fmt::Display for EnteredOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [only] => write!(f, "{only} once a day"),
            [first, rest @ ..] if rest.iter().all(|dose| dose == first) => {
                write!(f, "{first} {} times a day", self.0.len())
            }
            doses => {
                for (at, dose) in doses.iter().enumerate() {
                    let lead = if at == 0 { "" } else { " + " };
                    write!(f, "{lead}{dose}")?;
                }
                Ok(())
            }
        }
    }
}

/// Tablets that somebody dispensed: `168x500mg`, `500mg x 168`, `168 x 500 mg + 56 x 150 mg`.
///
/// ```
/// use chemorad::capecitabine::DispensedTablets;
///
/// let tablets: DispensedTablets = "56x150mg + 168x500mg".parse()?;
/// assert_eq!(tablets.to_string(), "168 x 500 mg + 56 x 150 mg");
/// assert_eq!(tablets.milligrams(), 92_400);
/// assert!("168".parse::<DispensedTablets>().is_err());
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DispensedTablets(Vec<TabletCount>);

impl DispensedTablets {
    /// The tablets by strength, the largest first.
    #[must_use]
    pub fn tablets(&self) -> &[TabletCount] {
        &self.0
    }

    /// The drug in all of them in milligrams.
    #[must_use]
    pub fn milligrams(&self) -> u64 {
        let each = self.0.iter();
        each.map(|tablet| u64::from(tablet.count) * u64::from(tablet.strength.milligrams()))
            .sum()
    }
}

impl FromStr for DispensedTablets {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || CapecitabineError::DispensedText(text.chars().take(60).collect());
        let mut tablets: Vec<TabletCount> = Vec::new();
        for part in text.split('+') {
            let (first, second) = part
                .split_once(['x', 'X', '\u{d7}'])
                .ok_or_else(malformed)?;
            // the strength is the one with a unit
            let is_number = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
            let (count, strength) = match (is_number(first), is_number(second)) {
                (false, true) if !second.trim().is_empty() => (second, first),
                _ => (first, second),
            };
            let count = count.trim();
            if !count.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(malformed());
            }
            let count: u32 = count.parse().map_err(|_| malformed())?;
            let strength: TabletStrength = in_any_case(strength.trim()).map_err(|_| malformed())?;
            if count == 0 || tablets.iter().any(|known| known.strength == strength) {
                return Err(malformed());
            }
            tablets.push(TabletCount { strength, count });
        }
        tablets.sort_by_key(|tablet| core::cmp::Reverse(tablet.strength));
        Ok(Self(tablets))
    }
}

impl fmt::Display for DispensedTablets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tablets_text(&self.0))
    }
}

macro_rules! as_text {
    ($($name:ty),+) => {$(
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = CapecitabineError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    )+};
}

as_text!(EnteredOrder, DispensedTablets);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "1500mg bid",
            "1500 mg twice a day",
            "1.5g q12h",
            "1500 mg, 2 times a day",
            "1500MG BID",
            "1.5 G q12h",
            "1500mg, bid",
            "1500mg 2x/day",
            "1500mg 2 x daily",
            "1500mg bid.",
        ] {
            let order: EnteredOrder = text.parse().unwrap();
            assert_eq!(order.to_string(), "1500 mg 2 times a day", "{text}");
            let json = serde_json::to_string(&order).unwrap();
            assert_eq!(json, "\"1500 mg 2 times a day\"");
            assert_eq!(serde_json::from_str::<EnteredOrder>(&json).unwrap(), order);
        }
        let unequal: EnteredOrder = "1500mg+1650mg".parse().unwrap();
        assert_eq!(unequal.to_string(), "1500 mg + 1650 mg");
        assert_eq!(unequal.to_string().parse(), Ok(unequal));
        for text in [
            "",
            "bid",
            "1500mg",
            "1500 bid",
            "1500mgbid",
            "825 mg/m2 bid",
            "0mg bid",
            "1500mg 0 times a day",
            "1500mg 5 times a day",
            "1mg+1mg+1mg+1mg+1mg",
            "1500mg +",
            "-1500mg bid",
            "1500,5mg bid",
        ] {
            assert!(text.parse::<EnteredOrder>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_order_says_what_to_do() {
        for (text, part) in [
            ("1,5g bid", "a point before decimals: 1.5g"),
            ("1500,5mg + 1500mg", "a point before decimals"),
            ("1500.4mg bid", "whole milligrams"),
            ("825 mg/m2 bid", "is per body surface area"),
            ("1500mg", "how often a day is missing"),
            ("1500mg 5 times a day", "1 to 4 administrations"),
            ("1mg+1mg+1mg+1mg+1mg", "1 to 4 administrations"),
            ("1500 bid", "\"1500mg bid\""),
            ("1500mg bid po", "\"po\" is not understood"),
            ("1500mg 1-0-1", "\"1-0-1\" is not understood"),
            ("3000mg/day", "\"/day\" is not understood"),
            ("3x500mg bid", "\"x500mg\" is not understood"),
            (
                "1500mg twice a day for 14 days",
                "\"for\" is not understood",
            ),
            ("capecitabine 1500mg", "\"capecitabine\" is not understood"),
            ("1500mg + some", "\"some\" is not understood"),
            ("1500mg bid, then 1500mg", "\"1500mg bid\""),
        ] {
            let said = text.parse::<EnteredOrder>().unwrap_err().to_string();
            assert!(said.contains(part), "{text}: {said}");
        }
        let once: EnteredOrder = "3g qd".parse().unwrap();
        assert_eq!(once.to_string(), "3000 mg once a day");
        assert_eq!(once.to_string().parse(), Ok(once));
    }

    #[test]
    fn tablets_have_a_number_and_a_strength() {
        let capitals: DispensedTablets = "168X500MG".parse().unwrap();
        assert_eq!(capitals.to_string(), "168 x 500 mg");
        let tablets: DispensedTablets = "168 \u{d7} 500 mg".parse().unwrap();
        assert_eq!(tablets.to_string(), "168 x 500 mg");
        assert_eq!(tablets.to_string().parse(), Ok(tablets.clone()));
        assert_eq!("500mg x 168".parse(), Ok(tablets));
        for text in [
            "",
            "168",
            "500mg",
            "x500mg",
            "168x",
            "0x500mg",
            "+168x500mg",
            "-1x500mg",
            "168x500mg+1x500mg",
            "1e3x500mg",
            "99999999999x500mg",
            "500mg x",
            "500mg x 500mg",
            "168 x 500",
        ] {
            assert!(text.parse::<DispensedTablets>().is_err(), "{text}");
        }
    }
}

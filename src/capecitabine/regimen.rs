//! A dose intensity per administration and how often a day.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::quantity::{
    DoseIntensity, Fault, IntensityPerAdministration, IntensityPerDay, QuantityError,
};

use super::error::CapecitabineError;
use super::rules::dose_rule::DoseFraction;

/// A dose intensity per administration and the number of administrations a day.
///
/// Domain: 1 to 4 administrations a day, and a daily intensity of at most 20 000 mg/m²/d. On
/// which days it is taken is not part of it. As text it is `825 mg/m2 bid`, or as it is printed.
///
/// ```
/// use chemorad::capecitabine::Regimen;
/// use chemorad::quantity::IntensityPerAdministration;
///
/// const TRIAL: Regimen = Regimen::constant(IntensityPerAdministration::constant("825 mg/m2"), 2);
/// assert_eq!(TRIAL.intensity_per_day().to_string(), "1650 mg/m2/d");
/// assert_eq!(TRIAL.to_string(), "825 mg/m2 per administration, 2 times a day");
/// assert_eq!("825 mg/m2 bid".parse(), Ok(TRIAL));
/// assert_eq!(TRIAL.to_string().parse(), Ok(TRIAL));
/// ```
///
/// A daily intensity is not one per administration:
///
/// ```compile_fail,E0308
/// # use chemorad::capecitabine::Regimen;
/// # use chemorad::quantity::IntensityPerDay;
/// Regimen::new(IntensityPerDay::constant("1650 mg/m2/d"), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(into = "Shape")]
pub struct Regimen {
    intensity: IntensityPerAdministration,
    administrations_per_day: u32,
    per_day: IntensityPerDay,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    intensity_per_administration: IntensityPerAdministration,
    administrations_per_day: u32,
}

impl From<Regimen> for Shape {
    fn from(regimen: Regimen) -> Self {
        Self {
            intensity_per_administration: regimen.intensity,
            administrations_per_day: regimen.administrations_per_day,
        }
    }
}

impl TryFrom<Shape> for Regimen {
    type Error = CapecitabineError;

    fn try_from(shape: Shape) -> Result<Self, Self::Error> {
        Self::new(
            shape.intensity_per_administration,
            shape.administrations_per_day,
        )
    }
}

crate::text::from_text_or_parts!(
    Regimen,
    Shape,
    "a regimen such as \"825 mg/m2 bid\", or intensity_per_administration with administrations_per_day"
);

pub(super) const MOST_A_DAY: u32 = 4;

impl Regimen {
    const fn checked(intensity: IntensityPerAdministration, times: u32) -> Option<Self> {
        if times == 0 || times > MOST_A_DAY {
            return None;
        }
        match intensity.per_day(times) {
            Some(per_day) => Some(Self {
                intensity,
                administrations_per_day: times,
                per_day,
            }),
            None => None,
        }
    }

    /// From an intensity per administration.
    ///
    /// # Errors
    /// No administration or more than 4 a day, or a daily intensity above 20 000 mg/m²/d.
    pub const fn new(
        intensity: IntensityPerAdministration,
        administrations_per_day: u32,
    ) -> Result<Self, CapecitabineError> {
        match Self::checked(intensity, administrations_per_day) {
            Some(regimen) => Ok(regimen),
            None => Err(CapecitabineError::Regimen {
                intensity,
                administrations_per_day,
            }),
        }
    }

    /// A constant: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// Where [`new`](Self::new) has an error.
    #[must_use]
    #[track_caller]
    pub const fn constant(
        intensity: IntensityPerAdministration,
        administrations_per_day: u32,
    ) -> Self {
        match Self::checked(intensity, administrations_per_day) {
            Some(regimen) => regimen,
            None => panic!("a regimen has 1 to 4 administrations a day"),
        }
    }

    /// From an intensity whose basis was read at run time.
    ///
    /// # Errors
    /// As [`new`](Self::new), and a daily intensity that does not divide into equal
    /// administrations of whole nanograms per square metre.
    ///
    /// ```
    /// use chemorad::capecitabine::Regimen;
    /// use chemorad::quantity::{Basis, DoseIntensity};
    /// let daily = DoseIntensity::parse("1650 mg/m2", Basis::Day)?;
    /// let regimen = Regimen::from_intensity(daily, 2)?;
    /// assert_eq!(regimen.intensity().to_string(), "825 mg/m2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_intensity(
        intensity: DoseIntensity,
        administrations_per_day: u32,
    ) -> Result<Self, CapecitabineError> {
        match intensity {
            DoseIntensity::PerAdministration(single) => Self::new(single, administrations_per_day),
            DoseIntensity::PerDay(daily) => {
                let single = daily.per_administration(administrations_per_day).ok_or(
                    CapecitabineError::UnevenDay {
                        daily,
                        administrations_per_day,
                    },
                )?;
                Self::new(single, administrations_per_day)
            }
        }
    }

    /// The intensity of one administration.
    #[must_use]
    pub const fn intensity(self) -> IntensityPerAdministration {
        self.intensity
    }

    /// The number of administrations a day.
    #[must_use]
    pub const fn administrations_per_day(self) -> u32 {
        self.administrations_per_day
    }

    /// The intensity of all administrations of a day together.
    #[must_use]
    pub const fn intensity_per_day(self) -> IntensityPerDay {
        self.per_day
    }
}

impl fmt::Display for Regimen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} per administration, {} times a day",
            self.intensity, self.administrations_per_day
        )
    }
}

/// How often a day, as prescriptions write it.
const FREQUENCIES: [(&str, u32); 20] = [
    ("once a day", 1),
    ("once daily", 1),
    ("od", 1),
    ("qd", 1),
    ("twice a day", 2),
    ("twice daily", 2),
    ("b.i.d.", 2),
    ("bid", 2),
    ("b.d.", 2),
    ("bd", 2),
    ("every 12 hours", 2),
    ("q12h", 2),
    ("three times a day", 3),
    ("three times daily", 3),
    ("t.i.d.", 3),
    ("tid", 3),
    ("four times a day", 4),
    ("q.i.d.", 4),
    ("qid", 4),
    // the end of longer words above
    ("daily", 1),
];

/// What follows a number of times.
const COUNTED: [&str; 7] = [
    "times a day",
    "times daily",
    "times per day",
    "x/day",
    "x/d",
    "x daily",
    "x a day",
];

/// The words at the end that say how often a day, and the text before them.
pub(super) fn frequency(text: &str) -> Option<(&str, u32)> {
    let whole = text.to_ascii_lowercase();
    // a full stop may end a line
    let digit = |digit: char| digit.is_ascii_digit();
    let lower = whole.strip_suffix('.').unwrap_or(&whole);
    let counted = COUNTED.iter();
    let mut counted = counted.filter_map(|words| lower.strip_suffix(words).map(str::trim_end));
    if let Some(before) = counted.next() {
        if before.ends_with(digit) {
            let rest = before.trim_end_matches(digit);
            let times = before.get(rest.len()..)?.parse().ok()?;
            return Some((text.get(..rest.len())?, times));
        }
    }
    let mut known = FREQUENCIES.iter();
    known.find_map(|(words, times)| {
        let before = whole.strip_suffix(words);
        let before = before.or_else(|| lower.strip_suffix(words))?;
        // words begin after a blank or a comma: "mg/m2bid" is a misprint
        let parted = before.ends_with([' ', ',']);
        parted
            .then(|| text.get(..before.len()))
            .flatten()
            .map(|before| (before, *times))
    })
}

/// `825 mg/m2 bid`, `825mg/m2 twice daily`, `825 mg/m2 per administration, 2 times a day`. The intensity
/// is that of one administration; one per day is refused, since `1650 mg/m2/d bid` can be read twice.
impl FromStr for Regimen {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed =
            || CapecitabineError::RegimenText(text.chars().take(60).collect::<String>());
        let (before, times) = frequency(text.trim()).ok_or_else(malformed)?;
        let before = before.trim_end_matches([' ', ',']);
        let single = before.strip_suffix("per administration").unwrap_or(before);
        let single = single.trim();
        let intensity: IntensityPerAdministration =
            single.parse().map_err(|fault: QuantityError| {
                if fault.fault() == Fault::DecimalComma {
                    CapecitabineError::from(fault)
                } else {
                    malformed()
                }
            })?;
        Self::new(intensity, times)
    }
}

impl DoseFraction {
    /// The regimen with this share of its intensity, exactly; `None` when that is not a whole
    /// number of nanograms per square metre.
    #[must_use]
    pub const fn times(self, regimen: Regimen) -> Option<Regimen> {
        let scaled = regimen.intensity().nanograms_per_square_meter() as u128 * self.base() as u128;
        if scaled % 1_000_000 != 0 {
            return None;
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "at most 100 % of a 64-bit number"
        )]
        let base = (scaled / 1_000_000) as u64;
        match IntensityPerAdministration::from_base(base) {
            Ok(intensity) => Regimen::checked(intensity, regimen.administrations_per_day()),
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn a_regimen_is_one_text() {
        let twice = Regimen::constant(IntensityPerAdministration::constant("825 mg/m2"), 2);
        for text in [
            "825 mg/m2 bid",
            "825mg/m2 BID",
            "825 mg/m2 b.i.d.",
            "825 mg/m2, twice daily",
            "825 mg/m2 twice a day",
            "825 mg/m2 q12h",
            "825 mg/m2 per administration, 2 times a day",
            "825 mg/m2 2 times a day",
        ] {
            assert_eq!(text.parse(), Ok(twice), "{text}");
            let json = serde_json::to_string(text).unwrap();
            assert_eq!(serde_json::from_str::<Regimen>(&json).unwrap(), twice);
        }
        let json = serde_json::to_string(&twice).unwrap();
        assert_eq!(serde_json::from_str::<Regimen>(&json).unwrap(), twice);
        // how often is missing, a daily intensity, no unit, a misprint, too often
        for text in [
            "825 mg/m2",
            "1650 mg/m2/d bid",
            "1650 mg/m2 per day, 2 times a day",
            "825 bid",
            "825 mg/m2bid",
            "bid",
            "",
            "825 mg/m2 12 times a day",
            "825 mg/m2 times a day",
            "825 mg/m2 0 times a day",
        ] {
            assert!(text.parse::<Regimen>().is_err(), "{text}");
        }
        let fault = "1,250 mg/m2 bid".parse::<Regimen>().unwrap_err();
        assert!(fault.to_string().contains("not a comma"), "{fault}");
    }
}

//! The dose of a drug that is not per square metre, and the day from which its days are counted.

use core::fmt;
use core::str::FromStr;

use crate::facts::value::FactError;
use chemorad::number::Decimal;
use chemorad::text::Text;

/// The dose of one administration that does not depend on the body surface area.
///
/// | in a file | means |
/// | --- | --- |
/// | `"100 mg"`, `"1 g"` | this amount, whoever gets it |
/// | `"5 mg/kg"` | this amount for each kilogram of body weight |
/// | `"AUC 2"` | what gives this area under the curve of concentration over time, mg/mL·min |
///
/// ```
/// use chemorad_protocol::DrugDose;
/// let dose: DrugDose = "5 mg/kg".parse()?;
/// assert_eq!(dose.to_string(), "5 mg/kg");
/// assert_eq!("AUC 1.5".parse::<DrugDose>()?.to_string(), "AUC 1.5");
/// assert!("5".parse::<DrugDose>().is_err(), "an amount has its unit");
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrugDose {
    /// Milligrams, whoever gets them.
    Flat(Decimal),
    /// Milligrams for each kilogram of body weight.
    PerKilogram(Decimal),
    /// The area under the curve, mg/mL·min.
    AreaUnderCurve(Decimal),
}

impl DrugDose {
    /// The number as written, in milligrams, milligrams per kilogram, or mg/mL·min.
    pub(crate) const fn number(&self) -> Decimal {
        match self {
            Self::Flat(number) | Self::PerKilogram(number) | Self::AreaUnderCurve(number) => {
                *number
            }
        }
    }
}

/// The largest amounts that can be written: milligrams, milligrams per kilogram, mg/mL·min.
const LARGEST: (u16, u16, u16) = (50_000, 1_000, 20);

impl FromStr for DrugDose {
    type Err = FactError;

    fn from_str(text: &str) -> Result<Self, FactError> {
        let within = |number: Decimal, most: u16| {
            let over = number.checked_sub(Decimal::from(u32::from(most)))?;
            (number.is_positive() && !over.is_positive()).then_some(number)
        };
        let number = |text: &str| text.trim().parse::<Decimal>().ok();
        let given = text.trim();
        let read = || {
            if let Some(area) = given.strip_prefix("AUC") {
                return within(number(area)?, LARGEST.2).map(Self::AreaUnderCurve);
            }
            let unit = given.find(|c: char| c.is_ascii_alphabetic())?;
            let (amount, unit) = given.split_at(unit);
            match unit {
                "mg" => within(number(amount)?, LARGEST.0).map(Self::Flat),
                "g" => within(number(amount)?.checked_mul(1000.into())?, LARGEST.0).map(Self::Flat),
                "mg/kg" => within(number(amount)?, LARGEST.1).map(Self::PerKilogram),
                _ => None,
            }
        };
        read().ok_or_else(|| {
            FactError::new(
                "dose of a drug",
                text,
                "100 mg (up to 50000), 5 mg/kg (up to 1000) or AUC 2 (up to 20)".into(),
                "; a dose per square metre is intensity or intensity_per_day",
            )
        })
    }
}

impl fmt::Display for DrugDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match self {
            Self::Flat(number) => format!("{number} mg"),
            Self::PerKilogram(number) => format!("{number} mg/kg"),
            Self::AreaUnderCurve(number) => format!("AUC {number}"),
        })
    }
}

chemorad::text::by_text!(DrugDose);

/// What day 1 of the numbered days of a drug is.
///
/// | in a file | day 1 is |
/// | --- | --- |
/// | `"first_fraction"` | the day of the first fraction of radiotherapy |
/// | `"first_dose"` | the day of the first dose of the drug |
/// | `"registration"` | the day of registration |
/// | `"step: the first day of XELOX"` | the day that is named |
///
/// ```
/// use chemorad_protocol::DayOne;
/// assert_eq!("registration".parse::<DayOne>()?, DayOne::Registration);
/// let named: DayOne = "step: the operation".parse()?;
/// assert_eq!(named.in_words(), "the operation");
/// assert!("surgery".parse::<DayOne>().is_err());
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayOne {
    /// The day of the first fraction of the radiotherapy that the drug goes with.
    FirstFraction,
    /// The day of the first dose of the drug.
    FirstDose,
    /// The day of registration.
    Registration,
    /// A step of the treatment by its name.
    Step(Text),
}

impl DayOne {
    /// The names of those that need no words.
    pub const NAMES: [&'static str; 3] = ["first_fraction", "first_dose", "registration"];

    /// As a sentence names it.
    ///
    /// ```
    /// use chemorad_protocol::DayOne;
    /// assert_eq!(DayOne::FirstDose.in_words(), "the day of the first dose");
    /// ```
    #[must_use]
    pub fn in_words(&self) -> &str {
        match self {
            Self::FirstFraction => "the day of the first fraction",
            Self::FirstDose => "the day of the first dose",
            Self::Registration => "the day of registration",
            Self::Step(step) => step,
        }
    }
}

impl FromStr for DayOne {
    type Err = FactError;

    fn from_str(text: &str) -> Result<Self, FactError> {
        let wrong = || {
            let names = Self::NAMES.join(", ");
            let accepted = format!("{names}, or step: and its name");
            FactError::new("day 1", text, accepted, "")
        };
        match text.trim() {
            "first_fraction" => Ok(Self::FirstFraction),
            "first_dose" => Ok(Self::FirstDose),
            "registration" => Ok(Self::Registration),
            other => {
                let step = other.strip_prefix("step:").map(str::trim);
                let step = step.filter(|step| !step.is_empty()).ok_or_else(wrong)?;
                Ok(Self::Step(Text::from(step.to_string())))
            }
        }
    }
}

impl fmt::Display for DayOne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstFraction => f.pad("first_fraction"),
            Self::FirstDose => f.pad("first_dose"),
            Self::Registration => f.pad("registration"),
            Self::Step(step) => write!(f, "step: {step}"),
        }
    }
}

chemorad::text::by_text!(DayOne);

#[cfg(feature = "schema")]
mod schema {
    use super::{DayOne, DrugDose};
    use chemorad::schema::{schema_of, text};

    schema_of!(DrugDose, "DrugDose", |_generator| text(
        "100 mg, 5 mg/kg or AUC 2",
        "^(AUC *[0-9.]+|[0-9.]+ *(mg|g|mg/kg))$"
    ));
    schema_of!(DayOne, "DayOne", |_generator| text(
        "first_fraction, first_dose, registration, or step: and its name",
        "^(first_fraction|first_dose|registration|step: *[^ ].*)$"
    ));
}

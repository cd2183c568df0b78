use core::fmt;
use core::str::FromStr;

use jiff::civil::Date;

use crate::quantity::Fault;
use crate::quantity::exact::{Spec, exact_quantity, unit};

use super::PatientError;
use super::error::quoted;

/// The sex a formula has coefficients for.
///
/// ```
/// use chemorad::patient::Sex;
/// assert_eq!("female".parse::<Sex>()?, Sex::Female);
/// assert!("F".parse::<Sex>().is_err());
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Female => "female",
            Self::Male => "male",
        })
    }
}

impl FromStr for Sex {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "female" => Ok(Self::Female),
            "male" => Ok(Self::Male),
            _ => Err(PatientError::UnknownSex {
                given: quoted(text),
            }),
        }
    }
}

exact_quantity! {
    /// Age in completed years.
    ///
    /// Domain: 0 to 120 a. A year of birth taken from a calendar year is up to a year too high
    /// before the birthday; count completed years. `a` is the UCUM code of the year.
    ///
    /// ```
    /// use chemorad::patient::Age;
    /// let age: Age = "62 years".parse()?;
    /// assert_eq!(age, Age::constant("62 a"));
    /// assert_eq!(age.years(), 62);
    /// assert!("200 a".parse::<Age>().is_err());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    Age,
    Spec {
        quantity: "age",
        units: &[unit("a", 1), unit("years", 1), unit("year", 1)],
        min: 0,
        max: 120,
        hint: "count completed years",
    }
}

impl Age {
    /// From a number of completed years.
    ///
    /// # Errors
    /// More than 120.
    pub const fn from_years(years: u8) -> Result<Self, Fault> {
        Self::from_base(years as u64)
    }

    /// The number of completed years.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "at most 120")]
    pub const fn years(self) -> u8 {
        self.0 as u8
    }

    /// The completed years on a date, from the date of birth. A year is complete on the birthday;
    /// for 29 February, in other years, on 1 March.
    ///
    /// # Errors
    /// A date of birth after `on`, or more than 120 years before it.
    ///
    /// ```
    /// use chemorad::patient::Age;
    /// use jiff::civil::date;
    /// let birth = date(1951, 12, 8);
    /// assert_eq!(Age::on(birth, date(2026, 12, 7))?.years(), 74); // not 2026 - 1951
    /// assert_eq!(Age::on(birth, date(2026, 12, 8))?.years(), 75);
    /// # Ok::<(), chemorad::patient::PatientError>(())
    /// ```
    pub fn on(birth: Date, on: Date) -> Result<Self, PatientError> {
        let error = PatientError::AgeOnDate { birth, on };
        if birth > on {
            return Err(error);
        }
        let before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
        let years = i32::from(on.year()) - i32::from(birth.year()) - i32::from(before_birthday);
        u8::try_from(years)
            .ok()
            .and_then(|years| Self::from_years(years).ok())
            .ok_or(error)
    }
}

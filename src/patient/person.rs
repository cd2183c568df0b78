//! Sex, and the age on a date.

use core::fmt;
use core::str::FromStr;

use jiff::civil::Date;

use super::error::{PatientError, quoted};
use super::measures::Age;

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

impl Age {
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

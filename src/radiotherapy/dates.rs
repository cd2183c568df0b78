//! Dates as text: `2026-12-07` and nothing else. A time or a zone beside them would be dropped, and
//! a misread year is no date.

use alloc::string::String;

use jiff::civil::Date;

use super::calendar::sane;

/// A text that is not the date of a treatment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date; write 2026-12-07, from 1900 to 2199")]
pub struct DateError(String);

/// The date a text names: `2026-12-07`, from 1900 to 2199.
///
/// ```
/// use chemorad::radiotherapy::treatment_date;
/// use jiff::civil::date;
/// assert_eq!(treatment_date("2026-12-07")?, date(2026, 12, 7));
/// for wrong in ["0026-12-07", "+020226-12-07", "2026-12-07T10:00", "7.12.2026", "2026-02-30"] {
///     assert!(treatment_date(wrong).is_err(), "{wrong}");
/// }
/// # Ok::<(), chemorad::radiotherapy::DateError>(())
/// ```
///
/// # Errors
/// Another form, a day that does not exist, or a year outside 1900 to 2199.
pub fn treatment_date(text: &str) -> Result<Date, DateError> {
    let plain = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date: Option<Date> = if plain { text.parse().ok() } else { None };
    date.filter(|&date| sane(date))
        .ok_or_else(|| DateError(text.chars().take(60).collect()))
}

pub use shape::{of_several, one, optional, several};

mod shape {
    use alloc::vec::Vec;
    use core::fmt;

    use jiff::civil::Date;
    use serde::Deserialize;
    use serde::de::{self, Deserializer, Visitor};

    struct Strict(Date);

    struct DateVisitor;

    impl Visitor<'_> for DateVisitor {
        type Value = Date;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a date in quotes, written \"2026-12-07\"")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
            super::treatment_date(text).map_err(E::custom)
        }
    }

    impl<'de> Deserialize<'de> for Strict {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(DateVisitor).map(Strict)
        }
    }

    /// Reads dates.
    ///
    /// # Errors
    /// A text that is not such a date.
    pub fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        Strict::deserialize(deserializer).map(|date| date.0)
    }

    /// Reads dates.
    ///
    /// # Errors
    /// A text that is not such a date.
    pub fn several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
        let dates: Vec<Strict> = Vec::deserialize(deserializer)?;
        Ok(dates.into_iter().map(|date| date.0).collect())
    }

    /// Reads dates.
    ///
    /// # Errors
    /// A text that is not such a date.
    pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let date: Option<Strict> = Option::deserialize(deserializer)?;
        Ok(date.map(|date| date.0))
    }

    /// Reads dates.
    ///
    /// # Errors
    /// A text that is not such a date.
    pub fn of_several<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<Date>>, D::Error> {
        let dates: Option<Vec<Strict>> = Option::deserialize(deserializer)?;
        Ok(dates.map(|dates| dates.into_iter().map(|date| date.0).collect()))
    }
}

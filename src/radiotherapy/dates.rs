//! Dates as a person writes them, `2026-12-07` and nothing else, and the same for fields of files.
//!
//! A time or a zone written with a date would be dropped, and a misread year is no date of a treatment.
//! [`treatment_date`] reads one text. A type with dates among its fields names one of
//! [`one`], [`several`] and [`one_if_given`], [`several_if_given`] in
//! `#[serde(deserialize_with = "…")]`, so that a file is held to the same form.
//!
//! ```
//! use chemorad::radiotherapy::dates;
//! use jiff::civil::{Date, date};
//!
//! #[derive(serde::Deserialize)]
//! struct Stay {
//!     #[serde(deserialize_with = "dates::one")]
//!     admission: Date,
//!     #[serde(default, deserialize_with = "dates::one_if_given")]
//!     discharge: Option<Date>,
//!     #[serde(deserialize_with = "dates::several")]
//!     visits: Vec<Date>,
//!     #[serde(default, deserialize_with = "dates::several_if_given")]
//!     calls: Option<Vec<Date>>,
//! }
//!
//! let stay: Stay =
//!     serde_json::from_str(r#"{"admission": "2026-12-07", "visits": ["2026-12-08"]}"#)?;
//! assert_eq!(stay.visits, [date(2026, 12, 8)]);
//! assert!(stay.discharge.is_none() && stay.calls.is_none() && stay.admission < stay.visits[0]);
//! let timed = r#"{"admission": "2026-12-07T10:00", "visits": []}"#;
//! assert!(serde_json::from_str::<Stay>(timed).is_err());
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

/// A text that is not the date of a treatment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date; write 2026-12-07, from 1900 to 2199{hint}", hint = printed_dash(.0))]
pub struct DateError(String);

/// A dash that a word processor wrote looks like the one that is asked for.
fn printed_dash(text: &str) -> &'static str {
    if text.contains(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}']) {
        ": it has a dash of a word processor; type the minus key"
    } else {
        ""
    }
}

/// Whether a treatment can lie in the year of a date, 1900 to 2199: a misread year (26 for 2026) is
/// not.
///
/// ```
/// use chemorad::radiotherapy::dates::in_supported_years;
/// use jiff::civil::date;
/// assert!(in_supported_years(date(2026, 12, 7)));
/// assert!(!in_supported_years(date(26, 12, 7)));
/// ```
#[must_use]
pub fn in_supported_years(date: Date) -> bool {
    (1900..2200).contains(&date.year())
}

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
    date.filter(|&date| in_supported_years(date))
        .ok_or_else(|| DateError(text.chars().take(60).collect()))
}

/// The date that eight digits name, as DICOM and calendars write it: `20261207`. Any year is read: a plan
/// names the birth of a patient too.
///
/// ```
/// use chemorad::radiotherapy::dates::date_of_digits;
/// use jiff::civil::date;
/// assert_eq!(date_of_digits("20261207"), Some(date(2026, 12, 7)));
/// for wrong in ["2026-12-07", "20260230", "2026127", "+2026127", "20261207T1000"] {
///     assert_eq!(date_of_digits(wrong), None, "{wrong}");
/// }
/// ```
#[must_use]
pub fn date_of_digits(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

struct Strict(Date);

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date in quotes, written \"2026-12-07\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
        treatment_date(text).map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DateVisitor).map(Strict)
    }
}

/// Reads the date of a field.
///
/// # Errors
/// What [`treatment_date`] refuses.
pub fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    Strict::deserialize(deserializer).map(|date| date.0)
}

/// Reads a list of dates.
///
/// # Errors
/// What [`treatment_date`] refuses.
pub fn several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
    let dates: Vec<Strict> = Vec::deserialize(deserializer)?;
    Ok(dates.into_iter().map(|date| date.0).collect())
}

/// Reads the date of a field that may be absent.
///
/// # Errors
/// What [`treatment_date`] refuses.
pub fn one_if_given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let date: Option<Strict> = Option::deserialize(deserializer)?;
    Ok(date.map(|date| date.0))
}

/// Reads a list of dates that may be absent.
///
/// # Errors
/// What [`treatment_date`] refuses.
pub fn several_if_given<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<Date>>, D::Error> {
    let dates: Option<Vec<Strict>> = Option::deserialize(deserializer)?;
    Ok(dates.map(|dates| dates.into_iter().map(|date| date.0).collect()))
}

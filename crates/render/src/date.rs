//! Dates with their weekday.

use chemorad::radiotherapy::dates::date_of_digits;
use jiff::civil::{Date, Time};

/// `Mon 2026-12-07`.
///
/// ```
/// use chemorad_render::weekday;
/// assert_eq!(weekday(jiff::civil::date(2026, 12, 7)), "Mon 2026-12-07");
/// ```
#[must_use]
pub fn weekday(date: Date) -> String {
    date.strftime("%a %F").to_string()
}

/// A date as DICOM writes it, as it is written here; what is no date stays as it is.
///
/// ```
/// use chemorad_render::dicom_date;
/// assert_eq!(dicom_date("20261207"), "2026-12-07");
/// assert_eq!(dicom_date("7 Dec"), "7 Dec");
/// ```
#[must_use]
pub fn dicom_date(text: &str) -> String {
    date_of_digits(text).map_or_else(|| text.to_string(), |date| date.to_string())
}

/// A time as DICOM writes it, to the second; what is no time stays as it is.
///
/// ```
/// use chemorad_render::dicom_time;
/// assert_eq!(dicom_time("101530.25"), "10:15:30");
/// assert_eq!(dicom_time("10"), "10");
/// ```
#[must_use]
pub fn dicom_time(text: &str) -> String {
    let whole = text.split('.').next().unwrap_or_default();
    let time = Time::strptime("%H%M%S", whole).ok();
    let time = time.filter(|_| whole.len() == 6);
    time.map_or_else(|| text.to_string(), |time| time.to_string())
}

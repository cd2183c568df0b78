//! Lists of dates without treatment, from text.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::Date;

use super::dates::{date_of_digits, in_supported_years, treatment_date};

/// Why a text is not a list of holidays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HolidayError {
    /// A line of a plain list that is not a date.
    #[error("line {line}: {text:?} is not a date like 2026-12-25 in 1900 to 2199")]
    Date {
        /// The line, from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// An event that repeats by a rule.
    #[error("line {line}: repeating events are not expanded; export single dates instead")]
    Repeating {
        /// The line, from 1.
        line: usize,
    },
    /// An event with a time of day, or without a start.
    #[error(
        "line {line}: an event must begin on a whole day, such as DTSTART;VALUE=DATE:20261225, and end after it"
    )]
    NotWholeDays {
        /// The line, from 1, where it begins or ends.
        line: usize,
    },
    /// An event longer than a year.
    #[error("line {line}: an event of more than 366 days is not a holiday")]
    TooLong {
        /// The line, from 1, where it ends.
        line: usize,
    },
    /// A cancelled event: not a holiday, and not to be dropped unseen.
    #[error("line {line}: the event is cancelled: remove it from the file")]
    Cancelled {
        /// The line, from 1.
        line: usize,
    },
    /// A property given twice, or an END without its BEGIN.
    #[error(
        "line {line}: the calendar is broken here (a property twice, or END without its BEGIN)"
    )]
    Broken {
        /// The line, from 1.
        line: usize,
    },
    /// A calendar that stops in the middle of an event.
    #[error("the calendar ends inside an event: the file is cut off")]
    CutOff,
}

/// The dates of a plain list (one date to a line, `#` begins a comment) or of an iCalendar file
/// (RFC 5545) whose events are whole days. A text that begins with `BEGIN:VCALENDAR` is a calendar.
///
/// Sorted, each date once. Repeating events are an error, never dropped.
///
/// ```
/// use chemorad::radiotherapy::holidays;
/// use jiff::civil::date;
///
/// assert_eq!(holidays("2026-12-25 # Christmas\n2027-01-01\n")?, [date(2026, 12, 25), date(2027, 1, 1)]);
///
/// let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Closed\r\n\
///     DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n\
///     END:VEVENT\r\nEND:VCALENDAR\r\n";
/// assert_eq!(holidays(calendar)?, [date(2026, 12, 25), date(2026, 12, 26)]); // DTEND is not included
/// # Ok::<(), chemorad::radiotherapy::HolidayError>(())
/// ```
///
/// # Errors
/// A line that is not a date, an event that repeats, has a time of day, or does not end.
pub fn holidays(text: &str) -> Result<Vec<Date>, HolidayError> {
    let mut dates = listed_dates(text)?;
    dates.sort_unstable();
    dates.dedup();
    Ok(dates)
}

/// The dates without treatment in the order in which they are written, as often as they are written. The events of a
/// calendar have no order: their dates are sorted.
///
/// ```
/// use chemorad::radiotherapy::listed_dates;
/// use jiff::civil::date;
/// let listed = listed_dates("2027-01-01\n2026-12-25\n2027-01-01\n")?;
/// assert_eq!(listed, [date(2027, 1, 1), date(2026, 12, 25), date(2027, 1, 1)]);
/// # Ok::<(), chemorad::radiotherapy::HolidayError>(())
/// ```
///
/// # Errors
/// As for [`holidays`].
pub fn listed_dates(text: &str) -> Result<Vec<Date>, HolidayError> {
    if !text.trim_start().starts_with("BEGIN:VCALENDAR") {
        return of_list(text);
    }
    let mut dates = of_calendar(text)?;
    dates.sort_unstable();
    Ok(dates)
}

fn of_list(text: &str) -> Result<Vec<Date>, HolidayError> {
    let mut dates = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let entry = content.split('#').next().unwrap_or("").trim();
        if entry.is_empty() {
            continue;
        }
        let date = treatment_date(entry).map_err(|_| HolidayError::Date {
            line,
            text: entry.chars().take(60).collect(),
        })?;
        dates.push(date);
    }
    Ok(dates)
}

#[derive(Default)]
struct Event {
    start: Option<Date>,
    end: Option<Date>,
}

/// Lines with what was folded onto the next ones (RFC 5545, 3.1), each with its number.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, content) in (1..).zip(text.lines()) {
        match (content.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, line))) => line.push_str(rest),
            _ => lines.push((number, content.into())),
        }
    }
    lines
}

fn of_calendar(text: &str) -> Result<Vec<Date>, HolidayError> {
    let mut dates = Vec::new();
    let mut event = Event::default();
    // open components, the innermost last; alarms inside events have their own properties
    let mut open: Vec<String> = Vec::new();
    let mut ended = false;
    for (line, content) in unfolded(text) {
        let Some((name, value)) = content.split_once(':') else {
            continue;
        };
        let value = value.trim();
        let property = name
            .split(';')
            .next()
            .unwrap_or("")
            .trim()
            .to_ascii_uppercase();
        match property.as_str() {
            "BEGIN" => {
                open.push(value.to_ascii_uppercase());
                if open.last().is_some_and(|component| component == "VEVENT") {
                    event = Event::default();
                }
                continue;
            }
            "END" => {
                let component = open.pop().ok_or(HolidayError::Broken { line })?;
                if !value.eq_ignore_ascii_case(&component) {
                    return Err(HolidayError::Broken { line });
                }
                if component == "VEVENT" {
                    let first = event.start.ok_or(HolidayError::NotWholeDays { line })?;
                    push_days(&mut dates, first, event.end, line)?;
                }
                ended = open.is_empty();
                continue;
            }
            _ => {}
        }
        if open.last().is_none_or(|component| component != "VEVENT") {
            continue;
        }
        let once = |slot: &mut Option<Date>| {
            let date = whole_day(value).ok_or(HolidayError::NotWholeDays { line })?;
            if slot.replace(date).is_some() {
                return Err(HolidayError::Broken { line });
            }
            Ok(())
        };
        match property.as_str() {
            "RRULE" | "RDATE" | "EXDATE" => return Err(HolidayError::Repeating { line }),
            "DURATION" => return Err(HolidayError::NotWholeDays { line }),
            "STATUS" if value.eq_ignore_ascii_case("CANCELLED") => {
                return Err(HolidayError::Cancelled { line });
            }
            "DTSTART" => once(&mut event.start)?,
            "DTEND" => once(&mut event.end)?,
            _ => {}
        }
    }
    if !open.is_empty() || !ended {
        return Err(HolidayError::CutOff);
    }
    Ok(dates)
}

/// Every day from `first` to the day before `end`; one day without an end.
fn push_days(
    dates: &mut Vec<Date>,
    first: Date,
    end: Option<Date>,
    line: usize,
) -> Result<(), HolidayError> {
    let Some(end) = end else {
        dates.push(first);
        return Ok(());
    };
    if end <= first {
        return Err(HolidayError::NotWholeDays { line });
    }
    let days = first.series(jiff::Span::new().days(1));
    for (count, date) in days.take_while(|&date| date < end).enumerate() {
        if count >= 366 {
            return Err(HolidayError::TooLong { line });
        }
        dates.push(date);
    }
    Ok(())
}

/// `20261225`.
fn whole_day(value: &str) -> Option<Date> {
    date_of_digits(value).filter(|&date| in_supported_years(date))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use jiff::civil::date;

    use super::*;

    fn event(lines: &str) -> String {
        format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
    }

    #[test]
    fn lists() {
        assert_eq!(holidays("").unwrap(), []);
        let twice = "2027-01-01\n# a comment\n\n 2026-12-25\n2027-01-01";
        assert_eq!(
            holidays(twice).unwrap(),
            [date(2026, 12, 25), date(2027, 1, 1)]
        );
        for wrong in [
            "25.12.2026",
            "2026-13-01",
            "2026-02-30",
            "0026-12-25",
            "2026-12-25T08:00",
        ] {
            assert!(
                matches!(holidays(wrong), Err(HolidayError::Date { line: 1, .. })),
                "{wrong}"
            );
        }
    }

    #[test]
    fn calendars() {
        let one = event("DTSTART;VALUE=DATE:20261225\nBEGIN:VALARM\nDURATION:PT15M\nEND:VALARM");
        assert_eq!(holidays(&one).unwrap(), [date(2026, 12, 25)]);
        assert_eq!(
            holidays(&event("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY")),
            Err(HolidayError::Repeating { line: 4 })
        );
        assert_eq!(
            holidays(&event("DTSTART:20261225T080000Z")),
            Err(HolidayError::NotWholeDays { line: 3 })
        );
        assert_eq!(
            holidays(&event("SUMMARY:no start")),
            Err(HolidayError::NotWholeDays { line: 4 })
        );
        assert_eq!(
            holidays(&event(
                "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261225"
            )),
            Err(HolidayError::NotWholeDays { line: 5 })
        );
        assert_eq!(
            holidays(&event(
                "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20990101"
            )),
            Err(HolidayError::TooLong { line: 5 })
        );
        assert_eq!(
            holidays("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\n"),
            Err(HolidayError::CutOff)
        );
        assert_eq!(
            holidays("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\n"),
            Err(HolidayError::CutOff)
        );
        assert_eq!(
            holidays("BEGIN:VCALENDAR\nEND:VCALENDAR").unwrap(),
            Vec::<Date>::new()
        );
    }

    #[test]
    fn nothing_in_a_calendar_is_dropped() {
        let start = "DTSTART;VALUE=DATE:20261225";
        assert_eq!(
            holidays(&event(&format!(
                "{start}\nRRULE;X-NOTE=folded\n :FREQ=YEARLY"
            ))),
            Err(HolidayError::Repeating { line: 4 })
        );
        assert_eq!(
            holidays(&event(&format!("{start}\nDTEND;VALUE=DATE\n :20261227"))).unwrap(),
            [date(2026, 12, 25), date(2026, 12, 26)]
        );
        assert_eq!(
            holidays(&event(&format!("{start}\nSTATUS:CONFIRMED"))).unwrap(),
            [date(2026, 12, 25)]
        );
        assert_eq!(
            holidays(&event(&format!("{start}\nDURATION:P2D"))),
            Err(HolidayError::NotWholeDays { line: 4 })
        );
        for wrong in ["2026122", "202612255", "2026-1225", "2O261225", "00261225"] {
            assert_eq!(
                holidays(&event(&format!("DTSTART;VALUE=DATE:{wrong}"))),
                Err(HolidayError::NotWholeDays { line: 3 }),
                "{wrong}"
            );
        }
        assert_eq!(
            holidays(&event(&format!("{start}\nSTATUS:CANCELLED"))),
            Err(HolidayError::Cancelled { line: 4 })
        );
        assert_eq!(
            holidays(&event(&format!("{start}\n{start}"))),
            Err(HolidayError::Broken { line: 4 })
        );
        assert_eq!(
            holidays(&event(&format!("{start}\nEND:VALARM\nRRULE:FREQ=YEARLY"))),
            Err(HolidayError::Broken { line: 4 })
        );
    }
}

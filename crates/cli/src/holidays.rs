//! The dates without treatment, by hand or of a site file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chemorad::radiotherapy::{DateError, listed_dates, treatment_date};
use jiff::civil::Date;

use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::refused;

/// Where the dates without treatment are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holidays {
    /// A file of dates; `none` where it is known that there are none.
    File(PathBuf),
    /// These.
    Listed(Vec<Date>),
}

impl FromStr for Holidays {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "none" => Self::Listed(Vec::new()),
            dates if is_dates(dates) => {
                let dates = dates.split(',').map(|date| treatment_date(date.trim()));
                let mut dates: Vec<Date> = dates.collect::<Result<_, _>>()?;
                dates.sort_unstable();
                dates.dedup();
                Self::Listed(dates)
            }
            file => Self::File(file.into()),
        })
    }
}

/// Whether it is dates and not the name of a file: nothing but digits between hyphens and commas.
fn is_dates(text: &str) -> bool {
    let is_date =
        |part: &str| part.len() >= 8 && part.bytes().all(|one| one.is_ascii_digit() || one == b'-');
    text.split(',').all(|part| is_date(part.trim()))
}

impl fmt::Display for Holidays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Listed(dates) if dates.is_empty() => f.write_str("none"),
            Self::Listed(dates) => {
                let dates: Vec<String> = dates.iter().map(Date::to_string).collect();
                f.write_str(&dates.join(", "))
            }
        }
    }
}

pub(crate) fn read_holidays(
    context: &Context<'_>,
    holidays: Option<&Holidays>,
) -> Result<Vec<Date>, Failure> {
    let path = match holidays {
        None => return Ok(Vec::new()),
        Some(Holidays::Listed(dates)) => return Ok(dates.clone()),
        Some(Holidays::File(path)) => path,
    };
    let dates = read_dates(context, path);
    let mut dates = dates.map_err(|error| error.about("--holidays"))?;
    dates.sort_unstable();
    dates.dedup();
    Ok(dates)
}

/// The dates of a file as they are written.
pub(crate) fn read_dates(context: &Context<'_>, path: &Path) -> Result<Vec<Date>, Failure> {
    let dates = listed_dates(&input::read_text(context.files, path)?)
        .map_err(|error| Failure::at(&format!("{}: ", path.display()), &error))?;
    // a file of the wrong kind would change nothing, unseen
    if dates.is_empty() {
        return Err(Failure::new(
            refused::DATE_REFUSED,
            format!(
                "{}: no date of a whole day is in it: give one date to a line, or an .ics calendar with events; or write --holidays none",
                path.display()
            ),
        ));
    }
    Ok(dates)
}

//! The dates without treatment of a site.

use core::fmt;
use std::string::String;
use std::vec::Vec;

use chemorad::radiotherapy::treatment_date;
use jiff::civil::Date;
use serde::de::{self, SeqAccess, Visitor};

/// The dates without treatment: a list in the site file, or a file of them.
///
/// ```
/// use chemorad_case::SiteHolidays;
/// let listed: SiteHolidays = serde_json::from_str(r#"["2026-12-25"]"#)?;
/// assert!(matches!(listed, SiteHolidays::Listed(dates) if dates.len() == 1));
/// let file: SiteHolidays = serde_json::from_str(r#""closed.ics""#)?;
/// assert_eq!(file, SiteHolidays::File("closed.ics".into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteHolidays {
    /// These; an empty list says that there are none.
    Listed(Vec<Date>),
    /// Those of a file of dates or an .ics calendar; its path counts from the site file.
    File(String),
}

impl<'de> serde::Deserialize<'de> for SiteHolidays {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListOrFile)
    }
}

struct ListOrFile;

impl<'de> Visitor<'de> for ListOrFile {
    type Value = SiteHolidays;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of dates such as [\"2026-12-25\"], or the name of a file of dates such as \"closed.ics\"")
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<SiteHolidays, E> {
        // a date alone is a list that lost its brackets
        if file.trim().is_empty() || treatment_date(file.trim()).is_ok() {
            return Err(E::invalid_value(de::Unexpected::Str(file), &self));
        }
        Ok(SiteHolidays::File(file.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<SiteHolidays, A::Error> {
        let mut dates = Vec::new();
        while let Some(text) = items.next_element::<String>()? {
            dates.push(treatment_date(&text).map_err(de::Error::custom)?);
        }
        dates.sort_unstable();
        dates.dedup();
        Ok(SiteHolidays::Listed(dates))
    }
}

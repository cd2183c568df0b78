//! Numbered days.

use core::fmt;
use core::str::FromStr;

use crate::facts::value::FactError;

/// Days counted from 1, in rising order: `1-14, 22-35`.
///
/// ```
/// use chemorad_protocol::DayNumbers;
/// let days: DayNumbers = "1-14, 22-35".parse()?;
/// assert_eq!(days.count(), 28);
/// assert!("14-1".parse::<DayNumbers>().is_err());
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayNumbers(Vec<(u16, u16)>);

impl DayNumbers {
    /// The last day that can be named.
    pub const MAX: u16 = 1000;

    fn rising(spans: &[(u16, u16)]) -> bool {
        let mut before = 0;
        let rises = |&(first, last): &(u16, u16)| {
            let rises = first > before && last >= first && last <= Self::MAX;
            before = last;
            rises
        };
        !spans.is_empty() && spans.iter().all(rises)
    }

    /// First and last day of every stretch.
    #[must_use]
    pub fn spans(&self) -> &[(u16, u16)] {
        &self.0
    }

    /// Every day.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        self.0.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// How many days.
    #[must_use]
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> u16 {
        self.0.last().map_or(0, |span| span.1)
    }
}

impl FromStr for DayNumbers {
    type Err = FactError;

    fn from_str(text: &str) -> Result<Self, FactError> {
        let span = |part: &str| {
            let day = |text: &str| text.trim().parse::<u16>().ok();
            match part.split_once('-') {
                Some((first, last)) => Some((day(first)?, day(last)?)),
                None => day(part).map(|day| (day, day)),
            }
        };
        let spans: Option<Vec<(u16, u16)>> = text.split(',').map(span).collect();
        match spans.filter(|spans| Self::rising(spans)) {
            Some(spans) => Ok(Self(spans)),
            None => Err(FactError::new(
                "list of days",
                text,
                "days from 1 to 1000 in rising order, for example 1-14, 22-35".into(),
                "",
            )),
        }
    }
}

impl fmt::Display for DayNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (first, last)) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            if first == last {
                write!(f, "{first}")?;
            } else {
                write!(f, "{first}-{last}")?;
            }
        }
        Ok(())
    }
}

chemorad::text::by_text!(DayNumbers);

#[cfg(feature = "schema")]
chemorad::schema::schema_of!(DayNumbers, "DayNumbers", |_generator| {
    chemorad::schema::text(
        "days in rising order, such as 1-14, 22-35",
        "^[0-9]+[-, 0-9]*$",
    )
});

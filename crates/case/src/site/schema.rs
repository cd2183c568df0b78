//! The name and number of the schema of a site file.

use core::fmt;
use core::str::FromStr;

/// `chemorad.site/1`, the only schema of site files there is.
///
/// ```
/// use chemorad_case::SiteSchema;
/// assert_eq!("chemorad.site/1".parse(), Ok(SiteSchema::One));
/// assert!("chemorad.site/2".parse::<SiteSchema>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SiteSchema {
    /// The first.
    One,
}

const ONE: &str = "chemorad.site/1";

impl FromStr for SiteSchema {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == ONE {
            Ok(Self::One)
        } else {
            Err("this version reads site files of the schema \"chemorad.site/1\"")
        }
    }
}

impl fmt::Display for SiteSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(ONE)
    }
}

chemorad::text::by_text!(SiteSchema);

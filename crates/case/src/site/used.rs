//! Which values of a site file a result rests on, and which were given by hand instead.

use std::string::{String, ToString};
use std::vec::Vec;

use jiff::civil::Date;

use crate::provenance::{DecidedBy, Provenance};

/// A site file as a result names it: who decided, and when.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SiteOrigin {
    /// The name of the file.
    pub file: String,
    /// Its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_on: Date,
}

impl SiteOrigin {
    /// `clinic.toml, decided by the drug committee on 2026-11-30`.
    fn in_words(&self) -> String {
        let Self {
            file,
            decided_by,
            decided_on,
            ..
        } = self;
        std::format!("{file}, decided by {decided_by} on {decided_on}")
    }
}

/// A value that a site file has and a result needed.
///
/// ```
/// use chemorad_case::{DecidedBy, Site, SiteUse};
/// let site = Site::from_toml("clinic.toml", include_str!("../../examples/site.toml"))?;
/// let origin = site.origin("clinic.toml");
///
/// let mut used = Vec::new();
/// let formula = SiteUse::decide(
///     &mut used, "formula", Some("du-bois"), site.body_surface_area_formula.map(|_| "mosteller"));
/// assert_eq!(formula, Some("du-bois"));
/// let provenance = used[0].provenance(&origin);
/// assert_eq!(provenance.by, DecidedBy::Hand);
/// assert_eq!(
///     provenance.basis.as_deref(),
///     Some("instead of mosteller, which the site file has")
/// );
/// # Ok::<(), chemorad_reader::Faults>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteUse {
    /// What it is.
    pub what: String,
    /// The value of the site file.
    pub of_site: String,
    /// The value that was given by hand, which wins.
    pub by_hand: Option<String>,
}

impl SiteUse {
    /// What was given by hand, or else what the site decided; noted where the site decided something.
    pub fn decide<T: ToString>(
        used: &mut Vec<Self>,
        what: impl Into<String>,
        by_hand: Option<T>,
        of_site: Option<T>,
    ) -> Option<T> {
        if let Some(value) = &of_site {
            let of_site = value.to_string();
            let by_hand = by_hand.as_ref().map(ToString::to_string);
            let one = Self {
                what: what.into(),
                of_site,
                by_hand,
            };
            if !used.contains(&one) {
                used.push(one);
            }
        }
        by_hand.or(of_site)
    }

    /// Where the value of the result comes from.
    #[must_use]
    pub fn provenance(&self, origin: &SiteOrigin) -> Provenance {
        let (value, by, basis) = match &self.by_hand {
            None => (&self.of_site, DecidedBy::SiteFile, origin.in_words()),
            Some(same) if *same == self.of_site => {
                (same, DecidedBy::Hand, "as the site file has it".to_string())
            }
            Some(value) => (
                value,
                DecidedBy::Hand,
                std::format!("instead of {}, which the site file has", self.of_site),
            ),
        };
        let value = value.clone();
        Provenance {
            what: self.what.clone(),
            value,
            by,
            basis: Some(basis),
        }
    }
}

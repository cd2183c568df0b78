//! The rule sets that come with the library.

use alloc::vec::Vec;

use super::super::error::CapecitabineError;
use super::guidelines::{CPIC_DPYD_2017, CPIC_DPYD_2018, DPWG_DPYD_2019, EMA_DPYD_2020};
use super::labels::{
    BMC_SURGERY_2009_LADDER, FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, JAPAN_METHOD_D_2016,
};
use super::leaflet::EU_LEAFLET_INTERACTIONS;
use super::rule_set::{RuleSet, RuleSetData};
use crate::report::Faults;

impl RuleSet {
    /// The rule sets that come with the library.
    pub const PUBLISHED: &[&Self] = &[
        &FDA_LABEL_BEFORE_2022,
        &FDA_LABEL_2026,
        &CPIC_DPYD_2017,
        &CPIC_DPYD_2018,
        &DPWG_DPYD_2019,
        &EMA_DPYD_2020,
        &BMC_SURGERY_2009_LADDER,
        &EU_LEAFLET_INTERACTIONS,
        &JAPAN_METHOD_D_2016,
    ];

    /// A rule set that comes with the library, by its id.
    #[must_use]
    pub fn published(id: &str) -> Option<&'static Self> {
        Self::PUBLISHED
            .iter()
            .find(|set| set.id.is(id.trim()))
            .copied()
    }

    /// A rule set of a site, as its file gives it. One that changes a published text must not have
    /// its id.
    ///
    /// ```
    /// use chemorad::capecitabine::{CapecitabineError, RuleSet, RuleSetData};
    ///
    /// let mut data = RuleSetData::from(RuleSet::named("fda-label-2026")?.clone());
    /// assert!(RuleSet::from_site(data.clone()).is_ok());
    /// data.title = "Changed".into();
    /// let faults = RuleSet::from_site(data).unwrap_err();
    /// assert!(matches!(faults.only(), Some(CapecitabineError::PublishedRuleSetChanged { .. })));
    /// # Ok::<(), CapecitabineError>(())
    /// ```
    ///
    /// # Errors
    /// As for [`new`](Self::new), and [`CapecitabineError::PublishedRuleSetChanged`].
    pub fn from_site(data: RuleSetData) -> Result<Self, Faults<CapecitabineError>> {
        let set = Self::new(data)?;
        let mut published = Self::PUBLISHED.iter();
        let Some(published) =
            published.find(|published| published.id.eq_ignore_ascii_case(&set.id))
        else {
            return Ok(set);
        };
        // a copy from before the text was superseded is still that text
        let of_today = Self::new(RuleSetData {
            superseded_by: published.superseded_by.clone(),
            ..set.clone().into()
        });
        if of_today.as_ref() == Ok(*published) {
            return Ok((*published).clone());
        }
        let id = set.id.clone();
        Err(CapecitabineError::PublishedRuleSetChanged { id }.into())
    }

    /// A rule set that comes with the library, or an error that lists them.
    ///
    /// # Errors
    /// [`CapecitabineError::UnknownRuleSet`].
    pub fn named(id: &str) -> Result<&'static Self, CapecitabineError> {
        Self::published(id).ok_or_else(|| CapecitabineError::UnknownRuleSet {
            given: id.chars().take(60).collect(),
            known: {
                let names = Self::PUBLISHED.iter().map(|set| set.id.as_str());
                names.collect::<Vec<_>>().join(", ")
            },
        })
    }
}

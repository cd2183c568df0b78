//! The rule sets that come with the library.

use alloc::vec::Vec;

use super::super::error::CapecitabineError;
use super::guidelines::{CPIC_DPYD_2017, CPIC_DPYD_2018, DPWG_DPYD_2019, EMA_DPYD_2020};
use super::labels::{
    BMC_SURGERY_2009_LADDER, FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, JAPAN_METHOD_D_2016,
};
use super::leaflet::EU_LEAFLET_INTERACTIONS;
use super::rule_set::RuleSet;

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

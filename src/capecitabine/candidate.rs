//! An amount that could be ordered, and one administration as it is ordered.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::quantity::{CalculatedDose, OrderedDose};

use super::deliverable::TabletCount;
use super::deviation_tolerance::deviation_percent;

/// One amount that could be ordered.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Candidate {
    amount: OrderedDose,
    tablets: Vec<TabletCount>,
    tablet_count: u32,
    deviation_percent: f64,
}

impl Candidate {
    pub(super) fn new(
        amount: OrderedDose,
        tablets: Vec<TabletCount>,
        calculated: CalculatedDose,
    ) -> Self {
        let given = f64::from(amount.milligrams());
        Self {
            amount,
            tablet_count: tablets.iter().map(|tablet| tablet.count).sum(),
            tablets,
            deviation_percent: deviation_percent(given, calculated.milligrams()),
        }
    }

    /// The amount.
    #[must_use]
    pub const fn amount(&self) -> OrderedDose {
        self.amount
    }

    /// Its tablets, the largest strength first: the fewest, and among equally few the ones with
    /// more of the largest strength.
    #[must_use]
    pub fn tablets(&self) -> &[TabletCount] {
        &self.tablets
    }

    /// How many tablets in all.
    #[must_use]
    pub const fn tablet_count(&self) -> u32 {
        self.tablet_count
    }

    /// 100 (ordered - calculated) / calculated: negative when less is ordered. The calculated dose
    /// is the one after caps.
    #[must_use]
    pub const fn deviation_percent(&self) -> f64 {
        self.deviation_percent
    }

    /// The tablets as text, for example `2 x 500 mg + 1 x 150 mg`.
    #[must_use]
    pub fn tablets_text(&self) -> String {
        tablets_text(&self.tablets)
    }
}

/// `2 x 500 mg + 1 x 150 mg`.
pub(super) fn tablets_text(tablets: &[TabletCount]) -> String {
    let parts: Vec<String> = tablets.iter().map(ToString::to_string).collect();
    parts.join(" + ")
}

/// One administration of a day: an amount and its tablets.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AdministrationOrder {
    /// The amount.
    pub dose: OrderedDose,
    /// Its tablets, the largest strength first.
    pub tablets: Vec<TabletCount>,
}

impl From<&Candidate> for AdministrationOrder {
    fn from(candidate: &Candidate) -> Self {
        Self {
            dose: candidate.amount(),
            tablets: candidate.tablets().to_vec(),
        }
    }
}

impl fmt::Display for AdministrationOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.dose, tablets_text(&self.tablets))
    }
}

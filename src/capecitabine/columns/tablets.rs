//! Dose and tablets of a row's order.

use alloc::vec::Vec;

use crate::quantity::OrderedDose;

use super::super::deliverable::TabletCount;
use super::row::OrderedRow;
use super::rules::CohortRules;

impl CohortRules {
    /// The ordered dose of one administration, where the row has one.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an ordered dose is a whole number of milligrams up to 50 000"
    )]
    pub fn dose_of(&self, order: &OrderedRow) -> Option<OrderedDose> {
        let milligrams = order.ordered_mg;
        let is_given = milligrams.is_finite() && milligrams > 0.0;
        OrderedDose::from_milligrams(if is_given { milligrams as u32 } else { 0 }).ok()
    }

    /// The tablets of each strength for so many administrations of a row's order.
    ///
    /// ```
    /// # use chemorad::capecitabine::columns::{CohortRules, PatientRow};
    /// # use chemorad::capecitabine::*;
    /// # use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea};
    /// # let every = OrderRequest::new(
    /// #     Regimen::new("825 mg/m2".parse()?, 2)?,
    /// #     BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used"),
    /// #     "500 mg, 150 mg (at most 2)".parse()?,
    /// #     "nearest, ties up".parse()?,
    /// # );
    /// let rules = CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None)?;
    /// let order = rules.order(&PatientRow::new(170.0, 70.0));
    /// assert_eq!(rules.dose_of(&order), Some("1500 mg".parse()?));
    /// assert_eq!(rules.tablets_of(&order, 56)[0].to_string(), "168 x 500 mg");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tablets_of(&self, order: &OrderedRow, administrations: u32) -> Vec<TabletCount> {
        let counts = self
            .dose_of(order)
            .into_iter()
            .flat_map(|dose| self.amounts.counts(dose));
        self.strengths
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .map(|(strength, count)| TabletCount {
                strength: *strength,
                count: count.saturating_mul(administrations),
            })
            .collect()
    }
}

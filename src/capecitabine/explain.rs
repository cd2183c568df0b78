//! The choice for one administration in words: the explanation and the derivation.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::ser::SerializeStruct as _;

use crate::quantity::OrderedDose;
use crate::report::{Derivation, decimal};

use super::band_bound::BandScale;
use super::finding_kind_words::or_nothing;
use super::finding_words::compared;
use super::order::OrderedAdministration;
use super::policy::RoundingPolicy;

impl OrderedAdministration {
    /// Why this amount, in one sentence.
    #[must_use]
    pub fn explanation(&self) -> String {
        let (chosen, choice) = (self.chosen(), &self.choice);
        let wanted = self.calculated().dose();
        let dose = compared(self.calculated().is_capped());
        let reason = match (self.policy(), choice.forbidden, choice.tie) {
            (_, Some(forbidden), _) => format!(
                "the largest deliverable amount under the cap; without it {forbidden} would be taken"
            ),
            (RoundingPolicy::Bands(table), ..) => {
                format!("the dose of the table \"{}\"", table.label())
            }
            (RoundingPolicy::Fewest { ties, .. }, _, Some((lower, upper))) => format!(
                "the fewest tablets; the {dose} of {wanted:.2} is halfway between {} and {upper}, \
                 which need equally few, and ties go {ties}",
                or_nothing(lower)
            ),
            (RoundingPolicy::Fewest { within, .. }, ..) => {
                format!("the fewest tablets within {within} of the {dose} of {wanted:.2}")
            }
            (RoundingPolicy::Nearest { ties }, _, Some((lower, upper))) => format!(
                "the {dose} of {wanted:.2} is halfway between {} and {upper}, and ties go {ties}",
                or_nothing(lower)
            ),
            (RoundingPolicy::Nearest { .. }, ..) => {
                format!("the deliverable amount nearest to the {dose} of {wanted:.2}")
            }
            (RoundingPolicy::Down, ..) => {
                format!("the largest deliverable amount not above the {dose} of {wanted:.2}")
            }
            (RoundingPolicy::Up, ..) => {
                format!("the smallest deliverable amount not below the {dose} of {wanted:.2}")
            }
        };
        format!(
            "{} ({}): {reason}; {}",
            chosen.amount(),
            chosen.tablets_text(),
            deviation_text(chosen.deviation_percent(), dose)
        )
    }

    /// How the ordered dose was reached from the calculated one.
    #[must_use]
    pub fn derivation(&self) -> Derivation {
        let (chosen, choice) = (self.chosen(), &self.choice);
        let wanted = decimal(self.calculated().dose().milligrams());
        let amount = chosen.amount();
        let cap = self.calculated().caps().dose_per_administration;
        let around: Vec<String> = [choice.previous, Some(amount), choice.next]
            .into_iter()
            .flatten()
            .filter(|amount| cap.is_none_or(|cap| *amount <= cap))
            .map(|amount| amount.to_string())
            .collect();
        let (formula, substitution, source) = match self.policy() {
            RoundingPolicy::Bands(table) => (
                match table.scale() {
                    BandScale::BodySurfaceArea => "dose of the table at the body surface area",
                    BandScale::CalculatedDose => "dose of the table at the calculated dose",
                }
                .into(),
                match table.scale() {
                    BandScale::BodySurfaceArea => format!(
                        "table at {} m2",
                        decimal(self.calculated().square_meters_used())
                    ),
                    BandScale::CalculatedDose => format!("table at {wanted} mg"),
                },
                table.source().to_string(),
            ),
            policy => (
                format!("deliverable amount by the policy: {policy}"),
                format!("of {} for {wanted} mg", around.join(", ")),
                "rounding policy and tablets as given".to_string(),
            ),
        };
        let mut derivation = Derivation::new(
            "dose to take per administration",
            formula,
            substitution,
            amount.to_string(),
            source,
        )
        .with(format!("tablets: {} = {amount}", chosen.tablets_text()));
        if let (Some(forbidden), Some(cap)) = (choice.forbidden, cap) {
            derivation = derivation.with(format!(
                "{forbidden} would be chosen, and is above the cap of {cap}"
            ));
        }
        if let Some((lower, upper)) = choice.tie {
            let lower = lower.map_or(0, OrderedDose::milligrams);
            derivation = derivation.with(format!(
                "tie: ({lower} + {}) / 2 = {wanted} mg",
                upper.milligrams()
            ));
        }
        derivation.with(format!(
            "deviation from the {}: 100 x ({} - {wanted}) / {wanted} = {} %",
            compared(self.calculated().is_capped()),
            amount.milligrams(),
            decimal(chosen.deviation_percent())
        ))
    }
}

/// `4.76 % above the calculated dose`.
fn deviation_text(percent: f64, dose: &str) -> String {
    if percent == 0.0 {
        format!("equal to the {dose}")
    } else if percent.abs() < 0.005 {
        format!("within 0.005 % of the {dose}")
    } else {
        let side = if percent > 0.0 { "above" } else { "below" };
        format!("{:.2} % {side} the {dose}", percent.abs())
    }
}

/// The choice with every candidate, its reason, findings and derivation.
impl serde::Serialize for OrderedAdministration {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shape = serializer.serialize_struct("OrderedAdministration", 11)?;
        shape.serialize_field("calculated", self.calculated())?;
        shape.serialize_field("chosen", self.chosen())?;
        shape.serialize_field("dose_per_day", &self.dose_per_day())?;
        shape.serialize_field("candidates", &self.candidates())?;
        shape.serialize_field("stock", self.stock())?;
        shape.serialize_field("policy", self.policy())?;
        shape.serialize_field("tolerance", &self.tolerance())?;
        shape.serialize_field("tie", &self.is_tie())?;
        shape.serialize_field("explanation", &self.explanation())?;
        shape.serialize_field("findings", self.findings())?;
        shape.serialize_field("derivation", &self.derivation())?;
        shape.end()
    }
}

//! A prescription typed by hand: a phase and its fractions.

use std::str::FromStr;

use chemorad::radiotherapy::{Fractionation, FractionationTextError};

use super::planned::{PlanKind, PlannedDose, PlannedGroup, PlannedPrescription};

/// A typed prescription: `45Gy/25`, or with the phase it belongs to, `pelvis=45Gy/25`.
///
/// ```
/// use chemorad_dosimetry::TypedPrescription;
/// let boost: TypedPrescription = "boost=5.4Gy/3".parse()?;
/// assert_eq!(boost.phase.as_deref(), Some("boost"));
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPrescription {
    /// The phase.
    pub phase: Option<String>,
    /// Its fractions and dose.
    pub fractionation: Fractionation,
}

impl FromStr for TypedPrescription {
    type Err = FractionationTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (phase, fractionation) = match text.rsplit_once('=') {
            Some((phase, rest)) if !phase.trim().is_empty() => (Some(phase.trim()), rest),
            Some((_, rest)) => (None, rest),
            None => (None, text),
        };
        Ok(Self {
            phase: phase.map(ToString::to_string),
            fractionation: fractionation.parse()?,
        })
    }
}

impl PlannedPrescription {
    /// A prescription typed by hand: a set of fractions for each.
    ///
    /// ```
    /// use chemorad_dosimetry::PlannedPrescription;
    /// let typed = PlannedPrescription::typed("typed", &["45Gy/25".parse()?, "boost=5.4Gy/3".parse()?]);
    /// assert_eq!(typed.groups[1].phase.as_deref(), Some("boost"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn typed(source: &str, typed: &[TypedPrescription]) -> Self {
        let mut planned = Self::new(source, PlanKind::Entered);
        planned.groups = typed
            .iter()
            .zip(1..)
            .map(|(typed, number)| PlannedGroup {
                name: format!("entry {number}"),
                number: Some(number),
                phase: typed.phase.clone(),
                fractions: Some(typed.fractionation.fractions().get()),
                doses: vec![PlannedDose {
                    total: Some(typed.fractionation.total().into()),
                    ..PlannedDose::default()
                }],
                ..PlannedGroup::default()
            })
            .collect();
        planned
    }
}

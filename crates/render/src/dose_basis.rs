//! What shares of a dose, and effects of it, rest on.

use serde::Serialize;

/// The prescribed dose and the number of fractions that were used, and where each is from.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DoseBasis {
    /// What shares are shares of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prescribed_dose: Option<PrescribedDose>,
    /// What EQD2 and BED are calculated with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fractions: Option<Fractions>,
}

/// A prescribed dose, and where it is from.
#[derive(Debug, Clone, Serialize)]
pub struct PrescribedDose {
    /// In gray.
    pub value: f64,
    /// `Gy`.
    pub unit: &'static str,
    /// A file, a flag or a course.
    pub source: String,
}

/// A number of fractions, and where it is from.
#[derive(Debug, Clone, Serialize)]
pub struct Fractions {
    /// The number.
    pub value: u32,
    /// A file, a flag or a course.
    pub source: String,
}

impl DoseBasis {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.prescribed_dose.is_none() && self.fractions.is_none()
    }

    /// Each with its name.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let dose = self.prescribed_dose.as_ref();
        let dose = dose.map(|dose| format!("{} {} ({})", dose.value, dose.unit, dose.source));
        let fractions = self.fractions.as_ref();
        let fractions = fractions.map(|count| format!("{} ({})", count.value, count.source));
        let pairs = [("prescribed dose", dose), ("fractions", fractions)].into_iter();
        pairs
            .filter_map(|(name, text)| Some((name, text?)))
            .collect()
    }
}

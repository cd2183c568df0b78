//! Phenotype tests of dihydropyrimidine dehydrogenase, such as the concentration of uracil in plasma.

use alloc::string::String;
use core::fmt;

use crate::number::unit;
use crate::quantity::exact::{Spec, exact_quantity};
use crate::text::{Text, is_heading};

use super::error::{PatientError, quoted};

exact_quantity! {
    /// The concentration of uracil in plasma before treatment: high where the enzyme that breaks
    /// down fluorouracil is deficient. The European Medicines Agency named it in April 2020, beside
    /// the genotype, as a test for the deficiency (de With et al., Clin Pharmacol Ther 2022,
    /// PMC9322339, who also report that centres measure it differently).
    ///
    /// Domain: 0.1 to 10 000 ng/mL, this project's choice. Units: `ng/mL`, `ug/L` (the same number).
    ///
    /// ```
    /// use chemorad::patient::PlasmaUracil;
    /// assert_eq!("12.5 ug/L".parse::<PlasmaUracil>()?.to_string(), "12.5 ng/mL");
    /// assert!("12.5".parse::<PlasmaUracil>().is_err()); // no unit
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    PlasmaUracil,
    Spec {
        quantity: "plasma uracil",
        units: unit::URACIL,
        min: 100,
        max: 10_000_000,
        hint: "check the unit: 1 ng/mL is 1 ug/L",
    }
}

impl PlasmaUracil {
    /// The value in ng/mL.
    #[must_use]
    pub const fn nanograms_per_milliliter(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    pub(crate) const fn base(self) -> u64 {
        self.0
    }
}

/// The result of a phenotype test of dihydropyrimidine dehydrogenase: what the enzyme does, whatever
/// the genotype.
///
/// ```
/// use chemorad::patient::DpydPhenotype;
/// let stated = DpydPhenotype::stated("residual activity 40 % of normal, mononuclear cells");
/// assert!(stated.is_ok());
/// assert!(DpydPhenotype::stated("done").is_err()); // a result, and not that there is one
/// assert!(DpydPhenotype::stated("pending, ordered 2026-11-30").is_err()); // nor that there will be one
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", try_from = "Shape")]
#[non_exhaustive]
pub enum DpydPhenotype {
    /// Uracil in plasma.
    PlasmaUracil(PlasmaUracil),
    /// Another test, with its result as stated.
    Stated(Text),
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Shape {
    PlasmaUracil(PlasmaUracil),
    Stated(String),
}

impl TryFrom<Shape> for DpydPhenotype {
    type Error = PatientError;

    fn try_from(shape: Shape) -> Result<Self, Self::Error> {
        match shape {
            Shape::PlasmaUracil(uracil) => Ok(Self::PlasmaUracil(uracil)),
            Shape::Stated(result) => Self::stated(&result),
        }
    }
}

impl DpydPhenotype {
    /// The result of a test other than plasma uracil, in at least 10 characters with a number and its unit, or
    /// a ratio.
    ///
    /// # Errors
    /// Shorter, longer than a line, without a number that has a unit, or a test whose result is awaited.
    pub fn stated(result: &str) -> Result<Self, PatientError> {
        let result = result.trim();
        let says = result.chars().count() >= 10 && has_result(result) && !is_awaited(result);
        if says && is_heading(result) {
            Ok(Self::Stated(String::from(result).into()))
        } else {
            Err(PatientError::Phenotype {
                given: quoted(result),
            })
        }
    }
}

/// Whether a number stands there that can be a result: with a unit, or of a ratio. The numbers of a date or
/// of a waiting time have neither.
fn has_result(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    // dihydrouracil to uracil
    let is_ratio = words.any(|word| word == "ratio" || word == "uh2");
    let mut rest = lower.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
        let (_, after) = from.split_at(end.unwrap_or(from.len()));
        rest = after;
        let alone = before
            .chars()
            .next_back()
            .is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '-' | '/' | ':' | '.')));
        let is_of_date = after.starts_with(['-', '/', ':']);
        if alone && !is_of_date && (is_ratio || starts_with_unit(after.trim_start())) {
            return true;
        }
    }
    false
}

fn starts_with_unit(text: &str) -> bool {
    const AMOUNTS: [&str; 7] = ["ng", "ug", "\u{b5}g", "\u{3bc}g", "nmol", "pmol", "umol"];
    let word = text.trim_start_matches('_');
    let end = word.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')'));
    let word = end.map_or(word, |end| word.get(..end).unwrap_or(word));
    word.starts_with('%')
        || word.starts_with("percent")
        || AMOUNTS.iter().any(|unit| word.starts_with(unit))
}

/// Whether it says that there is no result yet.
fn is_awaited(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "pending",
        "awaited",
        "awaiting",
        "outstanding",
        "unavailable",
        "tbd",
        "tbc",
    ];
    const PHRASES: [&str; 4] = ["not available", "not done", "not tested", "not yet"];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.contains(&word)) || PHRASES.iter().any(|phrase| lower.contains(phrase))
}

impl fmt::Display for DpydPhenotype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlasmaUracil(uracil) => write!(f, "plasma uracil {uracil}"),
            Self::Stated(result) => f.pad(result),
        }
    }
}

//! What a text says about the dose, the share it leaves, and which starting doses it speaks of.

use core::fmt;

use crate::number::unit;
use crate::quantity::IntensityPerAdministration;
use crate::quantity::exact::{Spec, exact_quantity};
use crate::text::List;

use super::fault::RuleFault;

exact_quantity! {
    /// The share of the original dose that a rule leaves, in percent.
    ///
    /// Domain: more than 0 and at most 100 %, in steps of 0.0001 %. It is always a share of the
    /// *original* dose: two of them are never multiplied.
    ///
    /// ```
    /// use chemorad::capecitabine::{DoseFraction, Regimen};
    /// let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
    /// let reduced = DoseFraction::constant("75 %").times(regimen).unwrap();
    /// assert_eq!(reduced.intensity().to_string(), "618.75 mg/m2");
    /// assert!("120 %".parse::<DoseFraction>().is_err()); // a reduction never raises a dose
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    DoseFraction,
    Spec {
        quantity: "share of the original dose",
        units: unit::SHARE_OF_DOSE,
        min: 1,
        max: 1_000_000,
        hint: "give what is left of the original dose, not what is taken off",
    }
}

impl DoseFraction {
    /// The whole dose.
    pub const WHOLE: Self = Self::constant("100 %");

    pub(in crate::capecitabine) const HALF: Self = Self::constant("50 %");
    pub(super) const QUARTER: Self = Self::constant("25 %");

    pub(super) const THREE_QUARTERS: Self = Self::constant("75 %");

    /// The value in percent.
    #[must_use]
    pub const fn percent(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    pub(in crate::capecitabine) const fn base(self) -> u64 {
        self.0
    }
}

/// What a text says about the dose in one situation.
///
/// ```
/// use chemorad::capecitabine::{DoseFraction, DoseRule};
/// let rule = DoseRule::Fraction(DoseFraction::constant("75 %"));
/// assert_eq!(rule.to_string(), "75 % of the original dose");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DoseRule {
    /// No change.
    FullDose,
    /// This share of the original dose.
    Fraction(DoseFraction),
    /// A share between two values; the text leaves the choice to a clinician.
    FractionBetween {
        /// The smallest share.
        from: DoseFraction,
        /// The largest share.
        to: DoseFraction,
    },
    /// To be avoided; where there is no alternative the text allows a strongly reduced dose and
    /// gives no number: a clinician decides.
    Avoid,
    /// To be avoided; without an alternative a phenotype test comes first, and without its result
    /// the dose is below this share of the original one: a clinician decides.
    AvoidOrBelow(DoseFraction),
    /// The genotype gives no dose: a phenotype test comes first, or the drug is avoided.
    PhenotypeFirst,
    /// Contraindicated, or to be avoided.
    DoNotGive,
    /// The dose is to be individualized; the text gives no number.
    Individualize,
    /// The text says nothing here: a gap, kept as one.
    NotCovered,
}

impl DoseRule {
    /// The least and the most of the original dose that the text leaves; `None` where it gives no
    /// dose or no number.
    ///
    /// ```
    /// use chemorad::capecitabine::DoseRule;
    /// assert_eq!(DoseRule::FullDose.shares().unwrap().1.percent(), 100.0);
    /// assert_eq!(DoseRule::Individualize.shares(), None);
    /// ```
    #[must_use]
    pub const fn shares(self) -> Option<(DoseFraction, DoseFraction)> {
        match self {
            Self::FullDose => Some((DoseFraction::WHOLE, DoseFraction::WHOLE)),
            Self::Fraction(share) => Some((share, share)),
            Self::FractionBetween { from, to } => Some((from, to)),
            Self::Avoid
            | Self::AvoidOrBelow(_)
            | Self::PhenotypeFirst
            | Self::DoNotGive
            | Self::Individualize
            | Self::NotCovered => None,
        }
    }

    /// Least and most in base units, where the text settles them; nothing where the drug is not
    /// given.
    const fn order(self) -> Option<(u64, u64)> {
        match (self, self.shares()) {
            (Self::DoNotGive, _) => Some((0, 0)),
            (Self::AvoidOrBelow(below), _) => Some((0, below.base())),
            (_, Some((least, most))) => Some((least.base(), most.base())),
            _ => None,
        }
    }

    /// Whether a text that says this where the deficiency is greater, and `other` where it is
    /// smaller, is upside down. What gives no number is not compared.
    pub(super) const fn exceeds(self, other: Self) -> bool {
        match (self.order(), other.order()) {
            (Some((least, most)), Some((other_least, other_most))) => {
                least > other_least || most > other_most
            }
            // where a smaller deficiency forbids the drug, a greater one leaves nothing open
            (None, Some((_, 0))) => true,
            _ => false,
        }
    }

    /// What is wrong with the rule alone.
    pub(super) const fn fault(self, row: usize) -> Option<RuleFault> {
        match self {
            Self::FractionBetween { from, to } if from.base() >= to.base() => {
                Some(RuleFault::Range(row))
            }
            Self::Fraction(share) | Self::AvoidOrBelow(share)
                if share.base() == DoseFraction::WHOLE.base() =>
            {
                Some(RuleFault::WholeFraction(row))
            }
            _ => None,
        }
    }
}

impl fmt::Display for DoseRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FullDose => f.write_str("full dose"),
            Self::Fraction(share) => write!(f, "{share} of the original dose"),
            Self::FractionBetween { from, to } => {
                write!(
                    f,
                    "{from} to {to} of the original dose, a clinician's choice"
                )
            }
            Self::Avoid => f.write_str(
                "avoid; without an alternative a strongly reduced dose, no number given",
            ),
            Self::AvoidOrBelow(share) => write!(
                f,
                "avoid; without an alternative a phenotype test first, and without its result less \
                 than {share} of the original dose"
            ),
            Self::PhenotypeFirst => {
                f.write_str("no dose from the genotype: a phenotype test first, or avoid")
            }
            Self::DoNotGive => f.write_str("do not give"),
            Self::Individualize => f.write_str("individualize, no number given"),
            Self::NotCovered => f.write_str("not covered by the text"),
        }
    }
}

/// The starting doses a reduction speaks of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// The text says that it holds for every starting dose, or the site has decided so.
    AnyIntensity,
    /// Only these intensities per administration.
    Intensities(List<IntensityPerAdministration>),
    /// The text, as far as it was read, names no starting dose.
    NotStated,
}

impl Covers {
    /// Whether the text covers an intensity; `None` when it does not say.
    #[must_use]
    pub fn covers(&self, intensity: IntensityPerAdministration) -> Option<bool> {
        match self {
            Self::AnyIntensity => Some(true),
            Self::Intensities(listed) => Some(listed.contains(&intensity)),
            Self::NotStated => None,
        }
    }
}

impl Covers {
    /// Whether two rules name intensities and none in common.
    pub(super) const fn is_apart(&self, other: &Self) -> bool {
        let (Self::Intensities(own), Self::Intensities(others)) = (self, other) else {
            return false;
        };
        let (own, others) = (own.as_slice(), others.as_slice());
        let mut i = 0;
        while i < own.len() {
            let mut j = 0;
            while j < others.len() {
                if own[i].nanograms_per_square_meter() == others[j].nanograms_per_square_meter() {
                    return false;
                }
                j += 1;
            }
            i += 1;
        }
        true
    }

    /// A list of no intensities covers nothing and says nothing.
    pub(in crate::capecitabine) const fn is_empty(&self) -> bool {
        matches!(self, Self::Intensities(listed) if listed.as_slice().is_empty())
    }
}

impl fmt::Display for Covers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyIntensity => f.write_str("any starting dose"),
            Self::NotStated => f.write_str("no starting dose is named"),
            Self::Intensities(listed) => {
                for (i, intensity) in listed.iter().enumerate() {
                    write!(f, "{}{intensity}", if i == 0 { "" } else { " or " })?;
                }
                Ok(())
            }
        }
    }
}

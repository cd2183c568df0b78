//! How well a dose fits its target: conformity, coverage, homogeneity, fall-off.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::contoured_dose::ContouredDose;
use crate::histogram::{Bounded, DoseGrid, DoseInStructure};

/// How well a dose fits a target of volume TV. PIV is the volume of the whole grid that gets the prescribed dose or
/// more, TVPIV the part of the target that does.
///
/// Shaw 1993 (RTOG), Paddick 2000, Paddick and Lippitz 2006, ICRU Report 83, as given in PMC5965485, table 1.
///
/// ```
/// use chemorad_dosimetry::PlanIndex;
/// assert_eq!(PlanIndex::Homogeneity.formula(), "(D2% - D98%) / D50%");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanIndex {
    /// RTOG conformity index.
    Rtog,
    /// Paddick conformity index.
    Paddick,
    /// The share of the target that gets the prescribed dose.
    Coverage,
    /// Homogeneity index of ICRU Report 83.
    Homogeneity,
    /// Gradient index.
    Gradient,
}

impl PlanIndex {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Rtog,
        Self::Paddick,
        Self::Coverage,
        Self::Homogeneity,
        Self::Gradient,
    ];

    /// What it divides.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Rtog => "PIV / TV",
            Self::Paddick => "TVPIV^2 / (TV PIV)",
            Self::Coverage => "TVPIV / TV",
            Self::Homogeneity => "(D2% - D98%) / D50%",
            Self::Gradient => "PIV at half the prescribed dose / PIV",
        }
    }

    /// Its value for a target in a grid, at a prescribed dose in gray; none where it is not known: an isodose reaches
    /// the edge of the grid or is empty, or a part of the target lies outside.
    #[must_use]
    pub fn of(
        self,
        target: &ContouredDose<'_>,
        grid: &DoseGrid,
        prescribed: f64,
    ) -> Option<Bounded> {
        let isodose = match self {
            Self::Rtog | Self::Paddick | Self::Gradient => Some(grid.volume_at_least(prescribed)?),
            Self::Coverage | Self::Homogeneity => None,
        };
        let half = match self {
            Self::Gradient => Some(grid.volume_at_least(prescribed / 2.0)?),
            _ => None,
        };
        // each reading of the ends by itself, as volume and coverage go together
        target.enclosing(|dose| self.by_one_reading(dose, prescribed, isodose, half))
    }

    fn by_one_reading(
        self,
        target: &DoseInStructure<'_>,
        prescribed: f64,
        isodose: Option<Bounded>,
        half: Option<Bounded>,
    ) -> Option<Bounded> {
        let volume = target.volume_cc();
        let whole = Bounded {
            value: volume,
            lower: volume,
            upper: volume,
        };
        let covered = || {
            let covered = target.volume_at_least(prescribed);
            (target.outside_cc() <= 0.0).then_some(covered)
        };
        let dose = |share: f64| target.dose_at_volume(volume * share);
        match self {
            Self::Rtog => quotient(isodose?, whole),
            Self::Coverage => quotient(covered()?, whole),
            Self::Paddick => {
                let covered = covered()?;
                quotient(product(covered, covered), product(whole, isodose?))
            }
            Self::Homogeneity => {
                let (hottest, coldest) = (dose(0.02)?, dose(0.98)?);
                let difference = Bounded {
                    value: hottest.value - coldest.value,
                    lower: hottest.lower - coldest.upper,
                    upper: hottest.upper - coldest.lower,
                };
                quotient(difference, dose(0.5)?)
            }
            Self::Gradient => quotient(half?, isodose?),
        }
    }
}

fn product(one: Bounded, other: Bounded) -> Bounded {
    Bounded {
        value: one.value * other.value,
        lower: one.lower * other.lower,
        upper: one.upper * other.upper,
    }
}

/// The numerator may be below 0, the denominator not.
fn quotient(above: Bounded, below: Bounded) -> Option<Bounded> {
    let least = if above.lower < 0.0 {
        below.lower
    } else {
        below.upper
    };
    (below.lower > 0.0).then(|| Bounded {
        value: above.value / below.value,
        lower: above.lower / least,
        upper: above.upper / below.lower,
    })
}

impl fmt::Display for PlanIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Rtog => "conformity index (RTOG)",
            Self::Paddick => "conformity index (Paddick)",
            Self::Coverage => "coverage",
            Self::Homogeneity => "homogeneity index (ICRU 83)",
            Self::Gradient => "gradient index",
        })
    }
}

/// The stable name.
impl Serialize for PlanIndex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Rtog => "conformity_rtog",
            Self::Paddick => "conformity_paddick",
            Self::Coverage => "coverage",
            Self::Homogeneity => "homogeneity_icru83",
            Self::Gradient => "gradient",
        })
    }
}

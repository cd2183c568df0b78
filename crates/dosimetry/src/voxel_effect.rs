//! EQD2 and BED of the dose at a point, which is given in a number of fractions.

use std::fmt;

use chemorad::quantity::AlphaBeta;
use chemorad::radiotherapy::FractionCount;
use serde::{Serialize, Serializer};

/// Which effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectMeasure {
    /// Equivalent dose in fractions of 2 Gy.
    Eqd2,
    /// Biologically effective dose.
    Bed,
}

/// The effect of the total dose D at a point, by the linear-quadratic model: each point has its own dose per
/// fraction D/n, so the number of fractions is asked for and never a dose per fraction.
///
/// BED = D (1 + D / (n α/β)); EQD2 = BED / (1 + 2 Gy / (α/β)).
///
/// Both grow with the dose. So the volume that gets an effect is the volume that gets the dose of that effect,
/// exactly, and the effect at a volume is that of the dose there.
///
/// ```
/// use chemorad_dosimetry::{EffectMeasure, VoxelEffect};
/// let effect = VoxelEffect::new(EffectMeasure::Eqd2, "25".parse()?, "3 Gy".parse()?);
/// // 25 x 1.8 Gy: 45 (3 + 1.8) / (3 + 2)
/// assert!((effect.of(45.0) - 43.2).abs() < 1e-12);
/// assert!((effect.dose(43.2) - 45.0).abs() < 1e-12);
/// assert_eq!(effect.to_string(), "EQD2Gy(a/b = 3)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoxelEffect {
    measure: EffectMeasure,
    fractions: FractionCount,
    alpha_beta: AlphaBeta,
}

impl VoxelEffect {
    /// The effect of a dose that is given in so many fractions.
    #[must_use]
    pub const fn new(
        measure: EffectMeasure,
        fractions: FractionCount,
        alpha_beta: AlphaBeta,
    ) -> Self {
        Self {
            measure,
            fractions,
            alpha_beta,
        }
    }

    /// The number of fractions.
    #[must_use]
    pub const fn fractions(&self) -> FractionCount {
        self.fractions
    }

    /// The dose and its square count so much.
    pub(crate) fn coefficients(&self) -> [f64; 2] {
        let alpha_beta = self.alpha_beta.gray();
        let linear = match self.measure {
            EffectMeasure::Bed => 1.0,
            EffectMeasure::Eqd2 => alpha_beta / (alpha_beta + 2.0),
        };
        [
            linear,
            linear / (f64::from(self.fractions.get()) * alpha_beta),
        ]
    }

    /// The effect of a total dose, Gy.
    #[must_use]
    pub fn of(&self, dose: f64) -> f64 {
        let [linear, square] = self.coefficients();
        dose * (linear + square * dose)
    }

    /// The total dose that has an effect, Gy: the positive root of the quadratic.
    #[must_use]
    pub fn dose(&self, effect: f64) -> f64 {
        let [linear, square] = self.coefficients();
        let root = (linear * linear + 4.0 * square * effect).sqrt();
        2.0 * effect / (linear + root)
    }
}

/// `EQD2Gy(a/b = 3)`, `BED(a/b = 10)`.
impl fmt::Display for VoxelEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.measure {
            EffectMeasure::Eqd2 => "EQD2Gy",
            EffectMeasure::Bed => "BED",
        };
        write!(f, "{name}(a/b = {})", self.alpha_beta.gray())
    }
}

impl Serialize for VoxelEffect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

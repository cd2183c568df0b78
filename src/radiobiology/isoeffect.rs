//! The inverses: dose per fraction for given n and target, n for given d and target.

use alloc::string::String;
use core::fmt;

use super::linear_quadratic::gray;
use super::linear_quadratic::{LinearQuadratic, TWO_GRAY};
use crate::number::{is_at_boundary, is_below_boundary};
use crate::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd, QuantityError};
use crate::radiotherapy::{FractionCount, Fractionation, FractionationError};
use crate::report::{Derivation, decimal};

/// The effect to be reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// A BED.
    Bed(Bed),
    /// An EQDx.
    Eqd(Eqd),
}

impl Target {
    pub(super) const fn alpha_beta(self) -> AlphaBeta {
        match self {
            Self::Bed(bed) => bed.alpha_beta(),
            Self::Eqd(eqd) => eqd.alpha_beta(),
        }
    }

    pub(super) const fn gray(self) -> f64 {
        match self {
            Self::Bed(bed) => bed.gray(),
            Self::Eqd(eqd) => eqd.gray(),
        }
    }

    /// α/β for a BED, x + α/β for an EQDx: target times this is n d (d + α/β).
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    pub(super) const fn weight(self) -> f64 {
        let micrograys = match self {
            Self::Bed(bed) => bed.alpha_beta().micrograys(),
            Self::Eqd(eqd) => eqd.alpha_beta().micrograys() + eqd.reference().micrograys(),
        };
        micrograys as f64 / 1_000_000.0
    }

    /// As a BED, gray.
    pub(super) const fn bed(self) -> f64 {
        match self {
            Self::Bed(bed) => bed.gray(),
            Self::Eqd(eqd) => eqd.gray() * self.weight() / self.alpha_beta().gray(),
        }
    }

    pub(super) fn label(self) -> String {
        match self {
            Self::Bed(bed) => bed.label(),
            Self::Eqd(eqd) => eqd.label(),
        }
    }
}

impl From<Bed> for Target {
    fn from(bed: Bed) -> Self {
        Self::Bed(bed)
    }
}

impl From<Eqd> for Target {
    fn from(eqd: Eqd) -> Self {
        Self::Eqd(eqd)
    }
}

/// Why there is no solution.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveError {
    /// The target holds at another α/β than the model.
    #[error("the target is at alpha/beta {target}, the model at {model}: use one alpha/beta")]
    DifferentAlphaBeta {
        /// Of the target.
        target: AlphaBeta,
        /// Of the model.
        model: AlphaBeta,
    },
    /// A target of zero.
    #[error("the target must be greater than zero")]
    ZeroTarget,
    /// The target can only be reached with a dose per fraction that is no dose.
    #[error(
        "{0} Gy per fraction would be needed; possible are 0.000001 to 1000 Gy: check the target"
    )]
    DoseOutOfRange(f64),
    /// The target can only be reached with a number of fractions that no course has.
    #[error("{0} fractions would be needed; check the target and the dose per fraction")]
    FractionsOutOfRange(f64),
    /// The solution is not a dose.
    #[error(transparent)]
    Dose(#[from] QuantityError),
    /// The solution is not a fractionation.
    #[error(transparent)]
    Fractionation(#[from] FractionationError),
    /// The number of fractions that reaches the target is below 1 or above 200.
    #[error(
        "{exact} fractions would be needed, rounded {rule} {rounded}; possible are 1 to 200: change the dose per fraction"
    )]
    Fractions {
        /// Before rounding.
        exact: f64,
        /// How it was rounded.
        rule: Rounding,
        /// After rounding.
        rounded: f64,
    },
    /// The doses do not reach the target, whatever the time.
    #[error("the doses give {reached} Gy BED without any loss, below the target of {target} Gy")]
    OutOfReach {
        /// BED without loss, gray.
        reached: f64,
        /// The target as BED, gray.
        target: f64,
    },
    /// The model cannot answer.
    #[error(transparent)]
    Model(#[from] super::model_error::ModelError),
    /// Rounding down leaves no dose.
    #[error("{exact} Gy rounded {rule} to a multiple of {step} is zero: take a smaller step")]
    RoundedToZero {
        /// Before rounding.
        exact: f64,
        /// How it was rounded.
        rule: Rounding,
        /// The step.
        step: AbsorbedDose,
    },
}

/// How an exact solution becomes one that can be given. A value within 10⁻⁹ (relative) of a whole
/// step is that step; one within 10⁻⁹ of halfway is halfway, and goes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest step, halves up.
    Nearest,
    /// To the step below: the target is not exceeded.
    Down,
    /// To the step above: the target is reached.
    Up,
}

/// Outside these the quotient may have overflowed or lost digits.
pub(super) const SMALLEST_COUNT: f64 = 1e-15;
pub(super) const LARGEST_COUNT: f64 = 1e15;

/// What can be a dose, gray.
pub(super) const SMALLEST_DOSE: f64 = 1e-6;
pub(super) const LARGEST_DOSE: f64 = 1000.0;

impl Rounding {
    /// A non-negative number of steps as a whole number.
    pub(crate) fn round(self, steps: f64) -> f64 {
        let whole = libm::floor(steps + 0.5);
        if is_at_boundary(steps, whole) {
            return whole;
        }
        let below = libm::floor(steps);
        match self {
            Self::Up => below + 1.0,
            Self::Nearest if !is_below_boundary(steps, below + 0.5) => below + 1.0,
            Self::Down | Self::Nearest => below,
        }
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Nearest => "to the nearest",
            Self::Down => "down",
            Self::Up => "up",
        })
    }
}

/// The dose per fraction that reaches a target in n fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SolvedDosePerFraction {
    gray: f64,
    fractions: FractionCount,
    target: Target,
}

impl SolvedDosePerFraction {
    pub(super) const fn found(gray: f64, fractions: FractionCount, target: Target) -> Self {
        Self {
            gray,
            fractions,
            target,
        }
    }

    /// d in gray, not rounded to what can be given.
    #[must_use]
    pub const fn gray(self) -> f64 {
        self.gray
    }

    /// n.
    #[must_use]
    pub const fn fractions(self) -> FractionCount {
        self.fractions
    }

    /// The fractionation with d rounded to a multiple of `step` by a named rule.
    ///
    /// # Errors
    /// A dose of zero or above 1000 Gy.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "steps are counted below 2^53 and range-checked as doses"
    )]
    pub fn rounded(self, step: AbsorbedDose, rule: Rounding) -> Result<Fractionation, SolveError> {
        let steps = rule.round(self.gray / step.gray());
        if steps == 0.0 {
            return Err(SolveError::RoundedToZero {
                exact: self.gray,
                rule,
                step,
            });
        }
        let dose = AbsorbedDose::from_gray(steps * step.micrograys() as f64 / 1e6)?;
        Ok(Fractionation::from_dose_per_fraction(dose, self.fractions)?)
    }

    /// The way to [`gray`](Self::gray), to be redone by hand.
    #[must_use]
    pub fn derivation(self) -> Derivation {
        let (n, ab) = (self.fractions, self.target.alpha_beta().gray());
        let weight = self.target.weight();
        let c = self.target.gray() * weight / f64::from(n.get());
        Derivation::new(
            format!("dose per fraction for {}", self.target.label()),
            "(sqrt((a/b)^2 + 4c) - a/b)/2, the root of d (d + a/b) = c",
            format!(
                "(sqrt({ab}^2 + 4 x {c}) - {ab})/2",
                ab = decimal(ab),
                c = decimal(c)
            ),
            gray(self.gray),
            "inverse of the linear-quadratic BED",
        )
        .with(format!(
            "c = target x {}/n = {} x {}/{n} = {} Gy^2",
            match self.target {
                Target::Bed(_) => "a/b",
                Target::Eqd(_) => "(x + a/b)",
            },
            decimal(self.target.gray()),
            decimal(weight),
            decimal(c)
        ))
    }
}

/// The number of fractions of d that reaches a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SolvedFractions {
    exact: f64,
    dose_per_fraction: AbsorbedDose,
    target: Target,
}

impl SolvedFractions {
    pub(super) const fn found(exact: f64, dose_per_fraction: AbsorbedDose, target: Target) -> Self {
        Self {
            exact,
            dose_per_fraction,
            target,
        }
    }

    /// n, not rounded to a whole number.
    #[must_use]
    pub const fn exact(self) -> f64 {
        self.exact
    }

    /// d.
    #[must_use]
    pub const fn dose_per_fraction(self) -> AbsorbedDose {
        self.dose_per_fraction
    }

    /// The fractionation with n rounded to a whole number by a named rule.
    ///
    /// # Errors
    /// A number of fractions outside 1 to 200, or a total above 1000 Gy.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to lie in 1 to 200"
    )]
    pub fn rounded(self, rule: Rounding) -> Result<Fractionation, SolveError> {
        let rounded = rule.round(self.exact);
        if !(1.0..=f64::from(FractionCount::MAX)).contains(&rounded) {
            return Err(SolveError::Fractions {
                exact: self.exact,
                rule,
                rounded,
            });
        }
        let fractions = FractionCount::new(rounded as u32)?;
        Ok(Fractionation::from_dose_per_fraction(
            self.dose_per_fraction,
            fractions,
        )?)
    }

    /// The way to [`exact`](Self::exact), to be redone by hand.
    #[must_use]
    pub fn derivation(self) -> Derivation {
        let ab = self.target.alpha_beta().gray();
        let weight = decimal(self.target.weight());
        let (symbol, d) = (
            match self.target {
                Target::Bed(_) => "a/b",
                Target::Eqd(_) => "(x + a/b)",
            },
            self.dose_per_fraction.gray(),
        );
        Derivation::new(
            format!("number of fractions for {}", self.target.label()),
            format!("target x {symbol}/(d (d + a/b))"),
            format!(
                "{} x {weight}/({d} x ({d} + {ab}))",
                decimal(self.target.gray())
            ),
            decimal(self.exact),
            "inverse of the linear-quadratic BED",
        )
    }
}

impl LinearQuadratic {
    /// The dose per fraction that reaches a target in n fractions:
    /// `d = 2c/(α/β + sqrt((α/β)² + 4c))` with `c = BED α/β/n` or `EQDx (x + α/β)/n`.
    ///
    /// At most 4 units in the last place from the exact root.
    ///
    /// ```
    /// use chemorad::quantity::{AbsorbedDose, AlphaBeta, Eqd};
    /// use chemorad::radiobiology::{LinearQuadratic, Rounding, TWO_GRAY};
    /// use chemorad::radiotherapy::FractionCount;
    ///
    /// let alpha_beta = AlphaBeta::constant("3 Gy");
    /// let model = LinearQuadratic::new(alpha_beta);
    /// let target = Eqd::new(60.0, alpha_beta, TWO_GRAY)?;
    /// let solved = model.dose_per_fraction_for(target, FractionCount::new(18)?)?;
    /// let given = solved.rounded(AbsorbedDose::constant("0.01 Gy"), Rounding::Nearest)?;
    /// assert_eq!(given.to_string(), "51.3 Gy in 18 x 2.85 Gy");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A target of zero or at another α/β, or one that needs less than a microgray or more than
    /// 1000 Gy per fraction.
    pub fn dose_per_fraction_for(
        self,
        target: impl Into<Target>,
        fractions: FractionCount,
    ) -> Result<SolvedDosePerFraction, SolveError> {
        let target = self.usable(target.into())?;
        let alpha_beta = self.alpha_beta().gray();
        let c = target.gray() * target.weight() / f64::from(fractions.get());
        // this form does not cancel when d is small beside alpha/beta
        let gray = 2.0 * c / (alpha_beta + libm::sqrt(alpha_beta * alpha_beta + 4.0 * c));
        // NaN, from targets near the largest f64, is outside too
        if !(SMALLEST_DOSE..=LARGEST_DOSE).contains(&gray) {
            return Err(SolveError::DoseOutOfRange(gray));
        }
        Ok(SolvedDosePerFraction {
            gray,
            fractions,
            target,
        })
    }

    /// The number of fractions of d that reaches a target:
    /// `n = BED/(d (1 + d/(α/β)))` or `EQDx (x + α/β)/(d (d + α/β))`.
    ///
    /// ```
    /// use chemorad::quantity::{AbsorbedDose, AlphaBeta, Eqd};
    /// use chemorad::radiobiology::{LinearQuadratic, Rounding, TWO_GRAY};
    ///
    /// let alpha_beta = AlphaBeta::constant("4.6 Gy");
    /// let model = LinearQuadratic::new(alpha_beta);
    /// let target = Eqd::new(50.0, alpha_beta, TWO_GRAY)?;
    /// let solved = model.fractions_for(target, AbsorbedDose::constant("2.67 Gy"))?;
    /// assert_eq!(format!("{:.3}", solved.exact()), "17.001");
    /// assert_eq!(solved.rounded(Rounding::Nearest)?.fractions().get(), 17);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A target of zero or at another α/β, or one that needs less than 10⁻¹⁵ or more than 10¹⁵
    /// fractions.
    pub fn fractions_for(
        self,
        target: impl Into<Target>,
        dose_per_fraction: AbsorbedDose,
    ) -> Result<SolvedFractions, SolveError> {
        let target = self.usable(target.into())?;
        let d = u128::from(dose_per_fraction.micrograys());
        #[allow(
            clippy::cast_precision_loss,
            reason = "the one rounding of an exact product"
        )]
        let effect = (d * (d + u128::from(self.alpha_beta().micrograys()))) as f64 / 1e12;
        let exact = target.gray() * target.weight() / effect;
        if !(SMALLEST_COUNT..=LARGEST_COUNT).contains(&exact) {
            return Err(SolveError::FractionsOutOfRange(exact));
        }
        Ok(SolvedFractions {
            exact,
            dose_per_fraction,
            target,
        })
    }

    /// The schedule with `fractions` fractions that has the same BED as `from`.
    ///
    /// # Errors
    /// A solution of less than a microgray or more than 1000 Gy per fraction.
    pub fn isoeffective_in(
        self,
        from: Fractionation,
        fractions: FractionCount,
    ) -> Result<SolvedDosePerFraction, SolveError> {
        self.dose_per_fraction_for(self.eqd(from, TWO_GRAY), fractions)
    }

    /// The schedule with `dose_per_fraction` that has the same BED as `from`.
    ///
    /// # Errors
    /// A solution of less than 10⁻¹⁵ or more than 10¹⁵ fractions.
    pub fn isoeffective_with(
        self,
        from: Fractionation,
        dose_per_fraction: AbsorbedDose,
    ) -> Result<SolvedFractions, SolveError> {
        self.fractions_for(self.eqd(from, TWO_GRAY), dose_per_fraction)
    }

    fn usable(self, target: Target) -> Result<Target, SolveError> {
        if target.alpha_beta() != self.alpha_beta() {
            return Err(SolveError::DifferentAlphaBeta {
                target: target.alpha_beta(),
                model: self.alpha_beta(),
            });
        }
        if target.gray() == 0.0 {
            return Err(SolveError::ZeroTarget);
        }
        Ok(target)
    }
}

//! Slices of voxel doses. Each voxel has its own dose per fraction D/n, so these take n, never d.

use crate::quantity::AbsorbedDose;
use crate::radiotherapy::FractionCount;

use super::linear_quadratic::LinearQuadratic;

/// Why a slice was not converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VoxelError {
    /// The output has another length than the input.
    #[error("{input} voxels in, room for {output} out: give slices of the same length")]
    Length {
        /// Voxels in.
        input: usize,
        /// Voxels out.
        output: usize,
    },
    /// Doses that are NaN, infinite, negative, or too large for the result.
    #[error(
        "{count} voxel dose(s) are NaN, infinite, negative or too large, the first at index {first}; they were set to NaN"
    )]
    Invalid {
        /// How many.
        count: usize,
        /// The index of the first.
        first: usize,
    },
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A voxel dose in gray: `f32` or `f64`.
pub trait Voxel: sealed::Sealed + Copy {
    /// False when some result is not a plain number: see `mark`.
    #[doc(hidden)]
    fn convert(input: &[Self], output: &mut [Self], quadratic: f64, linear: f64) -> bool;
    #[doc(hidden)]
    fn convert_in_place(voxels: &mut [Self], quadratic: f64, linear: f64) -> bool;
    /// Sets results that are no doses to NaN.
    #[doc(hidden)]
    fn mark(output: &mut [Self]) -> Result<(), VoxelError>;
}

// The loops must keep up with memory on the oldest processors of their architecture, so they decide nothing per
// voxel, and are as plain as a compiler needs to make whole vectors of them. With |D| inside the bracket,
// `D (q |D| + l)` is the same for every dose, and negative for a negative D; NaN and infinities stay what they are.
// What is wrong then shows in one bit: that of the sign, or the same bit once the exponent is counted up by one, which
// only that of an infinity or a NaN carries over. The bits of all results are gathered and looked at once. Where
// something shows, `mark` looks at every voxel.
macro_rules! voxel {
    ($($float:ident)+) => {$(
        impl Voxel for $float {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the factors are rounded once"
            )]
            fn convert(input: &[Self], output: &mut [Self], quadratic: f64, linear: f64) -> bool {
                let (quadratic, linear) = (quadratic as $float, linear as $float);
                let mut seen = 0;
                for (result, &dose) in output.iter_mut().zip(input) {
                    *result = dose * (quadratic * dose.abs() + linear);
                    let bits = result.to_bits();
                    seen |= bits | bits.wrapping_add(Self::MIN_POSITIVE.to_bits());
                }
                Self::from_bits(seen).is_sign_positive()
            }

            #[allow(
                clippy::cast_possible_truncation,
                reason = "the factors are rounded once"
            )]
            fn convert_in_place(voxels: &mut [Self], quadratic: f64, linear: f64) -> bool {
                let (quadratic, linear) = (quadratic as $float, linear as $float);
                let mut seen = 0;
                for voxel in voxels {
                    *voxel *= quadratic * voxel.abs() + linear;
                    let bits = voxel.to_bits();
                    seen |= bits | bits.wrapping_add(Self::MIN_POSITIVE.to_bits());
                }
                Self::from_bits(seen).is_sign_positive()
            }

            #[cold]
            fn mark(output: &mut [Self]) -> Result<(), VoxelError> {
                let mut first = None;
                let mut count = 0;
                for (index, out) in output.iter_mut().enumerate() {
                    // -0 has the sign but is a dose
                    if !(0.0..=$float::MAX).contains(out) {
                        *out = $float::NAN;
                        count += 1;
                        first = first.or(Some(index));
                    }
                }
                match first {
                    Some(first) => Err(VoxelError::Invalid { count, first }),
                    None => Ok(()),
                }
            }
        }
    )+};
}
voxel!(f32 f64);

/// The factors q and l of `D (q D + l)`.
struct Factors {
    quadratic: f64,
    linear: f64,
}

impl Factors {
    fn into_slice<V: Voxel>(self, input: &[V], output: &mut [V]) -> Result<(), VoxelError> {
        if input.len() != output.len() {
            return Err(VoxelError::Length {
                input: input.len(),
                output: output.len(),
            });
        }
        if V::convert(input, output, self.quadratic, self.linear) {
            Ok(())
        } else {
            V::mark(output)
        }
    }

    fn in_place<V: Voxel>(self, voxels: &mut [V]) -> Result<(), VoxelError> {
        if V::convert_in_place(voxels, self.quadratic, self.linear) {
            Ok(())
        } else {
            V::mark(voxels)
        }
    }
}

/// Slices of total doses in gray, given in n fractions: no allocation, one pass.
///
/// `BED = D (1 + D/(n α/β))`, `EQDx = D (D/n + α/β)/(x + α/β)` per voxel, evaluated as
/// `D (q D + l)` with q and l rounded once: at most 4 units in the last place from the exact value.
///
/// A voxel that is NaN, infinite or negative (or whose result overflows) becomes NaN and the call
/// is an error that counts them; the others are converted. A negative dose so close to zero that its
/// result is zero counts as zero.
///
/// ```
/// use chemorad::quantity::AlphaBeta;
/// use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
/// use chemorad::radiotherapy::FractionCount;
///
/// let late = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
/// let mut doses = [45.0_f64, 50.0, 0.0];
/// late.eqd_voxels_in_place(&mut doses, FractionCount::new(25)?, TWO_GRAY)?;
/// assert!((doses[0] - 43.2).abs() < 1e-12 && doses[1] == 50.0 && doses[2] == 0.0);
///
/// let mut wrong = [45.0_f64, f64::NAN];
/// assert!(late.bed_voxels_in_place(&mut wrong, FractionCount::new(25)?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl LinearQuadratic {
    /// EQD of every voxel into `output`.
    ///
    /// # Errors
    /// Slices of different length, or voxels that are not doses.
    pub fn eqd_voxels<V: Voxel>(
        self,
        doses: &[V],
        fractions: FractionCount,
        reference: AbsorbedDose,
        output: &mut [V],
    ) -> Result<(), VoxelError> {
        self.eqd_factors(fractions, reference)
            .into_slice(doses, output)
    }

    /// EQD of every voxel in place.
    ///
    /// # Errors
    /// Voxels that are not doses; they are NaN afterwards.
    pub fn eqd_voxels_in_place<V: Voxel>(
        self,
        doses: &mut [V],
        fractions: FractionCount,
        reference: AbsorbedDose,
    ) -> Result<(), VoxelError> {
        self.eqd_factors(fractions, reference).in_place(doses)
    }

    /// BED of every voxel into `output`.
    ///
    /// # Errors
    /// Slices of different length, or voxels that are not doses.
    pub fn bed_voxels<V: Voxel>(
        self,
        doses: &[V],
        fractions: FractionCount,
        output: &mut [V],
    ) -> Result<(), VoxelError> {
        self.bed_factors(fractions).into_slice(doses, output)
    }

    /// BED of every voxel in place.
    ///
    /// # Errors
    /// Voxels that are not doses; they are NaN afterwards.
    pub fn bed_voxels_in_place<V: Voxel>(
        self,
        doses: &mut [V],
        fractions: FractionCount,
    ) -> Result<(), VoxelError> {
        self.bed_factors(fractions).in_place(doses)
    }

    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    fn eqd_factors(self, fractions: FractionCount, reference: AbsorbedDose) -> Factors {
        let alpha_beta = self.alpha_beta().micrograys();
        let divisor = alpha_beta + reference.micrograys();
        Factors {
            quadratic: 1_000_000.0 / (u64::from(fractions.get()) * divisor) as f64,
            linear: alpha_beta as f64 / divisor as f64,
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    fn bed_factors(self, fractions: FractionCount) -> Factors {
        let alpha_beta = self.alpha_beta().micrograys();
        Factors {
            quadratic: 1_000_000.0 / (u64::from(fractions.get()) * alpha_beta) as f64,
            linear: 1.0,
        }
    }
}

//! Slices of voxel doses. Each voxel has its own dose per fraction D/n, so these take n, never d.

use crate::quantity::AbsorbedDose;
use crate::radiotherapy::FractionCount;

use super::LinearQuadratic;

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
    #[doc(hidden)]
    fn convert(input: &[Self], output: &mut [Self], quadratic: f64, linear: f64) -> bool;
    #[doc(hidden)]
    fn convert_in_place(voxels: &mut [Self], quadratic: f64, linear: f64) -> bool;
    #[doc(hidden)]
    fn is_nan(self) -> bool;
}

macro_rules! voxel {
    ($float:ident) => {
        impl Voxel for $float {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the factors are rounded once"
            )]
            fn convert(input: &[Self], output: &mut [Self], quadratic: f64, linear: f64) -> bool {
                let (quadratic, linear) = (quadratic as $float, linear as $float);
                let mut valid = true;
                for (out, &dose) in output.iter_mut().zip(input) {
                    let result = dose * (quadratic * dose + linear);
                    let ok = (dose >= 0.0) & (result <= $float::MAX);
                    *out = if ok { result } else { $float::NAN };
                    valid &= ok;
                }
                valid
            }

            #[allow(
                clippy::cast_possible_truncation,
                reason = "the factors are rounded once"
            )]
            fn convert_in_place(voxels: &mut [Self], quadratic: f64, linear: f64) -> bool {
                let (quadratic, linear) = (quadratic as $float, linear as $float);
                let mut valid = true;
                for voxel in voxels {
                    let dose = *voxel;
                    let result = dose * (quadratic * dose + linear);
                    let ok = (dose >= 0.0) & (result <= $float::MAX);
                    *voxel = if ok { result } else { $float::NAN };
                    valid &= ok;
                }
                valid
            }

            fn is_nan(self) -> bool {
                self.is_nan()
            }
        }
    };
}
voxel!(f32);
voxel!(f64);

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
        let valid = V::convert(input, output, self.quadratic, self.linear);
        if valid { Ok(()) } else { Err(invalid(output)) }
    }

    fn in_place<V: Voxel>(self, voxels: &mut [V]) -> Result<(), VoxelError> {
        let valid = V::convert_in_place(voxels, self.quadratic, self.linear);
        if valid { Ok(()) } else { Err(invalid(voxels)) }
    }
}

/// Only reached on an error, so the second pass costs nothing otherwise.
fn invalid<V: Voxel>(output: &[V]) -> VoxelError {
    let mut marked = output.iter().enumerate().filter(|(_, v)| v.is_nan());
    let first = marked.next().map_or(0, |(index, _)| index);
    VoxelError::Invalid {
        count: 1 + marked.count(),
        first,
    }
}

/// Slices of total doses in gray, given in n fractions: no allocation, one pass.
///
/// `BED = D (1 + D/(n α/β))`, `EQDx = D (D/n + α/β)/(x + α/β)` per voxel, evaluated as
/// `D (q D + l)` with q and l rounded once: at most 4 units in the last place from the exact value.
///
/// A voxel that is NaN, infinite or negative (or whose result overflows) becomes NaN and the call
/// is an error that counts them; the others are converted.
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

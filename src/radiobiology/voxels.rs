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

// The loops must keep up with memory on the oldest processors of their architecture, so they decide
// nothing per voxel. With |D| inside the bracket, `D (q |D| + l)` is the same for every dose, and
// negative for a negative D; NaN and infinities stay what they are. What is wrong then shows in two
// things gathered lane by lane and looked at once: the OR of the results' sign bits, and their sum,
// which a NaN or an infinity never leaves. Where either shows something, `mark` looks at every voxel.
macro_rules! voxel {
    ($float:ident, $bits:ident, $lanes:literal) => {
        mod $float {
            /// What the results so far had in their bits, and their sums, lane by lane.
            pub(super) type Signs = [$bits; $lanes];
            pub(super) type Sums = [$float; $lanes];

            // The lanes are separate arguments, not fields: only then do they stay in registers.
            #[inline(always)]
            #[allow(
                clippy::needless_range_loop,
                reason = "four arrays in step, which compile to whole vectors only in this form"
            )]
            pub(super) fn line(
                doses: &[$float; $lanes],
                quadratic: $float,
                linear: $float,
                signs: &mut Signs,
                sums: &mut Sums,
            ) -> [$float; $lanes] {
                let mut results = [0.0; $lanes];
                for i in 0..$lanes {
                    let result = doses[i] * (quadratic * doses[i].abs() + linear);
                    results[i] = result;
                    signs[i] |= result.to_bits();
                    sums[i] += result;
                }
                results
            }

            /// The last voxels, fewer than a line; true when no result so far was wrong.
            pub(super) fn rest(
                voxels: &mut [$float],
                quadratic: $float,
                linear: $float,
                mut signs: Signs,
                mut sums: Sums,
            ) -> bool {
                let mut doses = [0.0; $lanes];
                let filled = doses.iter_mut().zip(&*voxels);
                filled.for_each(|(dose, &voxel)| *dose = voxel);
                let results = line(&doses, quadratic, linear, &mut signs, &mut sums);
                voxels
                    .iter_mut()
                    .zip(results)
                    .for_each(|(voxel, result)| *voxel = result);
                let signs = signs.into_iter().fold(0, |all, bits| all | bits);
                $float::from_bits(signs).is_sign_positive() && sums.iter().all(|s| s.is_finite())
            }
        }

        impl Voxel for $float {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the factors are rounded once"
            )]
            fn convert(input: &[Self], output: &mut [Self], quadratic: f64, linear: f64) -> bool {
                let (quadratic, linear) = (quadratic as $float, linear as $float);
                let (mut signs, mut sums) = ([0; $lanes], [0.0; $lanes]);
                let mut doses = input.chunks_exact($lanes);
                let mut results = output.chunks_exact_mut($lanes);
                for (results, doses) in (&mut results).zip(&mut doses) {
                    // always: the chunks have this length
                    if let (Ok(results), Ok(doses)) = (
                        <&mut [Self; $lanes]>::try_from(results),
                        <&[Self; $lanes]>::try_from(doses),
                    ) {
                        *results = $float::line(doses, quadratic, linear, &mut signs, &mut sums);
                    }
                }
                let rest = results.into_remainder();
                let last = rest.iter_mut().zip(doses.remainder());
                last.for_each(|(out, &dose)| *out = dose);
                $float::rest(rest, quadratic, linear, signs, sums)
            }

            #[allow(
                clippy::cast_possible_truncation,
                reason = "the factors are rounded once"
            )]
            fn convert_in_place(voxels: &mut [Self], quadratic: f64, linear: f64) -> bool {
                let (quadratic, linear) = (quadratic as $float, linear as $float);
                let (mut signs, mut sums) = ([0; $lanes], [0.0; $lanes]);
                let mut lines = voxels.chunks_exact_mut($lanes);
                for voxels in &mut lines {
                    // always: the chunks have this length
                    if let Ok(voxels) = <&mut [Self; $lanes]>::try_from(voxels) {
                        *voxels = $float::line(voxels, quadratic, linear, &mut signs, &mut sums);
                    }
                }
                $float::rest(lines.into_remainder(), quadratic, linear, signs, sums)
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
    };
}
voxel!(f32, u32, 16);
voxel!(f64, u64, 8);

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

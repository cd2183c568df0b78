//! The step between two stored numbers.

use chemorad::number::Decimal;

use super::options::Bits;

/// Dose Grid Scaling: a few digits times a power of ten, written and used alike.
pub(super) struct Step {
    text: String,
    per_gray: f64,
}

/// Finer than a nanogray is finer than any dose is known.
const FINEST: i32 = -9;

impl Step {
    /// The smallest step with which `maximum` still fits.
    pub(super) fn of(maximum: f32, bits: Bits) -> Self {
        let maximum = f64::from(maximum);
        // a power of ten is easiest to read; 16 bits have no room to lose
        let (largest, digits) = match bits {
            Bits::Sixteen => (f64::from(u16::MAX), 100..=999),
            Bits::ThirtyTwo => (f64::from(u32::MAX), 1..=1),
        };
        let first = *digits.start();
        let steps = (FINEST..40).flat_map(|exponent| {
            let digits = digits.clone();
            digits.map(move |digits| (digits, exponent))
        });
        let fits = |(digits, exponent): &(u16, i32)| {
            // half a step of room, so that the nearest number fits too
            maximum < value(*digits, *exponent) * (largest - 0.5)
        };
        let (digits, exponent) = steps.clone().find(fits).unwrap_or((first, 40));
        Self {
            text: format!("{digits}E{exponent}"),
            per_gray: 1.0 / value(digits, exponent),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The voxels as stored numbers, the nearest one each.
    pub(super) fn pixels(&self, voxels: &[f32], bits: Bits) -> Vec<u8> {
        let stored = |voxel: f32| f64::from(voxel) * self.per_gray + 0.5;
        let mut pixels = Vec::new();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "doses are not negative, and the step keeps them below the largest number"
        )]
        match bits {
            Bits::Sixteen => {
                pixels.resize(voxels.len() * 2, 0);
                for (bytes, voxel) in pixels.chunks_exact_mut(2).zip(voxels) {
                    bytes.copy_from_slice(&(stored(*voxel) as u16).to_le_bytes());
                }
            }
            Bits::ThirtyTwo => {
                pixels.resize(voxels.len() * 4, 0);
                for (bytes, voxel) in pixels.chunks_exact_mut(4).zip(voxels) {
                    bytes.copy_from_slice(&(stored(*voxel) as u32).to_le_bytes());
                }
            }
        }
        pixels
    }
}

fn value(digits: u16, exponent: i32) -> f64 {
    Decimal::new(digits.into(), exponent).map_or(f64::NAN, Decimal::to_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_the_smallest_that_fits() {
        for (maximum, bits, text) in [
            (0.0, Bits::ThirtyTwo, "1E-9"),
            (0.0, Bits::Sixteen, "100E-9"),
            (4.2, Bits::ThirtyTwo, "1E-9"),
            (4.3, Bits::ThirtyTwo, "1E-8"),
            (60.0, Bits::ThirtyTwo, "1E-7"),
            (65.534, Bits::Sixteen, "100E-5"),
            (65.54, Bits::Sixteen, "101E-5"),
            (43.2, Bits::Sixteen, "660E-6"),
            (70.0, Bits::Sixteen, "107E-5"),
        ] {
            assert_eq!(Step::of(maximum, bits).text(), text, "{maximum}");
        }
    }

    #[test]
    fn the_largest_number_is_never_exceeded() {
        for bits in [Bits::Sixteen, Bits::ThirtyTwo] {
            for tenths in (1_u16..5_000).step_by(7) {
                let maximum = f32::from(tenths) / 7.0;
                let step = Step::of(maximum, bits);
                let pixels = step.pixels(&[maximum, 0.0], bits);
                let stored = match bits {
                    Bits::Sixteen => f64::from(u16::from_le_bytes([pixels[0], pixels[1]])),
                    Bits::ThirtyTwo => f64::from(u32::from_le_bytes([
                        pixels[0], pixels[1], pixels[2], pixels[3],
                    ])),
                };
                let back = stored / step.per_gray;
                assert!(
                    (back - f64::from(maximum)).abs() <= 0.51 / step.per_gray,
                    "{maximum}"
                );
            }
        }
    }
}

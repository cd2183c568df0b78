//! Exact arithmetic against the numbers of the program: fractions of whole numbers, no floating point.

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use chemorad_render::self_test::{Part, Trial};

use super::random::Random;

/// A fraction of whole numbers, the lower one above zero.
#[derive(Debug, Clone, Copy)]
struct Ratio {
    above: i128,
    below: i128,
}

/// Whether a number is the fraction, correctly rounded: it is not further than half a step from it.
fn is_rounded(found: f64, exact: Ratio) -> bool {
    const FRACTION: u32 = 52;
    if !(found.is_finite() && found > 0.0) {
        return false;
    }
    let bits = found.to_bits();
    let mantissa = i128::from(bits & ((1 << FRACTION) - 1) | (1 << FRACTION));
    let exponent = i32::try_from(bits >> FRACTION).unwrap_or(i32::MAX) - 1075;
    // found = mantissa x 2^exponent; doses are such that the exponent is negative
    let Ok(shift) = u32::try_from(-exponent) else {
        return false;
    };
    let whole = 1_i128.checked_shl(shift).filter(|whole| *whole > 0);
    let scaled = whole.and_then(|whole| exact.above.checked_mul(whole));
    let product = mantissa.checked_mul(exact.below);
    let difference = scaled
        .zip(product)
        .map(|(scaled, product)| (scaled - product).abs());
    difference
        .and_then(|difference| difference.checked_mul(2))
        .is_some_and(|twice| twice <= exact.below)
}

/// A course whose numbers are whole: total and α/β in units of 1000 micrograys, and the fractions.
#[derive(Debug, Clone, Copy)]
struct Course {
    total: u64,
    fractions: u32,
    alpha_beta: u64,
}

/// Micrograys of the unit that random doses are made of.
const UNIT: u64 = 1000;

impl Course {
    fn random(random: &mut Random) -> Self {
        Self {
            total: random.between(1000, 100_000),
            fractions: u32::try_from(random.between(1, 45)).unwrap_or(1),
            alpha_beta: random.between(500, 20_000),
        }
    }

    fn typed(self) -> Option<(Fractionation, LinearQuadratic)> {
        let total = AbsorbedDose::from_micrograys(self.total * UNIT).ok()?;
        let count = FractionCount::new(self.fractions).ok()?;
        let alpha_beta = AlphaBeta::from_micrograys(self.alpha_beta * UNIT).ok()?;
        let fractionation = Fractionation::from_total(total, count);
        Some((fractionation, LinearQuadratic::new(alpha_beta)))
    }

    fn whole(self) -> [i128; 3] {
        [
            self.total.into(),
            self.fractions.into(),
            self.alpha_beta.into(),
        ]
    }

    /// D + D²/(n α/β), in gray.
    fn bed(self) -> Ratio {
        let [total, fractions, ratio] = self.whole();
        Ratio {
            above: total * (fractions * ratio + total),
            below: fractions * ratio * 1000,
        }
    }

    /// D (D/n + α/β)/(2 Gy + α/β), in gray.
    fn eqd2(self) -> Ratio {
        let [total, fractions, ratio] = self.whole();
        Ratio {
            above: total * (total + fractions * ratio),
            below: fractions * (2000 + ratio) * 1000,
        }
    }

    fn text(self) -> String {
        let gray =
            |thousandths: u64| format!("{}.{:03} Gy", thousandths / 1000, thousandths % 1000);
        format!(
            "{} in {} at a/b = {}",
            gray(self.total),
            self.fractions,
            gray(self.alpha_beta)
        )
    }
}

/// BED and EQD2 of a course, as the program gives them.
fn numbers(course: Course) -> Option<[(f64, Ratio); 2]> {
    let (fractionation, model) = course.typed()?;
    let bed = model.bed(fractionation).gray();
    let eqd2 = model.eqd(fractionation, TWO_GRAY).gray();
    Some([(bed, course.bed()), (eqd2, course.eqd2())])
}

/// BED and EQD2 of random courses, held against the fractions; `spoiled`: every number is one step off, as a
/// control.
pub(super) fn part(seed: u64, times: usize, spoiled: bool) -> Part {
    let mut random = Random::new(seed);
    let mut trials = ["BED", "EQD2"].map(|id| Trial {
        run: 0,
        source: Some("D + D^2/(n a/b) and D (D/n + a/b)/(2 Gy + a/b) in whole numbers".into()),
        ..Trial::once(
            id,
            true,
            "the exact number, correctly rounded",
            "the same, each time",
        )
    });
    for _ in 0..times {
        let course = Course::random(&mut random);
        let found = numbers(course);
        for (at, trial) in trials.iter_mut().enumerate() {
            trial.run += 1;
            let value = found.and_then(|all| all.get(at).copied());
            let passed = value.is_some_and(|(found, exact)| {
                let found = if spoiled {
                    f64::from_bits(found.to_bits() + 1)
                } else {
                    found
                };
                is_rounded(found, exact)
            });
            if !passed {
                if trial.failed == 0 {
                    trial.found = match value {
                        Some((found, _)) => format!("{found} for {}", course.text()),
                        None => format!("no number for {}", course.text()),
                    };
                }
                trial.failed += 1;
            }
        }
    }
    Part {
        name: "oracle",
        about: "random courses against exact arithmetic",
        trials: trials.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Ratio, is_rounded, part};

    #[test]
    fn rounding_is_told_to_the_last_bit() {
        let exact = Ratio {
            above: 531,
            below: 10,
        };
        assert!(is_rounded(53.1, exact));
        assert!(!is_rounded(f64::from_bits(53.1_f64.to_bits() + 1), exact));
        assert!(!is_rounded(f64::from_bits(53.1_f64.to_bits() - 1), exact));
        for wrong in [0.0, -53.1, f64::NAN, f64::INFINITY, 53.0, 1e300, 5e-324] {
            assert!(!is_rounded(wrong, exact), "{wrong}");
        }
        assert!(is_rounded(
            45.0,
            Ratio {
                above: 90,
                below: 2
            }
        ));
    }

    #[test]
    fn every_course_passes_and_none_that_is_spoiled() {
        let failed = |spoiled| -> (usize, usize) {
            let trials = part(7, 300, spoiled).trials;
            let run = trials.iter().map(|trial| trial.run).sum();
            (run, trials.iter().map(|trial| trial.failed).sum())
        };
        assert_eq!(failed(false), (600, 0));
        let (run, failed) = failed(true);
        // half-way between two numbers either is right
        assert!(failed > run * 99 / 100, "{failed} of {run}");
    }
}

//! The one test whether a calculated value is at a boundary.
//!
//! A calculated `f64` that should be exactly on a limit, a cut or a tie seldom is: 0.1 + 0.2 is not
//! 0.3. So a value within [`BOUNDARY_WIDTH`] of a boundary is *at* it, and the rule for a value at the
//! boundary decides, not the float.

/// How near a value is to a boundary that it is at, relative to the boundary: 10⁻⁹. That is far more
/// than the rounding of any formula here and far less than any number that a person writes.
pub const BOUNDARY_WIDTH: f64 = 1e-9;

/// Whether a calculated value is at a boundary: within 10⁻⁹ of it, relative to the boundary.
///
/// Only zero is at a boundary of zero. NaN is at none.
///
/// ```
/// use chemorad::number::is_at_boundary;
/// assert!(is_at_boundary(0.1 + 0.2, 0.3));
/// assert!(is_at_boundary(1500.000_001, 1500.0));
/// assert!(!is_at_boundary(1500.000_002, 1500.0));
/// assert!(is_at_boundary(0.0, 0.0) && !is_at_boundary(1e-300, 0.0));
/// ```
#[must_use]
pub const fn is_at_boundary(value: f64, boundary: f64) -> bool {
    is_at_boundary_within(value, boundary, BOUNDARY_WIDTH)
}

/// Whether a calculated value is at a boundary, with another relative width, for a value whose own error is larger. Give the width a
/// name that says why.
///
/// ```
/// use chemorad::number::is_at_boundary_within;
/// /// A dose is rounded within 10⁻⁹ of a step, and a BED less its losses magnifies that.
/// const SOLVED_BED: f64 = 1e-8;
/// assert!(is_at_boundary_within(50.000_000_4, 50.0, SOLVED_BED));
/// ```
#[must_use]
pub const fn is_at_boundary_within(value: f64, boundary: f64, width: f64) -> bool {
    (value - boundary).abs() <= width * boundary.abs()
}

/// Whether a calculated value is above a boundary and not [at](is_at_boundary) it.
///
/// ```
/// use chemorad::number::is_above_boundary;
/// assert!(is_above_boundary(0.31, 0.3) && !is_above_boundary(0.1 + 0.2, 0.3));
/// ```
#[must_use]
pub const fn is_above_boundary(value: f64, boundary: f64) -> bool {
    value > boundary && !is_at_boundary(value, boundary)
}

/// Whether a calculated value is below a boundary and not [at](is_at_boundary) it.
///
/// ```
/// use chemorad::number::is_below_boundary;
/// assert!(is_below_boundary(0.7, 0.8) && !is_below_boundary(1.0 - 0.2, 0.8));
/// ```
#[must_use]
pub const fn is_below_boundary(value: f64, boundary: f64) -> bool {
    value < boundary && !is_at_boundary(value, boundary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_to_either_side_and_for_either_sign() {
        for boundary in [1e-6, 0.3, 50.0, -50.0, 1e12] {
            for inside in [1.0, 1.0 + 0.9e-9, 1.0 - 0.9e-9] {
                assert!(is_at_boundary(boundary * inside, boundary), "{boundary}");
                assert!(!is_above_boundary(boundary * inside, boundary));
                assert!(!is_below_boundary(boundary * inside, boundary));
            }
            for outside in [1.0 + 1.1e-9, 1.0 - 1.1e-9, f64::INFINITY, f64::NAN] {
                assert!(!is_at_boundary(boundary * outside, boundary), "{boundary}");
            }
        }
        assert!(is_above_boundary(50.000_001, 50.0) && !is_below_boundary(50.000_001, 50.0));
        assert!(is_below_boundary(49.999_999, 50.0) && !is_above_boundary(49.999_999, 50.0));
        assert!(!is_above_boundary(f64::NAN, 50.0) && !is_below_boundary(f64::NAN, 50.0));
    }
}

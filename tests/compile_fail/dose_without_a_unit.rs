//! A bare number is neither a dose nor an alpha/beta, and there is no default alpha/beta.
use chemorad::quantity::AbsorbedDose;
use chemorad::radiobiology::LinearQuadratic;
use chemorad::radiotherapy::{FractionCount, Fractionation};

fn main() {
    let _ = Fractionation::from_total(45.0, FractionCount::new(25).unwrap());
    let _ = LinearQuadratic::new(10.0);
    let _ = LinearQuadratic::default();
    let _ = LinearQuadratic::new(AbsorbedDose::constant("2 Gy"));
}

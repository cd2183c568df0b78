//! An EQD is not a dose to be fractionated, and does not become one.
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Eqd};
use chemorad::radiotherapy::{FractionCount, Fractionation};

fn main() {
    let two = AbsorbedDose::constant("2 Gy");
    let eqd = Eqd::new(44.25, AlphaBeta::constant("10 Gy"), two).unwrap();
    let _ = Fractionation::from_total(eqd, FractionCount::new(25).unwrap());
    let _: AbsorbedDose = eqd.into();
}

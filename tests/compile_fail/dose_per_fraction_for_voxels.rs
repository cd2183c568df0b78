//! Slices of voxels take the number of fractions, never one dose per fraction.
use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::LinearQuadratic;

fn main() {
    let late = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
    let _ = late.bed_voxels_in_place(&mut [45.0_f64], AbsorbedDose::constant("1.8 Gy"));
}

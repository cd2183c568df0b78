//! A BED and an EQD do not add.
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};

fn main() {
    let alpha_beta = AlphaBeta::constant("10 Gy");
    let bed = Bed::new(53.1, alpha_beta).unwrap();
    let eqd = Eqd::new(44.25, alpha_beta, AbsorbedDose::constant("2 Gy")).unwrap();
    let _ = bed.checked_add(eqd);
    let _ = eqd.checked_add(bed);
    let _ = bed + eqd;
}

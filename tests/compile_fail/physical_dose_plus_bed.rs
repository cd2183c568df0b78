//! An absorbed dose and a BED do not add.
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed};

fn main() {
    let dose = AbsorbedDose::constant("45 Gy");
    let bed = Bed::new(53.1, AlphaBeta::constant("10 Gy")).unwrap();
    let _ = dose.checked_add(bed);
    let _ = bed.checked_add(dose);
}

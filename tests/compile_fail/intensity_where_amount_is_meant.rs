//! mg/m2 is not mg.
use chemorad::quantity::{IntensityPerAdministration, OrderedDose};

fn order(dose: OrderedDose) -> OrderedDose {
    dose
}

fn main() {
    order(IntensityPerAdministration::constant("825 mg/m2"));
}

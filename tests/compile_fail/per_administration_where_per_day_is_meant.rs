//! An intensity per administration is not an intensity per day.
use chemorad::quantity::{IntensityPerAdministration, IntensityPerDay};

fn daily(intensity: IntensityPerDay) -> IntensityPerDay {
    intensity
}

fn main() {
    daily(IntensityPerAdministration::constant("825 mg/m2"));
    let _ = IntensityPerDay::constant("1650 mg/m2/d") == IntensityPerAdministration::constant("1650 mg/m2");
}

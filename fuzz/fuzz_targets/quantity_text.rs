//! Reading any text as any quantity never panics; what is read prints and reads back the same.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use chemorad::quantity::{
    AbsorbedDose, AlphaBeta, Basis, Bed, DailyDose, DoseIntensity, Eqd, IntensityPerAdministration,
    IntensityPerDay, OrderedDose, TabletStrength,
};
use libfuzzer_sys::fuzz_target;

fn check<T>(text: &str)
where
    T: FromStr + Display + Debug + PartialEq,
    T::Err: Display,
{
    match text.parse::<T>() {
        Ok(value) => {
            let printed = value.to_string();
            match printed.parse::<T>() {
                Ok(again) => assert_eq!(again, value, "{text:?} printed as {printed:?}"),
                Err(error) => panic!("{text:?} printed as {printed:?}: {error}"),
            }
        }
        // an escaped character of the quoted input takes up to ten
        Err(error) => assert!(error.to_string().len() < 1200),
    }
}

fuzz_target!(|text: &str| {
    check::<AbsorbedDose>(text);
    check::<AlphaBeta>(text);
    check::<IntensityPerAdministration>(text);
    check::<IntensityPerDay>(text);
    check::<TabletStrength>(text);
    check::<OrderedDose>(text);
    check::<DailyDose>(text);
    check::<Bed>(text);
    check::<Eqd>(text);
    for basis in [Basis::Administration, Basis::Day] {
        if let Ok(intensity) = DoseIntensity::parse(text, basis) {
            let _ = intensity.per_administration(u32::MAX);
        }
    }
});

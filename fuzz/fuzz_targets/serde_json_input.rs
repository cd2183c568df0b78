//! Any bytes as JSON of a quantity, a fractionation, a phase or a course: never a panic; what is
//! read is written and read back the same.
#![no_main]

use std::fmt::Debug;

use chemorad::quantity::{
    AbsorbedDose, AlphaBeta, Bed, CalculatedDose, DailyDose, Eqd, IntensityPerAdministration,
    IntensityPerDay, OrderedDose, TabletStrength,
};
use chemorad::radiobiology::DoseSeries;
use chemorad::radiotherapy::{Course, FractionCount, Fractionation, Phase, Volume};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(bytes).ok()?;
    let written = serde_json::to_string(&value).expect("every value can be written");
    match serde_json::from_str::<T>(&written) {
        Ok(again) => assert_eq!(again, value, "written as {written}"),
        Err(error) => panic!("written as {written}: {error}"),
    }
    Some(value)
}

fuzz_target!(|bytes: &[u8]| {
    check::<AbsorbedDose>(bytes);
    check::<AlphaBeta>(bytes);
    check::<IntensityPerAdministration>(bytes);
    check::<IntensityPerDay>(bytes);
    check::<TabletStrength>(bytes);
    check::<OrderedDose>(bytes);
    check::<DailyDose>(bytes);
    check::<CalculatedDose>(bytes);
    check::<Bed>(bytes);
    check::<Eqd>(bytes);
    check::<FractionCount>(bytes);
    check::<Fractionation>(bytes);
    check::<Volume>(bytes);
    check::<Phase>(bytes);
    if let Some(course) = check::<Course>(bytes) {
        for volume in course.volumes() {
            let total = course.cumulative_dose(&volume.name);
            let series = DoseSeries::from_volume(&course, &volume.name);
            assert_eq!(series.map(|series| series.dose()), total);
        }
    }
});

//! Reading of plans and structure sets from any bytes.
#![no_main]

use chemorad_dicom::{DicomFile, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        file: 1 << 20,
        inflated: 1 << 22,
    };
    let Ok(file) = DicomFile::from_bytes(bytes, limits) else {
        return;
    };
    if let Ok(plan) = file.plan() {
        for group in &plan.fraction_groups {
            let _ = (group.dose_per_fraction(), group.total_dose());
        }
        let _ = format!("{plan:?} {:?}", plan.to_planned("plan"));
    }
    let _ = file.structure_set();
});

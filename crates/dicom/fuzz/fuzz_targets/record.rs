//! Reading of records of treatment from any bytes, and what they say was given.
#![no_main]

use chemorad::report::Subject;
use chemorad_dicom::{DicomFile, GivenTreatment, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        file: 1 << 20,
        inflated: 1 << 22,
    };
    let Ok(file) = DicomFile::from_bytes(bytes, limits) else {
        return;
    };
    let Ok(record) = file.treatment_record() else {
        return;
    };
    let session = |name: &str| (Subject::path(name), &record);
    let mut given = GivenTreatment::of(&[session("first"), session("second")]);
    given.find_missing();
    let _ = (given.is_settled(), format!("{given:?}"));
});

//! Reading of structure sets, their regions and their contours from any bytes.
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
    let _ = file.structure_set().map(|set| format!("{set:?}"));
    let _ = file.contours();
});

//! Reading, statistics, conversion and writing of doses from any bytes.
#![no_main]

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::FractionCount;
use chemorad_dicom::equivalent::{Measure, PhaseDose, convert, sum};
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
    let Ok(dose) = file.dose() else {
        return;
    };
    let _ = dose.scale_finding(None);
    let _ = dose.statistics(&["98".parse().unwrap()]);
    let late = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
    let phase = PhaseDose {
        doses: &[&dose],
        fractions: FractionCount::new(25).unwrap(),
    };
    let measure = Measure::Eqd {
        reference: TWO_GRAY,
    };
    for derived in [convert(&[phase], late, measure), sum(&[&dose])] {
        if let Ok(written) = derived.map(|derived| derived.to_bytes(None)) {
            if let Ok(bytes) = written {
                // what is written can be read
                DicomFile::from_bytes(&bytes, Limits::default())
                    .unwrap()
                    .dose()
                    .unwrap();
            }
        }
    }
});

//! Reading, statistics, conversion and writing of doses from any bytes.
#![no_main]

use chemorad::number::Decimal;
use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::FractionCount;
use chemorad_dicom::equivalent::{GridPolicy, Measure, Outside, PhaseDose, convert, sum};
use chemorad_dicom::{Bits, DicomFile, Limits, WriteOptions};
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
    let _ = (dose.to_dose_file("dose"), dose.placed_grid());
    let _ = dose.statistics(&["98".parse().unwrap()]);
    let late = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
    let phase = PhaseDose {
        doses: &[&dose],
        fractions: FractionCount::new(25).unwrap(),
    };
    let measure = Measure::Eqd {
        reference: TWO_GRAY,
    };
    let derived = [
        convert(&[phase], late, measure, GridPolicy::MustCoincide),
        sum(&[&dose], GridPolicy::MustCoincide),
    ];
    for derived in derived.into_iter().flatten() {
        for bits in [Bits::Sixteen, Bits::ThirtyTwo] {
            let options = WriteOptions {
                bits,
                ..WriteOptions::default()
            };
            if let Ok(bytes) = derived.to_bytes(&options) {
                // what is written can be read
                DicomFile::from_bytes(&bytes, Limits::default())
                    .unwrap()
                    .dose()
                    .unwrap();
            }
        }
    }
    // the same dose again, moved by a part of a voxel
    let mut moved = dose.clone();
    moved.identity.sop_instance = None;
    if let Some([x, y, z]) = moved.grid.as_mut().and_then(|grid| grid.position.as_mut()) {
        let by = Decimal::new(7, -1).unwrap();
        for axis in [x, y, z] {
            *axis = axis.checked_add(by).unwrap_or(*axis);
        }
        let policy = GridPolicy::Trilinear {
            outside: Outside::Zero,
        };
        let _ = sum(&[&dose, &moved], policy);
    }
});

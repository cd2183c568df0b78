//! Reading any text as a fractionation never panics; what is read prints and reads back the same,
//! and has a BED and an EQD2 that are numbers.
#![no_main]

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{DoseSeries, LinearQuadratic, cautions};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use libfuzzer_sys::fuzz_target;

const MODEL: LinearQuadratic = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));

fuzz_target!(|text: &str| {
    if let Ok(count) = text.parse::<FractionCount>() {
        assert_eq!(count.to_string().parse(), Ok(count));
    }
    let mut read = Vec::new();
    for part in text.split(';') {
        match part.parse::<Fractionation>() {
            Ok(fractionation) => {
                assert_eq!(
                    fractionation.to_string().parse(),
                    Ok(fractionation),
                    "{part:?}"
                );
                let bed = MODEL.bed(fractionation).gray();
                assert!(bed.is_finite() && bed >= fractionation.total().gray());
                assert!(MODEL.eqd2(fractionation).gray().is_finite());
                let _ = cautions("part", fractionation);
                let _ = MODEL.derive_bed("part", fractionation);
                read.push(fractionation);
            }
            Err(error) => assert!(error.to_string().len() < 1200),
        }
    }
    if let Some(series) = DoseSeries::from_fractionations(&read) {
        let (bed, dose) = (MODEL.bed_of(&series).gray(), series.dose().gray());
        assert!(bed.is_finite() && bed >= dose);
    }
});

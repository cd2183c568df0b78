//! The prescriptions of NCT06949098: local excision and adjuvant chemoradiotherapy for T1-2N0M0 low
//! and ultra-low rectal cancer.
//!
//! The numbers are those of the registry text. Doses, fractions, sums, the regimen and the start
//! window are checked by the compiler. A wrong dose does not build:
//!
//! ```compile_fail,E0080
//! use chemorad::quantity::AbsorbedDose;
//! use chemorad::radiotherapy::Fractionation;
//! const PELVIS: Fractionation = Fractionation::constant(
//!     AbsorbedDose::constant("45.1 Gy"), 25, AbsorbedDose::constant("1.8 Gy"));
//! ```
//!
//! nor does a sum that is not the sum of its phases:
//!
//! ```compile_fail,E0080
//! use chemorad::quantity::AbsorbedDose;
//! use chemorad::trial::nct06949098::{ADJUVANT, TUMOUR_BED};
//! const _: () = match ADJUVANT.cumulative_dose(TUMOUR_BED) {
//!     Some(sum) => assert!(
//!         sum.micrograys() == AbsorbedDose::constant("54 Gy").micrograys(),
//!         "45 Gy and 5.4 Gy are 50.4 Gy"
//!     ),
//!     None => panic!("the bed gets no dose"),
//! };
//! ```

use core::ops::RangeInclusive;

use crate::capecitabine::Regimen;
use crate::quantity::{AbsorbedDose, IntensityPerAdministration, IntensityPerDay};
use crate::radiotherapy::{Course, Fractionation, Phase, Volume, VolumePrescription};
use crate::text::Text;

/// The number in the registry.
pub const ID: &str = "NCT06949098";

/// The pelvic field.
pub const PELVIS: &str = "pelvis";
/// The tumour bed, which lies inside the pelvic field.
pub const TUMOUR_BED: &str = "tumour bed";
/// The phase of the boost after the pelvic field.
pub const BOOST: &str = "boost";
/// The phase of the escalated boost.
pub const ESCALATED_BOOST: &str = "escalated boost";

/// Every fraction gives this much.
pub const DOSE_PER_FRACTION: AbsorbedDose = AbsorbedDose::constant("1.8 Gy");

/// The pelvic field: 45 Gy in 25 fractions.
pub const PELVIC_FIELD: Fractionation = fractionation("45 Gy", 25);
/// The boost to the tumour bed: 5.4 Gy in 3 fractions.
pub const BOOST_DOSE: Fractionation = fractionation("5.4 Gy", 3);
/// The boost of the escalated course: 14.4 Gy in 8 fractions.
pub const ESCALATED_BOOST_DOSE: Fractionation = fractionation("14.4 Gy", 8);
/// What the tumour bed gets in the adjuvant course: 50.4 Gy in 28 fractions.
pub const ADJUVANT_TOTAL: Fractionation = fractionation("50.4 Gy", 28);
/// What the tumour bed gets in the escalated course: 59.4 Gy in 33 fractions.
pub const ESCALATED_TOTAL: Fractionation = fractionation("59.4 Gy", 33);

const fn fractionation(total: &'static str, fractions: u32) -> Fractionation {
    Fractionation::constant(AbsorbedDose::constant(total), fractions, DOSE_PER_FRACTION)
}

const VOLUMES: &[Volume] = &[Volume::new(PELVIS), Volume::inside(TUMOUR_BED, PELVIS)];

const fn prescribe(volume: &'static str, fractionation: Fractionation) -> VolumePrescription {
    VolumePrescription {
        volume: Text::constant(volume),
        fractionation,
    }
}

const PELVIS_DOSES: &[VolumePrescription] = &[prescribe(PELVIS, PELVIC_FIELD)];
const BOOST_DOSES: &[VolumePrescription] = &[prescribe(TUMOUR_BED, BOOST_DOSE)];
const ESCALATED_BOOST_DOSES: &[VolumePrescription] = &[prescribe(TUMOUR_BED, ESCALATED_BOOST_DOSE)];

const PELVIS_PHASES: &[Phase] = &[Phase::constant(PELVIS, PELVIS_DOSES)];
const ADJUVANT_PHASES: &[Phase] = &[
    Phase::constant(PELVIS, PELVIS_DOSES),
    Phase::constant(BOOST, BOOST_DOSES),
];
const ESCALATED_PHASES: &[Phase] = &[
    Phase::constant(PELVIS, PELVIS_DOSES),
    Phase::constant(ESCALATED_BOOST, ESCALATED_BOOST_DOSES),
];

/// Radiotherapy alone: the pelvic field.
pub const RADIOTHERAPY_ALONE: &Course = &Course::constant(VOLUMES, PELVIS_PHASES);
/// Adjuvant chemoradiotherapy: the pelvic field and the boost.
pub const ADJUVANT: &Course = &Course::constant(VOLUMES, ADJUVANT_PHASES);
/// Dose-escalated chemoradiotherapy: the pelvic field and the escalated boost.
pub const ESCALATED: &Course = &Course::constant(VOLUMES, ESCALATED_PHASES);

/// Capecitabine 825 mg/m² twice daily.
pub const CAPECITABINE: Regimen =
    Regimen::constant(IntensityPerAdministration::constant("825 mg/m2"), 2);
/// What that is for a day: 1650 mg/m².
pub const CAPECITABINE_PER_DAY: IntensityPerDay = IntensityPerDay::constant("1650 mg/m2/d");

/// Adjuvant treatment begins this many weeks after the local excision.
pub const START_WEEKS: RangeInclusive<u32> = 4..=6;
/// This window in days; the day of the excision is day 0.
pub const START_DAYS: RangeInclusive<u32> = 28..=42;

/// Whether a course gives a volume this total in this many fractions.
const fn gives(course: &Course, volume: &str, total: Fractionation) -> bool {
    let phases = course.phases();
    let mut fractions = 0;
    let mut i = 0;
    while i < phases.len() {
        if let Some(part) = course.fractionation_of(volume, &phases[i]) {
            fractions += part.fractions().get();
        }
        i += 1;
    }
    match course.cumulative_dose(volume) {
        Some(sum) => {
            sum.micrograys() == total.total().micrograys() && fractions == total.fractions().get()
        }
        None => false,
    }
}

// 45 Gy in 25; 45 + 5.4 = 50.4 Gy in 28; 45 + 14.4 = 59.4 Gy in 33; the pelvis 45 Gy in each
const _: () = {
    assert!(gives(RADIOTHERAPY_ALONE, PELVIS, PELVIC_FIELD));
    assert!(gives(RADIOTHERAPY_ALONE, TUMOUR_BED, PELVIC_FIELD));
    assert!(gives(ADJUVANT, PELVIS, PELVIC_FIELD));
    assert!(gives(ADJUVANT, TUMOUR_BED, ADJUVANT_TOTAL));
    assert!(gives(ESCALATED, PELVIS, PELVIC_FIELD));
    assert!(gives(ESCALATED, TUMOUR_BED, ESCALATED_TOTAL));
};

// 2 x 825 mg/m2 = 1650 mg/m2 a day
const _: () = assert!(
    CAPECITABINE
        .intensity_per_day()
        .nanograms_per_square_meter()
        == CAPECITABINE_PER_DAY.nanograms_per_square_meter()
);

// 4 weeks x 7 = 28 days, 6 weeks x 7 = 42 days
const _: () = assert!(
    *START_WEEKS.start() <= *START_WEEKS.end()
        && *START_DAYS.start() == 7 * *START_WEEKS.start()
        && *START_DAYS.end() == 7 * *START_WEEKS.end()
);

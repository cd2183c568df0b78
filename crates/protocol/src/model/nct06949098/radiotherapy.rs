use core::num::NonZeroU8;

use super::DESCRIPTION;
use crate::model::dose::{Modality, PrescribedDose, PrescribedFractionation as Prescribed};
use crate::model::model::{PhaseOrder, PrescribedCourse, PrescribedPhase, PrescribedVolume};
use crate::model::status::{Question, Quote, Statement};
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::{Course, Fractionation, Phase, Volume, VolumePrescription};
use chemorad::text::{List, Text};

const PELVIS: &str = "pelvis";
const BED: &str = "tumour bed";
const BOOST: &str = "boost";
const ESCALATED_BOOST: &str = "escalated boost";

const PELVIS_QUOTE: &str = "Pelvic field irradiation 45Gy in 25 fractions";
const BOOST_QUOTE: &str = "Local tumor bed boost 5.4Gy in 3 fractions";
const ESCALATED_BOOST_QUOTE: &str = "Local tumor bed boost 14.4Gy in 8 fractions";
pub(super) const ADJUVANT_QUOTE: &str =
    "Pelvic field irradiation 45Gy in 25 fractions PLUS Local tumor bed boost 5.4Gy in 3 fractions";
pub(super) const ESCALATED_QUOTE: &str = "Pelvic field irradiation 45Gy in 25 fractions PLUS Local tumor bed boost 14.4Gy in 8 fractions";

const PER_FRACTION: AbsorbedDose = AbsorbedDose::constant("1.8 Gy");

const fn gray(total: &'static str, fractions: u32) -> Fractionation {
    Fractionation::validated(AbsorbedDose::constant(total), fractions, PER_FRACTION)
}

const PELVIS_DOSE: Fractionation = gray("45 Gy", 25);
const BOOST_DOSE: Fractionation = gray("5.4 Gy", 3);
const ESCALATED_BOOST_DOSE: Fractionation = gray("14.4 Gy", 8);
const ADJUVANT_TOTAL: Fractionation = gray("50.4 Gy", 28);
const ESCALATED_TOTAL: Fractionation = gray("59.4 Gy", 33);

pub(super) const VOLUMES: &[PrescribedVolume] = &[
    PrescribedVolume {
        name: Text::constant(PELVIS),
        called: Statement::stated(Text::constant("Pelvic field"), PELVIS_QUOTE, DESCRIPTION),
        inside: None,
    },
    PrescribedVolume {
        name: Text::constant(BED),
        called: Statement::stated(Text::constant("Local tumor bed"), BOOST_QUOTE, DESCRIPTION),
        inside: Some(Statement::derived(
            Text::constant(PELVIS),
            "a boost adds to the dose of the field it lies in: the bed of a low rectal tumour lies inside the pelvic field",
            ADJUVANT_SOURCE,
        )),
    },
];

const COURSE_VOLUMES: &[Volume] = &[Volume::new(PELVIS), Volume::inside(BED, PELVIS)];

const fn prescribe(volume: &'static str, fractionation: Fractionation) -> VolumePrescription {
    VolumePrescription {
        volume: Text::constant(volume),
        fractionation,
    }
}

const PELVIS_DOSES: &[VolumePrescription] = &[prescribe(PELVIS, PELVIS_DOSE)];
const BOOST_DOSES: &[VolumePrescription] = &[prescribe(BED, BOOST_DOSE)];
const ESCALATED_BOOST_DOSES: &[VolumePrescription] = &[prescribe(BED, ESCALATED_BOOST_DOSE)];

const PELVIS_PHASES: &[Phase] = &[Phase::validated(PELVIS, PELVIS_DOSES)];
const ADJUVANT_PHASES: &[Phase] = &[
    Phase::validated(PELVIS, PELVIS_DOSES),
    Phase::validated(BOOST, BOOST_DOSES),
];
const ESCALATED_PHASES: &[Phase] = &[
    Phase::validated(PELVIS, PELVIS_DOSES),
    Phase::validated(ESCALATED_BOOST, ESCALATED_BOOST_DOSES),
];

const PELVIS_NAMES: &[Text] = &[Text::constant(PELVIS)];
const ADJUVANT_NAMES: &[Text] = &[Text::constant(PELVIS), Text::constant(BOOST)];
const ESCALATED_NAMES: &[Text] = &[Text::constant(PELVIS), Text::constant(ESCALATED_BOOST)];

const PELVIS_COURSE: &Course = &Course::validated(COURSE_VOLUMES, PELVIS_PHASES);
const ADJUVANT_COURSE: &Course = &Course::validated(COURSE_VOLUMES, ADJUVANT_PHASES);
const ESCALATED_COURSE: &Course = &Course::validated(COURSE_VOLUMES, ESCALATED_PHASES);

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
    assert!(gives(PELVIS_COURSE, PELVIS, PELVIS_DOSE));
    assert!(gives(PELVIS_COURSE, BED, PELVIS_DOSE));
    assert!(gives(ADJUVANT_COURSE, PELVIS, PELVIS_DOSE));
    assert!(gives(ADJUVANT_COURSE, BED, ADJUVANT_TOTAL));
    assert!(gives(ESCALATED_COURSE, PELVIS, PELVIS_DOSE));
    assert!(gives(ESCALATED_COURSE, BED, ESCALATED_TOTAL));
};

const PELVIS_SOURCE: &[Quote] = &[Quote::new(PELVIS_QUOTE, DESCRIPTION)];
const BOOST_SOURCE: &[Quote] = &[Quote::new(BOOST_QUOTE, DESCRIPTION)];
const ESCALATED_BOOST_SOURCE: &[Quote] = &[Quote::new(ESCALATED_BOOST_QUOTE, DESCRIPTION)];
const ADJUVANT_SOURCE: &[Quote] = &[Quote::new(ADJUVANT_QUOTE, DESCRIPTION)];
const ESCALATED_SOURCE: &[Quote] = &[Quote::new(ESCALATED_QUOTE, DESCRIPTION)];

const fn per_fraction(reason: &'static str, quotes: &'static [Quote]) -> Statement<AbsorbedDose> {
    Statement::derived(PER_FRACTION, reason, quotes)
}

const fn external_beam(quotes: &'static [Quote]) -> Statement<Modality> {
    Statement::derived(
        Modality::ExternalBeam,
        "a field irradiated in fractions of 1.8 Gy is external beam radiotherapy; the text does not name the beam",
        quotes,
    )
}

pub(super) const PHASES: &[PrescribedPhase] = &[
    PrescribedPhase {
        name: Text::constant(PELVIS),
        modality: external_beam(PELVIS_SOURCE),
        doses: List::constant(PELVIS_PRESCRIBED),
    },
    PrescribedPhase {
        name: Text::constant(BOOST),
        modality: external_beam(BOOST_SOURCE),
        doses: List::constant(BOOST_PRESCRIBED),
    },
    PrescribedPhase {
        name: Text::constant(ESCALATED_BOOST),
        modality: external_beam(ESCALATED_BOOST_SOURCE),
        doses: List::constant(ESCALATED_BOOST_PRESCRIBED),
    },
];

const PELVIS_PRESCRIBED: &[PrescribedDose] = &[PrescribedDose {
    volume: Text::constant(PELVIS),
    fractionation: Statement::stated(Prescribed::Exact(PELVIS_DOSE), PELVIS_QUOTE, DESCRIPTION),
    dose_per_fraction: Some(per_fraction(
        "d = D / n = 45 Gy / 25 = 1.8 Gy",
        PELVIS_SOURCE,
    )),
}];
const BOOST_PRESCRIBED: &[PrescribedDose] = &[PrescribedDose {
    volume: Text::constant(BED),
    fractionation: Statement::stated(Prescribed::Exact(BOOST_DOSE), BOOST_QUOTE, DESCRIPTION),
    dose_per_fraction: Some(per_fraction(
        "d = D / n = 5.4 Gy / 3 = 1.8 Gy",
        BOOST_SOURCE,
    )),
}];
const ESCALATED_BOOST_PRESCRIBED: &[PrescribedDose] = &[PrescribedDose {
    volume: Text::constant(BED),
    fractionation: Statement::stated(
        Prescribed::Exact(ESCALATED_BOOST_DOSE),
        ESCALATED_BOOST_QUOTE,
        DESCRIPTION,
    ),
    dose_per_fraction: Some(per_fraction(
        "d = D / n = 14.4 Gy / 8 = 1.8 Gy",
        ESCALATED_BOOST_SOURCE,
    )),
}];

const fn total(
    volume: &'static str,
    sum: Fractionation,
    reason: &'static str,
    quotes: &'static [Quote],
) -> PrescribedDose {
    PrescribedDose {
        volume: Text::constant(volume),
        fractionation: Statement::derived(Prescribed::Exact(sum), reason, quotes),
        dose_per_fraction: Some(per_fraction(
            "every phase that covers it gives 1.8 Gy",
            quotes,
        )),
    }
}

const INSIDE: &str = "45 Gy in 25, as the pelvic field that it lies in";
const PELVIS_ONLY: &str = "45 Gy in 25; the boost does not cover the pelvic field as a whole";

const PELVIS_TOTALS: &[PrescribedDose] = &[
    total(PELVIS, PELVIS_DOSE, "45 Gy in 25: one phase", PELVIS_SOURCE),
    total(BED, PELVIS_DOSE, INSIDE, PELVIS_SOURCE),
];
const ADJUVANT_TOTALS: &[PrescribedDose] = &[
    total(PELVIS, PELVIS_DOSE, PELVIS_ONLY, PELVIS_SOURCE),
    total(
        BED,
        ADJUVANT_TOTAL,
        "45 Gy + 5.4 Gy = 50.4 Gy in 25 + 3 = 28 fractions",
        ADJUVANT_SOURCE,
    ),
];
const ESCALATED_TOTALS: &[PrescribedDose] = &[
    total(PELVIS, PELVIS_DOSE, PELVIS_ONLY, PELVIS_SOURCE),
    total(
        BED,
        ESCALATED_TOTAL,
        "45 Gy + 14.4 Gy = 59.4 Gy in 25 + 8 = 33 fractions",
        ESCALATED_SOURCE,
    ),
];

const fn fractions_per_week() -> Statement<NonZeroU8> {
    Statement::Unspecified {
        question: Question {
            id: Text::constant("fractions_per_week"),
            question: Text::constant("How many fractions are given a week?"),
            why: Text::constant(
                "The text gives totals and numbers of fractions and no weekly frequency.",
            ),
            quotes: List::constant(PELVIS_SOURCE),
            choices: List::constant(FRACTIONS_PER_WEEK),
        },
        values: List::constant(FRACTIONS_PER_WEEK_VALUES),
    }
}

const FRACTIONS_PER_WEEK: &[Text] = &[
    Text::constant("5"),
    Text::constant("6"),
    Text::constant("7"),
];
const FRACTIONS_PER_WEEK_VALUES: &[NonZeroU8] = &[
    NonZeroU8::MIN.saturating_add(4),
    NonZeroU8::MIN.saturating_add(5),
    NonZeroU8::MIN.saturating_add(6),
];

const fn sequential(quotes: &'static [Quote]) -> Statement<PhaseOrder> {
    Statement::derived(
        PhaseOrder::Sequential,
        "\"PLUS\" and a number of fractions of its own are read as a boost after the pelvic phase; the text does not say \"sequential\"",
        quotes,
    )
}

pub(super) const COURSES: &[PrescribedCourse] = &[
    PrescribedCourse {
        id: Text::constant("pelvis"),
        title: Text::constant("Pelvic field, 45 Gy in 25 fractions"),
        quote: Quote::new(PELVIS_QUOTE, DESCRIPTION),
        phases: List::constant(PELVIS_NAMES),
        course: Some(Course::validated(COURSE_VOLUMES, PELVIS_PHASES)),
        totals: List::constant(PELVIS_TOTALS),
        order: Statement::derived(PhaseOrder::SinglePhase, "one phase is named", PELVIS_SOURCE),
        fractions_per_week: fractions_per_week(),
    },
    PrescribedCourse {
        id: Text::constant("adjuvant"),
        title: Text::constant("Pelvic field and tumour bed boost, 50.4 Gy in 28 fractions"),
        quote: Quote::new(ADJUVANT_QUOTE, DESCRIPTION),
        phases: List::constant(ADJUVANT_NAMES),
        course: Some(Course::validated(COURSE_VOLUMES, ADJUVANT_PHASES)),
        totals: List::constant(ADJUVANT_TOTALS),
        order: sequential(ADJUVANT_SOURCE),
        fractions_per_week: fractions_per_week(),
    },
    PrescribedCourse {
        id: Text::constant("escalated"),
        title: Text::constant(
            "Pelvic field and escalated tumour bed boost, 59.4 Gy in 33 fractions",
        ),
        quote: Quote::new(ESCALATED_QUOTE, DESCRIPTION),
        phases: List::constant(ESCALATED_NAMES),
        course: Some(Course::validated(COURSE_VOLUMES, ESCALATED_PHASES)),
        totals: List::constant(ESCALATED_TOTALS),
        order: sequential(ESCALATED_SOURCE),
        fractions_per_week: fractions_per_week(),
    },
];

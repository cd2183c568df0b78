use core::num::NonZeroU8;

use super::DESCRIPTION;
use crate::model::drug::{DrugDays, DrugRegimen};
use crate::model::status::{Question, Quote, Statement};
use chemorad::quantity::{IntensityPerAdministration, IntensityPerDay};
use chemorad::text::{List, Text};

pub(super) const CAPECITABINE: &str = "capecitabine";
pub(super) const QUOTE: &str = "Concurrent chemotherapy: Oral capecitabine 825mg/m² twice daily";
const SOURCE: &[Quote] = &[Quote::new(QUOTE, DESCRIPTION)];

const INTENSITY: IntensityPerAdministration = IntensityPerAdministration::constant("825 mg/m2");
const PER_DAY: IntensityPerDay = IntensityPerDay::constant("1650 mg/m2/d");
const TWICE: NonZeroU8 = NonZeroU8::MIN.saturating_add(1);

// 2 x 825 mg/m2 = 1650 mg/m2 a day
const _: () = {
    assert!(TWICE.get() == 2);
    match INTENSITY.per_day(2) {
        Some(daily) => match daily.per_administration(2) {
            Some(single) => assert!(
                single.nanograms_per_square_meter() == INTENSITY.nanograms_per_square_meter()
                    && daily.milligrams_per_square_meter().to_bits()
                        == PER_DAY.milligrams_per_square_meter().to_bits()
            ),
            None => panic!("the daily intensity does not divide"),
        },
        None => panic!("the daily intensity is out of range"),
    }
};

const DAYS: &[Text] = &[
    Text::constant("radiotherapy_days"),
    Text::constant("weekdays"),
    Text::constant("calendar_days"),
];
const DAYS_VALUES: &[DrugDays] = &[
    DrugDays::RadiotherapyDays,
    DrugDays::Weekdays,
    DrugDays::CalendarDays,
];

const fn policy(
    id: &'static str,
    question: &'static str,
    why: &'static str,
    choices: &'static [Text],
) -> Question {
    Question {
        id: Text::constant(id),
        question: Text::constant(question),
        why: Text::constant(why),
        quotes: List::constant(SOURCE),
        choices: List::constant(choices),
    }
}

const FORMULAS: &[Text] = &[
    Text::constant("mosteller"),
    Text::constant("du-bois"),
    Text::constant("another published formula"),
];
const STRENGTHS: &[Text] = &[
    Text::constant("150 mg and 500 mg"),
    Text::constant("300 mg"),
    Text::constant("other strengths in stock"),
];
const ROUNDING: &[Text] = &[
    Text::constant("nearest"),
    Text::constant("down"),
    Text::constant("up"),
];
const TIES: &[Text] = &[Text::constant("up"), Text::constant("down")];
const CAP: &[Text] = &[
    Text::constant("no cap"),
    Text::constant("a largest dose or body surface area named by the site"),
];
const RULES: &[Text] = &[
    Text::constant("a published rule set named by the site, with its version"),
    Text::constant("no adjustment"),
];

pub(super) const DRUGS: &[DrugRegimen] = &[DrugRegimen {
    id: Text::constant(CAPECITABINE),
    drug: Statement::stated(Text::constant("capecitabine"), QUOTE, DESCRIPTION),
    route: Statement::stated(Text::constant("oral"), QUOTE, DESCRIPTION),
    intensity: Some(Statement::stated(INTENSITY, QUOTE, DESCRIPTION)),
    administrations_per_day: Some(Statement::stated(TWICE, QUOTE, DESCRIPTION)),
    intensity_per_day: Some(Statement::derived(
        PER_DAY,
        "2 x 825 mg/m2 = 1650 mg/m2/d; \"825mg/m² twice daily\" is read as 825 mg/m2 each time",
        SOURCE,
    )),
    infusion: None,
    days: Statement::Unspecified {
        question: policy(
            "capecitabine_days",
            "On which days of the course is capecitabine taken?",
            "The text says \"Concurrent\" and \"twice daily\" and names neither the days of the week nor the last day. Every calendar day is about a third more drug than radiotherapy days.",
            DAYS,
        ),
        values: List::constant(DAYS_VALUES),
    },
    adjustments: List::constant(&[]),
    site_policy: List::constant(SITE_POLICY),
}];

const SITE_POLICY: &[Question] = &[
    policy(
        "body_surface_area_formula",
        "By which formula is the body surface area calculated?",
        "The text gives the dose per square metre and no formula; formulas differ enough to change the tablets.",
        FORMULAS,
    ),
    policy(
        "tablet_strengths",
        "Which tablet strengths are in stock?",
        "The text names no tablets; the calculated dose has to be made up of whole ones.",
        STRENGTHS,
    ),
    policy(
        "rounding",
        "How is the calculated dose rounded to a deliverable one?",
        "The text gives no rounding rule.",
        ROUNDING,
    ),
    policy(
        "ties",
        "Which way does a calculated dose go that lies halfway between two deliverable ones?",
        "The text gives no rounding rule.",
        TIES,
    ),
    policy(
        "dose_cap",
        "Is the dose capped?",
        "The text names no largest dose and no largest body surface area.",
        CAP,
    ),
    policy(
        "renal_adjustment",
        "How is the dose adjusted to renal function?",
        "The text gives no rule for renal impairment beyond \"No contraindications to chemoradiotherapy\".",
        RULES,
    ),
    policy(
        "dpyd_adjustment",
        "How is the dose adjusted to the DPYD status?",
        "The text lists molecular tests before surgery, and DPYD is not among them.",
        RULES,
    ),
];

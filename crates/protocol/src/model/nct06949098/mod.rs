//! NCT06949098 as a constant: local excision and adjuvant chemoradiotherapy for T1-2N0M0 low and
//! ultra-low rectal cancer.
//!
//! Every quote is word for word from the registry text. What that text does not say is a question.

mod arms;
mod drug;
mod eligibility;
mod questions;
mod radiotherapy;

use super::model::{Protocol, Schema, Source, Wording};
use super::start::{Span, StartWindow};
use super::status::{Quote, Statement};
use chemorad::text::{List, Text};

/// Where the treatment is described.
const DESCRIPTION: &str = "Full description";
const START: &str =
    "Adjuvant therapy will be initiated 4-6 weeks postoperatively based on pathological staging";

const START_SOURCE: &[Quote] = &[Quote::new(START, DESCRIPTION)];

/// The trial NCT06949098.
///
/// Doses, fractions, sums and references are checked by the compiler. A wrong dose does not build:
///
/// ```compile_fail,E0080
/// use chemorad_protocol::{PrescribedDose, PrescribedFractionation, Statement};
/// use chemorad::quantity::AbsorbedDose;
/// use chemorad::radiotherapy::Fractionation;
/// use chemorad::text::Text;
/// const PELVIS: PrescribedDose = PrescribedDose {
///     volume: Text::constant("pelvis"),
///     fractionation: Statement::stated(
///         PrescribedFractionation::Exact(Fractionation::validated(
///             AbsorbedDose::constant("45.1 Gy"), 25, AbsorbedDose::constant("1.8 Gy"))),
///         "Pelvic field irradiation 45Gy in 25 fractions", "Full description"),
///     dose_per_fraction: None,
/// };
/// ```
///
/// ```
/// use chemorad_protocol::NCT06949098;
/// let pelvis = NCT06949098.course("pelvis").unwrap().course.as_ref().unwrap();
/// assert_eq!(pelvis.cumulative_dose("pelvis").unwrap().to_string(), "45 Gy");
/// ```
pub const NCT06949098: &Protocol = &Protocol {
    schema: Schema::V1,
    id: Text::constant("NCT06949098"),
    title: Text::constant(
        "Tumor Local Excision +Postoperative Adjuvant Chemoradiotherapy for T1-2N0M0 Low/Ultra-Low Rectal Cancer",
    ),
    source: Source {
        document: Text::constant("registry text of NCT06949098"),
        version: Text::constant("the text carries no date or version"),
        url: None,
        retrieved: None,
        quotes: Wording::Verbatim,
    },
    facts: List::constant(&[]),
    volumes: List::constant(radiotherapy::VOLUMES),
    phases: List::constant(radiotherapy::PHASES),
    courses: List::constant(radiotherapy::COURSES),
    drugs: List::constant(drug::DRUGS),
    start: Some(StartWindow {
        from: Statement::stated(
            Text::constant("local excision"),
            "All enrolled patients will first undergo local tumor resection.",
            DESCRIPTION,
        ),
        weeks: Some(Statement::stated(Span::validated(4, 6), START, DESCRIPTION)),
        days: Some(Statement::derived(
            Span::validated(4 * 7, 6 * 7),
            "4 weeks x 7 = 28 days, 6 weeks x 7 = 42 days, the day of the excision being day 0",
            START_SOURCE,
        )),
    }),
    eligibility: List::constant(eligibility::CRITERIA),
    risk_features: List::constant(arms::RISK_FEATURES),
    arms: List::constant(arms::ARMS),
    ambiguities: List::constant(questions::AMBIGUITIES),
    assertions: List::constant(&[]),
    // the text names no limit for any organ
    limits: List::constant(&[]),
    amendments: List::constant(&[]),
};

/// Every course and drug that an arm names exists.
const fn references_exist(protocol: &Protocol) -> bool {
    let arms = protocol.arms.as_slice();
    let mut a = 0;
    while a < arms.len() {
        let options = arms[a].options.as_slice();
        let mut o = 0;
        while o < options.len() {
            let actions = options[o].actions.as_slice();
            let mut i = 0;
            while i < actions.len() {
                if !action_exists(protocol, &actions[i]) {
                    return false;
                }
                i += 1;
            }
            o += 1;
        }
        a += 1;
    }
    true
}

const fn action_exists(protocol: &Protocol, action: &super::Action) -> bool {
    let super::Action::Radiotherapy {
        course,
        concurrent_drugs,
        ..
    } = action
    else {
        return true;
    };
    match course.value() {
        Some(course) if protocol.course(course.as_str()).is_none() => return false,
        _ => {}
    }
    let Some(drugs) = concurrent_drugs.value() else {
        return true;
    };
    let drugs = drugs.as_slice();
    let mut i = 0;
    while i < drugs.len() {
        if protocol.drug(drugs[i].as_str()).is_none() {
            return false;
        }
        i += 1;
    }
    true
}

const _: () = assert!(references_exist(NCT06949098));

//! Labels, a ladder and a dose table whose text is confirmed. A figure that could not be confirmed is
//! not here: it is a row that says so.

use crate::patient::ClearanceRate;
use crate::quantity::IntensityPerAdministration;
use crate::text::{List, Text};

use super::super::bands::JAPAN_METHOD_D;
use super::dose_rule::{Covers, DoseFraction, DoseRule};
use super::dpyd::{DpydRow, DpydRules, row};
use super::renal::{RenalBand, RenalRules};
use super::rule_set::{PublishedSentence, RuleSet, RuleSetData, SourceVerification, Succession};
use super::schema::SCHEMA;
use super::toxicity::{ToxicityAction, ToxicityLadder, ToxicityStep};

const HALF: DoseFraction = DoseFraction::HALF;
const THREE_QUARTERS: DoseFraction = DoseFraction::THREE_QUARTERS;
const THIRTY: ClearanceRate = ClearanceRate::constant("30 mL/min");
const FIFTY: ClearanceRate = ClearanceRate::constant("50 mL/min");
const FIFTY_ONE: ClearanceRate = ClearanceRate::constant("51 mL/min");
const EIGHTY: ClearanceRate = ClearanceRate::constant("80 mL/min");
const LABEL_START: &[IntensityPerAdministration] =
    &[IntensityPerAdministration::constant("1250 mg/m2")];

/// One side of a band: without an edge, or with one that the band holds or does not hold.
enum Edge {
    Open,
    Held(ClearanceRate),
    Free(ClearanceRate),
}

impl Edge {
    const fn held(&self) -> Option<ClearanceRate> {
        match self {
            Self::Held(edge) => Some(*edge),
            _ => None,
        }
    }

    const fn free(&self) -> Option<ClearanceRate> {
        match self {
            Self::Free(edge) => Some(*edge),
            _ => None,
        }
    }
}

const fn band(
    lower: &Edge,
    upper: &Edge,
    rule: DoseRule,
    covers: Covers,
    words: &'static str,
) -> RenalBand {
    RenalBand {
        at_least: lower.held(),
        above: lower.free(),
        at_most: upper.held(),
        below: upper.free(),
        rule,
        covers,
        words: Text::constant(words),
    }
}

const FDA_BEFORE_2022_BANDS: &[RenalBand] = &[
    band(
        &Edge::Open,
        &Edge::Free(THIRTY),
        DoseRule::DoNotGive,
        Covers::AnyIntensity,
        "section 4.1: contraindicated in severe renal impairment (creatinine clearance below 30 \
         mL/min, Cockcroft and Gault)",
    ),
    band(
        &Edge::Held(THIRTY),
        &Edge::Held(FIFTY),
        DoseRule::Fraction(THREE_QUARTERS),
        Covers::Intensities(List::constant(LABEL_START)),
        "section 2.4: at 30 to 50 mL/min, 75 % of the starting dose, alone or with docetaxel (from \
         1250 mg/m2 to 950 mg/m2 twice daily, as printed; the product is 937.5)",
    ),
    band(
        &Edge::Free(FIFTY),
        &Edge::Free(FIFTY_ONE),
        DoseRule::NotCovered,
        Covers::AnyIntensity,
        "the text names 30 to 50 and 51 to 80 mL/min, nothing in between",
    ),
    band(
        &Edge::Held(FIFTY_ONE),
        &Edge::Held(EIGHTY),
        DoseRule::FullDose,
        Covers::AnyIntensity,
        "section 2.4: no adjustment of the starting dose at 51 to 80 mL/min",
    ),
    band(
        &Edge::Free(EIGHTY),
        &Edge::Open,
        DoseRule::FullDose,
        Covers::AnyIntensity,
        "above the range of mild impairment: the text reduces nothing",
    ),
];

/// The United States label before its revision of December 2022, in a generic manufacturer's
/// edition: renal impairment (sections 2.4 and 4.1).
///
/// The text names 30 to 50 and 51 to 80 mL/min: between 50 and 51 it says nothing. Its reduction
/// is for a start at 1250 mg/m²; it prints 950 mg/m², while 75 % is 937.5 mg/m².
pub static FDA_LABEL_BEFORE_2022: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("fda-label-before-2022"),
    title: Text::constant("Capecitabine, United States label before December 2022"),
    version: Text::constant("label before the revision of December 2022"),
    date: Text::constant("before 2022-12"),
    standing: SourceVerification::Read,
    source: Text::constant(
        "medlibrary.org/lib/rx/meds/capecitabine-13/page/2, sections 2.4 and 4.1",
    ),
    superseded_by: Some(Succession {
        rule_set: Text::constant("fda-label-2026"),
        date: Text::constant("2022-12"),
    }),
    renal: Some(RenalRules {
        bands: List::constant(FDA_BEFORE_2022_BANDS),
    }),
    dpyd: None,
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: None,
});

const FDA_2026_BANDS: &[RenalBand] = &[
    band(
        &Edge::Open,
        &Edge::Free(THIRTY),
        DoseRule::NotCovered,
        Covers::AnyIntensity,
        "what the label says below 30 mL/min was not confirmed",
    ),
    band(
        &Edge::Held(THIRTY),
        &Edge::Held(FIFTY),
        DoseRule::Fraction(THREE_QUARTERS),
        Covers::NotStated,
        "section 2.7, as quoted: 25 % less at a creatinine clearance of 30 to 50 mL/min",
    ),
    band(
        &Edge::Free(FIFTY),
        &Edge::Open,
        DoseRule::FullDose,
        Covers::AnyIntensity,
        "section 2.7, as quoted: it reduces nothing above 50 mL/min",
    ),
];

const FDA_PARTIAL: &str = "boxed warning: in partial deficiency individualize the dose; no number \
     is given. That scores 0.5 to 1.5 are partial deficiency is this project's reading";

const FDA_2026_DPYD: &[DpydRow] = &[
    row(
        0,
        DoseRule::DoNotGive,
        None,
        "boxed warning: avoid in complete deficiency; that an activity score of 0 is complete \
         deficiency is this project's reading",
    ),
    row(1, DoseRule::Individualize, None, FDA_PARTIAL),
    row(2, DoseRule::Individualize, None, FDA_PARTIAL),
    row(3, DoseRule::Individualize, None, FDA_PARTIAL),
    row(
        4,
        DoseRule::FullDose,
        None,
        "no deficiency: the text reduces nothing",
    ),
];

/// The United States label of Xeloda, set id e702d84d-7162-4751-bf37-d724cc7e45a5, version 32 of
/// 2026-02-05: renal impairment, rounding, DPYD. Quoted second-hand; the label itself was not
/// read.
///
/// Below 30 mL/min its text was not confirmed, so nothing is said here. The starting doses that
/// its reduction speaks of are not in the quotation.
pub static FDA_LABEL_2026: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("fda-label-2026"),
    title: Text::constant("Xeloda, United States label"),
    version: Text::constant("set id e702d84d-7162-4751-bf37-d724cc7e45a5, version 32"),
    date: Text::constant("2026-02-05"),
    standing: SourceVerification::SecondHand,
    source: Text::constant(
        "label sections 2.7 and 2.8 as quoted by a pharmacy tool's specification; boxed warning of \
         October 2025 (supplement 52) as reported by epocrates, 2026-02-06, and blog.clinpgx.org",
    ),
    superseded_by: None,
    renal: Some(RenalRules {
        bands: List::constant(FDA_2026_BANDS),
    }),
    dpyd: Some(DpydRules {
        rows: List::constant(FDA_2026_DPYD),
        decreased_twice: None,
        uracil: List::constant(&[]),
        not_tested: Text::constant(
            "boxed warning: test before the start unless immediate treatment is necessary",
        ),
    }),
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: Some(PublishedSentence {
        quote: Text::constant(
            "Round the recommended dosage for patients to the nearest 150 mg dose to provide whole \
             XELODA tablets",
        ),
        open: Some(Text::constant(
            "the halfway case, and whether amounts must be multiples of 150 mg",
        )),
    }),
});

const fn step(grade: u8, occurrence: Option<u8>, action: ToxicityAction) -> ToxicityStep {
    ToxicityStep {
        grade,
        occurrence,
        action,
    }
}

const BMC_STEPS: &[ToxicityStep] = &[
    step(1, None, ToxicityAction::Continue),
    step(
        2,
        Some(1),
        ToxicityAction::InterruptThen(DoseFraction::WHOLE),
    ),
    step(2, Some(2), ToxicityAction::InterruptThen(THREE_QUARTERS)),
    step(2, Some(3), ToxicityAction::InterruptThen(HALF)),
    step(2, Some(4), ToxicityAction::Discontinue),
    step(3, Some(1), ToxicityAction::InterruptThen(THREE_QUARTERS)),
    step(3, Some(2), ToxicityAction::InterruptThen(HALF)),
    step(3, Some(3), ToxicityAction::Discontinue),
    step(4, Some(1), ToxicityAction::DiscontinueOrThen(HALF)),
];

/// The ladder of dose changes printed in BMC Surgery 2009;9:1, Table 3. Percentages are of the
/// original dose.
pub static BMC_SURGERY_2009_LADDER: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("bmc-surgery-2009-ladder"),
    title: Text::constant("Capecitabine dose changes for toxicity, BMC Surgery 2009;9:1"),
    version: Text::constant("Table 3"),
    date: Text::constant("2009"),
    standing: SourceVerification::Read,
    source: Text::constant("bmcsurg.biomedcentral.com/articles/10.1186/1471-2482-9-1/tables/3"),
    superseded_by: None,
    renal: None,
    dpyd: None,
    toxicity: Some(ToxicityLadder {
        criteria: Text::constant("NCI CTC v3.0"),
        steps: List::constant(BMC_STEPS),
    }),
    interactions: None,
    dose_table: None,
    rounding: None,
});

/// Japan's table for capecitabine with radiotherapy ("method D"): a table of doses, not a rounding.
/// See [`JAPAN_METHOD_D`](crate::capecitabine::JAPAN_METHOD_D).
pub static JAPAN_METHOD_D_2016: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("japan-method-d-2016"),
    title: Text::constant("Japan, capecitabine method D (with radiotherapy)"),
    version: Text::constant("notice of 26 February 2016 of the text to be added"),
    date: Text::constant("2016-02-26"),
    standing: SourceVerification::Read,
    source: Text::constant(
        "jshp.or.jp/content/2016/0226-1.html; the final approved text was not compared; that its doses \
         stand for 825 mg/m2 is this project's reading",
    ),
    superseded_by: None,
    renal: None,
    dpyd: None,
    toxicity: None,
    interactions: None,
    dose_table: Some(JAPAN_METHOD_D),
    rounding: None,
});

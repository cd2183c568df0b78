//! Guidelines on DPYD: rows by activity score.

use crate::text::{List, Text};

use super::dose_rule::{DoseFraction, DoseRule};
use super::dpyd::{DpydRow, DpydRules, row};
use super::rule_set::{RuleSet, RuleSetData, SourceVerification};
use super::schema::SCHEMA;

const HALF: DoseFraction = DoseFraction::HALF;
const THREE_QUARTERS: DoseFraction = DoseFraction::THREE_QUARTERS;

const CPIC_0: DpydRow = row(
    0,
    DoseRule::DoNotGive,
    Some("strong"),
    "CPIC 2017 Table 2: avoid fluoropyrimidines",
);
const CPIC_HALF: DpydRow = row(
    1,
    DoseRule::Avoid,
    Some("strong"),
    "CPIC 2017 Table 2: avoid; a strongly reduced dose is conditional, where alternatives are not \
     suitable",
);
const CPIC_2: DpydRow = row(
    4,
    DoseRule::FullDose,
    Some("strong"),
    "CPIC 2017 Table 2: full dose",
);
const CPIC_NOT_TESTED: &str =
    "the guideline says how to use a result, not what to do without one; not tested is not normal";

const CPIC_2017_ROWS: &[DpydRow] = &[
    CPIC_0,
    CPIC_HALF,
    row(
        2,
        DoseRule::Fraction(HALF),
        Some("strong"),
        "CPIC 2017 Table 2: start with 50 % less",
    ),
    row(
        3,
        DoseRule::FractionBetween {
            from: HALF,
            to: THREE_QUARTERS,
        },
        Some("moderate"),
        "CPIC 2017 Table 2: start with 25 to 50 % less",
    ),
    CPIC_2,
];

/// CPIC guideline for DPYD and fluoropyrimidines as printed in 2017: at a score of 1.5, 25 to 50 %
/// less, a range that a clinician has to settle.
pub static CPIC_DPYD_2017: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("cpic-dpyd-2017"),
    title: Text::constant("CPIC guideline for DPYD and fluoropyrimidines, 2017"),
    version: Text::constant("2017 publication, Table 2"),
    date: Text::constant("2017"),
    standing: SourceVerification::Read,
    source: Text::constant("PMC5760397, Table 2"),
    renal: None,
    dpyd: Some(DpydRules {
        rows: List::constant(CPIC_2017_ROWS),
        not_tested: Text::constant(CPIC_NOT_TESTED),
    }),
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: None,
});

const CPIC_2018_ROWS: &[DpydRow] = &[
    CPIC_0,
    CPIC_HALF,
    row(
        2,
        DoseRule::Fraction(HALF),
        Some("strong"),
        "CPIC 2017 Table 2: start with 50 % less; November 2018: homozygous c.2846A>T may need \
         more than 50 % less",
    ),
    row(
        3,
        DoseRule::Fraction(HALF),
        Some("moderate"),
        "CPIC November 2018: start with 50 % less",
    ),
    CPIC_2,
];

/// CPIC guideline for DPYD with its change of November 2018: 50 % less at a score of 1.5.
pub static CPIC_DPYD_2018: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("cpic-dpyd-2018"),
    title: Text::constant("CPIC guideline for DPYD and fluoropyrimidines, November 2018"),
    version: Text::constant("2017 publication with the change of November 2018"),
    date: Text::constant("2018-11"),
    standing: SourceVerification::Read,
    source: Text::constant(
        "PMC5760397, Table 2; blog.clinpgx.org/cpic-dosing-guidelines-for-dpyd-and",
    ),
    renal: None,
    dpyd: Some(DpydRules {
        rows: List::constant(CPIC_2018_ROWS),
        not_tested: Text::constant(CPIC_NOT_TESTED),
    }),
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: None,
});

const EMA_PARTIAL: &str = "partial deficiency: consider a reduced starting dose; no number is \
     given. That scores 0.5 to 1.5 are partial deficiency is this project's reading";

const EMA_ROWS: &[DpydRow] = &[
    row(
        0,
        DoseRule::DoNotGive,
        None,
        "complete deficiency: contraindicated; that an activity score of 0 is complete deficiency \
         is this project's reading",
    ),
    row(1, DoseRule::Individualize, None, EMA_PARTIAL),
    row(2, DoseRule::Individualize, None, EMA_PARTIAL),
    row(3, DoseRule::Individualize, None, EMA_PARTIAL),
    row(
        4,
        DoseRule::FullDose,
        None,
        "no deficiency: the text reduces nothing",
    ),
];

/// European Medicines Agency, recommendation of 30 April 2020 on DPD testing.
pub static EMA_DPYD_2020: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("ema-dpyd-2020"),
    title: Text::constant("European Medicines Agency, DPD testing"),
    version: Text::constant("recommendation of 30 April 2020"),
    date: Text::constant("2020-04-30"),
    standing: SourceVerification::Read,
    source: Text::constant(
        "EMA referral page on fluorouracil and related medicines, 30 April 2020",
    ),
    renal: None,
    dpyd: Some(DpydRules {
        rows: List::constant(EMA_ROWS),
        not_tested: Text::constant("test for DPD deficiency before the start of treatment"),
    }),
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: None,
});

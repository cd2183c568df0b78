//! Guidelines on DPYD: rows by activity score.

use crate::text::{List, Text};

use super::dose_rule::{DoseFraction, DoseRule};
use super::dpyd::{DpydRow, DpydRules, UracilRow, row};
use super::rule_set::{RuleSet, RuleSetData, SourceVerification, Succession};
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
    DoseRule::AvoidOrBelow(DoseFraction::QUARTER),
    Some("strong"),
    "CPIC 2017 Table 2: avoid; where alternatives are not suitable a strongly reduced dose with early \
     drug monitoring (footnote: a phenotype test should be considered to find the starting dose; \
     without one below 25 % of the normal starting dose)",
);
const CPIC_2: DpydRow = row(
    4,
    DoseRule::FullDose,
    Some("strong"),
    "CPIC 2017 Table 2: full dose",
);
const CPIC_NOT_TESTED: &str = "the guideline says how to use a result, not what to do without one";

const fn cpic(rows: &'static [DpydRow]) -> DpydRules {
    DpydRules {
        rows: List::constant(rows),
        decreased_twice: None,
        uracil: List::constant(&[]),
        not_tested: Text::constant(CPIC_NOT_TESTED),
    }
}

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
    superseded_by: Some(Succession {
        rule_set: Text::constant("cpic-dpyd-2018"),
        date: Text::constant("2018-11"),
    }),
    renal: None,
    dpyd: Some(cpic(CPIC_2017_ROWS)),
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
    superseded_by: None,
    renal: None,
    dpyd: Some(cpic(CPIC_2018_ROWS)),
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: None,
});

const DPWG_PHENO: &str = "DPWG 2019, PHENO: no dose adjustment from the genotype alone: determine the \
     residual DPD activity in mononuclear cells of peripheral blood and adjust the dose by phenotype \
     and genotype, or avoid fluorouracil and capecitabine; tegafur is no alternative";

const DPWG_ROWS: &[DpydRow] = &[
    row(
        0,
        DoseRule::DoNotGive,
        None,
        "DPWG 2019: avoid fluorouracil and capecitabine; tegafur is no alternative; where no other \
         drug is possible, determine the residual DPD activity and adjust the dose by it",
    ),
    row(1, DoseRule::PhenotypeFirst, None, DPWG_PHENO),
    row(
        2,
        DoseRule::Fraction(HALF),
        None,
        "DPWG 2019: start with 50 % of the standard dose or choose an alternative; tegafur is none",
    ),
    row(
        3,
        DoseRule::Fraction(HALF),
        None,
        "DPWG 2019: start with 50 % of the standard dose or avoid fluorouracil and capecitabine; \
         tegafur is no alternative",
    ),
    row(
        4,
        DoseRule::FullDose,
        None,
        "a score of 2 is no deficiency: the table has no row for it and reduces nothing",
    ),
];

/// Dutch Pharmacogenetics Working Group, 2019: half of the dose at 1 and 1.5; no dose from the
/// genotype where both copies have decreased function (0.5 and 0.5) or one decreased and one none
/// (a score of 0.5); avoid at 0.
pub static DPWG_DPYD_2019: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("dpwg-dpyd-2019"),
    title: Text::constant("Dutch Pharmacogenetics Working Group, DPYD and capecitabine, 2019"),
    version: Text::constant("2019 recommendations for the systemic route"),
    date: Text::constant("2019"),
    standing: SourceVerification::Read,
    source: Text::constant("ncbi.nlm.nih.gov/books/NBK395610, Table 3"),
    superseded_by: None,
    renal: None,
    dpyd: Some(DpydRules {
        rows: List::constant(DPWG_ROWS),
        decreased_twice: Some(row(2, DoseRule::PhenotypeFirst, None, DPWG_PHENO)),
        uracil: List::constant(&[]),
        not_tested: Text::constant(
            "the table says how to use a result, not what to do without one",
        ),
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

const EMA_URACIL: &[UracilRow] = &[UracilRow {
    at_least: None,
    rule: DoseRule::Individualize,
    words: Text::constant(
        "uracil in plasma is named as a test for the deficiency, beside the genotype \
         (PMC9322339 on the recommendation of April 2020); from which concentration the deficiency is \
         partial or complete was not confirmed",
    ),
}];

/// European Medicines Agency, recommendation of 30 April 2020 on DPD testing, by genotype or by
/// uracil in plasma. From which concentration of uracil the deficiency is partial or complete was not
/// confirmed, so a clinician reads it, or a rule-set file of the site.
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
    superseded_by: None,
    renal: None,
    dpyd: Some(DpydRules {
        rows: List::constant(EMA_ROWS),
        decreased_twice: None,
        uracil: List::constant(EMA_URACIL),
        not_tested: Text::constant("test for DPD deficiency before the start of treatment"),
    }),
    toxicity: None,
    interactions: None,
    dose_table: None,
    rounding: None,
});

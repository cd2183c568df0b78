use super::drug::{self, CAPECITABINE};
use super::{DESCRIPTION, radiotherapy};
use crate::model::arm::{Action, Arm, Procedure, TreatmentOption};
use crate::model::condition::{Condition, FactTest};
use crate::model::model::RiskFeature;
use crate::model::pathology::{
    Differentiation, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage as Stage, SubmucosalDepth, SubmucosalLevel,
};
use crate::model::status::{Question, Quote, Statement};
use chemorad::text::{List, Text};

pub(super) const LOW_RISK: &str = "For pT1N0M0 patients without high-risk features:";
pub(super) const ADVERSE: &str = "For pT2N0M0 or pT1N0M0 patients with adverse prognostic factors (including poorly differentiated histology, lymphovascular invasion, positive margins*, tumor infiltration beyond the outer third of the submucosal muscle layer(SM3 level), or submucosal invasion >1mm):";
pub(super) const POSITIVE_MARGIN: &str = "For patients with positive margins after local excision:";
pub(super) const UPSTAGED: &str = "For patients with staging > pT2N0M0:";
pub(super) const RE_EXCISION: &str = "Re-excision followed by adjuvant chemoradiotherapy";
const ESCALATED: &str = "Dose-escalated chemoradiotherapy (Prescription: Pelvic field irradiation 45Gy in 25 fractions PLUS Local tumor bed boost 14.4Gy in 8 fractions)";

const fn feature(
    id: &'static str,
    title: &'static str,
    test: FactTest,
    quote: &'static str,
) -> RiskFeature {
    RiskFeature {
        id: Text::constant(id),
        title: Text::constant(title),
        test: Statement::stated(test, quote, DESCRIPTION),
    }
}

pub(super) const DEPTH_LIMIT: SubmucosalDepth = SubmucosalDepth::constant("1 mm");
pub(super) const LEVEL_QUOTE: &str =
    "tumor infiltration beyond the outer third of the submucosal muscle layer(SM3 level)";
pub(super) const DEPTH_QUOTE: &str = "submucosal invasion >1mm";

pub(super) const RISK_FEATURES: &[RiskFeature] = &[
    feature(
        "poor_differentiation",
        "Poorly differentiated histology",
        FactTest::Differentiation(List::constant(&[Differentiation::Poor])),
        "poorly differentiated histology",
    ),
    feature(
        "lymphovascular_invasion",
        "Lymphovascular invasion",
        FactTest::LymphovascularInvasion(List::constant(&[LymphovascularInvasion::Present])),
        "lymphovascular invasion",
    ),
    feature(
        "positive_margin",
        "Positive margin",
        FactTest::Margin(List::constant(&[Margin::Positive])),
        "positive margins*",
    ),
    feature(
        "submucosal_level",
        "Invasion of the outer third of the submucosa",
        FactTest::SubmucosalLevel(List::constant(&[SubmucosalLevel::Sm3])),
        LEVEL_QUOTE,
    ),
    feature(
        "submucosal_depth",
        "Submucosal invasion deeper than 1 mm",
        FactTest::SubmucosalDepthAbove(DEPTH_LIMIT),
        DEPTH_QUOTE,
    ),
];

const fn stage(stages: &'static [Stage]) -> Condition {
    Condition::Fact(FactTest::TumourStage(List::constant(stages)))
}
const fn nodes(stages: &'static [NodalStage]) -> Condition {
    Condition::Fact(FactTest::NodalStage(List::constant(stages)))
}
const fn metastasis(stages: &'static [MetastasisStage]) -> Condition {
    Condition::Fact(FactTest::Metastasis(List::constant(stages)))
}

pub(super) const N0: Condition = nodes(&[NodalStage::N0]);
pub(super) const M0: Condition = metastasis(&[MetastasisStage::M0]);
const T1: Condition = stage(&[Stage::T1]);
const T2: Condition = stage(&[Stage::T2]);
pub(super) const T1_OR_T2: Condition = stage(&[Stage::T1, Stage::T2]);
pub(super) const MARGIN_POSITIVE: Condition =
    Condition::Fact(FactTest::Margin(List::constant(&[Margin::Positive])));
pub(super) const M1: Condition = metastasis(&[MetastasisStage::M1]);

const NO_FEATURE: &[Condition] = &[Condition::AnyRiskFeature];
const LOW_RISK_PARTS: &[Condition] = &[T1, N0, M0, Condition::NoneOf(List::constant(NO_FEATURE))];
const T1_ADVERSE_PARTS: &[Condition] = &[T1, Condition::AnyRiskFeature];
const ADVERSE_STAGES: &[Condition] = &[T2, Condition::AllOf(List::constant(T1_ADVERSE_PARTS))];
const ADVERSE_PARTS: &[Condition] = &[Condition::AnyOf(List::constant(ADVERSE_STAGES)), N0, M0];
const POSITIVE_MARGIN_PARTS: &[Condition] = &[T1_OR_T2, N0, M0, MARGIN_POSITIVE];
pub(super) const UPSTAGED_PARTS: &[Condition] = &[
    stage(&[Stage::T3, Stage::T4]),
    nodes(&[NodalStage::N1, NodalStage::N2]),
    M1,
];

const fn derived(
    condition: Condition,
    reason: &'static str,
    quotes: &'static [Quote],
) -> Statement<Condition> {
    Statement::derived(condition, reason, quotes)
}

const LOW_RISK_SOURCE: &[Quote] = &[
    Quote::new(LOW_RISK, DESCRIPTION),
    Quote::new(ADVERSE, DESCRIPTION),
];
const ADVERSE_SOURCE: &[Quote] = &[Quote::new(ADVERSE, DESCRIPTION)];
const POSITIVE_MARGIN_SOURCE: &[Quote] = &[Quote::new(POSITIVE_MARGIN, DESCRIPTION)];
const UPSTAGED_SOURCE: &[Quote] = &[Quote::new(UPSTAGED, DESCRIPTION)];

pub(super) const ARMS: &[Arm] = &[
    Arm {
        id: Text::constant("low_risk"),
        title: Text::constant("pT1N0M0 without high-risk features"),
        when: derived(
            Condition::AllOf(List::constant(LOW_RISK_PARTS)),
            "the text does not list the \"high-risk features\" where it names them; they are read as the adverse prognostic factors of the next paragraph",
            LOW_RISK_SOURCE,
        ),
        options: List::constant(LOW_RISK_OPTIONS),
    },
    Arm {
        id: Text::constant("adverse"),
        title: Text::constant("pT2N0M0, or pT1N0M0 with adverse prognostic factors"),
        when: derived(
            Condition::AllOf(List::constant(ADVERSE_PARTS)),
            "\"with adverse prognostic factors\" is read as a condition on pT1N0M0 alone, as pT2N0M0 without them would have no arm; any one factor is enough",
            ADVERSE_SOURCE,
        ),
        options: List::constant(ADVERSE_OPTIONS),
    },
    Arm {
        id: Text::constant("positive_margin"),
        title: Text::constant("pT1-2N0M0 with a positive margin after local excision"),
        when: derived(
            Condition::AllOf(List::constant(POSITIVE_MARGIN_PARTS)),
            "the branch names no stage; it stands in the paragraph on pT1N0M0 and pT2N0M0 and is read as belonging to it",
            POSITIVE_MARGIN_SOURCE,
        ),
        options: List::constant(POSITIVE_MARGIN_OPTIONS),
    },
    Arm {
        id: Text::constant("upstaged"),
        title: Text::constant("Staging above pT2N0M0"),
        when: derived(
            Condition::AnyOf(List::constant(UPSTAGED_PARTS)),
            "above pT2N0M0 is read as pT3 or pT4, or N1 or N2, or M1",
            UPSTAGED_SOURCE,
        ),
        options: List::constant(UPSTAGED_OPTIONS),
    },
];

const fn option(
    id: &'static str,
    title: &'static str,
    quote: &'static str,
    actions: &'static [Action],
) -> TreatmentOption {
    TreatmentOption {
        id: Text::constant(id),
        title: Text::constant(title),
        quote: Quote::new(quote, DESCRIPTION),
        actions: List::constant(actions),
    }
}

const LOW_RISK_OPTIONS: &[TreatmentOption] = &[
    option(
        "surveillance",
        "Active surveillance",
        "Active surveillance",
        &[Action::ActiveSurveillance],
    ),
    option(
        "radiotherapy_alone",
        "Radiotherapy alone, 45 Gy in 25 fractions",
        "Radiotherapy alone (Prescription: Pelvic field irradiation 45Gy in 25 fractions)",
        RADIOTHERAPY_ALONE,
    ),
];
const ADVERSE_OPTIONS: &[TreatmentOption] = &[option(
    "adjuvant_chemoradiotherapy",
    "Adjuvant chemoradiotherapy, 50.4 Gy in 28 fractions with capecitabine",
    ADJUVANT,
    ADJUVANT_ACTIONS,
)];
const POSITIVE_MARGIN_OPTIONS: &[TreatmentOption] = &[
    option(
        "re_excision_then_chemoradiotherapy",
        "Re-excision, then adjuvant chemoradiotherapy, 50.4 Gy in 28 fractions",
        RE_EXCISION,
        RE_EXCISION_ACTIONS,
    ),
    option(
        "dose_escalated_chemoradiotherapy",
        "Dose-escalated chemoradiotherapy, 59.4 Gy in 33 fractions",
        ESCALATED,
        ESCALATED_ACTIONS,
    ),
];
const UPSTAGED_OPTIONS: &[TreatmentOption] = &[option(
    "total_mesorectal_excision",
    "Total mesorectal excision",
    "Total mesorectal excision (TME)",
    &[Action::Surgery {
        procedure: Procedure::TotalMesorectalExcision,
        start: None,
    }],
)];

pub(super) const ADJUVANT: &str = "Adjuvant chemoradiotherapy (Prescription:Pelvic field irradiation 45Gy in 25 fractions PLUS Local tumor bed boost 5.4Gy in 3 fractions;Concurrent chemotherapy: Oral capecitabine 825mg/m² twice daily)";
const WITH_CAPECITABINE: &[Text] = &[Text::constant(CAPECITABINE)];

const RADIOTHERAPY_ALONE: &[Action] = &[Action::Radiotherapy {
    course: Statement::stated(
        Text::constant("pelvis"),
        "Prescription: Pelvic field irradiation 45Gy in 25 fractions",
        DESCRIPTION,
    ),
    concurrent_drugs: Statement::stated(List::constant(&[]), "Radiotherapy alone", DESCRIPTION),
    start: None,
}];
const ADJUVANT_ACTIONS: &[Action] = &[Action::Radiotherapy {
    course: Statement::stated(
        Text::constant("adjuvant"),
        radiotherapy::ADJUVANT_QUOTE,
        DESCRIPTION,
    ),
    concurrent_drugs: Statement::stated(
        List::constant(WITH_CAPECITABINE),
        drug::QUOTE,
        DESCRIPTION,
    ),
    start: None,
}];

const RE_EXCISION_SOURCE: &[Quote] = &[
    Quote::new(RE_EXCISION, DESCRIPTION),
    Quote::new(ADJUVANT, DESCRIPTION),
];
const RE_EXCISION_READING: &str = "no prescription follows \"Re-excision followed by adjuvant chemoradiotherapy\"; it is read as the adjuvant chemoradiotherapy prescribed in the same paragraph";
const RE_EXCISION_ACTIONS: &[Action] = &[
    Action::Surgery {
        procedure: Procedure::ReExcision,
        start: None,
    },
    Action::Radiotherapy {
        course: Statement::derived(
            Text::constant("adjuvant"),
            RE_EXCISION_READING,
            RE_EXCISION_SOURCE,
        ),
        concurrent_drugs: Statement::derived(
            List::constant(WITH_CAPECITABINE),
            RE_EXCISION_READING,
            RE_EXCISION_SOURCE,
        ),
        start: None,
    },
];

const ESCALATED_SOURCE: &[Quote] = &[Quote::new(ESCALATED, DESCRIPTION)];
const ESCALATED_CHOICES: &[Text] = &[Text::constant("capecitabine"), Text::constant("none")];
const ESCALATED_VALUES: &[List<Text>] = &[List::constant(WITH_CAPECITABINE), List::constant(&[])];
const ESCALATED_ACTIONS: &[Action] = &[Action::Radiotherapy {
    course: Statement::stated(
        Text::constant("escalated"),
        radiotherapy::ESCALATED_QUOTE,
        DESCRIPTION,
    ),
    concurrent_drugs: Statement::Unspecified {
        question: Question {
            id: Text::constant("escalated_concurrent_drug"),
            question: Text::constant("Is capecitabine given with the dose-escalated radiotherapy?"),
            why: Text::constant(
                "The text says \"Dose-escalated chemoradiotherapy\", and its prescription names radiotherapy only.",
            ),
            quotes: List::constant(ESCALATED_SOURCE),
            choices: List::constant(ESCALATED_CHOICES),
        },
        values: List::constant(ESCALATED_VALUES),
    },
    start: None,
}];

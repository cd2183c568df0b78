use super::arms::{
    ADVERSE, DEPTH_LIMIT, DEPTH_QUOTE, LEVEL_QUOTE, LOW_RISK, M0, M1, MARGIN_POSITIVE, N0,
    POSITIVE_MARGIN, RE_EXCISION, T1_OR_T2, UPSTAGED, UPSTAGED_PARTS,
};
use super::{DESCRIPTION, START};
use crate::model::condition::{Condition, FactTest};
use crate::model::model::Ambiguity;
use crate::model::pathology::{PathologicalTumourStage, SubmucosalLevel};
use crate::model::status::{Question, Quote};
use chemorad::text::{List, Text};

const POSITIVE_MARGIN_STAGED: &[Condition] = &[T1_OR_T2, N0, M0, MARGIN_POSITIVE];
const UPSTAGED_WITH_MARGIN: &[Condition] = &[
    Condition::AnyOf(List::constant(UPSTAGED_PARTS)),
    MARGIN_POSITIVE,
];

const DEEP: Condition = Condition::Fact(FactTest::SubmucosalDepthAbove(DEPTH_LIMIT));
const SM3: Condition = Condition::Fact(FactTest::SubmucosalLevel(List::constant(&[
    SubmucosalLevel::Sm3,
])));
const SM1_OR_SM2: Condition = Condition::Fact(FactTest::SubmucosalLevel(List::constant(&[
    SubmucosalLevel::Sm1,
    SubmucosalLevel::Sm2,
])));
const NOT_DEEP: &[Condition] = &[DEEP];
const SM3_NOT_DEEP: &[Condition] = &[SM3, Condition::NoneOf(List::constant(NOT_DEEP))];
const DEEP_NOT_SM3: &[Condition] = &[SM1_OR_SM2, DEEP];
const DEPTH_DISAGREES: &[Condition] = &[
    Condition::AllOf(List::constant(SM3_NOT_DEEP)),
    Condition::AllOf(List::constant(DEEP_NOT_SM3)),
];

const fn ask(
    id: &'static str,
    question: &'static str,
    why: &'static str,
    quotes: &'static [Quote],
    choices: &'static [Text],
) -> Question {
    Question {
        id: Text::constant(id),
        question: Text::constant(question),
        why: Text::constant(why),
        quotes: List::constant(quotes),
        choices: List::constant(choices),
    }
}

const fn when_all(question: Question, parts: &'static [Condition]) -> Ambiguity {
    Ambiguity {
        question,
        when: Some(Condition::AllOf(List::constant(parts))),
        concerns: List::constant(&[]),
    }
}

const ASK_THE_INVESTIGATORS: Text = Text::constant("ask the investigators");

const MARGIN_QUOTES: &[Quote] = &[
    Quote::new("positive margins*", DESCRIPTION),
    Quote::new(POSITIVE_MARGIN, DESCRIPTION),
];
const MARGIN_CHOICES: &[Text] = &[Text::constant("adverse"), Text::constant("positive_margin")];
const ASTERISK_QUOTES: &[Quote] = &[Quote::new("positive margins*", DESCRIPTION)];
const ASTERISK_CHOICES: &[Text] = &[
    Text::constant("as the pathologist reports it"),
    Text::constant("a distance named by the site"),
];
const RESTART_QUOTES: &[Quote] = &[
    Quote::new(START, DESCRIPTION),
    Quote::new(RE_EXCISION, DESCRIPTION),
];
const RESTART_CHOICES: &[Text] = &[
    Text::constant("local excision"),
    Text::constant("re-excision"),
];
const DEPTH_QUOTES: &[Quote] = &[
    Quote::new(LEVEL_QUOTE, DESCRIPTION),
    Quote::new(DEPTH_QUOTE, DESCRIPTION),
];
const DEPTH_CHOICES: &[Text] = &[
    Text::constant("either one is adverse"),
    Text::constant("the level decides"),
    Text::constant("the depth decides"),
];
const UPSTAGED_MARGIN_QUOTES: &[Quote] = &[
    Quote::new(POSITIVE_MARGIN, DESCRIPTION),
    Quote::new(UPSTAGED, DESCRIPTION),
];
const UPSTAGED_MARGIN_CHOICES: &[Text] = &[
    Text::constant("upstaged"),
    Text::constant("positive_margin"),
];
const METASTASIS_QUOTES: &[Quote] = &[Quote::new(UPSTAGED, DESCRIPTION)];
const METASTASIS_CHOICES: &[Text] = &[Text::constant("upstaged"), ASK_THE_INVESTIGATORS];
const AGE_QUOTES: &[Quote] = &[
    Quote::new("18 to 75 years old", "Ages"),
    Quote::new(
        "Age ≥18 years, regardless of gender",
        "Inclusion criterion 1",
    ),
];
const AGE_CHOICES: &[Text] = &[
    Text::constant("18 to 75 years"),
    Text::constant("18 years and over"),
];
const FEATURES_QUOTES: &[Quote] = &[Quote::new(ADVERSE, DESCRIPTION)];
const FEATURES_CHOICES: &[Text] = &[
    Text::constant("the five listed factors"),
    Text::constant("further factors named by the investigators"),
];
const NODES_QUOTES: &[Quote] = &[
    Quote::new(START, DESCRIPTION),
    Quote::new(
        "For pT1N0M0 patients without high-risk features:",
        DESCRIPTION,
    ),
];
const NODES_CHOICES: &[Text] = &[
    Text::constant("the clinical N and M stage"),
    ASK_THE_INVESTIGATORS,
];
const BELOW_PT1: Condition = Condition::Fact(FactTest::TumourStage(List::constant(&[
    PathologicalTumourStage::T0,
    PathologicalTumourStage::Tis,
])));
const BELOW_PT1_PARTS: &[Condition] = &[BELOW_PT1, N0, M0];
const BELOW_PT1_QUOTES: &[Quote] = &[
    Quote::new(LOW_RISK, DESCRIPTION),
    Quote::new(ADVERSE, DESCRIPTION),
    Quote::new(UPSTAGED, DESCRIPTION),
];
const BELOW_PT1_CHOICES: &[Text] = &[Text::constant("low_risk"), ASK_THE_INVESTIGATORS];
pub(super) const AMBIGUITIES: &[Ambiguity] = &[
    when_all(
        ask(
            "positive_margin",
            "Which arm does a positive margin lead to?",
            "The text lists positive margins among the adverse prognostic factors, and again as a branch of its own.",
            MARGIN_QUOTES,
            MARGIN_CHOICES,
        ),
        POSITIVE_MARGIN_STAGED,
    ),
    when_all(
        ask(
            "positive_margin_definition",
            "What counts as a positive margin?",
            "The text marks \"positive margins\" with an asterisk, and no footnote explains it.",
            ASTERISK_QUOTES,
            ASTERISK_CHOICES,
        ),
        POSITIVE_MARGIN_STAGED,
    ),
    when_all(
        ask(
            "start_after_re_excision",
            "After a re-excision, from which operation are the 4 to 6 weeks counted?",
            "The text says \"postoperatively\", and such a patient has two operations.",
            RESTART_QUOTES,
            RESTART_CHOICES,
        ),
        POSITIVE_MARGIN_STAGED,
    ),
    Ambiguity {
        question: ask(
            "submucosal_level_and_depth",
            "Which counts when the submucosal level and the depth in millimetres disagree?",
            "The text joins SM3 and more than 1 mm by \"or\": as written either one is adverse. For this tumour one is and the other is not.",
            DEPTH_QUOTES,
            DEPTH_CHOICES,
        ),
        when: Some(Condition::AnyOf(List::constant(DEPTH_DISAGREES))),
        concerns: List::constant(&[]),
    },
    when_all(
        ask(
            "positive_margin_above_pt2",
            "Does the positive-margin branch apply above pT2N0M0?",
            "The branch names no stage; above pT2N0M0 the text names total mesorectal excision.",
            UPSTAGED_MARGIN_QUOTES,
            UPSTAGED_MARGIN_CHOICES,
        ),
        UPSTAGED_WITH_MARGIN,
    ),
    Ambiguity {
        question: ask(
            "metastasis",
            "Does total mesorectal excision apply to metastatic disease?",
            "As written, every stage above pT2N0M0 leads to it; M1 is not mentioned.",
            METASTASIS_QUOTES,
            METASTASIS_CHOICES,
        ),
        when: Some(M1),
        concerns: List::constant(&[]),
    },
    when_all(
        ask(
            "below_pt1",
            "What follows when the specimen shows no invasive tumour, pT0 or pTis?",
            "The text names pT1, pT2 and stages above them, so such a patient has no arm.",
            BELOW_PT1_QUOTES,
            BELOW_PT1_CHOICES,
        ),
        BELOW_PT1_PARTS,
    ),
    Ambiguity {
        question: ask(
            "age_limit",
            "Is there an upper age limit?",
            "The header says 18 to 75 years; the inclusion criterion gives no upper limit.",
            AGE_QUOTES,
            AGE_CHOICES,
        ),
        when: None,
        concerns: List::constant(&[]),
    },
    Ambiguity {
        question: ask(
            "adverse_factor_list",
            "Is the list of adverse prognostic factors complete?",
            "It begins with \"including\", and \"high-risk features\" are not listed anywhere else.",
            FEATURES_QUOTES,
            FEATURES_CHOICES,
        ),
        when: None,
        concerns: List::constant(&[]),
    },
    Ambiguity {
        question: ask(
            "nodal_stage_after_local_excision",
            "Which N and M stage is meant by pT1N0M0 and pT2N0M0?",
            "The text assigns by pathological staging, and a local excision removes no regional nodes.",
            NODES_QUOTES,
            NODES_CHOICES,
        ),
        when: None,
        concerns: List::constant(&[]),
    },
];

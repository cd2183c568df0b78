use crate::model::candidate::{
    AgeInYears, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus, Histology,
};
use crate::model::eligibility::{CandidateTest, Criterion, CriterionKind};
use crate::model::pathology::{MetastasisStage, NodalStage};
use crate::model::status::Statement;
use chemorad::text::{List, Text};

type Tests = &'static [Statement<CandidateTest>];

const fn inclusion(id: &'static str, tests: Tests) -> Criterion {
    Criterion {
        id: Text::constant(id),
        kind: CriterionKind::Inclusion,
        tests: List::constant(tests),
    }
}

const fn exclusion(id: &'static str, tests: Tests) -> Criterion {
    Criterion {
        id: Text::constant(id),
        kind: CriterionKind::Exclusion,
        tests: List::constant(tests),
    }
}

// the header and the criteria state two ages: both are kept
const AGE: Tests = &[
    Statement::stated(
        CandidateTest::AgeBetween {
            min: AgeInYears::constant(18),
            max: AgeInYears::constant(75),
        },
        "18 to 75 years old",
        "Ages",
    ),
    Statement::stated(
        CandidateTest::AgeAtLeast(AgeInYears::constant(18)),
        "Age ≥18 years, regardless of gender",
        "Inclusion criterion 1",
    ),
];
const ECOG: Tests = &[Statement::stated(
    CandidateTest::EcogAtMost(EcogStatus::constant(1)),
    "ECOG performance status 0-1",
    "Inclusion criterion 2",
)];
const HISTOLOGY: Tests = &[Statement::stated(
    CandidateTest::Histology(List::constant(&[Histology::Adenocarcinoma])),
    "Biopsy-proven rectal adenocarcinoma",
    "Inclusion criterion 3",
)];
const DISTANCE: Tests = &[Statement::stated(
    CandidateTest::DistanceAtMost(DistanceFromAnalVerge::constant("8 cm")),
    "Distal margin of primary tumor ≤8 cm from anal verge",
    "Inclusion criterion 4",
)];
const STAGE_PARTS: &[CandidateTest] = &[
    CandidateTest::ClinicalTumourStage(List::constant(&[
        ClinicalTumourStage::T1,
        ClinicalTumourStage::T2,
    ])),
    CandidateTest::ClinicalNodalStage(List::constant(&[NodalStage::N0])),
    CandidateTest::ClinicalMetastasis(List::constant(&[MetastasisStage::M0])),
];
const STAGE: Tests = &[Statement::stated(
    CandidateTest::AllOf(List::constant(STAGE_PARTS)),
    "Clinical stage I (cT1-2N0M0)",
    "Inclusion criterion 5",
)];
const PREFERENCE: Tests = &[Statement::stated(
    CandidateTest::Declared,
    "Strong organ preservation preference with refusal to undergo abdominoperineal resection (Miles operation)",
    "Inclusion criterion 6",
)];
const RESECTION: Tests = &[Statement::stated(
    CandidateTest::Declared,
    "The surgeon determined a local resection was feasible",
    "Inclusion criterion 7",
)];
const CONTRAINDICATIONS: Tests = &[Statement::stated(
    CandidateTest::Declared,
    "No contraindications to chemoradiotherapy",
    "Inclusion criterion 8",
)];
const NOT_MET: Tests = &[Statement::stated(
    CandidateTest::InclusionNotMet,
    "Failure to meet the above inclusion criteria",
    "Exclusion criterion 1",
)];
const CONSENT: Tests = &[Statement::stated(
    CandidateTest::Declared,
    "Patients refusing to sign informed consent",
    "Exclusion criterion 2",
)];
const COGNITION: Tests = &[Statement::stated(
    CandidateTest::Declared,
    "Impaired cognitive function or psychiatric disorders",
    "Exclusion criterion 3",
)];
const INVESTIGATOR: Tests = &[Statement::stated(
    CandidateTest::Declared,
    "Patients deemed ineligible by investigators",
    "Exclusion criterion 4",
)];

pub(super) const CRITERIA: &[Criterion] = &[
    inclusion("age", AGE),
    inclusion("ecog", ECOG),
    inclusion("histology", HISTOLOGY),
    inclusion("distance_from_anal_verge", DISTANCE),
    inclusion("clinical_stage", STAGE),
    inclusion("organ_preservation_preference", PREFERENCE),
    inclusion("local_resection_feasible", RESECTION),
    inclusion("no_contraindications", CONTRAINDICATIONS),
    exclusion("inclusion_not_met", NOT_MET),
    exclusion("consent_refused", CONSENT),
    exclusion("cognitive_or_psychiatric_disorder", COGNITION),
    exclusion("investigator_judgement", INVESTIGATOR),
];

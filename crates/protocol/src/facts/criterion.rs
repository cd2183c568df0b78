//! Who may take part: one criterion with its tests, as data.

use core::fmt;

use super::candidate::{
    AgeInYears, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus, Histology,
};
use super::pathology::{MetastasisStage, NodalStage};
use super::test::FactTest;
use crate::statement::Statement;
use chemorad::text::{List, Text};

/// Whether a criterion lets a person in or keeps a person out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CriterionKind {
    /// It must hold.
    Inclusion,
    /// It must not hold.
    Exclusion,
}

impl fmt::Display for CriterionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Inclusion => "inclusion",
            Self::Exclusion => "exclusion",
        })
    }
}

/// What is asked of a person, as data.
///
/// In a file a table with one field, such as `{ age_at_least = 18 }`; a fact the protocol declares
/// is tested as in a condition: `{ fact = "hydronephrosis", is = ["absent"] }`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CandidateTest {
    /// At least this old.
    AgeAtLeast(AgeInYears),
    /// Between these ages, both included.
    AgeBetween {
        /// The youngest.
        min: AgeInYears,
        /// The oldest.
        max: AgeInYears,
    },
    /// ECOG performance status of at most this.
    EcogAtMost(EcogStatus),
    /// The biopsy shows one of these.
    Histology(List<Histology>),
    /// The lower edge of the tumour is at most this far from the anal verge.
    DistanceAtMost(DistanceFromAnalVerge),
    /// cT is one of these.
    ClinicalTumourStage(List<ClinicalTumourStage>),
    /// cN is one of these.
    ClinicalNodalStage(List<NodalStage>),
    /// cM is one of these.
    ClinicalMetastasis(List<MetastasisStage>),
    /// All of these.
    AllOf(List<CandidateTest>),
    /// Only the investigator can say whether the wording applies.
    Declared,
    /// At least one inclusion criterion is not met.
    InclusionNotMet,
    /// A fact the protocol declares.
    #[serde(untagged)]
    Fact(FactTest),
}

/// One criterion. Where the text states it more than once, every statement is kept; a person on
/// whom they disagree is neither let in nor kept out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Criterion {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// Inclusion or exclusion.
    pub kind: CriterionKind,
    /// What is asked, once for each statement of the text.
    pub tests: List<Statement<CandidateTest>>,
}

impl CandidateTest {
    /// Whether no person could ever meet it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::AgeBetween { min, max } => min > max,
            Self::Histology(list) => list.is_empty(),
            Self::ClinicalTumourStage(list) => list.is_empty(),
            Self::ClinicalNodalStage(list) => list.is_empty(),
            Self::ClinicalMetastasis(list) => list.is_empty(),
            Self::AllOf(list) => list.is_empty() || list.iter().any(Self::is_empty),
            Self::Fact(test) => test.is_empty(),
            _ => false,
        }
    }
}

mod shape {
    use serde::Deserialize;

    use super::super::test::written_with_fact_test;
    use super::{
        AgeInYears, CandidateTest, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus,
        Histology, MetastasisStage, NodalStage,
    };
    use chemorad::text::List;

    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Ages {
        min: AgeInYears,
        max: AgeInYears,
    }

    written_with_fact_test! {
        CandidateTest, "test",
        "a test such as { age_at_least = 18 }, or \"declared\" or \"inclusion_not_met\"",
        words {
            "declared" = Declared,
            "inclusion_not_met" = InclusionNotMet,
        }
        fields {
            age_at_least: AgeInYears,
            age_between: Ages,
            ecog_at_most: EcogStatus,
            histology: List<Histology>,
            distance_at_most: DistanceFromAnalVerge,
            clinical_tumour_stage: List<ClinicalTumourStage>,
            clinical_nodal_stage: List<NodalStage>,
            clinical_metastasis: List<MetastasisStage>,
            all_of: List<CandidateTest>,
        }
    }

    fn from_shape(mut shape: Shape) -> Result<CandidateTest, String> {
        let fields = shape.take_test();
        let fact = if fields.is_empty() {
            None
        } else {
            Some(CandidateTest::Fact(fields.test()?))
        };
        let ages = shape.age_between;
        let tests = [
            shape.age_at_least.map(CandidateTest::AgeAtLeast),
            ages.map(|Ages { min, max }| CandidateTest::AgeBetween { min, max }),
            shape.ecog_at_most.map(CandidateTest::EcogAtMost),
            shape.histology.map(CandidateTest::Histology),
            shape.distance_at_most.map(CandidateTest::DistanceAtMost),
            shape
                .clinical_tumour_stage
                .map(CandidateTest::ClinicalTumourStage),
            shape
                .clinical_nodal_stage
                .map(CandidateTest::ClinicalNodalStage),
            shape
                .clinical_metastasis
                .map(CandidateTest::ClinicalMetastasis),
            shape.all_of.map(CandidateTest::AllOf),
            fact,
        ];
        let mut tests = tests.into_iter().flatten();
        match (tests.next(), tests.next()) {
            (Some(test), None) => Ok(test),
            _ => Err("a criterion tests one thing: put several into all_of".into()),
        }
    }
}

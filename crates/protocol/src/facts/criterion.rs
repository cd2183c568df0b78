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
    use core::fmt;

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer};

    use super::super::test::shape::Fields;
    use super::{
        AgeInYears, CandidateTest, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus,
        Histology, MetastasisStage, NodalStage,
    };
    use chemorad::text::{List, Text};

    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Ages {
        min: AgeInYears,
        max: AgeInYears,
    }

    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        age_at_least: Option<AgeInYears>,
        age_between: Option<Ages>,
        ecog_at_most: Option<EcogStatus>,
        histology: Option<List<Histology>>,
        distance_at_most: Option<DistanceFromAnalVerge>,
        clinical_tumour_stage: Option<List<ClinicalTumourStage>>,
        clinical_nodal_stage: Option<List<NodalStage>>,
        clinical_metastasis: Option<List<MetastasisStage>>,
        all_of: Option<List<CandidateTest>>,
        fact: Option<Text>,
        is: Option<List<Text>>,
        above: Option<Text>,
        at_least: Option<Text>,
        below: Option<Text>,
        at_most: Option<Text>,
    }

    struct AsWritten;

    impl<'de> Visitor<'de> for AsWritten {
        type Value = CandidateTest;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(
                "a test such as { age_at_least = 18 }, or \"declared\" or \"inclusion_not_met\"",
            )
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<CandidateTest, E> {
            match text {
                "declared" => Ok(CandidateTest::Declared),
                "inclusion_not_met" => Ok(CandidateTest::InclusionNotMet),
                _ => Err(E::unknown_variant(text, &["declared", "inclusion_not_met"])),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CandidateTest, A::Error> {
            let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
            let fields = Fields {
                fact: shape.fact,
                is: shape.is,
                above: shape.above,
                at_least: shape.at_least,
                below: shape.below,
                at_most: shape.at_most,
            };
            let fact = if fields.is_empty() {
                None
            } else {
                Some(CandidateTest::Fact(
                    fields.test().map_err(de::Error::custom)?,
                ))
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
                _ => Err(de::Error::custom(
                    "a criterion tests one thing: put several into all_of",
                )),
            }
        }
    }

    impl<'de> Deserialize<'de> for CandidateTest {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AsWritten)
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(CandidateTest, "CandidateTest", |generator| {
        chemorad::schema::any_of(&[
            chemorad::schema::words("test", &["declared", "inclusion_not_met"]),
            <Shape as schemars::JsonSchema>::json_schema(generator),
        ])
    });
}

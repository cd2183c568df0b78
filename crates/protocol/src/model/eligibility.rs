use core::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use super::candidate::{
    AgeInYears, Candidate, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus, Histology,
};
use super::condition::{FactTest, Truth};
use super::fact::{Facts, PatientFacts};
use super::model::Protocol;
use super::pathology::{MetastasisStage, NodalStage};
use super::status::Statement;
use chemorad::report::{Finding, Outcome};
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

/// A candidate with what is needed beside their own facts.
struct Person<'a> {
    candidate: &'a Candidate,
    facts: PatientFacts,
    /// Whether the inclusion criteria are met.
    inclusion: Outcome,
}

/// What a test says of a candidate, with what was found and what was missing.
struct Answer {
    holds: Truth,
    found: Vec<String>,
    missing: Vec<String>,
}

impl Answer {
    fn of<T: Copy + fmt::Display>(
        name: &str,
        fact: Option<T>,
        test: impl FnOnce(T) -> bool,
    ) -> Self {
        Self {
            holds: fact.map(test).into(),
            found: fact
                .map(|value| format!("{name} {value}"))
                .into_iter()
                .collect(),
            missing: if fact.is_none() {
                vec![name.to_string()]
            } else {
                Vec::new()
            },
        }
    }
}

impl CandidateTest {
    fn answer(&self, criterion: &Criterion, person: &Person<'_>) -> Answer {
        let candidate = person.candidate;
        match self {
            Self::AgeAtLeast(min) => Answer::of("age_years", candidate.age_years, |a| a >= *min),
            Self::AgeBetween { min, max } => Answer::of("age_years", candidate.age_years, |age| {
                (*min..=*max).contains(&age)
            }),
            Self::EcogAtMost(max) => Answer::of("ecog", candidate.ecog, |ecog| ecog <= *max),
            Self::Histology(list) => {
                Answer::of("histology", candidate.histology, |h| list.contains(&h))
            }
            Self::DistanceAtMost(max) => Answer::of(
                "distance_from_anal_verge",
                candidate.distance_from_anal_verge,
                |distance| distance <= *max,
            ),
            Self::ClinicalTumourStage(list) => Answer::of(
                "clinical_tumour_stage",
                candidate.clinical_tumour_stage,
                |stage| list.contains(&stage),
            ),
            Self::ClinicalNodalStage(list) => Answer::of(
                "clinical_nodal_stage",
                candidate.clinical_nodal_stage,
                |stage| list.contains(&stage),
            ),
            Self::ClinicalMetastasis(list) => Answer::of(
                "clinical_metastasis",
                candidate.clinical_metastasis,
                |stage| list.contains(&stage),
            ),
            Self::Declared => {
                let declared = candidate.declarations.get(criterion.id.as_str()).copied();
                Answer::of(
                    &format!("declarations.{}", criterion.id),
                    declared,
                    |applies| applies,
                )
            }
            Self::Fact(test) => {
                let fact = test.fact();
                let found = person.facts.text(&fact);
                Answer {
                    holds: test.evaluate(&person.facts),
                    missing: match &found {
                        Some(_) => Vec::new(),
                        None => vec![format!("facts.{fact}")],
                    },
                    found: found
                        .map(|value| format!("{fact} {value}"))
                        .into_iter()
                        .collect(),
                }
            }
            Self::InclusionNotMet => Answer {
                holds: match person.inclusion {
                    Outcome::Fail => Truth::True,
                    Outcome::CannotTell => Truth::Unknown,
                    _ => Truth::False,
                },
                found: vec![format!("inclusion criteria: {}", person.inclusion)],
                missing: Vec::new(),
            },
            Self::AllOf(tests) => tests.iter().fold(
                Answer {
                    holds: Truth::True,
                    found: Vec::new(),
                    missing: Vec::new(),
                },
                |mut all, test| {
                    let mut answer = test.answer(criterion, person);
                    all.holds = all.holds.and(answer.holds);
                    all.found.append(&mut answer.found);
                    all.missing.append(&mut answer.missing);
                    all
                },
            ),
        }
    }

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

impl Criterion {
    fn evaluate(&self, person: &Person<'_>) -> Finding {
        let mut answers = Vec::new();
        let mut found: Vec<String> = Vec::new();
        let mut missing: Vec<String> = Vec::new();
        for statement in &self.tests {
            let Some(test) = statement.value() else {
                answers.push(Truth::Unknown);
                continue;
            };
            let answer = test.answer(self, person);
            answers.push(answer.holds);
            // two statements of one criterion ask for the same facts
            found.extend(
                answer
                    .found
                    .into_iter()
                    .filter(|f| !found.contains(f))
                    .collect::<Vec<_>>(),
            );
            missing.extend(
                answer
                    .missing
                    .into_iter()
                    .filter(|m| !missing.contains(m))
                    .collect::<Vec<_>>(),
            );
        }
        let holds = match answers.split_first() {
            Some((first, rest)) if rest.iter().all(|answer| answer == first) => *first,
            _ => Truth::Unknown,
        };
        let disagree = answers.contains(&Truth::True) && answers.contains(&Truth::False);
        let (outcome, reason) = match (self.kind, holds) {
            (CriterionKind::Inclusion, Truth::True) => (Outcome::Pass, "met".to_string()),
            (CriterionKind::Inclusion, Truth::False) => (Outcome::Fail, "not met".to_string()),
            (CriterionKind::Exclusion, Truth::True) => (Outcome::Fail, "applies".to_string()),
            (CriterionKind::Exclusion, Truth::False) => {
                (Outcome::Pass, "does not apply".to_string())
            }
            (_, Truth::Unknown) if disagree => (
                Outcome::CannotTell,
                "the protocol states this criterion more than once, and here its statements \
                 disagree: ask the investigators"
                    .to_string(),
            ),
            (_, Truth::Unknown) if missing.is_empty() => (
                Outcome::CannotTell,
                "other criteria could not be told".to_string(),
            ),
            (_, Truth::Unknown) => (
                Outcome::CannotTell,
                format!("not known; give {}", missing.join(", ")),
            ),
        };
        let words: Vec<String> = self
            .tests
            .iter()
            .flat_map(Statement::quotes)
            .map(|quote| quote.to_string())
            .collect();
        let mut finding = Finding::written(
            match self.kind {
                CriterionKind::Inclusion => "eligibility.inclusion",
                CriterionKind::Exclusion => "eligibility.exclusion",
            },
            outcome,
            self.id.as_str(),
            reason,
        )
        .with_expected(match self.kind {
            CriterionKind::Inclusion => words.join(" and "),
            CriterionKind::Exclusion => format!("not: {}", words.join(" and ")),
        });
        if !found.is_empty() {
            finding = finding.with_found(found.join(", "));
        }
        finding
    }
}

/// Compares a person with every criterion of a protocol: one finding each, in the protocol's order.
///
/// A missing fact is *cannot tell*, and so is a person on whom two statements of one criterion
/// disagree. A declaration under a name that no criterion has is a finding of its own, so that a
/// misspelt one is not lost. The person is eligible when [`Outcome::worst`] of all is a pass.
///
/// ```
/// use chemorad::report::Outcome;
/// use chemorad_protocol::Candidate;
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let candidate = Candidate { age_years: Some("77".parse()?), ..Candidate::default() };
/// let findings = chemorad_protocol::eligibility(trial, &candidate);
/// let age = findings.iter().find(|finding| finding.at == "age").unwrap();
/// assert_eq!(age.outcome, Outcome::CannotTell); // "18 to 75 years old" and "Age ≥18 years"
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[must_use]
pub fn eligibility(protocol: &Protocol, candidate: &Candidate) -> Vec<Finding> {
    let asks_for_others = |criterion: &Criterion| {
        criterion
            .tests
            .iter()
            .any(|test| matches!(test.value(), Some(CandidateTest::InclusionNotMet)))
    };
    let mut unreadable = Vec::new();
    let mut facts = PatientFacts::default();
    for (id, text) in &candidate.facts {
        match protocol.declared_facts([(id.as_str(), text.as_str())]) {
            Ok(one) => {
                if let Some(value) = one.get(id) {
                    facts.declared = facts.declared.with(id, value.clone());
                }
            }
            Err(error) => unreadable.push(Finding::written(
                "eligibility.fact",
                Outcome::CannotTell,
                format!("facts.{id}"),
                error.to_string(),
            )),
        }
    }
    let mut person = Person {
        candidate,
        facts,
        inclusion: Outcome::NotApplicable,
    };
    // an inclusion criterion cannot ask whether the inclusion criteria are met
    person.inclusion = Outcome::worst(
        protocol
            .eligibility
            .iter()
            .filter(|c| c.kind == CriterionKind::Inclusion && !asks_for_others(c))
            .map(|c| c.evaluate(&person).outcome),
    );
    let mut findings: Vec<Finding> = protocol
        .eligibility
        .iter()
        .map(|criterion| criterion.evaluate(&person))
        .collect();
    findings.append(&mut unreadable);
    let declared = |id: &str| {
        protocol.eligibility.iter().any(|criterion| {
            criterion.id.is(id)
                && criterion
                    .tests
                    .iter()
                    .any(|test| matches!(test.value(), Some(CandidateTest::Declared)))
        })
    };
    for id in candidate.declarations.keys().filter(|id| !declared(id)) {
        findings.push(
            Finding::written(
                "eligibility.unknown_declaration",
                Outcome::CannotTell,
                format!("declarations.{id}"),
                "no criterion of this protocol is declared under this name: correct or remove it",
            )
            .with_found(id.as_str()),
        );
    }
    findings
}

mod shape {
    use core::fmt;

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer};

    use super::super::condition::shape::Fields;
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

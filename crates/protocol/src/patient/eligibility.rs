//! One person compared with the criteria of a protocol.

use core::fmt;

use super::finding::{EligibilityFinding, Verdict};
use crate::facts::candidate::Candidate;
use crate::facts::criterion::{CandidateTest, Criterion, CriterionKind};
use crate::facts::known::{Facts, PatientFacts};
use crate::facts::truth::Truth;
use crate::model::protocol::Protocol;
use crate::statement::Statement;
use chemorad::report::{Finding, Outcome};

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
    /// `field` is where the fact is given, `name` what a person calls it.
    fn of<T: Copy + fmt::Display>(
        field: &str,
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
                vec![field.to_string()]
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
            Self::AgeAtLeast(min) => {
                Answer::of("age_years", "age", candidate.age_years, |a| a >= *min)
            }
            Self::AgeBetween { min, max } => {
                Answer::of("age_years", "age", candidate.age_years, |age| {
                    (*min..=*max).contains(&age)
                })
            }
            Self::EcogAtMost(max) => {
                Answer::of("ecog", "ECOG", candidate.ecog, |ecog| ecog <= *max)
            }
            Self::Histology(list) => {
                Answer::of("histology", "histology", candidate.histology, |h| {
                    list.contains(&h)
                })
            }
            Self::DistanceAtMost(max) => Answer::of(
                "distance_from_anal_verge",
                "distance from the anal verge",
                candidate.distance_from_anal_verge,
                |distance| distance <= *max,
            ),
            Self::ClinicalTumourStage(list) => Answer::of(
                "clinical_tumour_stage",
                "clinical tumour stage",
                candidate.clinical_tumour_stage,
                |stage| list.contains(&stage),
            ),
            Self::ClinicalNodalStage(list) => Answer::of(
                "clinical_nodal_stage",
                "clinical nodal stage",
                candidate.clinical_nodal_stage,
                |stage| list.contains(&stage),
            ),
            Self::ClinicalMetastasis(list) => Answer::of(
                "clinical_metastasis",
                "clinical metastasis",
                candidate.clinical_metastasis,
                |stage| list.contains(&stage),
            ),
            Self::Declared => {
                let declared = candidate.declarations.get(criterion.id.as_str()).copied();
                Answer::of(
                    &format!("declarations.{}", criterion.id),
                    "declared",
                    declared,
                    |applies| applies,
                )
            }
            Self::Fact(test) => {
                let fact = test.fact();
                let found = person.facts.value(fact);
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
        let verdict = match holds {
            Truth::True => Verdict::Holds,
            Truth::False => Verdict::DoesNotHold,
            Truth::Unknown if disagree => Verdict::Disagree,
            Truth::Unknown if missing.is_empty() => Verdict::OthersUnknown,
            Truth::Unknown => Verdict::Missing(missing),
        };
        Finding::from(EligibilityFinding::Criterion {
            id: self.id.clone(),
            kind: self.kind,
            verdict,
            quotes: self.tests.iter().flat_map(Statement::quotes).collect(),
            found,
        })
    }
}

impl Protocol {
    /// Compares a person with every criterion of the protocol: one finding each, in the protocol's order.
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
    /// let findings = trial.eligibility_of(&candidate);
    /// let age = findings.iter().find(|finding| finding.at() == "age").unwrap();
    /// assert_eq!(age.outcome, Outcome::CannotTell); // "18 to 75 years old" and "Age ≥18 years"
    /// # Ok::<(), chemorad_protocol::FactError>(())
    /// ```
    #[must_use]
    pub fn eligibility_of(&self, candidate: &Candidate) -> Vec<Finding> {
        let all = self.eligibility_by_criterion(candidate).into_iter();
        all.map(|(_, finding)| finding).collect()
    }

    /// The findings of [`Protocol::eligibility_of`], each with its criterion. What is wrong with the facts
    /// of the person has none.
    ///
    /// ```
    /// use chemorad_protocol::Candidate;
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// for (criterion, finding) in trial.eligibility_by_criterion(&Candidate::default()) {
    ///     assert!(criterion.is_some_and(|one| one.id.is(&finding.at())));
    /// }
    /// ```
    #[must_use]
    pub fn eligibility_by_criterion(
        &self,
        candidate: &Candidate,
    ) -> Vec<(Option<&Criterion>, Finding)> {
        let asks_for_others = |criterion: &Criterion| {
            criterion
                .tests
                .iter()
                .any(|test| matches!(test.value(), Some(CandidateTest::InclusionNotMet)))
        };
        let mut unreadable = Vec::new();
        let mut facts = PatientFacts::default();
        for (id, text) in &candidate.facts {
            match self.declared_facts([(id.as_str(), text.as_str())]) {
                Ok(one) => {
                    if let Some(value) = one.get(id) {
                        facts.declared = facts.declared.with(id, value.clone());
                    }
                }
                Err(error) => {
                    let id = id.clone();
                    unreadable.push(Finding::from(EligibilityFinding::Fact { id, error }));
                }
            }
        }
        let mut person = Person {
            candidate,
            facts,
            inclusion: Outcome::NotApplicable,
        };
        // an inclusion criterion cannot ask whether the inclusion criteria are met
        person.inclusion = Outcome::worst(
            self.eligibility
                .iter()
                .filter(|c| c.kind == CriterionKind::Inclusion && !asks_for_others(c))
                .map(|c| c.evaluate(&person).outcome),
        );
        let criteria = self.eligibility.iter();
        let mut findings: Vec<(Option<&Criterion>, Finding)> = criteria
            .map(|criterion| (Some(criterion), criterion.evaluate(&person)))
            .collect();
        findings.extend(unreadable.into_iter().map(|finding| (None, finding)));
        let declared = |id: &str| {
            self.eligibility.iter().any(|criterion| {
                criterion.id.is(id)
                    && criterion
                        .tests
                        .iter()
                        .any(|test| matches!(test.value(), Some(CandidateTest::Declared)))
            })
        };
        for id in candidate.declarations.keys().filter(|id| !declared(id)) {
            let id = id.clone();
            let finding = EligibilityFinding::UnknownDeclaration { id };
            findings.push((None, finding.into()));
        }
        findings
    }
}

//! The arms a patient belongs to.

use core::fmt;

use crate::facts::condition::Evidence;
use crate::facts::known::{DeclaredFacts, Facts};
use crate::facts::pathology::Pathology;
use crate::facts::truth::Truth;
use crate::facts::vocabulary::Fact;
use crate::model::arm::{Arm, TreatmentOption};
use crate::model::protocol::Protocol;
use crate::statement::{Question, Quote, Status};
use chemorad::report::Outcome;
use chemorad::text::Text;

/// An arm that a patient belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct AssignedArm<'p> {
    /// The name of the arm.
    pub id: &'p Text,
    /// What it is, for a reader.
    pub title: &'p Text,
    /// What it offers. [`Protocol::courses_of`] gives the courses of an option.
    pub options: &'p [TreatmentOption],
}

/// Why a patient belongs to an arm, does not, or cannot be told to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason<'p> {
    /// The arm.
    pub arm: &'p Text,
    /// Whether its condition holds.
    pub holds: Truth,
    /// The tests that decide it.
    pub evidence: Vec<Evidence<'p>>,
    /// How the condition is known.
    pub status: Status,
    /// How the condition was read from the text, when it is derived.
    pub reading: Option<&'p Text>,
    /// The words of the protocol.
    pub quotes: Vec<Quote>,
}

/// The arms a patient belongs to, with the reasons and what is left to ask.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Assignment<'p> {
    /// The protocol.
    pub protocol: &'p Text,
    /// The pathology it was made from.
    pub pathology: Pathology,
    /// The declared facts it was made from.
    #[serde(skip_serializing_if = "DeclaredFacts::is_empty")]
    pub facts: DeclaredFacts,
    /// The arms whose condition holds, in the protocol's order.
    pub arms: Vec<AssignedArm<'p>>,
    /// One reason for each arm of the protocol.
    pub reasons: Vec<Reason<'p>>,
    /// The facts that are missing to decide the remaining arms.
    pub missing: Vec<Fact>,
    /// What the text leaves open for this patient.
    pub questions: Vec<&'p Question>,
    /// Pass: one arm and nothing open. Warn: the arms are certain, and there is a question. Cannot
    /// tell: a missing fact decides about an arm. Fail: the protocol has no arm for this patient.
    pub outcome: Outcome,
}

impl Protocol {
    /// Finds the arms whose condition a patient meets. The facts are a [`Pathology`], or
    /// [`PatientFacts`](crate::PatientFacts) where the protocol declares facts of its own.
    ///
    /// Every arm that applies is reported; where the text is ambiguous the question is reported and no
    /// answer is chosen. An absent fact is unknown: it never counts as "no".
    ///
    /// ```
    /// use chemorad::report::Outcome;
    /// use chemorad_protocol::{Fact, Margin, Pathology};
    ///
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let mut pathology = Pathology {
    ///     tumour_stage: Some("pT2".parse()?),
    ///     nodal_stage: Some("N0".parse()?),
    ///     metastasis: Some("M0".parse()?),
    ///     ..Pathology::UNKNOWN
    /// };
    /// let open = trial.assign(&pathology);
    /// assert_eq!((open.outcome, open.missing), (Outcome::CannotTell, vec![Fact::MARGIN]));
    ///
    /// pathology.margin = Some(Margin::Negative);
    /// let assignment = trial.assign(&pathology);
    /// assert_eq!(assignment.outcome, Outcome::Pass);
    /// assert_eq!(assignment.arms[0].id.as_str(), "adverse");
    /// let course = trial.courses_of(&assignment.arms[0].options[0]).next().unwrap();
    /// let sum = course.course.as_ref().unwrap().cumulative_dose("tumour bed").unwrap();
    /// assert_eq!(sum.to_string(), "50.4 Gy");
    /// # Ok::<(), chemorad_protocol::FactError>(())
    /// ```
    #[must_use]
    pub fn assign(&self, facts: &dyn Facts) -> Assignment<'_> {
        let features = self.risk_features.as_slice();
        let mut assignment = Assignment {
            protocol: &self.id,
            pathology: *facts.pathology(),
            facts: facts.declared().clone(),
            arms: Vec::new(),
            reasons: Vec::new(),
            missing: Vec::new(),
            questions: Vec::new(),
            outcome: Outcome::Pass,
        };
        for ambiguity in &self.ambiguities {
            let raised = ambiguity
                .when
                .as_ref()
                .is_some_and(|when| when.evaluate(features, facts) == Truth::True);
            if raised {
                assignment.ask(&ambiguity.question);
            }
        }
        for arm in &self.arms {
            let reason = reason(self, arm, facts);
            match reason.holds {
                Truth::True => assignment.admit(arm),
                Truth::Unknown => {
                    let unknown = reason.evidence.iter().map(|evidence| evidence.fact.clone());
                    assignment.missing.extend(unknown);
                    let undefined = self.risk_features.iter().map(|f| f.test.question());
                    for question in undefined.chain([arm.when.question()]).flatten() {
                        assignment.ask(question);
                    }
                }
                Truth::False => {}
            }
            assignment.reasons.push(reason);
        }
        assignment.missing.sort_unstable();
        assignment.missing.dedup();
        let undecided = assignment.reasons.iter().any(|r| r.holds == Truth::Unknown);
        assignment.outcome = if undecided {
            Outcome::CannotTell
        } else if assignment.arms.is_empty() {
            Outcome::Fail
        } else if assignment.arms.len() > 1 || !assignment.questions.is_empty() {
            Outcome::Warn
        } else {
            Outcome::Pass
        };
        assignment
    }
}

fn reason<'p>(protocol: &'p Protocol, arm: &'p Arm, facts: &dyn Facts) -> Reason<'p> {
    let features = protocol.risk_features.as_slice();
    let (holds, evidence) = match arm.when.value() {
        Some(when) => (
            when.evaluate(features, facts),
            when.evidence(features, facts),
        ),
        None => (Truth::Unknown, Vec::new()),
    };
    Reason {
        arm: &arm.id,
        holds,
        evidence,
        status: arm.when.status(),
        reading: arm.when.reason(),
        quotes: arm.when.quotes(),
    }
}

impl<'p> Assignment<'p> {
    fn admit(&mut self, arm: &'p Arm) {
        self.arms.push(AssignedArm {
            id: &arm.id,
            title: &arm.title,
            options: arm.options.as_slice(),
        });
        for action in arm.options.iter().flat_map(|option| &option.actions) {
            for question in action.questions() {
                self.ask(question);
            }
        }
    }

    fn ask(&mut self, question: &'p Question) {
        if !self.questions.iter().any(|known| known.id == question.id) {
            self.questions.push(question);
        }
    }
}

/// `adverse: yes; tumour_stage is pT2: yes (found pT2)`.
impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.arm, self.holds)?;
        for evidence in &self.evidence {
            write!(f, "; {evidence}")?;
        }
        Ok(())
    }
}

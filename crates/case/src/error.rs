use std::string::{String, ToString};
use std::vec::Vec;

use chemorad::capecitabine::CapecitabineError;
use chemorad::patient::PatientError;
use chemorad::radiobiology::ParametersError;
use chemorad::radiotherapy::CalendarError;
use chemorad_protocol::{FactError, Question};

/// Why there is no sheet.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Something the treatment needs is not there.
    #[error("{field} is missing: {why} Choices: {}.", choices.join(", "))]
    Missing {
        /// The field of the case, for example `site.rounding`.
        field: String,
        /// Why it is needed and the protocol does not settle it.
        why: String,
        /// What can be given.
        choices: Vec<String>,
    },
    /// A choice that is not one of those there are.
    #[error("{field}: {given:?} is not a choice; {why} Choices: {}.", choices.join(", "))]
    NotAChoice {
        /// The field of the case.
        field: String,
        /// What was given.
        given: String,
        /// What the question is.
        why: String,
        /// What can be given.
        choices: Vec<String>,
    },
    /// The pathology does not decide between the arms.
    #[error(
        "pathology or facts: the protocol cannot be applied without: {}. Absent facts are unknown, not negative.",
        missing.join(", ")
    )]
    PathologyIncomplete {
        /// The missing facts.
        missing: Vec<String>,
    },
    /// The protocol has no arm for this pathology.
    #[error("pathology: the protocol has no arm for this patient")]
    NoArm,
    /// The case names another protocol than the one it is computed with.
    #[error("the case is for protocol {case:?}, not {protocol:?}")]
    OtherProtocol {
        /// Of the case.
        case: String,
        /// The one given.
        protocol: String,
    },
    /// A fact the protocol does not declare, or a value it cannot have.
    #[error("facts: {0}")]
    Facts(FactError),
    /// Two facts of the case that contradict each other.
    #[error("{0}")]
    Contradiction(String),
    /// The protocol does not hold together.
    #[error("protocol {protocol}: {finding}")]
    ProtocolUnsound {
        /// The protocol.
        protocol: String,
        /// The first thing its check found.
        finding: String,
    },
    /// A part of the protocol this version cannot put on a sheet.
    #[error("{0}")]
    Unsupported(String),
    /// Body size or body surface area.
    #[error("patient: {0}")]
    Patient(#[from] PatientError),
    /// Regimen, tablets or rounding.
    #[error("site: {0}")]
    Capecitabine(#[from] CapecitabineError),
    /// Rules about the drug, their facts, or a decision against them.
    #[error("drug_rules: {0}")]
    DrugRules(CapecitabineError),
    /// Dates.
    #[error("calendar: {0}")]
    Calendar(#[from] CalendarError),
    /// What overall time costs.
    #[error("time: {0}")]
    Time(#[from] ParametersError),
}

impl SheetError {
    /// From a question of the protocol, with the case's field for its answer.
    pub(super) fn unanswered(field: &str, question: &Question) -> Self {
        Self::Missing {
            field: field.to_string(),
            why: asked(question),
            choices: choices(question),
        }
    }

    pub(super) fn not_a_choice(field: &str, given: &str, question: &Question) -> Self {
        Self::NotAChoice {
            field: field.to_string(),
            given: given.chars().take(60).collect(),
            why: asked(question),
            choices: choices(question),
        }
    }

    pub(super) fn missing(field: &str, why: &str, choices: &[&str]) -> Self {
        Self::Missing {
            field: field.to_string(),
            why: why.to_string(),
            choices: choices.iter().map(ToString::to_string).collect(),
        }
    }
}

pub(super) fn asked(question: &Question) -> String {
    format!("{} {}", question.question, question.why)
}

fn choices(question: &Question) -> Vec<String> {
    question.choices.iter().map(ToString::to_string).collect()
}

//! Why there is no sheet: everything that is missing, contradictory or impossible, at once.

use std::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use chemorad::capecitabine::CapecitabineError;
use chemorad::patient::PatientError;
use chemorad::radiobiology::ParametersError;
use chemorad::radiotherapy::CalendarError;
use chemorad::report::{FaultList, Faults};
use chemorad_protocol::{FactError, Question};

/// Something the treatment needs that the case does not give.
///
/// ```
/// use chemorad_case::Missing;
/// let rounding = Missing {
///     field: "site.rounding".into(),
///     why: "How is a dose between two amounts rounded?".into(),
///     choices: vec!["nearest".into(), "down".into()],
/// };
/// assert_eq!(
///     rounding.to_string(),
///     "site.rounding is missing: How is a dose between two amounts rounded? Choices: nearest, down."
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Missing {
    /// The field of the case, for example `site.rounding`.
    pub field: String,
    /// Why it is needed and the protocol does not settle it.
    pub why: String,
    /// What can be given.
    pub choices: Vec<String>,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is missing: {}", self.field, self.why)?;
        if self.choices.is_empty() {
            return Ok(());
        }
        write!(f, " Choices: {}.", self.choices.join(", "))
    }
}

/// One reason why there is no sheet.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Something the treatment needs is not there.
    #[error("{0}")]
    Missing(Missing),
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
        Self::Missing(Missing {
            field: field.to_string(),
            why: asked(question),
            choices: choices(question),
        })
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
        Self::Missing(Missing {
            field: field.to_string(),
            why: why.to_string(),
            choices: choices.iter().map(ToString::to_string).collect(),
        })
    }
}

pub(super) fn asked(question: &Question) -> String {
    format!("{} {}", question.question, question.why)
}

fn choices(question: &Question) -> Vec<String> {
    question.choices.iter().map(ToString::to_string).collect()
}

/// Every reason why there is no sheet: what is missing, and what is wrong.
///
/// ```
/// use chemorad_case::{Case, Sheet};
/// let trial = chemorad_protocol::find_builtin("NCT06949098")?;
/// let mut case = Case::new("NCT06949098");
/// case.option = Some("radiotherapy_alone".into());
/// let faults = Sheet::new(&case, trial).unwrap_err();
/// let missing: Vec<&str> = faults.missing().map(|item| item.field.as_str()).collect();
/// assert!(missing.contains(&"pathology.margin"));
/// assert!(missing.contains(&"site.fractions_per_week"));
/// assert!(missing.contains(&"alpha_beta"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SheetFaults(Faults<SheetError>);

impl SheetFaults {
    /// Each reason, in the order in which a sheet is made.
    pub fn iter(&self) -> impl Iterator<Item = &SheetError> {
        self.0.iter()
    }

    /// What the case does not give.
    pub fn missing(&self) -> impl Iterator<Item = &Missing> {
        self.iter().filter_map(|error| match error {
            SheetError::Missing(missing) => Some(missing),
            _ => None,
        })
    }
}

impl From<SheetError> for SheetFaults {
    fn from(first: SheetError) -> Self {
        Self(first.into())
    }
}

/// One line each.
impl fmt::Display for SheetFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for SheetFaults {}

/// The reasons found so far, while the rest of the case is looked at.
#[derive(Default)]
pub(super) struct Found(FaultList<SheetError>);

impl Found {
    /// Notes a reason, each once; a field that is missing is named once too.
    pub(super) fn add(&mut self, error: impl Into<SheetError>) {
        let error = error.into();
        let known = self.0.as_slice().iter().any(|known| same(known, &error));
        if !known {
            self.0.add(error);
        }
    }

    /// The value; the reason why there is none is noted.
    pub(super) fn keep<T, E: Into<SheetError>>(&mut self, tried: Result<T, E>) -> Option<T> {
        tried.map_err(|error| self.add(error)).ok()
    }

    /// Adds its reasons to others.
    pub(super) fn move_to(self, others: &mut Self) {
        self.0.into_iter().for_each(|error| others.add(error));
    }

    /// What is needed only on a condition, with the condition.
    pub(super) fn add_if(&mut self, condition: &str, others: Self) {
        for error in others.0 {
            self.add(match error {
                SheetError::Missing(missing) => SheetError::Missing(missing.needed(condition)),
                error => error,
            });
        }
    }

    /// What each of several options would need, where none is chosen: for a field that some need, the
    /// options that do. What is wrong in one option alone is no fault while another can be chosen.
    pub(super) fn add_alternatives(&mut self, alternatives: Vec<(&str, Self)>) {
        let count = alternatives.len();
        let mut needs: Vec<(SheetError, Vec<&str>)> = Vec::new();
        for (option, found) in alternatives {
            for error in found.0 {
                match needs.iter_mut().find(|(known, _)| same(known, &error)) {
                    Some((_, options)) => options.push(option),
                    None => needs.push((error, vec![option])),
                }
            }
        }
        for (error, options) in needs {
            match error {
                error if options.len() == count => self.add(error),
                SheetError::Missing(missing) => {
                    self.add(missing.needed(&format!("if the option is {}", either(&options))));
                }
                _ => {}
            }
        }
    }

    /// The value, where nothing was found.
    pub(super) fn complete<T>(self, value: Option<T>) -> Result<T, SheetFaults> {
        self.0.complete(value).map_err(SheetFaults)
    }
}

/// `a, b or c`.
fn either(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => names.concat(),
    }
}

fn same(one: &SheetError, other: &SheetError) -> bool {
    match (one, other) {
        (SheetError::Missing(one), SheetError::Missing(other)) => one.field == other.field,
        (one, other) => one == other,
    }
}

impl Missing {
    fn needed(self, condition: &str) -> Self {
        Self {
            why: format!("{} Needed {condition}.", self.why),
            ..self
        }
    }
}

impl From<Missing> for SheetError {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

//! What comparing a person with the criteria of a protocol found.

use core::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject, Values};
use chemorad::text::Text;

use crate::facts::criterion::CriterionKind;
use crate::facts::value::FactError;
use crate::statement::Quote;

const INCLUSION: Code = Code::new(
    "eligibility.inclusion",
    "An inclusion criterion",
    "The person is compared with each inclusion criterion of the protocol: all must be met. A missing fact is not taken for a no, and where the protocol states a criterion twice and its statements disagree, nobody is let in or kept out.",
    "Where it is not met the person cannot take part; where it cannot be told, give the fact or ask the investigators.",
);

const EXCLUSION: Code = Code::new(
    "eligibility.exclusion",
    "An exclusion criterion",
    "The person is compared with each exclusion criterion of the protocol: none may apply. A missing fact is not taken for a no.",
    "Where it applies the person cannot take part; where it cannot be told, give the fact or ask the investigators.",
);

const FACT: Code = Code::new(
    "eligibility.fact",
    "A fact that cannot be read",
    "A fact was given that the protocol does not declare, or with a value that the fact cannot have, so the criteria that ask for it cannot be told.",
    "Write the name and one of the values that the message lists.",
);

const UNKNOWN_DECLARATION: Code = Code::new(
    "eligibility.unknown_declaration",
    "A declaration that no criterion asks for",
    "The investigator declared something under a name that no criterion of the protocol has. A misspelt declaration would otherwise be lost, and its criterion left untold.",
    "Correct the name or remove it.",
);

/// Every code of [`Protocol::eligibility_of`](crate::Protocol::eligibility_of).
///
/// ```
/// let names = chemorad_protocol::ELIGIBILITY_CODES.iter().map(|code| code.name);
/// assert!(names.clone().any(|name| name == "eligibility.inclusion"));
/// ```
pub const ELIGIBILITY_CODES: &[Code] = &[INCLUSION, EXCLUSION, FACT, UNKNOWN_DECLARATION];

/// What a criterion says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It does not hold.
    DoesNotHold,
    /// The protocol states it more than once, and the statements disagree.
    Disagree,
    /// It hangs on criteria that cannot be told.
    OthersUnknown,
    /// Facts are missing, by their names.
    Missing(Vec<String>),
}

/// One criterion compared with a person, or something given that cannot be used.
///
/// ```
/// use chemorad_protocol::{Candidate, EligibilityFinding, Verdict};
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let findings = trial.eligibility_of(&Candidate::default());
/// let age = findings.iter().find(|finding| finding.at() == "age").unwrap();
/// assert!(matches!(
///     age.observation::<EligibilityFinding>(),
///     Some(EligibilityFinding::Criterion { verdict: Verdict::Missing(facts), .. })
///         if facts == &["age_years"]
/// ));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum EligibilityFinding {
    /// A criterion.
    Criterion {
        /// Its name.
        id: Text,
        /// Inclusion or exclusion.
        kind: CriterionKind,
        /// What it says.
        verdict: Verdict,
        /// Its words, once for each statement of the text.
        quotes: Vec<Quote>,
        /// The facts it was compared with.
        found: Vec<String>,
    },
    /// A fact that cannot be read.
    Fact {
        /// The name it was given under.
        id: String,
        /// Why.
        error: FactError,
    },
    /// A declaration that no criterion asks for.
    UnknownDeclaration {
        /// The name it was given under.
        id: String,
    },
}

impl Observation for EligibilityFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Criterion {
                kind: CriterionKind::Inclusion,
                ..
            } => &INCLUSION,
            Self::Criterion {
                kind: CriterionKind::Exclusion,
                ..
            } => &EXCLUSION,
            Self::Fact { .. } => &FACT,
            Self::UnknownDeclaration { .. } => &UNKNOWN_DECLARATION,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Criterion { kind, verdict, .. } => match (kind, verdict) {
                (CriterionKind::Inclusion, Verdict::Holds)
                | (CriterionKind::Exclusion, Verdict::DoesNotHold) => Outcome::Pass,
                (_, Verdict::Holds | Verdict::DoesNotHold) => Outcome::Fail,
                _ => Outcome::CannotTell,
            },
            Self::Fact { .. } | Self::UnknownDeclaration { .. } => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(match self {
            Self::Criterion { id, .. } => id.to_string(),
            Self::Fact { id, .. } => format!("facts.{id}"),
            Self::UnknownDeclaration { id } => format!("declarations.{id}"),
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::Criterion {
                kind,
                quotes,
                found,
                ..
            } => {
                let words: Vec<String> = quotes.iter().map(ToString::to_string).collect();
                let words = words.join(" and ");
                let values = Values::expected(match kind {
                    CriterionKind::Inclusion => words,
                    CriterionKind::Exclusion => format!("not: {words}"),
                });
                if found.is_empty() {
                    values
                } else {
                    values.and_found(found.join(", "))
                }
            }
            Self::Fact { .. } => Values::default(),
            Self::UnknownDeclaration { id } => Values::found(id),
        }
    }
}

impl fmt::Display for EligibilityFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Criterion { kind, verdict, .. } => match (verdict, kind) {
                (Verdict::Holds, CriterionKind::Inclusion) => "met",
                (Verdict::DoesNotHold, CriterionKind::Inclusion) => "not met",
                (Verdict::Holds, CriterionKind::Exclusion) => "applies",
                (Verdict::DoesNotHold, CriterionKind::Exclusion) => "does not apply",
                (Verdict::Disagree, _) => {
                    "the protocol states this criterion more than once, and here its statements disagree: ask the investigators"
                }
                (Verdict::OthersUnknown, _) => "other criteria could not be told",
                (Verdict::Missing(facts), _) => {
                    return write!(f, "not known; give {}", facts.join(", "));
                }
            },
            Self::Fact { error, .. } => return error.fmt(f),
            Self::UnknownDeclaration { .. } => {
                "no criterion of this protocol is declared under this name: correct or remove it"
            }
        })
    }
}

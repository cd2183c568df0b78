//! What is known of radiotherapy before the current course, and what follows from it.

use core::fmt;
use core::str::FromStr;

use chemorad::report::{Code, Finding, Observation, Outcome, Subject, Values};
use jiff::civil::Date;

/// Whether the patient had radiotherapy before.
///
/// ```
/// use chemorad_case::EarlierRadiotherapy;
/// assert_eq!("none".parse(), Ok(EarlierRadiotherapy::None));
/// assert!("no".parse::<EarlierRadiotherapy>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlierRadiotherapy {
    /// None was given.
    None,
    /// Some was given.
    Given,
    /// Nobody knows.
    Unknown,
}

impl fmt::Display for EarlierRadiotherapy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Given => "given",
            Self::Unknown => "unknown",
        })
    }
}

impl FromStr for EarlierRadiotherapy {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "none" => Ok(Self::None),
            "given" => Ok(Self::Given),
            "unknown" => Ok(Self::Unknown),
            _ => Err("earlier radiotherapy is none, given or unknown"),
        }
    }
}

chemorad::text::by_text!(EarlierRadiotherapy);

pub(super) const STATED: Code = Code::new(
    "earlier_course.stated",
    "Earlier radiotherapy",
    "A region that was irradiated before tolerates less, and no dose of one course shows it. The case does not say whether there was earlier radiotherapy, or says that there was some that is not in these sums, or that nobody knows.",
    "Find out, and write none, given or unknown. Add the doses of earlier courses with chemorad courses.",
);
pub(super) const TWICE: Code = Code::new(
    "earlier_course.twice",
    "One course may be entered twice",
    "Two earlier courses give a volume the same doses and end within a month of one another, under two names. One course entered twice doubles its dose in the sum.",
    "Check whether they are one course, and leave one of them out where they are.",
);

/// What follows from what is said of earlier courses.
///
/// ```
/// use chemorad::report::Outcome;
/// use chemorad_case::{EarlierFinding, EarlierRadiotherapy};
/// let about = |stated| EarlierFinding::stated(stated, false).map(|found| found.outcome);
/// assert_eq!(about(Some(EarlierRadiotherapy::None)), None);
/// assert_eq!(about(Some(EarlierRadiotherapy::Unknown)), Some(Outcome::CannotTell));
/// assert_eq!(about(None), Some(Outcome::Warn));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EarlierFinding {
    /// Nothing is said, or what is said leaves something open.
    Stated {
        /// What is said.
        stated: Option<EarlierRadiotherapy>,
        /// Whether earlier courses are listed, so that others are meant.
        others: bool,
    },
    /// Two courses that may be one.
    Twice {
        /// Their names.
        names: [String; 2],
        /// Their last days.
        finished: [Date; 2],
    },
}

impl EarlierFinding {
    /// The finding of a statement; none where there was no earlier radiotherapy. `others` says that
    /// courses are listed, and others are asked for.
    #[must_use]
    pub fn stated(stated: Option<EarlierRadiotherapy>, others: bool) -> Option<Finding> {
        (stated != Some(EarlierRadiotherapy::None)).then(|| Self::Stated { stated, others }.into())
    }
}

impl Observation for EarlierFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Stated { .. } => &STATED,
            Self::Twice { .. } => &TWICE,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Stated {
                stated: Some(EarlierRadiotherapy::Unknown),
                ..
            }
            | Self::Twice { .. } => Outcome::CannotTell,
            Self::Stated { .. } => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Stated { .. } => Subject::input("earlier radiotherapy"),
            Self::Twice { names, .. } => Subject::path(names[1].as_str()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Stated { stated, .. } => {
                let expected = Values::expected("none");
                match stated {
                    Some(stated) => expected.and_found(stated),
                    None => expected,
                }
            }
            Self::Twice { finished, .. } => Values::expected("two courses")
                .and_found(format!("ended on {} and {}", finished[0], finished[1])),
        }
    }
}

impl fmt::Display for EarlierFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let which = |others: bool| {
            if others {
                "other earlier radiotherapy"
            } else {
                "earlier radiotherapy"
            }
        };
        match self {
            Self::Stated {
                stated: None,
                others,
            } => write!(
                f,
                "the case does not say whether there was {}: write none, given or unknown",
                which(*others)
            ),
            Self::Stated {
                stated: Some(EarlierRadiotherapy::Unknown),
                others,
            } => write!(f, "nobody knows whether there was {}", which(*others)),
            Self::Stated { others, .. } => write!(
                f,
                "there was {}, and its dose is in no number here: add the courses up volume by volume",
                which(*others)
            ),
            Self::Twice { names, .. } => write!(
                f,
                "the same doses as {}, within a month: is it one course, entered twice?",
                names[0]
            ),
        }
    }
}

//! What a treatment sheet says besides its numbers, and the codes of it.

use core::fmt;

use chemorad::radiobiology::COMPLETE_REPAIR_ASSUMED;
use chemorad::report::{Code, Observation, Outcome, Subject, Values};
use chemorad::text::Text;
use chemorad_protocol::Span;

use super::{earlier, prescribed_drug, site};

const QUESTION: Code = Code::new(
    "protocol.question",
    "The protocol leaves this open",
    "The text of the protocol can be read in more than one way for this patient, and the sheet does not choose. The reading changes no number of the sheet, and may change what is right.",
    "Ask the investigators, and write down what they answer.",
);

const START_WINDOW: Code = Code::new(
    "schedule.start_window",
    "Start of treatment",
    "The protocol gives the days after the operation between which treatment starts: a wound heals before them, and tumour cells grow after them. The days are counted from the date of the operation to the first fraction.",
    "Give the date of the operation as calendar.excision; where the first fraction lies outside, move it or write down why.",
);

/// The codes of a sheet that no other room declares.
///
/// ```
/// assert!(chemorad_case::CODES.iter().any(|code| code.name == "schedule.start_window"));
/// ```
pub const CODES: &[Code] = &[
    QUESTION,
    START_WINDOW,
    prescribed_drug::DRUG,
    prescribed_drug::REGIMEN,
    prescribed_drug::DAYS,
    prescribed_drug::FRACTIONS,
    earlier::STATED,
    earlier::TWICE,
    site::VALUE,
];

/// What a treatment sheet has to say.
///
/// ```
/// use chemorad::report::{Finding, Outcome};
/// use chemorad_case::SheetFinding;
/// let finding = Finding::from(SheetFinding::SeveralFractionsADay { count: 2 });
/// assert_eq!(finding.code(), "model.complete_repair_assumed");
/// assert_eq!(finding.found().as_deref(), Some("2 a day"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SheetFinding {
    /// BED and EQD2 without repair, though there are several fractions a day.
    SeveralFractionsADay {
        /// Fractions on each treatment day.
        count: u32,
    },
    /// Whether the first fraction lies in the protocol's days after the operation.
    StartWindow {
        /// The days after the operation.
        window: Span,
        /// The day of the first fraction; absent where the date of the operation is.
        day: Option<i32>,
        /// Whether the treatment itself has an operation, so that two could be meant.
        second_operation: bool,
    },
    /// Something the protocol leaves open for this patient.
    Question {
        /// Its name in the protocol.
        id: Text,
        /// The question.
        question: Text,
        /// Why the text does not settle it.
        why: Text,
    },
}

impl SheetFinding {
    fn start_outcome(window: Span, day: Option<i32>, second_operation: bool) -> Outcome {
        match day {
            None => Outcome::CannotTell,
            Some(_) if second_operation => Outcome::CannotTell,
            Some(day) if u32::try_from(day).is_ok_and(|day| window.contains(day)) => Outcome::Pass,
            Some(_) => Outcome::Fail,
        }
    }
}

impl Observation for SheetFinding {
    fn code(&self) -> &Code {
        match self {
            Self::SeveralFractionsADay { .. } => &COMPLETE_REPAIR_ASSUMED,
            Self::StartWindow { .. } => &START_WINDOW,
            Self::Question { .. } => &QUESTION,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::SeveralFractionsADay { .. } | Self::Question { .. } => Outcome::Warn,
            Self::StartWindow {
                window,
                day,
                second_operation,
            } => Self::start_outcome(*window, *day, *second_operation),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SeveralFractionsADay { .. } => Subject::input("fractions a day"),
            Self::StartWindow { .. } => Subject::input("start"),
            Self::Question { id, .. } => Subject::path(id.as_str()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::SeveralFractionsADay { count } => Values::found(format!("{count} a day")),
            Self::StartWindow {
                window,
                day,
                second_operation,
            } => {
                let expected = format!("day {} to {}", window.min(), window.max());
                let expected = Values::expected(expected);
                match day {
                    None => expected,
                    Some(day) if *second_operation => expected.and_found(format!(
                        "day {day} after the date given as calendar.excision"
                    )),
                    Some(day) => expected.and_found(format!("day {day}")),
                }
            }
            Self::Question { .. } => Values::default(),
        }
    }
}

impl fmt::Display for SheetFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::SeveralFractionsADay { .. } => {
                "BED and EQD2 on this sheet assume complete repair between fractions; with several a day late effects are larger than shown"
            }
            Self::StartWindow { day: None, .. } => {
                "the date of the operation is not given (calendar.excision), so the start window cannot be checked"
            }
            Self::StartWindow {
                second_operation: true,
                ..
            } => {
                "the treatment has a second operation, and the protocol does not say from which one the start window counts"
            }
            Self::StartWindow { .. } if self.outcome() == Outcome::Pass => {
                "the first fraction lies in the start window"
            }
            Self::StartWindow { .. } => "the first fraction lies outside the start window",
            Self::Question { question, why, .. } => return write!(f, "{question} {why}"),
        };
        f.write_str(words)
    }
}

//! Why it cannot be told what is prescribed.

use chemorad::radiotherapy::{CourseError, Fractionation, PhaseError};
use chemorad_protocol::UnsettledCourse;

/// Why it cannot be told what is prescribed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrescribedError {
    /// Neither arm nor option was named.
    #[error("which arm of {protocol}? There are: {choices}")]
    NoArm {
        /// The protocol.
        protocol: String,
        /// Its arms.
        choices: String,
    },
    /// No arm has this name.
    #[error("{protocol} has no arm {given:?}; there are: {choices}")]
    Arm {
        /// The protocol.
        protocol: String,
        /// What was given.
        given: String,
        /// Its arms.
        choices: String,
    },
    /// No option of the arm has this name.
    #[error("{place} has no option {given:?}; there are: {choices}")]
    Option {
        /// The arm, or the protocol.
        place: String,
        /// What was given.
        given: String,
        /// Its options.
        choices: String,
    },
    /// The arm offers several treatments.
    #[error(
        "arm {arm} offers more than one treatment, and which one was chosen is not in the protocol: name the treatment instead of the arm, after the slash of PROTOCOL/TREATMENT, or as the option; one of {choices}"
    )]
    ManyOptions {
        /// The arm.
        arm: String,
        /// Its options.
        choices: String,
    },
    /// Nothing to compare a plan with.
    #[error("option {0} gives no radiotherapy, so there is no plan to check")]
    NoRadiotherapy(String),
    /// The course is left open, or there are several.
    #[error(
        "option {option} does not settle on one course: give the course, one of {choices}{why}"
    )]
    ManyCourses {
        /// The option.
        option: String,
        /// The courses.
        choices: String,
        /// The question, where the text leaves it open.
        why: String,
    },
    /// The option has no course of this name.
    #[error("option {option} has no course {given:?}; there are: {choices}")]
    Course {
        /// The option.
        option: String,
        /// What was given.
        given: String,
        /// Its courses.
        choices: String,
    },
    /// The course has a dose, a modality or an enclosing volume that the protocol leaves open.
    #[error("course {course} is not settled: {why}{}", in_parentheses(choices))]
    Unsettled {
        /// The course.
        course: String,
        /// What is open.
        why: UnsettledCourse,
        /// The fractionations the protocol names for it; empty where it names none.
        choices: Vec<Fractionation>,
    },
    /// No phase of the course has this name.
    #[error("the course has no phase {given:?}; there are: {choices}")]
    Phase {
        /// What was given.
        given: String,
        /// Its phases.
        choices: String,
    },
    /// Some typed phases have a volume and others none.
    #[error(
        "some of the typed prescriptions name a volume and others do not: give every one its volume (NAME@VOLUME=45Gy/25), or none"
    )]
    SomeVolumes,
    /// The doses of a typed phase are no phase.
    #[error(transparent)]
    TypedPhase(#[from] PhaseError),
    /// The typed phases are no course.
    #[error(transparent)]
    Typed(#[from] CourseError),
}

fn in_parentheses(choices: &[Fractionation]) -> String {
    if choices.is_empty() {
        return String::new();
    }
    let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
    format!(
        " (it names {}); type the prescription that was chosen",
        choices.join(", ")
    )
}

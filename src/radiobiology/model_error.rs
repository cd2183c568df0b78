//! Why a model does not exist or cannot answer.

use alloc::string::String;

use jiff::civil::Date;

use crate::quantity::{AbsorbedDose, AlphaBeta};

/// Why a model does not exist or cannot answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Two parts whose combination the literature does not define.
    #[error(
        "incomplete repair and a linear tail together are not defined: no published formula says how fractions of one day interact above the transition dose; use one of them"
    )]
    RepairWithLinearTail,
    /// A second part of a kind.
    #[error(
        "the model already has {0}: K and D_prolif describe the same loss, and so do two half-times or two tails; give one"
    )]
    Twice(&'static str),
    /// A line that rises above the linear-quadratic curve.
    #[error(
        "final slope {slope} is steeper than the tangent {tangent} at {above} with alpha/beta {alpha_beta}: the line would give more effect than the linear-quadratic curve; use a slope up to the tangent"
    )]
    SteeperThanTangent {
        /// γ/α as given.
        slope: f64,
        /// `1 + 2 d_T/(α/β)`.
        tangent: f64,
        /// `d_T`.
        above: AbsorbedDose,
        /// α/β.
        alpha_beta: AlphaBeta,
    },
    /// Repopulation without a time.
    #[error(
        "repopulation needs the overall treatment time: give dates, or a number of days; it does not follow from the number of fractions"
    )]
    NoOverallTime,
    /// Several fractions a day without intervals.
    #[error(
        "incomplete repair needs the interval between the fractions of a day: give it, in hours"
    )]
    NoInterval,
    /// A day with more fractions than the pattern.
    #[error(
        "{date} has {fractions} fractions, the pattern of a day has {pattern}: give the intervals of that day"
    )]
    PatternTooShort {
        /// The day.
        date: Date,
        /// Its fractions, at least.
        fractions: u32,
        /// Those of the pattern.
        pattern: u32,
    },
    /// No fractionation, or a total outside the range.
    #[error("the doses must add up to more than 0 and at most 1000 Gy")]
    Dose,
    /// Numbers of fractions that do not go together exactly.
    #[error("too many different numbers of fractions to add up exactly")]
    TooManyPhases,
    /// A volume that is not declared or gets nothing.
    #[error("the course gives nothing to a volume {0:?}")]
    NoSuchVolume(String),
    /// Fractions that are not in order of date.
    #[error("{later} is listed after {earlier}: list fractions in order of date")]
    OutOfOrder {
        /// The date before it in the list.
        earlier: Date,
        /// The date out of order.
        later: Date,
    },
    /// A calendar of another course.
    #[error("the calendar has other fractions than the course: make it from this course")]
    OtherCalendar,
    /// A difference of effects of which one is a floor.
    #[error(
        "the losses of one of the schedules are larger than its effect: its BED is a floor of zero, and a difference to it has no meaning"
    )]
    BelowZero,
    /// An EQDx whose x lies in the linear tail.
    #[error(
        "EQD in fractions of {reference} is not defined: they lie above the transition dose {above}; use a reference of at most {above}"
    )]
    ReferenceAboveTransition {
        /// x.
        reference: AbsorbedDose,
        /// `d_T`.
        above: AbsorbedDose,
    },
}

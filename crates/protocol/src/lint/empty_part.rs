//! What can be without content in a protocol.

use core::fmt;

/// Something without content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptyPart {
    /// A text of the protocol or its source.
    Text,
    /// A name.
    Name,
    /// A field of a fact or a question.
    Field(&'static str),
    /// A criterion without a test, or with one that nobody meets.
    Criterion,
    /// A test that no value meets.
    FactTest,
    /// A part of a condition.
    ConditionPart,
    /// The risk features that a condition asks for.
    RiskFeatures,
    /// The arms.
    Arms,
    /// The options of an arm.
    Options,
    /// The actions of an option.
    Actions,
    /// The values that an amendment changes.
    AmendedValues,
    /// The phases of a course.
    Phases,
    /// The doses of a phase.
    PhaseDoses,
    /// A start window without weeks and days.
    StartWindow,
    /// The source of a table of limits.
    LimitSource,
    /// The rows of a table of limits.
    LimitRows,
    /// The structure of a limit.
    Structure,
}

impl fmt::Display for EmptyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "nothing is written here",
            Self::Name => "a name is empty",
            Self::Field(field) => return write!(f, "{field} is empty"),
            Self::Criterion => "a criterion must test something",
            Self::FactTest => "no value can meet the test",
            Self::ConditionPart => "a condition has an empty part",
            Self::RiskFeatures => "the protocol has no risk features",
            Self::Arms => "a protocol needs at least one arm",
            Self::Options => "an arm needs at least one option",
            Self::Actions => "an option needs at least one action",
            Self::AmendedValues => "an amendment changes at least one value",
            Self::Phases => "a course needs a phase",
            Self::PhaseDoses => "a phase needs the dose of a volume",
            Self::StartWindow => "a start window needs weeks or days",
            Self::LimitSource => "a table of limits needs its source",
            Self::LimitRows => "a table of limits needs a row",
            Self::Structure => "the structure has no name",
        })
    }
}

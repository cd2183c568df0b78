//! The ways to compensate, by name.

use core::fmt;

/// A way to compensate, in the order of the Royal College of Radiologists' guidance.
///
/// ```
/// use chemorad::gap::Method;
/// assert_eq!(Method::SecondFraction.to_string(), "second fraction on some days");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Overall time and fraction size are kept by treating on days outside the plan.
    ExtraDays,
    /// They are kept by a second fraction on some days.
    SecondFraction,
    /// Both together, tried where neither alone keeps overall time.
    ExtraDaysAndSecondFraction,
    /// The fractions that are left get the dose that reaches the tumour BED of the plan.
    DosePerFraction,
    /// They get the dose that keeps the late BED of the plan; the tumour gets what that gives.
    DoseWithinLate,
    /// The fewest fractions of the planned dose that reach the tumour BED of the plan.
    NumberOfFractions,
}

impl Method {
    /// Its name on a page.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ExtraDays => "weekend or other extra days",
            Self::SecondFraction => "second fraction on some days",
            Self::ExtraDaysAndSecondFraction => "extra days and second fractions",
            Self::DosePerFraction => "other dose per fraction",
            Self::DoseWithinLate => "dose per fraction within the late BED",
            Self::NumberOfFractions => "other number of fractions",
        }
    }
}

/// Its name on a page.
impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.title())
    }
}

//! Limits of a target against its dose.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad::written;
use chemorad_dosimetry::OtherLimit;

use super::words::hundredfold;
use crate::amount::Amount;
use crate::codes;
use crate::dose_unknown::TOO_LONG;

/// So many times the largest dose of the course, no limit is in the same unit: this project's choice.
pub(crate) const OTHER_UNIT: u32 = 10;

/// A limit of an organ, or of a warning, that is so far above all that is prescribed that its unit is in doubt.
#[derive(Debug, Clone)]
pub struct FarLimit {
    /// The plan.
    pub plan: Identifying<String>,
    /// The dose reference.
    pub of: Identifying<String>,
    /// Which limit.
    pub what: OtherLimit,
    /// Its dose.
    pub limit: Amount,
    /// The largest dose that the course prescribes.
    pub largest: Amount,
}

impl Observation for FarLimit {
    fn code(&self) -> &Code {
        &codes::TARGET_LIMITS
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::source(self.plan.clone()).part(Subject::target(self.of.clone()))
    }

    fn values(&self) -> Values {
        Values::expected(written!("at most {} x {}", OTHER_UNIT, self.largest))
            .and_found(written!("{} {}", self.what, self.limit))
    }
}

impl fmt::Display for FarLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the {} of the plan is more than ten times the largest dose of the course: is it in another unit, such as centigray? Nothing is held against it here",
            self.what
        )
    }
}

/// A limit that a plan states for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetLimit {
    /// Target Minimum Dose.
    Minimum,
    /// Target Maximum Dose.
    Maximum,
    /// Delivery Maximum Dose.
    DeliveryMaximum,
}

/// Whether a limit allows the dose of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitFit {
    /// It does.
    Allows,
    /// It does not.
    Excludes,
    /// It does, and is so far away that its unit is in doubt.
    FarAway,
    /// The numbers have too many digits.
    TooLong,
}

pub(super) fn target_limit(
    f: &mut fmt::Formatter<'_>,
    which: TargetLimit,
    fits: LimitFit,
    limit: Amount,
    dose: Amount,
) -> fmt::Result {
    if fits == LimitFit::TooLong {
        return f.write_str(TOO_LONG);
    }
    f.write_str(match which {
        TargetLimit::Minimum => "the least dose the plan allows the target",
        TargetLimit::Maximum => "the largest dose the plan allows the target",
        TargetLimit::DeliveryMaximum => "the dose at which delivery to the target stops",
    })?;
    f.write_str(match (fits, which) {
        (LimitFit::Allows | LimitFit::TooLong, TargetLimit::Minimum) => " is not above its dose",
        (LimitFit::Allows | LimitFit::TooLong, _) => " is not below its dose",
        (LimitFit::Excludes, TargetLimit::Minimum) => " is above its dose",
        (LimitFit::Excludes, _) => " is below its dose",
        (LimitFit::FarAway, TargetLimit::Minimum) => " is less than half of its dose",
        (LimitFit::FarAway, _) => " is more than twice its dose",
    })?;
    let is_unit = limit.is_multiple(dose, 100) || dose.is_multiple(limit, 100);
    match fits {
        LimitFit::Allows => Ok(()),
        _ if is_unit => hundredfold(f, limit, dose),
        LimitFit::FarAway => f.write_str(": is it in another unit?"),
        LimitFit::Excludes | LimitFit::TooLong => Ok(()),
    }
}

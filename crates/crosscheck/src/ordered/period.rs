//! The dates of a dispensing period.

use core::fmt;

use chemorad::capecitabine::DispensingPeriod;
use jiff::civil::Date;

/// The dates of a dispensing period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day of intake.
    pub first: Date,
    /// Its last day of intake.
    pub last: Date,
    /// Days of intake.
    pub days: u32,
}

impl From<&DispensingPeriod> for Period {
    fn from(period: &DispensingPeriod) -> Self {
        let DispensingPeriod {
            first, last, days, ..
        } = *period;
        Self { first, last, days }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last, days } = self;
        write!(f, "{first} to {last}, days of intake: {days}")
    }
}

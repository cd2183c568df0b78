//! The codes that a row has, by outcome, without words.

use crate::patient;
use crate::report::{Code, Finding, Observation, Outcome};

use super::super::codes::CODES;

/// Every code that a row can have.
const COUNT: usize = patient::CODES.len() + CODES.len();

/// A bit for each code.
const _: () = assert!(COUNT <= 64);

fn entry(index: usize) -> Option<&'static Code> {
    let own = index.checked_sub(patient::CODES.len());
    own.map_or_else(|| patient::CODES.get(index), |own| CODES.get(own))
}

/// The codes that a row has, each with its outcomes: what
/// [`CapecitabineOrder::findings`](crate::capecitabine::CapecitabineOrder::findings) says of the same
/// patient, without the words.
///
/// ```
/// use chemorad::capecitabine::columns::RowFindings;
/// use chemorad::report::Outcome;
/// assert_eq!(RowFindings::NONE.outcome(), Outcome::Pass);
/// assert_eq!(RowFindings::NONE.codes().count(), 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RowFindings {
    pass: u64,
    warn: u64,
    cannot_tell: u64,
    fail: u64,
}

impl RowFindings {
    /// Nothing was found.
    pub const NONE: Self = Self {
        pass: 0,
        warn: 0,
        cannot_tell: 0,
        fail: 0,
    };

    pub(super) fn add(&mut self, outcome: Outcome, code: &Code) {
        let known = patient::CODES.iter().chain(CODES);
        let Some(index) = known.into_iter().position(|known| known.name == code.name) else {
            return;
        };
        let bit = 1_u64 << index;
        match outcome {
            Outcome::Fail => self.fail |= bit,
            Outcome::CannotTell => self.cannot_tell |= bit,
            Outcome::Warn => self.warn |= bit,
            Outcome::Pass | Outcome::NotApplicable => self.pass |= bit,
        }
    }

    pub(super) fn observe(&mut self, observation: &impl Observation) {
        self.add(observation.outcome(), observation.code());
    }

    pub(super) fn find(&mut self, finding: &Finding) {
        self.add(finding.outcome, finding.entry());
    }

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            pass: self.pass | other.pass,
            warn: self.warn | other.warn,
            cannot_tell: self.cannot_tell | other.cannot_tell,
            fail: self.fail | other.fail,
        }
    }

    /// The worst of them; pass where there are none.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        if self.fail != 0 {
            Outcome::Fail
        } else if self.cannot_tell != 0 {
            Outcome::CannotTell
        } else if self.warn != 0 {
            Outcome::Warn
        } else {
            Outcome::Pass
        }
    }

    /// Each code with its outcome, the worst first.
    pub fn codes(self) -> impl Iterator<Item = (Outcome, &'static Code)> {
        [
            (Outcome::Fail, self.fail),
            (Outcome::CannotTell, self.cannot_tell),
            (Outcome::Warn, self.warn),
            (Outcome::Pass, self.pass),
        ]
        .into_iter()
        .flat_map(|(outcome, bits)| {
            Bits(bits).filter_map(move |index| Some((outcome, entry(index)?)))
        })
    }
}

/// The places of the bits that are set, from the lowest.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let lowest = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(lowest as usize)
    }
}

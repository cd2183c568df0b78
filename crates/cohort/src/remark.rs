//! What there is to say of a row beyond the order.

use chemorad::report::{Code, Outcome};

use crate::codes;

/// One thing to say of a row.
///
/// ```
/// use chemorad_cohort::Remark;
/// assert_eq!(Remark::IdTwice.code().name, "cohort.id_twice");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Remark {
    /// A cell cannot be read.
    Unreadable,
    /// Too many or too few cells.
    RowLength,
    /// Two columns give one value.
    TwoValues,
    /// A cell is too long.
    LongCell,
    /// A quote is not closed.
    UnclosedQuote,
    /// An earlier row has the identifier.
    IdTwice,
    /// The order in the row differs, within the tolerance.
    OtherOrder,
    /// The order in the row differs by more than the tolerance, or the rules leave no dose.
    WrongOrder,
    /// What was dispensed differs.
    Dispensed,
    /// The planned course differs.
    Course,
}

impl Remark {
    const ALL: [Self; 10] = [
        Self::WrongOrder,
        Self::Dispensed,
        Self::Course,
        Self::Unreadable,
        Self::RowLength,
        Self::TwoValues,
        Self::LongCell,
        Self::UnclosedQuote,
        Self::IdTwice,
        Self::OtherOrder,
    ];

    /// The entry in the catalogue.
    #[must_use]
    pub const fn code(self) -> &'static Code {
        match self {
            Self::Unreadable => &codes::UNREADABLE,
            Self::RowLength => &codes::ROW_LENGTH,
            Self::TwoValues => &codes::TWO_VALUES,
            Self::LongCell => &codes::LONG_CELL,
            Self::UnclosedQuote => &codes::UNCLOSED_QUOTE,
            Self::IdTwice => &codes::ID_TWICE,
            Self::OtherOrder | Self::WrongOrder => &codes::ORDERED,
            Self::Dispensed => &codes::DISPENSED,
            Self::Course => &codes::COURSE,
        }
    }

    /// What it makes of the row.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::WrongOrder | Self::Dispensed | Self::Course => Outcome::Fail,
            Self::IdTwice | Self::OtherOrder => Outcome::Warn,
            _ => Outcome::CannotTell,
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// All that there is to say of a row beyond the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Remarks(u16);

impl Remarks {
    /// Nothing.
    pub(crate) const NONE: Self = Self(0);

    /// Whether the row cannot be read.
    pub(crate) fn is_refusal(self) -> bool {
        self.iter()
            .any(|remark| remark.outcome() == Outcome::CannotTell)
    }

    /// Adds one.
    pub(crate) fn add(&mut self, remark: Remark) {
        self.0 |= remark.bit();
    }

    /// Whether one is among them.
    #[must_use]
    pub const fn has(self, remark: Remark) -> bool {
        self.0 & remark.bit() != 0
    }

    /// Those that there are, the worst first.
    pub fn iter(self) -> impl Iterator<Item = Remark> {
        Remark::ALL
            .into_iter()
            .filter(move |remark| self.has(*remark))
    }
}

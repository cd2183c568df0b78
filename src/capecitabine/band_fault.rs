//! What is wrong with a table of doses by body surface area.

use core::fmt;

/// What is wrong with a table, and in which row (the first is row 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BandFault {
    /// No rows.
    NoRows,
    /// The row has no beginning, or the row before it no end, in the middle of the table.
    OpenInside(usize),
    /// The row ends where it begins, or before.
    Inverted(usize),
    /// The row begins after the row before it ends.
    Gap(usize),
    /// The row begins before the row before it ends.
    Overlap(usize),
    /// The row has a smaller dose than the row before it.
    DoseFalls(usize),
    /// The row goes by another scale than the first bound: body surface area and calculated dose.
    TwoScales(usize),
    /// No administration or more than 4 a day.
    AdministrationsPerDay,
    /// A list of dose intensities without any.
    CoversNothing,
    /// No label or no source.
    Unnamed,
}

impl fmt::Display for BandFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRows => f.write_str("it has no bands"),
            Self::OpenInside(row) => write!(
                f,
                "there is an open end before band {row}; only the first band may have no `from`, \
                 only the last no `to`"
            ),
            Self::Inverted(row) => write!(f, "band {row} ends before it begins"),
            Self::Gap(row) => write!(
                f,
                "there is a gap before band {row}: a band begins where the one before it ends \
                 (bands printed as 1.26-1.37 and 1.38-1.51 meet at 1.38)"
            ),
            Self::Overlap(row) => write!(f, "band {row} overlaps the one before it"),
            Self::DoseFalls(row) => write!(f, "the dose falls at band {row}"),
            Self::TwoScales(row) => write!(
                f,
                "band {row} goes by another scale than the first bound: a table is by body surface area \
                 (m2) or by calculated dose (mg)"
            ),
            Self::Unnamed => f.write_str("label or source is empty"),
            Self::CoversNothing => f.write_str(
                "it covers an empty list: name the dose intensities its doses stand for, or write \
                 any_intensity or not_stated",
            ),
            Self::AdministrationsPerDay => {
                f.write_str(
                    "a table is for 1 to 4 administrations a day; only one by calculated dose may leave \
                     the number out",
                )
            }
        }
    }
}

//! What there is to say of a whole file.

use std::fmt;

use chemorad::capecitabine::Regimen;
use chemorad::report::{Code, Observation, Outcome, Subject};

use crate::arm::Arms;
use crate::codes;
use crate::cohort::Cohort;
use crate::column::Column;
use crate::tally::Tally;

/// What there is to say of a whole file.
///
/// ```
/// use chemorad::report::{Finding, Outcome};
/// use chemorad_cohort::FileFinding;
///
/// let finding = Finding::from(FileFinding::NoOrder { dispensed: false });
/// assert_eq!(finding.outcome, Outcome::Warn);
/// assert!(finding.message().contains("nothing that somebody ordered was compared"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileFinding {
    /// A header and no rows.
    NoRows,
    /// No column of orders.
    NoOrder {
        /// What was dispensed is compared with the expected order.
        dispensed: bool,
    },
    /// Doses, and no column of how often a day.
    NoFrequency,
    /// Days of intake, and no column of what was dispensed.
    NoDispensed,
    /// Courses, and nothing to compare them with.
    NoCourse,
    /// A regimen that the protocol leaves open.
    RegimenByHand {
        /// The one that was given.
        regimen: Regimen,
        /// The arms that it is for.
        arms: Vec<String>,
    },
    /// A column that seems to say more of an order, and is not read.
    NotRead {
        /// Its name.
        column: String,
    },
}

impl Observation for FileFinding {
    fn code(&self) -> &Code {
        match self {
            Self::NoRows => &codes::NO_ROWS,
            Self::NoOrder { .. } => &codes::NO_ORDER,
            Self::NoFrequency => &codes::NO_FREQUENCY,
            Self::NoDispensed => &codes::NO_DISPENSED,
            Self::NoCourse => &codes::NO_COURSE,
            Self::RegimenByHand { .. } => &codes::REGIMEN_BY_HAND,
            Self::NotRead { .. } => &codes::NOT_READ,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::NoRows => Outcome::CannotTell,
            Self::NoOrder { .. }
            | Self::NoFrequency
            | Self::NoDispensed
            | Self::NoCourse
            | Self::RegimenByHand { .. }
            | Self::NotRead { .. } => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::RegimenByHand { .. } => Subject::Input("dose intensity"),
            Self::NotRead { column } => Subject::Given(format!("column {column}")),
            _ => Subject::Input("file"),
        }
    }
}

impl fmt::Display for FileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RegimenByHand { regimen, arms } => {
                return write!(
                    f,
                    "the protocol leaves it open ({}): every row is compared with {regimen}, as it was given",
                    arms.join(", ")
                );
            }
            Self::NoRows => "no row stands below the header: nothing was compared",
            Self::NoOrder { dispensed: false } => {
                "no column of an order: nothing that somebody ordered was compared. Known are ordered, ordered_mg, and \
                 EXDOSE with EXDOSU and EXDOSFRQ"
            }
            Self::NoOrder { dispensed: true } => {
                "no column of an order: what was dispensed is compared with the expected order, and nothing that \
                 somebody ordered"
            }
            Self::NoFrequency => {
                "no column says how often a day ordered_mg is taken: the dose of one administration was compared, and \
                 how often was not. Known are ordered_frequency, and ordered in words"
            }
            Self::NoDispensed => {
                "days stand without what was dispensed for them: no supply was compared. Known are dispensed and dispensed_mg"
            }
            Self::NoCourse => {
                "the courses are compared with nothing: neither another column of courses nor a protocol is there"
            }
            Self::NotRead { .. } => {
                "it seems to belong to an order and is not read: nothing in it was compared"
            }
        })
    }
}

impl Cohort {
    /// What there is to say of the whole file, given what its rows add up to.
    #[must_use]
    pub fn findings(&self, tally: &Tally) -> Vec<FileFinding> {
        let layout = self.layout();
        let mut found = Vec::new();
        if tally.rows() == 0 {
            found.push(FileFinding::NoRows);
        }
        if layout.has_orders() && !layout.has(Column::is_order) {
            let dispensed = layout.has(Column::is_dispensed);
            found.push(FileFinding::NoOrder { dispensed });
        }
        let has = |wanted| layout.has(|column| column == wanted);
        // a column of how often that is not read is said already, or left out by name
        let seems_often = layout.unused().iter().any(|name| {
            let name = name.to_lowercase();
            name.contains("freq") || name.contains("frq")
        });
        if has(Column::Ordered) && !has(Column::Frequency) && !seems_often {
            found.push(FileFinding::NoFrequency);
        }
        if has(Column::Days) && !layout.has(Column::is_dispensed) {
            found.push(FileFinding::NoDispensed);
        }
        if layout.has_courses() && self.arms().is_none() && !layout.has_both_courses() {
            found.push(FileFinding::NoCourse);
        }
        let by_hand = self.arms().filter(|_| layout.has_orders());
        let by_hand = by_hand.map(Arms::settled_by_hand).unwrap_or_default();
        let by_hand = by_hand.into_iter();
        found.extend(by_hand.map(|(regimen, arms)| FileFinding::RegimenByHand { regimen, arms }));
        let not_read = layout.beside_orders().map(|column| FileFinding::NotRead {
            column: column.to_string(),
        });
        found.extend(not_read.filter(|_| layout.has_orders()));
        found
    }
}

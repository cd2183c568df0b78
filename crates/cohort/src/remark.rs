//! What there is to say of a row beyond the order.

use chemorad::radiotherapy::{self, CalendarFinding};
use chemorad::report::{Code, Observation as _, Outcome};
use chemorad_crosscheck::{ORDER_CODES, OrderFinding};

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
    /// A cell may hold whole lines, because a quote is not closed.
    SwallowedLines,
    /// A line of JSON has a name that the first line has not.
    Names,
    /// An earlier row has the identifier.
    IdTwice,
    /// The row has no identifier, and the file has a column of them.
    IdMissing,
    /// The order in the row differs, within the tolerance.
    OtherOrder,
    /// The order in the row differs by more than the tolerance, or the rules leave no dose.
    WrongOrder,
    /// The file has a column of orders, and the row has no order, or none that says how often.
    EnteredMissing,
    /// The file has a column of what was dispensed, and the row has nothing.
    DispensedMissing,
    /// With the weight in pounds the order would be right.
    Pounds,
    /// With the height in inches or metres the order would be right.
    HeightUnit,
    /// The dose of a day and that of an administration seem to be mixed up.
    DoseOfDay,
    /// The amount seems to be in grams, or grams in milligrams.
    DoseUnit,
    /// The dates have too few days for the fractions.
    Overall,
    /// The dates are much longer than the fractions take.
    OverallLong,
    /// The last fraction is later than the calendar of the site gives.
    OverallLater,
    /// The first date is none on which the site treats.
    StartDay,
    /// The first date is a day off, and no site says on which days it treats.
    StartDayOpen,
    /// The last date is a day off.
    EndDay,
    /// The dates were planned without holidays.
    NoHolidays,
    /// None of the holidays of the site is in the course.
    HolidaysUnused,
    /// The holidays of a year of the course are missing.
    HolidaysOfOtherYear,
    /// Many days in a row without a fraction.
    LongClosure,
    /// The days of intake are others than the course has.
    Days,
    /// The days of intake are more than the dates have, and nothing says which days they are.
    DaysOpen,
    /// What was dispensed differs.
    Dispensed,
    /// What should have been dispensed is not known.
    DispensedUnknown,
    /// A spreadsheet takes the identifier for a formula.
    Formula,
    /// The planned course differs.
    Course,
    /// There is no course to compare with.
    CourseUnknown,
    /// The arm settles nothing.
    Arm,
    /// The last fraction is before the first, or long after it.
    Dates,
    /// The start is outside the window of the protocol.
    Start,
    /// One of the dates of the window is not given.
    StartUnknown,
    /// A rule stops the drug that is ordered.
    OrderStopped,
    /// The rules cannot tell, so that no order can be judged.
    OrderUntold,
    /// It is taken another number of times a day.
    OrderFrequency,
    /// Another dose of one administration.
    OrderDose,
    /// The same, within the tolerance.
    OrderDoseNear,
    /// Another dose of a day.
    OrderDay,
    /// The same, within the tolerance.
    OrderDayNear,
    /// Tablets that are not in stock, or do not make the order.
    OrderTablets,
    /// Tablets that make it, and are not the fewest.
    OrderTabletsOther,
    /// Tablets for other days.
    OrderSupply,
    /// The days are not known.
    OrderDaysUnknown,
}

impl Remark {
    /// The worst first.
    const ALL: [Self; 49] = [
        Self::WrongOrder,
        Self::OrderStopped,
        Self::OrderFrequency,
        Self::OrderDose,
        Self::OrderDay,
        Self::OrderTablets,
        Self::OrderSupply,
        Self::Dispensed,
        Self::Course,
        Self::Overall,
        Self::Start,
        Self::StartDay,
        Self::Days,
        Self::Unreadable,
        Self::RowLength,
        Self::TwoValues,
        Self::LongCell,
        Self::UnclosedQuote,
        Self::SwallowedLines,
        Self::Names,
        Self::Arm,
        Self::CourseUnknown,
        Self::Dates,
        Self::OverallLong,
        Self::StartUnknown,
        Self::StartDayOpen,
        Self::DaysOpen,
        Self::OrderUntold,
        Self::OrderDaysUnknown,
        Self::DispensedUnknown,
        Self::EnteredMissing,
        Self::DispensedMissing,
        Self::Pounds,
        Self::HeightUnit,
        Self::DoseOfDay,
        Self::DoseUnit,
        Self::OverallLater,
        Self::EndDay,
        Self::NoHolidays,
        Self::HolidaysUnused,
        Self::HolidaysOfOtherYear,
        Self::LongClosure,
        Self::IdTwice,
        Self::IdMissing,
        Self::Formula,
        Self::OtherOrder,
        Self::OrderDoseNear,
        Self::OrderDayNear,
        Self::OrderTabletsOther,
    ];

    /// The entry in the catalogue.
    #[must_use]
    pub fn code(self) -> &'static Code {
        match self {
            Self::Unreadable => &codes::UNREADABLE,
            Self::RowLength => &codes::ROW_LENGTH,
            Self::TwoValues => &codes::TWO_VALUES,
            Self::LongCell => &codes::LONG_CELL,
            Self::UnclosedQuote => &codes::UNCLOSED_QUOTE,
            Self::SwallowedLines => &codes::SWALLOWED_LINES,
            Self::Names => &codes::NAMES,
            Self::IdTwice => &codes::ID_TWICE,
            Self::IdMissing => &codes::ID_MISSING,
            Self::OtherOrder | Self::WrongOrder => &codes::ORDERED,
            Self::Dispensed | Self::DispensedUnknown => &codes::DISPENSED,
            Self::EnteredMissing => &codes::ORDER_MISSING,
            Self::DispensedMissing => &codes::DISPENSED_MISSING,
            Self::Pounds => &codes::WEIGHT_UNIT,
            Self::HeightUnit => &codes::HEIGHT_UNIT,
            Self::DoseOfDay => &codes::DOSE_OF_DAY,
            Self::DoseUnit => &codes::DOSE_UNIT,
            Self::Overall | Self::OverallLong | Self::OverallLater => &codes::OVERALL_TIME,
            Self::Formula => &codes::FORMULA,
            Self::Course | Self::CourseUnknown => &codes::COURSE,
            Self::Arm => &codes::ARM,
            Self::Dates => &codes::DATES,
            Self::Start | Self::StartUnknown => &codes::START,
            Self::StartDay | Self::StartDayOpen | Self::EndDay => &codes::TREATMENT_DAY,
            Self::NoHolidays => of_calendar("schedule.no_holidays"),
            Self::HolidaysUnused => of_calendar("schedule.holidays_unused"),
            Self::HolidaysOfOtherYear => of_calendar("schedule.holidays_other_year"),
            Self::LongClosure => of_calendar("schedule.long_closure"),
            Self::Days | Self::DaysOpen => &codes::DAYS,
            Self::OrderStopped | Self::OrderUntold => of_order("order.allowed"),
            Self::OrderFrequency => of_order("order.frequency"),
            Self::OrderDose | Self::OrderDoseNear => of_order("order.dose"),
            Self::OrderDay | Self::OrderDayNear => of_order("order.day"),
            Self::OrderTablets | Self::OrderTabletsOther => of_order("order.tablets"),
            Self::OrderSupply | Self::OrderDaysUnknown => of_order("order.supply"),
        }
    }

    /// What it makes of the row.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::WrongOrder
            | Self::Dispensed
            | Self::Course
            | Self::Overall
            | Self::Start
            | Self::StartDay
            | Self::Days
            | Self::OrderStopped
            | Self::OrderFrequency
            | Self::OrderDose
            | Self::OrderDay
            | Self::OrderTablets
            | Self::OrderSupply => Outcome::Fail,
            Self::IdTwice
            | Self::IdMissing
            | Self::Formula
            | Self::Pounds
            | Self::HeightUnit
            | Self::DoseOfDay
            | Self::DoseUnit
            | Self::OverallLater
            | Self::EndDay
            | Self::NoHolidays
            | Self::HolidaysUnused
            | Self::HolidaysOfOtherYear
            | Self::LongClosure
            | Self::OtherOrder
            | Self::OrderDoseNear
            | Self::OrderDayNear
            | Self::OrderTabletsOther => Outcome::Warn,
            _ => Outcome::CannotTell,
        }
    }

    /// Whether nothing is calculated for the row.
    const fn is_refusal(self) -> bool {
        matches!(
            self,
            Self::Unreadable
                | Self::RowLength
                | Self::TwoValues
                | Self::LongCell
                | Self::UnclosedQuote
                | Self::SwallowedLines
                | Self::Names
                | Self::Arm
        )
    }

    /// What a finding of an order says of the row; none where it passed.
    pub(crate) fn of_order(finding: &OrderFinding) -> Option<Self> {
        let outcome = finding.outcome();
        if outcome == Outcome::Pass {
            return None;
        }
        let near = outcome == Outcome::Warn;
        Some(match finding {
            OrderFinding::NoDose { stopped: true } => Self::OrderStopped,
            OrderFinding::Frequency { .. } => Self::OrderFrequency,
            OrderFinding::Dose { .. } if near => Self::OrderDoseNear,
            OrderFinding::Dose { .. } => Self::OrderDose,
            OrderFinding::Day { .. } if near => Self::OrderDayNear,
            OrderFinding::Day { .. } => Self::OrderDay,
            OrderFinding::Tablets { .. } if near => Self::OrderTabletsOther,
            OrderFinding::OtherStrengths { .. }
            | OrderFinding::NotInStock { .. }
            | OrderFinding::BeyondLimit { .. }
            | OrderFinding::NotMade { .. }
            | OrderFinding::Tablets { .. } => Self::OrderTablets,
            OrderFinding::Supply { .. } => Self::OrderSupply,
            OrderFinding::DaysUnknown { .. } => Self::OrderDaysUnknown,
            _ => Self::OrderUntold,
        })
    }

    /// What a finding of planned dates says of the row; none where planned dates have no such finding.
    pub(crate) const fn of_calendar(finding: &CalendarFinding) -> Option<Self> {
        Some(match finding {
            CalendarFinding::PlannedWithoutHolidays => Self::NoHolidays,
            CalendarFinding::HolidaysUnused { .. } => Self::HolidaysUnused,
            CalendarFinding::HolidaysOfOtherYear { .. } => Self::HolidaysOfOtherYear,
            CalendarFinding::LongClosure { .. } => Self::LongClosure,
            _ => return None,
        })
    }

    const fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// The entry of an order's check, by its name.
fn of_order(name: &str) -> &'static Code {
    let mut all = ORDER_CODES.iter();
    all.find(|code| code.name == name)
        .unwrap_or(&codes::ORDERED)
}

/// The entry of a finding of dates, by its name.
fn of_calendar(name: &str) -> &'static Code {
    let mut all = radiotherapy::CODES.iter();
    all.find(|code| code.name == name).unwrap_or(&codes::DATES)
}

/// All that there is to say of a row beyond the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Remarks(u64);

impl Remarks {
    /// Nothing.
    pub(crate) const NONE: Self = Self(0);

    /// Whether the row cannot be read.
    pub(crate) fn is_refusal(self) -> bool {
        self.0 != 0 && self.iter().any(Remark::is_refusal)
    }

    /// Whether the row cannot be read for another reason than its arm.
    pub(crate) fn is_refusal_beside_arm(self) -> bool {
        Self(self.0 & !Remark::Arm.bit()).is_refusal()
    }

    /// Those of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_remark_is_listed_once_with_its_code() {
        let mut bits = 0;
        for remark in Remark::ALL {
            assert_eq!(bits & remark.bit(), 0, "{remark:?}");
            bits |= remark.bit();
            let is_of_order = format!("{remark:?}").starts_with("Order");
            let of_calendar = remark.code().name.starts_with("schedule.");
            let is_named = ["Holidays", "LongClosure"];
            let is_named = is_named
                .iter()
                .any(|name| format!("{remark:?}").contains(name));
            assert_eq!(of_calendar, is_named, "{remark:?}");
            assert_eq!(
                remark.code().name.starts_with("order."),
                is_of_order,
                "{remark:?}"
            );
        }
        assert_eq!(bits, (1 << Remark::ALL.len()) - 1);
    }

    #[test]
    fn the_worst_is_first() {
        let rank = |remark: Remark| match remark.outcome() {
            Outcome::Fail => 0,
            Outcome::CannotTell => 1,
            _ => 2,
        };
        assert!(Remark::ALL.is_sorted_by_key(|remark| rank(*remark)));
    }
}

//! The columns of numbers in the records.

use crate::batch::InputRow;
use crate::dates::span;
use crate::judged::Judged;

/// A column of numbers in the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    Bmi,
    Area,
    Clearance,
    Calculated,
    Ordered,
    /// Tablets of the strength at this place.
    Tablets(usize),
    Deviation,
    Entered,
    EnteredPerDay,
    EnteredDeviation,
    EnteredTimes,
    Dispensed,
    Eqd2,
    StartDay,
    OverallDays,
}

impl Number {
    /// What the column is, for a reader.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Bmi => "body-mass index, kg/m2",
            Self::Area => "body surface area, m2",
            Self::Clearance => "creatinine clearance by Cockcroft and Gault, mL/min",
            Self::Calculated => {
                "expected: calculated dose of one administration after rules and before caps, mg"
            }
            Self::Ordered => {
                "expected: what tablets and rounding make of the calculated dose, mg; not the order in the file"
            }
            Self::Tablets(_) => "expected: tablets of this strength at one administration",
            Self::Deviation => "expected: deviation of ordered_mg from calculated_mg, percent",
            Self::Entered => "from the file: ordered dose of one administration, mg",
            Self::EnteredPerDay => "from the file: ordered dose of a day, mg",
            Self::EnteredDeviation => {
                "deviation of the order in the file from the calculated dose, of one administration or of a day, whichever is larger, percent"
            }
            Self::EnteredTimes => "from the file: administrations a day",
            Self::Dispensed => "from the file: what was dispensed in all, mg",
            Self::Eqd2 => "EQD2 of the planned course, or else of the prescribed one, Gy",
            Self::StartDay => "days from the event to the first fraction",
            Self::OverallDays => "days from the first fraction to the last, both counted",
        }
    }
}

/// Its value in a row; NaN where there is none.
pub(crate) fn of(number: Number, input: &InputRow, judged: &Judged) -> f64 {
    let order = &judged.order;
    match number {
        Number::Bmi => order.bmi,
        Number::Area => order.bsa_m2,
        Number::Clearance => order.creatinine_clearance_ml_min,
        Number::Calculated => order.calculated_mg,
        Number::Ordered => order.ordered_mg,
        Number::Tablets(at) => order.tablets.get(at).copied().unwrap_or(f64::NAN),
        Number::Deviation => order.deviation_percent,
        Number::Entered => input.entered_mg,
        Number::EnteredDeviation => judged.entered_deviation_percent,
        Number::EnteredPerDay => judged.entered_per_day_mg,
        Number::EnteredTimes if input.times == 0 => f64::NAN,
        Number::EnteredTimes => f64::from(input.times),
        Number::Dispensed => input.dispensed_mg,
        Number::Eqd2 => input.eqd2_gy,
        Number::StartDay => span(input.event, input.start, 0),
        // dates in the wrong order have a code, and no length
        Number::OverallDays => match span(input.start, input.end, 1) {
            days if days < 1.0 => f64::NAN,
            days => days,
        },
    }
}

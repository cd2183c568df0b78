//! One patient of a cohort in numbers, and the order.

use crate::patient::{CreatinineUnit, DpydStatus, Sex};

use super::super::stock::MOST_STRENGTHS;
use super::fault::RowFault;
use super::row_findings::RowFindings;

/// One patient of a cohort. NaN and none are "not given", never "normal".
///
/// ```
/// use chemorad::capecitabine::columns::PatientRow;
/// let row = PatientRow::new(170.0, 70.0);
/// assert!(row.age_years.is_nan() && row.sex.is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PatientRow {
    /// Height, cm.
    pub height_cm: f64,
    /// Weight, kg.
    pub weight_kg: f64,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in completed years.
    pub age_years: f64,
    /// Serum creatinine, in the unit that goes with it.
    pub creatinine: f64,
    /// The unit of the serum creatinine.
    pub creatinine_unit: CreatinineUnit,
    /// DPYD status.
    pub dpyd: Option<DpydStatus>,
}

impl PatientRow {
    /// A body size, and nothing else given.
    #[must_use]
    pub const fn new(height_cm: f64, weight_kg: f64) -> Self {
        Self {
            height_cm,
            weight_kg,
            sex: None,
            age_years: f64::NAN,
            creatinine: f64::NAN,
            creatinine_unit: CreatinineUnit::MicromolesPerLiter,
            dpyd: None,
        }
    }
}

/// The order of one row in numbers. What the row does not have is NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderedRow {
    /// Body-mass index, kg/m².
    pub bmi: f64,
    /// Body surface area, m².
    pub bsa_m2: f64,
    /// Creatinine clearance, mL/min.
    pub creatinine_clearance_ml_min: f64,
    /// The calculated dose of one administration after rules and before caps, mg.
    pub calculated_mg: f64,
    /// The same after caps, mg: what is rounded to tablets.
    pub capped_mg: f64,
    /// What is ordered for one administration, mg.
    pub ordered_mg: f64,
    /// 100 (ordered - calculated) / calculated, from the calculated dose before caps.
    pub deviation_percent: f64,
    /// The tablets of each strength of the stock, the largest first; NaN behind the last strength.
    pub tablets: [f64; MOST_STRENGTHS],
    /// Why the row is refused.
    pub fault: Option<RowFault>,
    /// What was found.
    pub findings: RowFindings,
}

impl OrderedRow {
    /// A row of which nothing is known.
    pub const EMPTY: Self = Self {
        bmi: f64::NAN,
        bsa_m2: f64::NAN,
        creatinine_clearance_ml_min: f64::NAN,
        calculated_mg: f64::NAN,
        capped_mg: f64::NAN,
        ordered_mg: f64::NAN,
        deviation_percent: f64::NAN,
        tablets: [f64::NAN; MOST_STRENGTHS],
        fault: None,
        findings: RowFindings::NONE,
    };
}

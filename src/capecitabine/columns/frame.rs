//! Columns in and columns out.

use alloc::vec::Vec;

use crate::patient::{CreatinineUnit, DpydStatus, Sex};

use super::fault::RowFault;
use super::row::{OrderedRow, PatientRow};
use super::row_findings::RowFindings;
use super::rules::CohortRules;

/// The columns of a cohort. A column that is not given is in no row; NaN and none are "not given" in a row.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PatientColumns<'a> {
    /// Height, cm.
    pub height_cm: &'a [f64],
    /// Weight, kg.
    pub weight_kg: &'a [f64],
    /// Sex.
    pub sex: Option<&'a [Option<Sex>]>,
    /// Age in completed years.
    pub age_years: Option<&'a [f64]>,
    /// Serum creatinine with the unit of the column.
    pub creatinine: Option<(&'a [f64], CreatinineUnit)>,
    /// DPYD status.
    pub dpyd: Option<&'a [Option<DpydStatus>]>,
}

impl<'a> PatientColumns<'a> {
    /// Body sizes, and nothing else given.
    #[must_use]
    pub const fn new(height_cm: &'a [f64], weight_kg: &'a [f64]) -> Self {
        Self {
            height_cm,
            weight_kg,
            sex: None,
            age_years: None,
            creatinine: None,
            dpyd: None,
        }
    }

    fn rows(&self) -> Result<usize, ColumnLength> {
        let rows = self.height_cm.len();
        let others = [
            ("weight_kg", Some(self.weight_kg.len())),
            ("sex", self.sex.map(<[_]>::len)),
            ("age_years", self.age_years.map(<[_]>::len)),
            (
                "creatinine",
                self.creatinine.map(|(values, _)| values.len()),
            ),
            ("dpyd", self.dpyd.map(<[_]>::len)),
        ];
        for (column, length) in others {
            if let Some(length) = length.filter(|length| *length != rows) {
                return Err(ColumnLength {
                    column,
                    length,
                    rows,
                });
            }
        }
        Ok(rows)
    }

    fn row(&self, at: usize) -> PatientRow {
        let number = |values: &[f64]| values.get(at).copied().unwrap_or(f64::NAN);
        let unit = self.creatinine.map(|(_, unit)| unit);
        PatientRow {
            height_cm: number(self.height_cm),
            weight_kg: number(self.weight_kg),
            sex: self.sex.and_then(|sex| sex.get(at).copied().flatten()),
            age_years: self.age_years.map_or(f64::NAN, number),
            creatinine: self
                .creatinine
                .map_or(f64::NAN, |(values, _)| number(values)),
            creatinine_unit: unit.unwrap_or(CreatinineUnit::MicromolesPerLiter),
            dpyd: self.dpyd.and_then(|dpyd| dpyd.get(at).copied().flatten()),
        }
    }
}

/// A column that is not as long as the heights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the column {column} has {length} rows and height_cm has {rows}: give columns of one length"
)]
pub struct ColumnLength {
    column: &'static str,
    length: usize,
    rows: usize,
}

/// The number of tablets of one strength in each row.
#[derive(Debug, Clone, PartialEq)]
pub struct TabletColumn {
    /// The strength, mg.
    pub milligrams: u32,
    /// How many tablets of it; NaN where there is no order.
    pub count: Vec<f64>,
}

/// The columns of the orders. What a row does not have is NaN, never 0.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct OrderColumns {
    /// Body-mass index, kg/m².
    pub bmi: Vec<f64>,
    /// Body surface area, m².
    pub bsa_m2: Vec<f64>,
    /// Creatinine clearance, mL/min.
    pub creatinine_clearance_ml_min: Vec<f64>,
    /// The calculated dose of one administration after rules and before caps, mg.
    pub calculated_mg: Vec<f64>,
    /// What is ordered for one administration, mg.
    pub ordered_mg: Vec<f64>,
    /// 100 (ordered - calculated) / calculated, from the calculated dose before caps.
    pub deviation_percent: Vec<f64>,
    /// The tablets of each strength, the largest first.
    pub tablets: Vec<TabletColumn>,
    /// Why a row is refused.
    pub fault: Vec<Option<RowFault>>,
    /// What was found; empty where only numbers were asked for.
    pub findings: Vec<RowFindings>,
}

impl OrderColumns {
    /// Empty, with room for the rows of `patients`, whose number it returns.
    fn clear(
        &mut self,
        rules: &CohortRules,
        patients: &PatientColumns<'_>,
    ) -> Result<usize, ColumnLength> {
        let rows = patients.rows()?;
        for column in [
            &mut self.bmi,
            &mut self.bsa_m2,
            &mut self.creatinine_clearance_ml_min,
            &mut self.calculated_mg,
            &mut self.ordered_mg,
            &mut self.deviation_percent,
        ] {
            column.clear();
            column.reserve(rows);
        }
        self.fault.clear();
        self.fault.reserve(rows);
        self.findings.clear();
        let strengths = rules.strengths();
        self.tablets.truncate(strengths.len());
        for (at, strength) in strengths.iter().enumerate() {
            let milligrams = strength.milligrams();
            match self.tablets.get_mut(at) {
                Some(column) => {
                    column.milligrams = milligrams;
                    column.count.clear();
                    column.count.reserve(rows);
                }
                None => self.tablets.push(TabletColumn {
                    milligrams,
                    count: Vec::with_capacity(rows),
                }),
            }
        }
        Ok(rows)
    }

    fn push(&mut self, order: &OrderedRow) {
        self.bmi.push(order.bmi);
        self.bsa_m2.push(order.bsa_m2);
        self.creatinine_clearance_ml_min
            .push(order.creatinine_clearance_ml_min);
        self.calculated_mg.push(order.calculated_mg);
        self.ordered_mg.push(order.ordered_mg);
        self.deviation_percent.push(order.deviation_percent);
        for (column, count) in self.tablets.iter_mut().zip(order.tablets) {
            column.count.push(count);
        }
        self.fault.push(order.fault);
    }
}

impl CohortRules {
    /// The orders of every row in numbers. The columns of `orders` are used again.
    ///
    /// # Errors
    /// Columns of different lengths.
    pub fn fill(
        &self,
        patients: &PatientColumns<'_>,
        orders: &mut OrderColumns,
    ) -> Result<(), ColumnLength> {
        let rows = orders.clear(self, patients)?;
        for at in 0..rows {
            orders.push(&self.numbers(&patients.row(at)));
        }
        Ok(())
    }

    /// Fills the columns, and adds the codes of what there is to say of each row.
    ///
    /// # Errors
    /// Columns of different lengths.
    pub fn fill_with_findings(
        &self,
        patients: &PatientColumns<'_>,
        orders: &mut OrderColumns,
    ) -> Result<(), ColumnLength> {
        let rows = orders.clear(self, patients)?;
        orders.findings.reserve(rows);
        for at in 0..rows {
            let order = self.order(&patients.row(at));
            orders.push(&order);
            orders.findings.push(order.findings);
        }
        Ok(())
    }
}

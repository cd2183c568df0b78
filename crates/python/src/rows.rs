//! The rows of a cohort, from its columns.

use std::collections::HashSet;

use chemorad::capecitabine::columns::PatientRow;
use chemorad::patient::{CreatinineUnit, DpydStatus, Sex};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use crate::error::refusal;

/// The columns of a cohort.
pub(crate) struct Patients<'a> {
    pub(crate) height_cm: &'a [f64],
    pub(crate) weight_kg: &'a [f64],
    pub(crate) sex: Option<Vec<Option<Sex>>>,
    pub(crate) age_years: Option<&'a [f64]>,
    pub(crate) creatinine: Option<&'a [f64]>,
    pub(crate) unit: CreatinineUnit,
    pub(crate) dpyd: Option<Vec<Option<DpydStatus>>>,
    /// Rows with a text that is not read: they have no order, as in a file of `chemorad cohort`.
    pub(crate) unread: HashSet<usize>,
}

impl Patients<'_> {
    pub(crate) fn rows(&self) -> PyResult<usize> {
        let rows = self.height_cm.len();
        let lengths = [
            ("weight_kg", Some(self.weight_kg.len())),
            ("sex", self.sex.as_ref().map(Vec::len)),
            ("age_years", self.age_years.map(<[_]>::len)),
            ("creatinine", self.creatinine.map(<[_]>::len)),
            ("dpyd", self.dpyd.as_ref().map(Vec::len)),
        ];
        for (column, length) in lengths {
            if let Some(length) = length.filter(|length| *length != rows) {
                return Err(refusal(
                    &format!(
                        "the column {column} has {length} rows and height_cm has {rows}: give columns of \
                         one length"
                    ),
                    "cohort.columns",
                    &[],
                ));
            }
        }
        Ok(rows)
    }

    pub(crate) fn row(&self, at: usize) -> PatientRow {
        let number = |values: Option<&[f64]>| {
            let value = values.and_then(|values| values.get(at));
            value.copied().unwrap_or(f64::NAN)
        };
        PatientRow {
            height_cm: number(Some(self.height_cm)),
            weight_kg: number(Some(self.weight_kg)),
            sex: self
                .sex
                .as_ref()
                .and_then(|sex| sex.get(at).copied().flatten()),
            age_years: number(self.age_years),
            creatinine: number(self.creatinine),
            creatinine_unit: self.unit,
            dpyd: self
                .dpyd
                .as_ref()
                .and_then(|dpyd| dpyd.get(at).copied().flatten()),
        }
    }
}

/// A text in a column of a cohort.
pub(crate) enum Cell<T> {
    Value(T),
    NotGiven,
    Unread,
}

/// Female or male as `chemorad cohort` reads them; `U` of CDISC is not given.
pub(crate) fn read_sex(text: &str) -> Cell<Sex> {
    match text {
        "female" | "Female" | "FEMALE" | "F" | "f" => Cell::Value(Sex::Female),
        "male" | "Male" | "MALE" | "M" | "m" => Cell::Value(Sex::Male),
        "U" | "UNDIFFERENTIATED" => Cell::NotGiven,
        _ => Cell::Unread,
    }
}

pub(crate) fn read_dpyd(text: &str) -> Cell<DpydStatus> {
    text.parse().map_or(Cell::Unread, Cell::Value)
}

/// A column of texts. `None`, NaN, NA and an empty text are not given; what else is not read is marked.
pub(crate) fn texts<T: Copy>(
    column: Option<&Bound<'_, PyList>>,
    read: impl Fn(&str) -> Cell<T>,
    unread: &mut HashSet<usize>,
) -> PyResult<Option<Vec<Option<T>>>> {
    let Some(column) = column else {
        return Ok(None);
    };
    let mut values = Vec::with_capacity(column.len());
    for (row, cell) in column.iter().enumerate() {
        let value = match cell.cast::<PyString>() {
            Ok(text) => match text.to_str().map(str::trim) {
                Ok("") => Cell::NotGiven,
                Ok(text) => read(text),
                // it holds half of a character
                Err(_) => Cell::Unread,
            },
            // NaN differs from itself, and whether NA does cannot be asked
            Err(_) if cell.is_none() || cell.ne(&cell).unwrap_or(true) => Cell::NotGiven,
            Err(_) => match cell.str() {
                Ok(text) => text.to_str().map_or(Cell::Unread, &read),
                Err(_) => Cell::Unread,
            },
        };
        values.push(match value {
            Cell::Value(value) => Some(value),
            Cell::NotGiven => None,
            Cell::Unread => {
                unread.insert(row);
                None
            }
        });
    }
    Ok(Some(values))
}

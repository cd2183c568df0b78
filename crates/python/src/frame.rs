//! A frame with more than body size: read and judged as a file of `chemorad cohort`.
//!
//! Which column holds what, what is asked about names that are nearly known, and how a row is compared with
//! what somebody ordered are the engine's, so that a frame and a file give one answer.

use std::collections::BTreeMap;

use chemorad::patient::CreatinineUnit;
use chemorad_cli::refusal_code;
use chemorad_cohort::{
    Cohort, CohortError, Column, ColumnName, CsvOptions, FileFinding, Ids, Layout, Pieces, Tally,
};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::columns::PyCohortRules;
use crate::error::{NO_CODE, defect, refusal};

/// Known names with the columns of the frame; an empty known name leaves a column out.
type Mapped = Vec<(String, String)>;

/// What a column of the frame holds, for who reads its cells; `None` where it is not used.
type Kinds = Vec<Option<&'static str>>;

/// Columns of numbers, and columns of texts.
type Records<'py> = (Bound<'py, PyDict>, BTreeMap<String, Vec<String>>);

/// What each column of a frame holds, and what is to be said of the frame as a whole.
#[pyfunction]
#[pyo3(signature = (rules, names, mapped, /))]
pub(crate) fn _cohort_columns(
    rules: &Bound<'_, PyCohortRules>,
    names: Vec<String>,
    mapped: Mapped,
) -> PyResult<(Kinds, Vec<String>)> {
    let cohort = cohort(rules, &names, &mapped)?;
    let mut kinds: Kinds = vec![None; names.len()];
    for (at, column) in cohort.layout().used() {
        if let Some(kind) = kinds.get_mut(at) {
            *kind = Some(self::kind(column));
        }
    }
    Ok((kinds, said(&cohort, &mapped)))
}

/// The records of rows that are written as CSV: columns of numbers, and columns of texts.
#[pyfunction]
#[pyo3(signature = (rules, names, mapped, rows, /))]
pub(crate) fn _cohort_records<'py>(
    py: Python<'py>,
    rules: &Bound<'py, PyCohortRules>,
    names: Vec<String>,
    mapped: Mapped,
    rows: &[u8],
) -> PyResult<Records<'py>> {
    let cohort = cohort(rules, &names, &mapped)?;
    let columns = py
        .detach(|| records(&cohort, rows))
        .map_err(|error| refused(&error))?;
    let mut named = cohort.record_columns().map(|(name, _)| name.to_string());
    // the number of the row and its identifier are those of the frame
    let mut next = || {
        named
            .next()
            .ok_or_else(|| defect("a column of records has no name"))
    };
    next()?;
    next()?;
    let numbers = PyDict::new(py);
    for column in columns.numbers {
        numbers.set_item(next()?, PyArray1::from_vec(py, column))?;
    }
    let mut texts = BTreeMap::new();
    for column in columns.written {
        texts.insert(next()?, column);
    }
    texts.insert(next()?, columns.unread_columns);
    let outcomes = columns.outcomes.into_iter().map(String::from);
    texts.insert(next()?, outcomes.collect());
    texts.insert(next()?, columns.codes);
    Ok((numbers, texts))
}

fn cohort(rules: &Bound<'_, PyCohortRules>, names: &[String], mapped: &Mapped) -> PyResult<Cohort> {
    let layout = Layout::new(names, mapped).map_err(|error| refused(&error))?;
    let rules = rules.get().rules.clone();
    let cohort = Cohort::new(layout, Some(rules), None).map_err(|error| refused(&error))?;
    let mut written = CsvOptions::default();
    written.delimiter = Some(b',');
    Ok(cohort.written(written))
}

fn records(cohort: &Cohort, rows: &[u8]) -> Result<chemorad_cohort::Columns, CohortError> {
    let mut options = CsvOptions::default();
    options.delimiter = Some(b',');
    let mut pieces = Pieces::csv(rows, options)?;
    let mut ids = Ids::new();
    let mut all: Option<chemorad_cohort::Columns> = None;
    while let Some(piece) = pieces.next()? {
        let mut batch = cohort.read(&piece);
        ids.mark(&mut batch);
        let (columns, _) = cohort.columns(&batch);
        match &mut all {
            None => all = Some(columns),
            Some(all) => {
                for (all, more) in all.numbers.iter_mut().zip(columns.numbers) {
                    all.extend(more);
                }
                for (all, more) in all.written.iter_mut().zip(columns.written) {
                    all.extend(more);
                }
                all.unread_columns.extend(columns.unread_columns);
                all.outcomes.extend(columns.outcomes);
                all.codes.extend(columns.codes);
            }
        }
    }
    if let Some(all) = all {
        return Ok(all);
    }
    // no row: the columns without any
    let empty = Pieces::csv(&b"0\n\n"[..], options)?.next()?;
    let columns = |piece| cohort.columns(&cohort.read(&piece)).0;
    Ok(empty.map(columns).unwrap_or_default())
}

/// How the cells of a column are written: a name of `chemorad.cohort`'s own columns, or a kind.
const fn kind(column: Column) -> &'static str {
    match column {
        Column::Height(10_000) => "height_cm",
        Column::Weight(1_000_000_000) => "weight_kg",
        Column::Sex => "sex",
        Column::Age => "age_years",
        Column::Creatinine(CreatinineUnit::MicromolesPerLiter) => "creatinine_umol_l",
        Column::Creatinine(_) => "creatinine_mg_dl",
        Column::Dpyd => "dpyd",
        Column::Height(_) | Column::Weight(_) | Column::Ordered | Column::Dispensed => "number",
        Column::Days => "days",
        Column::Start | Column::End | Column::Event => "date",
        _ => "text",
    }
}

/// What the command says at the head of its summary: columns that are not used, and what was not compared.
fn said(cohort: &Cohort, mapped: &Mapped) -> Vec<String> {
    let layout = cohort.layout();
    let left_out = |name: &str| {
        mapped
            .iter()
            .any(|(known, of)| known.is_empty() && of == name)
    };
    let unused = layout.unused().iter().filter(|name| !left_out(name));
    let unused: Vec<&str> = unused.map(String::as_str).collect();
    let plain = layout.used().all(|(_, column)| {
        let of_patient = !matches!(kind(column), "number" | "days" | "date" | "text");
        let is_size = matches!(column, Column::Height(_) | Column::Weight(_));
        of_patient || is_size || matches!(column, Column::Id | Column::Drugs)
    });
    let mut said = Vec::new();
    if !unused.is_empty() {
        said.push(format!(
            "columns that are not used: {}. Say which one is with columns={{\"ordered_mg\": \"...\"}}, or leave them out \
             with ignore=[...]",
            unused.join(", ")
        ));
    }
    let findings = cohort.findings(&Tally::default());
    for finding in findings {
        let tells = match &finding {
            // an empty part of a frame is nothing to warn of
            FileFinding::NoRows => false,
            // who gives body sizes alone asks for orders, and compares none
            FileFinding::NoOrder { .. } => !plain || !unused.is_empty(),
            _ => true,
        };
        if tells {
            said.push(match &finding {
                FileFinding::NotRead { column } => format!("the column {column}: {finding}"),
                _ => finding.to_string(),
            });
        }
    }
    said
}

/// What the engine refuses, in the words of Python where its own name flags of the command.
fn refused(error: &CohortError) -> PyErr {
    let known = || ColumnName::ALL.iter().map(|known| known.name.to_string());
    let text = match error {
        CohortError::ColumnMissing {
            quantity,
            choices,
            example,
            header,
        } => {
            let text = format!(
                "the frame has no column {example}, and none of the {quantity} by another name: {choices}. Rename one, or \
                 say columns={{\"{example}\": ...}}; the unit is in the name. The frame has: {header}"
            );
            return refusal(&text, "cohort.columns", &known().collect::<Vec<_>>());
        }
        CohortError::MappedMissing { name, of, header } if name.is_empty() => {
            format!("ignore= names {of:?}, which the frame does not have. It has: {header}")
        }
        CohortError::MappedMissing { of, header, .. } => {
            format!("columns= names {of:?}, which the frame does not have. It has: {header}")
        }
        CohortError::MappedUnknown { name, .. } => {
            let text = format!("columns= names {name}, which a cohort does not have");
            return refusal(&text, "cohort.columns", &known().collect::<Vec<_>>());
        }
        CohortError::NearMiss {
            asked, questions, ..
        } => {
            let yes = asked.iter().flat_map(|(name, known)| {
                let known = known.iter();
                known.map(move |known| format!("{known:?}: {name:?}"))
            });
            let yes: Vec<String> = yes.collect();
            let no = asked.iter().map(|(name, _)| format!("{name:?}"));
            let say = if yes.is_empty() {
                "Convert it and name it by its unit".to_string()
            } else {
                format!("Say which it is with columns={{{}}}", yes.join(" or "))
            };
            format!(
                "{questions} A column that is not known is not used. {say}, or leave it out with ignore=[{}]",
                no.collect::<Vec<_>>().join(", ")
            )
        }
        CohortError::ColumnTwice { name } => {
            format!("the frame has the column {name:?} twice: leave one out")
        }
        CohortError::WeightBasis { column } => format!(
            "the frame has a serum creatinine, and the weight in the clearance is not chosen: give CohortRules \
             weight_basis=\"actual\", \"ideal\" or \"adjusted:0.4\", or leave the column out with ignore=[{column:?}]"
        ),
        other => {
            let code = refusal_code(other).map_or(NO_CODE, |code| code.name);
            return refusal(&other.to_string(), code, &[]);
        }
    };
    refusal(&text, "cohort.columns", &[])
}

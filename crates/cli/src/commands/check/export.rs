//! A record-and-verify export: lines of CSV or a JSON array, with documented columns.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::treatment_date;
use chemorad_dosimetry::{EnteredLine, PlannedPrescription};
use chemorad_reader::{
    Document, Fault, Faults, Format, LARGEST as LARGEST_WRITTEN, OpenQuote, delimiter_of,
    line_of_record,
};
use sha2::{Digest as _, Sha256};

use super::columns::{Column, Form, columns};
use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::refused;
use chemorad_render::check::Source;

/// A line is some hundred bytes: far more lines than a clinic treats in a year.
const LARGEST: u64 = 32 * input::MIB;
/// The fields of an object in JSON.
const FIELDS: &str = "course, plan, phase, volume, fractions, dose_per_fraction, total, approval and first_date; a dose has its unit, such as \"1.8 Gy\"";
/// Faults listed before the rest is only counted.
const LISTED: usize = 10;

/// The courses of an export, each by its name, and the file for a reader to find it again.
pub(super) fn read(
    context: &Context<'_>,
    path: &Path,
    name: &str,
    each: bool,
    form: &Form,
) -> Result<(Vec<PlannedPrescription>, Source), Failure> {
    let bytes = input::read_bytes(context.files, path, LARGEST)?;
    let text = input::to_text(path, &bytes)?;
    let csv = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let (lines, word) = if csv {
        (read_csv(&text, form)?, "line")
    } else if form.is_given() {
        return Err(Failure::new(
            refused::INPUT_CONFLICT,
            "--columns and --decimal-comma are for CSV, and this is JSON",
        ));
    } else {
        (read_json(name, &text)?, "item")
    };
    if lines.is_empty() {
        return Err(Failure::new(
            refused::EXPORT_EMPTY,
            "it holds no prescription",
        ));
    }
    let count = lines.len();
    let courses = by_course(lines);
    let several = courses.len() > 1 || each;
    let planned = courses
        .iter()
        .map(|(course, lines)| {
            let source = match course {
                Some(course) if several => format!("{name}, course {course}"),
                _ => name.to_string(),
            };
            PlannedPrescription::entered(&source, word, lines)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let source = Source {
        name: name.into(),
        kind: format!("export, {count} {word}s"),
        bytes: bytes.len(),
        sha256: Sha256::digest(&bytes)
            .iter()
            .fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            }),
        uid: None,
        label: None,
        date: None,
        made_by: None,
        sop_instance: None,
        patient: None,
    };
    Ok((planned, source))
}

/// The lines of each course, the courses in the order in which they begin.
fn by_course(lines: Vec<EnteredLine>) -> Vec<(Option<String>, Vec<EnteredLine>)> {
    let mut courses: Vec<(Option<String>, Vec<EnteredLine>)> = Vec::new();
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    for line in lines {
        let next = courses.len();
        let place = *places.entry(line.course.clone()).or_insert(next);
        match courses.get_mut(place) {
            Some((_, of_course)) => of_course.push(line),
            None => courses.push((line.course.clone(), vec![line])),
        }
    }
    courses
}

fn not_read(faults: &Faults) -> Failure {
    let said = |fault: &Fault| format!("line {}: {fault}", fault.position.line);
    let mut reasons: Vec<String> = faults.iter().take(LISTED).map(said).collect();
    let more = faults.iter().count().saturating_sub(LISTED);
    if more > 0 {
        reasons.push(format!("and {more} more"));
    }
    reasons.push(format!(
        "it must be a list of objects with the fields {FIELDS}"
    ));
    Failure::new(refused::EXPORT_ROW, reasons.join("\n"))
}

fn read_json(name: &str, text: &str) -> Result<Vec<EnteredLine>, Failure> {
    let mut lines = match serde_json::from_str::<Vec<EnteredLine>>(text) {
        Ok(lines) => lines,
        // the reader of files that people write takes no more
        Err(error) if text.len() > LARGEST_WRITTEN => {
            return Err(Failure::new(
                refused::EXPORT_ROW,
                format!("{error}; it must be a list of objects with the fields {FIELDS}"),
            ));
        }
        // once more, for where it is wrong and in plain words
        Err(_) => Document::parse(name, text, Format::Json)
            .and_then(|document| document.read::<Vec<EnteredLine>>())
            .map_err(|faults| not_read(&faults))?,
    };
    for (line, number) in lines.iter_mut().zip(1..) {
        line.line = Some(number);
    }
    Ok(lines)
}

fn read_csv(text: &str, form: &Form) -> Result<Vec<EnteredLine>, Failure> {
    let delimiter = delimiter_of(text.lines().next().unwrap_or_default());
    if let Some(open) = OpenQuote::first(text, delimiter, None) {
        return Err(Failure::new(refused::FILE_OPEN_QUOTE, open.to_string()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = columns(reader.headers()?, &form.columns)?;
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let number = line_number(text, record.position());
                match line(&columns, &record, form) {
                    Ok(mut line) => {
                        line.line = i32::try_from(number).ok();
                        lines.push(line);
                    }
                    Err(fault) => faults.push(format!("line {number}: {fault}")),
                }
            }
            Err(error) => faults.push(fault(text, &error)),
        }
    }
    if faults.is_empty() {
        return Ok(lines);
    }
    let more = faults.len().saturating_sub(LISTED);
    faults.truncate(LISTED);
    let more = if more > 0 {
        format!("\nand {more} more")
    } else {
        String::new()
    };
    Err(Failure::new(
        refused::EXPORT_ROW,
        format!("{}{more}", faults.join("\n")),
    ))
}

fn line_number(text: &str, position: Option<&csv::Position>) -> u64 {
    position.map_or(0, |at| line_of_record(text, at.line(), at.byte(), None))
}

fn fault(text: &str, error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => format!(
            "line {}: {len} fields, and {expected_len} columns",
            line_number(text, pos.as_ref())
        ),
        _ => error.to_string(),
    }
}

fn line(
    columns: &[Column],
    record: &csv::StringRecord,
    form: &Form,
) -> Result<EnteredLine, String> {
    let mut line = EnteredLine::default();
    for (column, text) in columns.iter().zip(record) {
        if text.is_empty() {
            continue;
        }
        let owned = || Some(text.to_string());
        match column {
            Column::Skipped => {}
            Column::Course => line.course = owned(),
            Column::Plan => line.plan = owned(),
            Column::Phase => line.phase = owned(),
            Column::Volume => line.volume = owned(),
            Column::Approval => line.approval = owned(),
            Column::Fractions => {
                let number = form
                    .number(text)
                    .map_err(|fault| format!("fractions {fault}"))?;
                line.fractions = Some(EnteredLine::whole(&number).ok_or_else(|| {
                    let text: String = text.chars().take(60).collect();
                    format!("fractions {text:?}: write a whole number")
                })?);
            }
            Column::DosePerFraction(unit) => {
                line.dose_per_fraction = Some(dose("dose_per_fraction", text, unit, form)?);
            }
            Column::Total(unit) => line.total = Some(dose("total", text, unit, form)?),
            Column::FirstDate => {
                let date = treatment_date(text).map_err(|fault| format!("first_date {fault}"))?;
                line.first_date = Some(date);
            }
        }
    }
    Ok(line)
}

fn dose(column: &str, text: &str, unit: &str, form: &Form) -> Result<AbsorbedDose, String> {
    let text = &*form
        .number(text)
        .map_err(|fault| format!("{column} {fault}"))?;
    // a cell may repeat the unit of its column, and has no other one
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let of_cell = text.strip_prefix(number).unwrap_or_default();
    let with_unit = if unit.is_empty() {
        text.to_string()
    } else if of_cell.is_empty() || of_cell == unit {
        format!("{} {unit}", number.trim_end())
    } else {
        let text: String = text.chars().take(60).collect();
        return Err(format!("{column}: {text:?}: the column is in {unit}"));
    };
    with_unit.parse().map_err(|error| {
        let hint = if !form.decimal_comma && text.contains(',') {
            "; where the export writes decimals with commas, give --decimal-comma"
        } else {
            ""
        };
        format!("{column}: {error}{hint}")
    })
}

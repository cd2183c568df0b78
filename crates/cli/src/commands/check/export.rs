//! A record-and-verify export: lines of CSV or a JSON array, with documented columns.

use std::fmt::Write as _;

use std::path::Path;

use chemorad::quantity::AbsorbedDose;
use chemorad_dosimetry::{EnteredLine, PlannedPrescription};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use chemorad_render::check::Source;

const COLUMNS: &str = "course, plan, phase, volume, fractions, dose_per_fraction (or dose_per_fraction_gy, dose_per_fraction_cgy), total (or total_gy, total_cgy), approval, first_date";
/// A line is some hundred bytes: far more lines than a clinic treats in a year.
const LARGEST: u64 = 32 * input::MIB;
/// Faults listed before the rest is only counted.
const LISTED: usize = 10;

/// The courses of an export, each by its name, and the file for a reader to find it again.
pub(super) fn read(
    context: &Context<'_>,
    path: &Path,
    name: &str,
    each: bool,
) -> Result<(Vec<PlannedPrescription>, Source), Failure> {
    let bytes = input::read_bytes(context.files, path, LARGEST)?;
    let text = input::to_text(path, &bytes)?;
    let csv = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let (lines, word) = if csv {
        (read_csv(&text)?, "line")
    } else {
        (read_json(&text)?, "item")
    };
    if lines.is_empty() {
        return Err(Failure::new("it holds no prescription"));
    }
    let mut courses: Vec<(Option<&str>, Vec<EnteredLine>)> = Vec::new();
    for line in &lines {
        let course = line.course.as_deref();
        match courses.iter_mut().find(|(known, _)| *known == course) {
            Some((_, of_course)) => of_course.push(line.clone()),
            None => courses.push((course, vec![line.clone()])),
        }
    }
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
        kind: format!("export, {} {word}s", lines.len()),
        bytes: bytes.len(),
        sha256: Sha256::digest(&bytes)
            .iter()
            .fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            }),
        label: None,
        date: None,
        made_by: None,
        sop_instance: None,
        patient: None,
    };
    Ok((planned, source))
}

fn read_json(text: &str) -> Result<Vec<EnteredLine>, Failure> {
    let mut lines: Vec<EnteredLine> = serde_json::from_str(text).map_err(|error| {
        Failure::new(format!(
            "{error}; it must be a list of objects with the fields {COLUMNS}"
        ))
    })?;
    for (line, number) in lines.iter_mut().zip(1..) {
        line.line = Some(number);
    }
    Ok(lines)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Course,
    Plan,
    Phase,
    Volume,
    Fractions,
    /// With the unit of the column, where the column names it.
    DosePerFraction(&'static str),
    Total(&'static str),
    Approval,
    FirstDate,
}

impl Column {
    fn of(header: &str) -> Option<Self> {
        Some(
            match header.to_lowercase().replace([' ', '-'], "_").as_str() {
                "course" => Self::Course,
                "plan" => Self::Plan,
                "phase" => Self::Phase,
                "volume" => Self::Volume,
                "fractions" => Self::Fractions,
                "dose_per_fraction" => Self::DosePerFraction(""),
                "dose_per_fraction_gy" => Self::DosePerFraction("Gy"),
                "dose_per_fraction_cgy" => Self::DosePerFraction("cGy"),
                "total" => Self::Total(""),
                "total_gy" => Self::Total("Gy"),
                "total_cgy" => Self::Total("cGy"),
                "approval" => Self::Approval,
                "first_date" => Self::FirstDate,
                _ => return None,
            },
        )
    }

    const fn is_same(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Course, Self::Course)
                | (Self::Plan, Self::Plan)
                | (Self::Phase, Self::Phase)
                | (Self::Volume, Self::Volume)
                | (Self::Fractions, Self::Fractions)
                | (Self::DosePerFraction(_), Self::DosePerFraction(_))
                | (Self::Total(_), Self::Total(_))
                | (Self::Approval, Self::Approval)
                | (Self::FirstDate, Self::FirstDate)
        )
    }
}

/// Comma, semicolon or tab, whichever the header uses.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |c: char| header.matches(c).count();
    [(';', b';'), ('\t', b'\t')]
        .into_iter()
        .find(|(c, _)| count(*c) > count(','))
        .map_or(b',', |(_, byte)| byte)
}

fn read_csv(text: &str) -> Result<Vec<EnteredLine>, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = columns(reader.headers()?)?;
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let number = line_number(text, record.position());
                match line(&columns, &record) {
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
    Err(Failure::new(format!("{}{more}", faults.join("\n"))))
}

/// A record's position is that of the empty lines before it.
fn line_number(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else {
        return 0;
    };
    let rest = usize::try_from(position.byte())
        .ok()
        .and_then(|at| text.get(at..))
        .unwrap_or_default();
    let empty = rest
        .bytes()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + empty.filter(|byte| *byte == b'\n').count() as u64
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

fn columns(header: &csv::StringRecord) -> Result<Vec<Column>, Failure> {
    let mut columns: Vec<Column> = Vec::new();
    for name in header {
        let Some(column) = Column::of(name) else {
            let name: String = name.chars().take(60).collect();
            return Err(Failure::new(format!(
                "line 1: no column is called {name:?}; there are: {COLUMNS}. Leave other columns out of the export"
            )));
        };
        if columns.iter().any(|known| known.is_same(column)) {
            return Err(Failure::new(format!(
                "line 1: the column {name} comes twice"
            )));
        }
        columns.push(column);
    }
    Ok(columns)
}

fn line(columns: &[Column], record: &csv::StringRecord) -> Result<EnteredLine, String> {
    let mut line = EnteredLine::default();
    for (column, text) in columns.iter().zip(record) {
        if text.is_empty() {
            continue;
        }
        let owned = || Some(text.to_string());
        match column {
            Column::Course => line.course = owned(),
            Column::Plan => line.plan = owned(),
            Column::Phase => line.phase = owned(),
            Column::Volume => line.volume = owned(),
            Column::Approval => line.approval = owned(),
            Column::Fractions => {
                let whole = text.parse().map_err(|_| {
                    let text: String = text.chars().take(60).collect();
                    format!("fractions {text:?}: write a whole number")
                })?;
                line.fractions = Some(whole);
            }
            Column::DosePerFraction(unit) => {
                line.dose_per_fraction = Some(dose("dose_per_fraction", text, unit)?);
            }
            Column::Total(unit) => line.total = Some(dose("total", text, unit)?),
            Column::FirstDate => {
                let date = text.parse().map_err(|_| {
                    let text: String = text.chars().take(60).collect();
                    format!("first_date {text:?}: write a date as 2026-12-07")
                })?;
                line.first_date = Some(date);
            }
        }
    }
    Ok(line)
}

fn dose(column: &str, text: &str, unit: &str) -> Result<AbsorbedDose, String> {
    // a cell may repeat the unit of its column; another one is an error there
    let bare = text.strip_suffix(unit).unwrap_or(text).trim_end();
    let with_unit = if unit.is_empty() {
        text.to_string()
    } else {
        format!("{bare} {unit}")
    };
    with_unit
        .parse()
        .map_err(|error| format!("{column}: {error}"))
}

//! Limits in CSV: a header, and a limit in each line. A line that begins with # is a comment.

use chemorad_reader::{OpenQuote, delimiter_of, line_of_record};

use super::limit::{OrganLimit, Row};

const COLUMNS: [&str; 9] = [
    "structure",
    "metric",
    "limit",
    "variation",
    "prescribed",
    "alpha_beta",
    "priority",
    "note",
    "source",
];

/// The limits, or everything that is wrong, by line.
pub(super) fn limits(text: &str) -> Result<Vec<OrganLimit>, Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let delimiter = delimiter_of(lines.next().unwrap_or_default());
    if let Some(open) = OpenQuote::first(text, delimiter, Some(b'#')) {
        return Err(vec![open.to_string()]);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(vec![error.to_string()]),
    };
    let columns: Vec<String> = header.iter().map(str::to_lowercase).collect();
    let mut faults = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if !COLUMNS.contains(&column.as_str()) {
            faults.push(format!(
                "{column:?} is not a column of limits; they are: {}",
                COLUMNS.join(", ")
            ));
        }
        if columns.iter().take(at).any(|other| other == column) {
            faults.push(format!("the column {column:?} stands twice"));
        }
    }
    for needed in ["structure", "metric", "limit"] {
        if !columns.iter().any(|column| column == needed) {
            faults.push(format!("the column {needed:?} is missing"));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut limits = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = line_number(text, record.position());
                match limit(&columns, &record) {
                    Ok(limit) => limits.push(limit),
                    Err(fault) => faults.push(format!("line {line}: {fault}")),
                }
            }
            Err(error) => faults.push(fault(text, &error)),
        }
    }
    if faults.is_empty() {
        Ok(limits)
    } else {
        Err(faults)
    }
}

fn line_number(text: &str, position: Option<&csv::Position>) -> u64 {
    position.map_or(0, |at| {
        line_of_record(text, at.line(), at.byte(), Some(b'#'))
    })
}

fn fault(text: &str, error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => format!(
            "line {}: {len} fields, and {expected_len} columns; a comma inside a cell needs quotes around the cell, and decimals are written with a point",
            line_number(text, pos.as_ref())
        ),
        _ => error.to_string(),
    }
}

fn limit(columns: &[String], record: &csv::StringRecord) -> Result<OrganLimit, String> {
    let mut row = Row::default();
    for (column, cell) in columns.iter().zip(record) {
        if cell.is_empty() {
            continue;
        }
        let text = || Some(cell.to_string());
        match column.as_str() {
            "structure" => row.structure = cell.into(),
            "metric" => row.metric = cell.into(),
            "limit" => row.limit = cell.into(),
            "variation" => row.variation = text(),
            "note" => row.note = text(),
            "source" => row.source = text(),
            "prescribed" => {
                row.prescribed = Some(cell.parse().map_err(|error| format!("{column}: {error}"))?);
            }
            "alpha_beta" => {
                row.alpha_beta = Some(cell.parse().map_err(|error| format!("{column}: {error}"))?);
            }
            _ => {
                let priority = cell.parse();
                row.priority = Some(priority.map_err(|_| {
                    format!("{column}: {cell:?} is not a whole number from 1 to 255")
                })?);
            }
        }
    }
    OrganLimit::try_from(row).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::limits;

    #[test]
    fn a_fault_names_its_line_whatever_ends_the_lines() {
        let text = "# ours\nstructure,metric,limit\n\n# bladder\nBladder,V40Gy,<= 50 %\nRectum,D2cc,<= 50,0 Gy\nRectum,V,1\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let faults = limits(&text).err().unwrap_or_default();
            assert!(faults[0].starts_with("line 6: 4 fields"), "{faults:?}");
            assert!(faults[1].starts_with("line 7: "), "{faults:?}");
        }
    }
}

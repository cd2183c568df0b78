//! A histogram from CSV: the units and the kind stand in the names of the columns.

use chemorad::number::{Decimal, DecimalError};
use chemorad_reader::OpenQuote;

use super::histogram::DoseHistogram;
use super::histogram_columns::Columns;
use super::histogram_error::HistogramError;
use super::histogram_kind::{DoseQuantity, HistogramKind};
use crate::spreadsheet;

/// How a text is read, and which of its structures.
///
/// See [`HistogramText::read`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistogramTextOptions {
    /// What the volumes are, where the header leaves it open.
    pub kind: Option<HistogramKind>,
    /// The structure, where the file has several.
    pub structure: Option<String>,
    /// Numbers have decimal commas, and semicolons separate cells.
    pub decimal_comma: bool,
}

/// The text of a histogram.
///
/// ```
/// use chemorad_dosimetry::{HistogramText, HistogramTextOptions};
/// let text = "dose_gy,cumulative_percent\n0,100\n20,100\n40,50\n60,0\n";
/// let histogram = HistogramText::read(text.as_bytes(), &HistogramTextOptions::default())?;
/// assert_eq!(histogram.mean(), 0.5 * 30.0 + 0.5 * 50.0);
/// // neither the header nor the options say what the volumes are
/// let open = "dose_gy,volume_percent\n0,100\n60,0\n";
/// assert!(HistogramText::read(open.as_bytes(), &HistogramTextOptions::default()).is_err());
/// # Ok::<(), chemorad_dosimetry::HistogramError>(())
/// ```
#[derive(Debug)]
pub struct HistogramText;

impl HistogramText {
    /// Reads a histogram.
    ///
    /// # Errors
    /// A header that leaves open what its columns are; cells that are no numbers; rows that are no histogram of
    /// a whole structure.
    pub fn read(
        bytes: &[u8],
        options: &HistogramTextOptions,
    ) -> Result<DoseHistogram, HistogramError> {
        let text = std::str::from_utf8(bytes).map_err(|error| HistogramError::NotText {
            byte: error.valid_up_to(),
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let delimiter = if options.decimal_comma { b';' } else { b',' };
        // names of structures may have several lines, and rows have a number of cells
        let open = OpenQuote::first(text, delimiter, Some(b'#'));
        if let Some(open) = open.filter(|open| open.closed.is_none()) {
            return Err(HistogramError::Quote(open));
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        // a text in memory that is UTF-8 gives no error
        let mut records = reader.records().filter_map(Result::ok);
        let header = records.next().unwrap_or_default();
        let columns = Columns::of(&header, options.kind)?;
        let mut rows: Vec<Row> = Vec::new();
        for (at, record) in records.enumerate() {
            if record.iter().all(str::is_empty) {
                continue;
            }
            rows.push(Row::of(&columns, at + 1, &record, options.decimal_comma)?);
        }
        let rows = of_structure(&columns, rows, options)?;
        let outside = rows.iter().map(|row| row.outside).fold(0.0, f64::max);
        if outside > 0.0 {
            return Err(HistogramError::Outside { cc: outside });
        }
        let quantity = quantity(&columns, &rows)?;
        let (_, kind, unit) = columns.volume;
        let rows: Vec<(f64, f64)> = rows.iter().map(|row| (row.gray, row.volume)).collect();
        DoseHistogram::new(kind, quantity, unit, &rows)
    }
}

/// A row, as it stands in the file.
struct Row {
    /// Its place, from 1 after the header.
    at: usize,
    structure: Option<String>,
    quantity: Option<String>,
    gray: f64,
    volume: f64,
    /// The volume for which no dose is known, cubic centimetres.
    outside: f64,
}

impl Row {
    fn of(
        columns: &Columns,
        at: usize,
        record: &csv::StringRecord,
        decimal_comma: bool,
    ) -> Result<Self, HistogramError> {
        if record.len() != columns.names.len() {
            return Err(HistogramError::RowLength {
                row: at,
                cells: record.len(),
                columns: columns.names.len(),
            });
        }
        let read = |column: usize| {
            let given = record.get(column).unwrap_or_default();
            number(given, decimal_comma).map_err(|error| HistogramError::Number {
                row: at,
                column: columns.names.get(column).cloned().unwrap_or_default(),
                given: given.chars().take(60).collect(),
                error,
            })
        };
        let text = |column: Option<usize>| column.and_then(|at| record.get(at)).map(String::from);
        let (dose, per_gray, _) = columns.dose;
        Ok(Self {
            at,
            structure: text(columns.structure).map(|name| spreadsheet::read(&name).to_string()),
            quantity: text(columns.quantity),
            gray: read(dose)? / per_gray,
            volume: read(columns.volume.0)?,
            outside: match columns.outside.map_or(Ok(0.0), read)? {
                outside if outside >= 0.0 => outside,
                volume => return Err(HistogramError::Volume { row: at, volume }),
            },
        })
    }
}

/// A number with its decimal point, or comma where that is what numbers have.
fn number(given: &str, decimal_comma: bool) -> Result<f64, DecimalError> {
    let read: Result<Decimal, _> = match decimal_comma {
        true if given.contains('.') => Err(DecimalError::Malformed),
        true => given.replacen(',', ".", 1).parse(),
        false => given.parse(),
    };
    read.map(Decimal::to_f64)
}

/// What the doses are: as the name of their column says, and the column `quantity` where there is one.
fn quantity(columns: &Columns, rows: &[Row]) -> Result<DoseQuantity, HistogramError> {
    let (_, _, said) = columns.dose;
    let mut found = None;
    for row in rows {
        let Some(text) = row.quantity.as_deref() else {
            return Ok(said);
        };
        let of_row = match text {
            "absorbed dose" => DoseQuantity::AbsorbedDose,
            label if label.starts_with("EQD2Gy(") => DoseQuantity::Eqd2,
            other => {
                return Err(HistogramError::Quantity {
                    row: row.at,
                    given: other.chars().take(60).collect(),
                });
            }
        };
        let contradicts = said == DoseQuantity::Eqd2 && of_row != said;
        if contradicts || found.is_some_and(|first| first != text) {
            return Err(HistogramError::SeveralQuantities { row: row.at });
        }
        found = Some(text);
    }
    Ok(match found {
        Some(label) if label != "absorbed dose" => DoseQuantity::Eqd2,
        _ => said,
    })
}

/// The rows of the structure that is asked for, or of the only one.
fn of_structure(
    columns: &Columns,
    rows: Vec<Row>,
    options: &HistogramTextOptions,
) -> Result<Vec<Row>, HistogramError> {
    if columns.structure.is_none() && options.structure.is_some() {
        return Err(HistogramError::NoStructures);
    }
    let mut known: Vec<String> = Vec::new();
    for name in rows.iter().filter_map(|row| row.structure.as_ref()) {
        if !known.contains(name) {
            known.push(name.clone());
        }
    }
    let asked = options.structure.as_ref().map(|name| name.trim());
    match asked {
        Some(name) if !known.iter().any(|one| one == name) => {
            return Err(HistogramError::Structure {
                given: name.chars().take(60).collect(),
                known,
            });
        }
        None if known.len() > 1 => return Err(HistogramError::SeveralStructures { known }),
        _ => {}
    }
    let of_asked = |row: &Row| asked.is_none() || row.structure.as_deref() == asked;
    Ok(rows.into_iter().filter(of_asked).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{DoseQuantity, HistogramError, HistogramKind, HistogramText, HistogramTextOptions};

    fn read(text: &str, options: &HistogramTextOptions) -> Result<f64, String> {
        HistogramText::read(text.as_bytes(), options)
            .map(|histogram| histogram.mean())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn one_histogram_in_every_shape() {
        let plain = HistogramTextOptions::default();
        let stated = HistogramTextOptions {
            kind: Some(HistogramKind::Differential),
            ..plain.clone()
        };
        let comma = HistogramTextOptions {
            decimal_comma: true,
            ..plain.clone()
        };
        let named = HistogramTextOptions {
            structure: Some("Rectum".into()),
            ..plain.clone()
        };
        for (text, options) in [
            (
                "dose_gy,cumulative_percent\n0,100\n20,100\n40,50\n60,0\n",
                &plain,
            ),
            (
                "cumulative_cc,dose_cgy\r\n80,0\r\n80,2000\r\n40,4000\r\n0,6000\r\n",
                &plain,
            ),
            ("dose_gy,differential_percent\n30,50\n50,50\n", &plain),
            ("\u{feff}Dose_Gy, Volume_cc\n30, 7\n50, 7\n\n", &stated),
            ("dose_gy;differential_percent\n30,0;50,0\n50;50\n", &comma),
            (
                "structure,dose_gy,differential_cc\nBladder,1,1\nRectum,30,2\nRectum,50,2\n",
                &named,
            ),
            (
                "structure,dose_gy,differential_cc\nRectum,30,2\nRectum,50,2\n",
                &plain,
            ),
        ] {
            assert_eq!(read(text, options), Ok(40.0), "{text}");
        }
    }

    /// The histograms of `dvh` hold every structure, what the dose is, and bounds.
    #[test]
    fn histograms_of_dvh_are_read() {
        let of = |quantity: &str, structure: &str| {
            let header = "structure,quantity,dose_gy,volume_cc,volume_lower_cc,volume_upper_cc";
            let other = "Bladder,absorbed dose,0.00,9.0000,8.0000,9.0000";
            let rows = [
                "0.00,4.0000",
                "20.00,4.0000",
                "40.00,2.0000",
                "60.00,0.0000",
            ];
            let rows = rows.map(|row| format!("Rectum,{quantity},{row},0.0000,4.1000"));
            let text = format!("{header}\n{other}\n{}\n", rows.join("\n"));
            let options = HistogramTextOptions {
                kind: Some(HistogramKind::Cumulative),
                structure: Some(structure.into()),
                decimal_comma: false,
            };
            HistogramText::read(text.as_bytes(), &options)
        };
        let absorbed = of("absorbed dose", "Rectum").unwrap();
        assert_eq!(
            (absorbed.mean(), absorbed.quantity()),
            (40.0, DoseQuantity::AbsorbedDose)
        );
        let eqd2 = of("EQD2Gy(a/b = 3)", "Rectum").unwrap();
        assert_eq!((eqd2.mean(), eqd2.quantity()), (40.0, DoseQuantity::Eqd2));
        for quantity in ["BED(a/b = 3)", "EQD1.8Gy(a/b = 3)", "dose", ""] {
            let refused = of(quantity, "Rectum").unwrap_err().to_string();
            assert!(refused.contains("row 2"), "{refused}");
        }
        // one row alone is no histogram
        assert!(of("absorbed dose", "Bladder").is_err());
        let mixed = "quantity,dose_gy,differential_cc\nabsorbed dose,1,1\nEQD2Gy(a/b = 3),2,1\n";
        let refused = read(mixed, &HistogramTextOptions::default()).unwrap_err();
        assert!(refused.contains("row 2"), "{refused}");
        let contradicts = "quantity,eqd2_gy,differential_cc\nabsorbed dose,1,1\n";
        assert!(read(contradicts, &HistogramTextOptions::default()).is_err());
    }

    /// As `dvh` writes them: the column says that they are cumulative, and what has no dose.
    #[test]
    fn a_part_outside_the_grid_is_no_part_without_dose() {
        let of = |outside: &str, options: &HistogramTextOptions| {
            let header = "structure,dose_gy,volume_cc,outside_grid_cc";
            let other = "Bladder,0,9,1\nBladder,1,0,1";
            let rows = ["0,4", "20,4", "40,2", "60,0"];
            let rows = rows.map(|row| format!("'=Rectum,{row},{outside}"));
            let text = format!(
                "# of a plan\n{header}\n{other}\n#{other}\n{}\n",
                rows.join("\n")
            );
            read(&text, options)
        };
        let plain = HistogramTextOptions {
            structure: Some("=Rectum".into()),
            ..HistogramTextOptions::default()
        };
        assert_eq!(of("0.0000", &plain), Ok(40.0));
        for outside in ["0.3", "3.9"] {
            let refused = of(outside, &plain).unwrap_err();
            assert!(
                refused.contains(outside) && refused.contains("no dose"),
                "{refused}"
            );
        }
        for outside in ["", "-1", "all"] {
            assert!(of(outside, &plain).is_err(), "{outside}");
        }
        let differential = HistogramTextOptions {
            kind: Some(HistogramKind::Differential),
            ..plain
        };
        assert!(
            of("0", &differential)
                .unwrap_err()
                .contains("which is right")
        );
    }

    #[test]
    fn what_is_no_histogram_is_refused() {
        let plain = HistogramTextOptions::default();
        for (text, part) in [
            ("", "no column"),
            ("\n", "no column"),
            ("dose,volume\n1,100\n", "dose_gy"),
            ("dose_gy\n1\n", "of volumes"),
            (
                "dose_gy,volume_percent\n0,100\n1,0\n",
                "cumulative or differential",
            ),
            (
                "dose_gy,dose_cgy,differential_cc\n1,100,1\n",
                "say the same",
            ),
            ("dose_gy,differential_cc,comment\n1,1,x\n", "comment"),
            ("dose_gy,differential_cc\n1\n", "has 1 cells"),
            ("dose_gy,differential_cc\n1,x\n", "row 1, differential_cc"),
            ("dose_gy,differential_cc\n1,\n", "row 1, differential_cc"),
            ("dose_gy,differential_cc\nNaN,1\n", "row 1, dose_gy"),
            ("dose_gy,differential_cc\n\"1,5\",1\n", "decimal point"),
            ("dose_gy,differential_cc\n-1,1\n", "-1 Gy"),
            ("dose_gy,differential_cc\n4500,1\n", "centigray"),
            ("dose_gy,differential_cc\n1,-1\n", "-1 is no volume"),
            ("dose_gy,differential_cc\n1,0\n", "no volume"),
            ("dose_gy,differential_cc\n", "0 rows"),
            ("dose_gy,differential_cc\n2,1\n1,1\n", "must rise"),
            ("dose_gy,differential_cc\n1,1\n1,1\n", "must rise"),
            (
                "dose_gy,differential_percent\n0,100\n10,90\n20,0\n",
                "cumulative, or cut",
            ),
            (
                "dose_gy,differential_percent\n10,0.4\n20,0.6\n",
                "sum to 1 %",
            ),
            ("dose_gy,cumulative_percent\n0,100\n", "1 rows"),
            ("dose_gy,cumulative_percent\n0,1\n20,0\n", "share of 1"),
            (
                "dose_gy,cumulative_percent\n0,100\n20,20\n30,40\n40,0\n",
                "row 3",
            ),
            (
                "dose_gy,cumulative_percent\n0,100\n20,20\n",
                "still has 20 percent",
            ),
            ("dose_gy,cumulative_cc\n5,80\n20,0\n", "begins at 0 Gy"),
            ("dose_gy,cumulative_cc\n0,0\n20,0\n", "no volume"),
            ("structure,dose_gy,differential_cc\nA,1,1\nB,1,1\n", "A, B"),
        ] {
            let refused = read(text, &plain).unwrap_err();
            assert!(refused.contains(part), "{text}: {refused}");
        }
        let said = |kind, structure: Option<&str>| HistogramTextOptions {
            kind,
            structure: structure.map(String::from),
            ..plain.clone()
        };
        let contradicts = said(Some(HistogramKind::Differential), None);
        let cumulative = "dose_gy,cumulative_percent\n0,100\n20,0\n";
        let refused = read(cumulative, &contradicts).unwrap_err();
        assert!(refused.contains("which is right"), "{refused}");
        assert!(read(cumulative, &said(None, Some("Rectum"))).is_err());
        let other = "structure,dose_gy,differential_cc\nA,1,1\n";
        assert!(
            read(other, &said(None, Some("B")))
                .unwrap_err()
                .contains("\"B\"")
        );
        let comma = HistogramTextOptions {
            decimal_comma: true,
            ..plain.clone()
        };
        assert!(read("dose_gy;differential_cc\n1.5;1\n", &comma).is_err());
        let binary = HistogramText::read(b"dose_gy\xff", &plain);
        assert_eq!(binary, Err(HistogramError::NotText { byte: 7 }));
    }
}

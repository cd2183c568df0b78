//! A histogram from CSV: the units and the kind stand in the names of the columns.

use chemorad::number::Decimal;

use super::histogram::{DoseHistogram, DoseQuantity, HistogramKind, VolumeUnit};
use super::histogram_error::HistogramError;

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

/// What a column of doses holds: its name, how many of its unit are a gray, and what the doses are.
const DOSES: [(&str, f64, DoseQuantity); 3] = [
    ("dose_gy", 1.0, DoseQuantity::AbsorbedDose),
    ("dose_cgy", 100.0, DoseQuantity::AbsorbedDose),
    ("eqd2_gy", 1.0, DoseQuantity::Eqd2),
];

/// What a column of volumes holds.
const VOLUMES: [(&str, Option<HistogramKind>, VolumeUnit); 6] = [
    (
        "cumulative_percent",
        Some(HistogramKind::Cumulative),
        VolumeUnit::Percent,
    ),
    (
        "cumulative_cc",
        Some(HistogramKind::Cumulative),
        VolumeUnit::CubicCentimetres,
    ),
    (
        "differential_percent",
        Some(HistogramKind::Differential),
        VolumeUnit::Percent,
    ),
    (
        "differential_cc",
        Some(HistogramKind::Differential),
        VolumeUnit::CubicCentimetres,
    ),
    ("volume_percent", None, VolumeUnit::Percent),
    ("volume_cc", None, VolumeUnit::CubicCentimetres),
];

const STRUCTURE: &str = "structure";

/// Bounds of the volumes, which some histograms have; the models take the volumes themselves.
const LEFT_ASIDE: [&str; 4] = [
    "volume_percent_lower",
    "volume_percent_upper",
    "volume_cc_lower",
    "volume_cc_upper",
];

/// Where each thing stands.
struct Columns {
    names: Vec<String>,
    dose: (usize, f64, DoseQuantity),
    volume: (usize, HistogramKind, VolumeUnit),
    structure: Option<usize>,
}

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
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(if options.decimal_comma { b';' } else { b',' })
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        // a text in memory that is UTF-8 gives no error
        let mut records = reader.records().filter_map(Result::ok);
        let header = records.next().unwrap_or_default();
        let columns = Columns::of(&header, options)?;
        let mut rows: Vec<(Option<String>, (f64, f64))> = Vec::new();
        for (at, record) in records.enumerate() {
            if record.iter().all(str::is_empty) {
                continue;
            }
            rows.push(columns.row(at + 1, &record, options)?);
        }
        let rows = columns.of_structure(rows, options)?;
        let (_, kind, unit) = columns.volume;
        DoseHistogram::new(kind, columns.dose.2, unit, &rows)
    }
}

impl Columns {
    fn of(
        header: &csv::StringRecord,
        options: &HistogramTextOptions,
    ) -> Result<Self, HistogramError> {
        let names: Vec<String> = header.iter().map(str::to_lowercase).collect();
        let known = DOSES.iter().map(|row| row.0);
        let known = known
            .chain(VOLUMES.iter().map(|row| row.0))
            .chain([STRUCTURE]);
        let known: Vec<&str> = known.chain(LEFT_ASIDE).collect();
        let (mut dose, mut volume, mut structure) = (None, None, None);
        for (at, name) in names.iter().enumerate() {
            let second = |first: usize| HistogramError::TwoColumns {
                first: names.get(first).cloned().unwrap_or_default(),
                second: name.clone(),
            };
            if let Some((_, per_gray, quantity)) = DOSES.iter().find(|row| row.0 == name) {
                if let Some((first, _, _)) = dose.replace((at, *per_gray, *quantity)) {
                    return Err(second(first));
                }
            } else if let Some((_, kind, unit)) = VOLUMES.iter().find(|row| row.0 == name) {
                if let Some((first, _, _)) = volume.replace((at, *kind, *unit)) {
                    return Err(second(first));
                }
            } else if name == STRUCTURE {
                if let Some(first) = structure.replace(at) {
                    return Err(second(first));
                }
            } else if !LEFT_ASIDE.contains(&name.as_str()) {
                return Err(if dose.is_none() && volume.is_none() {
                    header_error(header, "of doses or volumes")
                } else {
                    HistogramError::UnknownColumn {
                        name: name.chars().take(60).collect(),
                        known: known.join(", "),
                    }
                });
            }
        }
        let dose = dose.ok_or_else(|| header_error(header, "of doses"))?;
        let (at, said, unit) = volume.ok_or_else(|| header_error(header, "of volumes"))?;
        let column = || names.get(at).cloned().unwrap_or_default();
        let kind = match (said, options.kind) {
            (None, None) => return Err(HistogramError::KindOpen { column: column() }),
            (Some(said), Some(stated)) if said != stated => {
                return Err(HistogramError::KindContradicts {
                    column: column(),
                    stated,
                });
            }
            (Some(kind), _) | (None, Some(kind)) => kind,
        };
        Ok(Self {
            dose,
            volume: (at, kind, unit),
            structure,
            names,
        })
    }

    fn row(
        &self,
        row: usize,
        record: &csv::StringRecord,
        options: &HistogramTextOptions,
    ) -> Result<(Option<String>, (f64, f64)), HistogramError> {
        if record.len() != self.names.len() {
            return Err(HistogramError::RowLength {
                row,
                cells: record.len(),
                columns: self.names.len(),
            });
        }
        let number = |at: usize| -> Result<f64, HistogramError> {
            let given = record.get(at).unwrap_or_default();
            let plain = if options.decimal_comma && !given.contains('.') {
                given.replacen(',', ".", 1)
            } else {
                given.to_string()
            };
            let comma_expected = options.decimal_comma && given.contains('.');
            let read = if comma_expected {
                Err(chemorad::number::DecimalError::Malformed)
            } else {
                plain.parse::<Decimal>()
            };
            read.map(Decimal::to_f64)
                .map_err(|error| HistogramError::Number {
                    row,
                    column: self.names.get(at).cloned().unwrap_or_default(),
                    given: given.chars().take(60).collect(),
                    error,
                })
        };
        let structure = self.structure.and_then(|at| record.get(at));
        let (dose, per_gray, _) = self.dose;
        let gray = number(dose)? / per_gray;
        Ok((structure.map(String::from), (gray, number(self.volume.0)?)))
    }

    /// The rows of the structure that is asked for, or of the only one.
    fn of_structure(
        &self,
        rows: Vec<(Option<String>, (f64, f64))>,
        options: &HistogramTextOptions,
    ) -> Result<Vec<(f64, f64)>, HistogramError> {
        if self.structure.is_none() && options.structure.is_some() {
            return Err(HistogramError::NoStructures);
        }
        let mut known: Vec<String> = Vec::new();
        for name in rows.iter().filter_map(|(name, _)| name.as_ref()) {
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
        let of_asked = |name: &Option<String>| asked.is_none() || name.as_deref() == asked;
        let rows = rows.into_iter().filter(|(name, _)| of_asked(name));
        Ok(rows.map(|(_, row)| row).collect())
    }
}

fn header_error(header: &csv::StringRecord, missing: &'static str) -> HistogramError {
    let found: Vec<&str> = header.iter().collect();
    HistogramError::Header {
        found: found.join(",").chars().take(120).collect(),
        missing,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{HistogramError, HistogramKind, HistogramText, HistogramTextOptions};

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

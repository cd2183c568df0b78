//! Why rows are no histogram of a whole structure.

use chemorad_reader::OpenQuote;

use super::histogram_kind::{HistogramKind, LARGEST_DOSE, ROUNDED_SUM, VolumeUnit};

/// Why rows, or the text of a file, are no histogram of a whole structure. Rows count from 1 after the header.
///
/// ```
/// use chemorad_dosimetry::{DoseHistogram, DoseQuantity, HistogramKind, VolumeUnit};
/// let rows = [(0.0, 1.0), (50.0, 0.0)];
/// let error = DoseHistogram::new(
///     HistogramKind::Cumulative, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows).unwrap_err();
/// assert!(error.to_string().contains("100"));
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HistogramError {
    /// A number that is no dose.
    #[error("row {row}: {gray} Gy is no dose from 0 to {LARGEST_DOSE} Gy: is it in centigray?")]
    Dose {
        /// The row.
        row: usize,
        /// Gray.
        gray: f64,
    },
    /// A number that is no volume.
    #[error("row {row}: {volume} is no volume of 0 or more")]
    Volume {
        /// The row.
        row: usize,
        /// As given.
        volume: f64,
    },
    /// A dose that is not above the one before.
    #[error("row {row}: the doses must rise from row to row")]
    Order {
        /// The row.
        row: usize,
    },
    /// A cumulative volume above the one before.
    #[error(
        "row {row}: the volume is larger than in the row before, and a cumulative one never rises: is the histogram differential?"
    )]
    Rises {
        /// The row.
        row: usize,
    },
    /// Too few rows.
    #[error("there are {rows} rows, and a histogram has at least {least}")]
    Few {
        /// How many there are.
        rows: usize,
        /// How many are needed.
        least: usize,
    },
    /// No volume at all.
    #[error("there is no volume: every row has 0")]
    Nothing,
    /// A cumulative histogram that does not begin with the whole.
    #[error(
        "the first row has {percent} %, and a cumulative histogram begins with the whole structure, 100 %: is the histogram differential, or a share of 1?"
    )]
    NotWhole {
        /// What it begins with.
        percent: f64,
    },
    /// Volumes in cubic centimetres that begin above 0 Gy.
    #[error(
        "the first row is at {gray} Gy, and below it there may be more volume: a cumulative histogram in cubic centimetres begins at 0 Gy"
    )]
    NotFromZero {
        /// Where it begins.
        gray: f64,
    },
    /// A cumulative histogram that does not end with nothing.
    #[error(
        "the last row still has {volume} {unit}, and what dose it gets is not said: add rows until no volume is left",
        unit = unit.word()
    )]
    NotToEnd {
        /// What is left.
        volume: f64,
        /// Its unit.
        unit: VolumeUnit,
    },
    /// Differential percentages of another sum.
    #[error(
        "the volumes sum to {percent} %, and those of a differential histogram to 100 % within {ROUNDED_SUM}: is the histogram cumulative, or cut?"
    )]
    Sum {
        /// Their sum.
        percent: f64,
    },
    /// A part without a known dose, which a model would take as one without dose.
    #[error(
        "{cc} cc lie outside the dose grid, and no dose is known there: a model would take it as no dose. Calculate the dose on a grid that holds the whole structure"
    )]
    Outside {
        /// Its volume, cubic centimetres.
        cc: f64,
    },
    /// EQD2 was asked of EQD2.
    #[error("the histogram is of EQD2 already: a number of fractions and alpha/beta do not apply")]
    EquivalentAlready,
    /// A parameter in the place of α/β.
    #[error("EQD2 needs alpha/beta, and {symbol} was given")]
    NotAlphaBeta {
        /// What was given.
        symbol: &'static str,
    },
    /// A text that is not UTF-8.
    #[error("it is not UTF-8 text (byte {byte}): is it the right file?")]
    NotText {
        /// Where.
        byte: usize,
    },
    /// A quoted cell that does not end in its line.
    #[error("{0}")]
    Quote(OpenQuote),
    /// A header without the two columns.
    #[error(
        "the header {found:?} has no column {missing}: the first row names a dose column (dose_gy, dose_cgy or eqd2_gy) and a volume column (cumulative_percent, cumulative_cc, differential_percent, differential_cc, or volume_percent and volume_cc where it is said which they are)"
    )]
    Header {
        /// The header.
        found: String,
        /// What is missing.
        missing: &'static str,
    },
    /// A column that is not known, so that what it says would be left out.
    #[error(
        "the column {name:?} is not known here: take it out, or name it as one of these: {known}"
    )]
    UnknownColumn {
        /// Its name.
        name: String,
        /// Those that are known.
        known: String,
    },
    /// Two columns for one thing.
    #[error("the columns {first} and {second} say the same: leave one out")]
    TwoColumns {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// A volume column that leaves the kind open.
    #[error(
        "{column} does not say whether the volumes are cumulative or differential: name the column cumulative_… or differential_…"
    )]
    KindOpen {
        /// The column.
        column: String,
    },
    /// A header and a statement that contradict.
    #[error("the header says {column}, and {stated} was said: which is right?", stated = stated.word())]
    KindContradicts {
        /// The column.
        column: String,
        /// What was said.
        stated: HistogramKind,
    },
    /// A row with another number of cells.
    #[error("row {row} has {cells} cells, and the header {columns}")]
    RowLength {
        /// The row.
        row: usize,
        /// How many it has.
        cells: usize,
        /// How many the header has.
        columns: usize,
    },
    /// A cell that is no number.
    #[error("row {row}, {column}: {given:?}: {error}")]
    Number {
        /// The row.
        row: usize,
        /// The column.
        column: String,
        /// What stands there.
        given: String,
        /// What is wrong with it.
        error: chemorad::number::DecimalError,
    },
    /// A quantity that no model takes.
    #[error(
        "row {row}: {given:?} is neither \"absorbed dose\" nor EQD2Gy(…), and a model takes no other quantity"
    )]
    Quantity {
        /// The row.
        row: usize,
        /// What stands there.
        given: String,
    },
    /// Rows of different quantities.
    #[error("row {row}: its quantity is not that of the rows before, or of the column of doses")]
    SeveralQuantities {
        /// The row.
        row: usize,
    },
    /// A structure that is not in the file.
    #[error("there is no structure {given:?}; there is: {}", known.join(", "))]
    Structure {
        /// What was asked.
        given: String,
        /// Those in the file.
        known: Vec<String>,
    },
    /// Several structures, and none was named.
    #[error("the file has several structures: name one of {}", known.join(", "))]
    SeveralStructures {
        /// Those in the file.
        known: Vec<String>,
    },
    /// A structure was named, and the file has no such column.
    #[error("a structure was named, and the file has no column structure: it does not apply")]
    NoStructures,
}

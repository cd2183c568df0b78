//! Why a file is not read at all.

use std::io;

use crate::flags::ignore_flag;

/// Why a file is not read at all. Wrong rows are no error: they have records.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CohortError {
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Not UTF-8.
    #[error(
        "the file is in UTF-16, as some spreadsheets save text: save it as CSV in UTF-8 and read \
         that"
    )]
    Utf16,
    /// No header.
    #[error(
        "the file has no header: its first row must name the columns, such as id,height_cm,weight_kg"
    )]
    NoHeader,
    /// A header that is no text.
    #[error("the header is not UTF-8 text: save the file as UTF-8")]
    HeaderText,
    /// A column twice.
    #[error("the header has the column {name:?} twice: leave one out")]
    ColumnTwice {
        /// The name.
        name: String,
    },
    /// A column that is needed.
    #[error(
        "the header has no column for the {quantity}. Known names: {choices}. Name it so, or say which column it is \
         with --column, such as --column {example}=NAME. The header has: {header}"
    )]
    ColumnMissing {
        /// What is missing.
        quantity: String,
        /// The names it may have.
        choices: String,
        /// One of them.
        example: &'static str,
        /// What the header has.
        header: String,
    },
    /// Columns that are nearly known.
    #[error("{questions} A column that is not known is not used. {answers}")]
    NearMiss {
        /// The names in the file, each with the known ones that it may be; none where its unit is not read.
        asked: Vec<(String, Vec<&'static str>)>,
        /// The questions.
        questions: String,
        /// The answers to them, with flags that can be pasted.
        answers: String,
    },
    /// A mapping to a column that says another unit.
    #[error("--column {name}={of}: the name of the column says another unit. {answer}")]
    MappedUnit {
        /// The known name.
        name: String,
        /// The column.
        of: String,
        /// What may be done.
        answer: String,
    },
    /// A line for spreadsheets before the header.
    #[error(
        "the first line is {line}, which tells a spreadsheet what stands between cells and is no header: delete the line. \
         What stands between cells is found without it"
    )]
    SeparatorLine {
        /// The line.
        line: String,
    },
    /// A mapping to a column that is not there.
    #[error("--column {name}={of}: the header has no column {of:?}. It has: {header}")]
    MappedMissing {
        /// The known name.
        name: String,
        /// The column.
        of: String,
        /// What the header has.
        header: String,
    },
    /// A mapping without a known name.
    #[error(
        "--column ={of}: the known name is missing, such as --column height_cm=NAME; to leave the column out \
         {}",
        left_out(of)
    )]
    MappedNothing {
        /// The column.
        of: String,
    },
    /// Records that cannot be written.
    #[error("cannot write {file}: {error}")]
    Write {
        /// The file.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// A mapping of a name that is not known.
    #[error("--column {name}={of}: {name:?} is not a column that is known. Choices: {choices}")]
    MappedUnknown {
        /// The name.
        name: String,
        /// The column.
        of: String,
        /// The names that are known.
        choices: String,
    },
    /// A creatinine and no weight basis.
    #[error(
        "the file has a serum creatinine, and the weight in the clearance is not chosen: give \
         --weight-basis actual, ideal or adjusted:0.4, or {} to leave the column out",
        left_out(column)
    )]
    WeightBasis {
        /// The column.
        column: String,
    },
    /// Not Parquet, or cut off.
    #[error(
        "the Parquet file cannot be read or written: {0}. A file that is cut off has no end: copy it again"
    )]
    Parquet(String),
    /// Parquet in a compression that is not built in.
    #[error(
        "the Parquet file is compressed by {compression}, which is not read: write it without compression, or by snappy or gzip"
    )]
    ParquetCompression {
        /// The compression.
        compression: String,
    },
    /// A list of nothing.
    #[error("the JSON list is empty: nothing is there to read. Export the file again")]
    EmptyList,
    /// A JSON object in place of a list.
    #[error(
        "not a JSON list: the file begins with a JSON object and no list. Write a list of objects, [{{\"id\": \"A\", ...}}], or one object a line in a file that ends in .ndjson"
    )]
    ObjectNoList,
    /// Not NDJSON.
    #[error(
        "the first line is not a JSON object: NDJSON has one object a line, such as \
         {{\"id\": \"A\", \"height_cm\": 170, \"weight_kg\": 70}}"
    )]
    NotAnObject,
    /// Not a list of JSON objects.
    #[error(
        "not a JSON list of objects, such as [{{\"id\": \"A\", \"height_cm\": 170, \"weight_kg\": 70}}]: {0}"
    )]
    NotAList(String),
    /// A protocol, and nothing that says which arm a row has.
    #[error(
        "the file has no column arm, and the protocol {protocol} has several: name one with --protocol \
         {protocol}/ARM, or say which column it is with --column arm=NAME. Arms and treatments: {choices}"
    )]
    ArmMissing {
        /// The protocol.
        protocol: String,
        /// Its arms.
        choices: String,
    },
    /// One arm for all, and one for each row.
    #[error(
        "the arm is named with --protocol, and the file has an arm in each row: name the protocol alone, or \
         {} to leave the column out",
        left_out(column)
    )]
    ArmTwice {
        /// The column.
        column: String,
    },
    /// Orders and no rules for them.
    #[error("the file has body sizes, and an order needs formula, intensity, tablets and rounding")]
    RulesMissing,
    /// A row that is longer than any.
    #[error("a row is longer than 64 MB: a quote before it may not be closed. Nothing was written")]
    RowTooLong,
}

/// How a column is left out, as it can be pasted.
fn left_out(column: &str) -> String {
    match ignore_flag(column) {
        Some(flag) => format!("write {flag}"),
        None => "rename it in the file, because its name cannot be typed, and write --ignore NAME"
            .into(),
    }
}

/// Names for a message, not more than it can hold.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names
        .iter()
        .take(30)
        .map(|name| name.chars().take(40).collect())
        .collect();
    let more = if names.len() > 30 { ", ..." } else { "" };
    format!("{}{more}", shown.join(", "))
}

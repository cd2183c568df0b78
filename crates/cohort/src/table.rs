//! Parquet in and out.

use std::io::Write;
use std::sync::Arc;

use jiff::tz::TimeZone;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use crate::cell::Cell;
use crate::error::CohortError;
use crate::records::{Columns, Shape};

/// So many rows are a piece.
const ROWS: usize = 16_384;

/// The rows of a Parquet file.
pub(crate) struct Table {
    rows: RowIter<'static>,
    /// Whether a column holds nanoseconds, which the reader of rows takes for numbers.
    nanoseconds: Vec<bool>,
    pub(crate) header: Vec<String>,
}

fn refused(error: &ParquetError) -> CohortError {
    let words = match error {
        ParquetError::General(words) | ParquetError::EOF(words) => words.clone(),
        other => other.to_string(),
    };
    // one line, however the reader breaks it
    let words: Vec<&str> = words.split_whitespace().collect();
    CohortError::Parquet(words.join(" "))
}

impl Table {
    /// A whole file.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, CohortError> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes));
        let reader = reader.map_err(|error| refused(&error))?;
        let groups = reader.metadata().row_groups().iter();
        for column in groups.flat_map(RowGroupMetaData::columns) {
            if !is_read(column.compression()) {
                let compression = column.compression().to_string();
                return Err(CohortError::ParquetCompression { compression });
            }
        }
        let schema = reader.metadata().file_metadata().schema();
        let nanoseconds = schema
            .get_fields()
            .iter()
            .map(|field| is_nanoseconds(field));
        let nanoseconds = nanoseconds.collect();
        let header = schema.get_fields().iter();
        let header = header.map(|field| field.name().to_string()).collect();
        Ok(Self {
            rows: RowIter::from_file_into(Box::new(reader)),
            header,
            nanoseconds,
        })
    }

    /// The next rows; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<Vec<Cell>>>, CohortError> {
        let mut rows = Vec::new();
        for row in self.rows.by_ref().take(ROWS) {
            let row = row.map_err(|error| refused(&error))?;
            let fields = row.get_column_iter().map(|(_, field)| field);
            let cells = fields.enumerate().map(|(at, field)| match field {
                Field::Long(value) if self.nanoseconds.get(at) == Some(&true) => {
                    moment(*value, 1_000_000_000)
                }
                field => cell(field),
            });
            rows.push(cells.collect());
        }
        Ok((!rows.is_empty()).then_some(rows))
    }
}

/// The kinds of compression that are built in.
const fn is_read(compression: Compression) -> bool {
    matches!(
        compression,
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_)
    )
}

fn is_nanoseconds(field: &Type) -> bool {
    let kind = field.get_basic_info().logical_type_ref();
    matches!(
        kind,
        Some(LogicalType::Timestamp(kind)) if kind.unit == TimeUnit::NANOS
    )
}

/// A number as its shortest text, which is read back as the same number; a binary one of at most 15 digits.
fn cell(field: &Field) -> Cell {
    Cell::Text(match field {
        Field::Null => return Cell::Missing,
        Field::Float(value) => return Cell::Real(value.to_string()),
        Field::Double(value) => return Cell::real(*value),
        Field::Decimal(_) => field.to_string(),
        Field::Date(days) => return days_text(i64::from(*days)),
        Field::TimestampMillis(value) => return moment(*value, 1_000),
        Field::TimestampMicros(value) => return moment(*value, 1_000_000),
        Field::Byte(value) => value.to_string(),
        Field::Short(value) => value.to_string(),
        Field::Int(value) => value.to_string(),
        Field::Long(value) => value.to_string(),
        Field::UByte(value) => value.to_string(),
        Field::UShort(value) => value.to_string(),
        Field::UInt(value) => value.to_string(),
        Field::ULong(value) => value.to_string(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => match bytes.as_utf8() {
            Ok(text) => text.to_string(),
            Err(_) => return Cell::other(&field.to_string()),
        },
        _ => return Cell::other(&field.to_string()),
    })
}

const SECONDS_OF_A_DAY: i64 = 86_400;

/// The date so many days after 1970-01-01.
fn days_text(days: i64) -> Cell {
    let seconds = days.checked_mul(SECONDS_OF_A_DAY);
    let day = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    day.map_or_else(
        || Cell::other(&days.to_string()),
        |day| Cell::Text(TimeZone::UTC.to_datetime(day).date().to_string()),
    )
}

/// The date of a moment at midnight, which is how tables keep one; any other time of the day is shown, and no date.
fn moment(value: i64, of_a_second: i64) -> Cell {
    let of_a_day = SECONDS_OF_A_DAY * of_a_second;
    if value.rem_euclid(of_a_day) == 0 {
        return days_text(value.div_euclid(of_a_day));
    }
    let moment = jiff::Timestamp::from_second(value.div_euclid(of_a_second));
    Cell::other(&moment.map_or_else(|_| value.to_string(), |moment| moment.to_string()))
}

/// Records as a Parquet file: 64-bit numbers, null where there is none.
pub struct TableWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

fn column(
    name: &str,
    physical: Physical,
    optional: bool,
    text: bool,
) -> Result<Arc<Type>, ParquetError> {
    let repetition = if optional {
        Repetition::OPTIONAL
    } else {
        Repetition::REQUIRED
    };
    let built = Type::primitive_type_builder(name, physical)
        .with_repetition(repetition)
        .with_logical_type(text.then_some(LogicalType::String))
        .build()?;
    Ok(Arc::new(built))
}

fn schema(shape: &Shape) -> Result<Arc<Type>, ParquetError> {
    let mut fields = vec![
        column("row", Physical::INT64, false, false)?,
        column("id", Physical::BYTE_ARRAY, false, true)?,
    ];
    for name in shape.names() {
        fields.push(column(name, Physical::DOUBLE, true, false)?);
    }
    for name in shape.texts() {
        fields.push(column(name, Physical::BYTE_ARRAY, false, true)?);
    }
    fields.push(column("unread_column", Physical::BYTE_ARRAY, false, true)?);
    fields.push(column("outcome", Physical::BYTE_ARRAY, false, true)?);
    fields.push(column("codes", Physical::BYTE_ARRAY, false, true)?);
    let group = Type::group_type_builder("records").with_fields(fields);
    Ok(Arc::new(group.build()?))
}

impl<W: Write + Send> TableWriter<W> {
    pub(crate) fn new(out: W, shape: &Shape) -> Result<Self, CohortError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let schema = schema(shape).map_err(|error| refused(&error))?;
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties));
        Ok(Self {
            writer: writer.map_err(|error| refused(&error))?,
        })
    }

    /// Writes the records of a batch.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&mut self, columns: &Columns) -> Result<(), CohortError> {
        self.group(columns).map_err(|error| refused(&error))
    }

    fn group(&mut self, columns: &Columns) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        next::<Int64Type, _>(&mut group, &columns.rows, None)?;
        texts(&mut group, columns.ids.iter().map(String::as_str))?;
        for numbers in &columns.numbers {
            let levels: Vec<i16> = numbers.iter().map(|n| i16::from(!n.is_nan())).collect();
            let given: Vec<f64> = numbers.iter().copied().filter(|n| !n.is_nan()).collect();
            next::<DoubleType, _>(&mut group, &given, Some(&levels))?;
        }
        for written in &columns.written {
            texts(&mut group, written.iter().map(String::as_str))?;
        }
        texts(
            &mut group,
            columns.unread_columns.iter().map(String::as_str),
        )?;
        texts(&mut group, columns.outcomes.iter().copied())?;
        texts(&mut group, columns.codes.iter().map(String::as_str))?;
        group.close()?;
        Ok(())
    }

    /// Writes the end of the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(self) -> Result<(), CohortError> {
        let closed = self.writer.close();
        closed.map(|_| ()).map_err(|error| refused(&error))
    }
}

fn next<T: parquet::data_type::DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}

fn texts<'t, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    texts: impl Iterator<Item = &'t str>,
) -> Result<(), ParquetError> {
    let values: Vec<ByteArray> = texts.map(ByteArray::from).collect();
    next::<ByteArrayType, _>(group, &values, None)
}

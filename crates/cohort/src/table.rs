//! Parquet in and out.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
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
        let schema = reader.metadata().file_metadata().schema();
        let header = schema.get_fields().iter();
        let header = header.map(|field| field.name().to_string()).collect();
        Ok(Self {
            rows: RowIter::from_file_into(Box::new(reader)),
            header,
        })
    }

    /// The next rows; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<Vec<Cell>>>, CohortError> {
        let mut rows = Vec::new();
        for row in self.rows.by_ref().take(ROWS) {
            let row = row.map_err(|error| refused(&error))?;
            let cells = row.get_column_iter().map(|(_, field)| cell(field));
            rows.push(cells.collect());
        }
        Ok((!rows.is_empty()).then_some(rows))
    }
}

/// A number as its shortest text, which is read back as the same number.
fn cell(field: &Field) -> Cell {
    Cell::Text(match field {
        Field::Null => return Cell::Missing,
        Field::Float(value) => return Cell::Real(value.to_string()),
        Field::Double(value) => return Cell::Real(value.to_string()),
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
            Err(_) => return Cell::Other,
        },
        _ => return Cell::Other,
    })
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

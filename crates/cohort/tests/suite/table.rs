//! Parquet in and out.

use std::sync::Arc;

use chemorad_cohort::{Cohort, Ids, Layout, Pieces};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::common::{plain, read};

/// Three rows: a patient, one without a height, one whose weight is a whole number.
fn file() -> Vec<u8> {
    let schema = "message patients {
        REQUIRED BYTE_ARRAY id (UTF8);
        OPTIONAL DOUBLE height_cm;
        REQUIRED INT32 weight_kg;
    }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let ids = ["A", "B", "=C"].map(ByteArray::from);
    column
        .typed::<ByteArrayType>()
        .write_batch(&ids, None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<DoubleType>()
        .write_batch(&[170.5, 160.1], Some(&[1, 0, 1]), None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<Int32Type>()
        .write_batch(&[70, 70, 55], None, None)
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn records_are_those_of_the_same_csv() {
    let mut pieces = Pieces::parquet(file()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let mut out = Vec::new();
    let mut table = cohort.table(&mut out).unwrap();
    let mut ids = Ids::new();
    while let Some(piece) = pieces.next().unwrap() {
        let mut batch = cohort.read(&piece);
        ids.mark(&mut batch);
        table.write(&cohort.columns(&batch).0).unwrap();
    }
    table.finish().unwrap();
    let csv = read(
        plain(),
        "id,height_cm,weight_kg\nA,170.5,70\nB,,70\n=C,160.1,55\n",
    );
    let reader = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
    let names: Vec<String> = reader
        .metadata()
        .file_metadata()
        .schema()
        .get_fields()
        .iter()
        .map(|field| field.name().to_string())
        .collect();
    assert_eq!(names, csv.header);
    for (at, row) in reader.get_row_iter(None).unwrap().enumerate() {
        for (name, field) in row.unwrap().get_column_iter() {
            let own = field.to_string();
            let own = own.trim_matches('"').replace("null", "");
            let expected = csv.cell(at, name).trim_start_matches('\'');
            match (own.parse::<f64>(), expected.parse::<f64>()) {
                (Ok(own), Ok(expected)) => assert_eq!(own.to_bits(), expected.to_bits(), "{name}"),
                _ => assert_eq!(own, expected, "{name}"),
            }
        }
    }
}

/// Floating-point numbers of another arithmetic, days, moments, decimals and truth values.
#[test]
fn values_of_every_type_are_read_or_quoted() {
    use parquet::data_type::{BoolType, Int64Type};
    let schema = "message patients {
        REQUIRED DOUBLE height_cm;
        REQUIRED INT64 weight_kg (DECIMAL(10,2));
        REQUIRED INT32 start_date (DATE);
        REQUIRED INT64 end_date (TIMESTAMP(NANOS,false));
        REQUIRED BYTE_ARRAY planned (UTF8);
        REQUIRED BOOLEAN sex;
    }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    macro_rules! put {
        ($kind:ty, $values:expr) => {
            let mut column = group.next_column().unwrap().unwrap();
            let typed = column.typed::<$kind>();
            typed.write_batch(&$values, None, None).unwrap();
            column.close().unwrap();
        };
    }
    // 66 inches; 70.25 kg; 2026-12-07 and 2027-01-13
    put!(DoubleType, [66.0 * 2.54]);
    put!(Int64Type, [7025]);
    put!(Int32Type, [20_794]);
    put!(Int64Type, [20_831 * 86_400 * 1_000_000_000]);
    put!(ByteArrayType, [ByteArray::from("50.4Gy/28")]);
    put!(BoolType, [true]);
    group.close().unwrap();
    writer.close().unwrap();
    let mut pieces = Pieces::parquet(bytes).unwrap();
    let record = |left_out: &[(String, String)], pieces: &mut Pieces<'_>| {
        let layout = Layout::new(pieces.header(), left_out).unwrap();
        let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
        let batch = cohort.read(&pieces.next().unwrap().unwrap());
        let (written, tally) = cohort.records(&batch, chemorad_cohort::Records::Csv);
        (String::from_utf8(written).unwrap(), tally)
    };
    let (written, tally) = record(&[], &mut pieces);
    assert!(
        written.contains(",sex,cannot_tell,cohort.unreadable"),
        "{written}"
    );
    let cell = tally.worst()[0].unread.clone().unwrap();
    assert_eq!(cell.text, "true");
    // the rest is read: 38 days
    assert!(written.contains(",38,sex,"), "{written}");
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let whole = file();
    for length in [0, 3, 50, whole.len() / 2, whole.len() - 1] {
        let error = Pieces::parquet(whole[..length].to_vec()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the Parquet file cannot be read"),
            "{error}"
        );
    }
    // damage inside a page is found where it is read
    let mut damaged = whole;
    for byte in &mut damaged[4..60] {
        *byte = 0xff;
    }
    let mut pieces = Pieces::parquet(damaged).unwrap();
    assert!(pieces.next().is_err());
}

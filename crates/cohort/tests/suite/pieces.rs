//! A file in pieces is the file: the same rows, wherever it is cut.

use chemorad_cohort::CsvOptions;
use proptest::prelude::*;

use crate::common::{plain, read_with};

fn cell() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(vec!["a", "\"\"", ",", "\n", "\r\n", "\r", ";", "7"]),
        0..6,
    )
    .prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn line() -> impl Strategy<Value = String> {
    let id = prop_oneof![
        cell(),
        Just("x".into()),
        Just("a\"b".into()),
        Just(String::new())
    ];
    let end = proptest::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]);
    (id, end).prop_map(|(id, end)| format!("{id},170,70{end}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn rows_do_not_depend_on_the_pieces(
        lines in proptest::collection::vec(line(), 0..20),
        tail in proptest::sample::select(vec!["", "y,170,70", "\"open,170,70\n"]),
        sizes in proptest::collection::vec(1_usize..60, 3),
    ) {
        let file = format!("id,height_cm,weight_kg\n{}{tail}", lines.concat());
        let read = |piece_bytes| {
            let mut options = CsvOptions::default();
            options.piece_bytes = piece_bytes;
            read_with(plain(), file.as_bytes(), options, &[]).unwrap()
        };
        let whole = read(None);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file.as_bytes());
        prop_assert_eq!(whole.rows.len(), reader.byte_records().count());
        for size in sizes {
            prop_assert_eq!(&read(Some(size)).written, &whole.written, "{} {:?}", size, &file);
        }
    }
}

//! NDJSON in and out.

use chemorad_cohort::{Cohort, CsvOptions, Layout, Pieces, Records};

use crate::common::{all, plain, read};

fn lines(file: &str) -> Vec<String> {
    let pieces = Pieces::lines(file.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let (written, _) = all(&cohort, pieces, Records::Lines);
    let written = String::from_utf8(written).unwrap();
    written.lines().map(String::from).collect()
}

#[test]
fn an_object_a_line() {
    let file = "\u{feff}{\"id\": \"A\", \"height_cm\": 170.5, \"weight_kg\": \"70.25\"}\n\
        {\"height_cm\": null, \"weight_kg\": 70}\n\n\
        {\"id\": 7, \"height_cm\": [170], \"weight_kg\": 70}\n\
        {\"id\": \"cut\", \"height_cm\": 17\n\
        {\"id\": \"=1+1\\n\", \"height_cm\": 170, \"weight_kg\": 70}";
    let rows = lines(file);
    assert_eq!(rows.len(), 5);
    let csv = read(plain(), "id,height_cm,weight_kg\nA,170.5,70.25\n");
    let area = csv.cell(0, "bsa_m2");
    assert!(
        rows[0].contains(&format!("\"bsa_m2\":{area},")),
        "{}",
        rows[0]
    );
    assert!(
        rows[0].ends_with(",\"outcome\":\"pass\",\"codes\":[]}"),
        "{}",
        rows[0]
    );
    assert!(rows[1].contains("\"ordered_mg\":null"));
    assert!(rows[1].ends_with(
        ",\"outcome\":\"cannot_tell\",\"codes\":[\"cohort.height\",\"cohort.id_missing\"]}"
    ));
    for row in [2, 3] {
        assert!(rows[row].contains("cohort.unreadable"), "{}", rows[row]);
    }
    // JSON is no spreadsheet
    assert!(rows[4].contains("\"id\":\"=1+1\","), "{}", rows[4]);
}

#[test]
fn names_that_the_first_line_has_not() {
    let file = "{\"id\": \"A\", \"height_cm\": 170, \"weight_kg\": 70}\n\
        {\"id\": \"B\", \"height_cm\": 170, \"weight_kg\": 70, \"ordered_mg\": 15000}\n\
        {\"id\": \"C\", \"height_cm\": 170, \"weight_kg\": 70, \"orderd_mg\": 15000}\n\
        {\"id\": \"D\", \"height_cm\": 170, \"weight_kg\": 70, \"ordered_mg\": null}\n";
    let mut pieces = Pieces::lines(file.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let batch = cohort.read(&pieces.next().unwrap().unwrap());
    let (written, tally) = cohort.records(&batch, Records::Lines);
    let written = String::from_utf8(written).unwrap();
    let rows: Vec<&str> = written.lines().collect();
    assert!(rows[0].contains("\"pass\"") && rows[3].contains("\"pass\""));
    let names = "cohort.names";
    assert!(
        rows[1].contains(&format!("\"cannot_tell\",\"codes\":[\"{names}\"]")),
        "{}",
        rows[1]
    );
    let unknown: Vec<&str> = tally.unknown().collect();
    assert_eq!(unknown, ["orderd_mg", "ordered_mg"]);
}

#[test]
fn a_name_twice_and_identifiers_that_are_no_text() {
    let rows = lines(
        "{\"id\": 0, \"height_cm\": 170, \"weight_kg\": 70}\n\
        {\"id\": \"A\", \"height_cm\": 170, \"weight_kg\": 70, \"weight_kg\": 71}\n\
        {\"id\": 18446744073709551617, \"height_cm\": 170, \"weight_kg\": 70}\n\
        {\"id\": true, \"height_cm\": 170, \"weight_kg\": 70}\n\
        {\"id\": 18446744073709551615, \"height_cm\": 170, \"weight_kg\": 70}\n",
    );
    for row in &rows[1..4] {
        assert!(row.contains("cohort.unreadable"), "{row}");
    }
    assert!(rows[2].contains("\"id\":\"\",") && rows[2].contains("\"unread_column\":\"id\""));
    assert!(rows[4].contains("\"18446744073709551615\"") && rows[4].contains("\"pass\""));
}

#[test]
fn a_list_of_objects_is_its_lines() {
    let list = "[{\"id\": \"A\", \"height_cm\": 170, \"weight_kg\": 70},\n\
        {\"id\": \"B\", \"height_cm\": 170, \"weight_kg\": 70, \"ordered\": \"15g bid\"}, 7]";
    let pieces = Pieces::list(list.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let (written, tally) = all(&cohort, pieces, Records::Lines);
    let written = String::from_utf8(written).unwrap();
    let rows: Vec<&str> = written.lines().collect();
    assert_eq!(tally.rows(), 3);
    // a name that the first object has not is a column all the same, and an order is missing in the first
    assert!(rows[0].contains("\"cohort.order_missing\""), "{}", rows[0]);
    assert!(rows[1].contains("order.dose"), "{}", rows[1]);
    assert!(rows[2].contains("cohort.unreadable"), "{}", rows[2]);
    for file in ["{}", "[", "7", ""] {
        let error = Pieces::list(file.as_bytes(), CsvOptions::default()).unwrap_err();
        assert!(error.to_string().contains("not a JSON list"), "{error}");
    }
}

/// The last of two values under one name would silently be taken.
#[test]
fn a_name_twice_in_a_list() {
    let list = "[{\"id\": \"A\", \"height_cm\": 170, \"weight_kg\": 70},\n\
        {\"id\": \"B\", \"height_cm\": 170, \"weight_kg\": 70, \"weight_kg\": 71},\n\
        {\"id\": \"C\", \"height_cm\": 170.5, \"weight_kg\": 70}]";
    let pieces = Pieces::list(list.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let (written, _) = all(&cohort, pieces, Records::Lines);
    let written = String::from_utf8(written).unwrap();
    let rows: Vec<&str> = written.lines().collect();
    assert!(rows[0].contains("\"pass\"") && rows[2].contains("\"pass\""));
    assert!(rows[1].contains("cohort.unreadable"), "{}", rows[1]);
    let first = "[{\"id\": \"A\", \"height_cm\": 170, \"height_cm\": 171, \"weight_kg\": 70}]";
    let error = Pieces::list(first.as_bytes(), CsvOptions::default()).unwrap_err();
    assert!(error.to_string().contains("\"height_cm\" twice"), "{error}");
}

#[test]
fn a_file_that_is_no_ndjson() {
    for file in ["[\n{}\n]\n", "id,height_cm\n", ""] {
        let error = Pieces::lines(file.as_bytes(), CsvOptions::default()).unwrap_err();
        assert!(error.to_string().contains("one object a line"), "{error}");
    }
}

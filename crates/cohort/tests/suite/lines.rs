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
    assert!(rows[1].ends_with(",\"outcome\":\"cannot_tell\",\"codes\":[\"cohort.height\"]}"));
    for row in [2, 3] {
        assert!(rows[row].contains("cohort.unreadable"), "{}", rows[row]);
    }
    // JSON is no spreadsheet
    assert!(rows[4].contains("\"id\":\"=1+1\\n\""), "{}", rows[4]);
}

#[test]
fn a_file_that_is_no_ndjson() {
    for file in ["[\n{}\n]\n", "id,height_cm\n", ""] {
        let error = Pieces::lines(file.as_bytes(), CsvOptions::default()).unwrap_err();
        assert!(error.to_string().contains("one object a line"), "{error}");
    }
}

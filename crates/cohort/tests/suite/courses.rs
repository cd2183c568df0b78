//! Courses in rows: EQD2, planned beside prescribed, with and without orders.

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::LinearQuadratic;
use chemorad_cohort::CsvOptions;

use crate::common::{plain, read_courses};

#[test]
fn eqd2_of_the_course() {
    let ten = AlphaBeta::constant("10 Gy");
    let file = "id,prescribed,planned\n\
        A,45Gy/25+5.4Gy/3,\n\
        B,45Gy/25,25 x 1.8Gy\n\
        C,36Gy/12,36Gy/20\n\
        D,45,\n\
        E,,\n";
    let read = read_courses(None, Some(ten), file.as_bytes(), CsvOptions::default(), &[]).unwrap();
    assert_eq!(
        read.header,
        ["row", "id", "eqd2_gy", "unread_column", "outcome", "codes"]
    );
    // 45 (1.8 + 10) / 12 + 5.4 (1.8 + 10) / 12
    let eqd2: f64 = read.cell(0, "eqd2_gy").parse().unwrap();
    assert!((eqd2 - 50.4 * 11.8 / 12.0).abs() < 1e-12);
    let one = LinearQuadratic::new(ten).eqd2("45Gy/25".parse().unwrap());
    // a column for the plan, and no plan in it
    assert_eq!(
        (read.cell(0, "outcome"), read.cell(0, "codes")),
        ("cannot_tell", "cohort.course")
    );
    let eqd2: f64 = read.cell(1, "eqd2_gy").parse().unwrap();
    assert_eq!(eqd2.to_bits(), one.gray().to_bits());
    assert_eq!(read.cell(1, "outcome"), "pass");
    // the same total in other fractions
    assert_eq!(
        (read.cell(2, "outcome"), read.cell(2, "codes")),
        ("fail", "cohort.course")
    );
    assert_eq!(
        (read.cell(3, "outcome"), read.cell(3, "codes")),
        ("cannot_tell", "cohort.unreadable")
    );
    // neither a plan nor a prescription where the file has columns for both
    assert_eq!(
        (read.cell(4, "outcome"), read.cell(4, "codes")),
        ("cannot_tell", "cohort.course")
    );
    assert_eq!(read.cell(4, "eqd2_gy"), "");
}

#[test]
fn a_row_without_a_course_is_open_in_a_file_of_courses() {
    for (file, outcome) in [
        ("id,planned\nA,\n", "cannot_tell"),
        ("id,planned\nA,45Gy/25\n", "pass"),
        ("id,prescribed\nA,NA\n", "cannot_tell"),
        ("id,prescribed,planned\nA,45Gy/25,45Gy/25\n", "pass"),
    ] {
        let options = CsvOptions::default();
        let read = read_courses(None, None, file.as_bytes(), options, &[]).unwrap();
        assert_eq!(read.cell(0, "outcome"), outcome, "{file}");
    }
}

#[test]
fn courses_with_orders() {
    let file = "height_cm,weight_kg,planned\n170,70,50.4Gy/28\n,70,50.4Gy/28\n";
    let ten = AlphaBeta::constant("10 Gy");
    let read = read_courses(
        Some(plain()),
        Some(ten),
        file.as_bytes(),
        CsvOptions::default(),
        &[],
    )
    .unwrap();
    assert_eq!(
        (read.cell(0, "ordered_mg"), read.cell(0, "outcome")),
        ("1500", "pass")
    );
    assert_eq!(read.cell(1, "codes"), "cohort.height");
    assert_ne!(read.cell(1, "eqd2_gy"), "");
    // orders need rules
    let none = read_courses(None, Some(ten), file.as_bytes(), CsvOptions::default(), &[]);
    assert!(
        none.err()
            .unwrap()
            .to_string()
            .contains("an order needs formula")
    );
    // without a ratio there is no column of EQD2, and courses are still compared
    let file = "prescribed,planned\n45Gy/25,45Gy/24\n";
    let read = read_courses(None, None, file.as_bytes(), CsvOptions::default(), &[]).unwrap();
    assert_eq!(
        read.header,
        ["row", "id", "unread_column", "outcome", "codes"]
    );
    assert_eq!(read.cell(0, "outcome"), "fail");
}

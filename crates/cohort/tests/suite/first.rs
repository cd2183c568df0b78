//! The rows to look at first, the cells that are not read, and what a wrong unit explains.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::patient::BodySurfaceAreaFormula;
use chemorad_cohort::{CsvOptions, UnreadReason};

use crate::common::{every, plain, read, read_with};

#[test]
fn another_frequency_comes_first_and_then_the_larger_deviation() {
    let rows: Vec<String> = (0..30)
        .map(|row| format!("D{row},170,70,2000mg bid\n"))
        .collect();
    // right for a day, and all of it at once; and a day that is divided unequally
    let last = "AT ONCE,170,70,3000mg daily\nUNEQUAL,170,70,500mg + 2500mg\n";
    let file = format!("id,height_cm,weight_kg,ordered\n{}{last}", rows.concat());
    let read = read(plain(), &file);
    let first: Vec<&str> = read
        .tally
        .worst()
        .iter()
        .map(|row| row.id.as_str())
        .collect();
    assert_eq!(first[..3], ["AT ONCE", "UNEQUAL", "D0"]);
    let percent = read.tally.worst()[0].deviation_percent;
    assert!((percent - 100.0).abs() < 0.1, "{percent}");
}

#[test]
fn a_cell_that_is_not_read_is_shown_with_its_reason() {
    let file = "id,height_cm,weight_kg,ordered\n\
        A,170,70,1\u{a0}500mg BD\n\
        B,170,70 kg,1500mg bid\n\
        C,170,70,1500mg bid\n\
        D,170,70,1500\n";
    let read = read(plain(), file);
    let unread: Vec<(u64, &str, &UnreadReason)> = read
        .tally
        .worst()
        .iter()
        .filter_map(|row| row.unread.as_ref().map(|cell| (row.row, cell)))
        .map(|(row, cell)| (row, cell.text.as_str(), &cell.reason))
        .collect();
    assert_eq!(unread.len(), 3, "{unread:?}");
    assert_eq!(
        unread[0],
        (1, "1\\u{a0}500mg BD", &UnreadReason::NoBreakSpace)
    );
    assert_eq!(unread[1], (2, "70 kg", &UnreadReason::Unit));
    assert!(unread[2].2.to_string().contains("how often"), "{unread:?}");
    // what was ordered stands in the records, read or not
    assert_eq!(read.cell(0, "ordered_as_written"), "1\u{a0}500mg BD");
    assert_eq!(read.cell(2, "ordered_as_written"), "1500mg bid");
}

#[test]
fn drugs_that_are_not_read_are_shown() {
    let file = "height_cm,weight_kg,interacting_drugs\n170,70,\"warfarin;none\"\n";
    let read = read(plain(), file);
    let cell = read.tally.worst()[0].unread.as_ref().unwrap();
    assert_eq!(
        (cell.text.as_str(), &cell.reason),
        ("warfarin;none", &UnreadReason::Drugs)
    );
}

#[test]
fn what_was_written_is_in_the_records_and_is_no_formula() {
    let file = "id,height_cm,weight_kg,ordered,dispensed,days\n\
        A,170,70,1500mg bid,168 x 500 mg,28\nB,170,70,=1+1,x,28\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "dispensed_as_written"), "168 x 500 mg");
    assert_eq!(read.cell(1, "ordered_as_written"), "'=1+1");
}

#[test]
fn a_unit_that_explains_a_wrong_order_is_said() {
    for (row, code) in [
        // 154.3 lb are 70 kg, and 67 in are 170 cm
        ("170,154.3,1500mg bid", "cohort.weight_unit"),
        ("67,70,1500mg bid", "cohort.height_unit"),
        ("67,154.3,1500mg bid", "cohort.weight_unit"),
        ("1.7,70,1500mg bid", "cohort.height_unit"),
        ("170,70,3000mg bid", "cohort.dose_of_day"),
        ("170,140,2000mg bid", ""),
        ("170,70,1500mg bid", ""),
        ("170,70,2000mg bid", ""),
    ] {
        let file = format!("height_cm,weight_kg,ordered\n{row}\n");
        let read = read(plain(), &file);
        let codes = read.cell(0, "codes");
        let found = [
            "cohort.weight_unit",
            "cohort.height_unit",
            "cohort.dose_of_day",
        ];
        let found = found.into_iter().find(|hint| codes.contains(hint));
        assert_eq!(found.unwrap_or_default(), code, "{row}: {codes}");
        if !code.is_empty() {
            assert_ne!(read.cell(0, "outcome"), "warn", "{row}");
        }
    }
    // amounts as numbers, and a dose of an administration as that of a day
    for (row, code) in [
        ("170,154.3,1500", "cohort.weight_unit"),
        ("170,70,3000", "cohort.dose_of_day"),
        ("170,70,750", "cohort.dose_of_day"),
    ] {
        let file = format!("height_cm,weight_kg,ordered_mg\n{row}\n");
        let read = read(plain(), &file);
        assert!(read.cell(0, "codes").contains(code), "{row}");
        assert_eq!(read.cell(0, "outcome"), "fail", "{row}");
    }
}

#[test]
fn the_deviations_of_a_file_of_orders_are_those_of_its_orders() {
    let tolerant = every().with_tolerance(Some("15 %".parse().unwrap()));
    let rules = CohortRules::new(&tolerant, BodySurfaceAreaFormula::Mosteller, None).unwrap();
    let of = |file: &str| {
        let read = read(rules.clone(), file);
        read.tally.deviations().counts.iter().sum::<u64>()
    };
    assert_eq!(
        of("height_cm,weight_kg,ordered_mg\n170,70,1500\n170,70,\n"),
        1
    );
    assert_eq!(of("height_cm,weight_kg\n170,70\n170,70\n"), 2);
}

#[test]
fn one_point_does_not_hide_decimal_commas() {
    let commas = |rows: &str| {
        let file = format!("id;height_cm;weight_kg\n{rows}");
        let read = read_with(plain(), file.as_bytes(), CsvOptions::default(), &[]).unwrap();
        let header = ["id", "height_cm", "weight_kg"].map(String::from);
        let layout = chemorad_cohort::Layout::new(&header, &[]).unwrap();
        let commas = read.tally.decimal_commas(&layout);
        commas
            .map(|(column, rows)| (column.to_string(), rows))
            .collect::<Vec<_>>()
    };
    let column = || "weight_kg".to_string();
    assert_eq!(commas("A;170;70,5\nB;1.71;69,5\n"), [(column(), 2)]);
    assert_eq!(commas("A;170;70,5\nB;171;69.5\n"), []);
    assert_eq!(commas("A;170;70.5\nB;171;69.5\nC;171;69,5\n"), []);
}

//! What was once passed without a word, or refused without a reason; and what is right beside it.

use chemorad::capecitabine::Caps;
use chemorad::capecitabine::columns::CohortRules;
use chemorad::patient::BodySurfaceAreaFormula;
use chemorad::radiotherapy::Weekdays;
use chemorad::report::{Finding, Outcome};
use chemorad_cohort::{
    Calendar, Cohort, CohortError, CsvOptions, FileFinding, Layout, Pieces, Records, Tally,
};

use crate::common::{all, every, plain, read, read_courses, read_with};

fn asked(header: &str) -> String {
    let file = format!("{header}\n");
    let read = read_with(plain(), file.as_bytes(), CsvOptions::default(), &[]);
    match read.err() {
        Some(CohortError::NearMiss {
            questions, answers, ..
        }) => format!("{questions} {answers}"),
        other => other.map_or_else(String::new, |error| error.to_string()),
    }
}

#[test]
fn columns_that_look_like_a_supply_or_an_order_are_asked_about() {
    let body = "id,height_cm,weight_kg";
    for name in [
        "dispensed_tablets",
        "Tablets",
        "tablets_dispensed",
        "Dispensed tablets",
        "qty_dispensed",
    ] {
        let said = asked(&format!("{body},ordered,{name},days"));
        let question = format!("is the column {name} dispensed or dispensed_mg?");
        assert!(said.starts_with(&question), "{said}");
        assert!(said.contains("--column"), "{said}");
    }
    let several = asked("id,Height,weight_kg,Gender,Creatinine,DPYD score,Other drugs");
    assert_eq!(several.matches('?').count(), 5, "{several}");
    // another column gives it, it is something else, or there are courses alone
    for header in [
        format!("{body},ordered,dispensed,tablet_colour,order_number"),
        format!("{body},ordered_by,dispensing_date,comment,weight_change"),
        "id,planned,prescribed,dose_rate,tablets".into(),
    ] {
        assert_eq!(asked(&header), "", "{header}");
    }
}

/// What is proposed can be pasted into a shell, and reads the unit that the header says.
#[test]
fn proposals_are_safe_and_in_the_unit_of_the_header() {
    for (header, flags) in [
        (
            "id,height_cm,Weight (lb)",
            "--column 'weight_lb=Weight (lb)'",
        ),
        (
            "id,Height inches,weight_kg",
            "--column \"height_in=Height inches\"",
        ),
        (
            "id,height_cm,weight_kg,dose $(rm x)",
            "--column 'ordered=dose $(rm x)'",
        ),
        ("id,height_cm,weight_kg,order `x`", "--ignore 'order `x`'"),
        (
            "id,height_cm,weight_kg,\"order's, \"\"x\"\"\"",
            r#"--ignore 'order'\''s, "x"'"#,
        ),
        ("id,height_cm,weight_kg,-dose", "--ignore=-dose"),
    ] {
        let said = asked(header);
        assert!(said.contains(flags), "{said}");
    }
    // each of several units is proposed, and none that is not read
    let open = asked("id,Height,weight_kg");
    for flag in ["height_cm=Height", "height_m=Height", "height_in=Height"] {
        assert!(open.contains(flag), "{open}");
    }
    for header in [
        "id,Height mm,weight_kg",
        "id,height_cm,weight_kg,\"dose\nx\"",
    ] {
        assert!(!asked(header).contains("--column"), "{}", asked(header));
    }
    // what a person says of a column is held against its name
    let mapped = |known: &str| {
        let file = b"id,height_cm,Weight (lb)\n";
        let map = [(known, "Weight (lb)")];
        let read = read_with(plain(), file, CsvOptions::default(), &map);
        read.err()
            .map_or_else(String::new, |error| error.to_string())
    };
    assert_eq!(mapped("weight_lb"), "");
    assert!(
        mapped("weight_kg").contains("'weight_lb=Weight (lb)'"),
        "{}",
        mapped("weight_kg")
    );
}

fn findings(header: &str) -> Vec<FileFinding> {
    let header: Vec<String> = header.split(',').map(String::from).collect();
    let layout = Layout::new(&header, &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let mut found = cohort.findings(&Tally::default());
    found.retain(|one| *one != FileFinding::NoRows);
    found
}

#[test]
fn days_without_a_supply_and_doses_without_a_frequency() {
    let body = "height_cm,weight_kg";
    assert_eq!(
        findings(&format!("{body},ordered,days")),
        [FileFinding::NoDispensed]
    );
    assert_eq!(
        findings(&format!("{body},ordered_mg")),
        [FileFinding::NoFrequency]
    );
    for header in [
        format!("{body},ordered,days,dispensed"),
        format!("{body},ordered,days,dispensed_mg"),
        format!("{body},ordered_mg,ordered_frequency"),
        format!("{body},ordered"),
    ] {
        assert_eq!(findings(&header), [], "{header}");
    }
    for (finding, code) in [
        (FileFinding::NoDispensed, "cohort.no_dispensed"),
        (FileFinding::NoFrequency, "cohort.no_frequency"),
    ] {
        let finding = Finding::from(finding);
        assert_eq!((finding.outcome, finding.code()), (Outcome::Warn, code));
    }
}

const DATES: &str = "id,planned,prescribed,start_date,end_date\n\
    A,50.4Gy/28,50.4Gy/28,2026-12-08,2026-12-10\n\
    B,50.4Gy/28,50.4Gy/28,2026-12-08,2027-11-30\n\
    C,50.4Gy/28,50.4Gy/28,2026-12-07,2027-01-13\n\
    D,50.4Gy/28,50.4Gy/28,2027-01-13,2026-12-07\n\
    E,50.4Gy/28,50.4Gy/28,2026-12-07,2027-01-15\n\
    F,50.4Gy/28,50.4Gy/28,2026-12-07,2027-01-12\n";

#[test]
fn dates_hold_the_fractions() {
    let read = read_courses(None, None, DATES.as_bytes(), CsvOptions::default(), &[]).unwrap();
    let said = |row| (read.cell(row, "outcome"), read.cell(row, "codes"));
    assert_eq!(said(0), ("fail", "cohort.overall_time"));
    assert_eq!(said(1), ("cannot_tell", "cohort.overall_time"));
    assert_eq!(said(2), ("pass", ""));
    assert_eq!(said(3), ("cannot_tell", "cohort.dates"));
    assert_eq!(read.cell(2, "overall_days"), "38");
    assert_eq!(read.cell(3, "overall_days"), "");
}

#[test]
fn dates_are_those_of_the_calendar() {
    let outcomes = |calendar: Calendar, file: &str| {
        let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default()).unwrap();
        let layout = Layout::new(pieces.header(), &[]).unwrap();
        let cohort = Cohort::new(layout, None, None).unwrap();
        assert!(cohort.compares_dates());
        let cohort = cohort.with_calendar(Some(calendar));
        let (written, _) = all(&cohort, pieces, Records::Csv);
        let written = String::from_utf8(written).unwrap();
        let rows = written.lines().skip(1);
        rows.map(|row| row.rsplit(',').nth(1).unwrap().to_string())
            .collect::<Vec<_>>()
    };
    let week = Weekdays::MONDAY_TO_FRIDAY;
    // 28 weekdays from 2026-12-07 end on 2027-01-13
    assert_eq!(
        outcomes(Calendar::new(week, Vec::new(), 1), DATES),
        ["fail", "cannot_tell", "pass", "cannot_tell", "warn", "fail"]
    );
    // two a day
    let twice = "planned,prescribed,start_date,end_date\n\
        45Gy/30,45Gy/30,2026-12-07,2026-12-25\n45Gy/30,45Gy/30,2026-12-07,2026-12-11\n";
    assert_eq!(
        outcomes(Calendar::new(week, Vec::new(), 2), twice),
        ["pass", "fail"]
    );
    assert_eq!(
        outcomes(Calendar::new(week, Vec::new(), 1), twice),
        ["fail", "fail"]
    );
}

/// A row to look at has the deviation of its record, and the supply beside it.
#[test]
fn the_deviation_of_a_row_to_look_at_is_that_of_its_record() {
    let file = "id,height_cm,weight_kg,ordered,dispensed,days\n\
        A,170,70,1000mg bid,224x500mg,28\n\
        B,17,70,1500mg bid,168x500mg,28\n";
    let read = read(plain(), file);
    let worst = read.tally.worst();
    assert_eq!(worst.len(), 2);
    let own: f64 = read.cell(0, "entered_deviation_percent").parse().unwrap();
    assert!((own + 33.331).abs() < 1e-3, "{own}");
    assert_eq!(worst[0].deviation_percent.to_bits(), own.to_bits());
    assert!((worst[0].supply_deviation_percent - 100.0).abs() < 1e-9);
    // nothing was calculated
    assert!(worst[1].deviation_percent.is_nan() && worst[1].supply_deviation_percent.is_nan());
}

/// The deviation is from the calculated dose, and the tolerance from the dose after caps, as for one order.
#[test]
fn a_cap_changes_no_calculated_dose() {
    let caps = Caps {
        dose_per_administration: Some("1000 mg".parse().unwrap()),
        ..Caps::NONE
    };
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    let rules = CohortRules::new(&every().with_caps(caps), mosteller, None).unwrap();
    let capped = read(rules, "height_cm,weight_kg,ordered_mg\n170,70,1000\n");
    let number =
        |read: &crate::common::Read, name: &str| -> f64 { read.cell(0, name).parse().unwrap() };
    assert!((number(&capped, "calculated_mg") - 1499.948).abs() < 1e-3);
    assert_eq!(capped.cell(0, "ordered_mg"), "1000");
    assert!((number(&capped, "deviation_percent") + 33.331).abs() < 1e-3);
    assert!(capped.cell(0, "codes").contains("capecitabine.cap"));
}

#[test]
fn pounds_and_inches_have_decimals() {
    let file =
        "id,height_in,weight_lb\nA,66.93,154.32\nB,66.9,154\nC,66.9291338582677,154.323583529414\n";
    let read = read(plain(), file);
    for row in 0..3 {
        assert_eq!(read.cell(row, "ordered_mg"), "1500", "{:?}", read.rows[row]);
    }
    let kilograms = self::read(plain(), "height_cm,weight_kg\n170.0022,69.998374538\n");
    assert_eq!(kilograms.cell(0, "bsa_m2"), read.cell(0, "bsa_m2"));
    // finer than the step in a decimal unit: a cell with its reason
    let finer = self::read(
        plain(),
        "height_cm,weight_kg\n170.00001,70\n170,70.0000000001\n",
    );
    for (row, column) in [(0, "height_cm"), (1, "weight_kg")] {
        assert_eq!(finer.cell(row, "codes"), "cohort.unreadable");
        assert_eq!(finer.cell(row, "unread_column"), column);
        let cell = finer.tally.worst()[row].unread.as_ref().unwrap();
        assert!(cell.reason.to_string().contains("round it"), "{cell:?}");
    }
}

#[test]
fn blanks_of_any_kind_around_a_cell_do_not_count() {
    let file = "id,height_cm,weight_kg,ordered\nP1\u{a0},170,70,1500mg bid\nP2,170,70,1500mg bid\u{202f}\n\
        \u{feff}P1,170,\u{2007}70,1500mg bid\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "id"), "P1");
    assert_eq!(read.cell(1, "outcome"), "pass");
    assert_eq!(read.cell(2, "codes"), "cohort.id_twice");
}

#[test]
fn no_dose_for_a_child() {
    let file =
        "height_cm,weight_kg,sex,age_years\n150,45,male,12\n160,50,male,17\n170,70,male,18\n";
    let read = read(plain(), file);
    for row in 0..2 {
        assert_eq!(
            (read.cell(row, "outcome"), read.cell(row, "codes")),
            ("cannot_tell", "cohort.age")
        );
        assert_eq!(read.cell(row, "ordered_mg"), "");
    }
    assert_eq!(read.cell(2, "outcome"), "pass");
}

#[test]
fn the_age_of_sdtm_is_in_years() {
    let file = "HEIGHTBL,WEIGHTBL,AGE,AGEU\n170,70,55,YEARS\n170,70,24,MONTHS\n170,70,12,YEARS\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "outcome"), "pass");
    assert_eq!(read.cell(1, "codes"), "cohort.unreadable");
    assert_eq!(read.cell(2, "codes"), "cohort.age");
}

#[test]
fn grams_for_milligrams_are_a_hint() {
    let file = "HEIGHTBL,WEIGHTBL,EXTRT,EXDOSE,EXDOSU,EXDOSFRQ\n\
        170,70,CAPECITABINE,1.8,mg,BID\n170,70,CAPECITABINE,1500,g,BID\n170,70,CAPECITABINE,1.5,g,BID\n";
    let read = read(plain(), file);
    for row in 0..2 {
        assert_eq!(read.cell(row, "outcome"), "fail");
        for code in ["cohort.ordered", "order.tablets", "cohort.dose_unit"] {
            assert!(read.cell(row, "codes").contains(code), "{row} {code}");
        }
    }
    assert_eq!(read.cell(2, "codes"), "");
}

#[test]
fn a_line_that_is_not_read_keeps_its_id_and_its_reason() {
    let file = "{\"id\":\"P1\",\"height_cm\":167.64000000000001,\"weight_kg\":70,\"sex\":\"F\"}\n\
        {\"id\":\"P2\",\"height_cm\":170,\"weight_kg\":70,\"weight_kg\":7}\n\
        {\"id\":\"P3\",\"height_cm\":170,\"weight_kg\":70\n\
        {\"id\":\"P4\",\"height_cm\":170,\"weight_kg\":70,\"sex\":true}\n";
    let pieces = Pieces::lines(file.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let (_, tally) = all(&cohort, pieces, Records::Lines);
    let worst: Vec<(&str, String)> = tally
        .worst()
        .iter()
        .map(|row| {
            let cell = row.unread.as_ref().unwrap();
            (row.id.as_str(), format!("{} {}", cell.text, cell.reason))
        })
        .collect();
    assert_eq!(worst.len(), 3);
    for ((id, said), (expected, part)) in worst.iter().zip([
        ("P2", "\"weight_kg\" twice"),
        ("P3", "no JSON object"),
        ("P4", "true it is neither a text nor a number"),
    ]) {
        assert_eq!(*id, expected);
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_list_of_nothing_and_an_object_are_named() {
    let refused = |file: &str| {
        let read = Pieces::list(file.as_bytes(), CsvOptions::default());
        read.err().unwrap().to_string()
    };
    assert!(refused("[]").contains("the JSON list is empty"));
    assert!(refused("{\"id\": 1}").contains("begins with a JSON object and no list"));
}

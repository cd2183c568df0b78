//! Columns by the names of CDISC, and names that are nearly known.

use chemorad::report::Observation as _;
use chemorad_cohort::{Cohort, CohortError, CsvOptions, FileFinding, Layout, Tally};

use crate::common::{plain, read, read_with};

#[test]
fn a_dose_of_sdtm_is_an_order_with_its_unit_and_frequency() {
    let read = read(
        plain(),
        "USUBJID,HEIGHTBL,WEIGHTBL,EXTRT,EXDOSE,EXDOSU,EXDOSFRQ\n\
         A,170,70,CAPECITABINE,1500,mg,BID\n\
         B,170,70,Capecitabine,1.5,g,Q12H\n\
         C,170,70,CAPECITABINE,1500,mg,QD\n\
         D,170,70,CAPECITABINE,2000,mg,BID\n\
         E,170,70,OXALIPLATIN,1500,mg,BID\n\
         F,170,70,CAPECITABINE,1500,,BID\n\
         G,170,70,CAPECITABINE,1500,mg/m2,BID\n\
         H,170,70,CAPECITABINE,1500,mg,\n\
         I,170,70,CAPECITABINE,1500,mg,5 TIMES PER WEEK\n\
         J,170,70,,1500,mg,BID\n\
         K,170,70,CAPECITABINE,,mg,BID\n",
    );
    let codes: Vec<&str> = (0..11).map(|row| read.cell(row, "codes")).collect();
    let unread = "cohort.unreadable";
    assert_eq!(
        codes,
        [
            "",
            "",
            "order.frequency",
            "cohort.ordered",
            unread,
            unread,
            unread,
            "cohort.order_missing",
            unread,
            unread,
            "cohort.order_missing",
        ]
    );
    assert_eq!(read.cell(2, "outcome"), "fail");
    assert_eq!(read.cell(1, "entered_mg"), "1500");
    assert_eq!(read.cell(2, "entered_times_a_day"), "1");
    assert_eq!(read.cell(2, "entered_per_day_mg"), "1500");
    assert_eq!(read.cell(4, "unread_column"), "EXTRT");
    assert_eq!(read.cell(5, "unread_column"), "EXDOSU");
    assert_eq!(read.cell(8, "unread_column"), "EXDOSFRQ");
}

/// A column that says mg in its name is in mg, whatever stands beside it.
#[test]
fn another_unit_beside_milligrams_is_not_converted() {
    let file = "height_cm,weight_kg,ordered_mg,EXDOSU\n170,70,1500,mg\n170,70,1500,g\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "outcome"), "pass");
    assert_eq!(read.cell(1, "codes"), "cohort.unreadable");
    assert_eq!(read.cell(1, "unread_column"), "EXDOSU");
    assert_eq!(read.cell(1, "entered_mg"), "1500");
}

/// What was dispensed is for the day as it was ordered.
#[test]
fn the_frequency_counts_for_what_was_dispensed() {
    let read = read(
        plain(),
        "height_cm,weight_kg,ordered_mg,ordered_frequency,dispensed_mg,days\n\
         170,70,1500,bid,84000,28\n170,70,1500,once daily,42000,28\n170,70,1500,bid,42000,28\n",
    );
    assert_eq!(read.cell(0, "codes"), "");
    assert_eq!(read.cell(1, "codes"), "order.frequency");
    assert_eq!(read.cell(2, "codes"), "cohort.dispensed");
}

fn findings(header: &str, mapped: &[(&str, &str)]) -> Vec<FileFinding> {
    let header: Vec<String> = header.split(',').map(String::from).collect();
    let mapped: Vec<(String, String)> = mapped
        .iter()
        .map(|(name, of)| ((*name).into(), (*of).into()))
        .collect();
    let layout = Layout::new(&header, &mapped).unwrap();
    let cohort = Cohort::new(layout, Some(plain()), None).unwrap();
    let mut found = cohort.findings(&Tally::default());
    found.retain(|one| *one != FileFinding::NoRows);
    found
}

#[test]
fn a_dose_or_a_frequency_that_is_not_read_is_a_warning() {
    let not_read = |column: &str| FileFinding::NotRead {
        column: column.to_string(),
    };
    assert_eq!(not_read("EXDOSE").code().name, "cohort.column_not_read");
    let no_order = FileFinding::NoOrder { dispensed: false };
    let body = "HEIGHTBL,WEIGHTBL";
    assert_eq!(
        findings(&format!("{body},EXDOSE,EXDOSFRQ"), &[]),
        [no_order.clone(), not_read("EXDOSE"), not_read("EXDOSFRQ")]
    );
    assert_eq!(
        findings(&format!("{body},ordered,EXDOSFRQ"), &[]),
        [not_read("EXDOSFRQ")]
    );
    assert_eq!(
        findings(&format!("{body},ordered_mg,dose_freq"), &[]),
        [not_read("dose_freq")]
    );
    for (header, mapped) in [
        (format!("{body},EXDOSE,EXDOSU,EXDOSFRQ"), &[][..]),
        (
            format!("{body},EXDOSE,EXDOSFRQ"),
            &[("ordered_mg", "EXDOSE")][..],
        ),
        (
            format!("{body},ordered_mg,dose_freq"),
            &[("ordered_frequency", "dose_freq")],
        ),
        (format!("{body},ordered_mg,dose_freq"), &[("", "dose_freq")]),
    ] {
        assert_eq!(findings(&header, mapped), [], "{header}");
    }
}

#[test]
fn a_name_that_is_nearly_known_is_asked_about() {
    let asked = |header: &str, mapped: &[(&str, &str)]| {
        let file = format!("{header}\n");
        let read = read_with(plain(), file.as_bytes(), CsvOptions::default(), mapped);
        match read.err() {
            Some(CohortError::NearMiss { questions, .. }) => questions,
            other => other.map_or_else(String::new, |error| error.to_string()),
        }
    };
    let body = "height_cm,weight_kg";
    assert_eq!(
        asked(&format!("{body},odered_mg"), &[]),
        "is the column odered_mg ordered_mg?"
    );
    let capitals = asked("HEIGHT_CM,Weight_Kg,Ordered mg", &[]);
    assert_eq!(capitals.matches('?').count(), 3, "{capitals}");
    // an answer in either way, a name beside the known one, and names that are none
    for (header, mapped) in [
        ("odered_mg", &[("ordered_mg", "odered_mg")][..]),
        ("odered_mg", &[("", "odered_mg")]),
        ("ordered_mg,Ordered_mg", &[]),
        ("ordered_by,comment,AGE,EXSEQ,VISIT", &[]),
    ] {
        assert_eq!(asked(&format!("{body},{header}"), mapped), "", "{header}");
    }
    let error = read_with(
        plain(),
        b"height_cm,weight_kg,odered_mg\n",
        CsvOptions::default(),
        &[],
    );
    let error = error.err().unwrap().to_string();
    assert!(
        error.contains("--column ordered_mg=odered_mg") && error.contains("--ignore odered_mg"),
        "{error}"
    );
}

#[test]
fn a_line_for_spreadsheets_is_named() {
    let refused = |file: &str| {
        let read = read_with(plain(), file.as_bytes(), CsvOptions::default(), &[]);
        read.err().map(|error| error.to_string())
    };
    for line in ["sep=;", "SEP=,", "\"sep=;\"", "\u{feff}sep=;\r"] {
        let error = refused(&format!("{line}\nheight_cm;weight_kg\n170;70\n")).unwrap();
        assert!(error.contains("delete the line"), "{line}: {error}");
    }
    assert_eq!(refused("height_cm;weight_kg;sep=x\n170;70;1\n"), None);
}

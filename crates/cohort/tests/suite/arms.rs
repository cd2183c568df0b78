//! Arms of a protocol, with courses, dates and orders.

use std::collections::BTreeMap;

use chemorad::capecitabine::columns::CohortRules;
use chemorad_cohort::{Arms, Cohort, CohortError, CsvOptions, Layout, Pieces, Records};

use crate::common::{all, plain};

fn arms(only: Option<&str>, rules: Option<&CohortRules>) -> Arms {
    let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    Arms::new(trial, only, &BTreeMap::new(), |_| {
        Ok::<_, CohortError>(rules.cloned())
    })
    .unwrap()
}

fn cohort(file: &str, only: Option<&str>) -> Result<Vec<String>, CohortError> {
    let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default())?;
    let layout = Layout::new(pieces.header(), &[])?;
    let rules = plain();
    let rules = layout.has_orders().then_some(&rules);
    let cohort = Cohort::of_protocol(layout, arms(only, rules), None)?;
    let (written, _) = all(&cohort, pieces, Records::Csv);
    let written = String::from_utf8(written).unwrap();
    Ok(written.lines().skip(1).map(String::from).collect())
}

#[track_caller]
fn ends(line: &str, end: &str) {
    assert!(line.ends_with(end), "{line}: {end}");
}

/// Cannot tell, for one reason.
#[track_caller]
fn told(line: &str, code: &str) {
    ends(line, &format!(",cannot_tell,{code}"));
}

#[test]
fn a_plan_is_compared_with_the_course_of_its_arm() {
    let file = "id,arm,planned\n\
        A,adverse,45Gy/25+5.4Gy/3\n\
        B,adverse,45Gy/25+9Gy/5\n\
        C,adjuvant_chemoradiotherapy,45Gy/25+5.4Gy/3\n\
        D,radiotherapy_alone,45Gy/25\n\
        E,surveillance,45Gy/25\n\
        F,low_risk,45Gy/25\n\
        G,no-arm,45Gy/25\n\
        H,,45Gy/25\n\
        I,surveillance,\n";
    let rows = cohort(file, None).unwrap();
    ends(&rows[0], ",pass,");
    ends(&rows[1], ",fail,cohort.course");
    ends(&rows[2], ",pass,");
    ends(&rows[3], ",pass,");
    // no radiotherapy is prescribed
    ends(&rows[4], ",fail,cohort.course");
    // two treatments, no arm of this name, no arm
    for row in &rows[5..8] {
        told(row, "cohort.arm");
    }
    ends(&rows[8], ",pass,");
}

/// A plan that should be there is not one that agrees.
#[test]
fn a_missing_plan_is_open_where_the_arm_has_radiotherapy() {
    let file = "id,arm,prescribed,planned\n\
        A,adverse,45Gy/25+5.4Gy/3,45Gy/25+5.4Gy/3\n\
        B,adverse,45Gy/25+5.4Gy/3,\n\
        C,adverse,,\n\
        D,adverse,45Gy/25,\n\
        E,surveillance,,\n";
    let rows = cohort(file, None).unwrap();
    ends(&rows[0], ",pass,");
    told(&rows[1], "cohort.course");
    told(&rows[2], "cohort.course");
    ends(&rows[3], ",fail,cohort.course");
    ends(&rows[4], ",pass,");
    // a file of prescriptions alone lacks no plan
    let rows = cohort("id,arm,prescribed\nA,adverse,45Gy/25+5.4Gy/3\n", None).unwrap();
    ends(&rows[0], ",pass,");
}

/// Which of two regimens a row has, nothing says; and what else is given with the drug is handed on.
#[test]
fn regimens_and_other_drugs_of_an_arm() {
    let arms = |protocol: &chemorad_protocol::Protocol| {
        let given = std::cell::RefCell::new(Vec::new());
        let arms = Arms::new(protocol, None, &BTreeMap::new(), |stated| {
            let drugs = stated.other_drugs.iter().map(ToString::to_string);
            given.borrow_mut().push(drugs.collect::<Vec<_>>());
            Ok::<_, CohortError>(Some(plain()))
        });
        (arms.unwrap().rules().count(), given.into_inner())
    };
    let trial = chemorad_protocol::library::file("NSABP-R-04")
        .unwrap()
        .protocol;
    let with_oxaliplatin = vec!["oxaliplatin".to_string()];
    assert_eq!(arms(&trial), (2, vec![Vec::new(), with_oxaliplatin]));
    let mut twice = trial;
    let mut drugs = twice.drugs.to_vec();
    drugs[2].drug = drugs[1].drug.clone();
    twice.drugs = drugs.into();
    // fluorouracil with the other drug, and capecitabine alone; the arm with both has two regimens
    let fluorouracil = vec!["fluorouracil".to_string()];
    assert_eq!(arms(&twice), (2, vec![fluorouracil, Vec::new()]));
}

#[test]
fn one_arm_for_all_rows() {
    let file = "id,planned\nA,45Gy/25+5.4Gy/3\nB,45Gy/25\n";
    let rows = cohort(file, Some("adverse")).unwrap();
    ends(&rows[0], ",pass,");
    ends(&rows[1], ",fail,cohort.course");
    let error = cohort(file, None).unwrap_err().to_string();
    assert!(
        error.contains("adverse") && error.contains("column arm"),
        "{error}"
    );
    let error = cohort("id,arm,planned\nA,adverse,45Gy/25\n", Some("adverse")).unwrap_err();
    assert!(error.to_string().contains("--ignore arm"), "{error}");
}

#[test]
fn the_start_has_its_window() {
    // day 28 to 42 after the operation
    let file = "id,arm,event_date,start_date,end_date\n\
        A,adverse,2026-11-02,2026-11-30,2027-01-08\n\
        B,adverse,2026-11-02,2026-12-14,\n\
        C,adverse,2026-11-02,2026-11-29,\n\
        D,adverse,2026-11-02,2026-12-15,\n\
        E,adverse,,2026-12-15,\n\
        F,adverse,2026-11-02,2026-12-07,2026-12-06\n\
        G,adverse,2026-11-02,7.12.2026,\n";
    let rows = cohort(file, None).unwrap();
    ends(&rows[0], ",28,40,,pass,");
    ends(&rows[1], ",42,,,pass,");
    // a Sunday too
    ends(&rows[2], ",27,,,fail,cohort.start cohort.treatment_day");
    ends(&rows[3], ",43,,,fail,cohort.start");
    ends(&rows[4], ",cannot_tell,cohort.start");
    told(&rows[5], "cohort.dates");
    ends(
        &rows[6],
        "start_date,cannot_tell,cohort.unreadable cohort.start",
    );
}

#[test]
fn an_arm_without_the_drug_orders_none() {
    let file = "id,arm,height_cm,weight_kg,ordered\n\
        A,adverse,170,70,1500mg bid\n\
        B,radiotherapy_alone,170,70,\n\
        C,radiotherapy_alone,170,70,1500mg bid\n\
        D,dose_escalated_chemoradiotherapy,170,70,1500mg bid\n";
    let rows = cohort(file, None).unwrap();
    ends(&rows[0], ",pass,");
    ends(&rows[1], ",pass,");
    ends(&rows[2], ",fail,order.allowed");
    // the text leaves the drug open
    ends(&rows[3], ",cannot_tell,cohort.arm");
    // two treatments, none of which gives the drug: an order is wrong in either
    let file = "id,arm,height_cm,weight_kg,ordered,planned\n\
        A,low_risk,170,70,1500mg bid,45Gy/25\n\
        B,low_risk,170,70,,45Gy/25\n\
        C,low_risk,170,x,1500mg bid,45Gy/25\n\
        D,adverse,170,70,,45Gy/25+5.4Gy/3\n";
    let rows = cohort(file, None).unwrap();
    assert!(rows[0].contains(",fail,order.allowed"), "{}", rows[0]);
    assert!(!rows[1].contains("order.allowed"), "{}", rows[1]);
    assert!(!rows[2].contains("order.allowed"), "{}", rows[2]);
    ends(&rows[3], ",cannot_tell,cohort.order_missing");
}

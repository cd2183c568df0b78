//! What a column is for and a row has not, and what a file has not at all: nothing passes that was not compared.

use chemorad::report::{Observation as _, Outcome};
use chemorad_cohort::{Cohort, CsvOptions, FileFinding, Layout, Pieces, Records};

use crate::common::{all, judged, plain, read};

#[test]
fn a_row_without_an_order_does_not_pass_in_a_file_of_orders() {
    let read = read(
        plain(),
        "id,height_cm,weight_kg,ordered,dispensed,days\n\
         A,170,70,,,28\n\
         B,170,70,1500mg bid,168x500mg,28\n\
         C,170,70,,,\n\
         D,170,70,1500mg bid,,28\n",
    );
    let codes: Vec<&str> = (0..4).map(|row| read.cell(row, "codes")).collect();
    let both = "cohort.order_missing cohort.dispensed_missing";
    assert_eq!(codes, [both, "", both, "cohort.dispensed_missing"]);
    assert_eq!(read.tally.with(Outcome::CannotTell), 3);
}

#[test]
fn an_empty_amount_does_not_pass() {
    for (file, codes) in [
        ("ordered_mg\n170,70,\n", "cohort.order_missing"),
        ("ordered_mg\n170,70,NA\n", "cohort.order_missing"),
        ("ordered_mg\n170,70,1500\n", ""),
        (
            "ordered_mg,dispensed_mg,days\n170,70,1500,,28\n",
            "cohort.dispensed_missing",
        ),
        ("ordered_mg,dispensed_mg,days\n170,70,1500,84000,28\n", ""),
        // one of two columns of orders has it
        ("ordered,ordered_mg\n170,70,,1500\n", ""),
        ("ordered,ordered_mg\n170,70,1500mg bid,\n", ""),
        ("ordered,ordered_mg\n170,70,,\n", "cohort.order_missing"),
    ] {
        let read = read(plain(), &format!("height_cm,weight_kg,{file}"));
        assert_eq!(read.cell(0, "codes"), codes, "{file}");
        let outcome = if codes.is_empty() {
            "pass"
        } else {
            "cannot_tell"
        };
        assert_eq!(read.cell(0, "outcome"), outcome, "{file}");
    }
}

/// Where a rule stops the drug, no order is what there should be.
#[test]
fn a_stopped_drug_needs_no_order() {
    let file = "height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd,ordered_mg\n\
        170,70,female,60,80,0,\n170,70,female,60,80,2,\n";
    let read = read(judged(), file);
    assert!(
        !read.cell(0, "codes").contains("missing"),
        "{:?}",
        read.rows[0]
    );
    assert_eq!(read.cell(1, "codes"), "cohort.order_missing");
}

fn findings(file: &str) -> (Vec<FileFinding>, Outcome) {
    let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default()).unwrap();
    let layout = Layout::new(pieces.header(), &[]).unwrap();
    let rules = layout.has_orders().then(plain);
    let cohort = Cohort::new(layout, rules, None).unwrap();
    let (_, tally) = all(&cohort, pieces, Records::Csv);
    (cohort.findings(&tally), tally.outcome())
}

#[test]
fn a_file_without_rows_is_not_told() {
    let (found, outcome) = findings("id,height_cm,weight_kg,ordered_mg,ordered_frequency\n");
    assert_eq!(outcome, Outcome::CannotTell);
    assert_eq!(found, [FileFinding::NoRows]);
    assert_eq!(FileFinding::NoRows.code().name, "cohort.no_rows");
    let (found, outcome) =
        findings("id,height_cm,weight_kg,ordered_mg,ordered_frequency\nA,170,70,1500,bid\n");
    assert_eq!((found.len(), outcome), (0, Outcome::Pass));
}

#[test]
fn a_file_without_orders_says_so() {
    let (found, outcome) = findings("id,height_cm,weight_kg,Verordnung\nA,170,70,1500mg bid\n");
    assert_eq!(found, [FileFinding::NoOrder { dispensed: false }]);
    assert_eq!(found[0].outcome(), Outcome::Warn);
    assert_eq!(outcome, Outcome::Pass);
    let (found, _) = findings("height_cm,weight_kg,dispensed,days\n170,70,168x500mg,28\n");
    assert_eq!(found, [FileFinding::NoOrder { dispensed: true }]);
    // courses beside nothing, and beside each other
    assert_eq!(findings("planned\n45Gy/25\n").0, [FileFinding::NoCourse]);
    assert_eq!(FileFinding::NoCourse.code().name, "cohort.no_course");
    let both = "planned,prescribed\n45Gy/25,45Gy/25\n";
    assert_eq!(findings(both).0, []);
}

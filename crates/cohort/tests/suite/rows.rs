//! Rows as they should be: names, units, orders in the row, what they add up to.

use chemorad::capecitabine::columns::{CohortRules, PatientRow};
use chemorad::capecitabine::{Caps, JAPAN_METHOD_D, OrderRequest, Regimen, RoundingPolicy};
use chemorad::patient::BodySurfaceAreaFormula;
use chemorad::quantity::OrderedDose;
use chemorad::report::Outcome;
use chemorad_cohort::CsvOptions;

use crate::common::{every, judged, plain, read, read_with};

#[test]
fn one_record_a_row() {
    let read = read(plain(), "id,height_cm,weight_kg\nA,170,70\nB,160,55.5\n");
    let names = [
        "row",
        "id",
        "bmi",
        "bsa_m2",
        "creatinine_clearance_ml_min",
        "calculated_mg",
        "ordered_mg",
        "tablets_500mg",
        "tablets_150mg",
        "deviation_percent",
        "unread_column",
        "outcome",
        "codes",
    ];
    assert_eq!(read.header, names);
    assert_eq!(read.rows.len(), 2);
    let row = plain().order(&PatientRow::new(170.0, 70.0));
    // every digit stands
    assert_eq!(
        read.cell(0, "bsa_m2").parse::<f64>().unwrap().to_bits(),
        row.bsa_m2.to_bits()
    );
    assert_eq!(
        read.cell(0, "bmi").parse::<f64>().unwrap().to_bits(),
        row.bmi.to_bits()
    );
    assert_eq!(read.cell(0, "ordered_mg"), "1500");
    assert_eq!(read.cell(0, "tablets_500mg"), "3");
    assert_eq!(read.cell(0, "tablets_150mg"), "0");
    assert_eq!(read.cell(0, "creatinine_clearance_ml_min"), "");
    assert_eq!((read.cell(0, "row"), read.cell(0, "id")), ("1", "A"));
    assert_eq!(read.cell(0, "outcome"), "pass");
    assert_eq!(read.tally.rows(), 2);
    assert_eq!(read.tally.outcome(), Outcome::Pass);
}

#[test]
fn units_are_in_the_names() {
    for (header, row) in [
        ("height_cm,weight_kg", "170.18,69.85322498"),
        ("height_m,weight_g", "1.7018,69853.22498"),
        ("height_in,weight_lb", "67,154"),
        ("HEIGHTBL,WEIGHTBL", "170.18,69.85322498"),
    ] {
        let read = read(plain(), &format!("{header}\n{row}\n"));
        let expected = plain().order(&PatientRow::new(170.18, 69.853_224_98));
        let area: f64 = read.cell(0, "bsa_m2").parse().unwrap();
        assert_eq!(area.to_bits(), expected.bsa_m2.to_bits(), "{header}");
    }
    // finer than a micrometre is refused, as it is in the command of one patient
    let fine = read(plain(), "height_cm,weight_kg\n170.12345,70\n");
    assert_eq!(fine.cell(0, "codes"), "cohort.unreadable");
    assert_eq!(fine.cell(0, "unread_column"), "height_cm");
}

#[test]
fn rules_go_by_the_row() {
    let file = "USUBJID,height_cm,weight_kg,SEX,age_years,creatinine_umol_l,creatinine_mg_dl,dpyd\n\
        A,170,70,F,60,80,,2\n\
        B,170,70,F,60,,0.904977,not-tested\n\
        C,160,50,F,80,250,,2\n\
        D,170,70,U,60,80,,2\n\
        E,170,70,M,60,,,2\n\
        F,170,70,M,60,80,0.9,2\n";
    let read = read(judged(), file);
    assert_eq!(read.cell(0, "outcome"), "pass");
    assert_eq!(read.cell(1, "codes"), "capecitabine.dpyd");
    assert_eq!(read.cell(1, "outcome"), "warn");
    // 0.85 x (140 - 80) x 50 / (72 x 250 / 88.4) = 12.5 mL/min
    assert!(
        read.cell(2, "creatinine_clearance_ml_min")
            .starts_with("12.5")
    );
    assert_eq!(
        (read.cell(2, "outcome"), read.cell(2, "ordered_mg")),
        ("cannot_tell", "")
    );
    assert!(read.cell(2, "codes").starts_with("capecitabine.renal"));
    assert_eq!(read.cell(3, "codes"), "cohort.sex");
    assert_eq!(read.cell(4, "outcome"), "cannot_tell");
    assert!(read.cell(4, "codes").contains("capecitabine.renal"));
    assert_eq!(read.cell(5, "codes"), "cohort.two_values");
    assert_eq!(read.tally.outcome(), Outcome::CannotTell);
    assert_eq!(read.tally.with(Outcome::CannotTell), 4);
    let worst = &read.tally.worst()[0];
    assert_eq!((worst.row, worst.id.as_str()), (3, "C"));
}

#[test]
fn orders_in_the_row_are_compared() {
    // one mechanism with the check of one order: without a tolerance no other amount passes
    let file = "id,height_cm,weight_kg,ordered_mg\nother,170,70,1650\nno tablets,170,70,1450\n";
    let strict = read(plain(), file);
    assert_eq!(
        (strict.cell(0, "outcome"), strict.cell(0, "codes")),
        ("fail", "cohort.ordered")
    );
    assert_eq!(
        (strict.cell(1, "outcome"), strict.cell(1, "codes")),
        ("fail", "cohort.ordered order.tablets")
    );
    let tolerant = every().with_tolerance(Some("10.1 %".parse().unwrap()));
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    let tolerant = CohortRules::new(&tolerant, mosteller, None).unwrap();
    let file = "id,height_cm,weight_kg,ordered_mg,days,dispensed_mg\n\
        same,170,70,1500,28,84000\n\
        other,170,70,1650,28,92400\n\
        wrong,170,70,3000,28,168000\n\
        count,170,70,1500,28,80000\n\
        made,170,70,,28,84000\n\
        days,170,70,1500,,84000\n";
    let read = read(tolerant, file);
    assert_eq!(
        (read.cell(5, "outcome"), read.cell(5, "codes")),
        ("cannot_tell", "cohort.dispensed")
    );
    assert_eq!(read.cell(0, "outcome"), "pass");
    assert_eq!(
        (read.cell(1, "outcome"), read.cell(1, "codes")),
        ("warn", "cohort.ordered")
    );
    assert_eq!(
        (read.cell(2, "outcome"), read.cell(2, "codes")),
        ("fail", "cohort.ordered cohort.dose_of_day")
    );
    assert!(
        read.cell(2, "entered_deviation_percent")
            .starts_with("100.00")
    );
    assert_eq!(
        (read.cell(3, "outcome"), read.cell(3, "codes")),
        ("fail", "cohort.dispensed")
    );
    // what was dispensed is right for the expected order, and nobody says what was ordered
    assert_eq!(
        (read.cell(4, "outcome"), read.cell(4, "codes")),
        ("cannot_tell", "cohort.order_missing")
    );
    assert_eq!(read.cell(2, "ordered_mg"), "1500");
}

#[test]
fn an_order_against_a_hard_stop_fails() {
    let file = "height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd,ordered_mg\n\
        170,70,female,60,80,0,1500\n";
    let read = read(judged(), file);
    assert_eq!(read.cell(0, "outcome"), "fail");
    assert_eq!(read.cell(0, "codes"), "cohort.ordered capecitabine.dpyd");
}

#[test]
fn columns_by_another_name() {
    let file = "Nr;Groesse;Gewicht;Kommentar\n7;170,5;70,25;x\n";
    let options = {
        let mut options = CsvOptions::default();
        options.decimal_comma = true;
        options
    };
    let mapped = [
        ("id", "Nr"),
        ("height_cm", "Groesse"),
        ("weight_kg", "Gewicht"),
    ];
    let read = read_with(plain(), file.as_bytes(), options, &mapped).unwrap();
    let expected = plain().order(&PatientRow::new(170.5, 70.25));
    let area: f64 = read.cell(0, "bsa_m2").parse().unwrap();
    assert_eq!(area.to_bits(), expected.bsa_m2.to_bits());
    assert_eq!(read.cell(0, "id"), "7");
}

#[test]
fn what_is_missing_is_said_with_the_choices() {
    let refused = |file: &str, mapped: &[(&str, &str)]| {
        let read = read_with(plain(), file.as_bytes(), CsvOptions::default(), mapped);
        read.err().unwrap().to_string()
    };
    let error = refused("id,groesse,weight_kg\n", &[]);
    assert!(
        error.contains("no column for the height") && error.contains("height_cm"),
        "{error}"
    );
    assert!(
        error.contains("The header has: id, groesse, weight_kg"),
        "{error}"
    );
    let error = refused("height_cm,weight_kg\n", &[("height", "height_cm")]);
    assert!(error.contains("not a column that is known"), "{error}");
    let error = refused("height_cm,weight_kg\n", &[("id", "ID")]);
    assert!(error.contains("the header has no column \"ID\""), "{error}");
    let error = refused("height_cm,weight_kg,creatinine_umol_l\n", &[]);
    assert!(error.contains("--weight-basis"), "{error}");
    let ignored = [("", "creatinine_umol_l")];
    let file = "height_cm,weight_kg,creatinine_umol_l\n170,70,x\n";
    let read = read_with(plain(), file.as_bytes(), CsvOptions::default(), &ignored).unwrap();
    assert_eq!(read.cell(0, "outcome"), "pass");
}

/// Each reason for which a row has no order, and one that differs in nothing else and has one.
#[test]
fn each_refusal_has_its_code() {
    let code = |every: &OrderRequest, formula: &str, basis: Option<&str>, row: &str| {
        let basis = basis.map(|text| text.parse().unwrap());
        let rules = CohortRules::new(every, formula.parse().unwrap(), basis).unwrap();
        let header = if basis.is_some() {
            "height_cm,weight_kg,sex,age_years,creatinine_umol_l"
        } else {
            "height_cm,weight_kg,sex,age_years"
        };
        let read = read(rules, &format!("{header}\n{row}\n"));
        let codes = read.cell(0, "codes").to_string();
        codes.split(' ').next().unwrap_or_default().to_string()
    };
    let plain = every();
    let refusal = |formula: &str, basis: Option<&str>, row: &str| code(&plain, formula, basis, row);
    assert_eq!(
        refusal("stevenson", None, "120,40,,"),
        "cohort.formula_range"
    );
    assert_ne!(
        refusal("stevenson", None, "170,70,,"),
        "cohort.formula_range"
    );
    assert_eq!(refusal("schlich", None, "170,70,,"), "cohort.sex");
    assert_eq!(refusal("mosteller", None, "170,70,,200"), "cohort.age");
    assert_eq!(refusal("mosteller", None, "170,70,,61.5"), "cohort.age");
    let actual = Some("actual");
    assert_eq!(
        refusal("mosteller", actual, "170,70,male,,80"),
        "cohort.age"
    );
    assert_eq!(
        refusal("mosteller", actual, "170,70,male,17,80"),
        "cohort.age"
    );
    assert_eq!(
        refusal("mosteller", actual, "170,70,male,60,0.9"),
        "cohort.creatinine"
    );
    assert_eq!(
        refusal("mosteller", Some("ideal"), "150,60,male,60,80"),
        "cohort.ideal_weight"
    );
    assert_eq!(
        refusal("mosteller", Some("ideal"), "170,70,male,60,80"),
        "capecitabine.renal"
    );

    let with = |intensity: &str, times: u32| {
        let mut other = every();
        other.regimen = Regimen::new(intensity.parse().unwrap(), times).unwrap();
        other
    };
    let of = |every: &OrderRequest, row: &str| code(every, "mosteller", None, row);
    assert_eq!(
        of(&with("10000 mg/m2", 1), "280,700,,"),
        "cohort.calculated_dose"
    );
    // no tablet at all is nearer to 57 mg than 150 mg
    assert_eq!(of(&with("30 mg/m2", 2), "170,70,,"), "cohort.tablets");
    let small = OrderedDose::constant("100 mg");
    let cap = Caps {
        dose_per_administration: Some(small),
        ..Caps::NONE
    };
    assert_eq!(of(&every().with_caps(cap), "170,70,,"), "cohort.cap");
    let mut table = with("1250 mg/m2", 2);
    table.policy = RoundingPolicy::Bands(JAPAN_METHOD_D);
    assert_eq!(of(&table, "170,70,,"), "cohort.dose_table");
    table.regimen = every().regimen;
    table.stock = "300 mg".parse().unwrap();
    assert_ne!(of(&table, "170,70,,"), "cohort.dose_table");

    // half of 825.000001 mg/m2 is no whole number of nanograms
    let half = judged().every().clone();
    let mut uneven = with("825.000001 mg/m2", 2).with_rules(half.rules, half.facts);
    uneven.waived = half.waived;
    let formula = "mosteller".parse().unwrap();
    let rules = CohortRules::new(&uneven, formula, Some("actual".parse().unwrap())).unwrap();
    let header = "height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd";
    let file = format!("{header}\n170,70,male,60,80,1\n170,70,male,60,80,2\n");
    let read = read(rules, &file);
    assert_eq!(read.cell(0, "codes"), "cohort.share");
    assert_ne!(read.cell(1, "codes"), "cohort.share");
}

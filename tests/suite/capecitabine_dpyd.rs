//! DPYD: alleles and their scores, what guidelines say of them, phenotype tests, and what a decision
//! may leave.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use std::collections::BTreeMap;

use chemorad::capecitabine::{
    CPIC_DPYD_2018, CapecitabineOrder, ClinicalFacts, DPWG_DPYD_2019, DoseDecision, DoseRule,
    EMA_DPYD_2020, OrderRequest, Override, RuleFault, RuleSelection, RuleSet, RuleSetData,
};
use chemorad::patient::{DpydAllele, DpydGenotype, DpydPhenotype, DpydStatus, PatientError};
use chemorad::report::{Finding, Outcome};
use proptest::prelude::*;
use serde_json::json;

/// The table as it stands in the source, read in another way than the library reads it.
fn table() -> Vec<(String, f64)> {
    let text = include_str!("../../src/patient/dpyd_alleles.csv");
    let rows = text.lines().skip(2).map(|line| {
        let mut parts: Vec<&str> = line.split(',').collect();
        let _function = parts.pop().unwrap();
        let value = parts.pop().unwrap().parse().unwrap();
        (parts.join(",").replace('"', ""), value)
    });
    rows.collect()
}

/// CPIC's table of November 2025: all pairs, a copy of the same allele twice included.
#[test]
fn every_pair_of_alleles_is_scored() {
    let table = table();
    assert_eq!(table.len(), 84);
    let mut counts = BTreeMap::new();
    for (i, (first, a)) in table.iter().enumerate() {
        for (second, b) in &table[i..] {
            let written = format!("{first}, {second}");
            let found: DpydGenotype = written.parse().unwrap();
            let score = found.activity_score().value();
            assert_eq!(score, a + b, "{written}");
            *counts.entry((2.0 * score).to_string()).or_insert(0) += 1;
        }
    }
    let expected = [("4", 1596), ("3", 392), ("2", 1204), ("1", 147), ("0", 231)];
    let expected = expected.map(|(score, count)| (score.to_string(), count));
    assert_eq!(counts, BTreeMap::from(expected));
    assert_eq!(counts.values().sum::<i32>(), 3570);
}

/// `PharmCAT`, phenotype/DPYD.json at 5431bf1187e5.
#[test]
fn alleles_have_their_values_under_every_name() {
    for (name, value) in [
        ("Reference", 1.0),
        ("c.1905+1G>A", 0.0),
        ("*2A", 0.0),
        ("C.1679t>g", 0.0),
        ("*13", 0.0),
        ("c.2846A>T", 0.5),
        ("HapB3", 0.5),
        ("c.1236G>A", 0.5),
        ("c.1129-5923C>G, c.1236G>A (HapB3)", 0.5),
        ("c.1129-5923C>G", 0.5),
        ("c.557A>G", 0.5),
        ("c.1905C>G", 1.0),
    ] {
        assert_eq!(
            name.parse::<DpydAllele>().unwrap().activity_value(),
            value,
            "{name}"
        );
    }
    for (written, score) in [
        // one haplotype with two variants, and not two alleles
        ("c.1129-5923C>G, c.1236G>A (HapB3), Reference", 1.5),
        ("c.1129-5923C>G, c.1236G>A, Reference", 1.5),
        ("*2A/Reference", 1.0),
        ("HapB3; HapB3", 1.0),
        // the two lowest count, whatever their order
        ("Reference, HapB3, *2A, *13", 0.0),
        ("c.2846A>T,*13", 0.5),
        ("*13,c.2846A>T", 0.5),
    ] {
        let found: DpydGenotype = written.parse().unwrap();
        assert_eq!(found.activity_score().value(), score, "{written}");
    }
}

#[test]
fn what_names_no_allele_gets_an_answer() {
    for words in [
        "heterozygous",
        "c.1905+1G>A heterozygous",
        "wild type",
        "poor metaboliser",
    ] {
        let error = words.parse::<DpydStatus>().unwrap_err();
        assert!(matches!(error, PatientError::DpydWords { .. }), "{error}");
        let said = error.to_string();
        assert!(
            said.contains("c.1905+1G>A (*2A)") && said.contains("is 1.5, on both 1"),
            "{said}"
        );
    }
    let one = "c.1905+1G>A".parse::<DpydStatus>().unwrap_err();
    assert!(matches!(one, PatientError::OneDpydAllele { .. }), "{one}");
    let unknown = "c.1905+1G>T, Reference".parse::<DpydStatus>().unwrap_err();
    assert!(
        unknown
            .to_string()
            .contains("\"c.1905+1G>T\" is not one of the 84"),
        "{unknown}"
    );
    for text in [
        "",
        ",",
        "Reference,",
        "Reference Reference",
        "*2A *13",
        "0.75",
        "normal",
    ] {
        assert!(text.parse::<DpydStatus>().is_err(), "{text}");
    }
}

#[test]
fn a_status_is_one_text_and_one_shape_everywhere() {
    for text in [
        "not-tested",
        "indeterminate",
        "1.5",
        "*2A, Reference",
        "HapB3, c.2846A>T",
    ] {
        let status: DpydStatus = text.parse().unwrap();
        assert_eq!(
            status.to_string().parse::<DpydStatus>().unwrap(),
            status,
            "{status}"
        );
        let shape = serde_json::to_value(status).unwrap();
        assert_eq!(serde_json::from_value::<DpydStatus>(shape).unwrap(), status);
    }
    let listed: DpydStatus =
        serde_json::from_value(json!({"alleles": ["c.1905+1G>A", "Reference"]})).unwrap();
    assert_eq!(listed.score().unwrap().value(), 1.0);
    // a score that is not that of the alleles printed beside it
    assert!(
        "activity score 2 (*2A / Reference)"
            .parse::<DpydStatus>()
            .is_err()
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_of_alleles_panic(text in "[c.*0-9+>ACGTHapBRefrnc(), ;/-]{0,40}") {
        let _ = text.parse::<DpydStatus>();
    }
}

fn request(set: &RuleSet, dpyd: &str, area: &str) -> OrderRequest {
    let rules = RuleSelection::NONE.with(set).unwrap();
    let facts = ClinicalFacts {
        dpyd: Some(dpyd.parse().unwrap()),
        ..ClinicalFacts::default()
    };
    crate::orders::request("825 mg/m2", area, crate::orders::LABEL_STOCK).with_rules(rules, facts)
}

fn decided(mut request: OrderRequest, share: &str, phenotype: Option<&str>) -> CapecitabineOrder {
    let stated = |text: &str| DpydPhenotype::stated(text).unwrap();
    request.facts.phenotype = phenotype.map(stated);
    let decision = DoseDecision {
        fraction: share.parse().unwrap(),
        reason: "the tumour board of today".parse().unwrap(),
    };
    CapecitabineOrder::plan(request.with_decision(decision)).unwrap()
}

fn finding<'a>(order: &'a CapecitabineOrder, code: &str) -> Option<&'a Finding> {
    order.findings().iter().find(|finding| finding.is(code))
}

const PHENOTYPE: &str = "residual DPD activity 20 % of normal";

/// CPIC 2017 Table 2, footnote (PMC5760397): a phenotype first, without one below 25 %.
#[test]
fn at_a_score_of_one_half_a_quarter_needs_a_phenotype() {
    let half = |area| request(&CPIC_DPYD_2018, "0.5", area);
    let undecided = CapecitabineOrder::plan(half("1.82 m2")).unwrap();
    assert_eq!(
        (undecided.outcome(), undecided.day()),
        (Outcome::CannotTell, None)
    );
    for (share, phenotype, outcome) in [
        ("25 %", None, Outcome::Fail),
        ("50 %", None, Outcome::Fail),
        ("100 %", None, Outcome::Fail),
        // 24 % of 825 mg/m2 at 1.52 m2 is 300.96 mg, and 300 mg is ordered
        ("24 %", None, Outcome::Warn),
        ("25 %", Some(PHENOTYPE), Outcome::Warn),
        ("50 %", Some(PHENOTYPE), Outcome::Warn),
        // what the rows of a smaller deficiency leave still holds
        ("60 %", Some(PHENOTYPE), Outcome::Fail),
    ] {
        let order = decided(half("1.52 m2"), share, phenotype);
        assert_eq!(order.outcome(), outcome, "{share} {phenotype:?}");
        let first = finding(&order, "capecitabine.phenotype_first").is_some();
        assert_eq!(
            first,
            outcome == Outcome::Fail && phenotype.is_none(),
            "{share}"
        );
        // the text asks for so little, so that no digit is missing
        let small = finding(&order, "capecitabine.small_share_decided").is_some();
        assert_eq!(small, share == "25 %" && phenotype.is_some(), "{share}");
    }
    // a reason does not stand in for the test
    let reason = "the tumour board of today".parse().unwrap();
    assert!(Override::new("capecitabine.phenotype_first", reason).is_err());
}

/// What the tablets make of a decision counts: 24 % of 825 mg/m2 at 1.4 m2 is 277.2 mg, and 300 mg
/// are 25.97 % of the original 1155 mg.
#[test]
fn tablets_do_not_make_more_of_a_decision_than_a_rule_leaves() {
    let half = |area| request(&CPIC_DPYD_2018, "0.5", area);
    let order = decided(half("1.4 m2"), "24 %", None);
    assert_eq!(order.outcome(), Outcome::Fail);
    let beyond = finding(&order, "capecitabine.phenotype_first").unwrap();
    assert_eq!(beyond.found().as_deref(), Some("26.0 %"));
    assert_eq!(beyond.expected().as_deref(), Some("less than 25 %"));
    let below = decided(half("1.52 m2"), "24 %", None);
    assert!(finding(&below, "capecitabine.phenotype_first").is_none());
}

/// After a decision, whatever it is for, more than was decided is not ordered without a word.
#[test]
fn rounding_up_after_a_decision_is_said() {
    let plain = |area| crate::orders::request("825 mg/m2", area, crate::orders::LABEL_STOCK);
    for (share, area, up) in [
        // 618.75 x 1.6 = 990 mg: 1000 mg; x 1.62 = 1002.375 mg: 1000 mg
        ("75 %", "1.6 m2", true),
        ("75 %", "1.62 m2", false),
    ] {
        let order = decided(plain(area), share, None);
        let found = finding(&order, "capecitabine.rounded_up");
        assert_eq!(found.is_some(), up, "{area}");
        if let Some(found) = found {
            assert!(
                found
                    .message()
                    .contains("more is to be taken than was decided")
            );
        }
    }
    // without a decision and a reduction rounding up is rounding
    let order = CapecitabineOrder::plan(plain("1.81 m2")).unwrap();
    assert!(order.day().unwrap().deviation_percent() > 0.0);
    assert!(finding(&order, "capecitabine.rounded_up").is_none());
}

/// NBK395610, Table 3: half at 1 and 1.5, PHENO for two decreased alleles and for 0.5, avoid at 0.
#[test]
fn the_dutch_guideline_reads_alleles() {
    let intensity = |dpyd: &str| {
        let order = CapecitabineOrder::plan(request(&DPWG_DPYD_2019, dpyd, "1.8 m2")).unwrap();
        let adjusted = order.adjustment().adjusted();
        (
            order.outcome(),
            adjusted.map(|regimen| regimen.intensity().to_string()),
        )
    };
    let half = (Outcome::Warn, Some("412.5 mg/m2".to_string()));
    for dpyd in ["1.5", "HapB3, Reference", "*2A, Reference"] {
        assert_eq!(intensity(dpyd), half, "{dpyd}");
    }
    assert_eq!(intensity("2").1.as_deref(), Some("825 mg/m2"));
    let open = (Outcome::CannotTell, None);
    for dpyd in ["0.5", "*2A, HapB3", "HapB3, c.2846A>T", "1"] {
        assert_eq!(intensity(dpyd), open, "{dpyd}");
    }
    assert_eq!(intensity("*2A, *13"), (Outcome::Fail, None));

    let alone = CapecitabineOrder::plan(request(&DPWG_DPYD_2019, "1", "1.8 m2")).unwrap();
    let asked = finding(&alone, "capecitabine.dpyd").unwrap().message();
    assert!(asked.contains("name the alleles"), "{asked}");
    // no dose from the genotype: any decision needs the phenotype
    for dpyd in ["HapB3, c.2846A>T", "*2A, HapB3", "1"] {
        let order = decided(request(&DPWG_DPYD_2019, dpyd, "1.8 m2"), "20 %", None);
        assert!(
            finding(&order, "capecitabine.phenotype_first").is_some(),
            "{dpyd}"
        );
        let tested = decided(
            request(&DPWG_DPYD_2019, dpyd, "1.8 m2"),
            "20 %",
            Some(PHENOTYPE),
        );
        assert!(
            finding(&tested, "capecitabine.phenotype_first").is_none(),
            "{dpyd}"
        );
    }
}

/// A result that the chosen rule set does not read is not passed over: a settled rule stands beside an open
/// question, and a clinician's decision answers it.
#[test]
fn a_phenotype_that_no_row_reads_is_said() {
    let uracil = DpydPhenotype::PlasmaUracil("200 ng/mL".parse().unwrap());
    let stated = DpydPhenotype::stated("residual activity 4 % of normal").unwrap();
    for phenotype in [uracil.clone(), stated] {
        for dpyd in ["2", "1", "not-tested"] {
            let mut wanted = request(&CPIC_DPYD_2018, dpyd, "1.8 m2");
            wanted.facts.phenotype = Some(phenotype.clone());
            let order = CapecitabineOrder::plan(wanted.clone()).unwrap();
            assert_eq!(order.outcome(), Outcome::CannotTell, "{dpyd}");
            assert_eq!(order.day(), None, "{dpyd}");
            let unread = |order: &CapecitabineOrder| {
                let mut found = order.findings().iter();
                let unread = found.find(|found| found.message().contains("no row that reads"));
                unread.map(|found| found.outcome)
            };
            assert_eq!(unread(&order), Some(Outcome::CannotTell), "{dpyd}");
            let decision = DoseDecision {
                fraction: "45 %".parse().unwrap(),
                reason: "the tumour board of today".parse().unwrap(),
            };
            let order = CapecitabineOrder::plan(wanted.with_decision(decision)).unwrap();
            assert_eq!(unread(&order), Some(Outcome::Warn), "{dpyd}");
            assert!(order.day().is_some(), "{dpyd}");
        }
    }
    // a set that reads it says what it makes of it, beside the genotype
    let mut wanted = request(&EMA_DPYD_2020, "2", "1.8 m2");
    wanted.facts.phenotype = Some(uracil);
    let order = CapecitabineOrder::plan(wanted).unwrap();
    let mut found = order.findings().iter();
    assert!(!found.any(|found| found.message().contains("no row that reads")));
}

#[test]
fn a_phenotype_is_a_result() {
    for result in [
        "residual activity 40 % of normal, mononuclear cells",
        "residual_activity_20_%_of_normal",
        "DPD activity 4,2 nmol/mg/h (2026-11-02)",
        "uracil 12 ng/mL by mass spectrometry",
        "UH2/U ratio 8.3 in plasma",
        "sample sent 2026-11-02: 35 percent of normal",
    ] {
        assert!(DpydPhenotype::stated(result).is_ok(), "{result}");
    }
    for none in [
        "pending, ordered 2026-11-30",
        "ordered on 30.11.2026",
        "sample sent 11/30/2026 to laboratory 4",
        "result in 3 days or so",
        "awaited; cut-off of the laboratory 16 ng/mL",
        "not yet done, 0 % known",
        "test number 12345 of the laboratory",
    ] {
        assert!(DpydPhenotype::stated(none).is_err(), "{none}");
    }
}

/// The agency names plasma uracil as a test; a site states its own concentrations.
#[test]
fn plasma_uracil_is_read_where_a_set_has_rows_for_it() {
    let uracil = |set: &RuleSet, concentration: &str| {
        let mut wanted = request(set, "2", "1.8 m2");
        wanted.facts.dpyd = None;
        let concentration = concentration.parse().unwrap();
        wanted.facts.phenotype = Some(DpydPhenotype::PlasmaUracil(concentration));
        let order = CapecitabineOrder::plan(wanted).unwrap();
        (order.outcome(), order.day().is_some())
    };
    // accepted as the fact, and without a number for the dose
    assert_eq!(
        uracil(&EMA_DPYD_2020, "9 ng/mL"),
        (Outcome::CannotTell, false)
    );
    // a set by genotype has no row for it
    assert_eq!(
        uracil(&CPIC_DPYD_2018, "9 ng/mL"),
        (Outcome::CannotTell, false)
    );

    let mut data = serde_json::to_value(&EMA_DPYD_2020).unwrap();
    data["id"] = json!("synthetic-site");
    let rows = json!([
        {"rule": "full_dose", "words": "synthetic"},
        {"at_least": "20 ng/mL", "rule": {"fraction": "50 %"}, "words": "synthetic"},
        {"at_least": "200 ng/mL", "rule": "do_not_give", "words": "synthetic"},
    ]);
    data["dpyd"]["uracil"] = rows.clone();
    let site: RuleSetData = serde_json::from_value(data.clone()).unwrap();
    let site = RuleSet::new(site).unwrap();
    for (concentration, outcome, dose) in [
        ("19.9 ng/mL", Outcome::Pass, true),
        ("20 ng/mL", Outcome::Warn, true),
        ("199 ug/L", Outcome::Warn, true),
        ("200 ng/mL", Outcome::Fail, false),
    ] {
        assert_eq!(
            uracil(&site, concentration),
            (outcome, dose),
            "{concentration}"
        );
    }

    let fault = |row: usize, key: &str, value: serde_json::Value| {
        let mut data = data.clone();
        data["dpyd"]["uracil"][row][key] = value;
        let data: RuleSetData = serde_json::from_value(data).unwrap();
        RuleSet::new(data).unwrap_err().to_string()
    };
    for (row, key, value, said) in [
        (1, "at_least", json!("200 ng/mL"), RuleFault::Uracil(3)),
        (2, "at_least", json!(null), RuleFault::Uracil(3)),
        (0, "at_least", json!("1 ng/mL"), RuleFault::Uracil(1)),
        (
            2,
            "rule",
            json!("full_dose"),
            RuleFault::UpsideDown("dpyd.uracil", 3, 2),
        ),
        (
            2,
            "words",
            json!(" "),
            RuleFault::Empty("dpyd.uracil.words"),
        ),
    ] {
        let found = fault(row, key, value);
        assert!(found.contains(&said.to_string()), "{found}");
    }
}

#[test]
fn rows_of_a_site_beyond_a_quarter_are_pointed_out() {
    let with = |rule: serde_json::Value| {
        let mut data = serde_json::to_value(&CPIC_DPYD_2018).unwrap();
        data["id"] = json!("synthetic-site");
        data["dpyd"]["rows"][1]["rule"] = rule;
        let data: RuleSetData = serde_json::from_value(data).unwrap();
        let set = RuleSet::new(data).unwrap();
        set.cautions(chemorad::capecitabine::RuleTopic::Dpyd).len()
    };
    assert_eq!(with(json!({"fraction": "25 %"})), 1);
    assert_eq!(with(json!({"fraction": "24 %"})), 0);
    assert_eq!(with(json!({"avoid_or_below": "25 %"})), 0);
    let row = CPIC_DPYD_2018
        .dpyd
        .as_ref()
        .unwrap()
        .row("0.5".parse().unwrap());
    assert!(matches!(row.unwrap().rule, DoseRule::AvoidOrBelow(_)));
}

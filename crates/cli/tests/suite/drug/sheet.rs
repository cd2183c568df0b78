//! The drug's tables of a case file.

use super::{example, json, near, page, refused, says};

/// A changed example in one folder with the rule sets it names; every change must apply.
struct Changed {
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Changed {
    fn new(name: &'static str, changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut case = std::fs::read_to_string(example(name)).unwrap();
        for (from, to) in changes {
            assert!(case.contains(from), "{from}");
            case = case.replace(from, to);
        }
        std::fs::write(folder.path().join(name), case).unwrap();
        let rules = "rule-set-site.toml";
        std::fs::copy(example(rules), folder.path().join(rules)).unwrap();
        Self { folder, name }
    }

    fn command(&self) -> String {
        format!("sheet {}", self.folder.path().join(self.name).display())
    }
}

const ADJUVANT: &str = "adjuvant-chemoradiotherapy.toml";
const REDUCED: &str = "adjuvant-renal-reduction.toml";

/// The arithmetic stands in the example: 1067.98 mg, 1000 mg, 112 tablets.
#[test]
fn a_reduced_dose_from_measured_to_supply() {
    let case = Changed::new(REDUCED, &[]);
    let sheet = json(&case.command(), 0);
    let drug = &sheet["drug"];
    near(&drug["calculated"]["value"], 1067.98, 0.01);
    assert_eq!(drug["to_take"]["value"], 1000);
    near(&drug["deviation_percent"], -6.365, 0.001);
    assert_eq!(drug["schema"], "chemorad.capecitabine-order/3");
    near(
        &drug["facts"]["creatinine_clearance"]["value"],
        39.005,
        0.001,
    );
    assert_eq!(drug["adjustments"][0]["rule"]["rule_set"], "example-site");
    assert_eq!(drug["supply"]["tablets"][0]["count"], 112);
    let periods = drug["supply"]["periods"].as_array().unwrap();
    assert_eq!(periods.len(), 3);
    let not_checked = sheet["not_checked"].to_string();
    for checked in ["renal", "DPYD", "interactions", "supply"] {
        assert!(!not_checked.contains(checked), "{not_checked}");
    }
    // its rule set has a ladder, and the case states no toxicity
    for listed in ["organs at risk", "toxicity"] {
        assert!(not_checked.contains(listed), "{not_checked}");
    }
    let page = page(&case.command(), 0);
    says(&page, "-> 618.75 mg/m2");
    says(&page, "supply 112 x 500 mg (56 administrations");
    says(&page, "DPYD not tested");
}

#[test]
fn a_hard_stop_leaves_no_dose_on_the_sheet() {
    for (from, to, exit, words) in [
        ("{ score = 2 }", "{ score = 0 }", 1, "HARD STOP: no dose"),
        (
            "other_drugs = []",
            "other_drugs = [\"brivudine\"]",
            1,
            "HARD STOP: no dose",
        ),
        ("80 umol/L", "200 umol/L", 1, "HARD STOP: no dose"),
        ("80 umol/L", "120 umol/L", 3, "Cannot tell: no dose"),
        (
            "{ score = 2 }",
            "\"indeterminate\"",
            3,
            "Cannot tell: no dose",
        ),
        ("{ score = 2 }", "{ score = 1 }", 0, "-> 412.5 mg/m2"),
    ] {
        // the label before 2022 forbids what the one of 2026 was not confirmed on
        let label = ("renal=fda-label-2026", "fda-label-before-2022");
        let case = Changed::new(ADJUVANT, &[label, (from, to)]);
        let sheet = json(&case.command(), exit);
        assert_eq!(sheet["drug"]["to_take"].is_null(), exit != 0, "{to}");
        assert_eq!(sheet["drug"]["supply"].is_null(), exit != 0, "{to}");
        let page = page(&case.command(), exit);
        says(&page, words);
        // the radiotherapy is still on the sheet
        says(&page, "tumour bed 10 50.4 59.472 49.560");
    }
}

#[test]
fn what_is_not_given_is_not_checked_and_what_is_given_is_checked() {
    let bare = |from: &str, to: &str| {
        let changes = [(from, to)];
        json(&Changed::new(ADJUVANT, &changes).command(), 3)
    };
    // rules without the fact they need: absent is not normal
    let no_status = bare("[dpyd]\nstatus = { score = 2 }", "");
    assert!(no_status["drug"]["to_take"].is_null());
    let not_asked = bare("other_drugs = []", "");
    assert_eq!(not_asked["drug"]["to_take"]["value"], 1500);
    // a fact without rules to read it by
    let no_rules = bare("\"renal=fda-label-2026\", ", "");
    assert!(no_rules["drug"]["to_take"].is_null());
}

#[test]
fn the_tables_are_checked_even_where_there_is_no_drug() {
    let surveillance = |table: &str, part: &str| {
        let changed = format!("{table}\n[pathology]\n");
        let case = Changed::new("surveillance.toml", &[("[pathology]\n", &changed)]);
        refused(&case.command(), part);
    };
    surveillance("[renal]\ncreatinine = \"88.4 mg/dL\"", "check the unit");
    surveillance(
        "[renal]\ncreatinine = \"80 umol/L\"",
        "Choices: actual, ideal, adjusted:0.4",
    );
    surveillance(
        "[renal]\nclearance = \"60 mL/min\"",
        "renal.clearance_by is missing",
    );
    surveillance("[dpyd]\nstatus = \"normal\"", "not_tested");
    surveillance("[dpyd]\nstatus = { score = 0.75 }", "0, 0.5, 1, 1.5 and 2");
    surveillance(
        "[drug_rules]\nrule_sets = [\"fda\"]",
        "fda-label-before-2022",
    );
    surveillance("[drug_rules]\nrule_sets = [\"none.toml\"]", "cannot read");
    surveillance("[drug_rules]\nrule_set = []", "is not known here");
    surveillance("[supply]\ndispense_every_days = 0", "at least 1 day");
    surveillance("[supply]\ndispense_every_days = 7", "calendar is missing");
    surveillance(
        "[drug_rules]\noverrides = [{ code = \"capecitabine.dpyd\", reason = \"we know better\" }]",
        "cannot be overridden",
    );
}

/// A clinician's decision, an unequal day and a cap, each with the words that go with it.
#[test]
fn decisions_and_overrides_are_printed_with_their_reason() {
    let decided = Changed::new(
        ADJUVANT,
        &[
            ("80 umol/L", "120 umol/L"),
            (
                "other_drugs = []",
                "other_drugs = []\ndecision = { fraction = \"75 %\", reason = \"tumour board, synthetic\" }\n\
                 overrides = [{ code = \"capecitabine.cap\", reason = \"the synthetic site caps\" }]",
            ),
            (
                "ties = \"up\"",
                "ties = \"up\"\nbody_surface_area_cap = \"1.8 m2\"",
            ),
        ],
    );
    // 0.75 x 825 = 618.75; x 1.8 m2 = 1113.75 mg: 1150 mg
    let sheet = json(&decided.command(), 0);
    assert_eq!(sheet["drug"]["to_take"]["value"], 1150);
    assert_eq!(sheet["drug"]["capped"]["value"], 1113.75);
    let page = page(&decided.command(), 0);
    says(&page, "tumour board, synthetic");
    says(&page, "overridden: the synthetic site caps");
    // where the rules tell, a decision on as much is refused
    let settled = Changed::new(
        ADJUVANT,
        &[(
            "other_drugs = []",
            "other_drugs = []\ndecision = { fraction = \"100 %\", reason = \"tumour board, synthetic\" }",
        )],
    );
    refused(&settled.command(), "drug_rules: the rules settle the dose");
}

/// The dose table of a rule set is a rounding in a case as it is at a terminal, shipped or by file.
#[test]
fn a_case_may_round_by_a_dose_table() {
    let rounding = "rounding = \"nearest\"\nties = \"up\"";
    let stock = "[\"500 mg\", \"150 mg (at most 2)\"]";
    let table = |name: &str, more: &[(&str, &str)]| {
        let by = format!("rounding = \"bands:{name}\"");
        let mut changes = vec![(rounding, by.as_str()), (stock, "[\"300 mg\"]")];
        changes.extend(more);
        Changed::new(ADJUVANT, &changes)
    };
    let case = table("japan-method-d-2016", &[]);
    let sheet = json(&case.command(), 0);
    assert_eq!(sheet["drug"]["to_take"]["value"], 1500);
    refused(&table("cpic-dpyd-2018", &[]).command(), "has no dose table");
    refused(&table("own.toml", &[]).command(), "cannot read");

    let own = table("own.toml", &[]);
    let file = r#"
        schema = "chemorad.capecitabine-rules/1"
        id = "example-table"
        title = "Synthetic table"
        version = "1"
        date = "2026-11-01"
        standing = "site_decision"
        source = "test"
        [dose_table]
        label = "synthetic"
        source = "test"
        covers = { intensities = ["825 mg/m2"] }
        administrations_per_day = 2
        edge = "belongs_above"
        bands = [{ to = "1.8 m2", dose_per_administration = "1200 mg" },
                 { from = "1.8 m2", dose_per_administration = "1800 mg" }]
    "#;
    let path = own.folder.path().join("own.toml");
    std::fs::write(&path, file).unwrap();
    let sheet = json(&own.command(), 0);
    assert_eq!(sheet["drug"]["to_take"]["value"], 1800);
    std::fs::write(&path, file.replace("825", "1250")).unwrap();
    refused(&own.command(), "stand for: 1250 mg/m2");
}

/// With a decision a hard stop still stops the order.
#[test]
fn a_decision_against_a_hard_stop_is_on_the_page() {
    let case = Changed::new(
        ADJUVANT,
        &[
            ("{ score = 2 }", "{ score = 0 }"),
            (
                "other_drugs = []",
                "decision = { fraction = \"50 %\", reason = \"the tumour board of today\" }\nother_drugs = []",
            ),
        ],
    );
    let shown = page(&case.command(), 1);
    says(&shown, "hard stop: do not give");
    says(&shown, "no decision lifts a hard stop");
    says(&shown, "tumour bed 10 50.4 59.472");
}

/// What a case says of the drug, and what the option has no use for, is not ignored.
#[test]
fn drug_facts_without_a_drug_are_listed_as_not_used() {
    let alone = "radiotherapy-alone.toml";
    let site = "[site]\n";
    let with = Changed::new(
        alone,
        &[(site, "[dpyd]\nstatus = { score = 0 }\n\n[site]\n")],
    );
    let sheet = json(&with.command(), 0);
    let not_checked = sheet["not_checked"].to_string();
    assert!(
        not_checked.contains("no capecitabine tablets in this option"),
        "{not_checked}"
    );
    let plain = json(&Changed::new(alone, &[]).command(), 0);
    assert!(!plain["not_checked"].to_string().contains("capecitabine"));
    refused(
        &Changed::new(
            alone,
            &[(site, "[drug_rules]\nother_drugs = [\"none\"]\n\n[site]\n")],
        )
        .command(),
        "is an empty list",
    );
}

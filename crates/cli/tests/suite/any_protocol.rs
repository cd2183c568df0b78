//! `protocol`, `assign`, `sheet` and `check` on protocols other than the trial: shipped ones and files.

use std::path::Path;

use serde_json::Value;

use crate::harness::{CASE, DAYS_AFTER_COURSE, chemorad_in as chemorad};
use crate::strict_json::strict;

const SYNTHETIC: &str = include_str!("../../../protocol/tests/fixtures/synthetic.toml");

pub(crate) fn refused(folder: &Path, args: &[&str]) -> String {
    let output = chemorad(folder, args);
    assert_eq!(output.exit, Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn text(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = chemorad(folder, args);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.stderr.is_empty(), "{args:?}: {errors}");
    (output.exit, String::from_utf8(output.stdout).unwrap())
}

/// A case file and its sheet.
fn sheet(case: &str) -> Result<(String, Value), String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), case).unwrap();
    std::fs::write(folder.path().join("trial.toml"), SYNTHETIC).unwrap();
    let args = ["sheet", "case.toml", "--show-work"];
    let output = chemorad(folder.path(), &args);
    if output.exit == Some(2) {
        assert!(output.stdout.is_empty());
        return Err(String::from_utf8(output.stderr).unwrap());
    }
    let json = chemorad(folder.path(), &["sheet", "case.toml", "--format", "json"]);
    Ok((
        String::from_utf8(output.stdout).unwrap(),
        strict(&json.stdout),
    ))
}

/// The sum of a volume, Gy, and its EQD2 at the first α/β.
fn volume(sheet: &Value, name: &str) -> (f64, f64) {
    let volumes = sheet["volumes"].as_array().unwrap();
    let volume = volumes.iter().find(|v| v["volume"] == name).unwrap();
    (
        volume["dose"]["value"].as_f64().unwrap(),
        volume["effects"][0]["eqd"]["value"].as_f64().unwrap(),
    )
}

#[test]
fn every_shipped_protocol_is_listed_shown_and_linted() {
    let here = Path::new(".");
    let (code, listed) = text(here, &["protocol", "list", "--format", "json"]);
    assert_eq!(code, Some(0));
    let listed = strict(listed.as_bytes());
    let protocols = listed["protocols"].as_array().unwrap();
    assert!(protocols.len() >= 20);
    for protocol in protocols {
        let id = protocol["id"].as_str().unwrap();
        let (code, shown) = text(here, &["protocol", "show", id, "--values"]);
        assert_eq!(code, Some(0), "{id}");
        assert!(shown.contains("cleared by no authority"));
        for line in shown.lines() {
            // a path of a value has no blank to break at
            let long = line.chars().count() > 80 && line.trim().contains(' ');
            assert!(!long || line.contains(':'), "{id}: {line}");
        }
    }
    let (code, linted) = text(here, &["protocol", "lint", "--all"]);
    assert_eq!(code, Some(0));
    assert!(
        linted.contains("0 failed, 0 cannot be told, 2 to review"),
        "{linted}"
    );
    let (code, schema) = text(here, &["protocol", "schema"]);
    assert_eq!(code, Some(0));
    let schema = strict(schema.as_bytes());
    assert_eq!(schema["title"], "chemorad.protocol/2");
}

#[test]
fn a_tree_says_who_gets_what() {
    let (_, shown) = text(Path::new("."), &["protocol", "show", "OIGIT-01"]);
    for line in [
        "T4 (T4)",
        "  when clinical_tumour_stage is T4",
        "  '- 54 Gy in 30 fractions with capecitabine 825 mg/m2 (chemoradiotherapy_54)",
        "       radiotherapy: 54 Gy in 30 fractions; drugs: capecitabine",
        "    for T4: target: 54 Gy in 30 x 1.8 Gy (external beam)",
        "    each day: 1650 mg/m2/d",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
}

#[test]
fn a_protocol_that_is_not_known_or_not_sound_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let message = refused(here, &["protocol", "show", "NCT00000000"]);
    assert!(
        message.contains("RTOG-0247") && message.contains(".toml"),
        "{message}"
    );
    let message = refused(here, &["protocol", "show", "absent.toml"]);
    assert!(message.contains("absent.toml"), "{message}");
    let unsound = SYNTHETIC.replace(
        "phases = [\"main\", \"boost\"]",
        "phases = [\"main\", \"bost\"]",
    );
    std::fs::write(here.join("unsound.toml"), unsound).unwrap();
    for args in [
        vec!["protocol", "show", "unsound.toml"],
        vec!["assign", "--protocol", "unsound.toml"],
    ] {
        let message = refused(here, &args);
        assert!(
            message.contains("unsound.toml:") && message.contains("bost"),
            "{message}"
        );
    }
}

#[test]
fn assignment_by_facts_that_the_protocol_declares() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("trial.toml"), SYNTHETIC).unwrap();
    let here = folder.path();
    let assign = |facts: &[&str]| {
        let mut args = vec!["assign", "--protocol", "trial.toml", "--format", "json"];
        for fact in facts {
            args.extend(["--fact", fact]);
        }
        let output = chemorad(here, &args);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.exit, json["arms"][0]["id"].clone(), output)
    };
    assert_eq!(assign(&["response=partial"]).1, "partial");
    assert_eq!(assign(&["response=complete"]).1, "complete");
    assert_eq!(assign(&[]).0, Some(3));
    for (facts, words) in [
        (vec!["response=none"], "one of: complete, partial"),
        (vec!["stage=T4"], "one of: response, marker"),
        (vec!["response"], "NAME=VALUE"),
        (vec!["response=partial", "response=partial"], "given twice"),
        (vec!["marker=3"], "ng/mL"),
    ] {
        let (code, _, output) = assign(&facts);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(code, Some(2), "{facts:?}");
        assert!(message.contains(words), "{facts:?}: {message}");
    }
}

#[test]
fn a_sheet_by_a_protocol_file_beside_the_case() {
    let case = r#"
        protocol = "trial.toml"
        alpha_beta = ["10 Gy"]
        facts = { response = "partial" }
        [patient]
        height = "170 cm"
        weight = "70 kg"
        [site]
        body_surface_area_formula = "mosteller"
        tablet_strengths = ["500 mg", "150 mg"]
        rounding = "nearest"
        ties = "up"
        capecitabine_days = "weekdays"
    "#;
    let (page, json) = sheet(case).unwrap();
    assert!(page.contains("Treatment sheet, SYNTHETIC-1"), "{page}");
    // 25 x 2 Gy and 3 x 2 Gy
    assert_eq!(volume(&json, "tumour"), (56.0, 56.0));
    // 825 mg/m2 x 1.8181 m2 = 1499.96 mg
    assert_eq!(json["drug"]["to_take"]["value"], 1500);
    let refused = sheet(&case.replace("partial", "some")).unwrap_err();
    assert!(refused.contains("complete, partial"), "{refused}");
    let refused = sheet(&case.replace("facts = { response = \"partial\" }", "")).unwrap_err();
    assert!(refused.contains("response"), "{refused}");
}

/// 825 mg/m2 once a day and twice a day differ by the factor two: the protocol's question decides.
#[test]
fn how_often_a_day_is_one_of_the_choices() {
    let case = |line: &str| {
        format!(
            r#"
            protocol = "TEY-2017"
            alpha_beta = ["10 Gy"]
            [patient]
            height = "170 cm"
            weight = "70 kg"
            [site]
            body_surface_area_formula = "mosteller"
            tablet_strengths = ["500 mg", "150 mg"]
            rounding = "nearest"
            ties = "up"
            fractions_per_week = 5
            capecitabine_days = "weekdays"
            {line}
            "#
        )
    };
    let asked = sheet(&case("")).unwrap_err();
    assert!(
        asked.contains("site.administrations_per_day is missing"),
        "{asked}"
    );
    assert!(
        asked.contains("Choices: 1 (once a day), 2 (twice a day)."),
        "{asked}"
    );
    let refused = sheet(&case("administrations_per_day = 3")).unwrap_err();
    assert!(refused.contains("\"3\" is not a choice"), "{refused}");
    for (line, per_day) in [
        ("administrations_per_day = 1", 1500),
        ("administrations_per_day = 2", 3000),
        (
            "answers = { capecitabine_administrations = \"twice a day\" }",
            3000,
        ),
    ] {
        let (page, json) = sheet(&case(line)).unwrap();
        assert_eq!(json["drug"]["to_take_per_day"]["value"], per_day, "{line}");
        let (_, settled) = page.split_once("\nadministrations a day\n").unwrap();
        let source = settled.lines().nth(1).unwrap();
        assert_eq!(source.trim(), "source  site", "{settled}");
    }
    let both =
        "administrations_per_day = 1\nanswers = { capecitabine_administrations = \"twice a day\" }";
    let refused = sheet(&case(both)).unwrap_err();
    assert!(
        refused.contains("the answer to the protocol's question is 2"),
        "{refused}"
    );
}

#[test]
fn a_boost_that_stands_apart_is_in_no_sum() {
    let case = r#"
        protocol = "NCT02505750"
        option = "contact_boost"
        alpha_beta = ["10 Gy"]
        [patient]
        height = "170 cm"
        weight = "70 kg"
        [site]
        fractions_per_week = 5
        intensity = "825 mg/m2"
        administrations_per_day = 2
        capecitabine_days = "radiotherapy_days"
        body_surface_area_formula = "mosteller"
        tablet_strengths = ["500 mg", "150 mg"]
        rounding = "nearest"
        ties = "up"
    "#;
    let (page, json) = sheet(case).unwrap();
    // 45 Gy x 1.18 / 1.2
    assert_eq!(volume(&json, "boost target"), (45.0, 44.25));
    assert_eq!(json["apart"][0]["dose"], "90 Gy in 3 x 30 Gy");
    assert!(page.contains("not summed"), "{page}");
    for (left_out, field) in [
        ("intensity = \"825 mg/m2\"\n", "site.intensity"),
        (
            "administrations_per_day = 2\n",
            "site.administrations_per_day",
        ),
        (
            "capecitabine_days = \"radiotherapy_days\"\n",
            "site.capecitabine_days",
        ),
        ("fractions_per_week = 5\n", "site.fractions_per_week"),
    ] {
        let message = sheet(&case.replace(left_out, "\n")).unwrap_err();
        assert!(
            message.contains(&format!("{field} is missing")),
            "{message}"
        );
    }
}

#[test]
fn a_range_is_asked_and_its_limits_are_kept() {
    let case = r#"
        protocol = "NSABP-R-04"
        option = "fluorouracil"
        alpha_beta = ["10 Gy"]
        [site]
        fractions_per_week = 5
        doses = { boost = "9Gy/5" }
    "#;
    let (page, json) = sheet(case).unwrap();
    assert_eq!(volume(&json, "boost target"), (54.0, 53.1));
    assert!(json["drug"].is_null());
    assert_eq!(json["other_drugs"][0]["drug"], "fluorouracil");
    assert!(
        page.contains("225 mg/m2/d") && page.contains("not calculated here"),
        "{page}"
    );
    let message = sheet(&case.replace("doses = { boost = \"9Gy/5\" }", "")).unwrap_err();
    assert!(
        message.contains("5.4 Gy") && message.contains("10.8 Gy"),
        "{message}"
    );
    let message = sheet(&case.replace("9Gy/5", "12.6Gy/7")).unwrap_err();
    assert!(message.contains("is not a choice"), "{message}");
}

#[test]
fn an_integrated_boost_gets_its_own_effect_per_volume() {
    let case = r#"
        protocol = "RTOG-0529"
        option = "in_30"
        alpha_beta = ["10 Gy"]
        [site]
        fractions_per_week = 5
    "#;
    let (_, json) = sheet(case).unwrap();
    // 54 Gy in 30: 54 x 1.18 / 1.2; 50.4 Gy in 30: 50.4 x 1.168 / 1.2
    assert_eq!(volume(&json, "boost target"), (54.0, 53.1));
    let (dose, eqd2) = volume(&json, "target");
    assert!((dose - 50.4).abs() < 1e-12, "{dose}");
    assert!((eqd2 - 49.056).abs() < 1e-12, "{eqd2}");
}

#[test]
fn a_daily_intensity_is_divided_and_never_doubled() {
    let case = r#"
        protocol = "RTOG-0247"
        option = "capecitabine_oxaliplatin"
        alpha_beta = ["10 Gy"]
        [patient]
        height = "170 cm"
        weight = "70 kg"
        [site]
        fractions_per_week = 5
        administrations_per_day = 2
        body_surface_area_formula = "mosteller"
        tablet_strengths = ["500 mg", "150 mg"]
        rounding = "nearest"
        ties = "up"
    "#;
    let (_, json) = sheet(case).unwrap();
    assert_eq!(json["drug"]["to_take"]["value"], 1500);
    assert_eq!(json["drug"]["to_take_per_day"]["value"], 3000);
    assert_eq!(json["other_drugs"][0]["drug"], "oxaliplatin");
}

#[test]
fn drugs_after_radiotherapy_are_shown_and_not_counted_with_it() {
    let case = r#"
        protocol = "NCT01558921"
        option = "short_course_then_chemotherapy"
        alpha_beta = ["10 Gy"]
        [site]
        fractions_per_week = 5
    "#;
    let (page, json) = sheet(case).unwrap();
    assert_eq!(volume(&json, "target"), (25.0, 31.25));
    assert!(json["drug"].is_null());
    assert_eq!(json["other_drugs"].as_array().map(Vec::len), Some(2));
    assert!(page.contains("in a separate step"), "{page}");
}

#[test]
fn what_a_protocol_states_is_not_stated_again_otherwise() {
    let case = r#"
        protocol = "NCT02371304"
        alpha_beta = ["10 Gy"]
        [patient]
        height = "170 cm"
        weight = "70 kg"
        [site]
        fractions_per_week = 5
        body_surface_area_formula = "mosteller"
        tablet_strengths = ["500 mg", "150 mg"]
        rounding = "nearest"
        ties = "up"
    "#;
    let (page, _) = sheet(case).unwrap();
    assert!(page.contains("Monday to Friday"), "{page}");
    let with = |line: &str| sheet(&case.replace("[site]\n", &format!("[site]\n{line}\n")));
    for (line, words) in [
        ("capecitabine_days = \"calendar_days\"", "does not ask this"),
        ("intensity = \"850 mg/m2\"", "the protocol has 825 mg/m2"),
        ("administrations_per_day = 3", "the protocol has 2"),
        ("answers = { something = \"yes\" }", "does not ask this"),
        (
            "answers = { fractions_per_week = \"5\" }",
            "site.fractions_per_week",
        ),
    ] {
        let message = with(line).unwrap_err();
        assert!(message.contains(words), "{line}: {message}");
    }
    // the same value again is no contradiction
    assert!(with("intensity = \"825 mg/m2\"").is_ok());
}

#[test]
fn a_plan_is_checked_by_any_protocol() {
    let here = Path::new(".");
    let planned = |protocol: &str, more: &[&str]| {
        let args = [&["check", "--protocol", protocol], more].concat();
        chemorad(here, &args)
    };
    // one arm for everyone with one option need not be named
    let whole = planned("NCT03034473", &["--planned", "50.4Gy/28"]);
    assert_eq!(whole.exit, Some(0));
    let doubled = planned("NCT03034473", &["--planned", "50.4Gy/24"]);
    assert_eq!(doubled.exit, Some(1));
    // an arm with a condition is never taken for granted
    let conditional = planned("OIGIT-01", &["--planned", "50.4Gy/28"]);
    let message = String::from_utf8_lossy(&conditional.stderr).into_owned();
    assert_eq!(conditional.exit, Some(2));
    assert!(message.contains("which arm"), "{message}");
    // a range is settled by whoever prescribed
    let open = planned(
        "NSABP-R-04",
        &["--option", "fluorouracil", "--planned", "main=45Gy/25"],
    );
    assert_eq!(open.exit, Some(2));
    assert!(String::from_utf8_lossy(&open.stderr).contains("5.4 Gy in 3"));
}

#[test]
fn no_date_is_given_for_days_that_begin_after_the_course() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("trial.toml"), DAYS_AFTER_COURSE).unwrap();
    std::fs::write(folder.path().join("case.toml"), CASE).unwrap();
    let message = refused(folder.path(), &["sheet", "case.toml"]);
    assert!(message.contains("site.first_fraction"), "{message}");
    let settled = CASE.replace("[site]\n", "[site]\nfirst_fraction = 22\n");
    std::fs::write(folder.path().join("case.toml"), settled).unwrap();
    let (_, page) = text(folder.path(), &["sheet", "case.toml"]);
    let shown = chemorad(folder.path(), &["sheet", "case.toml", "--format", "json"]);
    let sheet = strict(&shown.stdout);
    let supply = sheet["drug"]["supply"]["dates"].to_string();
    for date in ["2026-12-07", "2026-12-20", "2026-12-28", "2027-01-10"] {
        assert!(supply.contains(date), "{date}: {supply}\n{page}");
    }
    assert!(
        !supply.contains("2026-12-21") && !supply.contains("2027-01-11"),
        "{supply}"
    );
}

/// Words that contradict a value give no dose: neither a sheet nor anything else that rests on the file.
#[test]
fn no_dose_comes_from_a_protocol_that_its_words_contradict() {
    let case = r#"
        protocol = "trial.toml"
        alpha_beta = ["10 Gy"]
        facts = { response = "partial" }
        [patient]
        height = "170 cm"
        weight = "70 kg"
        [site]
        body_surface_area_formula = "mosteller"
        tablet_strengths = ["500 mg", "150 mg"]
        rounding = "nearest"
        ties = "up"
        capecitabine_days = "weekdays"
    "#;
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("case.toml"), case).unwrap();
    let contradicted = SYNTHETIC.replace(
        "quote = \"capecitabine 825 mg/m2 twice daily\"",
        "quote = \"capecitabine 825 mg/m2 once daily\"",
    );
    std::fs::write(here.join("trial.toml"), &contradicted).unwrap();
    let wanted = [
        vec!["sheet", "case.toml"],
        vec![
            "assign",
            "--protocol",
            "trial.toml",
            "--fact",
            "response=partial",
        ],
        vec!["case", "trial.toml/with_boost"],
    ];
    for args in &wanted {
        let answer = chemorad(here, args);
        let message = String::from_utf8(answer.stderr).unwrap();
        assert_eq!(answer.exit, Some(2), "{args:?}: {message}");
        assert!(answer.stdout.is_empty(), "{args:?}");
        assert!(
            message.contains("trial.toml:")
                && message.contains("protocol.quote_number")
                && message.contains("no dose is taken"),
            "{args:?}: {message}"
        );
    }
    // it can still be looked at
    let shown = chemorad(here, &["protocol", "show", "trial.toml"]);
    assert_eq!(shown.exit, Some(0));
    // a warning stands on the sheet
    let titled = SYNTHETIC.replace("56 Gy in 28 fractions with", "55 Gy in 28 fractions with");
    std::fs::write(here.join("trial.toml"), titled).unwrap();
    let answer = chemorad(here, &["sheet", "case.toml"]);
    let page = String::from_utf8(answer.stdout).unwrap();
    assert!(page.contains("protocol.text_number"), "{page}");
    // words that are not in the source that lies beside the file give no dose either
    let document = "source = { document = \"invented for tests\", ";
    let with_file = format!("{document}file = \"source.txt\", ");
    let sourced = SYNTHETIC.replace(document, &with_file);
    assert_ne!(sourced, SYNTHETIC);
    std::fs::write(here.join("trial.toml"), &sourced).unwrap();
    std::fs::write(here.join("source.txt"), "another document").unwrap();
    let answer = chemorad(here, &["sheet", "case.toml"]);
    let message = String::from_utf8(answer.stderr).unwrap();
    assert_eq!(answer.exit, Some(2), "{message}");
    assert!(message.contains("protocol.passage_source"), "{message}");
    // and nothing on that of a file without one
    std::fs::write(here.join("trial.toml"), SYNTHETIC).unwrap();
    for args in &wanted {
        let answer = chemorad(here, args);
        let message = String::from_utf8_lossy(&answer.stderr).into_owned();
        let page = String::from_utf8(answer.stdout).unwrap();
        assert_ne!(answer.exit, Some(2), "{args:?}: {message}");
        assert!(!page.contains("protocol.text_number"), "{page}");
    }
}

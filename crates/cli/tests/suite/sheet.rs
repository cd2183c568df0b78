//! What a sheet must say, and must not pass over.

use serde_json::Value;

use crate::harness::{Answer, chemorad};
use crate::strict_json::strict;

fn example(name: &str) -> String {
    std::fs::read_to_string(crate::harness::example(name)).unwrap()
}

/// The sheet of a changed example; every change must apply.
fn sheet(name: &str, changes: &[(&str, &str)], extra: &[&str]) -> Answer {
    let mut case = example(name);
    for (from, to) in changes {
        assert!(case.contains(from), "{from}");
        case = case.replace(from, to);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, case).unwrap();
    chemorad(&[&["sheet", path.to_str().unwrap()], extra].concat())
}

fn json(name: &str, changes: &[(&str, &str)]) -> Value {
    strict(&sheet(name, changes, &["--format", "json"]).stdout)
}

#[track_caller]
fn refused(name: &str, changes: &[(&str, &str)], part: &str) {
    let output = sheet(name, changes, &[]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.exit, Some(2), "{message}");
    assert!(message.contains(part), "{message}");
}

const ADJUVANT: &str = "adjuvant-chemoradiotherapy.toml";
const ESCALATED: &str = "escalated-chemoradiotherapy.toml";

#[test]
fn every_decision_is_listed_with_who_took_it() {
    let sheet = json(ESCALATED, &[]);
    let by = |what: &str| {
        let supplied = sheet["supplied"].as_array().unwrap();
        let found = supplied.iter().find(|value| value["what"] == what);
        found.map(|value| value["by"].as_str().unwrap().to_string())
    };
    assert_eq!(by("treatment").as_deref(), Some("case"));
    assert_eq!(by("a/b").as_deref(), Some("case"));
    assert_eq!(by("concurrent drug").as_deref(), Some("site"));
    assert_eq!(by("phase pelvis, pelvis").as_deref(), Some("stated"));
    assert_eq!(
        by("cap on the body surface area").as_deref(),
        Some("not_given")
    );
}

#[test]
fn a_site_that_gives_no_drug_with_the_escalated_course_is_shown() {
    let output = sheet(
        ESCALATED,
        &[(
            "escalated_concurrent_drug = \"capecitabine\"",
            "escalated_concurrent_drug = \"none\"",
        )],
        &["--show-work"],
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("none with this treatment"), "{text}");
    assert!(text.contains("concurrent drug"), "{text}");
}

#[test]
fn two_ages_that_disagree_are_refused() {
    let twice = [("ecog = 1\n", "ecog = 1\nage_years = 30\n")];
    refused(ADJUVANT, &twice, "give the age once");
    // without other facts the age is checked all the same
    let young = sheet("radiotherapy-alone.toml", &[("68 years", "17 years")], &[]);
    assert_eq!(young.exit, Some(1));
    let old = sheet("radiotherapy-alone.toml", &[("68 years", "80 years")], &[]);
    assert_eq!(old.exit, Some(3), "the protocol's two limits disagree");
}

#[test]
fn the_window_cannot_be_told_after_a_second_operation() {
    let output = sheet(
        ESCALATED,
        &[(
            "dose_escalated_chemoradiotherapy",
            "re_excision_then_chemoradiotherapy",
        )],
        &[],
    );
    assert_eq!(output.exit, Some(3));
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("second operation"), "{text}");
}

#[test]
fn a_cap_is_shown_beside_what_it_changed() {
    let capped = json(
        ADJUVANT,
        &[(
            "ties = \"up\"",
            "ties = \"up\"\nbody_surface_area_cap = \"1.8 m2\"",
        )],
    );
    let drug = &capped["drug"];
    assert!((drug["calculated"]["value"].as_f64().unwrap() - 1521.22).abs() < 0.01);
    assert_eq!(drug["capped"]["value"], 1485.0);
    let deviation = drug["deviation_percent"].as_f64().unwrap();
    assert!((deviation - -1.395).abs() < 0.001, "{deviation}");
}

#[test]
fn what_was_not_checked_is_said_to_tools_too() {
    let sheet = json(
        ESCALATED,
        &[(
            "[calendar]\nexcision = \"2026-11-02\"\nstart = \"2026-12-07\"\nweekdays = \"mon-fri\"\nholidays = [\"2026-12-25\", \"2027-01-01\"]\nfractions_per_day = 1\n",
            "",
        )],
    );
    let not_checked = sheet["not_checked"].to_string();
    for part in ["renal function", "DPYD", "interactions", "supply"] {
        assert!(not_checked.contains(part), "{not_checked}");
    }
}

#[test]
fn misprints_in_fields_this_treatment_does_not_need_are_refused() {
    let surveillance = |extra: &str, part: &str| {
        let changed = format!("[pathology]\n{extra}");
        refused("surveillance.toml", &[("[pathology]\n", &changed)], part);
    };
    surveillance("x = 1\n", "is not known here");
    let site = |line: &str, part: &str| {
        let changes = format!("submucosal_depth = \"0.4 mm\"\n[site]\n{line}\n");
        refused(
            "surveillance.toml",
            &[("submucosal_depth = \"0.4 mm\"\n", &changes)],
            part,
        );
    };
    site("rounding = \"sideways\"", "nearest");
    site("tablet_strengths = [\"500\"]", "unit is missing");
    site("capecitabine_days = \"sometimes\"", "radiotherapy_days");
    site("escalated_concurrent_drug = \"aspirin\"", "capecitabine");
}

#[test]
fn a_file_cannot_overflow_flood_or_forge() {
    refused(
        ADJUVANT,
        &[("fractions_per_day = 1", "fractions_per_day = 4294967295")],
        "possible are 1 to 3",
    );
    let many = format!("alpha_beta = [{}]", vec!["\"10 Gy\""; 21].join(","));
    refused(
        ADJUVANT,
        &[("alpha_beta = [\"10 Gy\", \"3 Gy\"]", &many)],
        "at most 20",
    );
    refused(
        ADJUVANT,
        &[("\"10 Gy\", \"3 Gy\"", "\"10 Gy\", \"1000 cGy\"")],
        "twice",
    );
    refused(
        ADJUVANT,
        &[("title = \"Synthetic", "title = \"\\nDrug: forged")],
        "control characters",
    );
    refused(
        ADJUVANT,
        &[("2026-12-07", "2026-12-07T23:30:00+14:00")],
        "is not a date",
    );
    refused(
        ADJUVANT,
        &[("\"2026-12-07\"", "2026-12-07")],
        "date in quotes",
    );
}

#[test]
fn several_fractions_a_day_are_cautioned() {
    let twice = json(
        ADJUVANT,
        &[
            ("fractions_per_day = 1", "fractions_per_day = 2"),
            ("fractions_per_week = 5", "fractions_per_week = 6"),
            ("mon-fri", "mon,wed,fri"),
        ],
    );
    let findings = twice["findings"].to_string();
    assert!(
        findings.contains("model.complete_repair_assumed"),
        "{findings}"
    );
}

#[test]
fn a_factor_of_two_in_the_intensity_is_noticed() {
    let command = "capecitabine --height 170cm --weight 70kg --formula mosteller \
        --intensity 1650mg/m2 --per administration --times-per-day 2 \
        --tablets 500mg --rounding down";
    let output = chemorad(&command.split_whitespace().collect::<Vec<_>>());
    assert_eq!(output.exit, Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let flat: Vec<&str> = text.split_whitespace().collect();
    assert!(
        flat.join(" ")
            .contains("is it the dose of a day, given as that of one administration"),
        "{text}"
    );
}

/// The exit code and the messages for a case written as it is.
fn run(case: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, case).unwrap();
    let output = chemorad(&["sheet", path.to_str().unwrap()]);
    let message = String::from_utf8(output.stderr).unwrap();
    (output.exit, message)
}

/// The fields that a refusal names as missing.
fn missing(message: &str) -> Vec<String> {
    let named = message.split("case.toml: ").skip(1);
    let fields = named.filter_map(|line| Some(line.split_once(" is missing: ")?.0.to_string()));
    fields.collect()
}

/// What somebody writes for a field that is named as missing.
fn answer(field: &str, margin: &str, stage: &str) -> String {
    let value = match field {
        "alpha_beta" => "[\"10 Gy\"]",
        "pathology.tumour_stage" => return format!("{stage:?}"),
        "pathology.margin" => return format!("{margin:?}"),
        "pathology.nodal_stage" => "\"N0\"",
        "pathology.metastasis" => "\"M0\"",
        "pathology.differentiation" => "\"well\"",
        "pathology.lymphovascular_invasion" => "\"no\"",
        "pathology.submucosal_level" => "\"SM1\"",
        "pathology.submucosal_depth" => "\"0.4 mm\"",
        "patient.height" => "\"170 cm\"",
        "patient.weight" => "\"70 kg\"",
        "site.fractions_per_week" => "5",
        "site.body_surface_area_formula" => "\"mosteller\"",
        "site.tablet_strengths" => "[\"500 mg\", \"150 mg\"]",
        "site.rounding" => "\"nearest\"",
        "site.ties" => "\"up\"",
        "site.capecitabine_days" => "\"radiotherapy_days\"",
        "site.escalated_concurrent_drug" => "\"capecitabine\"",
        other => panic!("{other} is asked for"),
    };
    value.to_string()
}

/// A case with every field that a refusal asks for.
fn completed(minimal: &str, fields: &[String], margin: &str, stage: &str) -> String {
    let mut case = minimal.to_string();
    for table in ["", "patient", "pathology", "site"] {
        if !table.is_empty() {
            case.extend(["[", table, "]\n"]);
        }
        for field in fields {
            let (of, name) = field.split_once('.').unwrap_or(("", field));
            // of a tumour beyond the submucosa there is no level in it
            if stage != "pT1" && name.starts_with("submucosal") {
                continue;
            }
            if of == table {
                case.extend([name, " = ", &*answer(field, margin, stage), "\n"]);
            }
        }
    }
    case
}

const OPTIONS: [(&str, &str, &str, usize); 6] = [
    ("surveillance", "pT1", "negative", 8),
    ("radiotherapy_alone", "pT1", "negative", 10),
    ("adjuvant_chemoradiotherapy", "pT2", "negative", 17),
    ("re_excision_then_chemoradiotherapy", "pT2", "positive", 17),
    ("dose_escalated_chemoradiotherapy", "pT2", "positive", 18),
    ("total_mesorectal_excision", "pT3", "negative", 8),
];

#[test]
fn a_minimal_case_takes_one_refusal() {
    for (option, stage, margin, asked) in OPTIONS {
        let minimal = format!("protocol = \"NCT06949098\"\noption = {option:?}\n");
        let (exit, message) = run(&minimal);
        assert_eq!(exit, Some(2), "{option}");
        let fields = missing(&message);
        assert_eq!(fields.len(), asked, "{option}: {message}");
        let case = completed(&minimal, &fields, margin, stage);
        let (exit, message) = run(&case);
        assert!(
            matches!(exit, Some(0 | 3)),
            "{option}: {exit:?} {message}\n{case}"
        );
    }
}

#[test]
fn a_case_without_its_option_takes_one_refusal_too() {
    let (exit, message) = run("protocol = \"NCT06949098\"\n");
    assert_eq!(exit, Some(2));
    let all = missing(&message);
    assert_eq!(all.len(), 19, "{message}");
    assert!(
        message.contains("Choices: surveillance (Active surveillance)"),
        "{message}"
    );
    // the facts, what every option needs, and what is needed for this one
    for (option, stage, margin, asked) in OPTIONS {
        let needed: Vec<String> = message
            .lines()
            .filter(|line| match line.split_once("Needed if the option is ") {
                Some((_, options)) => options.split(". ").next().unwrap().contains(option),
                None => !line.contains("option is missing"),
            })
            .flat_map(missing)
            .collect();
        assert_eq!(needed.len(), asked, "{option}: {message}");
        let minimal = format!("protocol = \"NCT06949098\"\noption = {option:?}\n");
        let case = completed(&minimal, &needed, margin, stage);
        let (exit, message) = run(&case);
        assert!(
            matches!(exit, Some(0 | 3)),
            "{option}: {exit:?} {message}\n{case}"
        );
    }
}

#[test]
fn every_fault_of_a_case_file_is_told_with_its_place() {
    let (exit, message) = run(
        "protocol = \"NCT06949098\"\nalfa_beta = [\"10 Gy\"]\n[patient]\nheight = 170\nweight = \"70 kg\"\nsex = \"femal\"\n[pathology]\nmargin = \"near\"\n",
    );
    assert_eq!(exit, Some(2));
    for place in [
        "case.toml:2:1: ",
        "case.toml:4:10: ",
        "case.toml:6:7: ",
        "case.toml:8:10: ",
    ] {
        assert_eq!(message.matches(place).count(), 1, "{place} {message}");
    }
    assert!(message.contains("did you mean `alpha_beta`?"), "{message}");
}

#[test]
fn phases_are_counted_from_one_as_in_a_schedule() {
    let sheet = json("adjuvant-chemoradiotherapy.toml", &[]);
    let fractions = &sheet["schedule"]["dates"]["fractions"];
    assert_eq!(fractions[0]["phase"], 1);
    assert_eq!(fractions[24]["phase"], 1);
    assert_eq!(fractions[25]["phase"], 2);
    assert_eq!(fractions[25]["of_phase"], 1);
}

#[test]
fn the_verdict_and_the_foot_count_the_same_checks() {
    let answer = sheet("adjuvant-chemoradiotherapy.toml", &[], &[]);
    let page = String::from_utf8(answer.stdout).unwrap();
    let (_, verdict) = page.split_once("PASS: ").unwrap();
    let (passed, _) = verdict.split_once(" pass").unwrap();
    assert!(page.contains(&format!("{passed} checks passed")), "{page}");
}

#[test]
fn a_case_that_is_not_there_says_how_one_is_written() {
    crate::harness::refused(&["sheet", "no-such-case.toml"], "chemorad case NCT06949098");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, "protocol = 1").unwrap();
    let answer = chemorad(&["sheet", path.to_str().unwrap()]);
    let message = String::from_utf8(answer.stderr).unwrap();
    assert!(!message.contains("chemorad case NCT"), "{message}");
}

//! Templates: a case of every arm of every protocol, and of what else has one, is taken when it is filled in.

use chemorad_protocol::library;

use crate::harness::{chemorad, json, refused, text};

/// A template with the example behind every FILL IN in its place.
fn filled(template: &str) -> String {
    let lines = template.lines().map(|line| {
        let open = line.split_once("\"FILL IN\" # for example ");
        open.map_or_else(
            || line.to_string(),
            |(before, example)| format!("{before}{example}"),
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The exit code of a command on a text in a file, and its message.
fn taken(folder: &std::path::Path, command: &str, text: &str) -> (Option<i32>, String) {
    let path = folder.join("case.toml");
    std::fs::write(&path, text).unwrap();
    let answer = chemorad(&[command, path.to_str().unwrap()]);
    (answer.exit, String::from_utf8(answer.stderr).unwrap())
}

#[test]
fn the_case_of_every_arm_and_treatment_is_taken_by_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let mut written = 0;
    let mut not_written = Vec::new();
    for id in library::ids() {
        let file = library::file(id).unwrap();
        for arm in &file.protocol.arms {
            for option in &arm.options {
                let named = format!("{id}/{}", arm.id);
                let answer = chemorad(&["case", &named, "--option", &option.id]);
                if answer.exit != Some(0) {
                    let message = String::from_utf8(answer.stderr).unwrap();
                    not_written.push(format!("{named} {}: {message}", option.id));
                    continue;
                }
                let template = String::from_utf8(answer.stdout).unwrap();
                let (exit, message) = taken(folder.path(), "sheet", &filled(&template));
                assert!(
                    matches!(exit, Some(0 | 1 | 3)),
                    "{named}: {message}\n{template}"
                );
                // as it is written, it is refused by what is to be filled in
                if template.contains("FILL IN") {
                    let (exit, _) = taken(folder.path(), "sheet", &template);
                    assert_eq!(exit, Some(2), "{named}");
                }
                written += 1;
            }
        }
    }
    assert!(not_written.is_empty(), "{not_written:#?}");
    assert!(written >= 22, "{written}");
}

#[test]
fn a_gap_courses_and_an_order_have_templates() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["gap", "courses", "capecitabine"] {
        let template = text(&["case", command]);
        let (exit, message) = taken(folder.path(), command, &filled(&template));
        assert!(matches!(exit, Some(0 | 3)), "{command}: {message}");
        assert_eq!(
            taken(folder.path(), command, &template).0,
            Some(2),
            "{command}"
        );
    }
    refused(&["case", "gap", "--arm", "adverse"], "those of a protocol");
    refused(&["case", "NCT06949098"], "Arms: ");
    refused(&["case", "NCT06949098/adversee"], "Arms: ");
    refused(
        &["case", "NCT06949098/adverse", "--arm", "adverse"],
        "names the arm",
    );
    refused(&["case", "no such protocol"], "no protocol is called");
}

#[test]
fn a_template_is_written_to_a_new_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.toml");
    let path = path.to_str().unwrap();
    text(&["site", "new", "-o", path]);
    refused(&["site", "new", "-o", path], "is there already");
    // who decided and when is still to be said
    refused(&["site", "check", path], "decided_by");
    let template = std::fs::read_to_string(path).unwrap();
    let decided = template
        .replace("decided_by = \"\"", "decided_by = \"drug committee\"")
        .replace("decided_on = \"\"", "decided_on = \"2026-11-30\"")
        .replacen("# rounding = \"nearest\"", "rounding = \"down\"", 1);
    std::fs::write(path, decided).unwrap();
    let checked = json(&["site", "check", path]);
    assert_eq!(checked["decided_by"], "drug committee");
    let undecided = checked["undecided"].as_array().unwrap();
    assert!(undecided.iter().any(|one| one["key"] == "tablet_strengths"));
    assert!(!undecided.iter().any(|one| one["key"] == "rounding"));
}

#[test]
fn the_case_of_tablets_asks_for_what_their_rules_need() {
    let folder = tempfile::tempdir().unwrap();
    let template = text(&["case", "NCT06949098/adverse"]);
    for field in [
        "sex = ",
        "age = ",
        "creatinine = ",
        "weight_basis = ",
        "status = ",
        "rule_sets = ",
        "other_drugs = ",
    ] {
        assert!(template.contains(field), "{field}\n{template}");
    }
    let case = filled(&template)
        + "\n[calendar]\nstart = \"2026-12-07\"\nexcision = \"2026-11-02\"\nweekdays = \"mon-fri\"\nholidays = []\nfractions_per_day = 1\n";
    assert_eq!(taken(folder.path(), "sheet", &case).0, Some(0));
    let without = case.split("[renal]").next().unwrap().to_string()
        + "[calendar]\nstart = \"2026-12-07\"\nexcision = \"2026-11-02\"\nweekdays = \"mon-fri\"\nholidays = []\nfractions_per_day = 1\n";
    assert_eq!(taken(folder.path(), "sheet", &without).0, Some(3));
    // an arm without tablets is not asked
    let alone = text(&["case", "NCT06949098/radiotherapy_alone"]);
    assert!(!alone.contains("rule_sets"), "{alone}");
}

#[test]
fn what_the_site_decided_is_not_asked_again() {
    let site = crate::harness::example("site.toml").display().to_string();
    let template = text(&["case", "NCT06949098/adverse", "--site", &site]);
    for decided in [
        "body_surface_area_formula",
        "tablet_strengths",
        "rounding",
        "rule_sets",
        "weight_basis",
        "fractions_per_week",
        "alpha_beta",
    ] {
        assert!(
            !template.contains(&format!("{decided} = ")),
            "{decided}\n{template}"
        );
    }
    for asked in ["height = ", "creatinine = ", "other_drugs = ", "margin = "] {
        assert!(template.contains(asked), "{asked}\n{template}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, filled(&template)).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(chemorad(&["sheet", path, "--site", &site]).exit, Some(0));
    refused(&["sheet", path], "is missing");
    refused(&["case", "gap", "--site", &site], "--site");
}

#[test]
fn a_case_says_which_treatment_it_is_for() {
    refused(&["case", "NCT06949098/positive_margin"], "which treatment?");
    refused(
        &["case", "NCT06949098/positive_margin"],
        "re_excision_then_chemoradiotherapy",
    );
    let template = text(&["case", "NCT06949098/re_excision_then_chemoradiotherapy"]);
    // an arm with one treatment needs no name
    text(&["case", "NCT06949098/adverse"]);
    let option = template
        .lines()
        .find(|line| line.starts_with("option = "))
        .unwrap();
    assert!(!option.contains("FILL IN"), "{option}");
}

#[test]
fn each_line_of_a_site_template_can_be_taken_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let template = text(&["site", "new"])
        .replace("decided_by = \"\"", "decided_by = \"drug committee\"")
        .replace("decided_on = \"\"", "decided_on = \"2026-11-30\"");
    for line in template.lines().filter(|line| line.starts_with("# ")) {
        let example = line.trim_start_matches("# ");
        let is_value = example.split_once(" = ").is_some_and(|(key, _)| {
            key.chars()
                .all(|one| one.is_ascii_lowercase() || "._".contains(one))
        });
        // a rule for halves goes with a rounding
        if !is_value || example.starts_with("ties") || example.starts_with("rounding") {
            continue;
        }
        let path = folder.path().join("clinic.toml");
        std::fs::write(&path, template.replace(line, example)).unwrap();
        let path = path.to_str().unwrap();
        assert_eq!(
            chemorad(&["site", "check", path]).exit,
            Some(0),
            "{example}"
        );
    }
}

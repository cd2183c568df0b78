//! `sheet`: from which day days count, and drugs that are no capecitabine tablets.

use serde_json::Value;

use crate::harness::{CASE, DAYS_AFTER_COURSE, chemorad_in as chemorad};
use crate::strict_json::strict;

fn sheet(protocol: &str, case: &str) -> Result<(String, Value), String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("trial.toml"), protocol).unwrap();
    std::fs::write(folder.path().join("case.toml"), case).unwrap();
    let shown = chemorad(folder.path(), &["sheet", "case.toml", "--show-work"]);
    if shown.exit == Some(2) {
        assert!(shown.stdout.is_empty());
        return Err(String::from_utf8(shown.stderr).unwrap());
    }
    let json = chemorad(folder.path(), &["sheet", "case.toml", "--format", "json"]);
    let page = String::from_utf8(shown.stdout).unwrap();
    // lines are broken where the page ends
    let words: Vec<&str> = page.split_whitespace().collect();
    Ok((words.join(" "), strict(&json.stdout)))
}

fn numbered(days: &str) -> String {
    DAYS_AFTER_COURSE
        .replace("22-35, 43-56", days)
        .replace("22-35 and 43-56", &days.replace(", ", " and "))
}

fn first_and_last(sheet: &Value) -> (String, String) {
    let dates = sheet["drug"]["supply"]["dates"].as_array().unwrap();
    let date = |value: &Value| {
        let text = value.to_string();
        let at = text.find("202").unwrap();
        text[at..at + 10].to_owned()
    };
    (date(&dates[0]), date(&dates[dates.len() - 1]))
}

#[test]
fn no_date_is_given_until_day_one_is_settled() {
    let protocol = numbered("1-14, 22-35");
    let open = sheet(&protocol, CASE).unwrap_err();
    assert!(
        open.contains("site.day_one is missing")
            && open.contains("first_fraction, first_dose, registration"),
        "{open}"
    );
    // without dates there is nothing to count from
    let (undated, _) = CASE.split_once("[calendar]").unwrap();
    assert!(sheet(&protocol, undated).is_ok());

    let site = |line: &str| CASE.replace("[site]\n", &format!("[site]\n{line}\n"));
    let (_, settled) = sheet(&protocol, &site("day_one = \"first_fraction\"")).unwrap();
    let from_first = ("2026-12-07".to_owned(), "2027-01-10".to_owned());
    assert_eq!(first_and_last(&settled), from_first);
    let (_, settled) = sheet(&protocol, &site("first_fraction = 1")).unwrap();
    assert_eq!(first_and_last(&settled), from_first);

    let registered = site("day_one = \"registration\"");
    let open = sheet(&protocol, &registered).unwrap_err();
    assert!(
        open.contains("calendar.day_one is missing") && open.contains("the day of registration"),
        "{open}"
    );
    // 21 days before the first fraction, days 22 to 35 begin with it
    let late = numbered("22-35, 43-56");
    let dated = format!("{registered}day_one = \"2026-11-16\"\n");
    let (page, settled) = sheet(&late, &dated).unwrap();
    assert_eq!(first_and_last(&settled), from_first);
    assert!(page.contains("day of registration"), "{page}");
    let before = sheet(&protocol, &dated).unwrap_err();
    assert!(
        before.contains("begin before the first fraction"),
        "{before}"
    );
    let two = sheet(
        &late,
        &dated.replace("[site]\n", "[site]\nfirst_fraction = 20\n"),
    );
    assert!(two.unwrap_err().contains("make them agree"));
}

#[test]
fn a_stated_day_one_is_not_asked() {
    let protocol = numbered("1-14, 22-35").replace(
        "days = { value = { days",
        "day_one = { value = \"first_fraction\", reason = \"the text counts from the first fraction\", quote = \"capecitabine 825 mg/m2 bid on days 1-14 and 22-35\", locator = \"2\" }\ndays = { value = { days",
    );
    let (_, settled) = sheet(&protocol, CASE).unwrap();
    assert_eq!(first_and_last(&settled).0, "2026-12-07");
    let other = CASE.replace("[site]\n", "[site]\nday_one = \"registration\"\n");
    let refused = sheet(&protocol, &other).unwrap_err();
    assert!(
        refused.contains("the protocol has first_fraction"),
        "{refused}"
    );
    let dated = format!("{CASE}day_one = \"2026-12-01\"\n");
    assert!(
        sheet(&protocol, &dated)
            .unwrap_err()
            .contains("leave it out")
    );
}

/// The fixture with a second drug that goes with radiotherapy.
fn with_drug(fields: &str, words: &str) -> String {
    let quote = format!("quote = \"{words}\", locator = \"3\"");
    let drug = format!(
        "[[drugs]]\nid = \"other\"\ndrug = {{ value = \"cisplatin\", {quote} }}\nroute = {{ value = \"intravenous\", reason = \"an infusion\", {quote} }}\n{}\n\n[[arms]]",
        fields.replace("QUOTE", &quote)
    );
    let days = "days = { value = { days = \"22-35, 43-56\" }";
    DAYS_AFTER_COURSE
        .replacen("[[arms]]", &drug, 1)
        .replace(days, &format!("first_fraction = {{ value = 22, reason = \"one cycle of 21 days comes before: 21 + 1 = 22\", quote = \"capecitabine 825 mg/m2 bid on days 22-35 and 43-56\", locator = \"2\" }}\n{days}"))
        .replace("value = [\"capecitabine\"], quote = \"", &format!("value = [\"capecitabine\", \"other\"], quote = \"{words}; "))
}

fn other(fields: &str, words: &str, case: &str) -> (String, Value) {
    let (page, json) = sheet(&with_drug(fields, words), case).unwrap();
    let drug = json["other_drugs"][0].clone();
    assert_eq!(drug["drug"], "cisplatin");
    (page, drug)
}

#[test]
fn amounts_by_surface_weight_and_flat_are_calculated_and_rounded_by_the_site() {
    let weekly = "administrations_per_day = { value = 1, reason = \"once: 1\", QUOTE }\ndays = { value = \"weekly\", QUOTE }";
    let rounded = format!(
        "{CASE}[site.drugs]\nother = {{ step = \"5 mg\", rounding = \"nearest\", ties = \"up\" }}\n"
    );
    let dose =
        |fields: &str, words: &str, case: &str| other(&format!("{fields}\n{weekly}"), words, case);
    // sqrt(170 x 70 / 3600) = 1.81812 m2
    let surface = "intensity = { value = \"40 mg/m2\", QUOTE }";
    let words = "cisplatin 40 mg/m2 weekly";
    let (page, drug) = dose(surface, words, CASE);
    let calculated = drug["amount"]["calculated"]["value"].as_f64().unwrap();
    assert!((calculated - 72.724_747).abs() < 1e-6, "{drug}");
    assert!(drug["amount"]["rounded"].is_null());
    assert!(
        page.contains("72.724747 mg calculated") && page.contains("not rounded"),
        "{page}"
    );
    let (_, drug) = dose(surface, words, &rounded);
    assert_eq!(drug["amount"]["rounded"]["value"], 75.0);
    let capped = format!("{surface}\ncap = {{ value = \"70 mg\", QUOTE }}");
    let (page, drug) = dose(
        &capped,
        "cisplatin 40 mg/m2 weekly, at most 70 mg",
        &rounded,
    );
    assert_eq!(drug["amount"]["capped"]["value"], 70.0);
    assert_eq!(drug["amount"]["rounded"]["value"], 70.0);
    assert!(page.contains("at most 70 mg"), "{page}");

    let (_, drug) = dose(
        "dose = { value = \"1.5 mg/kg\", QUOTE }",
        "cisplatin 1.5 mg/kg weekly",
        &rounded,
    );
    assert_eq!(drug["amount"]["calculated"]["value"], 105.0);
    assert_eq!(drug["amount"]["rounded"]["value"], 105.0);
    let (_, drug) = dose(
        "dose = { value = \"62.5 mg\", QUOTE }",
        "cisplatin 62.5 mg weekly",
        &rounded,
    );
    assert_eq!(drug["amount"]["calculated"]["value"], 62.5);
    assert_eq!(drug["amount"]["rounded"]["value"], 65.0);
    let down = rounded.replace("ties = \"up\" }", "ties = \"down\" }");
    let flat = "dose = { value = \"62.5 mg\", QUOTE }";
    let (_, drug) = dose(flat, "cisplatin 62.5 mg weekly", &down);
    assert_eq!(drug["amount"]["rounded"]["value"], 60.0);
    let untied = rounded.replace(", ties = \"up\" }", " }");
    let protocol = with_drug(&format!("{flat}\n{weekly}"), "cisplatin 62.5 mg weekly");
    let refused = sheet(&protocol, &untied).unwrap_err();
    assert!(refused.contains("site.drugs.other.ties"), "{refused}");
    let misprint = rounded.replace("\nother =", "\nothr =");
    let refused = sheet(&protocol, &misprint).unwrap_err();
    assert!(refused.contains("no such drug"), "{refused}");
}

#[test]
fn what_is_not_calculated_is_said() {
    let weekly = "administrations_per_day = { value = 1, reason = \"once: 1\", QUOTE }\ndays = { value = \"weekly\", QUOTE }";
    let (page, drug) = other(
        &format!("dose = {{ value = \"AUC 2\", QUOTE }}\n{weekly}"),
        "cisplatin AUC 2 weekly",
        CASE,
    );
    assert_eq!(drug["not_calculated"], "area_under_curve");
    assert!(drug["amount"].is_null());
    assert!(page.contains("glomerular filtration rate"), "{page}");
}

#[test]
fn days_by_the_number_of_the_fraction_follow_the_dates_of_the_fractions() {
    let protocol = DAYS_AFTER_COURSE
        .replace(
            "{ days = \"22-35, 43-56\" }",
            "{ fractions = \"1-5, 16-20\" }",
        )
        .replace(
            "on days 22-35 and 43-56",
            "with fractions 1-5 and fractions 16-20",
        );
    let (page, settled) = sheet(&protocol, CASE).unwrap();
    assert!(page.contains("with fractions 1-5, 16-20"), "{page}");
    // three weeks of five fractions come before the sixteenth
    let first_and_last_day = ("2026-12-07".to_owned(), "2027-01-01".to_owned());
    assert_eq!(first_and_last(&settled), first_and_last_day);
    let dates = settled["drug"]["supply"]["dates"].as_array().unwrap();
    assert_eq!(dates.len(), 10);
    // a holiday moves the fractions, and the drug with them
    let holiday = CASE.replace(
        "fractions_per_day = 1",
        "fractions_per_day = 1\nholidays = [\"2026-12-25\"]",
    );
    let (_, moved) = sheet(&protocol, &holiday).unwrap();
    assert_eq!(first_and_last(&moved).1, "2027-01-04");
    // more fractions than the course has
    let beyond = protocol.replace("16-20", "16-99");
    let refused = sheet(&beyond, CASE).unwrap_err();
    assert!(
        refused.contains("and the course has 25 fractions"),
        "{refused}"
    );
}

#[test]
fn a_missing_tie_rule_lists_its_choices() {
    let refused = sheet(
        &numbered("1-14, 22-35"),
        &CASE.replace("ties = \"up\"\n", ""),
    )
    .unwrap_err();
    let ties = refused
        .lines()
        .find(|line| line.contains("site.ties"))
        .unwrap();
    assert!(ties.contains("Choices: up, down."), "{ties}");
}

#[test]
fn a_level_of_the_submucosa_is_that_of_a_first_stage() {
    let case = CASE.replace(
        "[site]\n",
        "[pathology]\ntumour_stage = \"pT2\"\nsubmucosal_level = \"SM1\"\n[site]\n",
    );
    let refused = sheet(&numbered("1-14, 22-35"), &case).unwrap_err();
    assert!(refused.contains("SM1 describes a pT1 tumour"), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    let assign = |stage: &str| {
        let flags = [
            "assign",
            "--tumour-stage",
            stage,
            "--submucosal-level",
            "SM1",
        ];
        chemorad(folder.path(), &flags).exit
    };
    assert_eq!(assign("pT2"), Some(2));
    assert_ne!(assign("pT1"), Some(2));
}

//! A site file: what it settles, what wins over it, and that it is never searched for.

use chemorad_cli::files::Disk;
use chemorad_cli::{Environment, run};
use serde_json::Value;

use crate::harness::{chemorad, environment, example, json, near, refused};

fn site() -> String {
    example("site.toml").to_str().unwrap().to_string()
}

/// How a value of the result came about.
fn by<'a>(result: &'a Value, what: &str) -> Option<&'a Value> {
    let mut values = result["site"]["values"].as_array()?.iter();
    values.find(|one| one["what"] == what)
}

#[test]
fn every_command_that_asks_for_a_value_takes_it() {
    let site = site();
    let with = |args: &[&str]| json(&[args, &["--site", &site]].concat());
    let bsa = with(&["bsa", "170cm", "70kg"]);
    assert_eq!(bsa["formula"], "mosteller");
    assert_eq!(
        by(&bsa, "body surface area formula").unwrap()["by"],
        "site_file"
    );
    let person = [
        "--age",
        "55",
        "--sex",
        "male",
        "--weight",
        "82kg",
        "--creatinine",
        "91umol/L",
    ];
    let clearance = with(&[&["clearance"], &person[..]].concat());
    assert_eq!(clearance["weight_basis"], "actual");
    assert_eq!(clearance["rule_sets"].as_array().unwrap().len(), 1);
    let bed = with(&["bed", "45Gy/25"]);
    // late and tumour, by name
    near(&bed["results"][0]["total"]["bed"]["value"], 72.0, 1e-12);
    near(&bed["results"][1]["total"]["bed"]["value"], 53.1, 1e-12);
    let late = with(&["bed", "45Gy/25", "--ab", "late"]);
    near(&late["total"]["bed"]["value"], 72.0, 1e-12);
    let solve = with(&[
        "solve",
        "--target-eqd",
        "50Gy",
        "--fractions",
        "20",
        "--ab",
        "tumour",
    ]);
    assert_eq!(
        solve["site"]["values"][0]["value"],
        "10 Gy (committee minutes, synthetic)"
    );
    let schedule = with(&["schedule", "50.4Gy/28", "--start", "2026-12-07"]);
    let dates = schedule["fractions"].as_array().unwrap();
    assert!(!dates.iter().any(|one| one["date"] == "2026-12-25"));
    let missed = [
        "gap",
        "50.4Gy/28",
        "--start",
        "2026-12-07",
        "--missed",
        "2026-12-24",
    ];
    let gap = with(&missed);
    assert_eq!(gap["resume"], "2026-12-28");
    assert_eq!(gap["case"]["late"]["alpha_beta"]["value"], 3);
    let check = ["check", "--planned", "45Gy/25", "--prescribed", "45Gy/25"];
    assert_eq!(by(&with(&check), "fractions a week").unwrap()["value"], "5");
}

#[test]
fn what_is_given_by_hand_wins_and_says_so() {
    let site = site();
    let bsa = json(&[
        "bsa",
        "170cm",
        "70kg",
        "--formula",
        "du-bois",
        "--site",
        &site,
    ]);
    assert_eq!(bsa["formula"], "du-bois");
    let formula = by(&bsa, "body surface area formula").unwrap();
    assert_eq!(formula["by"], "hand");
    assert_eq!(
        formula["basis"],
        "instead of mosteller, which the site file has"
    );
    let bed = json(&["bed", "45Gy/25", "--ab", "4Gy", "--site", &site]);
    assert_eq!(by(&bed, "alpha/beta").unwrap()["value"], "4 Gy");
    let page = chemorad(&[
        "bsa",
        "170cm",
        "70kg",
        "--formula",
        "du-bois",
        "--site",
        &site,
    ]);
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(
        page.contains("given by hand, instead of mosteller"),
        "{page}"
    );
    assert!(page.contains("synthetic drug"), "{page}");
}

#[test]
fn a_case_is_filled_where_it_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let whole = json(&[
        "sheet",
        example("adjuvant-chemoradiotherapy.toml").to_str().unwrap(),
    ]);
    // without [site], rule sets and holidays
    let (before, rest) = case.split_once("[site]").unwrap();
    let (_, after) = rest.split_once("# Facts and rules").unwrap();
    let open = format!("{before}# Facts and rules{after}")
        .replace("rule_sets = [\"renal=fda-label-2026\", \"cpic-dpyd-2018\", \"eu-leaflet-interactions\"]\n", "")
        .replace("holidays = [\"2026-12-25\", \"2027-01-01\"]\n", "");
    let path = folder.path().join("case.toml");
    std::fs::write(&path, open).unwrap();
    let path = path.to_str().unwrap();
    refused(
        &["sheet", path],
        "site.body_surface_area_formula is missing",
    );
    let filled = json(&["sheet", path, "--site", &site()]);
    assert_eq!(
        filled["drug"]["order"]["ordered"],
        whole["drug"]["order"]["ordered"]
    );
    assert_eq!(filled["schedule"], whole["schedule"]);
    assert_eq!(by(&filled, "tablets in stock").unwrap()["by"], "site_file");
}

#[test]
fn the_world_may_name_it_and_nothing_searches_for_it() {
    let world = Environment {
        site: Some(site().into()),
        ..environment()
    };
    let args = ["chemorad", "bsa", "170cm", "70kg"];
    assert_eq!(run(args, &world, &Disk).exit, 0);
    assert_eq!(run(args, &environment(), &Disk).exit, 2);
    let lost = Environment {
        site: Some("no such site.toml".into()),
        ..environment()
    };
    assert!(run(args, &lost, &Disk).stderr.contains("no such site.toml"));
}

#[test]
fn a_site_file_that_is_wrong_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.toml");
    std::fs::write(&path, "ties = \"up\"\nrouding = \"down\"\n").unwrap();
    let path = path.to_str().unwrap();
    for part in [
        "did you mean `rounding`?",
        "`decided_by` is missing",
        "there is no rounding",
    ] {
        refused(&["bsa", "170cm", "70kg", "--site", path], part);
    }
    // a decision that is half made, with its code
    assert_eq!(chemorad(&["explain", "site.value"]).exit, Some(0));
    refused(
        &["bsa", "170cm", "70kg", "--site", "clinic.txt"],
        "must end in .toml or .json",
    );
}

#[test]
fn files_that_it_names_lie_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = std::fs::read_to_string(example("site.toml")).unwrap();
    let clinic = clinic
        .replace(
            "holidays = [\"2026-12-25\", \"2027-01-01\"]",
            "holidays = \"closed.txt\"",
        )
        .replace("\"renal=fda-label-2026\"", "\"renal=rules.toml\"");
    std::fs::write(folder.path().join("clinic.toml"), clinic).unwrap();
    std::fs::write(folder.path().join("closed.txt"), "2026-12-08\n").unwrap();
    std::fs::copy(
        example("rule-set-site.toml"),
        folder.path().join("rules.toml"),
    )
    .unwrap();
    let site = folder.path().join("clinic.toml");
    let site = site.to_str().unwrap();
    let schedule = json(&["schedule", "6Gy/3", "--start", "2026-12-07", "--site", site]);
    assert_eq!(schedule["fractions"][1]["date"], "2026-12-09");
    let person = ["170cm", "72kg", "825 mg/m2 bid", "--clearance", "40mL/min"];
    let rest = ["--clearance-by", "laboratory", "--site", site];
    let order = json(&[&["capecitabine"], &person[..], &rest[..]].concat());
    assert!(!order["adjustments"].as_array().unwrap().is_empty());
}

//! A site file: what it settles, what wins over it, and that it is never searched for.

use chemorad_cli::files::Disk;
use chemorad_cli::{Environment, run};
use serde_json::Value;

use crate::harness::{chemorad, environment, example, json, near, refused, text};

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
    assert!(whole["drug"]["to_take"]["value"].is_number());
    assert_eq!(filled["drug"]["to_take"], whole["drug"]["to_take"]);
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

/// A site file with something added, as a file in a folder.
fn with(folder: &std::path::Path, more: &str) -> String {
    let head = "schema = \"chemorad.site/1\"\ndecided_by = \"synthetic committee\"\n";
    let date = if more.contains("decided_on") {
        ""
    } else {
        "decided_on = \"2026-11-30\"\n"
    };
    let path = folder.join("clinic.toml");
    std::fs::write(&path, format!("{head}{date}{more}\n")).unwrap();
    path.display().to_string()
}

#[test]
fn a_site_check_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    for (more, part) in [
        ("plan_tolerances.foo = \"1%\"", "foo"),
        ("plan_tolerances.total = \"-1%\"", "-1%"),
        ("plan_tolerances.total = \"5\"", "total"),
        ("plan_tolerances.total = \"300%\"", "total"),
        (
            "rule_sets = [\"cpic-dpyd-2018\", \"dpwg-dpyd-2019\"]",
            "cpic-dpyd-2018",
        ),
        ("rule_sets = [\"toxicity=cpic-dpyd-2018\"]", "toxicity"),
        (
            "rule_sets = [\"cpic-dpyd-2018\"]\nwithout_rules = [\"dpyd\"]",
            "leave one out",
        ),
        ("without_rules = [\"toxicity\"]", "nobody asks"),
        ("weekdays = \"mon\"\nfractions_per_week = 5", "a day"),
        ("decided_on = \"2126-01-01\"", "after today"),
        ("deviation_tolerance = \"99 %\"", "20 %"),
        ("weight_basis = \"adjusted\"", "adjusted:FACTOR"),
    ] {
        refused(&["site", "check", &with(folder.path(), more)], part);
    }
    // all at once
    let two = with(
        folder.path(),
        "plan_tolerances.foo = \"1%\"\nweekdays = \"mon\"\nfractions_per_week = 5",
    );
    refused(&["site", "check", &two], "foo");
    refused(&["site", "check", &two], "a day");
    for (more, part) in [
        ("tablet_strengths = [\"500 mg\", \"5 mg\"]", "5 mg"),
        (
            "weekdays = \"mon,wed,fri\"\nfractions_per_week = 5",
            "no whole number",
        ),
        (
            "holidays = [\"2026-12-25\", \"2026-12-26\"]",
            "on 2026-12-26 anyway",
        ),
        (
            "alpha_beta.tumour = { value = \"3 Gy\", source = \"x\" }\nalpha_beta.late = { value = \"10 Gy\", source = \"x\" }",
            "changed places",
        ),
        (
            "alpha_beta.tumor = { value = \"10 Gy\", source = \"x\" }",
            "is alpha_beta.tumour meant",
        ),
        (
            "deviation_tolerance = \"20 %\"",
            "more than published choices",
        ),
        (
            "deviation_tolerance = \"0.1 %\"",
            "less than tablets can keep",
        ),
        ("rounding = \"fewest:15%\"\nties = \"up\"", "rounding: 15 %"),
        ("holidays = [\"2020-12-25\"]", "the last is 2020-12-25"),
    ] {
        let checked = json(&["site", "check", &with(folder.path(), more)]);
        let doubt = checked["doubtful"][0].as_str().unwrap();
        assert!(doubt.contains(part), "{doubt}");
        let said = text(&["site", "check", &with(folder.path(), more)]);
        assert!(!said.contains("nothing is wrong"), "{said}");
    }
    for right in [
        "weekdays = \"mon-fri\"\nfractions_per_week = 10",
        "deviation_tolerance = \"10 %\"\nrounding = \"fewest:5%\"\nties = \"up\"",
        "deviation_tolerance = \"20 %\"\ntablet_strengths = [\"500 mg\"]",
        "holidays = [\"2020-12-25\", \"2027-01-01\"]",
        "tablet_strengths = [\"300 mg\"]",
        "plan_tolerances.total = \"0.5%\"",
        "weekdays = \"mon-sat\"\nholidays = [\"2026-12-25\", \"2026-12-26\"]",
        "alpha_beta.tumour = { value = \"10 Gy\", source = \"x\" }\nalpha_beta.late = { value = \"3 Gy\", source = \"x\" }\nalpha_beta.bowel = { value = \"3 Gy\", source = \"x\" }",
        "rule_sets = [\"renal=fda-label-2026\", \"dpyd=cpic-dpyd-2018\"]\nwithout_rules = [\"interactions\"]",
    ] {
        let said = text(&["site", "check", &with(folder.path(), right)]);
        assert!(said.contains("nothing is wrong"), "{right}: {said}");
    }
}

#[test]
fn weekdays_and_holidays_of_a_case_are_named_beside_those_of_the_site() {
    let folder = tempfile::tempdir().unwrap();
    let site = with(
        folder.path(),
        "weekdays = \"mon,wed,fri\"\nholidays = [\"2026-12-24\"]\nbody_surface_area_cap = \"1.5 m2\"",
    );
    let case = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let path = folder.path().join("case.toml");
    let path_text = path.display().to_string();
    std::fs::write(&path, &case).unwrap();
    let sheet = json(&["sheet", &path_text, "--site", &site]);
    assert_eq!(by(&sheet, "weekdays of treatment").unwrap()["by"], "hand");
    assert_eq!(by(&sheet, "dates without treatment").unwrap()["by"], "hand");
    // a cap that nobody typed is in the short text
    let said = chemorad(&["sheet", &path_text, "--site", &site]).stdout;
    let said = String::from_utf8(said).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("cap on the body surface area 1.5 m2"),
        "{said}"
    );
    // the site's own weekdays are taken where the case has none
    let without = case.replace("weekdays = \"mon-fri\"\n", "");
    std::fs::write(&path, &without).unwrap();
    refused(&["sheet", &path_text], "calendar.weekdays");
    let five = with(folder.path(), "weekdays = \"mon-fri\"");
    let taken = json(&["sheet", &path_text, "--site", &five]);
    assert_eq!(
        by(&taken, "weekdays of treatment").unwrap()["by"],
        "site_file"
    );
}

#[test]
fn topics_that_the_site_checks_elsewhere_are_waived_in_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let site = with(
        folder.path(),
        "without_rules = [\"renal\", \"dpyd\", \"interactions\"]",
    );
    let case = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let start = case.find("[renal]").unwrap();
    let end = case.find("[supply]").unwrap();
    let path = folder.path().join("case.toml");
    let path_text = path.display().to_string();
    std::fs::write(&path, format!("{}{}", &case[..start], &case[end..])).unwrap();
    assert_eq!(chemorad(&["sheet", &path_text]).exit, Some(3));
    assert_eq!(
        chemorad(&["sheet", &path_text, "--site", &site]).exit,
        Some(0)
    );
    // rules that the case names win over the waiver of the site
    std::fs::write(&path, &case).unwrap();
    assert_eq!(
        chemorad(&["sheet", &path_text, "--site", &site]).exit,
        Some(0)
    );
}

/// A case that waives a topic has none of the site's rules on it; the others stay.
#[test]
fn topics_that_a_case_waives_have_none_of_the_site_s_rules() {
    let folder = tempfile::tempdir().unwrap();
    let site = with(
        folder.path(),
        "rule_sets = [\"fda-label-2026\", \"eu-leaflet-interactions\"]",
    );
    let case = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let sets = case
        .lines()
        .find(|line| line.starts_with("rule_sets = "))
        .unwrap();
    let path = folder.path().join("case.toml");
    let waived = case.replace(sets, "without = [\"dpyd\"]");
    let start = waived.find("[dpyd]").unwrap();
    let end = waived[start..].find("\n[").unwrap() + start;
    let waived = format!("{}{}", &waived[..start], &waived[end..]);
    std::fs::write(&path, waived).unwrap();
    let path = path.to_str().unwrap();
    let told = json(&["sheet", path, "--site", &site]);
    let sets = by(&told, "rule sets").unwrap();
    assert_eq!(
        sets["value"],
        "renal=fda-label-2026, eu-leaflet-interactions"
    );
    // so have sets that stand in files
    let mut own = json(&["rule-sets", "show", "fda-label-2026"])["rule_set"].clone();
    own["id"] = "synthetic-label".into();
    std::fs::write(folder.path().join("label.json"), own.to_string()).unwrap();
    let site = with(
        folder.path(),
        "rule_sets = [\"label.json\", \"eu-leaflet-interactions\"]",
    );
    let told = json(&["sheet", path, "--site", &site]);
    let sets = by(&told, "rule sets").unwrap();
    assert_eq!(sets["value"], "renal=label.json, eu-leaflet-interactions");
}

#[test]
fn rule_sets_of_waived_topics_are_not_listed_as_taken() {
    let folder = tempfile::tempdir().unwrap();
    let order = |site: &str, more: &[&str]| {
        let order = ["capecitabine", "170cm", "72kg", "825 mg/m2 bid"];
        let clearance = [
            "--clearance",
            "80mL/min",
            "--clearance-by",
            "synthetic value",
            "--site",
            site,
        ];
        json(&[&order[..], &clearance, more].concat())
    };
    let taken = |told: &Value| {
        let sets = by(told, "rule sets").map(|sets| sets["value"].as_str().unwrap().to_string());
        (sets, told["rule_sets"].as_array().unwrap().len())
    };
    let waived = ["--without", "dpyd,interactions"];
    let told = order(&site(), &waived);
    assert_eq!(taken(&told), (Some("renal=fda-label-2026".into()), 1));
    // a set of several topics is taken for the others alone
    let whole = with(
        folder.path(),
        "body_surface_area_formula = \"mosteller\"\ntablet_strengths = [\"500 mg\"]\nrounding = \"nearest\"\n\
         ties = \"up\"\nrule_sets = [\"fda-label-2026\"]",
    );
    let told = order(&whole, &waived);
    assert_eq!(taken(&told), (Some("renal=fda-label-2026".into()), 1));
    let told = order(&whole, &["--without", "renal,dpyd,interactions"]);
    assert!(!by(&told, "rule sets").is_some_and(|sets| {
        let sets = sets["value"].as_str().unwrap();
        sets.contains("renal") || sets.contains("dpyd") || sets.contains("interactions")
    }));
    // what is not waived is listed whole
    let told = order(
        &whole,
        &["--dpyd", "not-tested", "--interacting-drug", "none"],
    );
    assert_eq!(taken(&told), (Some("fda-label-2026".into()), 1));
}

/// One name for two different files is said; for two copies of one file it is not.
#[test]
fn rule_set_files_of_one_name_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let (of_case, of_site) = (folder.path().join("case"), folder.path().join("site"));
    std::fs::create_dir(&of_case).unwrap();
    std::fs::create_dir(&of_site).unwrap();
    let case = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let lines = case.lines().filter(|line| !line.starts_with("rule_sets"));
    let case = lines.collect::<Vec<_>>().join("\n");
    let case = case.replace("rounding = \"nearest\"", "rounding = \"bands:rules.json\"");
    std::fs::write(of_case.join("case.toml"), case).unwrap();
    let mut bands = json(&["rule-sets", "show", "japan-method-d-2016"])["rule_set"].clone();
    bands["id"] = "synthetic-bands".into();
    std::fs::write(of_case.join("rules.json"), bands.to_string()).unwrap();
    let mut label = json(&["rule-sets", "show", "fda-label-2026"])["rule_set"].clone();
    label["id"] = "synthetic-label".into();
    std::fs::write(of_site.join("rules.json"), label.to_string()).unwrap();
    let site = with(&of_site, "rule_sets = [\"rules.json\"]");
    let path = of_case.join("case.toml");
    let args = ["sheet", path.to_str().unwrap(), "--site", &site];
    let message = || String::from_utf8(chemorad(&args).stderr).unwrap();
    assert_eq!(chemorad(&args).exit, Some(2));
    assert!(message().contains("the two files differ"), "{}", message());
    std::fs::write(of_site.join("rules.json"), bands.to_string()).unwrap();
    assert!(!message().contains("the two files differ"), "{}", message());
}

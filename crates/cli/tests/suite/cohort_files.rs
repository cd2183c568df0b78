//! `cohort`: a protocol with arms, a file of columns, JSON lists, Parquet, a site file with rule sets.

use std::fs;
use std::path::Path;

use crate::harness::{chemorad, example, json, refused};

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

const SETTINGS: [&str; 10] = [
    "--formula",
    "mosteller",
    "--tablets",
    "500mg,150mg",
    "--rounding",
    "nearest",
    "--ties",
    "up",
    "--without",
    "renal,dpyd,interactions",
];

fn codes(told: &serde_json::Value) -> Vec<&str> {
    let counts = told["codes"].as_array().unwrap().iter();
    counts
        .map(|count| count["code"].as_str().unwrap())
        .collect()
}

#[test]
fn arms_say_what_each_row_should_have() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(
        folder.path(),
        "in.csv",
        "id,arm,planned,event_date,start_date\n\
         A,adverse,45Gy/25+5.4Gy/3,2026-11-02,2026-12-07\n\
         B,radiotherapy_alone,45Gy/25,2026-11-02,2026-12-07\n\
         C,radiotherapy_alone,50.4Gy/28,2026-11-02,2026-12-07\n\
         D,adverse,45Gy/25+5.4Gy/3,2026-11-02,2027-02-08\n",
    );
    let told = json(&["cohort", &file, "--protocol", "NCT06949098"]);
    assert_eq!(codes(&told), ["cohort.course", "cohort.start"]);
    assert_eq!(told["outcomes"][3]["rows"], 2);
    let settings = told["settings"].as_array().unwrap();
    assert_eq!(settings[0]["value"], "NCT06949098");
    // without the protocol the arm says nothing, and the page lists it
    let told = json(&["cohort", &file]);
    assert_eq!(told["unused_columns"][0], "arm");
    refused(
        &["cohort", &file, "--protocol", "NCT06949098/adverse"],
        "--ignore arm",
    );
    let one = write(folder.path(), "one.csv", "planned\n45Gy/25+5.4Gy/3\n");
    refused(&["cohort", &one, "--protocol", "NCT06949098"], "adverse");
    let told = json(&["cohort", &one, "--protocol", "NCT06949098/adverse"]);
    assert_eq!(told["outcome"], "pass");
}

#[test]
fn the_intensity_is_the_protocol_s() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(
        folder.path(),
        "in.csv",
        "id,height_cm,weight_kg,ordered\nA,170,70,1500mg bid\nB,170,70,3000mg bid\n",
    );
    let adverse = ["--protocol", "NCT06949098/adverse"];
    let with = |more: [&'static str; 2]| {
        [&["cohort", file.as_str()][..], &adverse, &SETTINGS, &more].concat()
    };
    let told = json(&with(["--intensity", "825 mg/m2 bid"]));
    assert!(codes(&told).contains(&"order.dose"), "{told}");
    assert_eq!(told["outcomes"][0]["rows"], 1);
    refused(
        &with(["--intensity", "1000 mg/m2 bid"]),
        "the protocol states",
    );
}

/// What the protocol gives with capecitabine goes through the rules on interactions, row by row.
#[test]
fn the_protocol_s_other_drugs_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let mut rules = json(&["rule-sets", "show", "eu-leaflet-interactions"])["rule_set"].clone();
    rules["id"] = "synthetic-list".into();
    let oxaliplatin = serde_json::json!({
        "drug": "oxaliplatin",
        "severity": "warning",
        "advice": "synthetic"
    });
    rules["interactions"]["drugs"]
        .as_array_mut()
        .unwrap()
        .push(oxaliplatin);
    let rules = write(folder.path(), "list.json", &rules.to_string());
    let file = write(
        folder.path(),
        "in.csv",
        "id,arm,height_cm,weight_kg,interacting_drugs\n\
         A,capecitabine,170,70,none\nB,capecitabine_oxaliplatin,170,70,none\n",
    );
    let words = [
        "cohort",
        &file,
        "--protocol",
        "NSABP-R-04",
        "--formula",
        "mosteller",
        "--tablets",
        "500mg,150mg",
        "--rounding",
        "nearest",
        "--ties",
        "up",
        "--without",
        "renal,dpyd",
        "--rule-set",
        &rules,
    ];
    let told = json(&words);
    let mut found = told["codes"].as_array().unwrap().iter();
    let found = found.find(|one| one["code"] == "capecitabine.interaction");
    assert_eq!(found.map(|one| &one["rows"]), Some(&1.into()), "{told}");
    let settings = told["settings"].as_array().unwrap();
    let regimen = settings
        .iter()
        .find(|one| one["name"] == "regimen by arm")
        .unwrap();
    assert_eq!(
        regimen["value"],
        "825 mg/m2 per administration, 2 times a day: capecitabine, capecitabine_oxaliplatin"
    );
}

#[test]
fn a_file_says_which_column_is_which() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(
        folder.path(),
        "in.csv",
        "Nr,Groesse,Gewicht,dpyd\n1,170,70,x\n",
    );
    let columns = write(
        folder.path(),
        "columns.toml",
        "schema = \"chemorad.columns/1\"\nignore = [\"dpyd\"]\n\n[columns]\nid = \"Nr\"\n\
         height_cm = \"Groesse\"\nweight_kg = \"Gewicht\"\n",
    );
    let intensity = ["--intensity", "825 mg/m2 bid"];
    let with = |columns: &str| {
        let named = ["cohort", file.as_str(), "--columns-file", columns].map(String::from);
        let rest = SETTINGS.iter().chain(&intensity).map(ToString::to_string);
        named.into_iter().chain(rest).collect::<Vec<_>>()
    };
    let words = with(&columns);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(json(&words)["outcome"], "pass");
    for (text, part) in [
        ("[columns]\n", "schema"),
        ("schema = \"chemorad.columns/2\"\n", "chemorad.columns/1"),
        ("schema = \"chemorad.columns/1\"\nignored = []\n", "ignore"),
        (
            "schema = \"chemorad.columns/1\"\n[columns]\nheight = \"Groesse\"\n",
            "not a column that is known",
        ),
    ] {
        let wrong = write(folder.path(), "wrong.toml", text);
        let words = with(&wrong);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        refused(&words, part);
    }
}

#[test]
fn a_list_of_json() {
    let folder = tempfile::tempdir().unwrap();
    let list = "[{\"id\": 1, \"planned\": \"45Gy/25\"}, {\"id\": 2, \"prescribed\": \"45Gy/25\"}]";
    let file = write(folder.path(), "in.json", list);
    let told = json(&["cohort", &file]);
    assert_eq!(told["rows"], 2);
    assert_eq!(codes(&told), ["cohort.course"]);
    let output = folder.path().join("out.json");
    refused(
        &["cohort", &file, "-o", output.to_str().unwrap()],
        "must end in .csv, .ndjson or .parquet",
    );
}

#[test]
fn parquet_out_and_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(
        folder.path(),
        "in.csv",
        "id,planned\nA,45Gy/25\n=1+1,\nC,45\n",
    );
    let output = folder.path().join("out.parquet");
    let path = output.to_str().unwrap();
    let answer = chemorad(&["cohort", &file, "--ab", "10Gy", "-o", path]);
    assert_eq!(answer.exit, Some(3));
    // the records are a table that is read again: their identifiers are texts
    let told = json(&["cohort", path, "--column", "planned=id", "--ignore", "row"]);
    assert_eq!(told["rows"], 3);
    assert_eq!(codes(&told), ["cohort.unreadable"]);
    assert_eq!(told["codes"][0]["rows"], 3);
    let whole = fs::read(&output).unwrap();
    for length in [0, 3, whole.len() / 2, whole.len() - 1] {
        let cut = folder.path().join("cut.parquet");
        fs::write(&cut, &whole[..length]).unwrap();
        refused(
            &["cohort", cut.to_str().unwrap()],
            "the Parquet file cannot be read or written",
        );
    }
}

/// The site file of the guide, with its rules for other drugs.
#[test]
fn the_example_goes_with_the_site_file() {
    let (file, site) = (example("cohort.csv"), example("site.toml"));
    let words = [
        "cohort",
        file.to_str().unwrap(),
        "--intensity",
        "825 mg/m2 bid",
        "--site",
        site.to_str().unwrap(),
    ];
    let told = json(&words);
    assert_eq!(told["rows"], 10);
    let pass = told["outcomes"][3]["rows"].as_u64().unwrap();
    assert!(pass > 0, "{told}");
}

/// Where the report cannot be written, there are no records either.
#[test]
fn all_that_is_written_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "in.csv", "id,planned\nA,45Gy/25+5.4Gy/3\n");
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    let run = |report: &str| chemorad(&["cohort", &file, "-o", &at("out.csv"), "--report", report]);
    let names = || {
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    // so long a name leaves no room for that of the unfinished file
    let answer = run(&at(&format!("{}.html", "a".repeat(250))));
    let message = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.exit, Some(2), "{message}");
    assert!(answer.stdout.is_empty() && message.contains("cannot write"));
    assert_eq!(names(), ["in.csv"]);
    let answer = run(&at("report.html"));
    let message = String::from_utf8_lossy(&answer.stderr);
    assert!(message.is_empty(), "{message}");
    assert_eq!(names(), ["in.csv", "out.csv", "report.html"]);
    // what is there stays as it is
    let before = fs::read(at("out.csv")).unwrap();
    assert_eq!(run(&at("other.html")).exit, Some(2));
    assert_eq!(fs::read(at("out.csv")).unwrap(), before);
    assert_eq!(names(), ["in.csv", "out.csv", "report.html"]);
}

const REGIMEN: [&str; 2] = ["--intensity", "825 mg/m2 bid"];

fn page(file: &str, more: &[&str]) -> String {
    let words = [&["cohort", file][..], &SETTINGS, &REGIMEN, more].concat();
    String::from_utf8(chemorad(&words).stdout).unwrap()
}

/// A page of a file without orders does not read as if orders had been checked.
#[test]
fn a_file_without_orders_says_so_at_its_head() {
    let folder = tempfile::tempdir().unwrap();
    let without = write(
        folder.path(),
        "in.csv",
        "id,height_cm,weight_kg\nA,170,70\n",
    );
    let said = page(&without, &[]);
    let head = said.lines().take(6).collect::<Vec<_>>().join(" ");
    assert!(head.contains("no column of an order"), "{said}");
    assert!(head.contains("cohort.no_order"), "{said}");
    assert!(said.contains("Rounding to tablets"), "{said}");
    let told = json(&[&["cohort", without.as_str()][..], &SETTINGS, &REGIMEN].concat());
    assert_eq!(told["findings"][0]["code"], "cohort.no_order");
    assert_eq!(told["deviation_percent_of"], "expected");
    assert_eq!(told["outcome"], "pass");
    let with = "id,height_cm,weight_kg,ordered_mg,ordered_frequency\nA,170,70,1500,bid\n";
    let with = write(folder.path(), "with.csv", with);
    let said = page(&with, &[]);
    assert!(!said.contains("no column of an order"), "{said}");
    assert!(said.contains("Deviation of the entered order"), "{said}");
    let told = json(&[&["cohort", with.as_str()][..], &SETTINGS, &REGIMEN].concat());
    assert_eq!(told["findings"], serde_json::json!([]));
    assert_eq!(told["deviation_percent_of"], "entered");
    let mut columns = told["columns"].as_array().unwrap().iter();
    let ordered = columns.find(|one| one["name"] == "ordered_mg").unwrap();
    let meaning = ordered["meaning"].as_str().unwrap();
    assert!(meaning.starts_with("expected"), "{meaning}");
    for code in [
        "cohort.no_order",
        "cohort.order_missing",
        "cohort.weight_unit",
    ] {
        assert!(chemorad_cli::codes().any(|known| known.name == code));
    }
}

#[test]
fn a_cell_that_is_not_read_is_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let text = "id,height_cm,weight_kg,ordered\nA,170,70,1\u{a0}500mg bid\nB,170,70,1\u{a0}500mg bd\n\
        C,170,70 kg,1500mg bid\n";
    let file = write(folder.path(), "in.csv", text);
    let said = page(&file, &[]);
    let said: Vec<&str> = said.split_whitespace().collect();
    let said = said.join(" ");
    assert!(
        said.contains(
            "Column ordered, rows 1, 2: such as \"1\\u{a0}500mg bid\": it contains a no-break space"
        ),
        "{said}"
    );
    assert!(
        said.contains("Column weight_kg, row 3: \"70 kg\""),
        "{said}"
    );
    assert!(
        said.contains("Row 1 is the first below the header"),
        "{said}"
    );
    let told = json(&[&["cohort", file.as_str()][..], &SETTINGS, &REGIMEN].concat());
    assert_eq!(told["worst"][2]["unread_cell"]["text"], "70 kg");
}

/// Nobody's name goes on a table of patients, and each picture is there once.
#[test]
fn a_report_of_many_has_no_line_for_a_patient() {
    let folder = tempfile::tempdir().unwrap();
    let text = "id,height_cm,weight_kg,ordered\nA,170,70,1500mg bid\nB,170,70,\n";
    let file = write(folder.path(), "in.csv", text);
    let report = folder.path().join("report.html");
    let path = report.to_str().unwrap();
    page(&file, &["--report", path]);
    let said = fs::read_to_string(&report).unwrap();
    for name in ["Patient", "Plan", "ID"] {
        assert!(!said.contains(&format!("<dt>{name}</dt>")), "{name}");
    }
    assert!(said.contains("<dt>Made</dt>"));
    assert_eq!(said.matches("<svg").count(), 2);
    assert!(!said.contains("###"));
    assert!(
        said.contains("<td class=\"outcome\">cannot tell</td>"),
        "{said}"
    );
    // a table of patients is under the name of none
    for flag in ["--patient", "--patient-id"] {
        let named = ["--report", path, "--force", flag, "SYN-1"];
        let args = [&["cohort", file.as_str()][..], &SETTINGS, &REGIMEN, &named].concat();
        refused(&args, "many patients");
    }
    assert_eq!(fs::read_to_string(&report).unwrap(), said);
}

#[test]
fn the_sex_of_one_patient_is_written_as_in_a_row() {
    for sex in ["female", "Female", "FEMALE", "F", "f"] {
        let words = [
            "bsa",
            "--height",
            "170cm",
            "--weight",
            "70kg",
            "--formula",
            "schlich",
            "--sex",
            sex,
        ];
        assert_eq!(chemorad(&words).exit, Some(0), "{sex}");
    }
    refused(
        &[
            "bsa",
            "--height",
            "170cm",
            "--weight",
            "70kg",
            "--formula",
            "schlich",
            "--sex",
            "w",
        ],
        "female",
    );
}

#[test]
fn a_regimen_that_the_protocol_leaves_open_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for (protocol, arm, wanted) in [
        ("NCT01273051", "everyone", 1),
        ("NCT06949098", "adverse", 0),
    ] {
        let rows = format!("id,arm,height_cm,weight_kg,ordered\nA,{arm},170,72,1500mg bid\n");
        let file = write(folder.path(), "rows.csv", &rows);
        let mut words = vec!["cohort", &file, "--protocol", protocol];
        words.extend(["--intensity", "825 mg/m2 bid", "--tolerance", "5%"]);
        words.extend(SETTINGS);
        let told = json(&words);
        let findings = told["findings"].as_array().unwrap().iter();
        let by_hand = findings.filter(|finding| finding["code"] == "cohort.regimen_by_hand");
        assert_eq!(by_hand.count(), wanted, "{told}");
    }
}

#[test]
fn an_answer_of_the_site_settles_whether_an_arm_gives_the_drug() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,arm,height_cm,weight_kg,ordered\n\
                A,dose_escalated_chemoradiotherapy,170,70,1500mg bid\n";
    let file = write(folder.path(), "rows.csv", rows);
    for (answer, wanted) in [
        ("capecitabine", vec![]),
        ("none", vec!["order.allowed"]),
        ("unknown", vec!["cohort.arm"]),
    ] {
        let site = format!(
            "schema = \"chemorad.site/1\"\ntitle = \"synthetic\"\n\
             decided_by = \"synthetic\"\ndecided_on = \"2026-11-30\"\n\
             [answers]\nescalated_concurrent_drug = \"{answer}\"\n"
        );
        let site = write(folder.path(), "site.toml", &site);
        let mut words = vec!["cohort", &file, "--protocol", "NCT06949098"];
        words.extend(["--site", &site, "--tolerance", "5%"]);
        words.extend(SETTINGS);
        let told = json(&words);
        assert_eq!(codes(&told), wanted, "{answer}: {told}");
    }
}

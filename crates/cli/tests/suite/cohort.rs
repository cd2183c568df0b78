//! `cohort`: records, the summary, what is refused, and the command of one patient beside it.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::{chemorad, example, json, refused};

const SETTINGS: &[&str] = &[
    "--formula",
    "mosteller",
    "--intensity",
    "825mg/m2",
    "--per",
    "administration",
    "--times-per-day",
    "2",
    "--tablets",
    "500mg,150mg",
    "--max-150",
    "2",
    "--rounding",
    "nearest",
    "--ties",
    "up",
];
const RULES: &[&str] = &[
    "--rule-set",
    "renal=fda-label-2026",
    "--rule-set",
    "cpic-dpyd-2018",
    "--without",
    "interactions",
    "--weight-basis",
    "actual",
];

fn with<'a>(file: &'a str, more: &[&[&'a str]]) -> Vec<&'a str> {
    [&["cohort", file], SETTINGS, &more.concat()].concat()
}

/// Whole numbers without an order, the same in every run.
fn numbers() -> impl FnMut(u32) -> u32 {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    move |most| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u32::try_from(state >> 33).unwrap() % most
    }
}

#[test]
fn a_record_is_what_the_command_of_one_patient_says() {
    let mut number = numbers();
    let dpyd = ["2", "1.5", "1", "0.5", "0", "not-tested", "indeterminate"];
    let mut file = String::from("id,height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd\n");
    let mut patients = Vec::new();
    for row in 0..400 {
        let patient = [
            format!("{}.{}", 145 + number(50), number(10)),
            format!("{}.{}", 42 + number(70), number(10)),
            ["female", "male"][number(2) as usize].to_string(),
            (20 + number(70)).to_string(),
            (45 + number(160)).to_string(),
            dpyd[number(7) as usize].to_string(),
        ];
        file.push_str(&["P", &row.to_string(), ",", &patient.join(","), "\n"].concat());
        patients.push(patient);
    }
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.csv"), folder.path().join("out.csv"));
    fs::write(&input, file).unwrap();
    let (input, output) = (input.to_str().unwrap(), output.to_str().unwrap());
    let answer = chemorad(&with(input, &[RULES, &["-o", output]]));
    assert_eq!(
        answer.exit,
        Some(1),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let mut records = csv::Reader::from_path(output).unwrap();
    let header = records.headers().unwrap().clone();
    let mut outcomes = BTreeSet::new();
    for (record, patient) in records.records().zip(&patients) {
        let record = record.unwrap();
        let cell = |name: &str| {
            let at = header.iter().position(|column| column == name).unwrap();
            record[at].to_string()
        };
        let [height, weight, sex, age, creatinine, dpyd] = patient;
        let (height, weight) = (format!("{height}cm"), format!("{weight}kg"));
        let creatinine = format!("{creatinine}umol/L");
        let one: &[&str] = &[
            "--height",
            &height,
            "--weight",
            &weight,
            "--sex",
            sex,
            "--age",
            age,
            "--creatinine",
            &creatinine,
            "--dpyd",
            dpyd,
        ];
        let told = json(&[&["capecitabine"], one, SETTINGS, RULES].concat());
        let same = |name: &str, value: &serde_json::Value| match value.as_f64() {
            Some(value) => {
                let own: f64 = cell(name).parse().unwrap();
                assert_eq!(own.to_bits(), value.to_bits(), "{name} {patient:?}");
            }
            None => assert_eq!(cell(name), "", "{name} {patient:?}"),
        };
        same("bsa_m2", &told["bsa"]["value"]);
        same("calculated_mg", &told["calculated"]["value"]);
        same("ordered_mg", &told["to_take"]["value"]);
        same("deviation_percent", &told["deviation_percent"]);
        if !told["to_take"].is_null() {
            for (column, strength) in [("tablets_500mg", 500.0), ("tablets_150mg", 150.0)] {
                let tablets = told["tablets"].as_array().unwrap();
                let of_it = tablets
                    .iter()
                    .find(|one| one["strength"]["value"] == strength);
                let count = of_it.map_or(0, |one| one["count"].as_u64().unwrap());
                assert_eq!(cell(column), count.to_string(), "{patient:?}");
            }
        }
        let clearance = &told["facts"]["creatinine_clearance"]["value"];
        if clearance.is_number() {
            same("creatinine_clearance_ml_min", clearance);
        }
        assert_eq!(
            cell("outcome"),
            told["outcome"].as_str().unwrap(),
            "{patient:?}"
        );
        let worth = |outcome: &str| outcome != "pass" && outcome != "not_applicable";
        let found = told["adjustments"].as_array().unwrap().iter();
        let found = found.chain(told["warnings"].as_array().unwrap());
        let codes: BTreeSet<&str> = found
            .filter(|finding| worth(finding["outcome"].as_str().unwrap_or("pass")))
            .filter_map(|finding| finding["code"].as_str())
            .collect();
        let own = cell("codes");
        let own: BTreeSet<&str> = own.split_whitespace().collect();
        assert_eq!(own, codes, "{patient:?}");
        outcomes.insert(cell("outcome"));
    }
    // the rows are of every kind
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
}

#[test]
fn the_example_has_a_row_of_every_kind() {
    let file = example("cohort.csv");
    let told = json(&with(file.to_str().unwrap(), &[RULES]));
    assert_eq!(told["rows"], 10);
    assert_eq!(told["outcome"], "fail");
    let outcomes = told["outcomes"].as_array().unwrap();
    assert!(
        outcomes.iter().all(|one| one["rows"].as_u64().unwrap() > 0),
        "{outcomes:?}"
    );
    let codes: BTreeSet<&str> = told["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|count| count["code"].as_str().unwrap())
        .collect();
    for code in [
        "cohort.ordered",
        "cohort.weight",
        "cohort.height",
        "cohort.id_twice",
    ] {
        assert!(codes.contains(code), "{code}: {codes:?}");
        assert!(chemorad_cli::codes().any(|known| known.name == code));
    }
    assert_eq!(told["worst"][0]["outcome"], "fail");
}

#[test]
fn exit_codes_follow_the_worst_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    let exit = |rows: &str| {
        fs::write(&path, format!("id,height_cm,weight_kg,ordered_mg\n{rows}")).unwrap();
        let more = ["--without", "renal,dpyd,interactions"];
        chemorad(&with(path.to_str().unwrap(), &[&more])).exit
    };
    assert_eq!(exit("A,170,70,1500\n"), Some(0));
    assert_eq!(exit("A,170,70,1500\nB,,70,\n"), Some(3));
    assert_eq!(exit("A,170,70,3000\nB,,70,\n"), Some(1));
    // nothing was compared
    assert_eq!(exit(""), Some(3));
    assert_eq!(exit("A,170,70,\n"), Some(3));
}

#[test]
fn what_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, "height_cm,weight_kg\n170,70\n").unwrap();
    let path = path.to_str().unwrap();
    let output = folder.path().join("out.csv");
    let output = output.to_str().unwrap();
    refused(
        &with("no-such-file.csv", &[]),
        "cannot read no-such-file.csv",
    );
    let inside = folder.path().join("folder.csv");
    fs::create_dir(&inside).unwrap();
    refused(&with(inside.to_str().unwrap(), &[]), "is a folder");
    fs::remove_dir(&inside).unwrap();
    refused(
        &with(path, &[&["-o", path]]),
        "inputs are never overwritten",
    );
    refused(
        &with(path, &[&["-o", path, "--force"]]),
        "inputs are never overwritten",
    );
    refused(
        &with(path, &[&["-o", "out.xlsx"]]),
        "must end in .csv, .ndjson or .parquet",
    );
    refused(&with(path, &[&["--column", "height"]]), "height_cm=Groesse");
    refused(
        &with(path, &[&["--ignore", "weight_kg"]]),
        "no column for the weight",
    );
    let once = chemorad(&with(path, &[&["-o", output]]));
    assert_eq!(once.exit, Some(3)); // no rule sets
    refused(&with(path, &[&["-o", output]]), "is there already");
    assert_eq!(
        chemorad(&with(path, &[&["-o", output, "--force"]])).exit,
        Some(3)
    );
    let nowhere = folder.path().join("none").join("out.csv");
    refused(
        &with(path, &[&["-o", nowhere.to_str().unwrap()]]),
        "there is no folder",
    );
    refused(&with(path, &[&["-o", "out.TSV"]]), "must end in .csv");
    refused(
        &with(path, &[&["--column", "=height_cm"]]),
        "--ignore height_cm",
    );
    // nothing half written is left
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2);
}

#[test]
fn courses_and_ndjson() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courses.csv");
    fs::write(
        &path,
        "id,prescribed,planned\nA,45Gy/25+5.4Gy/3,45Gy/25+5.4Gy/3\n",
    )
    .unwrap();
    let output = folder.path().join("out.ndjson");
    let (path, output) = (path.to_str().unwrap(), output.to_str().unwrap());
    // courses need no tablets
    let answer = chemorad(&["cohort", path, "--ab", "10Gy", "-o", output]);
    assert_eq!(
        answer.exit,
        Some(0),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let record: serde_json::Value = serde_json::from_slice(&fs::read(output).unwrap()).unwrap();
    let bed = json(&["bed", "45Gy/25", "5.4Gy/3", "--alpha-beta", "10Gy"]);
    let total = &bed["total"]["eqd"]["value"];
    assert_eq!(record["eqd2_gy"].as_f64(), total.as_f64());

    let lines = folder.path().join("in.ndjson");
    fs::write(&lines, "{\"height_cm\": 170, \"weight_kg\": 70}\n").unwrap();
    let lines = lines.to_str().unwrap();
    let more = [
        "--without",
        "renal,dpyd,interactions",
        "-o",
        output,
        "--force",
    ];
    let answer = chemorad(&with(lines, &[&more]));
    assert_eq!(
        answer.exit,
        Some(0),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let record: serde_json::Value = serde_json::from_slice(&fs::read(output).unwrap()).unwrap();
    assert_eq!(record["ordered_mg"], 1500);
    refused(&["cohort", lines], "--formula is missing");
}

#[test]
fn a_site_file_says_what_is_the_same_for_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, "height_cm,weight_kg\n170,70\n").unwrap();
    let site = folder.path().join("clinic.toml");
    let decided = "schema = \"chemorad.site/1\"\ndecided_by = \"drug committee\"\n\
        decided_on = \"2026-11-30\"\nbody_surface_area_formula = \"mosteller\"\n\
        tablet_strengths = [\"500 mg\", \"150 mg (at most 2)\"]\nrounding = \"nearest\"\n\
        ties = \"up\"\nwithout_rules = [\"renal\", \"dpyd\", \"interactions\"]\n";
    fs::write(&site, decided).unwrap();
    let (path, site) = (path.to_str().unwrap(), site.to_str().unwrap());
    let regimen = ["--intensity", "825 mg/m2 bid"];
    let told = json(&[&["cohort", path, "--site", site], &regimen[..]].concat());
    let by_hand = ["--without", "renal,dpyd,interactions"];
    let same = json(&with(path, &[&by_hand]));
    for key in ["rows", "outcome", "settings", "bsa_m2", "deviation_percent"] {
        assert_eq!(told[key], same[key], "{key}");
    }
    // what is given by hand wins
    let other = [
        &["cohort", path, "--site", site, "--formula", "du-bois"],
        &regimen[..],
    ]
    .concat();
    assert_eq!(json(&other)["settings"][0]["value"], "du-bois");
    refused(&["cohort", path, "--site", site], "--intensity is missing");
    refused(&["cohort", path], "--formula is missing");
}

/// Records that are written, and a report that is not, would be half an answer.
#[test]
fn records_and_report_are_written_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, "id,planned\nA,45Gy/25\n").unwrap();
    let output = folder.path().join("out.csv");
    let report = folder.path().join("report.html");
    fs::write(&report, "there before").unwrap();
    let [path, output, report] = [&path, &output, &report].map(|path| path.to_str().unwrap());
    let words = ["cohort", path, "-o", output, "--report", report];
    refused(&words, "report.html is there already");
    refused(
        &[&words[..4], &["--report", "no-folder-of-this-name/x.html"]].concat(),
        "there is no folder",
    );
    assert!(fs::read(output).is_err());
    assert_eq!(fs::read_to_string(report).unwrap(), "there before");
    assert_eq!(chemorad(&[&words[..], &["--force"]].concat()).exit, Some(0));
    assert!(fs::read(output).is_ok());
    assert!(fs::read_to_string(report).unwrap().contains("Cohort"));
}

#[test]
fn flags_of_orders_are_refused_where_there_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, "id,planned\nA,45Gy/25\n").unwrap();
    let path = path.to_str().unwrap();
    for flag in [
        ["--formula", "mosteller"],
        ["--tablets", "500mg"],
        ["--tolerance", "5%"],
        ["--without", "renal"],
        ["--rule-set", "cpic-dpyd-2018"],
        ["--intensity", "825 mg/m2 bid"],
    ] {
        refused(&["cohort", path, flag[0], flag[1]], flag[0]);
    }
    assert_eq!(chemorad(&["cohort", path, "--ab", "10Gy"]).exit, Some(0));
    // and an alpha/beta where there are no courses
    fs::write(path, "height_cm,weight_kg\n170,70\n").unwrap();
    refused(
        &with(path, &[&["--ab", "10Gy"]]),
        "--alpha-beta is for courses",
    );
}

/// What is waived by hand takes the site's rules of that topic away, and several sets stand after one flag.
#[test]
fn topics_waived_by_hand_win_over_a_site_s_rules() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, "height_cm,weight_kg,dpyd\n170,70,2\n").unwrap();
    let path = path.to_str().unwrap();
    let site = example("site.toml");
    let site = site.to_str().unwrap();
    let waived = "renal,interactions";
    let told = json(&[
        "cohort",
        path,
        "--site",
        site,
        "--intensity",
        "825 mg/m2 bid",
        "--without",
        waived,
    ]);
    assert_eq!(told["outcome"], "pass", "{told}");
    let sets = told["settings"].as_array().unwrap().iter();
    let sets = sets.filter(|one| one["name"] == "rule sets");
    let sets: Vec<_> = sets.map(|one| one["value"].as_str().unwrap()).collect();
    assert_eq!(sets, ["cpic-dpyd-2018"]);
    let both = [
        "--rule-set",
        "cpic-dpyd-2018,bmc-surgery-2009-ladder",
        "--without",
        waived,
    ];
    assert_eq!(json(&with(path, &[&both]))["outcome"], "pass");
    let order = [
        "capecitabine",
        "170cm",
        "70kg",
        "825 mg/m2 bid",
        "--site",
        site,
        "--dpyd",
        "2",
        "--without",
        waived,
    ];
    assert_eq!(json(&order)["outcome"], "pass");
    // a set and its topic by hand contradict each other
    let contradiction = ["--rule-set", "cpic-dpyd-2018", "--without", "dpyd"];
    refused(&with(path, &[&contradiction]), "dpyd");
}

/// What a command prints, whatever its outcome.
fn said(args: &[&str]) -> String {
    String::from_utf8(chemorad(args).stdout).unwrap()
}

#[test]
fn the_summary_says_once_what_many_rows_lack() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    let summary = |text: &str, more: &[&str]| {
        fs::write(&path, text).unwrap();
        let without = ["--without", "renal,dpyd,interactions"];
        let asked = with(path.to_str().unwrap(), &[&without, more]);
        said(&asked)
    };
    let commas = summary("id;height_cm;weight_kg\nA;170;70,5\nB;170;72\n", &[]);
    assert!(commas.contains("--decimal-comma"), "{commas}");
    assert!(commas.contains("A cell that cannot be read"), "{commas}");
    let read = summary(
        "id;height_cm;weight_kg\nA;170;70,5\nB;170;72\n",
        &["--decimal-comma"],
    );
    assert!(!read.contains("--decimal-comma"), "{read}");
    let header = "id,height_cm,weight_kg,ordered,dispensed";
    let undated = summary(
        &format!("{header}\nA,170,70,1500mg bid,168x500mg\nA,170,70,1500mg bid,168x500mg\n"),
        &[],
    );
    assert_eq!(undated.matches("No column days").count(), 1, "{undated}");
    assert!(
        undated.contains("Row 2: A stands in row 1 already"),
        "{undated}"
    );
    let dated = summary(
        &format!("{header},days\nA,170,70,1500mg bid,168x500mg,28\n"),
        &[],
    );
    assert!(!dated.contains("No column days"), "{dated}");
}

#[test]
fn days_of_dispensed_tablets_follow_from_protocol_and_site() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    let rows =
        "A,170,70,1500mg bid,168x500mg,2026-12-07\nB,170,70,1500mg bid,150x500mg,2026-12-07\n";
    fs::write(
        &path,
        format!("id,height_cm,weight_kg,ordered,dispensed,start_date\n{rows}"),
    )
    .unwrap();
    let site = example("site.toml");
    let told = json(&[
        "cohort",
        path.to_str().unwrap(),
        "--protocol",
        "NCT06949098/adverse",
        "--site",
        site.to_str().unwrap(),
        "--without",
        "renal,dpyd,interactions",
    ]);
    let codes: Vec<&serde_json::Value> = told["codes"].as_array().unwrap().iter().collect();
    let supply = codes.iter().find(|one| one["code"] == "order.supply");
    assert_eq!(supply.unwrap()["rows"], 1, "{codes:?}");
    assert_eq!(supply.unwrap()["outcome"], "fail");
}

#[test]
fn show_work_shows_no_less() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    let rows: Vec<String> = (0..30).map(|row| format!("R{row},,70\n")).collect();
    let rows = rows.concat();
    let rows = format!("id,height_cm,weight_kg\n{rows}X,170,70\n");
    fs::write(&path, rows).unwrap();
    let without = ["--without", "renal,dpyd,interactions"];
    let brief = said(&with(path.to_str().unwrap(), &[&without]));
    assert!(brief.contains("10 more that fail"), "{brief}");
    let full = said(&with(path.to_str().unwrap(), &[&without, &["--show-work"]]));
    assert!(full.contains("R29") && full.contains("###"), "{full}");
    assert!(!full.contains("10 more"), "{full}");
}

#[test]
fn several_codes_are_explained_at_once() {
    let told = said(&["explain", "order.supply", "cohort.id_missing"]);
    assert!(told.contains("Tablets for all days"), "{told}");
    assert!(told.contains("column days"), "{told}");
    assert!(told.contains("A row without an identifier"), "{told}");
    let one = json(&["explain", "order.supply"]);
    assert_eq!(one["code"], "order.supply");
}

//! The command as a user meets it: exit codes, one message, stable JSON keys.

use std::process::{Command, Stdio};

use crate::harness::{chemorad, example, json, refused};

#[test]
fn bed_has_the_keys_tools_rely_on() {
    let bed = json(&["bed", "45Gy/25", "5.4Gy/3", "--alpha-beta", "10Gy"]);
    assert_eq!(bed["alpha_beta"]["value"], 10);
    let phase = &bed["phases"][0];
    assert_eq!(phase["fractions"], 25);
    assert_eq!(phase["dose_per_fraction"]["value"], 1.8);
    assert_eq!(phase["dose"]["value"], 45);
    assert_eq!(phase["bed"]["value"], 53.1);
    assert_eq!(phase["bed"]["unit"], "Gy");
    assert_eq!(phase["bed"]["label"], "BED(a/b = 10)");
    assert_eq!(phase["eqd"]["label"], "EQD2Gy(a/b = 10)");
    assert_eq!(bed["total"]["fractions"], 28);
    assert_eq!(bed["total"]["dose"]["value"], 50.4);
    assert_eq!(bed["total"]["bed"]["value"], 59.472);
    assert_eq!(bed["total"]["eqd"]["value"], 49.56);
    assert!(
        bed["notice"]
            .as_str()
            .unwrap()
            .contains("cleared by no authority")
    );
}

#[test]
fn several_alpha_beta_are_a_list() {
    let bed = json(&[
        "bed",
        "45Gy/25",
        "--alpha-beta",
        "10Gy",
        "--alpha-beta",
        "3Gy",
    ]);
    assert_eq!(bed["results"][1]["total"]["bed"]["value"], 72.0);
    let published = json(&[
        "bed",
        "25Gy/5",
        "--endpoint",
        "rectal-adenocarcinoma-locoregional-control",
    ]);
    // the published interval reaches zero: BED has no bound, EQD2 tends to D d/x
    assert!(published["over_interval"]["bed"]["high"].is_null());
    assert_eq!(published["over_interval"]["eqd"]["high"], 62.5);
}

#[test]
fn bsa_and_capecitabine_have_the_keys_tools_rely_on() {
    let person = [
        "--height",
        "170cm",
        "--weight",
        "75kg",
        "--formula",
        "du-bois",
    ];
    let bsa = json(&[&["bsa"], person.as_slice()].concat());
    // admiral's test suite prints 1.864
    assert!((bsa["bsa"]["value"].as_f64().unwrap() - 1.864).abs() < 0.0005);
    assert_eq!(bsa["bsa"]["unit"], "m2");
    assert_eq!(bsa["formula"], "du-bois");

    let dose = [
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
        "--without",
        "renal,dpyd,interactions",
    ];
    let order = json(&[&["capecitabine"], person.as_slice(), dose.as_slice()].concat());
    assert_eq!(order["to_take"]["value"], 1500);
    assert_eq!(order["tablets"][0]["strength"]["value"], 500);
    assert_eq!(order["tablets"][0]["count"], 3);
    let deviation = order["deviation_percent"].as_f64().unwrap();
    assert!((-2.5..-2.4).contains(&deviation), "{deviation}");
    assert!(order["adjustments"].as_array().unwrap().is_empty());
}

#[test]
fn assignment_reports_both_arms_of_a_positive_margin() {
    let assigned = json(&[
        "assign",
        "--tumour-stage",
        "pT1",
        "--nodal-stage",
        "N0",
        "--metastasis",
        "M0",
        "--margin",
        "positive",
    ]);
    let arms: Vec<&str> = assigned["arms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|arm| arm["id"].as_str().unwrap())
        .collect();
    assert_eq!(arms, ["adverse", "positive_margin"]);
    assert_eq!(assigned["arms"][1]["options"].as_array().unwrap().len(), 2);
    assert!(!assigned["reasons"].as_array().unwrap().is_empty());
    assert_eq!(assigned["questions"][0]["id"], "positive_margin");
}

#[test]
fn an_undecided_assignment_exits_with_3() {
    let output = chemorad(&["assign", "--tumour-stage", "pT1"]);
    assert_eq!(output.exit, Some(3));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("Cannot tell without")
    );
}

#[test]
fn every_example_makes_a_sheet() {
    for (name, dose) in [
        ("surveillance.toml", None),
        ("radiotherapy-alone.toml", Some(45.0)),
        ("adjuvant-chemoradiotherapy.toml", Some(50.4)),
        ("adjuvant-renal-reduction.toml", Some(50.4)),
        ("escalated-chemoradiotherapy.toml", Some(59.4)),
        ("re-excision.json", Some(50.4)),
    ] {
        let path = example(name);
        let path = path.to_str().unwrap();
        let text = chemorad(&["sheet", path]);
        assert_eq!(text.exit, Some(0), "{name}");
        let text = String::from_utf8(text.stdout).unwrap();
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        assert!(text.contains("cleared by no authority"));
        let sheet = json(&["sheet", path]);
        let last = sheet["volumes"].as_array().unwrap().last().cloned();
        assert_eq!(
            last.map(|volume| volume["dose"]["value"].as_f64().unwrap()),
            dose,
            "{name}"
        );
        for key in ["option", "volumes", "supplied", "findings", "derivations"] {
            assert!(!sheet[key].is_null(), "{name}: {key}");
        }
    }
}

#[test]
fn the_adjuvant_sheet_says_what_a_reader_can_check_by_hand() {
    let path = example("adjuvant-chemoradiotherapy.toml");
    let text = chemorad(&["sheet", path.to_str().unwrap(), "--show-work"]);
    let text = String::from_utf8(text.stdout).unwrap();
    for line in [
        "tumour bed       10   50.4   59.472    49.560",
        "tumour bed        3   50.4   80.640    48.384",
        "    = 25 x 1.8 Gy x (1 + 1.8/10)",
        "to take     1500 mg per administration (3 x 500 mg)",
        "per day     3000 mg (6 x 500 mg), -1.40 % from the calculated dose",
        // 28 radiotherapy days of 6 tablets
        "supply      168 x 500 mg (56 administrations; missed ones are not replaced)",
        "last fraction   2027-01-15",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn numbers_that_are_not_doses_are_refused() {
    let bed = |fractionation: &str, part: &str| {
        refused(&["bed", "--alpha-beta", "10Gy", "--", fractionation], part);
    };
    bed("NaN Gy/25", "finite");
    bed("infGy/25", "finite");
    bed("0Gy/25", "greater than zero");
    bed("-45Gy/25", "negative");
    bed("45,0Gy/25", "decimal point, not a comma");
    bed("45/25", "unit is missing");
    bed("45 Sv/25", "not one this quantity is measured in");
    bed("4500Gy/25", "4500 cGy is 45 Gy");
    bed("45Gy/0", "from 1 to 200");
    bed("45Gy/2500", "from 1 to 200");
    bed("45Gy/25.9", "whole number");
    bed("45Gy/-5", "whole number");
    bed("45 Gy in 25 x 2 Gy", "is 50 Gy, not 45 Gy");
    bed("45Gy/99999999999999999999", "whole number");
    bed("45.0000001 Gy/25", "smallest step");
    bed("forty-five", "is not a fractionation");
    bed("", "is not a fractionation");
    for alpha_beta in ["NaN", "inf Gy", "0Gy", "-3Gy", "10"] {
        refused(
            &["bed", "45Gy/25", "--alpha-beta", alpha_beta],
            "alpha/beta ratio",
        );
    }
    refused(&["bed", "45Gy/25"], "--alpha-beta");
    refused(
        &["bed", "45Gy/25", "--endpoint", "rectum"],
        "known are: rectal-adenocarcinoma",
    );
}

#[test]
fn bodies_and_tablets_that_cannot_be_are_refused() {
    let person = |height: &str, weight: &str, part: &str| {
        refused(
            &[
                "bsa",
                "--formula",
                "boyd",
                "--height",
                height,
                "--weight",
                weight,
            ],
            part,
        );
    };
    person("70cm", "170kg", "swapped");
    person("1.70", "70kg", "unit is missing");
    person("170cm", "1540kg", "allowed");
    person("17m", "70kg", "allowed");
    person("-170cm", "70kg", "negative");
    person("170cm", "NaN", "finite");
    refused(
        &[
            "bsa",
            "--height",
            "170cm",
            "--weight",
            "70kg",
            "--formula",
            "dubois",
        ],
        "du-bois",
    );
    refused(
        &[
            "bsa",
            "--height",
            "170cm",
            "--weight",
            "70kg",
            "--formula",
            "schlich",
        ],
        "sex",
    );
    let order = |extra: &[&str], part: &str| {
        let given = [
            "capecitabine",
            "--height",
            "170cm",
            "--weight",
            "70kg",
            "--formula",
            "mosteller",
            "--intensity",
            "825mg/m2",
            "--times-per-day",
            "2",
        ];
        refused(&[given.as_slice(), extra].concat(), part);
    };
    let per = ["--per", "administration"];
    order(
        &[&per[..], &["--tablets", "500mg", "--rounding", "nearest"]].concat(),
        "ties",
    );
    order(
        &[&per[..], &["--tablets", "500mg,500mg", "--rounding", "up"]].concat(),
        "500 mg",
    );
    order(
        &[&per[..], &["--tablets", "500", "--rounding", "up"]].concat(),
        "unit is missing",
    );
    order(&["--tablets", "500mg", "--rounding", "up"], "--per");
    order(
        &[
            &per[..],
            &["--tablets", "500mg", "--max-150", "2", "--rounding", "up"],
        ]
        .concat(),
        "150 mg",
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "a list of cases")]
fn case_files_that_are_not_cases_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let case = |name: &str, content: &[u8], part: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        refused(&["sheet", path.to_str().unwrap()], part);
    };
    let good = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    let without = |line: &str| {
        assert!(good.contains(line), "{line}");
        good.replace(line, "").into_bytes()
    };
    case("empty.toml", b"", "protocol is missing");
    case(
        "unknown.toml",
        format!("colour = 1\n{good}").as_bytes(),
        "the field `colour` is not known here",
    );
    case(
        "twice.toml",
        format!("protocol = \"x\"\n{good}").as_bytes(),
        "duplicate key",
    );
    case(
        "twice.json",
        br#"{"protocol": "a", "protocol": "b"}"#,
        "is given twice",
    );
    case("broken.json", b"{", "EOF");
    case("binary.toml", &[0xff, 0xfe, 0x00], "not UTF-8");
    case("case.csv", b"a,b", ".toml or .json");
    case(
        "big.toml",
        &vec![b'#'; 2 * 1024 * 1024],
        "larger than 1 MiB",
    );
    case(
        "nan.toml",
        good.replace("\"170 cm\"", "{ value = nan, unit = \"cm\" }")
            .as_bytes(),
        "finite",
    );
    case(
        "bare.toml",
        good.replace("\"170 cm\"", "170").as_bytes(),
        "unit is missing",
    );
    case(
        "other.toml",
        good.replace("NCT06949098", "NCT00000000").as_bytes(),
        "there is: NCT06949098",
    );

    case(
        "policy.toml",
        &without("rounding = \"nearest\"\n"),
        "site.rounding is missing",
    );
    case(
        "ties.toml",
        &without("ties = \"up\"\n"),
        "site.ties is missing",
    );
    case(
        "days.toml",
        &without("capecitabine_days = \"radiotherapy_days\"\n"),
        "radiotherapy_days, weekdays, calendar_days",
    );
    case(
        "week.toml",
        &without("fractions_per_week = 5\n"),
        "site.fractions_per_week is missing",
    );
    case(
        "formula.toml",
        &without("body_surface_area_formula = \"mosteller\"\n"),
        "site.body_surface_area_formula is missing",
    );
    case(
        "tablets.toml",
        &without("tablet_strengths = [\"500 mg\", \"150 mg (at most 2)\"]\n"),
        "site.tablet_strengths is missing",
    );
    case(
        "alpha.toml",
        &without("alpha_beta = [\"10 Gy\", \"3 Gy\"]\n"),
        "alpha_beta is missing",
    );
    case(
        "height.toml",
        &without("height = \"170 cm\"\n"),
        "patient.height is missing",
    );
    case(
        "margin.toml",
        &without("margin = \"negative\"\n"),
        "Absent facts are unknown",
    );
    case(
        "option.toml",
        format!("option = \"surveillance\"\n{good}").as_bytes(),
        "does not offer it",
    );
    case(
        "sunday.toml",
        good.replace("2026-12-07", "2026-12-06").as_bytes(),
        "not a treatment day",
    );
    case(
        "agree.toml",
        good.replace("mon-fri", "mon,wed,fri").as_bytes(),
        "make them agree",
    );
    refused(&["sheet", folder.path().to_str().unwrap()], "folder");
    refused(&["sheet", "no-such-file.toml"], "cannot read");
}

#[test]
fn a_start_outside_the_window_fails() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.toml");
    let good = std::fs::read_to_string(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    std::fs::write(&path, good.replace("2026-11-02", "2026-10-01")).unwrap();
    let output = chemorad(&["sheet", path.to_str().unwrap()]);
    assert_eq!(output.exit, Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("outside the start window"), "{text}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let path = example("adjuvant-chemoradiotherapy.toml");
    let mut child = Command::new(env!("CARGO_BIN_EXE_chemorad"))
        .args(["sheet", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[test]
fn solve_finds_published_answers() {
    let dose = json(&[
        "solve",
        "--target-eqd2",
        "60Gy",
        "--fractions",
        "18",
        "--alpha-beta",
        "3Gy",
    ]);
    let value = dose["dose_per_fraction"]["value"].as_f64().unwrap();
    assert!((value - 2.85).abs() < 0.006, "{value}");
    let fractions = json(&[
        "solve",
        "--target-eqd2",
        "50Gy",
        "--dose-per-fraction",
        "2.67Gy",
        "--alpha-beta",
        "4.6Gy",
        "--rounding",
        "nearest",
    ]);
    let exact = fractions["fractions"]["exact"].as_f64().unwrap();
    assert!((exact - 17.001).abs() < 0.0011, "{exact}");
    assert_eq!(fractions["fractions"]["rounded"], 17);
}

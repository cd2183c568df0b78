//! Short forms: how much is typed for the commonest jobs, and that each says what the long form says.

use crate::harness::{chemorad, example, json, near, refused, text};

/// The words of a line: blanks part them, but for those in quotation marks.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut().unwrap().push(letter),
        }
    }
    words
}

/// Whether a job is typed in so many characters and flags; its words after the name of the program.
#[track_caller]
fn typed(line: &str, characters: usize, flags: usize) -> Vec<String> {
    assert!(line.chars().count() <= characters, "{}: {line}", line.len());
    let words = words(line);
    let given = words.iter().filter(|word| word.starts_with("--")).count();
    assert!(given <= flags, "{given} flags: {line}");
    assert_eq!(words[0], "chemorad");
    words[1..].to_vec()
}

fn json_of(words: &[String]) -> serde_json::Value {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    json(&words)
}

#[test]
fn eqd2_of_pelvis_and_boost() {
    let bed = json_of(&typed("chemorad bed 45Gy/25+5.4Gy/3 --ab 3Gy", 40, 1));
    // 50.4 x (1.8 + 3)/(2 + 3)
    near(&bed["total"]["eqd"]["value"], 48.384, 1e-12);
    assert_eq!(bed["phases"].as_array().unwrap().len(), 2);
    let long = json(&["bed", "45Gy/25", "5.4Gy/3", "--alpha-beta", "3Gy"]);
    assert_eq!(bed, long);
}

#[test]
fn a_short_course_against_a_long_one() {
    let line = "chemorad bed 25Gy/5 --compare 50.4Gy/28 --ab 10Gy,3Gy";
    let bed = json_of(&typed(line, 60, 2));
    // 25 x (5 + 10)/12 and 25 x (5 + 3)/5
    near(&bed["results"][0]["total"]["eqd"]["value"], 31.25, 1e-12);
    near(&bed["results"][1]["total"]["eqd"]["value"], 40.0, 1e-12);
    near(
        &bed["results"][1]["comparisons"][0]["eqd"]["value"],
        48.384,
        1e-12,
    );
}

#[test]
fn a_plan_check_names_protocol_and_arm_in_one() {
    let line = "chemorad check plan.dcm --protocol NCT06949098/adverse";
    typed(line, 65, 2);
    // the numbers of a plan, typed
    let short = ["check", "--planned", "45Gy/25+5.4Gy/3", "--protocol"];
    let short = [&short[..], &["NCT06949098/adverse"]].concat();
    let long = ["check", "--planned", "45Gy/25", "--planned", "5.4Gy/3"];
    let long = [
        &long[..],
        &["--protocol", "NCT06949098", "--arm", "adverse"],
    ]
    .concat();
    let answer = chemorad(&[&short[..], &["--format", "json"]].concat());
    let same = chemorad(&[&long[..], &["--format", "json"]].concat());
    assert_eq!(answer.stdout, same.stdout);
    assert_eq!(answer.exit, same.exit);
    // a treatment settles its arm
    let option = "NCT06949098/dose_escalated_chemoradiotherapy";
    let answer = chemorad(&[
        "check",
        "--planned",
        "50.4Gy/28+9Gy/5",
        "--protocol",
        option,
    ]);
    assert_ne!(answer.exit, Some(2), "{answer:?}");
    for (args, part) in [
        (vec!["--protocol", "NCT06949098/adversee"], "Arms: "),
        (
            vec!["--protocol", "NCT06949098/adverse", "--arm", "adverse"],
            "leave one out",
        ),
        (vec!["--prescribed", "45Gy/25+"], "is not a fractionation"),
    ] {
        refused(
            &[&["check", "--planned", "45Gy/25"], &args[..]].concat(),
            part,
        );
    }
    let both = [
        "check",
        "--planned",
        "pelvis=45Gy/25+boost=5.4Gy/3",
        "--prescribed",
    ];
    text(&[&both[..], &["pelvis=45Gy/25+boost=5.4Gy/3"]].concat());
}

#[test]
fn two_missed_days() {
    let line = "chemorad gap 45Gy/25+5.4Gy/3 --start 2026-11-02 \
                --missed 2026-11-24,2026-11-25 --ab 10Gy --late-ab 3Gy";
    let words = typed(line, 130, 5);
    let gap = json_of(&words);
    assert_eq!(gap["resume"], "2026-11-26");
    assert_eq!(gap["derived"], serde_json::json!(["resume", "delivered"]));
    // 2 to 23 November on weekdays
    assert_eq!(gap["delivered"]["fractions"].as_array().unwrap().len(), 16);
    assert_eq!(gap["lost"]["days"], 2);
    assert!(gap["lost"]["bed_to_time"].is_null());
    near(&gap["planned"]["late"]["bed"]["value"], 80.64, 1e-9);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = chemorad(&words);
    assert_eq!(answer.exit, Some(3));
    let page = String::from_utf8(answer.stdout).unwrap();
    for part in ["derived: the next day of treatment", "cannot tell"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // with a loss per day the same days are told
    let told = [
        &words[..],
        &["--kick-off", "28d", "--loss-per-day", "0.66Gy"],
    ]
    .concat();
    near(&json(&told)["lost"]["bed_to_time"], 2.0 * 0.66, 1e-9);
    refused(
        &["gap", "45Gy/25", "--start", "2026-11-02"],
        "--delivered is missing",
    );
    refused(
        &["gap", "case.txt"],
        "a case is a file whose name ends in .toml or .json",
    );
}

#[test]
fn capecitabine_with_rules_dates_and_supply() {
    let line = "chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --site clinic.toml --dpyd \
                not-tested --start 2026-12-07 --fractions 28";
    let mut words = typed(line, 125, 4);
    // a site that checks renal function and other drugs elsewhere
    let clinic = std::fs::read_to_string(example("site.toml")).unwrap();
    let clinic = clinic.replace(
        "rule_sets = [\"renal=fda-label-2026\", \"cpic-dpyd-2018\", \"eu-leaflet-interactions\"]",
        "rule_sets = [\"cpic-dpyd-2018\"]\nwithout_rules = [\"renal\", \"interactions\"]",
    );
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("clinic.toml");
    std::fs::write(&site, clinic).unwrap();
    let place = words.iter().position(|word| word == "clinic.toml").unwrap();
    words[place] = site.to_str().unwrap().to_string();
    let order = json_of(&words);
    // 825 mg/m2 x 1.8439 m2 (Mosteller) = 1521.2 mg: 3 x 500 mg, twice on each of 28 days
    near(&order["calculated"]["value"], 1521.2248, 1e-3);
    assert_eq!(order["to_take"]["value"], 1500);
    assert_eq!(order["supply"]["tablets"][0]["count"], 168);
    assert_eq!(order["site"]["decided_on"], "2026-11-30");
    let of_site = order["site"]["values"].as_array().unwrap();
    let formula = of_site
        .iter()
        .find(|one| one["what"] == "body surface area formula");
    assert_eq!(formula.unwrap()["by"], "site_file");
}

#[test]
fn values_told_by_their_units_are_those_of_the_flags() {
    let flags = [
        "bsa",
        "--height",
        "170cm",
        "--weight",
        "70kg",
        "--formula",
        "mosteller",
    ];
    let bsa = json(&flags);
    for short in [["170cm", "70kg"], ["70kg", "170cm"], ["1.70m", "70 kg"]] {
        assert_eq!(
            json(&[&["bsa"], &short[..], &["--formula", "mosteller"]].concat()),
            bsa
        );
    }
    for (args, part) in [
        (vec!["170", "70kg"], "each with its unit"),
        (vec!["170cm", "180cm"], "the height is given twice"),
        (
            vec!["170cm", "--height", "170cm"],
            "the height is given twice",
        ),
        (vec!["170cm", "825 mg/m2 bid"], "belongs to capecitabine"),
        (vec!["170cm"], "the weight is missing"),
        (vec!["170cm", "70kg"], "--formula is missing: Which formula"),
    ] {
        refused(&[&["bsa"], &args[..]].concat(), part);
    }
}

#[test]
fn an_order_names_all_that_is_missing_at_once() {
    let answer = chemorad(&["capecitabine"]);
    assert_eq!(answer.exit, Some(2));
    let message = String::from_utf8(answer.stderr).unwrap();
    for part in [
        "the height is missing",
        "the weight is missing",
        "--formula is missing",
        "the regimen is missing",
        "--tablets is missing",
        "--rounding is missing",
        "Choices: nearest",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    let order = |regimen: &[&'static str]| {
        let rest = [
            "--formula",
            "mosteller",
            "--tablets",
            "500mg,150mg",
            "--rounding",
            "down",
        ];
        [&["capecitabine", "170cm", "72kg"], regimen, &rest[..]].concat()
    };
    let flags = [
        "--intensity",
        "825mg/m2",
        "--per",
        "administration",
        "--times-per-day",
        "2",
    ];
    let long = json(&order(&flags));
    assert_eq!(json(&order(&["825 mg/m2 bid"])), long);
    assert_eq!(
        json(&order(&["--intensity", "825 mg/m2 twice daily"])),
        long
    );
    for (regimen, part) in [
        (vec!["825 mg/m2"], "how often a day"),
        (vec!["1650 mg/m2/d bid"], "intensity of one administration"),
        (
            vec!["--intensity", "825mg/m2"],
            "--per and --times-per-day are missing",
        ),
        (
            vec!["825 mg/m2 bid", "--intensity", "825mg/m2"],
            "given twice",
        ),
        (vec!["case.txt"], "a case is a file"),
    ] {
        refused(&order(&regimen), part);
    }
}

#[test]
fn a_case_file_is_answered_as_sheet_answers_it() {
    let case = example("adjuvant-chemoradiotherapy.toml");
    let case = case.to_str().unwrap();
    assert_eq!(json(&["capecitabine", case]), json(&["sheet", case]));
    refused(
        &["capecitabine", case, "--dpyd", "2"],
        "a case file holds its own values",
    );
    refused(
        &["capecitabine", case, "170cm"],
        "a case file holds its own values",
    );
}

#[test]
fn schedules_and_targets_take_a_course() {
    let short = json(&["schedule", "45Gy/25+5.4Gy/3", "--start", "2026-12-07"]);
    let phases = ["--phase", "45Gy/25", "--phase", "5.4Gy/3"];
    let long = json(&[&["schedule", "--start", "2026-12-07"], &phases[..]].concat());
    assert_eq!(short, long);
    let same = [
        "solve",
        "--same-as",
        "45Gy/25+5.4Gy/3",
        "--fractions",
        "20",
        "--ab",
        "10Gy",
    ];
    let one = [
        "solve",
        "--same-as",
        "50.4Gy/28",
        "--fractions",
        "20",
        "--ab",
        "10Gy",
    ];
    assert_eq!(
        json(&same)["dose_per_fraction"],
        json(&one)["dose_per_fraction"]
    );
}

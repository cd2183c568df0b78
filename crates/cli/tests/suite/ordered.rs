//! `--ordered` and `--dispensed`: an order that somebody else wrote.

use crate::harness::{chemorad, example, json, refused, text};

fn case() -> String {
    example("adjuvant-chemoradiotherapy.toml")
        .display()
        .to_string()
}

const FLAGS: &[&str] = &[
    "capecitabine",
    "--height",
    "170cm",
    "--weight",
    "72kg",
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
    "--rounding",
    "nearest",
    "--ties",
    "up",
];

#[test]
fn an_order_is_checked_against_a_case() {
    let case = case();
    for (ordered, dispensed, exit, code) in [
        ("1500mg bid", "168x500mg", 0, None),
        ("1500mg bid", "84x500mg", 1, Some("order.supply")),
        ("15g bid", "168x500mg", 1, Some("order.dose")),
        ("3g once a day", "168x500mg", 1, Some("order.frequency")),
        ("1500mg bid", "280x300mg", 1, Some("order.tablets")),
        ("1650mg bid", "168x500mg", 1, Some("order.day")),
        (
            "1500mg bid",
            "3x500mg + 550x150mg",
            1,
            Some("order.tablets"),
        ),
        ("1550mg bid", "168x500mg", 1, Some("order.tablets")),
        // the first of the weekly periods, which nobody has named
        ("1500mg bid", "30x500mg", 0, None),
    ] {
        let args = [
            "check",
            &case,
            "--ordered",
            ordered,
            "--dispensed",
            dispensed,
        ];
        let answer = chemorad(&args);
        assert_eq!(answer.exit, Some(exit), "{ordered}, {dispensed}");
        let found = json(&args);
        let fails = found["findings"].as_array().unwrap().iter();
        let fails: Vec<&str> = fails
            .filter(|one| one["outcome"] == "fail")
            .map(|one| one["code"].as_str().unwrap())
            .collect();
        assert_eq!(code.is_none(), fails.is_empty(), "{fails:?}");
        if let Some(code) = code {
            assert!(fails.contains(&code), "{ordered}, {dispensed}: {fails:?}");
        }
    }
}

#[test]
fn an_order_is_checked_against_flags() {
    let with = |more: &[&'static str]| [FLAGS, more].concat();
    let found = json(&with(&["--ordered", "1500mg bid"]));
    assert_eq!(found["ordered"], "1500 mg 2 times a day");
    assert_eq!(found["expected"]["to_take"]["value"], 1500);
    // the days are not given
    let args = with(&["--ordered", "1500mg bid", "--dispensed", "168x500mg"]);
    assert_eq!(chemorad(&args).exit, Some(3));
    refused(&with(&["--ordered", "1500mg"]), "1500mg bid");
    refused(&with(&["--dispensed", "168x500mg"]), "--ordered");
    refused(
        &with(&["--ordered", "1500mg bid", "--export", "record"]),
        "--export",
    );
}

#[test]
fn where_no_dose_may_be_given_no_order_passes() {
    let stopped = [
        FLAGS,
        &[
            "--rule-set",
            "cpic-dpyd-2018",
            "--dpyd",
            "0",
            "--ordered",
            "1500mg bid",
        ],
    ]
    .concat();
    let found = json(&stopped);
    assert_eq!(found["findings"][0]["code"], "order.allowed");
    assert_eq!(found["findings"][0]["outcome"], "fail");
}

#[test]
fn what_is_for_plans_is_not_for_orders() {
    let case = case();
    let order = ["--ordered", "1500mg bid"];
    refused(
        &[&["check", &case, "--each"][..], &order].concat(),
        "--each",
    );
    for (flag, value) in [
        ("--fractions-per-week", Some("5")),
        ("--accept-stated-dose", Some("X")),
        ("--decimal-comma", None),
        ("--columns", Some("Fx=fractions")),
        ("--show-patient", None),
    ] {
        let more: Vec<&str> = [flag].into_iter().chain(value).collect();
        refused(&[&["check", &case][..], &order, &more].concat(), flag);
    }
    refused(
        &[&["check", &case, &case][..], &order].concat(),
        "one patient",
    );
}

/// The page of a command, whatever its exit code, without the ends of its lines.
fn said(args: &[&str]) -> String {
    let page = String::from_utf8(chemorad(args).stdout).unwrap();
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_order_for_a_treatment_without_the_drug_fails_and_is_reported() {
    let alone = example("radiotherapy-alone.toml").display().to_string();
    let order = ["--ordered", "1500mg bid", "--dispensed", "168x500mg"];
    let site = example("site.toml").display().to_string();
    let flags = |part: &str| -> Vec<String> {
        let protocol = format!("NCT06949098/{part}");
        [
            "capecitabine",
            "170cm",
            "72kg",
            "825 mg/m2 bid",
            "--site",
            &site,
            "--protocol",
            &protocol,
            "--dpyd",
            "2",
        ]
        .map(String::from)
        .into()
    };
    let surveillance = flags("surveillance");
    let surveillance: Vec<&str> = surveillance.iter().map(String::as_str).collect();
    for given in [
        &["check", &alone][..],
        &["capecitabine", &alone],
        &surveillance,
    ] {
        let args = [given, &order].concat();
        assert_eq!(chemorad(&args).exit, Some(1), "{given:?}");
        let found = json(&args);
        assert_eq!(found["outcome"], "fail", "{found}");
        assert_eq!(found["findings"][0]["code"], "order.allowed");
        assert_eq!(found["ordered"], "1500 mg 2 times a day");
        assert!(found.get("expected").is_none(), "{found}");
        assert!(said(&args).contains("gives none"), "{}", said(&args));
    }
    // an arm that gives it is compared as before
    let adverse = flags("adverse");
    let adverse: Vec<&str> = adverse.iter().map(String::as_str).collect();
    let found = json(&[&adverse[..], &["--ordered", "1500mg bid"]].concat());
    assert!(found.get("expected").is_some(), "{found}");
}

#[test]
fn what_a_clinician_decides_is_named_where_it_helps() {
    let order = ["--rule-set", "cpic-dpyd-2018", "--ordered", "1500mg bid"];
    let open = |more: &[&'static str]| said(&[FLAGS, &order, more].concat());
    let decided = open(&["--dpyd", "0.5"]);
    assert!(decided.contains("--decision SHARE"), "{decided}");
    // no decision stands for a fact that is missing
    let missing = open(&[]);
    assert!(
        missing.contains("order.allowed") && !missing.contains("--decision SHARE"),
        "{missing}"
    );
}

/// The example with something in it replaced, as a file in a folder.
fn changed(folder: &std::path::Path, from: &str, to: &str) -> String {
    let text = std::fs::read_to_string(case()).unwrap();
    assert!(text.contains(from), "{from}");
    let path = folder.join("case.toml");
    std::fs::write(&path, text.replace(from, to)).unwrap();
    path.display().to_string()
}

#[test]
fn without_rules_no_order_of_a_case_passes() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "rule_sets = [\"renal=fda-label-2026\", \"cpic-dpyd-2018\", \"eu-leaflet-interactions\"]\nother_drugs = [] # there are none\n";
    let facts = "[renal]\ncreatinine = \"80 umol/L\"\nweight_basis = \"actual\" # or ideal, adjusted:0.4\n\n[dpyd]\nstatus = { score = 2 } # or \"not_tested\", \"indeterminate\"\n\n[drug_rules]\n";
    let table = format!("{facts}{rules}");
    let order = |case: &str| {
        let args = [
            "check",
            case,
            "--ordered",
            "1500mg bid",
            "--dispensed",
            "168x500mg",
        ];
        (
            chemorad(&args).exit,
            json(&args),
            chemorad(&["sheet", case]).exit,
        )
    };
    let silent = changed(folder.path(), &table, "");
    let (exit, found, sheet) = order(&silent);
    assert_eq!((exit, sheet), (Some(3), Some(3)));
    let findings = found["findings"].as_array().unwrap();
    let missing = findings
        .iter()
        .filter(|one| one["code"] == "capecitabine.no_rule_set");
    assert_eq!(missing.count(), 3);
    let waived = "[drug_rules]\nwithout = [\"renal\", \"dpyd\", \"interactions\"]\n";
    let waived = changed(folder.path(), &table, waived);
    let (exit, _, sheet) = order(&waived);
    assert_eq!((exit, sheet), (Some(0), Some(0)));
    let said = text(&["check", &waived, "--ordered", "1500mg bid"]);
    assert!(
        said.contains("DPYD status, interactions (waived)") || said.contains("(waived)"),
        "{said}"
    );
    // one topic is not waived
    let two = "[drug_rules]\nwithout = [\"renal\", \"interactions\"]\n";
    assert_eq!(order(&changed(folder.path(), &table, two)).0, Some(3));
    for (wrong, part) in [
        (
            "[drug_rules]\nwithout = [\"toxicity\"]\n",
            "nobody asks for toxicity",
        ),
        ("[drug_rules]\nwithout = [\"renl\"]\n", "renal"),
        (
            "[drug_rules]\nwithout = [\"dpyd\"]\nrule_sets = [\"cpic-dpyd-2018\"]\n",
            "dpyd",
        ),
    ] {
        refused(&["sheet", &changed(folder.path(), &table, wrong)], part);
    }
}

#[test]
fn what_fails_on_the_sheet_does_not_pass_as_an_order() {
    let folder = tempfile::tempdir().unwrap();
    let ineligible = changed(folder.path(), "ecog = 1", "ecog = 4");
    let args = [
        "check",
        &ineligible,
        "--ordered",
        "1500mg bid",
        "--dispensed",
        "168x500mg",
    ];
    assert_eq!(chemorad(&args).exit, chemorad(&["sheet", &ineligible]).exit);
    assert_eq!(chemorad(&args).exit, Some(1));
}

#[test]
fn a_dispensing_period_is_named_by_its_number() {
    let case = case();
    let period = |dispensed: &str, number: &str| {
        let order = ["--ordered", "1500mg bid", "--dispensed", dispensed];
        [
            &["check", &case][..],
            &order,
            &["--dispensed-period", number],
        ]
        .concat()
        .into_iter()
        .map(String::from)
        .collect::<Vec<_>>()
    };
    let exit = |args: Vec<String>| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        chemorad(&args).exit
    };
    assert_eq!(exit(period("30x500mg", "1")), Some(0));
    assert_eq!(exit(period("28x500mg", "1")), Some(1));
    let none = period("30x500mg", "40");
    let none: Vec<&str> = none.iter().map(String::as_str).collect();
    refused(&none, "dispensing period");
}

#[test]
fn a_page_says_of_how_many_fractions_the_days_are_and_that_nothing_was_checked() {
    let days = ["--start", "2026-12-07", "--fractions", "28", "--days"];
    let page = said(&[FLAGS, &days, &["1-14/21"]].concat());
    assert!(
        page.contains("(20 of the 28 days with fractions)"),
        "{page}"
    );
    let page = said(&[FLAGS, &days, &["weekdays"]].concat());
    assert!(page.contains("(28 days with fractions)"), "{page}");
    let site = example("site.toml").display().to_string();
    let page = said(&[
        "capecitabine",
        "170cm",
        "72kg",
        "1250 mg/m2 bid",
        "--site",
        &site,
        "--without",
        "renal,dpyd,interactions",
    ]);
    assert!(page.contains("Nothing was checked."), "{page}");
    assert!(!page.contains("NOT APPLICABLE"), "{page}");
}

#[test]
fn a_finding_that_asks_for_a_reason_names_the_flag() {
    let site = example("site.toml").display().to_string();
    let page = said(&[
        "capecitabine",
        "170cm",
        "72kg",
        "1250 mg/m2 bid",
        "--site",
        &site,
        "--without",
        "renal,dpyd,interactions",
        "--days",
        "1-14/21",
        "--start",
        "2026-12-07",
        "--fractions",
        "28",
    ]);
    assert!(
        page.contains("--override capecitabine.without_radiotherapy=REASON"),
        "{page}"
    );
}

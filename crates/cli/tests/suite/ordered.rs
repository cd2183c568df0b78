//! `--ordered` and `--dispensed`: an order that somebody else wrote.

use crate::harness::{chemorad, example, json, refused};

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
    assert_eq!(found["expected"]["ordered"]["value"], 1500);
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
    refused(
        &[&["check", &case, &case][..], &order].concat(),
        "one patient",
    );
    let alone = example("radiotherapy-alone.toml").display().to_string();
    refused(
        &[&["check", &alone][..], &order].concat(),
        "no capecitabine tablets",
    );
}

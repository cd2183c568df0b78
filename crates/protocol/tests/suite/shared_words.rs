//! Each mention of a passage serves one value of its kind: two drugs, or two phases, do not rest on words that are
//! said once.

use std::fmt::Write as _;

use chemorad::report::Outcome;

use super::passages::codes;

/// A protocol of some phases in one course, and of some drugs given with it.
fn protocol(passages: &str, phases: &[(&str, &str, &str)], drugs: &str) -> String {
    let mut text = format!(
        r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
{passages}
[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", reason = "the volume is not named", from = "rt" }}
"#
    );
    for (name, fractionation, from) in phases {
        write!(
            text,
            r#"[[phases]]
name = "{name}"
modality = {{ value = "external_beam", reason = "fractions of about 2 Gy", from = "{from}" }}
[[phases.doses]]
volume = "pelvis"
fractionation = {{ value = "{fractionation}", from = "{from}" }}
"#
        )
        .unwrap();
    }
    let names: Vec<String> = phases
        .iter()
        .map(|(name, ..)| format!("{name:?}"))
        .collect();
    let order = if names.len() == 1 {
        "single_phase"
    } else {
        "sequential"
    };
    write!(
        text,
        r#"[[courses]]
id = "c"
title = "radiotherapy"
from = "rt"
phases = [{}]
order = {{ value = "{order}", reason = "as listed", from = "rt" }}
fractions_per_week = {{ value = 5, reason = "as usual: 5", from = "rt" }}
{drugs}[[arms]]
id = "all"
title = "Everyone"
when = {{ value = "everyone", reason = "one arm", from = "rt" }}
[[arms.options]]
id = "o"
title = "radiotherapy"
from = "rt"
[[arms.options.actions]]
action = "radiotherapy"
course = "c"
concurrent_drugs.id = "drugs"
concurrent_drugs.question = "Which drugs?"
concurrent_drugs.why = "invented"
concurrent_drugs.choices = ["all", "none"]
"#,
        names.join(", ")
    )
    .unwrap();
    text
}

/// A drug whose fields cite `rx`.
fn drug(name: &str, fields: &str) -> String {
    format!(
        "[[drugs]]\nid = \"{name}\"\nfrom = \"rx\"\ndrug = {{ value = \"{name}\", reason = \"as named\" }}\nroute = {{ value = \"intravenous\", reason = \"an infusion\" }}\n{fields}\n"
    )
}

/// How often two values of drugs rest on the same words.
fn of_drugs(rx: &str, drugs: &[(&str, &str)]) -> usize {
    let drugs: String = drugs
        .iter()
        .map(|(name, fields)| drug(name, fields))
        .collect();
    let text = protocol(
        &format!("rt = \"45 Gy in 25 fractions\"\nrx = {rx:?}"),
        &[("p", "45 Gy in 25", "rt")],
        &drugs,
    );
    shared(&text)
}

fn shared(text: &str) -> usize {
    let found = codes(text);
    let shared = ("protocol.passage_shared".to_owned(), Outcome::Fail);
    found.iter().filter(|code| **code == shared).count()
}

#[test]
fn words_of_one_drug_serve_no_other() {
    let weekly = "days = { value = \"weekly\", reason = \"once a week\" }";
    let amount = |value: &str| format!("intensity = \"{value}\"\n{weekly}");
    let times = |value: &str| format!("{}\nadministrations_per_day = 2", amount(value));
    for (rx, first, second) in [
        // how often is said of one alone
        (
            "fluorouracil 225 mg/m2 twice daily with oxaliplatin 50 mg/m2",
            times("225 mg/m2"),
            times("50 mg/m2"),
        ),
        // one amount for two drugs
        (
            "fluorouracil 50 mg/m2 with oxaliplatin",
            amount("50 mg/m2"),
            amount("50 mg/m2"),
        ),
        ("50 mg/m2 a day", amount("50 mg/m2"), amount("50 mg/m2")),
        (
            "fluorouracil 225 mg/m2 on radiotherapy days, and oxaliplatin 50 mg/m2",
            "intensity = \"225 mg/m2\"\ndays = \"radiotherapy_days\"".to_owned(),
            "intensity = \"50 mg/m2\"\ndays = \"radiotherapy_days\"".to_owned(),
        ),
        (
            "fluorouracil 225 mg/m2 on days 1-5, oxaliplatin 50 mg/m2",
            "intensity = \"225 mg/m2\"\ndays = { value = { days = \"1-5\" } }".to_owned(),
            "intensity = \"50 mg/m2\"\ndays = { value = { days = \"1-5\" } }".to_owned(),
        ),
        (
            "fluorouracil 225 mg/m2 by continuous infusion, oxaliplatin 50 mg/m2",
            format!("{}\ninfusion = \"continuous\"", amount("225 mg/m2")),
            format!("{}\ninfusion = \"continuous\"", amount("50 mg/m2")),
        ),
    ] {
        let found = of_drugs(rx, &[("fluorouracil", &first), ("oxaliplatin", &second)]);
        assert_eq!(found, 1, "{rx}");
    }
}

#[test]
fn words_of_each_drug_serve_it() {
    let weekly = "days = { value = \"weekly\", reason = \"once a week\" }";
    let amount = |value: &str| format!("intensity = \"{value}\"\n{weekly}");
    let times = |value: &str| format!("{}\nadministrations_per_day = 2", amount(value));
    let days = |value: &str, days: &str| format!("intensity = \"{value}\"\ndays = {days}");
    for (rx, first, second) in [
        (
            "fluorouracil 225 mg/m2 twice daily with oxaliplatin 50 mg/m2 twice daily",
            times("225 mg/m2"),
            times("50 mg/m2"),
        ),
        (
            "fluorouracil 50 mg/m2 and oxaliplatin 50 mg/m2",
            amount("50 mg/m2"),
            amount("50 mg/m2"),
        ),
        (
            "fluorouracil and oxaliplatin, 50 mg/m2 each",
            amount("50 mg/m2"),
            amount("50 mg/m2"),
        ),
        (
            "fluorouracil and oxaliplatin, both 50 mg/m2",
            amount("50 mg/m2"),
            amount("50 mg/m2"),
        ),
        // days that are said of no drug, or of a list
        (
            "on radiotherapy days",
            days("225 mg/m2", "\"radiotherapy_days\""),
            days("50 mg/m2", "\"radiotherapy_days\""),
        ),
        (
            "fluorouracil 225 mg/m2 and oxaliplatin 50 mg/m2 on days 1-5",
            days("225 mg/m2", "{ value = { days = \"1-5\" } }"),
            days("50 mg/m2", "{ value = { days = \"1-5\" } }"),
        ),
        (
            "fluorouracil and oxaliplatin on days 1-5",
            days("225 mg/m2", "{ value = { days = \"1-5\" } }"),
            days("50 mg/m2", "{ value = { days = \"1-5\" } }"),
        ),
        (
            "fluorouracil 225 mg/m2 on days 1-5, oxaliplatin 50 mg/m2 on days 1-5",
            days("225 mg/m2", "{ value = { days = \"1-5\" } }"),
            days("50 mg/m2", "{ value = { days = \"1-5\" } }"),
        ),
    ] {
        let found = of_drugs(rx, &[("fluorouracil", &first), ("oxaliplatin", &second)]);
        assert_eq!(found, 0, "{rx}");
    }
    // one drug, in two regimens
    let text = protocol(
        "rt = \"45 Gy in 25 fractions\"\nrx = \"capecitabine 825 mg/m2 twice daily\"",
        &[("p", "45 Gy in 25", "rt")],
        &[
            drug("capecitabine", &times("825 mg/m2")),
            drug("capecitabine", &times("825 mg/m2")).replacen("capecitabine", "short", 1),
        ]
        .concat(),
    );
    assert_eq!(shared(&text), 0);
}

#[test]
fn words_of_one_phase_serve_no_other_of_its_course() {
    for (rt, phases, expected) in [
        (
            "45 Gy in 25 fractions, then 9 Gy in 5 fractions",
            &[("a", "45 Gy in 25"), ("b", "9 Gy in 5")][..],
            0,
        ),
        // the boost twice
        (
            "45 Gy in 25 fractions, then 9 Gy in 5 fractions",
            &[("a", "45 Gy in 25"), ("b", "9 Gy in 5"), ("c", "9 Gy in 5")],
            1,
        ),
        // the fractions of the other phase
        (
            "50 Gy in 25 fractions, then 10 Gy in 5 fractions",
            &[("a", "50 Gy in 25"), ("b", "10 Gy in 25")],
            1,
        ),
        // the dose of the other phase
        (
            "50 Gy in 25 fractions, then 10 Gy in 5 fractions",
            &[("a", "50 Gy in 25"), ("b", "50 Gy in 5")],
            1,
        ),
        // a dose per fraction may be said of several
        (
            "45 Gy and then 9 Gy in fractions of 1.8 Gy",
            &[("a", "45 Gy in 25"), ("b", "9 Gy in 5")],
            0,
        ),
        (
            "two phases, each of 14 Gy in 7 fractions",
            &[("a", "14 Gy in 7"), ("b", "14 Gy in 7")],
            0,
        ),
    ] {
        let phases: Vec<_> = phases
            .iter()
            .map(|(name, dose)| (*name, *dose, "rt"))
            .collect();
        let text = protocol(&format!("rt = {rt:?}"), &phases, "");
        assert_eq!(shared(&text), expected, "{rt} {phases:?}");
    }
}

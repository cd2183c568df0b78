//! A regimen is held against the whole of the words that say it: amount, administrations, days, cycle, cap and
//! infusion together. Both ways.
#![allow(clippy::too_many_lines, reason = "one case after another")]

use std::fmt::Write as _;

use chemorad::report::Outcome;

use super::passages::codes;

/// What lint has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A dose is refused.
    Accused,
    /// Nothing fails, and nothing is unclear.
    Clean,
}

use Expected::{Accused, Clean};

pub(crate) fn hold(expected: Expected, found: &[(String, Outcome)], shown: &str) {
    let mut outcomes = found.iter().map(|(_, outcome)| *outcome);
    let accused = outcomes.any(|outcome| matches!(outcome, Outcome::Fail | Outcome::CannotTell));
    assert_eq!(accused, expected == Accused, "{shown}: {found:?}");
}

/// Regimens as `id drug; field; field`, one a line; where nothing is said, once a day.
pub(crate) fn regimens(expected: Expected, rx: &str, drugs: &str) {
    let mut text = format!(
        r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
rt = "45 Gy in 25 fractions to the pelvis, 5 fractions a week"
rx = {rx:?}
[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", from = "rt" }}
[[phases]]
name = "p"
from = "rt"
modality = {{ value = "external_beam", reason = "as usual" }}
[[phases.doses]]
volume = "pelvis"
fractionation = "45 Gy in 25"
[[courses]]
id = "c"
title = "radiotherapy"
from = "rt"
phases = ["p"]
order = {{ value = "single_phase", reason = "one" }}
fractions_per_week = 5
"#
    );
    let mut ids = Vec::new();
    for regimen in drugs.lines() {
        let mut parts = regimen.trim().split("; ");
        let (id, drug) = parts.next().and_then(|name| name.split_once(' ')).unwrap();
        ids.push(format!("{id:?}"));
        writeln!(text, "[[drugs]]\nid = {id:?}\nfrom = \"rx\"\ndrug = {{ value = {drug:?}, reason = \"named\" }}\nroute = {{ value = \"intravenous\", reason = \"as usual\" }}").unwrap();
        for field in parts {
            writeln!(text, "{field}").unwrap();
        }
        if !regimen.contains("administrations_per_day") {
            writeln!(
                text,
                "administrations_per_day = {{ value = 1, reason = \"once: 1\" }}"
            )
            .unwrap();
        }
    }
    writeln!(
        text,
        r#"[[arms]]
id = "all"
title = "Everyone"
when = {{ value = "everyone", reason = "one arm", from = "rt" }}
[[arms.options]]
id = "o"
title = "chemoradiotherapy"
from = "rt"
[[arms.options.actions]]
action = "radiotherapy"
course = "c"
concurrent_drugs = {{ value = [{}], reason = "all", from = "rx" }}"#,
        ids.join(", ")
    )
    .unwrap();
    hold(expected, &codes(&text), &format!("{rx}: {drugs}"));
}

/// Cisplatin 20 mg/m2 once on these days.
fn cisplatin(expected: Expected, days: &str, rx: &str) {
    let drug = format!("cisplatin cisplatin; intensity = \"20 mg/m2\"; days = {days}");
    regimens(expected, rx, &drug);
}

#[test]
fn numbered_weeks_are_no_number_of_weeks() {
    cisplatin(
        Accused,
        "{ weekly = 5 }",
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ weekly = 6 }",
        "cisplatin 20 mg/m2 in weeks 1 and 6",
    );
    cisplatin(
        Accused,
        r#""weekly""#,
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ weeks = [5] }",
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ weeks = [1, 5] }",
        "cisplatin 20 mg/m2 on days 1-4 of weeks 1 and 5",
    );
    cisplatin(
        Accused,
        r#"{ days = "1, 29" }"#,
        "cisplatin 20 mg/m2 on days 1-4 of weeks 1 and 5",
    );
    cisplatin(
        Clean,
        r#"{ days = "1-4, 29-32" }"#,
        "cisplatin 20 mg/m2 on days 1-4 of weeks 1 and 5",
    );
    cisplatin(
        Clean,
        "{ weeks = [1, 5] }",
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ per_week = 2 }",
        "cisplatin 20 mg/m2 over 2 hours weekly",
    );
    cisplatin(
        Accused,
        "{ per_week = 2 }",
        "cisplatin 20 mg/m2 on 2 days in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ weekly = 6 }",
        "cisplatin 20 mg/m2 weekly for 5 weeks, 6 patients",
    );
    cisplatin(
        Clean,
        "{ weekly = 5 }",
        "cisplatin 20 mg/m2 weekly for 5 weeks",
    );
    cisplatin(
        Clean,
        "{ weekly = 5 }",
        "cisplatin 20 mg/m2 in weeks 1 to 5",
    );
    cisplatin(
        Accused,
        r#""weekdays""#,
        "cisplatin 20 mg/m2 on days 1-5 of weeks 1 and 5",
    );
    cisplatin(
        Accused,
        r#""radiotherapy_days""#,
        "cisplatin 20 mg/m2 in weeks 1 and 5 of radiotherapy",
    );
    cisplatin(
        Accused,
        r#"{ days = "1-5" }"#,
        "cisplatin 20 mg/m2 on days 1-5 of weeks 1 and 5",
    );
    cisplatin(Accused, "{ per_week = 3 }", "cisplatin 20 mg/m2 in week 3");
    cisplatin(
        Clean,
        "{ per_week = 3 }",
        "cisplatin 20 mg/m2 three times a week",
    );
    regimens(
        Clean,
        "mitomycin 10 mg/m2 on days 1, 8 and 15",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { weekly = 3 }"#,
    );
    regimens(
        Clean,
        "mitomycin 10 mg/m2 weekly x 5",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { weekly = 5 }"#,
    );
    regimens(
        Clean,
        "six weekly doses of mitomycin 10 mg/m2",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { weekly = 6 }"#,
    );
    regimens(
        Accused,
        "mitomycin 10 mg/m2 weekly, radiotherapy 5 days a week",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { weekly = 5 }"#,
    );
    cisplatin(
        Accused,
        "{ weekly = 2 }",
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ weeks = [1, 2, 3, 4, 5] }",
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Accused,
        "{ weekly = 5 }",
        "cisplatin 20 mg/m2 in the first and fifth week",
    );
    cisplatin(
        Clean,
        "{ weeks = [1, 5] }",
        "cisplatin 20 mg/m2 in the first and fifth week",
    );
    cisplatin(
        Clean,
        "{ weeks = [1, 5] }",
        "cisplatin 20 mg/m2 in week 1 and week 5",
    );
    cisplatin(
        Clean,
        "{ weeks = [1, 4, 7] }",
        "cisplatin 20 mg/m2 in weeks 1, 4 and 7",
    );
    cisplatin(
        Clean,
        r#"{ days = "1, 29" }"#,
        "cisplatin 20 mg/m2 on day 1 of weeks 1 and 5",
    );
    cisplatin(
        Clean,
        "{ weeks = [1, 5] }",
        "cisplatin 20 mg/m2 on day 1 of weeks 1 and 5",
    );
    cisplatin(
        Accused,
        r#"{ days = "1-4" }"#,
        "cisplatin 20 mg/m2 during days 1-4 in weeks 1 and 5",
    );
    cisplatin(
        Clean,
        "{ weekly = 6 }",
        "cisplatin 20 mg/m2 once weekly for six weeks",
    );
    cisplatin(
        Accused,
        "{ weekly = 6 }",
        "cisplatin 20 mg/m2 once weekly for five weeks",
    );
    cisplatin(
        Clean,
        "{ weekly = 5 }",
        "weekly cisplatin 20 mg/m2 (5 cycles)",
    );
    cisplatin(
        Accused,
        "{ weekly = 6 }",
        "weekly cisplatin 20 mg/m2 (5 cycles)",
    );
    cisplatin(
        Accused,
        "{ weekly = 5 }",
        "cisplatin 20 mg/m2 weekly on day 5",
    );
    cisplatin(
        Clean,
        r#"{ value = { days = "1-4, 29-32" }, reason = "7 x 4 + 1 = 29, the first day of week 5, and 29 + 3 = 32" }"#,
        "cisplatin 20 mg/m2 on days 1-4 of weeks 1 and 5",
    );
    cisplatin(
        Accused,
        r#"{ value = { days = "1-4" }, reason = "days 1 to 4" }"#,
        "cisplatin 20 mg/m2 on days 1-4 of weeks 1 and 5",
    );
    cisplatin(
        Accused,
        r#"{ value = { weekly = 5 }, reason = "weekly, 5 times" }"#,
        "cisplatin 20 mg/m2 in weeks 1 and 5",
    );
    cisplatin(
        Clean,
        "{ weekly = 7 }",
        "weekly cisplatin 20 mg/m2 for 7 weeks during radiotherapy, 5 days a week",
    );
    cisplatin(
        Clean,
        r#"{ days = "1", every = 21, cycles = 3 }"#,
        "cisplatin 20 mg/m2 every 3 weeks for 3 cycles",
    );
    cisplatin(
        Accused,
        r#"{ days = "1", every = 21, cycles = 3 }"#,
        "cisplatin 20 mg/m2 every 4 weeks for 3 cycles",
    );
    cisplatin(
        Accused,
        r#"{ days = "1", every = 14, cycles = 3 }"#,
        "cisplatin 20 mg/m2 on day 14, 3 cycles",
    );
}

#[test]
fn each_stage_of_a_drug_has_its_amount_and_its_days() {
    regimens(
        Clean,
        "cetuximab 400 mg/m2 loading dose, followed by 250 mg/m2 weekly",
        r#"loading cetuximab; intensity = "400 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "250 mg/m2"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cetuximab 400 mg/m2 loading dose, followed by 250 mg/m2 weekly",
        r#"loading cetuximab; intensity = "250 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "400 mg/m2"; days = "weekly""#,
    );
    regimens(
        Clean,
        "a loading dose of cetuximab 400 mg/m2 on day 1, then 250 mg/m2 weekly",
        r#"loading cetuximab; intensity = "400 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "250 mg/m2"; days = "weekly""#,
    );
    regimens(
        Accused,
        "a loading dose of cetuximab 400 mg/m2 on day 1, then 250 mg/m2 weekly",
        r#"loading cetuximab; intensity = "250 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "400 mg/m2"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cetuximab 400 mg/m2 followed by weekly cetuximab 250 mg/m2",
        r#"loading cetuximab; intensity = "400 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "250 mg/m2"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cetuximab 400 mg/m2 followed by weekly cetuximab 250 mg/m2",
        r#"loading cetuximab; intensity = "250 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "400 mg/m2"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cetuximab at an initial dose of 400 mg/m2 one week before radiotherapy, followed by 250 mg/m2 every week",
        r#"loading cetuximab; intensity = "400 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "250 mg/m2"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cetuximab at an initial dose of 400 mg/m2 one week before radiotherapy, followed by 250 mg/m2 every week",
        r#"loading cetuximab; intensity = "250 mg/m2"; days = { value = { days = "1" }, reason = "the first week: day 1" }
        weekly cetuximab; intensity = "400 mg/m2"; days = "weekly""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily on days 1-14, then capecitabine 625 mg/m2 twice daily on days 22-35",
        r#"first capecitabine; intensity = "825 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "1-14" }
        second capecitabine; intensity = "625 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "22-35" }"#,
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 twice daily on days 1-14, then capecitabine 625 mg/m2 twice daily on days 22-35",
        r#"first capecitabine; intensity = "625 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "1-14" }
        second capecitabine; intensity = "825 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "22-35" }"#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily on days 1-14, followed by 1000 mg/m2 twice daily on days 22-35",
        r#"first capecitabine; intensity = "825 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "1-14" }
        second capecitabine; intensity = "1000 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "22-35" }"#,
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 twice daily on days 1-14, followed by 1000 mg/m2 twice daily on days 22-35",
        r#"first capecitabine; intensity = "1000 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "1-14" }
        second capecitabine; intensity = "825 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "22-35" }"#,
    );
    regimens(
        Clean,
        "trastuzumab 4 mg/kg loading dose followed by 2 mg/kg weekly",
        r#"loading trastuzumab; dose = "4 mg/kg"; days = { value = { days = "1" }, reason = "the loading dose is given once, on day 1" }
        next trastuzumab; dose = "2 mg/kg"; days = "weekly""#,
    );
    regimens(
        Accused,
        "trastuzumab 4 mg/kg loading dose followed by 2 mg/kg weekly",
        r#"loading trastuzumab; dose = "2 mg/kg"; days = { value = { days = "1" }, reason = "the loading dose is given once, on day 1" }
        next trastuzumab; dose = "4 mg/kg"; days = "weekly""#,
    );
    regimens(
        Clean,
        "trastuzumab 4 mg/kg, then 2 mg/kg weekly",
        r#"loading trastuzumab; dose = "4 mg/kg"; days = { value = { days = "1" }, reason = "the loading dose is given once, on day 1" }
        next trastuzumab; dose = "2 mg/kg"; days = "weekly""#,
    );
    regimens(
        Accused,
        "trastuzumab 4 mg/kg, then 2 mg/kg weekly",
        r#"loading trastuzumab; dose = "2 mg/kg"; days = { value = { days = "1" }, reason = "the loading dose is given once, on day 1" }
        next trastuzumab; dose = "4 mg/kg"; days = "weekly""#,
    );
    regimens(
        Clean,
        "trastuzumab (4 mg/kg initial dose, 2 mg/kg weekly thereafter)",
        r#"loading trastuzumab; dose = "4 mg/kg"; days = { value = { days = "1" }, reason = "the loading dose is given once, on day 1" }
        next trastuzumab; dose = "2 mg/kg"; days = "weekly""#,
    );
    regimens(
        Accused,
        "trastuzumab (4 mg/kg initial dose, 2 mg/kg weekly thereafter)",
        r#"loading trastuzumab; dose = "2 mg/kg"; days = { value = { days = "1" }, reason = "the loading dose is given once, on day 1" }
        next trastuzumab; dose = "4 mg/kg"; days = "weekly""#,
    );
}

#[test]
fn cycles_and_infusions_need_words_of_their_own() {
    regimens(
        Accused,
        "mitomycin 10 mg/m2 on days 1 and 29",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { days = "1", every = 29 }"#,
    );
    regimens(
        Accused,
        "mitomycin 10 mg/m2 on days 1 and 28",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { days = "1", every = 28 }"#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2 weekly, given 2 h before radiotherapy",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2 weekly, at most 24 h after radiotherapy",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "24 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2 weekly with 2 litres of saline",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 on weekdays",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = { value = 3, reason = "3" }; days = "weekdays""#,
    );
    regimens(
        Accused,
        "capecitabine twice daily on weekdays",
        r#"capecitabine capecitabine; intensity = { value = "1250 mg/m2", reason = "1250 mg/m2" }; administrations_per_day = 2; days = "weekdays""#,
    );
    regimens(
        Accused,
        "mitomycin 10 mg/m2 on days 1 and 8",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { days = "1, 8", every = 8 }"#,
    );
    regimens(
        Accused,
        "mitomycin 10 mg/m2 on days 1-5",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { days = "1-5", every = 5 }"#,
    );
    regimens(
        Clean,
        "mitomycin 10 mg/m2 on days 1 and 8 every 21 days",
        r#"mitomycin mitomycin; intensity = "10 mg/m2"; days = { days = "1, 8", every = 21 }"#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly as a 2-hour infusion",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly (2 h infusion)",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 over 2 hours weekly",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly in 2 h",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly, infused over 2 h",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly (120-minute infusion)",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly over 1 h",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "1 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly over one hour",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "1 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "cisplatin 20 mg/m2 weekly over 60 min",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "1 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2 weekly 2 hours prior to radiotherapy",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2 weekly, 2 h apart from radiotherapy",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2 weekly with hydration for 24 h before",
        r#"cisplatin cisplatin; intensity = "20 mg/m2"; infusion = "24 h"; days = "weekly""#,
    );
}

#[test]
fn caps_and_the_amounts_of_several_days() {
    regimens(
        Accused,
        "mitomycin 10 mg/m2 on days 1 and 29, maximum 20 mg",
        r#"mitomycin mitomycin; days = { days = "1, 29" }; intensity = "10 mg/m2""#,
    );
    regimens(
        Clean,
        "mitomycin 10 mg/m2 on days 1 and 29, maximum 20 mg",
        r#"mitomycin mitomycin; days = { days = "1, 29" }; intensity = "10 mg/m2"; cap = "20 mg""#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2/day on days 1-5",
        r#"cisplatin cisplatin; intensity = { value = "100 mg/m2", reason = "5 x 20 mg/m2 = 100 mg/m2" }; days = { days = "1-5" }"#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/day on days 1-5, 100 mg in all",
        r#"cisplatin cisplatin; dose = "100 mg"; days = { days = "1-5" }"#,
    );
    regimens(
        Accused,
        "cisplatin 20 mg/m2/day on days 1-5 (total 100 mg/m2)",
        r#"cisplatin cisplatin; intensity = "100 mg/m2"; days = { days = "1-5" }"#,
    );
    regimens(
        Accused,
        "oxaliplatin 85 mg/m2 every 2 weeks",
        r#"oxaliplatin oxaliplatin; intensity = "85 mg/m2"; days = { days = "1", every = 7 }"#,
    );
    regimens(
        Accused,
        "oxaliplatin 85 mg/m2 every 2 weeks",
        r#"oxaliplatin oxaliplatin; intensity = "85 mg/m2"; days = { value = { days = "1", every = 7 }, reason = "every 7 days" }"#,
    );
    regimens(
        Accused,
        "oxaliplatin 85 mg/m2 every 2 weeks",
        r#"oxaliplatin oxaliplatin; intensity = "85 mg/m2"; days = "weekly""#,
    );
    regimens(
        Accused,
        "oxaliplatin 85 mg/m2 every 2 weeks",
        r#"oxaliplatin oxaliplatin; intensity = "85 mg/m2"; days = { days = "1,8,15,22" }"#,
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 twice daily on weekdays",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = { value = "1000 mg", reason = "not more than 1000 mg a day" }; days = "weekdays""#,
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 twice daily on weekdays, at most 1000 mg a day",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = "1000 mg"; days = "weekdays""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily on weekdays, at most 1000 mg a dose",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = "1000 mg"; days = "weekdays""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily on weekdays, at most 1000 mg a day",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = { value = "500 mg", reason = "at most 1000 mg a day / 2 = 500 mg" }; days = "weekdays""#,
    );
    cisplatin(
        Clean,
        r#"{ days = "1-5" }"#,
        "cisplatin 20 mg/m2/day on days 1-5 (total 100 mg/m2)",
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 twice daily on weekdays, maximum 1500 mg/day",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = "1500 mg"; days = "weekdays""#,
    );
    regimens(
        Accused,
        "capecitabine 825 mg/m2 twice daily on weekdays (max 1500 mg daily)",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = "1500 mg"; days = "weekdays""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily on weekdays (max 1500 mg per dose)",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = "1500 mg"; days = "weekdays""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 (maximum 1500 mg) twice daily on weekdays",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; cap = "1500 mg"; days = "weekdays""#,
    );
}

#[test]
fn several_drugs_or_stages_in_one_passage_are_no_fault() {
    regimens(
        Clean,
        "capecitabine 825 mg/m2 bid on weekdays and oxaliplatin 50 mg/m2 weekly",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; days = "weekdays"
        oxaliplatin oxaliplatin; intensity = "50 mg/m2"; administrations_per_day = { value = 1, reason = "one infusion a day: 1" }; days = "weekly""#,
    );
    regimens(
        Clean,
        "carboplatin AUC 2 and paclitaxel 50 mg/m2 weekly for 5 weeks",
        r#"carboplatin carboplatin; dose = "AUC 2"; days = { weekly = 5 }
        paclitaxel paclitaxel; intensity = "50 mg/m2"; days = { weekly = 5 }"#,
    );
    regimens(
        Clean,
        "UFT 300 mg/m2 per day and leucovorin 30 mg per day, 5 days a week during radiotherapy",
        r#"UFT UFT; intensity = "300 mg/m2"; administrations_per_day = { value = 1, reason = "the amount is that of a day: 1" }; days = "radiotherapy_days"
        leucovorin leucovorin; dose = "30 mg"; administrations_per_day = { value = 1, reason = "the amount is that of a day: 1" }; days = "radiotherapy_days""#,
    );
    regimens(
        Clean,
        "UFT (300 mg/m2/day) and leucovorin (90 mg/day) in three doses, 5 days a week",
        r#"UFT UFT; intensity_per_day = "300 mg/m2/d"; administrations_per_day = 3; days = "radiotherapy_days"
        leucovorin leucovorin; dose = { value = "30 mg", reason = "90 mg / 3 = 30 mg" }; administrations_per_day = 3; days = "radiotherapy_days""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily on days 1-14, and 1000 mg/m2 twice daily on days 22-35",
        r#"first capecitabine; intensity = "825 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "1-14" }
        second capecitabine; intensity = "1000 mg/m2"; administrations_per_day = { value = 2, from = "rx" }; days = { days = "22-35" }"#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily, 14 days on and 7 days off",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; days = { value = { days = "1-14", every = 21 }, reason = "days 1-14 of 14 + 7 = 21" }"#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 twice daily for 14 days followed by 7 days of rest",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; days = { value = { days = "1-14", every = 21 }, reason = "days 1-14 of 14 + 7 = 21" }"#,
    );
    regimens(
        Clean,
        "oxaliplatin 50 mg/m2 over 120 minutes weekly",
        r#"oxaliplatin oxaliplatin; intensity = "50 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Accused,
        "oxaliplatin 50 mg/m2 over 90 minutes weekly",
        r#"oxaliplatin oxaliplatin; intensity = "50 mg/m2"; infusion = "2 h"; days = "weekly""#,
    );
    regimens(
        Clean,
        "capecitabine 825 mg/m2 bid on weekdays and oxaliplatin 50 mg/m2 weekly",
        r#"capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; days = "weekdays"
        oxaliplatin oxaliplatin; intensity = "50 mg/m2"; administrations_per_day = { value = 1, reason = "one infusion on each of the days" }; days = "weekly""#,
    );
    regimens(
        Clean,
        "oxaliplatin 50 mg/m2 weekly, capecitabine 825 mg/m2 bid, Monday to Friday",
        r#"oxaliplatin oxaliplatin; intensity = "50 mg/m2"; administrations_per_day = { value = 1, reason = "weekly is once on its day" }; days = "weekly"
        capecitabine capecitabine; intensity = "825 mg/m2"; administrations_per_day = 2; days = "weekdays""#,
    );
}

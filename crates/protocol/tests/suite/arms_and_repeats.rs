//! What a passage says of one arm, of counted days that come again and of doses that go on to a total is held as it
//! is said. Both ways.

use super::passages::codes;
use super::whole_regimens::{Expected, hold, regimens};
use Expected::{Accused, Clean};

/// Two arms: passages, fractionations and drugs of A and of B; one passage of both where the second is empty.
pub(crate) fn arms_text(
    passages: (&str, &str),
    doses: (&str, &str),
    drugs: (&str, &str),
) -> String {
    use std::fmt::Write as _;
    let (a, b) = passages;
    let of_b = if b.is_empty() { "a" } else { "b" };
    let mut text = format!(
        r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
a = {a:?}
b = {b:?}
[[facts]]
id = "allocation"
question = "Which arm?"
choices = ["A", "B"]
[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", reason = "the volume", from = "a" }}
"#,
        b = if b.is_empty() { "every patient" } else { b }
    );
    let both = [("A", doses.0, drugs.0, "a"), ("B", doses.1, drugs.1, of_b)];
    for (name, dose, drug, from) in both {
        let given = if drug.is_empty() {
            format!(r#"{{ value = [], reason = "none is named", from = {from:?} }}"#)
        } else {
            writeln!(
                text,
                "[[drugs]]\nid = \"drug{name}\"\nfrom = {from:?}\ndrug = \"cisplatin\"\nroute = {{ value = \"intravenous\", reason = \"an infusion\" }}\nadministrations_per_day = {{ value = 1, reason = \"once: 1\" }}\n{drug}"
            )
            .unwrap();
            format!(r#"{{ value = ["drug{name}"], from = {from:?} }}"#)
        };
        writeln!(
            text,
            r#"[[phases]]
name = "p{name}"
from = {from:?}
modality = {{ value = "external_beam", reason = "as usual" }}
[[phases.doses]]
volume = "pelvis"
fractionation = {dose:?}
[[courses]]
id = "c{name}"
title = "radiotherapy"
from = {from:?}
phases = ["p{name}"]
order = {{ value = "single_phase", reason = "one" }}
fractions_per_week = {{ value = 5, reason = "as usual: 5" }}
[[arms]]
id = "arm{name}"
title = "Arm {name}"
from = {from:?}
when = {{ allocation = {name:?} }}
[[arms.options]]
id = "o{name}"
title = "treatment"
from = {from:?}
[[arms.options.actions]]
action = "radiotherapy"
course = {{ value = "c{name}", from = {from:?} }}
concurrent_drugs = {given}"#
        )
        .unwrap();
    }
    text
}

fn arms(expected: Expected, passages: (&str, &str), doses: (&str, &str), drugs: (&str, &str)) {
    hold(
        expected,
        &codes(&arms_text(passages, doses, drugs)),
        &format!("{passages:?} {doses:?} {drugs:?}"),
    );
}

#[test]
fn the_dose_of_an_arm_is_not_that_of_the_other() {
    let both = [
        (
            "arm A: 60 Gy in 30 fractions",
            "arm B: 74 Gy in 37 fractions",
        ),
        (
            "patients in the experimental group (arm A) receive 60 Gy in 30 fractions",
            "patients in the standard group (arm B) receive 74 Gy in 37 fractions",
        ),
        (
            "60 Gy in 30 fractions (arm A) or 74 Gy in 37 fractions (arm B)",
            "",
        ),
        (
            "patients in arm A receive 60 Gy in 30 fractions and patients in arm B receive 74 Gy in 37 fractions",
            "",
        ),
        (
            "arm A: 60 Gy in 30 fractions; arm B: 74 Gy in 37 fractions",
            "",
        ),
    ];
    let (low, high) = ("60 Gy in 30", "74 Gy in 37");
    for (a, b) in both {
        arms(Clean, (a, b), (low, high), ("", ""));
        if b.is_empty() {
            arms(Accused, (a, b), (high, low), ("", ""));
            arms(Accused, (a, b), (low, low), ("", ""));
        } else {
            arms(Accused, (b, a), (high, low), ("", ""));
        }
    }
    // what is said of both
    let shared = "60 Gy in 30 fractions in both arms; arm B: cetuximab";
    arms(Clean, (shared, ""), (low, low), ("", ""));
    let same = "Arm A: 60 Gy in 30 fractions. Arm B: the same radiotherapy";
    arms(Clean, (same, ""), (low, low), ("", ""));
}

#[test]
fn the_drug_of_an_arm_is_not_that_of_the_other() {
    let three = "intensity = \"100 mg/m2\"\ndays = { days = \"1\", every = 21 }";
    let weekly = "intensity = \"40 mg/m2\"\ndays = \"weekly\"";
    let dose = ("70 Gy in 35", "70 Gy in 35");
    let apart = (
        "Arm A: 70 Gy in 35 fractions with cisplatin 100 mg/m2 every 3 weeks",
        "Arm B: 70 Gy in 35 fractions with cisplatin 40 mg/m2 weekly",
    );
    arms(Clean, apart, dose, (three, weekly));
    arms(Accused, (apart.1, apart.0), dose, (weekly, three));
    for one in [
        "Arm A: 70 Gy in 35 fractions with cisplatin 100 mg/m2 every 3 weeks. Arm B: 70 Gy in 35 fractions with cisplatin 40 mg/m2 weekly.",
        "70 Gy in 35 fractions with either cisplatin 100 mg/m2 every 3 weeks (arm A) or cisplatin 40 mg/m2 once weekly (arm B)",
    ] {
        arms(Clean, (one, ""), dose, (three, weekly));
        arms(Accused, (one, ""), dose, (weekly, three));
    }
    let alone = "Arm A: 70 Gy in 35 fractions with cisplatin 100 mg/m2 every 3 weeks. Arm B: 70 Gy in 35 fractions alone.";
    arms(Clean, (alone, ""), dose, (three, ""));
    arms(Accused, (alone, ""), dose, ("", three));
}

fn cisplatin(expected: Expected, days: &str, rx: &str) {
    let drug = format!("cisplatin cisplatin; intensity_per_day = \"20 mg/m2/d\"; days = {days}");
    regimens(expected, rx, &drug);
}

#[test]
fn counted_days_of_numbered_weeks_are_each_of_them() {
    for rx in [
        "cisplatin 20 mg/m2/day for 5 days in weeks 1 and 5 of radiotherapy",
        "cisplatin 20 mg/m2/day on 5 consecutive days during the first and fifth week of radiotherapy",
        "cisplatin 20 mg/m2/day for five days in week 1 and week 5",
    ] {
        let days = r#"{ days = "1-5, 29-33" }; day_one = { value = "first_fraction", reason = "counted from it" }"#;
        cisplatin(Clean, days, rx);
        for wrong in [
            "{ weeks = [1, 5] }",
            "{ weeks = [1] }",
            r#""radiotherapy_days""#,
            r#""weekdays""#,
            r#"{ days = "1-5" }"#,
            r#"{ days = "1, 5" }"#,
        ] {
            cisplatin(Accused, wrong, rx);
        }
    }
    // one infusion that runs over the days
    regimens(
        Clean,
        "cisplatin 80 mg/m2 over 4 days in weeks 1 and 5",
        "cisplatin cisplatin; intensity = \"80 mg/m2\"; infusion = { value = \"96 h\", reason = \"4 days of 24 h: 96\" }; days = { weeks = [1, 5] }",
    );
}

#[test]
fn counted_days_of_a_cycle_are_all_of_them() {
    for (rx, length) in [
        ("cisplatin 20 mg/m2/day for 5 days every 28 days", 28),
        ("cisplatin 20 mg/m2/day for 5 days every 3 weeks", 21),
    ] {
        cisplatin(
            Clean,
            &format!("{{ days = \"1-5\", every = {length} }}"),
            rx,
        );
        for days in ["1", "5", "1-4", "1, 5"] {
            cisplatin(
                Accused,
                &format!("{{ days = {days:?}, every = {length} }}"),
                rx,
            );
        }
        cisplatin(Accused, "{ days = \"1-5\", every = 35 }", rx);
    }
    for rx in [
        "cisplatin 20 mg/m2/day for two weeks followed by one week of rest",
        "cisplatin 20 mg/m2/day for 14 days, then 7 days off",
    ] {
        cisplatin(Clean, r#"{ days = "1-14", every = 21 }"#, rx);
        cisplatin(Accused, r#"{ days = "1", every = 21 }"#, rx);
    }
}

#[test]
fn days_a_week_apart_with_a_pause_are_not_weekly() {
    let rx = "cisplatin 20 mg/m2/day on days 1, 8 and 15 every 28 days";
    cisplatin(Clean, r#"{ days = "1, 8, 15", every = 28 }"#, rx);
    cisplatin(Accused, r#""weekly""#, rx);
    let rx = "cisplatin 20 mg/m2/day on days 1 and 8 of each 21-day cycle";
    cisplatin(Accused, "{ weekly = 2 }", rx);
    cisplatin(
        Clean,
        r#""weekly""#,
        "cisplatin 20 mg/m2/day on days 1, 8 and 15 every 21 days",
    );
}

#[test]
fn a_negation_turns_the_weekends_round() {
    let capecitabine = |expected, days: &str, words: &str| {
        let drug = format!(
            "drug capecitabine; intensity = \"825 mg/m2\"; administrations_per_day = 2; days = {days:?}"
        );
        regimens(
            expected,
            &format!("capecitabine 825 mg/m2 twice daily {words}"),
            &drug,
        );
    };
    for words in [
        "Monday through Friday; no capecitabine is given on weekends",
        "Monday through Friday; no doses are taken on weekends",
        "Monday through Friday; nothing is taken at weekends",
        "Monday through Friday; pausing at weekends",
        "Monday through Friday; skipping weekends",
        "Monday through Friday; with rest on Saturday and Sunday",
    ] {
        capecitabine(Clean, "weekdays", words);
    }
    for words in [
        "during radiotherapy, not omitted on weekends",
        "during radiotherapy, not interrupted at weekends",
        "during radiotherapy, also on weekends",
    ] {
        capecitabine(Clean, "calendar_days", words);
        capecitabine(Accused, "weekdays", words);
        capecitabine(Accused, "radiotherapy_days", words);
    }
    capecitabine(
        Accused,
        "calendar_days",
        "during radiotherapy; no capecitabine is given on weekends",
    );
}

#[test]
fn a_number_of_something_else_is_no_amount() {
    let held = |expected, amount: &str, rx: &str, days: &str| {
        regimens(
            expected,
            rx,
            &format!("drug carboplatin; {amount}; days = {days}"),
        );
    };
    let weekly = "carboplatin AUC 2 weekly x 6";
    held(Clean, "dose = \"AUC 2\"", weekly, "{ weekly = 6 }");
    held(Accused, "dose = \"AUC 6\"", weekly, "{ weekly = 6 }");
    let from = "carboplatin 5 mg/kg every 2 weeks, starting on day 15";
    let every = r#"{ days = "15", every = 28 }"#;
    held(Accused, "dose = \"15 mg/kg\"", from, every);
    let three = "carboplatin 100 mg/m2 every 21 days x 3";
    let days = "{ days = \"1\", every = 21, cycles = 3 }";
    held(Clean, "intensity = \"100 mg/m2\"", three, days);
    held(
        Accused,
        "intensity = \"100 mg/m2\"; administrations_per_day = 3",
        three,
        days,
    );
    held(Accused, "intensity = \"3 mg/m2\"", three, days);
}

/// Two phases, pelvis and tumour; the names of the volumes are given with a reason.
fn phases(expected: Expected, rt: &str, doses: [(&str, &str); 2]) {
    let [(first, one), (second, two)] = doses;
    let text = format!(
        r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
rt = {rt:?}
[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", reason = "the volume", from = "rt" }}
[[volumes]]
name = "tumour"
called = {{ value = "tumour", reason = "the volume", from = "rt" }}
inside = {{ value = "pelvis", reason = "a part of it", from = "rt" }}
[[phases]]
name = "one"
from = "rt"
modality = {{ value = "external_beam", reason = "as usual" }}
[[phases.doses]]
volume = {first:?}
fractionation = {one:?}
[[phases]]
name = "two"
from = "rt"
modality = {{ value = "external_beam", reason = "as usual" }}
[[phases.doses]]
volume = {second:?}
fractionation = {two}
[[courses]]
id = "c"
title = "radiotherapy"
from = "rt"
phases = ["one", "two"]
order = {{ value = "sequential", reason = "one after the other" }}
fractions_per_week = {{ value = 5, reason = "as usual: 5" }}
[[arms]]
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
concurrent_drugs = {{ value = [], reason = "none is named", from = "rt" }}
"#,
        two = if two.starts_with('{') {
            two.to_owned()
        } else {
            format!("{two:?}")
        }
    );
    hold(expected, &codes(&text), &format!("{rt}: {doses:?}"));
}

#[test]
fn a_dose_from_one_total_to_the_next_is_their_difference() {
    for rt in [
        "45 Gy in 25 fractions to the pelvis, and the tumour from 45 Gy to 54 Gy in 30 fractions",
        "45 Gy in 25 fractions to the pelvis, with field reduction after 45 Gy to 54 Gy in 30 fractions to the tumour",
    ] {
        phases(
            Accused,
            rt,
            [("pelvis", "45 Gy in 25"), ("tumour", "54 Gy in 30")],
        );
        let rest = r#"{ value = "9 Gy in 5", reason = "54 Gy - 45 Gy = 9 Gy, 30 - 25 = 5 fractions", from = "rt" }"#;
        phases(Clean, rt, [("pelvis", "45 Gy in 25"), ("tumour", rest)]);
    }
}

#[test]
fn a_sum_behind_two_doses_does_not_hide_their_exchange() {
    for rt in [
        "30.6 Gy in 17 fractions to the pelvis followed by 19.8 Gy in 11 fractions to the tumour (total dose 50.4 Gy)",
        "30.6 Gy in 17 fractions to the pelvis, then 19.8 Gy in 11 fractions to the tumour, total 50.4 Gy",
        "30.6 Gy in 17 fractions to the pelvis, boost 19.8 Gy in 11 fractions to the tumour",
    ] {
        phases(
            Clean,
            rt,
            [("pelvis", "30.6 Gy in 17"), ("tumour", "19.8 Gy in 11")],
        );
        phases(
            Accused,
            rt,
            [("pelvis", "19.8 Gy in 11"), ("tumour", "30.6 Gy in 17")],
        );
    }
}

#[test]
fn the_time_of_an_infusion_is_that_of_its_amount() {
    for (rx, low, high, hours, days) in [
        (
            "fluorouracil 400 mg/m2 bolus on day 1 followed by 2400 mg/m2 over 46 hours, every 2 weeks",
            "400 mg/m2",
            "2400 mg/m2",
            "46 h",
            "1",
        ),
        (
            "fluorouracil 400 mg/m2 bolus and 600 mg/m2 as a 22-hour infusion on days 1 and 2, every 14 days",
            "400 mg/m2",
            "600 mg/m2",
            "22 h",
            "1, 2",
        ),
    ] {
        let both = |first: &str, second: &str| {
            format!(
                "one fluorouracil; intensity = {first:?}; days = {{ days = {days:?}, every = 14 }}\ntwo fluorouracil; intensity = {second:?}; infusion = {hours:?}; days = {{ days = {days:?}, every = 14 }}"
            )
        };
        regimens(Clean, rx, &both(low, high));
        regimens(Accused, rx, &both(high, low));
    }
}

#[test]
fn two_stages_of_one_drug_are_each_with_their_own_words() {
    // the stage with radiotherapy is not adjuvant
    regimens(
        Clean,
        "temozolomide 75 mg/m2 one hour before each fraction of radiotherapy, once daily",
        "drug temozolomide; intensity = \"75 mg/m2\"; days = \"radiotherapy_days\"",
    );
}

#[test]
fn limits_of_a_dose_are_caps_however_they_are_said() {
    for words in [
        "cisplatin 40 mg/m2 weekly; the dose is limited to 70 mg",
        "cisplatin 40 mg/m2 weekly (absolute dose limit 70 mg)",
        "cisplatin 40 mg/m2 weekly, with a ceiling of 70 mg",
        "cisplatin 40 mg/m2 weekly (maximum single dose 70 mg)",
        "the maximum dose of cisplatin is 70 mg; cisplatin 40 mg/m2 is given weekly",
        "cisplatin 40 mg/m2 q wk (max dose 70 mg)",
    ] {
        let held = |cap: &str| {
            format!("drug cisplatin; intensity = \"40 mg/m2\"; cap = {cap:?}; days = \"weekly\"")
        };
        regimens(Clean, words, &held("70 mg"));
        regimens(Accused, words, &held("40 mg"));
    }
}

//! What words say by two numbers, by a pair of doses or of times, by a loading dose or by the name of an arm. Both
//! ways.
#![allow(clippy::too_many_lines, reason = "one case after another")]

use super::arms_and_repeats::arms_text;
use super::passages::codes;
use super::whole_doses::{Treatment, USUAL, one};
use super::whole_regimens::{Expected, hold, regimens};
use Expected::{Accused, Clean};

/// One phase to the pelvis, with its fractions a week from the same words.
fn course(expected: Expected, rt: &str, fractionation: &str, per_week: u32) {
    one(
        expected,
        &Treatment {
            phases: &[("p", &[("pelvis", fractionation, "rt")])],
            rt,
            boost: "",
            per_week: &format!("{{ value = {per_week}, from = \"rt\" }}"),
            is_nested: true,
        },
    );
}

#[test]
fn fractions_a_week_follow_from_fractions_and_their_time() {
    for (rt, dose, right, wrong) in [
        (
            "25 Gy to the pelvis in 5 fractions over 1 week",
            "25 Gy in 5",
            5,
            7,
        ),
        ("66 Gy in 33 fractions over 6.5 weeks", "66 Gy in 33", 5, 6),
        ("70 Gy in 35 fractions over 6 weeks", "70 Gy in 35", 6, 5),
        (
            "60 Gy in 20 fractions of 3 Gy over four weeks",
            "60 Gy in 20",
            5,
            4,
        ),
        (
            "42.56 Gy in 16 fractions over 22 days",
            "42.56 Gy in 16",
            5,
            6,
        ),
        ("50 Gy in 25 fractions over 33 days", "50 Gy in 25", 5, 6),
        (
            "45 Gy in 30 fractions of 1.5 Gy twice daily over 3 weeks",
            "45 Gy in 30",
            10,
            5,
        ),
    ] {
        course(Clean, rt, dose, right);
        course(Accused, rt, dose, wrong);
    }
}

#[test]
fn passages_that_contradict_each_other_are_a_warning() {
    let rt = "50.4 Gy to the pelvis, 28 fractions, 1.8 Gy, 5.5 weeks";
    for (expected, per_week) in [
        (Clean, "{ value = 6, from = \"boost\" }"),
        // the words of one passage alone, or of none
        (Accused, "{ value = 6, from = \"rt\" }"),
        (Accused, "{ value = 7, from = \"boost\" }"),
        (Clean, "{ value = 5, from = \"rt\" }"),
    ] {
        one(
            expected,
            &Treatment {
                phases: &[("p", &[("pelvis", "50.4 Gy in 28", "rt")])],
                rt,
                boost: "6 fractions a week over 5.5 weeks",
                per_week,
                is_nested: true,
            },
        );
    }
}

#[test]
fn twice_daily_on_five_days_a_week_are_ten_fractions() {
    for rt in [
        "45 Gy in 30 fractions, twice daily, 5 days a week",
        "1.5 Gy twice daily, 5 days per week, to a total of 45 Gy in 30 fractions",
        "1.5 Gy bid, five days per week, 45 Gy in 30 fractions",
    ] {
        course(Clean, rt, "45 Gy in 30", 10);
        course(Accused, rt, "45 Gy in 30", 5);
    }
    course(
        Clean,
        "45 Gy in 25 fractions, once daily, 5 days a week",
        "45 Gy in 25",
        5,
    );
}

#[test]
fn a_total_goes_with_its_own_fractions() {
    let rt = "45 Gy in 25 fractions, or 50.4 Gy in 28 fractions, 5 fractions a week";
    course(Clean, rt, "45 Gy in 25", 5);
    course(Accused, rt, "45 Gy in 28", 5);
    let range = "45-50.4 Gy in 25-28 fractions, 5 fractions a week";
    course(Clean, range, "50.4 Gy in 28", 5);
    course(Accused, range, "50.4 Gy in 25", 5);
    course(
        Accused,
        "36.25 Gy in five fractions, 5 fractions a week",
        "36.25 Gy in 1",
        5,
    );
    course(
        Accused,
        "25 Gy delivered in five daily fractions of 5 Gy, 5 fractions a week",
        "25 Gy in 1",
        5,
    );
    let boost = |expected: Expected, pelvis: &str, tumour: &str, rt: &str| {
        one(
            expected,
            &Treatment {
                phases: &[
                    ("p", &[("pelvis", pelvis, "rt")]),
                    ("b", &[("tumour", tumour, "rt")]),
                ],
                rt,
                boost: "",
                per_week: USUAL,
                is_nested: true,
            },
        );
    };
    let rt = "46 Gy in 23 fractions to the pelvis, then a boost of 14 Gy in 7 fractions";
    boost(Clean, "46 Gy in 23", "14 Gy in 7", rt);
    boost(Accused, "14 Gy in 7", "46 Gy in 23", rt);
    let all = format!("{rt} giving a total of 60 Gy in 30 fractions");
    boost(Clean, "46 Gy in 23", "14 Gy in 7", &all);
    boost(Accused, "14 Gy in 7", "46 Gy in 23", &all);
    boost(
        Accused,
        "46 Gy in 23",
        "14 Gy in 30",
        &format!("{rt}, 60 Gy in 30 fractions in all"),
    );
    // one fraction beside others
    let rt = "45 Gy in 25 fractions to the pelvis and 10 Gy intraoperatively to the tumour";
    boost(Clean, "45 Gy in 25", "10 Gy in 1", rt);
}

#[test]
fn each_volume_has_its_own_dose_of_a_simultaneous_boost() {
    let both = |expected: Expected, pelvis: &str, tumour: &str, rt: &str| {
        one(
            expected,
            &Treatment {
                phases: &[("p", &[("pelvis", pelvis, "rt"), ("tumour", tumour, "rt")])],
                rt,
                boost: "",
                per_week: USUAL,
                is_nested: true,
            },
        );
    };
    for rt in [
        "1.8 Gy per fraction to the pelvis and 2.2 Gy per fraction to the tumour, 25 fractions",
        "45 Gy to the pelvis and 55 Gy to the tumour in 25 fractions",
        "55 Gy and 45 Gy in 25 fractions to the tumour and the pelvis, respectively",
        "45 Gy to the pelvis with a simultaneous integrated boost of 55 Gy to the tumour, 25 fractions",
    ] {
        both(Clean, "45 Gy in 25", "55 Gy in 25", rt);
        both(Accused, "55 Gy in 25", "45 Gy in 25", rt);
        both(Accused, "45 Gy in 25", "45 Gy in 25", rt);
        both(Accused, "55 Gy in 25", "55 Gy in 25", rt);
    }
    let rt = "45 Gy in 25 fractions with a simultaneous integrated boost to 55 Gy";
    both(Clean, "45 Gy in 25", "55 Gy in 25", rt);
    both(Accused, "45 Gy in 25", "45 Gy in 25", rt);
    both(Accused, "55 Gy in 25", "55 Gy in 25", rt);
}

#[test]
fn morning_and_evening_are_twice_a_day() {
    let drug = |amount: &str, times: u32| {
        format!(
            "drug capecitabine; {amount}; administrations_per_day = {times}; days = \"radiotherapy_days\""
        )
    };
    let rx = "capecitabine 825 mg/m2 in the morning and 825 mg/m2 in the evening on each radiotherapy day";
    regimens(Clean, rx, &drug("intensity = \"825 mg/m2\"", 2));
    regimens(Accused, rx, &drug("intensity = \"825 mg/m2\"", 1));
    regimens(Accused, rx, &drug("intensity = \"825 mg/m2\"", 4));
    regimens(Accused, rx, &drug("intensity_per_day = \"825 mg/m2/d\"", 2));
    let rx =
        "capecitabine 1500 mg in the morning and 1500 mg in the evening on each radiotherapy day";
    regimens(Clean, rx, &drug("dose = \"1500 mg\"", 2));
    let rx =
        "capecitabine 1500 mg in the morning and 1000 mg in the evening on each radiotherapy day";
    regimens(Accused, rx, &drug("dose = \"1500 mg\"", 2));
    let rx = "temozolomide 75 mg/m2 one hour before each fraction";
    let drug = |times: u32| {
        format!(
            "drug temozolomide; intensity = \"75 mg/m2\"; administrations_per_day = {times}; days = \"radiotherapy_days\""
        )
    };
    regimens(Clean, rx, &drug(1));
    regimens(Accused, rx, &drug(2));
}

#[test]
fn cycles_said_behind_two_drugs_are_those_of_both() {
    let both = |cycles: u32| {
        let days = format!("days = {{ days = \"1-5\", every = 28, cycles = {cycles} }}");
        format!(
            "leucovorin leucovorin; intensity = \"20 mg/m2\"; {days}\nfluorouracil fluorouracil; intensity = \"425 mg/m2\"; {days}"
        )
    };
    let rx = "leucovorin 20 mg/m2 and fluorouracil 425 mg/m2 as bolus on days 1-5 every 28 days, 4 cycles";
    regimens(Clean, rx, &both(4));
    regimens(Accused, rx, &both(6));
    let apart = "leucovorin 20 mg/m2 on days 1-5 every 28 days, followed by fluorouracil 425 mg/m2 on days 1-5 every 28 days, 4 cycles";
    regimens(Accused, apart, &both(4));
    let first = "leucovorin 20 mg/m2 on days 1-5 every 28 days, 4 cycles, and fluorouracil 425 mg/m2 on days 1-5 every 28 days";
    regimens(Accused, first, &both(4));
}

#[test]
fn times_of_several_weeks_and_weeks_of_a_weekly_drug() {
    let rx = "gemcitabine 40 mg/m2 twice weekly for 4 weeks";
    let drug = |days: &str| format!("drug gemcitabine; intensity = \"40 mg/m2\"; days = {days}");
    regimens(Clean, rx, &drug("{ per_week = 2, times = 8 }"));
    regimens(Accused, rx, &drug("{ per_week = 2, times = 4 }"));
    regimens(
        Clean,
        "gemcitabine 40 mg/m2 twice weekly, 8 doses",
        &drug("{ per_week = 2, times = 8 }"),
    );
    // as long as the 5 weeks of radiotherapy
    regimens(
        Clean,
        "gemcitabine 40 mg/m2 weekly for 5 weeks",
        &drug("\"weekly\""),
    );
    regimens(
        Accused,
        "gemcitabine 40 mg/m2 weekly for 3 weeks",
        &drug("\"weekly\""),
    );
    regimens(
        Clean,
        "gemcitabine 40 mg/m2 weekly for 3 weeks",
        &drug("{ weekly = 3 }"),
    );
    // a rest makes a cycle
    let rx =
        "gemcitabine 40 mg/m2 weekly for three weeks followed by one week of rest, for six cycles";
    regimens(
        Clean,
        rx,
        &drug("{ days = \"1, 8, 15\", every = 28, cycles = 6 }"),
    );
    regimens(
        Accused,
        rx,
        &drug("{ days = \"1-15\", every = 28, cycles = 6 }"),
    );
    regimens(
        Accused,
        rx,
        &drug("{ days = \"1, 8\", every = 28, cycles = 6 }"),
    );
    regimens(
        Accused,
        rx,
        &drug("{ days = \"1, 8, 15\", every = 21, cycles = 6 }"),
    );
    let rx = "gemcitabine 40 mg/m2 on days 1 and 8 of each 21-day cycle, 6 cycles";
    regimens(
        Clean,
        rx,
        &drug("{ days = \"1, 8\", every = 21, cycles = 6 }"),
    );
    let rx = "gemcitabine 40 mg/m2 daily for 14 of every 21 days, eight cycles";
    regimens(
        Accused,
        rx,
        &drug("{ days = \"1\", every = 21, cycles = 8 }"),
    );
    for rx in [
        "gemcitabine 40 mg/m2 a week, 5 times",
        "gemcitabine 40 mg/m2 weekly, 5 times",
    ] {
        let drug = |times: u32| {
            format!(
                "drug gemcitabine; intensity = \"40 mg/m2\"; administrations_per_day = {{ value = {times}, reason = \"once a week is 1 on its day\" }}; days = {{ weekly = 5 }}"
            )
        };
        regimens(Clean, rx, &drug(1));
        regimens(Accused, rx, &drug(5));
    }
    regimens(
        Accused,
        "gemcitabine 40 mg/m2 weekly (x 5)",
        "drug gemcitabine; intensity = \"40 mg/m2\"; administrations_per_day = 5; days = \"weekly\"",
    );
}

#[test]
fn one_infusion_over_several_days_begins_on_the_first() {
    let drug = |amount: &str, hours: &str, days: &str| {
        format!(
            "drug fluorouracil; {amount}; infusion = {hours:?}; days = {days}; day_one = {{ value = \"first_fraction\", reason = \"counted from it\" }}"
        )
    };
    let total = "intensity = \"4000 mg/m2\"";
    let rx = "5-FU 4000 mg/m2 over 96 hours, days 1-4 and 29-32";
    regimens(Clean, rx, &drug(total, "96 h", "{ days = \"1, 29\" }"));
    regimens(Accused, rx, &drug(total, "96 h", "{ days = \"1, 30\" }"));
    regimens(Accused, rx, &drug(total, "96 h", "{ days = \"1\" }"));
    let rx = "5-FU 1000 mg/m2/24 hrs x 96 hrs on days 1-4 and 29-32";
    let daily = "intensity_per_day = \"1000 mg/m2/d\"";
    regimens(Clean, rx, &drug(daily, "96 h", "{ days = \"1-4, 29-32\" }"));
    regimens(Accused, rx, &drug(daily, "96 h", "{ days = \"1, 29\" }"));
    regimens(
        Accused,
        rx,
        &drug(daily, "120 h", "{ days = \"1-4, 29-32\" }"),
    );
    // an infusion of 2 h is not continuous
    regimens(
        Accused,
        "oxaliplatin 85 mg/m2 as a continuous infusion over 2 hours weekly",
        "drug oxaliplatin; intensity = \"85 mg/m2\"; infusion = \"continuous\"; days = \"weekly\"",
    );
    let drug = |days: &str| {
        format!(
            "drug fluorouracil; intensity_per_day = \"200 mg/m2/d\"; infusion = \"continuous\"; days = {days}"
        )
    };
    let rx = "continuous infusional 5-FU (200 mg/m2/d) for the entire period of radiotherapy";
    regimens(Clean, rx, &drug("\"calendar_days\""));
    regimens(Accused, rx, &drug("\"radiotherapy_days\""));
    regimens(
        Accused,
        "continuous infusional 5-FU (200 mg/m2/d)",
        &drug("\"calendar_days\""),
    );
}

#[test]
fn a_day_that_is_explained_and_a_loading_dose() {
    let drug = |days: &str| format!("drug bevacizumab; dose = \"5 mg/kg\"; days = {days}");
    let rx = "bevacizumab 5 mg/kg every 2 weeks; day 15 is the first day of radiotherapy";
    regimens(Clean, rx, &drug("{ days = \"1\", every = 14 }"));
    regimens(Accused, rx, &drug("{ days = \"1\", every = 21 }"));
    let both = |first: &str| {
        format!(
            "one cetuximab; intensity = \"400 mg/m2\"; days = {{ days = {first:?} }}; day_one = {{ value = \"first_dose\", reason = \"the loading dose\" }}\ntwo cetuximab; intensity = \"250 mg/m2\"; days = \"weekly\""
        )
    };
    let rx = "cetuximab 400 mg/m2 as a loading dose, then 250 mg/m2 weekly during radiotherapy";
    regimens(Clean, rx, &both("1"));
    regimens(Accused, rx, &both("8"));
}

#[test]
fn caps_of_a_day_and_what_reasons_make_of_amounts() {
    let rx = "capecitabine 825 mg/m2 twice daily (maximum 3600 mg per day) on radiotherapy days";
    let drug = |cap: &str| {
        format!(
            "drug capecitabine; intensity = \"825 mg/m2\"; administrations_per_day = 2{cap}; days = \"radiotherapy_days\""
        )
    };
    regimens(Clean, rx, &drug(""));
    let half = "; cap = { value = \"1800 mg\", reason = \"3600 mg / 2 = 1800 mg\" }";
    regimens(Clean, rx, &drug(half));
    let twice = "; cap = { value = \"7200 mg\", reason = \"2 x 3600 mg = 7200 mg\" }";
    regimens(Accused, rx, &drug(twice));
    let rx = "cisplatin 40 mg/m2 weekly for 5 weeks";
    let drug = |intensity: &str| {
        format!("drug cisplatin; intensity = {intensity}; days = {{ weekly = 5 }}")
    };
    regimens(Clean, rx, &drug("\"40 mg/m2\""));
    regimens(
        Accused,
        rx,
        &drug("{ value = \"200 mg/m2\", reason = \"5 x 40 mg/m2 = 200 mg/m2\" }"),
    );
    let rx = "fluorouracil 5000 mg/m2 over 5 days by continuous infusion from day 1";
    let drug = |daily: &str| {
        format!(
            "drug fluorouracil; intensity_per_day = {daily}; days = {{ value = {{ days = \"1-5\" }}, reason = \"5 days from day 1: days 1-5\" }}; day_one = {{ value = \"first_fraction\", reason = \"counted from it\" }}"
        )
    };
    regimens(
        Clean,
        rx,
        &drug("{ value = \"1000 mg/m2/d\", reason = \"5000 mg/m2 / 5 d = 1000 mg/m2/d\" }"),
    );
    regimens(
        Accused,
        rx,
        &drug("{ value = \"1250 mg/m2/d\", reason = \"5000 mg/m2 / 4 d = 1250 mg/m2/d\" }"),
    );
    // two regimens of one drug have each its amount
    let rx =
        "fluorouracil 400 mg/m2 bolus on day 1 followed by 2400 mg/m2 over 46 hours, every 2 weeks";
    let both = |first: &str| {
        format!(
            "one fluorouracil; intensity = {first:?}; days = {{ days = \"1\", every = 14 }}\ntwo fluorouracil; intensity = \"2400 mg/m2\"; infusion = \"46 h\"; days = {{ days = \"1\", every = 14 }}"
        )
    };
    regimens(Clean, rx, &both("400 mg/m2"));
    regimens(Accused, rx, &both("2400 mg/m2"));
    let rx = "capecitabine 825 mg/m2 twice daily on radiotherapy days, followed by adjuvant capecitabine 1250 mg/m2 twice daily on days 1-14 every 21 days for 4 cycles";
    let both = |days: &str| {
        format!(
            "one capecitabine; intensity = \"825 mg/m2\"; administrations_per_day = 2; days = {days}\ntwo capecitabine; intensity = \"1250 mg/m2\"; administrations_per_day = 2; days = {{ days = \"1-14\", every = 21, cycles = 4 }}"
        )
    };
    regimens(
        Accused,
        rx,
        &both("{ days = \"1-14\", every = 21, cycles = 4 }"),
    );
    // a reason without words
    let rx = "capecitabine 825 mg/m2 on radiotherapy days";
    let drug = |reason: &str| {
        format!(
            "drug capecitabine; intensity = \"825 mg/m2\"; administrations_per_day = {{ value = 2, reason = {reason:?} }}; days = \"radiotherapy_days\""
        )
    };
    regimens(Accused, rx, &drug("2 a day"));
    regimens(
        Clean,
        rx,
        &drug("morning and evening, as the label says: 2 a day"),
    );
}

#[test]
fn arms_are_named_by_several_words_and_by_several_facts() {
    let (low, high) = ("60 Gy in 30", "74 Gy in 37");
    let rt = "high-dose arm: 74 Gy in 37 fractions; standard-dose arm: 60 Gy in 30 fractions";
    let named = |expected: Expected, first: &str, second: &str| {
        let text = arms_text((rt, ""), (first, second), ("", ""));
        let text = text
            .replace("\"A\", \"B\"", "\"standard_dose\", \"high_dose\"")
            .replace("allocation = \"A\"", "allocation = \"standard_dose\"")
            .replace("allocation = \"B\"", "allocation = \"high_dose\"");
        hold(expected, &codes(&text), &text);
    };
    named(Clean, low, high);
    named(Accused, high, low);
    let rt = "arm A: 60 Gy in 30 fractions; arm B: 74 Gy in 37 fractions";
    let also = |expected: Expected, first: &str, second: &str| {
        let text = arms_text((rt, ""), (first, second), ("", ""));
        let text = text
            .replace("[[volumes]]\nname = \"pelvis\"", "[[facts]]\nid = \"a_centre\"\nquestion = \"Which centre?\"\nchoices = [\"north\", \"south\"]\n[[volumes]]\nname = \"pelvis\"")
            .replace("when = { allocation = \"A\" }", "when = { a_centre = \"north\", allocation = \"A\" }")
            .replace("when = { allocation = \"B\" }", "when = { a_centre = \"north\", allocation = \"B\" }");
        let mut found = codes(&text);
        found.retain(|(code, _)| code == "protocol.passage_arm");
        hold(expected, &found, &text);
    };
    also(Clean, low, high);
    also(Accused, high, low);
}

#[test]
fn a_choice_that_is_a_number_has_that_value() {
    let of = |expected: Expected, values: &str| {
        one(
            expected,
            &Treatment {
                phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
                rt: "45 Gy in 25 fractions to the pelvis",
                boost: "",
                per_week: &format!(
                    "{{ id = \"often\", question = \"How often a week?\", why = \"not said\", choices = [\"5\", \"6\"], from = [], values = {values} }}"
                ),
                is_nested: true,
            },
        );
    };
    of(Clean, "[5, 6]");
    of(Accused, "[4, 6]");
    of(Accused, "[6, 5]");
}

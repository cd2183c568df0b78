//! Doses that are not per square metre, caps, days by the week, and what day 1 is.

use crate::citations::SHORT;
use crate::passages::{codes, drug};
use chemorad_protocol::{DayOne, DrugDays, DrugDose, Format, Linted, ProtocolFile};

#[test]
fn texts_are_read_as_they_are_written() {
    for text in ["100 mg", "1.5 mg/kg", "AUC 2", "AUC 1.5"] {
        let dose: DrugDose = text.parse().unwrap();
        assert_eq!(dose.to_string(), text);
    }
    assert_eq!("1 g".parse::<DrugDose>().unwrap().to_string(), "1000 mg");
    for text in [
        "first_fraction",
        "first_dose",
        "registration",
        "step: surgery",
    ] {
        assert_eq!(text.parse::<DayOne>().unwrap().to_string(), text);
    }
    for wrong in [
        "",
        "100",
        "mg",
        "-5 mg",
        "0 mg",
        "50001 mg",
        "1001 mg/kg",
        "AUC",
        "AUC 21",
        "AUC -1",
        "5 mg/m2",
        "5 mg/kg/d",
        "5,5 mg",
        "NaN mg",
    ] {
        let refused = wrong.parse::<DrugDose>().unwrap_err().to_string();
        assert!(refused.contains("5 mg/kg"), "{wrong}: {refused}");
    }
    for wrong in ["", "step:", "step: ", "surgery", "day 1"] {
        assert!(wrong.parse::<DayOne>().is_err(), "{wrong}");
    }
}

#[test]
fn days_by_the_week_are_read_and_written_alike() {
    for (json, words) in [
        (r#""weekly""#, "once a week during radiotherapy"),
        (r#"{"weekly":5}"#, "once a week, 5 times"),
        (r#"{"per_week":2}"#, "twice a week during radiotherapy"),
        (r#"{"per_week":3,"times":9}"#, "3 times a week, 9 times"),
    ] {
        let days: DrugDays = serde_json::from_str(json).unwrap();
        assert_eq!(days.to_string(), words);
        assert_eq!(serde_json::to_string(&days).unwrap(), json);
    }
    let same: DrugDays = serde_json::from_str(r#"{"per_week":1}"#).unwrap();
    assert_eq!(serde_json::to_string(&same).unwrap(), r#""weekly""#);
    for wrong in [
        r#"{"per_week":7}"#,
        r#"{"per_week":0}"#,
        r#"{"times":5}"#,
        r#"{"weekly":5,"per_week":2}"#,
    ] {
        assert!(serde_json::from_str::<DrugDays>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn doses_and_caps_are_held_against_their_words() {
    let found = |dose: &str, cap: &str, words: &str| {
        let fields = format!(
            "dose = {{ value = \"{dose}\", QUOTE }}\ncap = {{ value = \"{cap}\", QUOTE }}\nadministrations_per_day = {{ value = 1, reason = \"once: 1\", QUOTE }}\ndays = {{ value = \"weekly\", QUOTE }}"
        );
        drug(&fields, words)
    };
    let words = "capecitabine 5 mg/kg weekly, at most 400 mg";
    assert!(found("5 mg/kg", "400 mg", words).is_empty());
    assert!(!found("6 mg/kg", "400 mg", words).is_empty());
    assert!(!found("5 mg/kg", "500 mg", words).is_empty());
    for right in [
        "capecitabine 5 mg/kg weekly, at most 0.4 g",
        "capecitabine 5mg per kg weekly, at most 400 milligrams",
    ] {
        assert!(found("5 mg/kg", "400 mg", right).is_empty(), "{right}");
    }
    // other units, and a number of something else
    for wrong in [
        "capecitabine 5 mg/kg weekly, at most 400 g",
        "capecitabine 5 mg/m2 weekly, at most 400 mg",
        "capecitabine weekly with 5 fractions, at most 400 mg",
    ] {
        let codes = found("5 mg/kg", "400 mg", wrong);
        assert!(
            codes.iter().any(|code| code == "protocol.quote_number"),
            "{wrong}: {codes:?}"
        );
    }
    let area = "capecitabine AUC 2 day 1, at most 400 mg";
    assert!(
        !found("AUC 2", "400 mg", area)
            .iter()
            .any(|code| code == "protocol.quote_number")
    );
}

#[test]
fn a_cap_can_rest_on_a_reason() {
    let times = "administrations_per_day = 2\n";
    assert!(SHORT.contains(times));
    let by = |reason: &str| {
        let cap = format!("{times}cap = {{ value = \"1000 mg\", reason = \"{reason}\" }}\n");
        codes(&SHORT.replace(times, &cap))
    };
    assert_eq!(by("the largest dose of the pharmacy, 1000 mg"), vec![]);
    for wrong in ["the largest dose of the pharmacy, 900 mg", "1000 mg/m2"] {
        assert!(
            by(wrong)
                .iter()
                .any(|(code, _)| code == "protocol.derived_number"),
            "{wrong}"
        );
    }
}

#[test]
fn a_named_day_one_settles_days_after_the_course() {
    let text = include_str!("../fixtures/days-after-course.toml");
    let days = "days = { value = { days = \"22-35, 43-56\" }";
    for day_one in [
        "day_one = { value = \"registration\", reason = \"the text counts from registration\", quote = \"capecitabine 825 mg/m2 bid on days 22-35 and 43-56\", locator = \"2\" }",
        "day_one.question.id = \"day_one\"\nday_one.question.question = \"What is day 1?\"\nday_one.question.why = \"The text does not say it.\"\nday_one.question.choices = [\"first fraction\", \"registration\"]\nday_one.values = [\"first_fraction\", \"registration\"]",
    ] {
        let settled = text.replace(days, &format!("{day_one}\n{days}"));
        assert_eq!(codes(&settled), vec![], "{day_one}");
    }
}

#[test]
fn they_cite_their_passages_and_are_converted() {
    let square = "intensity = \"825 mg/m2\"\nadministrations_per_day = 2\nintensity_per_day = { value = \"1650 mg/m2/d\", reason = \"2 x 825 mg/m2 = 1650 mg/m2/d\" }\n";
    let words = "oral capecitabine 825 mg/m2 twice daily";
    assert!(SHORT.contains(square) && SHORT.contains(words));
    let text = SHORT
        .replace(words, "oral capecitabine 5 mg/kg once daily, at most 400 mg, from registration")
        .replace(
            square,
            "dose = \"5 mg/kg\"\ncap = { value = \"400 mg\", from = \"rx\" }\nadministrations_per_day = 1\nday_one = { value = \"registration\", from = \"rx\" }\n",
        );
    let file = ProtocolFile::parse("short.toml", &text, Format::Toml).unwrap();
    let drug = &file.protocol.drugs[0];
    let quotes = [
        drug.dose.as_ref().unwrap().quotes(),
        drug.cap.as_ref().unwrap().quotes(),
        drug.day_one.as_ref().unwrap().quotes(),
    ];
    for quotes in quotes {
        assert!(quotes[0].text.contains("5 mg/kg once daily"));
    }
    let full = serde_json::to_string(&file.protocol).unwrap();
    let first = ProtocolFile::parse("first.json", &full, Format::Json).unwrap();
    let converted = first.converted().unwrap();
    let second = ProtocolFile::parse("second.json", &converted, Format::Json).unwrap();
    assert_eq!(second.protocol, file.protocol);
    assert!(!converted.contains("\"quote\""), "{converted}");
}

#[test]
fn a_dose_without_its_times_is_said_at_the_dose() {
    let (before, behind) = SHORT.split_once("intensity = ").unwrap();
    let (_, behind) = behind.split_once("days.question").unwrap();
    let text = format!("{before}dose = \"5 mg/kg\"\ndays.question{behind}");
    let text = text.replace("825 mg/m2 twice daily", "5 mg/kg");
    let linted = Linted::of(ProtocolFile::parse("short.toml", &text, Format::Toml));
    let times: Vec<String> = linted
        .findings
        .iter()
        .filter(|located| located.finding.is("protocol.drug_times"))
        .map(|located| located.finding.at())
        .collect();
    assert_eq!(times, ["drugs.capecitabine.dose"]);
}

//! Values against the kind of their words: both ways, over notations.

use chemorad::report::Outcome;
use chemorad_protocol::{Format, ProtocolFile};

/// A protocol of one course and one drug.
fn protocol(
    drug: &str,
    quote: &str,
    fractionation: &str,
    course_quote: &str,
    per_week: &str,
) -> String {
    let drug = drug.replace("QUOTE", &format!("quote = {quote:?}, locator = \"t\""));
    let of =
        |value: &str| format!("{{ value = {value}, quote = {course_quote:?}, locator = \"t\" }}");
    format!(
        r#"schema = "chemorad.protocol/1"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", reason = "as the text says", quote = "pelvis", locator = "t" }}
[[phases]]
name = "p"
modality = {{ value = "external_beam", reason = "fractions of about 2 Gy", quote = "{course_quote}", locator = "t" }}
[[phases.doses]]
volume = "pelvis"
fractionation = {fractionation}
[[courses]]
id = "c"
title = "radiotherapy"
quote = {{ text = "{course_quote}", locator = "t" }}
phases = ["p"]
order = {{ value = "single_phase", reason = "one phase", quote = "{course_quote}", locator = "t" }}
fractions_per_week = {{ value = {per_week}, reason = "as usual: {per_week}", quote = "{course_quote}", locator = "t" }}
[[drugs]]
id = "drug"
{drug}
[[arms]]
id = "all"
title = "Everyone"
when = {{ value = "everyone", reason = "one arm", quote = "{course_quote}", locator = "t" }}
[[arms.options]]
id = "o"
title = "chemoradiotherapy"
quote = {{ text = "{course_quote}", locator = "t" }}
[[arms.options.actions]]
action = "radiotherapy"
course = {{ value = "c", quote = "{course_quote}", locator = "t" }}
concurrent_drugs = {{ value = ["drug"], quote = {quote:?}, locator = "t" }}
"#,
        fractionation = of(fractionation)
    )
}

/// The codes of lint, but for notes on a protocol as short as these.
fn codes(text: &str) -> Vec<(String, Outcome)> {
    let file =
        ProtocolFile::parse("t.toml", text, Format::Toml).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let findings = file.protocol.lint();
    findings
        .iter()
        .map(|finding| (finding.code().to_owned(), finding.outcome))
        .collect()
}

fn drug(fields: &str, quote: &str) -> Vec<String> {
    let drug = format!(
        "drug = {{ value = \"capecitabine\", reason = \"as named\", QUOTE }}\nroute = {{ value = \"intravenous\", reason = \"as given\", QUOTE }}\n{fields}"
    );
    let text = protocol(
        &drug,
        quote,
        "\"45 Gy in 25\"",
        "45 Gy in 25 fractions",
        "5",
    );
    codes(&text).into_iter().map(|(code, _)| code).collect()
}

fn amount(key: &str, value: &str, times: &str, quote: &str) -> Vec<String> {
    let times = match times {
        "" => String::new(),
        times => format!(
            "administrations_per_day = {{ value = {times}, reason = \"{times} a day\", QUOTE }}\n"
        ),
    };
    drug(
        &format!(
            "{key} = {{ value = \"{value}\", QUOTE }}\n{times}days = {{ value = \"radiotherapy_days\", reason = \"as usual\", QUOTE }}"
        ),
        quote,
    )
}

#[test]
fn an_amount_of_another_kind_fails() {
    for (key, value, times, quote) in [
        (
            "intensity_per_day",
            "825 mg/m2/d",
            "2",
            "capecitabine 825 mg/m2 twice daily",
        ),
        (
            "intensity_per_day",
            "825 mg/m2/d",
            "",
            "capecitabine 825 mg/m2 b.i.d.",
        ),
        (
            "intensity_per_day",
            "825 mg/m2/d",
            "2",
            "capecitabine 825 mg m-2 every 12 hours",
        ),
        (
            "intensity",
            "1650 mg/m2",
            "2",
            "capecitabine 1650 mg/m2 per day in two doses",
        ),
        (
            "intensity",
            "1650 mg/m2",
            "2",
            "a daily dose of 1650 mg/m2 of capecitabine",
        ),
        (
            "intensity",
            "1650 mg/m2",
            "2",
            "capecitabine 1650 mg/m2/24 h",
        ),
        (
            "intensity",
            "1650 mg/m2",
            "2",
            "capecitabine 1650 mg/m2 daily",
        ),
        (
            "intensity_per_day",
            "4000 mg/m2/d",
            "",
            "capecitabine 4000 mg/m2 over 4 days",
        ),
        (
            "intensity_per_day",
            "4000 mg/m2/d",
            "",
            "capecitabine 4,000 mg/m2 over 96 h",
        ),
        (
            "intensity_per_day",
            "1575 mg/m2/d",
            "",
            "capecitabine 1575 mg/m2/7 days",
        ),
        (
            "intensity_per_day",
            "80 mg/m2/d",
            "",
            "capecitabine 80 mg/m2/week",
        ),
    ] {
        let found = amount(key, value, times, quote);
        assert!(
            found.contains(&"protocol.passage_intensity".to_owned()),
            "{quote}: {found:?}"
        );
    }
}

#[test]
fn an_amount_of_its_own_kind_is_not_accused() {
    for (key, value, times, quote) in [
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/m2 twice daily",
        ),
        ("intensity", "825 mg/m2", "2", "capecitabine 825 mg m−2 bd"),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/m(2) q12h",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg per square metre twice a day",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/sqm b.d.",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "twice-daily capecitabine 825 mg/m²",
        ),
        (
            "intensity_per_day",
            "1650 mg/m2/d",
            "",
            "capecitabine 1650 mg/m2 per day in two doses",
        ),
        (
            "intensity_per_day",
            "1650 mg/m2/d",
            "",
            "capecitabine 1650 mg/m2 daily",
        ),
        (
            "intensity_per_day",
            "1000 mg/m2/d",
            "",
            "capecitabine 1000 mg/m2 over 24 h",
        ),
        (
            "intensity_per_day",
            "1000 mg/m2/d",
            "",
            "capecitabine 4000 mg/m2 over 4 days (1000 mg/m2/day)",
        ),
        (
            "intensity",
            "4000 mg/m2",
            "1",
            "capecitabine 4000 mg/m2 over 96 h",
        ),
        ("intensity", "40 mg/m2", "1", "capecitabine 40 mg/m2 weekly"),
        (
            "intensity",
            "75 mg/m2",
            "1",
            "capecitabine 75 mg/m2 per day",
        ),
    ] {
        let mut found = amount(key, value, times, quote);
        // the total beside the day's amount is no value of the protocol
        found.retain(|code| code != "protocol.text_number");
        assert!(found.is_empty(), "{quote}: {found:?}");
    }
}

#[test]
fn days_are_held_against_the_words_of_their_own_drug() {
    let days = |value: &str, words: &str| {
        let fields = format!(
            "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = {value}, QUOTE }}"
        );
        drug(
            &fields,
            &format!("capecitabine 825 mg/m2 twice daily {words}"),
        )
    };
    let wrong = "protocol.passage_days".to_owned();
    for (value, words) in [
        ("\"radiotherapy_days\"", "at weekends"),
        ("\"radiotherapy_days\"", "7 days a week"),
        ("\"radiotherapy_days\"", "including weekends"),
        (
            "\"radiotherapy_days\"",
            "on days of radiotherapy and at weekends",
        ),
        ("\"radiotherapy_days\"", "3 days a week"),
        ("\"calendar_days\"", "Mon-Fri"),
        ("\"weekdays\"", "7 days per week during radiotherapy"),
        ("\"weekdays\"", "on days of radiotherapy"),
        ("\"calendar_days\"", "5 days a week"),
        ("\"calendar_days\"", "from Monday to Friday"),
        ("\"calendar_days\"", "on radiotherapy days only"),
        ("{ days = \"16-20\" }", "with fractions 16 to 20"),
        ("{ days = \"1-8\" }", "on days 1 and 8"),
        ("{ days = \"1, 5\" }", "on days 1-5"),
    ] {
        assert!(days(value, words).contains(&wrong), "{value} {words}");
    }
    for (value, words) in [
        ("\"radiotherapy_days\"", "on the days of radiotherapy"),
        ("\"radiotherapy_days\"", "5 days a week during radiotherapy"),
        ("\"radiotherapy_days\"", "during radiotherapy"),
        ("\"radiotherapy_days\"", "every day of radiotherapy"),
        (
            "\"radiotherapy_days\"",
            "Monday to Friday during radiotherapy",
        ),
        ("\"weekdays\"", "but not on weekends"),
        ("{ days = \"1-5, 29-33\" }", "on days 1-5 and days 29-33"),
        ("\"weekdays\"", "Monday to Friday"),
        ("\"weekdays\"", "5 days a week"),
        ("\"calendar_days\"", "7 days a week"),
        ("\"calendar_days\"", "continuously"),
        ("{ days = \"1-14\" }", "on days 1-14"),
        // the days of another drug say nothing about this one
        (
            "\"calendar_days\"",
            "7 days a week, and oxaliplatin 50 mg/m2 on days 1 and 8, 5 days a week",
        ),
    ] {
        assert!(!days(value, words).contains(&wrong), "{value} {words}");
    }
}

#[test]
fn weeks_go_with_the_fractions_and_the_fractions_a_week() {
    let weeks = |fractions: u32, per_week: &str, weeks: &str| {
        let total = 18 * fractions;
        let dose = format!("\"{}.{} Gy in {fractions}\"", total / 10, total % 10);
        let quote = format!(
            "{}.{} Gy in {fractions} fractions over {weeks}",
            total / 10,
            total % 10
        );
        let drug = "drug = { value = \"capecitabine\", reason = \"as named\", QUOTE }\nroute = { value = \"oral\", reason = \"tablets\", QUOTE }\nintensity = { value = \"825 mg/m2\", QUOTE }\nadministrations_per_day = { value = 2, QUOTE }\ndays = { value = \"radiotherapy_days\", reason = \"as usual\", QUOTE }";
        let text = protocol(drug, "capecitabine 825 mg/m2 bid", &dose, &quote, per_week);
        codes(&text).contains(&("protocol.passage_weeks".into(), Outcome::Warn))
    };
    for (fractions, per_week, words, wrong) in [
        (28, "5", "5 weeks", true),
        (28, "5", "5.5 weeks", false),
        (28, "5", "6 weeks", false),
        (28, "5", "5-6 weeks", false),
        (28, "5", "7 weeks", true),
        (28, "6", "4.5 weeks", false),
        (28, "6", "5 weeks", false),
        (28, "6", "5.5 weeks", true),
        (25, "5", "5 weeks", false),
        (25, "5", "6 weeks", true),
        (25, "5", "4 weeks", true),
        (30, "10", "3 weeks", false),
        (5, "5", "1 week", false),
        (33, "6", "5.5 weeks", false),
    ] {
        assert_eq!(
            weeks(fractions, per_week, words),
            wrong,
            "{fractions} at {per_week}: {words}"
        );
    }
}

#[test]
fn notations_of_one_value_are_true() {
    for (key, value, times, quote) in [
        ("intensity", "825 mg/m2", "2", "capecitabine 825 mg m-2 bd"),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg.m-2 b.d.",
        ),
        ("intensity", "825 mg/m2", "2", "capecitabine 825 mg m−2 BD"),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/m(2) q12h",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/m^2 every 12 hours",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg per square meter twice a day",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 0.825 g/m2 twice per day",
        ),
    ] {
        let found = drug(
            &format!(
                "{key} = {{ value = \"{value}\", QUOTE }}\nadministrations_per_day = {{ value = {times}, QUOTE }}\ndays = {{ value = \"radiotherapy_days\", reason = \"as usual\", QUOTE }}"
            ),
            quote,
        );
        assert!(found.is_empty(), "{quote}: {found:?}");
    }
    for (days, words) in [
        ("{ days = \"1-14\", every = 21 }", "days 1-14 q21d"),
        ("{ days = \"1-14\", every = 21 }", "days 1 to 14 q3w"),
        ("{ days = \"1-14\", every = 28 }", "d1-14, q28 days"),
        (
            "{ days = \"1-14\", every = 21 }",
            "days 1–14, every three weeks",
        ),
    ] {
        let found = drug(
            &format!(
                "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = {days}, QUOTE }}"
            ),
            &format!("capecitabine 825 mg/m2 bid {words}"),
        );
        assert!(found.is_empty(), "{words}: {found:?}");
    }
}

#[test]
fn days_that_begin_after_the_course_need_the_day_of_the_first_fraction() {
    let text = include_str!("../fixtures/days-after-course.toml");
    let open = vec![("protocol.first_fraction".into(), Outcome::CannotTell)];
    assert_eq!(codes(text), open);
    let days = "days = { value = { days = \"22-35, 43-56\" }";
    let stated = "first_fraction = { value = 22, reason = \"one cycle of 21 days comes before: 21 + 1 = 22\", quote = \"one cycle of 21 days\", locator = \"2\" }\n";
    assert_eq!(
        codes(&text.replace(days, &format!("{stated}{days}"))),
        vec![]
    );
    // days that begin within the course count from its first fraction
    let within = text
        .replace("22-35, 43-56", "1-14, 22-35")
        .replace("22-35 and 43-56", "1-14 and 22-35");
    assert_eq!(codes(&within), vec![]);
}

#[test]
fn a_drug_given_once_a_week_is_not_given_on_every_day() {
    let days = |value: &str, words: &str| {
        let fields = format!(
            "intensity = {{ value = \"40 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 1, reason = \"once: 1\", QUOTE }}\ndays = {{ value = {value}, QUOTE }}"
        );
        let found = drug(&fields, &format!("cisplatin 40 mg/m2 {words}"));
        found.contains(&"protocol.passage_days".to_owned())
    };
    for words in [
        "weekly",
        "once a week",
        "every 3 weeks",
        "on days 1 and 22",
        "in weeks 1 and 5",
    ] {
        for value in ["\"radiotherapy_days\"", "\"weekdays\"", "\"calendar_days\""] {
            assert!(days(value, words), "{value}: {words}");
        }
    }
    assert!(!days("{ weekly = 5 }", "weekly for 5 weeks"));
    assert!(!days("{ weeks = [1, 5] }", "in weeks 1 and 5"));
}

#[test]
fn several_times_the_amount_of_one_administration() {
    for quote in [
        "capecitabine 2 x 825 mg/m2/day",
        "capecitabine 2 × 825 mg/m² daily",
        "capecitabine 825 mg/m2 x 2 per day",
    ] {
        assert_eq!(
            amount("intensity", "825 mg/m2", "2", quote),
            Vec::<String>::new(),
            "{quote}"
        );
        let found = amount("intensity_per_day", "825 mg/m2/d", "2", quote);
        assert!(
            found.contains(&"protocol.passage_intensity".to_owned()),
            "{quote}"
        );
    }
}

#[test]
fn of_two_drugs_each_gets_the_days_said_of_it() {
    let words = "capecitabine 825 mg/m2 bid on days 1-14 and oxaliplatin 50 mg/m2 on days 1, 22";
    let days = |value: &str| {
        let fields = format!(
            "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = {{ days = \"{value}\" }}, QUOTE }}"
        );
        let mut found = drug(&fields, words);
        // the other drug is no part of this protocol
        found.retain(|code| code != "protocol.text_number");
        found
    };
    assert_eq!(days("1-14"), Vec::<String>::new());
    assert!(days("1, 22").contains(&"protocol.drug_days".to_owned()));
    assert!(days("1-13").contains(&"protocol.drug_days".to_owned()));
}

#[test]
fn weekend_breaks_and_none_are_told_apart() {
    let days = |value: &str, words: &str| {
        let fields = format!(
            "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = \"{value}\", QUOTE }}"
        );
        let found = drug(
            &fields,
            &format!("capecitabine 825 mg/m2 twice daily {words}"),
        );
        found.contains(&"protocol.passage_days".to_owned())
    };
    for words in [
        "without weekend breaks",
        "with no weekend break",
        "without a weekend break",
        "including weekends",
    ] {
        assert!(!days("calendar_days", words), "{words}");
        assert!(days("weekdays", words), "{words}");
    }
    for words in [
        "with a weekend break",
        "excluding weekends",
        "no weekends",
        "weekends off",
    ] {
        assert!(days("calendar_days", words), "{words}");
        assert!(!days("weekdays", words), "{words}");
    }
}

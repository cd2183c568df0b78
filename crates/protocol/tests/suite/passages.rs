//! Values against the kind of their words: both ways, over notations.

use chemorad::report::Outcome;
use chemorad_protocol::{Format, ProtocolFile};

/// A protocol of one course and one drug.
pub(crate) fn protocol(
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
pub(crate) fn codes(text: &str) -> Vec<(String, Outcome)> {
    let file =
        ProtocolFile::parse("t.toml", text, Format::Toml).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let findings = file.protocol.lint();
    findings
        .iter()
        .map(|finding| (finding.code().to_owned(), finding.outcome))
        .collect()
}

pub(crate) fn drug(fields: &str, quote: &str) -> Vec<String> {
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
            "administrations_per_day = {{ value = {times}, reason = \"{times} a day, as usual\", QUOTE }}\n"
        ),
    };
    let days = if quote.ends_with("weekly") {
        "{ weekly = 5 }, reason = \"5 weeks: 5\""
    } else if (key, value) == ("intensity", "4000 mg/m2") {
        // an infusion of four days is not begun again on the next
        "{ weeks = [1, 5] }, reason = \"weeks 1 and 5\""
    } else if quote.contains("4000 mg/m2 over 4 days (1000") {
        // four days are not those of the radiotherapy
        "{ days = \"1-4\" }, reason = \"4 days: 1 to 4\""
    } else {
        "\"radiotherapy_days\", reason = \"as usual\""
    };
    drug(
        &format!(
            "{key} = {{ value = \"{value}\", QUOTE }}\n{times}days = {{ value = {days}, QUOTE }}"
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
fn an_amount_for_hours_may_be_a_days_or_a_total() {
    let unclear = "protocol.passage_unclear".to_owned();
    let wrong = "protocol.passage_intensity".to_owned();
    for words in [
        "1000 mg/m2 for 96 hours",
        "1000 mg/m2 for 4 days by continuous infusion",
        "1000 mg/m2 for four days as a continuous infusion",
    ] {
        let quote = format!("capecitabine {words}");
        for (key, value) in [
            ("intensity", "1000 mg/m2"),
            ("intensity_per_day", "1000 mg/m2/d"),
        ] {
            let found = amount(key, value, "", &quote);
            assert!(found.contains(&unclear), "{key} {quote}: {found:?}");
            assert!(!found.contains(&wrong), "{key} {quote}: {found:?}");
        }
    }
    for (key, value, words) in [
        (
            "intensity_per_day",
            "1000 mg/m2/d",
            "1000 mg/m2/day for 96 hours",
        ),
        (
            "intensity_per_day",
            "1000 mg/m2/d",
            "1000 mg/m2 for 96 hours, 4000 mg/m2 in total",
        ),
        ("intensity", "4000 mg/m2", "4000 mg/m2 over 96 hours"),
        (
            "intensity",
            "4000 mg/m2",
            "4000 mg/m2 for 96 hours (1000 mg/m2/day)",
        ),
        (
            "intensity",
            "825 mg/m2",
            "825 mg/m2 twice daily for 14 days",
        ),
    ] {
        let found = amount(key, value, "", &format!("capecitabine {words}"));
        assert!(!found.contains(&unclear), "{words}: {found:?}");
        assert!(!found.contains(&wrong), "{words}: {found:?}");
    }
    // what the passage makes clear is held against the value
    let quote = "capecitabine 4000 mg/m2 for 96 hours (1000 mg/m2/day)";
    let found = amount("intensity_per_day", "4000 mg/m2/d", "", quote);
    assert!(found.contains(&wrong), "{found:?}");
    // a reason settles it
    let found = drug(
        "intensity_per_day = { value = \"1000 mg/m2/d\", reason = \"1000 mg/m2 a day, as the group publishes it elsewhere\", QUOTE }\ndays = { value = \"radiotherapy_days\", reason = \"as usual\", QUOTE }",
        "capecitabine 1000 mg/m2 for 96 hours",
    );
    assert!(!found.contains(&unclear), "{found:?}");
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
        // the amounts are synthetic, and not those of the drug
        found.retain(|code| code != "protocol.drug_regimen");
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
        ("{ fractions = \"16-20\" }", "on days 16 to 20"),
        ("{ fractions = \"16-20\" }", "with fractions 16 to 25"),
        ("{ fractions = \"16-20\" }", "with fractions 16 and 20"),
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
        ("{ fractions = \"16-20\" }", "with fractions 16 to 20"),
        (
            "{ fractions = \"1-5, 16-20\" }",
            "with fractions 1-5 and fractions 16-20",
        ),
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
        codes(&text).contains(&("protocol.passage_weeks".into(), Outcome::Fail))
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
        found.retain(|code| code != "protocol.text_number" && code != "protocol.passage_unused");
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

#[test]
fn the_weeks_of_each_phase_and_of_all() {
    let course = |first: &str, second: &str| {
        let text = include_str!("../../library/NCT02505750.toml");
        let changed = text
            .replace(
                "45 Gy in 25 fractions",
                &format!("45 Gy in 25 fractions{first}"),
            )
            .replace(
                "9 Gy in 5 fractions,",
                &format!("9 Gy in 5 fractions{second},"),
            );
        assert_ne!(text, changed);
        codes(&changed)
    };
    let wrong = ("protocol.passage_weeks".to_owned(), Outcome::Fail);
    for (first, second) in [
        (" over 8 weeks", ""),
        (" in 2 weeks", ""),
        ("", " over 3 weeks"),
        (" over 5 weeks", " over 2 weeks"),
    ] {
        assert!(course(first, second).contains(&wrong), "{first} {second}");
    }
    for (first, second) in [
        (" over 5 weeks", ""),
        (" over 5 weeks", " over 1 week"),
        ("", " over 6 weeks"),
    ] {
        assert_eq!(course(first, second), vec![], "{first} {second}");
    }
}

#[test]
fn days_that_are_derived_have_more_than_their_ends_in_the_words() {
    let days = |words: &str| {
        drug(
            "intensity = { value = \"825 mg/m2\", QUOTE }\nadministrations_per_day = { value = 2, QUOTE }\ndays = { value = { days = \"1-14\", every = 21 }, reason = \"14 days and 7 days of rest: 14 + 7 = 21\", QUOTE }",
            &format!("capecitabine 825 mg/m2 twice daily {words}"),
        )
    };
    let wrong = "protocol.passage_days".to_owned();
    assert!(days("on days 1 and 14, 7 days of rest").contains(&wrong));
    for words in [
        "on days 1-14, 7 days of rest",
        "for 14 days, 7 days of rest",
    ] {
        assert!(!days(words).contains(&wrong), "{words}");
    }
}

/// The codes of an amount with a reason that only names it.
fn named(key: &str, value: &str, reason: &str, quote: &str) -> Vec<String> {
    drug(
        &format!(
            "{key} = {{ value = {value}, reason = \"{reason}\", QUOTE }}\nintensity = {{ value = \"825 mg/m2\", QUOTE }}\ndays = {{ value = \"radiotherapy_days\", reason = \"as usual\", QUOTE }}"
        ),
        quote,
    )
}

#[test]
fn a_reason_that_computes_nothing_does_not_hold_against_the_passage() {
    let wrong = "protocol.derived_number".to_owned();
    for (value, reason, words) in [
        ("2", "2 a day", "three times a day"),
        ("3", "3 times", "b.i.d."),
        ("1", "1 a day", "every 12 hours"),
        // numbers and units alone are no reason
        ("2", "2 a day", "in the protocol"),
    ] {
        let quote = format!("capecitabine 825 mg/m2 {words}");
        let found = named("administrations_per_day", value, reason, &quote);
        assert!(found.contains(&wrong), "{words}: {found:?}");
    }
    for (value, reason, words) in [
        ("2", "2 a day", "twice a day"),
        ("2", "2 a day, morning and evening", "in the protocol"),
        ("3", "8 h each: 24 / 8 = 3", "twice daily"),
    ] {
        let quote = format!("capecitabine 825 mg/m2 {words}");
        let found = named("administrations_per_day", value, reason, &quote);
        assert!(!found.contains(&wrong), "{words}: {found:?}");
    }
    let days = |reason: &str, words: &str| {
        let fields = format!(
            "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = {{ days = \"1-5\" }}, reason = \"{reason}\", QUOTE }}"
        );
        let quote = format!("capecitabine 825 mg/m2 twice daily {words}");
        drug(&fields, &quote).contains(&wrong)
    };
    for words in ["on days 1-4", "on days of radiotherapy"] {
        assert!(days("days 1-5", words), "{words}");
    }
    assert!(!days("days 1-5", "on days 1-5"));
    assert!(!days("days 1-5", "for 5 days"));
    assert!(!days(
        "days 1-5 of each cycle, as the group publishes it elsewhere",
        "on days of radiotherapy"
    ));
    let quote = "capecitabine 825 mg/m2 twice daily";
    let found = named(
        "intensity_per_day",
        "\"1705 mg/m2/d\"",
        "1705 mg/m2/d in all",
        quote,
    );
    assert!(found.contains(&wrong), "{found:?}");
    let found = named(
        "intensity_per_day",
        "\"825 mg/m2/d\"",
        "825 mg/m2/d as printed",
        quote,
    );
    assert!(
        found.contains(&"protocol.passage_intensity".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_number_of_another_kind_bears_no_value() {
    let wrong = "protocol.quote_number".to_owned();
    let times = |value: &str, words: &str| {
        let fields = format!(
            "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = {value}, QUOTE }}\ndays = {{ value = \"radiotherapy_days\", reason = \"as usual\", QUOTE }}"
        );
        drug(&fields, &format!("capecitabine 825 mg/m2 {words}")).contains(&wrong)
    };
    for (value, words) in [
        ("1", "twice daily from day 1 on, days 1-14"),
        ("1", "on day 1"),
        ("5", "twice daily, 5 days a week"),
        ("2", "three times a day for 2 cycles"),
        ("3", "twice daily every 3 weeks"),
        ("4", "over 4 days"),
    ] {
        assert!(times(value, words), "{value} {words}");
    }
    for (value, words) in [
        ("2", "twice daily on days 1-14"),
        ("2", "q12h"),
        ("2", "AM and PM"),
        ("3", "three times a day, 5 days a week"),
        ("1", "once a day"),
        ("1", "q24h"),
    ] {
        assert!(!times(value, words), "{value} {words}");
    }
}

#[test]
fn of_two_drugs_each_has_its_own_amount() {
    let words = "capecitabine 825 mg/m2 bid and oxaliplatin 50 mg/m2 on day 1";
    let single = |value: &str| amount("intensity", value, "2", words);
    assert!(!single("825 mg/m2").contains(&"protocol.quote_number".to_owned()));
    assert!(single("50 mg/m2").contains(&"protocol.quote_number".to_owned()));
}

#[test]
fn what_no_value_bears_is_said() {
    let unused = |key: &str, value: &str, times: &str, quote: &str| {
        let found = amount(key, value, times, quote);
        found
            .iter()
            .filter(|code| *code == "protocol.passage_unused")
            .count()
    };
    for quote in [
        "capecitabine 825 mg/m2 twice daily and oxaliplatin 50 mg/m2",
        "capecitabine 825 mg/m2 twice daily, then 1000 mg/m2 twice daily",
        "capecitabine 825 mg/m2 twice daily with 25 fractions and a boost of 3 fractions",
        "capecitabine 825 mg/m2 twice daily with 45 Gy and a boost of 5.4 Gy",
        "capecitabine 825 mg/m2 twice daily (1600 mg/m2/day)",
        "capecitabine 825 mg/m2 twice daily in 25 fractions over 7 weeks",
        "capecitabine 825 mg/m2 twice daily with 6 fractions a week",
        "capecitabine 825 mg/m2 twice daily on days 1-14",
        "capecitabine 825 mg/m2 twice daily at weekends",
    ] {
        assert_eq!(unused("intensity", "825 mg/m2", "2", quote), 1, "{quote}");
    }
    for (key, value, times, quote) in [
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/m2 twice daily (1650 mg/m2/day)",
        ),
        (
            "intensity",
            "825 mg/m2",
            "2",
            "capecitabine 825 mg/m2 twice daily with 45 Gy in 25 fractions of 180 cGy over 5 weeks",
        ),
        (
            "intensity_per_day",
            "225 mg/m2/d",
            "",
            "capecitabine 225 mg/m2/day, 1575 mg/m2 over 7 days",
        ),
        (
            "intensity_per_day",
            "1000 mg/m2/d",
            "",
            "capecitabine 1000 mg/m2/day, 5000 mg/m2 over 120 h",
        ),
        (
            "intensity_per_day",
            "1000 mg/m2/d",
            "",
            "capecitabine 4000 mg/m2 over 4 days (1000 mg/m2/day)",
        ),
        (
            "intensity_per_day",
            "1650 mg/m2/d",
            "2",
            "capecitabine 1650 mg/m2 daily in two doses of 825 mg/m2",
        ),
    ] {
        assert_eq!(unused(key, value, times, quote), 0, "{quote}");
    }
}

#[test]
fn days_a_week_are_those_of_the_course() {
    let days = |value: &str, per_week: &str, words: &str| {
        let quote = format!("capecitabine 825 mg/m2 twice daily {words}");
        let fields = format!(
            "drug = {{ value = \"capecitabine\", reason = \"as named\", QUOTE }}\nroute = {{ value = \"oral\", reason = \"tablets\", QUOTE }}\nintensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = \"{value}\", QUOTE }}"
        );
        let text = protocol(
            &fields,
            &quote,
            "\"45 Gy in 25\"",
            "45 Gy in 25 fractions",
            per_week,
        );
        codes(&text).contains(&("protocol.passage_days".into(), Outcome::Fail))
    };
    for (value, per_week, words, wrong) in [
        ("radiotherapy_days", "5", "5 days a week", false),
        ("radiotherapy_days", "6", "6 days a week", false),
        ("radiotherapy_days", "5", "6 days a week", true),
        ("radiotherapy_days", "5", "3 days a week", true),
        ("radiotherapy_days", "5", "4 days a week", true),
        ("weekdays", "5", "6 days a week", true),
        ("weekdays", "5", "5 days on, 2 days off", false),
        ("calendar_days", "5", "5 days on, 2 days off", true),
        ("radiotherapy_days", "5", "on alternate days", true),
        ("calendar_days", "5", "every other day", true),
        ("radiotherapy_days", "10", "5 days a week", false),
        ("calendar_days", "5", "with no drug on weekends", true),
    ] {
        assert_eq!(
            days(value, per_week, words),
            wrong,
            "{value} at {per_week}: {words}"
        );
    }
}

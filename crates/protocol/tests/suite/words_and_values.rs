//! One value against the one passage it rests on, unit, volume, direction, days and numbers together: the wrong
//! value is found, the right one is not accused.

use std::fmt::Write as _;

use super::passages::{codes, protocol};

/// A drug of some values in the file's own writing, each with the words.
fn of(values: &[(&str, &str)], words: &str) -> Vec<String> {
    let name = words.split(' ').next().unwrap_or_default();
    let mut fields = format!(
        "drug = {{ value = {name:?}, reason = \"as named\", QUOTE }}\nroute = {{ value = \"intravenous\", reason = \"as given\", QUOTE }}\n"
    );
    for (key, value) in values {
        match value.strip_prefix("derived ") {
            Some(value) => {
                let reason = value.replace('"', "'");
                writeln!(fields, "{key} = {{ value = {value}, reason = \"as usual: {reason}\", QUOTE }}")
            }
            None if value.starts_with("question") => {
                let (_, rest) = value.split_once(' ').unwrap();
                let (choices, values) = rest.split_once('|').unwrap();
                writeln!(fields, "[drugs.{key}]\nvalues = {values}\n[drugs.{key}.question]\nid = \"{key}\"\nquestion = \"which?\"\nwhy = \"invented\"\nchoices = {choices}\nquotes = [{{ text = {words:?}, locator = \"t\" }}]")
            }
            None => writeln!(fields, "{key} = {{ value = {value}, QUOTE }}"),
        }
        .unwrap();
    }
    let text = protocol(
        &fields,
        words,
        "\"45 Gy in 25\"",
        "45 Gy in 25 fractions",
        "5",
    );
    codes(&text).into_iter().map(|(code, _)| code).collect()
}

/// A course of one dose.
fn dose(fractionation: &str, per_week: &str, words: &str) -> Vec<String> {
    let fields = "drug = { value = \"capecitabine\", QUOTE }\nroute = { value = \"intravenous\", reason = \"as given\", QUOTE }\nintensity = { value = \"825 mg/m2\", QUOTE }\nadministrations_per_day = { value = 2, QUOTE }\ndays = { value = \"weekdays\", QUOTE }";
    let text = protocol(
        fields,
        "capecitabine 825 mg/m2 twice daily on weekdays",
        fractionation,
        words,
        per_week,
    );
    codes(&text).into_iter().map(|(code, _)| code).collect()
}

fn has(found: &[String], code: &str) -> bool {
    found.iter().any(|known| known == code)
}

const DAYS: &str = "protocol.passage_days";
const QUOTE: &str = "protocol.quote_number";

/// The days of a drug of 50 mg/m2.
fn on(days: &str, words: &str) -> Vec<String> {
    of(
        &[
            ("intensity", "\"50 mg/m2\""),
            ("administrations_per_day", "derived 1"),
            ("days", days),
        ],
        &format!("cisplatin 50 mg/m2 {words}"),
    )
}

/// The days of a drug of 825 mg/m2 twice daily.
fn twice_daily_on(days: &str, words: &str) -> Vec<String> {
    of(
        &[
            ("intensity", "\"825 mg/m2\""),
            ("administrations_per_day", "2"),
            ("days", days),
        ],
        &format!("capecitabine 825 mg/m2 twice daily {words}"),
    )
}

#[test]
fn once_a_week_is_said_and_not_guessed() {
    for words in [
        "",
        "concurrently",
        "daily",
        "for 5 weeks",
        "on weekdays",
        "on radiotherapy days",
        "on day 1",
        "on days 1-5",
        "on days 1, 8",
        "on days 1 and 29",
        "every 2 weeks",
        "every 3 weeks",
        "twice a week",
    ] {
        let found = on("\"weekly\"", words);
        assert!(has(&found, DAYS), "{words}: {found:?}");
    }
    for words in [
        "weekly",
        "once weekly",
        "once a week",
        "every week",
        "each week",
        "q1w",
        "per week",
        "/week",
        "1x/week",
        "every 7 days",
        "on Mondays",
        "on days 1, 8, 15, 22",
        "in weeks 1, 2, 3, 4 and 5",
    ] {
        assert_eq!(on("\"weekly\"", words), Vec::<String>::new(), "{words}");
    }
    assert_eq!(
        on("{ weekly = 2 }", "on days 1 and 8, 2 times"),
        Vec::<String>::new()
    );
    for words in ["twice weekly", "two times a week", "2x/week"] {
        for (times, days, right) in [
            ("2", "derived \"weekdays\"", false),
            ("2", "\"weekly\"", false),
            ("derived 1", "\"weekly\"", false),
            ("2", "{ per_week = 2 }", false),
            ("derived 2", "{ per_week = 2 }", false),
            ("1", "{ per_week = 2 }", true),
            ("derived 1", "{ per_week = 2 }", true),
        ] {
            let values = [
                ("intensity", "\"50 mg/m2\""),
                ("administrations_per_day", times),
                ("days", days),
            ];
            let found = of(&values, &format!("fluorouracil 50 mg/m2 {words}"));
            assert_eq!(found.is_empty(), right, "{times} {days} {words}: {found:?}");
        }
    }
}

#[test]
fn days_that_no_words_name_are_not_stated() {
    let during = ["during radiotherapy", "throughout radiotherapy"];
    for words in ["", "concurrently"].into_iter().chain(during) {
        for days in ["\"calendar_days\"", "\"weekdays\"", "\"radiotherapy_days\""] {
            let found = twice_daily_on(days, words);
            // the house reads "during radiotherapy" as on its days
            let right = days == "\"radiotherapy_days\"" && during.contains(&words);
            assert_eq!(has(&found, DAYS), !right, "{days} {words}: {found:?}");
            // a reason settles it
            let found = twice_daily_on(&format!("derived {days}"), words);
            assert_eq!(found, Vec::<String>::new(), "{days} {words}");
        }
    }
    for (days, words) in [
        ("\"radiotherapy_days\"", "on radiotherapy days"),
        ("\"radiotherapy_days\"", "5 days a week"),
        ("\"weekdays\"", "on weekdays"),
        ("\"weekdays\"", "5/7 (during radiotherapy)"),
        ("\"weekdays\"", "5/7 (Monday to Friday)"),
        ("\"calendar_days\"", "every day"),
        ("\"calendar_days\"", "7 days a week"),
        (
            "\"radiotherapy_days\"",
            "on radiotherapy days, 5/7 (71%) patients completed",
        ),
    ] {
        assert_eq!(
            twice_daily_on(days, words),
            Vec::<String>::new(),
            "{days} {words}"
        );
    }
}

/// 4000 mg/m2 over 4 days are no 1000 mg/m2 on each day of radiotherapy.
#[test]
fn days_that_end_are_not_all_those_of_the_radiotherapy() {
    let a_day = |days: &str, words: &str| {
        let values = [
            ("intensity_per_day", "derived \"1000 mg/m2/d\""),
            ("days", days),
        ];
        of(&values, &format!("fluorouracil {words}"))
    };
    for days in [
        "derived \"radiotherapy_days\"",
        "derived \"weekdays\"",
        "derived \"calendar_days\"",
    ] {
        for words in [
            "4000 mg/m2 over 4 days with radiotherapy",
            "4000 mg/m2 over 96 h",
            "1000 mg/m2 per day for 4 days",
            "1000 mg/m2/day for 14 days",
        ] {
            let found = a_day(days, words);
            assert!(has(&found, DAYS), "{days} {words}: {found:?}");
        }
    }
    for (days, words) in [
        ("derived { days = \"1-4\" }", "4000 mg/m2 over 4 days"),
        ("derived { days = \"1-14\" }", "1000 mg/m2/day for 14 days"),
        ("derived \"calendar_days\"", "7000 mg/m2 over 7 days"),
        ("derived \"weekdays\"", "5000 mg/m2 over 5 days"),
        (
            "derived \"radiotherapy_days\"",
            "1000 mg/m2 per day for 25 days",
        ),
    ] {
        assert_eq!(a_day(days, words), Vec::<String>::new(), "{days} {words}");
    }
}

#[test]
fn cycles_are_held_with_their_length() {
    for (days, words) in [
        ("{ days = \"1-14\" }", "days 1-14 every 21 days"),
        ("{ days = \"1-14\" }", "days 1-14, q3w"),
        ("{ days = \"1-14\" }", "on days 1-14 of a 21-day cycle"),
        ("{ days = \"1\" }", "every 3 weeks"),
        ("{ days = \"1\", every = 21 }", "on day 8 every 3 weeks"),
    ] {
        let found = on(days, words);
        assert!(!found.is_empty(), "{days} {words}");
    }
    for (days, words) in [
        ("{ days = \"1-14\", every = 21 }", "days 1-14 every 21 days"),
        ("{ days = \"1\", every = 21 }", "every 3 weeks"),
        ("{ days = \"1\", every = 21 }", "q21d"),
        ("{ days = \"1\", every = 21, cycles = 2 }", "q3w, 2 cycles"),
        ("{ days = \"1, 22\" }", "days 1 and 22, every 3 weeks"),
        ("{ days = \"1-5\", every = 28 }", "days 1-5 every 4 weeks"),
        ("{ days = \"1-4, 29-32\" }", "days 1-4 of weeks 1 and 5"),
        ("{ days = \"1-4, 29-32\" }", "days 1-4 in weeks 1 and 5"),
    ] {
        assert_eq!(on(days, words), Vec::<String>::new(), "{days} {words}");
    }
}

#[test]
fn the_dose_of_a_fraction_is_no_total() {
    for (value, words) in [
        ("\"5 Gy in 5\"", "5 x 5 Gy"),
        ("\"5 Gy in 5\"", "5x5Gy"),
        ("\"5 Gy in 5\"", "5 fractions of 5 Gy"),
        ("\"10 Gy in 10\"", "10 x 10 Gy"),
        ("\"125 Gy in 5\"", "25 Gy in 5 fractions"),
        ("\"2 Gy in 25\"", "25 x 2 Gy"),
    ] {
        let found = dose(value, "5", words);
        assert!(has(&found, QUOTE), "{value} {words}: {found:?}");
    }
    for (value, words) in [
        ("\"25 Gy in 5\"", "5 x 5 Gy"),
        ("\"25 Gy in 5\"", "25 Gy in 5 fractions"),
        ("\"5 Gy in 5\"", "5 Gy in 5 fractions"),
        ("\"50 Gy in 25\"", "2 Gy, 25 fractions"),
        ("\"50 Gy in 25\"", "50 Gy, 2 Gy per fraction"),
        ("\"46 Gy in 23\"", "46 Gy at 2 Gy daily, 23 fractions"),
        ("\"8 Gy in 1\"", "a single fraction of 8 Gy"),
        ("\"5 Gy in 1\"", "1 x 5 Gy"),
        ("\"50.4 Gy in 28\"", "50·4 Gy in 28 fractions"),
        ("\"52 Gy in 26\"", "52 Gy in 26 fractions over 6 weeks"),
        (
            "\"45 Gy in 25\"",
            "45 Gy in 25 fractions, 5 daily fractions per week",
        ),
        (
            "\"45 Gy in 25\"",
            "45 Gy in 25 fractions, five fractions per week",
        ),
        (
            "{ one_of = [\"45 Gy in 25\", \"50 Gy in 25\"] }",
            "45 or 50 Gy in 25 fractions, 1.8/2 Gy per fraction",
        ),
        (
            "\"45 Gy in 25\"",
            "45 Gy in 25 fractions, complete response in 5/7 (71%) patients",
        ),
    ] {
        assert_eq!(
            dose(value, "5", words),
            Vec::<String>::new(),
            "{value} {words}"
        );
    }
    // once a day is at most seven times a week
    let found = dose("\"45 Gy in 25\"", "10", "45 Gy in 25 fractions once a day");
    assert!(has(&found, "protocol.passage_unused"), "{found:?}");
    let found = dose("\"45 Gy in 25\"", "10", "45 Gy in 25 fractions twice a day");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_unit_of_an_amount_is_that_of_the_value() {
    let held = |key: &str, value: &str, amount: &str| {
        let values = [
            (key, value),
            ("administrations_per_day", "2"),
            ("days", "\"weekdays\""),
        ];
        of(
            &values,
            &format!("cisplatin {amount} twice daily on weekdays"),
        )
    };
    let values = [
        ("intensity", "\"5 mg/m2\"", "5 mg/m2"),
        ("dose", "\"5 mg\"", "5 mg"),
        ("dose", "\"5 mg/kg\"", "5 mg/kg"),
        ("dose", "\"AUC 5\"", "AUC 5"),
        ("intensity", "\"5000 mg/m2\"", "5 g/m2"),
        ("dose", "\"5 g\"", "5 g"),
    ];
    for (key, value, own) in values {
        assert_eq!(held(key, value, own), Vec::<String>::new(), "{value}");
        for (_, _, other) in values.iter().filter(|(_, _, other)| *other != own) {
            let found = held(key, value, other);
            assert!(has(&found, QUOTE), "{value}: {other}: {found:?}");
        }
    }
}

/// 1650 mg/m2 a day is not the amount of each administration while nobody knows how many there are.
#[test]
fn the_amount_of_a_day_is_not_one_of_an_open_number() {
    for words in [
        "1650 mg/m2 per day",
        "1650 mg/m2 daily",
        "1650 mg/m2 a day in divided doses",
        "daily dose of 1650 mg/m2",
    ] {
        let held = |key: &str, value: &str, choices: &str| {
            let choices = format!("question {choices}");
            let values = [
                (key, value),
                ("days", "\"weekdays\""),
                ("administrations_per_day", choices.as_str()),
            ];
            of(&values, &format!("fluorouracil {words} on weekdays"))
        };
        let open = "[\"once\", \"twice\"]|[1, 2]";
        let found = held("intensity", "\"1650 mg/m2\"", open);
        assert!(
            has(&found, "protocol.passage_intensity"),
            "{words}: {found:?}"
        );
        let found = held("intensity_per_day", "\"1650 mg/m2/d\"", open);
        assert_eq!(found, Vec::<String>::new(), "{words}");
    }
}

#[test]
fn twice_a_day_in_many_notations() {
    for words in [
        "×2/day",
        "x2/day",
        "× 2/day",
        "x 2 daily",
        "2×/day",
        "(×2/day)",
        "in the morning and in the evening",
        "in the morning and the evening",
        "morning and evening",
        "every morning and every evening",
        "once in the morning and once in the evening",
    ] {
        for (times, right) in [("1", false), ("2", true)] {
            let values = [
                ("intensity", "\"825 mg/m2\""),
                ("administrations_per_day", times),
                ("days", "\"weekdays\""),
            ];
            let found = of(
                &values,
                &format!("fluorouracil 825 mg/m2 {words}, on weekdays"),
            );
            assert_eq!(found.is_empty(), right, "{times} {words}: {found:?}");
        }
    }
}

#[test]
fn the_hours_of_an_infusion_are_its_own() {
    let infused = |value: &str, words: &str| {
        let value = format!("{value:?}");
        let values = [
            ("intensity", "\"50 mg/m2\""),
            ("infusion", value.as_str()),
            ("days", "{ days = \"1\" }"),
        ];
        of(&values, &format!("fluorouracil 50 mg/m2 {words} on day 1"))
    };
    for (value, words, right) in [
        ("2 h", "over 2 hours", true),
        ("2 h", "a day over 2 hours", true),
        ("24 h", "a day over 2 hours", false),
        ("24 h", "daily by 3-hour infusion", false),
        ("24 h", "per day as a 22-hour infusion", false),
        ("22 h", "per day as a 22-hour infusion", true),
        ("24 h", "over 24 hours", true),
        ("30 h", "over 30 minutes", false),
        ("continuous", "over 2 hours", false),
        ("continuous", "over 30 minutes", false),
        ("continuous", "a day", false),
        ("continuous", "a day by continuous infusion", true),
        ("continuous", "over 24 hours", true),
        ("continuous", "a day as a protracted infusion", true),
    ] {
        let found = infused(value, words);
        assert_eq!(!has(&found, QUOTE), right, "{value} {words}: {found:?}");
    }
}

#[test]
fn a_cap_is_the_most_that_is_given() {
    let capped = |cap: &str, words: &str| {
        let values = [
            ("intensity", "\"1.4 mg/m2\""),
            ("cap", cap),
            ("days", "\"weekly\""),
        ];
        of(&values, &format!("vincristine 1.4 mg/m2 weekly, {words}"))
    };
    for (cap, words) in [
        ("\"3 mg\"", "maximum 2 mg"),
        ("\"2 mg\"", "with 2 mg of folate"),
        ("\"2 mg\"", "2 mg minimum"),
        ("\"2 mg\"", "at least 2 mg"),
    ] {
        let found = capped(cap, words);
        assert!(has(&found, QUOTE), "{cap} {words}: {found:?}");
    }
    for words in [
        "maximum 2 mg",
        "capped at 2 mg",
        "not more than 2 mg",
        "(max. 2 mg)",
        "up to 2 mg",
        "at most 2 mg",
    ] {
        assert_eq!(capped("\"2 mg\"", words), Vec::<String>::new(), "{words}");
    }
    let values = [("intensity", "\"1.4 mg/m2\""), ("days", "\"weekly\"")];
    let found = of(&values, "vincristine 1.4 mg/m2 weekly, maximum 2 mg");
    assert!(has(&found, "protocol.passage_unused"), "{found:?}");
}

#[test]
fn a_choice_says_its_own_value() {
    let days = |choices: &str, values: &str| {
        let question = format!("question {choices}|{values}");
        twice_daily_on(&question, "")
    };
    let times = |choices: &str, values: &str| {
        let question = format!("question {choices}|{values}");
        let values = [
            ("intensity", "\"825 mg/m2\""),
            ("days", "\"weekdays\""),
            ("administrations_per_day", question.as_str()),
        ];
        of(&values, "fluorouracil 825 mg/m2 on weekdays")
    };
    let wrong = "protocol.choice_number";
    for (choices, right, exchanged) in [
        (
            "[\"radiotherapy_days\", \"calendar_days\"]",
            "[\"radiotherapy_days\", \"calendar_days\"]",
            "[\"calendar_days\", \"radiotherapy_days\"]",
        ),
        (
            "[\"Monday to Friday\", \"every day\"]",
            "[\"weekdays\", \"calendar_days\"]",
            "[\"calendar_days\", \"weekdays\"]",
        ),
        (
            "[\"on days of radiotherapy\", \"every day, weekends included\"]",
            "[\"radiotherapy_days\", \"calendar_days\"]",
            "[\"calendar_days\", \"radiotherapy_days\"]",
        ),
        (
            "[\"weekly\", \"every 3 weeks\"]",
            "[\"weekly\", { days = \"1\", every = 21 }]",
            "[{ days = \"1\", every = 21 }, \"weekly\"]",
        ),
    ] {
        assert_eq!(days(choices, right), Vec::<String>::new(), "{choices}");
        assert!(has(&days(choices, exchanged), wrong), "{choices}");
    }
    for choices in [
        "[\"once a day\", \"twice a day\"]",
        "[\"once daily\", \"b.i.d.\"]",
        "[\"daily\", \"every 12 hours\"]",
    ] {
        assert_eq!(times(choices, "[1, 2]"), Vec::<String>::new(), "{choices}");
        assert!(has(&times(choices, "[2, 1]"), wrong), "{choices}");
    }
    let amounts = |choices: &str| {
        let question = format!("question {choices}|[\"825 mg/m2\", \"625 mg/m2\"]");
        let values = [
            ("administrations_per_day", "2"),
            ("days", "\"weekdays\""),
            ("intensity", question.as_str()),
        ];
        of(&values, "fluorouracil twice daily on weekdays")
    };
    assert_eq!(
        amounts("[\"825 mg/m2\", \"625 mg/m2\"]"),
        Vec::<String>::new()
    );
    for choices in [
        "[\"825 mg/m2 a day\", \"625 mg/m2 twice daily\"]",
        "[\"825 mg\", \"625 mg/m2\"]",
    ] {
        assert!(has(&amounts(choices), wrong), "{choices}");
    }
}

/// The codes of two drugs whose values rest on the same words.
fn of_two(first: &str, second: &str, words: &str) -> Vec<String> {
    let drug = |name: &str, fields: &str| {
        format!(
            "drug = {{ value = {name:?}, reason = \"as named\", QUOTE }}\nroute = {{ value = \"intravenous\", reason = \"as given\", QUOTE }}\n{fields}"
        )
    };
    let second = drug("fluorouracil", second);
    let fields = format!(
        "{}\n[[drugs]]\nid = \"second\"\n{second}",
        drug("cisplatin", first)
    );
    let text = protocol(
        &fields,
        words,
        "\"45 Gy in 25\"",
        "45 Gy in 25 fractions",
        "5",
    );
    let text = text.replace("[\"drug\"]", "[\"drug\", \"second\"]");
    codes(&text).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn one_schedule_is_said_of_two_drugs() {
    let fields =
        |amount: &str, rest: &str| format!("intensity = {{ value = {amount:?}, QUOTE }}\n{rest}");
    for (rest, words) in [
        (
            "days = { value = { days = \"1-5\" }, QUOTE }",
            &[
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2, each on days 1-5",
                "cisplatin (75 mg/m2) and fluorouracil (50 mg/m2), both given on days 1-5",
                "cisplatin at 75 mg/m2 and fluorouracil at 50 mg/m2, on days 1 to 5",
                "cisplatin 75 mg/m2 plus fluorouracil 50 mg/m2 on days 1-5",
                "both cisplatin 75 mg/m2 and fluorouracil 50 mg/m2 were given on days 1-5",
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2. Each drug was given on days 1-5",
            ][..],
        ),
        (
            "days = { value = \"weekly\", QUOTE }",
            &[
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2, both weekly",
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2, each once a week",
                "cisplatin 75 mg/m2 plus fluorouracil 50 mg/m2 every week",
            ],
        ),
        (
            "days = { value = { days = \"1\", every = 21 }, QUOTE }",
            &[
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2, both every 3 weeks",
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2 every 21 days",
                "cisplatin 75 mg/m2 on day 1 and fluorouracil 50 mg/m2 on day 1, every 3 weeks",
            ],
        ),
        (
            "administrations_per_day = { value = 2, QUOTE }\ndays = { value = \"weekdays\", QUOTE }",
            &[
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2, each twice daily on weekdays",
                "cisplatin 75 mg/m2 and fluorouracil 50 mg/m2 twice daily, Monday to Friday",
            ],
        ),
    ] {
        for words in words {
            let found = of_two(&fields("75 mg/m2", rest), &fields("50 mg/m2", rest), words);
            assert_eq!(found, Vec::<String>::new(), "{words}");
        }
    }
    // the days of one are not those of the other
    let on = |days: &str| format!("days = {{ value = {days}, QUOTE }}");
    let words = "cisplatin 75 mg/m2 on day 1 and fluorouracil 50 mg/m2 on days 1-5, every 3 weeks";
    for (first, second, right) in [("\"1\"", "\"1-5\"", true), ("\"1-5\"", "\"1\"", false)] {
        let days = |days: &str| on(&format!("{{ days = {days}, every = 21 }}"));
        let found = of_two(
            &fields("75 mg/m2", &days(first)),
            &fields("50 mg/m2", &days(second)),
            words,
        );
        assert_eq!(found.is_empty(), right, "{first} {second}: {found:?}");
    }
}

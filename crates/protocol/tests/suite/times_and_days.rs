//! Days of the week, totals over several days, and the time that a course takes, against their words: the wrong
//! value is found, the right one is not accused.

use super::passages::{codes, drug, protocol};

fn on_days(value: &str, words: &str) -> Vec<String> {
    let fields = format!(
        "intensity = {{ value = \"825 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = \"{value}\", QUOTE }}"
    );
    drug(
        &fields,
        &format!("capecitabine 825 mg/m2 twice daily {words}"),
    )
}

#[test]
fn all_seven_days_of_the_week_are_not_five() {
    let wrong = "protocol.passage_days".to_owned();
    for words in [
        "Monday to Sunday",
        "Mon-Sun",
        "from Monday through Sunday",
        "including weekends",
        "incl. weekends",
        "seven days a week",
        "7/7",
        "7 days out of 7",
        "on all days of the week",
        "on all seven days of the week",
        "on calendar days",
        "every day of the week",
        "weekends included",
        "7 d/week",
    ] {
        assert_eq!(
            on_days("calendar_days", words),
            Vec::<String>::new(),
            "{words}"
        );
        for value in ["weekdays", "radiotherapy_days"] {
            assert!(on_days(value, words).contains(&wrong), "{value}: {words}");
        }
    }
    for words in [
        "5 days out of 7",
        "five out of seven days",
        "5/7 days",
        "5/7 during radiotherapy",
        "on days 1-5 of each week",
        "on five consecutive days per week",
        "Monday to Friday",
        "excluding Saturdays and Sundays",
    ] {
        assert_eq!(on_days("weekdays", words), Vec::<String>::new(), "{words}");
        assert!(on_days("calendar_days", words).contains(&wrong), "{words}");
    }
    for words in [
        "Monday to Saturday",
        "6 days a week",
        "on Monday, Wednesday and Friday",
        "on Mondays",
        "on Mondays and Thursdays",
        "every Tuesday",
    ] {
        for value in ["weekdays", "calendar_days"] {
            assert!(on_days(value, words).contains(&wrong), "{value}: {words}");
        }
    }
    // a date on which something begins names no days
    for words in [
        "from the first Monday on, Monday to Friday",
        "5/7 patients, on weekdays",
    ] {
        assert_eq!(on_days("weekdays", words), Vec::<String>::new(), "{words}");
    }
}

/// The codes of an amount of fluorouracil.
fn amount(key: &str, value: &str, reason: &str, days: &str, words: &str) -> Vec<String> {
    let unit = if key == "intensity" {
        "mg/m2"
    } else {
        "mg/m2/d"
    };
    let reason = match reason {
        "" => String::new(),
        reason => format!("reason = \"{reason}\", "),
    };
    let fields = format!(
        "{key} = {{ value = \"{value} {unit}\", {reason}QUOTE }}\ninfusion = {{ value = \"continuous\", reason = \"as given\", QUOTE }}\ndays = {{ value = {days}, reason = \"as given\", QUOTE }}"
    );
    let mut found = drug(&fields, &format!("capecitabine {words}"));
    // the amounts are not those of the drug
    found.retain(|code| code != "protocol.drug_times" && code != "protocol.drug_regimen");
    found
}

#[test]
fn a_total_over_days_is_not_one_administration_of_each_day() {
    let wrong = "protocol.passage_intensity".to_owned();
    for words in [
        "1575 mg/m2 over 7 days",
        "1575 mg/m2 in 7 days",
        "1575 mg/m2 over seven days",
        "1575 mg/m2 per 7 days",
        "1575 mg/m2 over 168 hours",
        "1575 mg/m2 over one week",
        "1575 mg/m2 over a week",
        "1575 mg/m2 per week",
        "1575 mg/m2/week",
        "a total of 1575 mg/m2 over 7 days",
    ] {
        for days in [
            "\"calendar_days\"",
            "\"radiotherapy_days\"",
            "\"weekdays\"",
            "{ days = \"1-7\" }",
            "{ days = \"1,4\" }",
            "{ per_week = 2 }",
        ] {
            let found = amount("intensity", "1575", "", days, words);
            assert!(found.contains(&wrong), "{days} {words}: {found:?}");
        }
        let found = amount("intensity_per_day", "1575", "", "\"calendar_days\"", words);
        assert!(found.contains(&wrong), "{words}: {found:?}");
        // 225 mg/m2 a day are 1575 mg/m2 a week
        let reason = "1575 mg/m2 / 7 = 225 mg/m2";
        let found = amount(
            "intensity_per_day",
            "225",
            reason,
            "\"calendar_days\"",
            words,
        );
        assert_eq!(found, Vec::<String>::new(), "{words}");
        for days in [
            "\"weekly\"",
            "{ days = \"1, 8, 15\" }",
            "{ days = \"1\" }",
            "{ weeks = [1, 5] }",
        ] {
            let found = amount("intensity", "1575", "", days, words);
            assert!(!found.contains(&wrong), "{days} {words}: {found:?}");
        }
    }
    let daily = "225 mg/m2 per day, 7 days a week";
    let found = amount("intensity_per_day", "225", "", "\"calendar_days\"", daily);
    assert_eq!(found, Vec::<String>::new());
}

/// Whether lint says that the fractions do not take the time.
fn contradicts(fractionation: &str, per_week: u32, words: &str) -> bool {
    let days = "capecitabine 825 mg/m2 twice daily on radiotherapy days";
    let fields = "drug = { value = \"capecitabine\", QUOTE }\nroute = { value = \"oral\", reason = \"tablets\", QUOTE }\nintensity = { value = \"825 mg/m2\", QUOTE }\nadministrations_per_day = { value = 2, QUOTE }\ndays = { value = \"radiotherapy_days\", QUOTE }";
    let quote = format!("{fractionation} fractions{words}");
    let text = protocol(
        fields,
        days,
        &format!("{fractionation:?}"),
        &quote,
        &per_week.to_string(),
    );
    let found = codes(&text);
    found
        .iter()
        .any(|(code, _)| code == "protocol.passage_weeks")
}

#[test]
fn days_and_weeks_of_a_course_go_with_its_fractions() {
    let (pelvis, longer, twice) = ("45 Gy in 25", "50.4 Gy in 28", "45 Gy in 30");
    for (fractionation, per_week, words) in [
        (pelvis, 5, " within 21 days"),
        (pelvis, 5, " within 32 days"),
        (pelvis, 5, " within 4 weeks"),
        (pelvis, 5, ", to be completed within 4 weeks"),
        (pelvis, 5, " in less than 30 days"),
        (pelvis, 5, ", overall treatment time not to exceed 30 days"),
        (pelvis, 5, ", overall treatment time 28 days"),
        (pelvis, 5, " over 21 days"),
        (pelvis, 5, " given in 21 days"),
        (pelvis, 5, " for 21 days"),
        (pelvis, 5, " over 60 days"),
        (pelvis, 7, " over 35 days"),
        (pelvis, 6, " over 5 weeks"),
        (pelvis, 5, " over 5.5 weeks"),
        (longer, 5, " over 5 weeks"),
        (longer, 6, " over 5.5 weeks"),
        (longer, 7, " over 5 weeks"),
        (twice, 10, " twice daily over 2 weeks"),
        (twice, 10, " twice daily over 6 weeks"),
        (twice, 10, " twice daily within 18 days"),
        ("25 Gy in 5", 5, " within 3 days"),
        ("25 Gy in 5", 5, " over 2 weeks"),
    ] {
        assert!(
            contradicts(fractionation, per_week, words),
            "{fractionation} at {per_week}{words}"
        );
    }
    for (fractionation, per_week, words) in [
        (pelvis, 5, " within 33 days"),
        (pelvis, 5, " within 40 days"),
        (pelvis, 5, " within 5 weeks"),
        (pelvis, 5, " within 7 weeks"),
        (pelvis, 5, ", overall treatment time not to exceed 45 days"),
        (pelvis, 5, ", overall treatment time 33 days"),
        (pelvis, 5, " over 33 days"),
        (pelvis, 5, " over 35 days"),
        (pelvis, 5, " over 32-38 days"),
        (pelvis, 5, " for 25 days"),
        (pelvis, 5, " in 25 treatment days"),
        (pelvis, 5, " over 25 working days"),
        (pelvis, 7, " over 25 days"),
        (pelvis, 6, " over 4 weeks"),
        (pelvis, 6, " over 4.5 weeks"),
        (pelvis, 5, " over 5 weeks"),
        (pelvis, 5, ", 5 fractions per week for 5 weeks"),
        (longer, 5, " over 5.5 weeks"),
        (longer, 5, " over 6 weeks"),
        (longer, 5, " over 5-6 weeks"),
        (longer, 6, " over 4.5 weeks"),
        (longer, 6, " over 5 weeks"),
        (longer, 7, " over 4 weeks"),
        (twice, 10, " twice daily over 3 weeks"),
        (twice, 10, " twice daily over 19 days"),
        (twice, 10, " twice daily within 21 days"),
        ("50.4 Gy in 42", 10, " of 1.2 Gy twice daily over 4.5 weeks"),
        ("39 Gy in 13", 5, " over 2.5 weeks"),
        ("25 Gy in 5", 5, " within 5 days"),
        ("25 Gy in 5", 5, " over one week"),
        // not the time of the course
        (
            pelvis,
            5,
            ". Radiotherapy starts within 21 days of randomisation",
        ),
        (pelvis, 5, ". Surgery within 6 weeks after radiotherapy"),
        (pelvis, 5, " over 5 weeks, followed by a rest of 2 weeks"),
        ("25 Gy in 5", 5, " over 5 days, surgery within 3 days"),
    ] {
        assert!(
            !contradicts(fractionation, per_week, words),
            "{fractionation} at {per_week}{words}"
        );
    }
}

/// What is found of days that a reason numbers.
fn numbered(days: &str, reason: &str, words: &str) -> Vec<String> {
    let fields = format!(
        "intensity = {{ value = \"40 mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 1, reason = \"once: 1\", QUOTE }}\ndays = {{ value = {{ days = \"{days}\" }}, reason = \"{reason}\", QUOTE }}\nday_one = {{ value = \"first_fraction\", reason = \"counted from it\", QUOTE }}"
    );
    drug(&fields, &format!("capecitabine 40 mg/m2 {words}"))
}

#[test]
fn days_that_a_reason_numbers_are_as_many_as_the_words_count() {
    let of_days = |found: &Vec<String>| {
        let codes = ["protocol.passage_days", "protocol.derived_number"];
        found.iter().any(|code| codes.contains(&code.as_str()))
    };
    let six = "1, 8, 15, 22, 29, 36";
    let five = "1, 8, 15, 22, 29";
    for (days, words) in [
        ("1-4", "for 4 days"),
        (five, "weekly x 5"),
        (five, "weekly × 5"),
        (five, "weekly, five times"),
        (five, "once a week, 5 doses"),
        (five, "weekly for 5 weeks"),
        (six, "weekly for 6 weeks"),
        ("1, 36", "in the first week and in the sixth week"),
        ("1, 36", "on day 1 and in week 6"),
        ("1, 36", "on day 1 and in the sixth week"),
    ] {
        let found = numbered(days, &format!("days {days}"), words);
        assert!(!of_days(&found), "{days}, {words}: {found:?}");
    }
    for (days, words) in [
        ("1-5", "for 4 days"),
        ("1-4", "for 5 days"),
        ("1-5", ""),
        ("1-5", "during radiotherapy"),
        (six, "weekly x 5"),
        (five, "weekly × 6"),
        (six, "weekly, five times"),
        (six, "weekly for 5 weeks"),
        ("1, 29", "in the first week and in the sixth week"),
        ("1, 29", "on day 1 and in the sixth week"),
        ("1, 36", "on day 1 of week 6"),
    ] {
        let found = numbered(days, &format!("days {days}"), words);
        assert!(of_days(&found), "{days}, {words}: {found:?}");
    }
    // a reason that computes may come to other days
    let found = numbered(
        "1-5",
        "4 days and 1 more: 4 + 1 = 5, days 1-5",
        "for 4 days",
    );
    assert!(!of_days(&found), "{found:?}");
}

#[test]
fn how_many_days_a_week_says_less_than_which() {
    let wrong = "protocol.passage_days".to_owned();
    for (value, words, is_wrong) in [
        ("weekdays", "5/7 days (Monday to Friday)", false),
        ("radiotherapy_days", "5/7 days (Monday to Friday)", true),
        ("radiotherapy_days", "5 days a week", false),
        (
            "radiotherapy_days",
            "5 days a week (Monday to Friday) during radiotherapy",
            false,
        ),
        ("calendar_days", "5/7 days (Monday to Friday)", true),
    ] {
        let found = on_days(value, words);
        assert_eq!(
            found.contains(&wrong),
            is_wrong,
            "{value}: {words}: {found:?}"
        );
    }
}

#[test]
fn a_daily_amount_in_brackets_is_that_of_the_amount_before() {
    let with = |intensity: &str, words: &str| {
        let fields = format!(
            "intensity = {{ value = \"{intensity} mg/m2\", QUOTE }}\nadministrations_per_day = {{ value = 2, QUOTE }}\ndays = {{ value = \"radiotherapy_days\", QUOTE }}"
        );
        drug(&fields, words)
    };
    let words = "capecitabine 825 mg/m2 (daily 1650 mg/m2, twice daily) on days of radiotherapy";
    assert_eq!(with("825", words), Vec::<String>::new());
    let found = with("1650", words);
    assert!(
        found.contains(&"protocol.passage_intensity".to_owned()),
        "{found:?}"
    );
}

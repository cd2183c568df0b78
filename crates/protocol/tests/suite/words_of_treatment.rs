//! The dose of the words is that of the volume and of the phase, limits permit on the side that the words say,
//! drugs go with the radiotherapy or after it as they say: both ways.

use std::fmt::Write as _;

use super::passages::codes;

/// A phase: its name, and for each volume the fractionation and the passage.
type Phase<'a> = (&'a str, &'a [(&'a str, &'a str, &'a str)]);

/// Two volumes, phases as (name, [(volume, fractionation, passage)]), one course of them all, and more.
fn protocol(phases: &[Phase<'_>], passages: &str, more: &str) -> Vec<String> {
    let mut text = format!(
        r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
{passages}
volumes = "pelvis, tumour bed"
[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", from = "volumes" }}
[[volumes]]
name = "bed"
called = {{ value = "tumour bed", from = "volumes" }}
inside = {{ value = "pelvis", reason = "the bed lies in the pelvis", from = "volumes" }}
"#
    );
    let mut names = Vec::new();
    for (name, doses) in phases {
        names.push(format!("{name:?}"));
        let from = doses[0].2;
        writeln!(text, "[[phases]]\nname = {name:?}\nmodality = {{ value = \"external_beam\", reason = \"as usual\", from = {from:?} }}").unwrap();
        for (volume, value, from) in *doses {
            writeln!(text, "[[phases.doses]]\nvolume = {volume:?}\nfractionation = {{ value = {value:?}, from = {from:?} }}").unwrap();
        }
    }
    let order = if names.len() == 1 {
        "single_phase"
    } else {
        "sequential"
    };
    writeln!(
        text,
        "[[courses]]\nid = \"c\"\ntitle = \"radiotherapy\"\nfrom = \"rt\"\nphases = [{}]\norder = {{ value = {order:?}, reason = \"as listed\", from = \"rt\" }}\nfractions_per_week = {{ value = 5, reason = \"as usual: 5\", from = \"rt\" }}\n{more}",
        names.join(", ")
    )
    .unwrap();
    if !more.contains("[[arms]]") {
        text.push_str("[[arms]]\nid = \"all\"\ntitle = \"Everyone\"\nwhen = { value = \"everyone\", reason = \"one arm\", from = \"rt\" }\n[[arms.options]]\nid = \"o\"\ntitle = \"radiotherapy\"\nfrom = \"rt\"\n[[arms.options.actions]]\naction = \"radiotherapy\"\ncourse = \"c\"\nconcurrent_drugs = { value = [], reason = \"none is named\", from = \"rt\" }\n");
    }
    codes(&text).into_iter().map(|(code, _)| code).collect()
}

fn has(found: &[String], code: &str) -> bool {
    found.iter().any(|known| known == code)
}

const DOSE: &str = "protocol.passage_dose";

#[test]
fn doses_belong_to_the_volumes_that_the_words_name() {
    for words in [
        "45 Gy to the pelvis and 50.4 Gy to the tumour bed in 28 fractions",
        "pelvis 45 Gy, tumour bed 50.4 Gy, 28 fractions",
        "28 fractions: pelvis (45 Gy) and tumour bed (50.4 Gy)",
        "4500 cGy to the pelvis and 5040 cGy to the tumour bed in 28 fractions",
    ] {
        for (pelvis, bed, right) in [
            ("45 Gy in 28", "50.4 Gy in 28", true),
            ("50.4 Gy in 28", "45 Gy in 28", false),
        ] {
            let doses = [("pelvis", pelvis, "rt"), ("bed", bed, "rt")];
            let found = protocol(&[("p", &doses)], &format!("rt = {words:?}"), "");
            assert_eq!(!has(&found, DOSE), right, "{pelvis} {words}: {found:?}");
        }
    }
    // words that pair in no plain way accuse nothing
    for words in [
        "45 and 50.4 Gy in 28 fractions to pelvis and tumour bed",
        "45 Gy in 28 fractions to the pelvis, with 50.4 Gy to the bed",
    ] {
        let doses = [
            ("pelvis", "45 Gy in 28", "rt"),
            ("bed", "50.4 Gy in 28", "rt"),
        ];
        let found = protocol(&[("p", &doses)], &format!("rt = {words:?}"), "");
        assert!(!has(&found, DOSE), "{words}: {found:?}");
    }
    // each in a passage of its own
    let passages = "rt = \"45 Gy in 25 fractions to the pelvis\"\nboost = \"tumour bed boost of 5.4 Gy in 3 fractions\"";
    for (first, second, right) in [("pelvis", "bed", true), ("bed", "pelvis", false)] {
        let phases: [Phase<'_>; 2] = [
            ("p", &[(first, "45 Gy in 25", "rt")]),
            ("b", &[(second, "5.4 Gy in 3", "boost")]),
        ];
        let found = protocol(&phases, passages, "");
        assert_eq!(!has(&found, DOSE), right, "{first}: {found:?}");
    }
}

#[test]
fn a_total_that_a_boost_comes_to_is_not_added() {
    let boost = |value: &str, words: &str| {
        let passages = format!("rt = \"pelvis: 45 Gy in 25 fractions\"\nboost = {words:?}");
        let phases: [Phase<'_>; 2] = [
            ("p", &[("pelvis", "45 Gy in 25", "rt")]),
            ("b", &[("bed", value, "boost")]),
        ];
        protocol(&phases, &passages, "")
    };
    for words in [
        "tumour bed boost to a total of 50.4 Gy in 28 fractions",
        "tumour bed boosted to 50.4 Gy in 28 fractions",
        "tumour bed up to 50.4 Gy in 28 fractions",
        "tumour bed boost to a total dose of 50.4 Gy in 28 fractions",
        "tumour bed boost to a cumulative dose of 50.4 Gy in 28 fractions",
    ] {
        let found = boost("50.4 Gy in 28", words);
        assert!(has(&found, DOSE), "{words}: {found:?}");
    }
    for words in [
        "tumour bed boost of 5.4 Gy in 3 fractions",
        "tumour bed boost of 5.4 Gy in 3 fractions to a total of 50.4 Gy",
    ] {
        let found = boost("5.4 Gy in 3", words);
        assert!(!has(&found, DOSE), "{words}: {found:?}");
    }
    // less than what came before is no sum with it
    let found = boost(
        "14.4 Gy in 8",
        "tumour bed boosted to 14.4 Gy in 8 fractions",
    );
    assert!(!has(&found, DOSE), "{found:?}");
    // of the first phase, the total is its dose
    let single = [("pelvis", "45 Gy in 25", "rt")];
    let found = protocol(
        &[("p", &single)],
        "rt = \"pelvis to a total of 45 Gy in 25 fractions\"",
        "",
    );
    assert!(!has(&found, DOSE), "{found:?}");
}

#[test]
fn limits_permit_on_the_side_of_their_words() {
    let limit = |comparison: &str, metric: &str, value: &str, words: &str| {
        let single = [("pelvis", "45 Gy in 25", "rt")];
        let more = format!(
            "[[limits]]\nid = \"l\"\nsource = \"invented\"\n[[limits.rows]]\nstructure = \"pelvis\"\nmetric = {metric:?}\ncomparison = {comparison:?}\nlimit = {{ value = {value:?}, from = \"l\" }}\n"
        );
        let passages = format!("rt = \"pelvis 45 Gy in 25 fractions\"\nl = {words:?}");
        protocol(&[("p", &single)], &passages, &more)
    };
    for (metric, value, words, upper) in [
        ("V30Gy", "200 cc", "at most 200 cc above 30 Gy", true),
        ("V30Gy", "200 cc", "V30Gy < 200 cc", true),
        ("V30Gy", "200 cc", "200 cc or less above 30 Gy", true),
        ("V30Gy", "200 cc", "up to 200 cc above 30 Gy", true),
        ("V42Gy", "95 %", "V42Gy: at least 95 % of the pelvis", false),
        ("V42Gy", "95 %", "V42Gy minimum 95 %", false),
        ("maximum", "48 Gy", "maximum dose 48 Gy", true),
        ("maximum", "48 Gy", "not more than 4800 cGy", true),
        ("minimum", "42 Gy", "no less than: minimum of 42 Gy", false),
        ("minimum", "42 Gy", "42 Gy or more", false),
    ] {
        for (comparison, right) in [("at_most", upper), ("at_least", !upper)] {
            let found = limit(comparison, metric, value, words);
            assert_eq!(
                !has(&found, "limit.words"),
                right,
                "{comparison} {words}: {found:?}"
            );
        }
    }
    // the number itself is permitted, or is not
    for (value, words, permitted) in [
        ("200 cc", "V30Gy < 200 cc", "below"),
        ("200 cc", "V30Gy less than 200 cc", "below"),
        ("200 cc", "V30Gy ≤ 200 cc", "at_most"),
        ("200 cc", "no more than 200 cc above 30 Gy", "at_most"),
        ("200 cc", "V30Gy should not exceed 200 cc", "at_most"),
        ("200 cc", "V30Gy maximum 200 cc", "at_most"),
        ("95 %", "V30Gy: at least 95 %", "at_least"),
        ("95 %", "V30Gy > 95 %", "above"),
        ("95 %", "V30Gy more than 95 %", "above"),
    ] {
        let upper = ["below", "at_most"].contains(&permitted);
        let both = if upper {
            ["below", "at_most"]
        } else {
            ["at_least", "above"]
        };
        for comparison in both {
            let found = limit(comparison, "V30Gy", value, words);
            assert_eq!(
                has(&found, "limit.included"),
                comparison != permitted,
                "{comparison} {words}: {found:?}"
            );
        }
    }
    // words without a side accuse nothing
    for comparison in ["at_most", "at_least"] {
        let found = limit(comparison, "V30Gy", "200 cc", "V30Gy 200 cc");
        assert!(!has(&found, "limit.words"), "{found:?}");
    }
}

#[test]
fn ages_and_distances_permit_on_the_side_of_their_words() {
    let criterion = |test: &str, words: &str| {
        let single = [("pelvis", "45 Gy in 25", "rt")];
        let more = format!(
            "[[eligibility]]\nid = \"e\"\nkind = \"inclusion\"\ntests = [{{ value = {test}, from = \"e\" }}]\n"
        );
        let passages = format!("rt = \"pelvis 45 Gy in 25 fractions\"\ne = {words:?}");
        has(
            &protocol(&[("p", &single)], &passages, &more),
            "limit.words",
        )
    };
    for (test, words, wrong) in [
        ("{ age_at_least = 18 }", "18 years or older", false),
        ("{ age_at_least = 18 }", "age ≥ 18 years", false),
        ("{ age_at_least = 18 }", "aged 18 to 75 years", false),
        ("{ age_at_least = 75 }", "age ≤ 75 years", true),
        ("{ age_at_least = 75 }", "75 years or younger", true),
        (
            "{ distance_at_most = \"8 cm\" }",
            "≤ 8 cm from the anal verge",
            false,
        ),
        (
            "{ distance_at_most = \"8 cm\" }",
            "within 8 cm of the anal verge",
            false,
        ),
        (
            "{ distance_at_most = \"8 cm\" }",
            "at least 8 cm from the anal verge",
            true,
        ),
    ] {
        assert_eq!(criterion(test, words), wrong, "{test} {words}");
    }
}

#[test]
fn drugs_go_with_the_radiotherapy_or_after_it_as_the_words_say() {
    let given_for = |concurrent: bool, words: &str, reason: &str| {
        let reason = if reason.is_empty() {
            String::new()
        } else {
            format!("reason = \"{reason}\", ")
        };
        let single = [("pelvis", "45 Gy in 25", "rt")];
        let drugs = "[[drugs]]\nid = \"capecitabine\"\nfrom = \"rx\"\ndrug = \"capecitabine\"\nroute = { value = \"oral\", reason = \"tablets\" }\nintensity = { value = \"825 mg/m2\", from = \"dose\" }\nadministrations_per_day = { value = 2, from = \"dose\" }\ndays = { value = \"weekdays\", from = \"dose\" }\n";
        let given = if concurrent {
            "action = \"radiotherapy\"\ncourse = \"c\"\nconcurrent_drugs"
        } else {
            "action = \"drugs\"\ndrugs"
        };
        let actions = format!(
            "[[arms.options.actions]]\n{given} = {{ value = [\"capecitabine\"], {reason}from = \"rx\" }}\n"
        );
        let more = format!(
            "{drugs}[[arms]]\nid = \"all\"\ntitle = \"Everyone\"\nwhen = {{ value = \"everyone\", reason = \"one arm\", from = \"rt\" }}\n[[arms.options]]\nid = \"o\"\ntitle = \"treatment\"\nfrom = \"rt\"\n{actions}"
        );
        let passages = format!(
            "rt = \"pelvis 45 Gy in 25 fractions\"\ndose = \"capecitabine 825 mg/m2 twice daily on weekdays\"\nrx = {words:?}"
        );
        let found = protocol(&[("p", &single)], &passages, &more);
        has(&found, "protocol.passage_sequence")
    };
    let given = |concurrent: bool, words: &str| {
        // a reason that does not take up the words holds no more than none
        let found = given_for(concurrent, words, "");
        assert_eq!(
            given_for(concurrent, words, "given with it"),
            found,
            "{words}"
        );
        found
    };
    for words in [
        "concurrent capecitabine",
        "capecitabine concurrently with radiotherapy",
        "capecitabine during radiotherapy",
        "adjuvant chemoradiotherapy with concurrent capecitabine",
    ] {
        assert!(!given(true, words), "{words}");
        assert!(given(false, words), "{words}");
    }
    for words in [
        "adjuvant capecitabine",
        "adjuvant chemotherapy with capecitabine",
        "consolidation capecitabine",
        "capecitabine after completion of radiotherapy",
        "capecitabine prior to radiotherapy",
        "capecitabine for two cycles preceding radiotherapy",
        "capecitabine after the last fraction",
        "capecitabine once radiotherapy is completed",
        "capecitabine post-radiotherapy",
        "post-CRT capecitabine",
        "capecitabine as induction",
        "capecitabine as neoadjuvant chemotherapy",
        "concurrent cisplatin, then adjuvant capecitabine",
        "induction: capecitabine",
        "neoadjuvant: capecitabine",
        "Adjuvant: oral capecitabine",
        "before radiotherapy: capecitabine",
        "After completion of radiotherapy, capecitabine",
        "After radiotherapy capecitabine",
    ] {
        assert!(given(true, words), "{words}");
        assert!(!given(false, words), "{words}");
    }
    for words in [
        "capecitabine",
        "radiotherapy plus capecitabine",
        "adjuvant chemoradiotherapy (capecitabine)",
        "concurrent and adjuvant capecitabine",
        "capecitabine from the day before radiotherapy",
        "capecitabine within 2 h prior to radiotherapy",
        "capecitabine stopped after the last fraction",
        "capecitabine until after the last fraction",
        "capecitabine, stopped once radiotherapy is completed",
        "capecitabine and post-operative radiotherapy",
        "capecitabine in patients without prior radiotherapy",
        "capecitabine as prescribed",
        "concurrent capecitabine, then adjuvant capecitabine",
        // times of the day
        "capecitabine twice daily, 2 hours before radiotherapy",
        "capecitabine bid after a meal on radiotherapy days",
        "capecitabine, the morning dose before irradiation",
        "one hour before radiotherapy, capecitabine",
        "Before each radiotherapy fraction, capecitabine",
        // what is done after radiotherapy with the drug
        "surgery 6 weeks after radiotherapy with capecitabine",
        "After radiotherapy with capecitabine, surgery",
    ] {
        assert!(!given(true, words), "{words}");
    }
    // a reason that takes up the word says what is meant
    let adjuvant = "adjuvant capecitabine";
    assert!(!given_for(
        true,
        adjuvant,
        "adjuvant to surgery, with the radiotherapy"
    ));
}

#[test]
fn a_passage_with_words_left_out_is_said() {
    let cut = "protocol.passage_cut";
    let single = [("pelvis", "45 Gy in 25", "rt")];
    for (words, wrong) in [
        ("pelvis 45 Gy ... in 25 fractions", true),
        ("pelvis 45 Gy … in 25 fractions", true),
        ("pelvis 45 Gy [...] in 25 fractions", true),
        ("... pelvis 45 Gy in 25 fractions ...", false),
        ("pelvis 45 Gy in 25 fractions.", false),
    ] {
        let found = protocol(&[("p", &single)], &format!("rt = {words:?}"), "");
        assert_eq!(has(&found, cut), wrong, "{words}: {found:?}");
    }
}

#[test]
fn a_window_is_in_the_unit_of_its_words() {
    let window = |field: &str, value: &str, words: &str| {
        let single = [("pelvis", "45 Gy in 25", "rt")];
        let more = format!(
            "[start]\nfrom = {{ value = \"surgery\", from = \"s\" }}\n{field} = {{ value = {value:?}, from = \"s\" }}\n"
        );
        let passages = format!("rt = \"pelvis 45 Gy in 25 fractions\"\ns = {words:?}");
        has(
            &protocol(&[("p", &single)], &passages, &more),
            "protocol.quote_number",
        )
    };
    for (field, value, words, wrong) in [
        ("weeks", "4-6", "4-6 weeks after surgery", false),
        ("weeks", "4-6", "four to six weeks after surgery", false),
        ("weeks", "4-6", "4 to 6 weeks after surgery", false),
        ("days", "28-42", "28-42 days after surgery", false),
        ("days", "14", "14 days after surgery", false),
        ("days", "4-6", "4-6 weeks after surgery", true),
        ("weeks", "28-42", "28-42 days after surgery", true),
        ("weeks", "14", "within 14 days of surgery", true),
        ("days", "6", "6 weeks after surgery", true),
    ] {
        assert_eq!(
            window(field, value, words),
            wrong,
            "{field} {value} {words}"
        );
    }
}

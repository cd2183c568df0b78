//! Boosts, arms and starts are those that the words say: both ways.

use super::passages::codes;

const BASE: &str = r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
rt = "The preoperative treatment was 45 Gy in 25 fractions to the pelvis"
boost = "BOOST_WORDS"
surgery = "SURGERY_WORDS"
rx = "One month after surgery, fluorouracil (500 mg/m2 per day, days 1-5)"
who = "patients had preoperative or postoperative treatment"
large = "LARGE_WORDS"
[[facts]]
id = "allocation"
question = "Which group?"
choices = ["preoperative", "postoperative"]
[[facts]]
id = "diameter"
question = "Which diameter?"
unit = "cm"
min = "0 cm"
max = "9 cm"
[[volumes]]
name = "pelvis"
called = "pelvis"
from = "rt"
[[volumes]]
name = "tumour"
called = "tumour"
from = "large"
inside = { value = "pelvis", reason = "it lies in the pelvis" }
[[phases]]
name = "p"
modality = { value = "external_beam", reason = "as usual", from = "rt" }
[[phases.doses]]
volume = "pelvis"
fractionation = { value = "45 Gy in 25", from = "rt" }
[[phases]]
name = "b"
modality = { value = "external_beam", reason = "as usual", from = "boost" }
[[phases.doses]]
volume = "VOLUME"
fractionation = { value = "9 Gy in 5", from = "boost" }
[[courses]]
id = "c"
title = "radiotherapy"
from = "rt"
phases = ["p", "b"]
order = { value = "sequential", reason = "a boost follows", from = "boost" }
fractions_per_week = { value = 5, reason = "as usual: 5", from = "rt" }
[[drugs]]
id = "d"
from = "rx"
drug = "fluorouracil"
route = { value = "intravenous", reason = "given by vein" }
intensity_per_day = "500 mg/m2/d"
days = { days = "1-5" }
[[arms]]
id = "pre"
title = "Before"
when = { value = { allocation = "FIRST", SIDE }, from = "who" }
[[arms.options]]
id = "o"
title = "radiotherapy"
from = "OPTION"
[[arms.options.actions]]
action = "radiotherapy"
course = { value = "c", from = "rt" }
concurrent_drugs = { value = [GIVEN], reason = "as given", from = "rx" }
[[arms.options.actions]]
action = "surgery"
from = "surgery"
procedure = "surgery"
start.from = { value = "EVENT", from = "surgery" }
START
"#;

const USUAL: &[(&str, &str)] = &[
    (
        "BOOST_WORDS",
        "45 Gy in 25 fractions to the pelvis, then a boost of 9 Gy in 5 fractions",
    ),
    (
        "SURGERY_WORDS",
        "Surgery 4-6 weeks after the end of chemoradiotherapy",
    ),
    ("LARGE_WORDS", "tumour of less than 3 cm"),
    ("VOLUME", "tumour"),
    ("FIRST", "preoperative"),
    ("SIDE", "diameter = { below = \"3 cm\" }"),
    ("OPTION", "rt"),
    ("GIVEN", ""),
    ("EVENT", "chemoradiotherapy"),
    (
        "START",
        "start.weeks = { value = \"4-6\", from = \"surgery\" }",
    ),
];

fn found(changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = BASE.to_owned();
    for (place, words) in changes.iter().chain(USUAL) {
        text = text.replace(place, words);
    }
    let found = codes(&text).into_iter().map(|(code, _)| code);
    found
        .filter(|code| ["protocol.passage_value", "protocol.passage_dose"].contains(&code.as_str()))
        .collect()
}

#[track_caller]
fn right(changes: &[(&str, &str)]) {
    assert_eq!(found(changes), [""; 0], "{changes:?}");
}

#[track_caller]
fn wrong(changes: &[(&str, &str)]) {
    assert_eq!(found(changes), ["protocol.passage_value"], "{changes:?}");
}

#[test]
fn a_boost_beside_the_dose_of_the_pelvis_is_not_of_the_pelvis() {
    for words in [
        "45 Gy in 25 fractions to the pelvis, then a boost of 9 Gy in 5 fractions",
        "45 Gy in 25 fractions to the pelvis followed by an external beam boost of 9 Gy in 5 fractions",
        "45 Gy in 25 fractions to the pelvis. Boost: 9 Gy in 5 fractions.",
        "45 Gy in 25 fractions to the pelvis + 9 Gy in 5 fractions boost",
        "pelvis: 45 Gy in 25 fractions; boost: 9 Gy in 5 fractions",
        "The pelvis was irradiated with 45 Gy in 25 fractions. A boost of 9 Gy in 5 fractions was then given.",
        "45 Gy in 25 fractions to pelvis; sequential boost of 9 Gy in 5 fractions",
    ] {
        right(&[("BOOST_WORDS", words)]);
        wrong(&[("BOOST_WORDS", words), ("VOLUME", "pelvis")]);
    }
    let whole =
        "45 Gy in 25 fractions to the pelvis, then a boost of 9 Gy in 5 fractions to the pelvis";
    right(&[("BOOST_WORDS", whole), ("VOLUME", "pelvis")]);
}

#[test]
fn an_arm_is_for_the_patients_that_its_passage_says() {
    wrong(&[("FIRST", "postoperative")]);
    right(&[("FIRST", "postoperative"), ("OPTION", "who")]);
    right(&[("OPTION", "large")]);
    wrong(&[
        ("OPTION", "large"),
        ("SIDE", "diameter = { at_least = \"3 cm\" }"),
    ]);
    let more = ("LARGE_WORDS", "tumour of 3 cm or more");
    wrong(&[("OPTION", "large"), more]);
    right(&[
        ("OPTION", "large"),
        more,
        ("SIDE", "diameter = { at_least = \"3 cm\" }"),
    ]);
    right(&[("OPTION", "large"), ("LARGE_WORDS", "tumour of any size")]);
}

#[test]
fn a_step_begins_when_and_after_what_the_words_say() {
    right(&[]);
    wrong(&[("EVENT", "surgery")]);
    let weeks =
        |value: &str| format!("start.weeks = {{ value = \"{value}\", from = \"surgery\" }}");
    let days = |value: &str| {
        format!("start.days = {{ value = \"{value}\", reason = \"28 to 42\", from = \"surgery\" }}")
    };
    wrong(&[("START", weeks("4").as_str())]);
    wrong(&[("START", weeks("6").as_str())]);
    wrong(&[("START", days("4-6").as_str())]);
    right(&[("START", days("28-42").as_str())]);
    let month = (
        "SURGERY_WORDS",
        "One month after chemoradiotherapy, surgery",
    );
    right(&[month, ("START", days("28-31").as_str())]);
    wrong(&[month, ("START", days("1").as_str())]);
    let derived = "start.weeks = { value = \"28-31\", reason = \"a month is 28 to 31 days\", from = \"surgery\" }";
    wrong(&[month, ("START", derived)]);
}

#[test]
fn a_drug_after_the_operation_is_not_given_with_the_radiotherapy_before_it() {
    wrong(&[("GIVEN", "\"d\"")]);
}

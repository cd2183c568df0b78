//! What is declared is given to somebody, and an order goes with its phases. Both ways.

use chemorad::report::Outcome;
use chemorad_protocol::{Format, ProtocolFile};

const TEXT: &str = r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
a = "arm A: 45 Gy in 25 fractions to the pelvis, 5 fractions a week, with cisplatin 40 mg/m2 weekly"
b = "arm B: 50 Gy in 25 fractions to the pelvis, 5 fractions a week"
[[facts]]
id = "allocation"
question = "Which arm?"
choices = ["A", "B"]
[[volumes]]
name = "pelvis"
from = "a"
called = "pelvis"
[[phases]]
name = "pA"
from = "a"
modality = { value = "external_beam", reason = "as usual" }
[[phases.doses]]
volume = "pelvis"
fractionation = "45 Gy in 25"
[[phases]]
name = "pB"
from = "b"
modality = { value = "external_beam", reason = "as usual" }
[[phases.doses]]
volume = "pelvis"
fractionation = "50 Gy in 25"
[[courses]]
id = "cA"
title = "radiotherapy A"
from = "a"
phases = ["pA"]
order = { value = "single_phase", reason = "one" }
fractions_per_week = 5
[[courses]]
id = "cB"
title = "radiotherapy B"
from = "b"
phases = ["pB"]
order = { value = "single_phase", reason = "one" }
fractions_per_week = 5
[[drugs]]
id = "cisplatin"
from = "a"
drug = "cisplatin"
route = { value = "intravenous", reason = "an infusion" }
intensity = "40 mg/m2"
administrations_per_day = { value = 1, reason = "once: 1" }
days = "weekly"
[[arms]]
id = "A"
title = "Arm A"
from = "a"
when = { allocation = "A" }
[[arms.options]]
id = "oA"
title = "radiotherapy and cisplatin"
from = "a"
[[arms.options.actions]]
action = "radiotherapy"
course = "cA"
concurrent_drugs = { value = ["cisplatin"], from = "a" }
[[arms]]
id = "B"
title = "Arm B"
from = "b"
when = { allocation = "B" }
[[arms.options]]
id = "oB"
title = "radiotherapy"
from = "b"
[[arms.options.actions]]
action = "radiotherapy"
course = "cB"
concurrent_drugs = { value = [], reason = "none is named", from = "b" }
"#;

pub(crate) fn failed(changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = TEXT.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let file = ProtocolFile::parse("t.toml", &text, Format::Toml).unwrap();
    let found = file.protocol.lint().into_iter();
    let found = found.filter(|found| found.outcome == Outcome::Fail);
    let codes = [
        "protocol.unused_part",
        "protocol.phase",
        "protocol.passage_value",
        "protocol.drug_times",
        "protocol.drug_left_out",
    ];
    found
        .filter(|found| codes.iter().any(|code| found.is(code)))
        .map(|found| format!("{} {}", found.code(), found.at()))
        .collect()
}

#[test]
fn what_is_declared_is_given_to_somebody() {
    assert_eq!(failed(&[]), [""; 0]);
    assert_eq!(
        failed(&[("course = \"cB\"", "course = \"cA\"")]),
        ["protocol.unused_part courses.cB"]
    );
    assert_eq!(
        failed(&[("phases = [\"pB\"]", "phases = [\"pA\"]")]),
        ["protocol.unused_part phases.pB"]
    );
    assert_eq!(
        failed(&[("value = [\"cisplatin\"], from", "value = [], from")]),
        [
            "protocol.drug_left_out arms.A.options.oA.actions[0]",
            "protocol.unused_part drugs.cisplatin"
        ]
    );
    // any of them may answer an open question
    assert_eq!(
        failed(&[(
            "concurrent_drugs = { value = [\"cisplatin\"], from = \"a\" }",
            "concurrent_drugs.id = \"drugs\"\nconcurrent_drugs.question = \"Which drugs?\"\nconcurrent_drugs.why = \"not said\"\nconcurrent_drugs.choices = [\"cisplatin\", \"none\"]",
        )]),
        [""; 0]
    );
}

#[test]
fn an_order_goes_with_the_number_of_phases() {
    assert_eq!(
        failed(&[("phases = [\"pA\"]", "phases = [\"pA\", \"pB\"]")]),
        ["protocol.phase courses.cA.order"]
    );
    assert_eq!(
        failed(&[("value = \"single_phase\"", "value = \"sequential\"")]),
        ["protocol.phase courses.cA.order"]
    );
}

#[test]
fn a_volume_is_called_as_its_passage_calls_it() {
    assert_eq!(
        failed(&[("called = \"pelvis\"", "called = \"brain\"")]),
        ["protocol.passage_value volumes.pelvis.called"]
    );
    assert_eq!(
        failed(&[("called = \"pelvis\"", "called = \"whole pelvis\"")]),
        [""; 0]
    );
}

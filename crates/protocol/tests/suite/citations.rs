//! Files of `chemorad.protocol/2`: passages listed once and cited, values, questions and conditions in
//! short; what is wrong with them has a line and a column.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad_protocol::{
    Condition, Fact, FactTest, Format, Linted, ProtocolFile, Schema, Statement, Status,
};

const FIRST: &str = include_str!("../fixtures/synthetic.toml");

pub(crate) const SHORT: &str = r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC-SHORT"
title = "An invented trial"
passages = [
  { id = "field", text = "the pelvis gets 45 Gy in 25 fractions with photons", locator = "5" },
  { id = "rx", text = "oral capecitabine 825 mg/m2 twice daily", locator = "6" },
  { id = "all", text = "all patients", locator = "3" },
]

[source]
document = "invented protocol"
version = "1"

[[facts]]
id = "response"
question = "How did the tumour respond?"
choices = ["complete", "partial"]

[[volumes]]
name = "pelvis"
from = "field"
called = "the pelvis"

[[phases]]
name = "pelvis"
from = "field"
modality = "external_beam_photons"

[[phases.doses]]
volume = "pelvis"
fractionation = "45 Gy in 25"
dose_per_fraction = { value = "1.8 Gy", reason = "45 Gy / 25 = 1.8 Gy" }

[[courses]]
id = "pelvis"
title = "45 Gy in 25 fractions"
from = "field"
phases = ["pelvis"]
order = { value = "single_phase", reason = "one phase is named" }
fractions_per_week.question = "fractions_per_week"

[[drugs]]
id = "capecitabine"
from = "rx"
drug = "capecitabine"
route = "oral"
intensity = "825 mg/m2"
administrations_per_day = 2
intensity_per_day = { value = "1650 mg/m2/d", reason = "2 x 825 mg/m2 = 1650 mg/m2/d" }
days.question = "drug_days"
site_policy = ["body_surface_area_formula", "rounding"]

[[arms]]
id = "everyone"
title = "Everyone"
when = { value = "everyone", from = "all" }

[[arms.options]]
id = "chemoradiotherapy"
title = "Chemoradiotherapy, 45 Gy in 25 fractions"
from = "all"

[[arms.options.actions]]
action = "radiotherapy"
course = { value = "pelvis", from = "field" }
concurrent_drugs = { value = ["capecitabine"], reason = "both are for all patients", from = ["rx", "all"] }

[[ambiguities]]
question = { id = "who", question = "Who?", why = "Not said.", choices = ["a", "b"] }
when = { tumour_stage = ["pT1", "pT2"], nodal_stage = "N0", none_of = [{ response = "complete" }] }
"#;

fn read(text: &str) -> ProtocolFile {
    ProtocolFile::parse("trial.toml", text, Format::Toml)
        .unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn a_file_in_short_is_the_protocol_in_full() {
    let file = read(SHORT);
    assert_eq!(file.schema(), Schema::V2);
    assert_eq!(file.passages().len(), 3);
    let linted = Linted::of(Ok(file.clone()));
    assert!(linted.findings.is_empty(), "{:#?}", linted.findings);
    let protocol = &file.protocol;
    let drug = protocol.drug("capecitabine").unwrap();
    let Some(Statement::Stated { quote, locator, .. }) = &drug.intensity else {
        panic!("{:?}", drug.intensity)
    };
    assert_eq!(
        (&**quote, &**locator),
        ("oral capecitabine 825 mg/m2 twice daily", "6")
    );
    let per_day = drug.intensity_per_day.as_ref().unwrap();
    assert_eq!(per_day.status(), Status::Derived);
    assert_eq!(&*per_day.quotes()[0].text, &**quote);
    let days = drug.days.question().unwrap();
    assert_eq!((&*days.id, days.choices.len()), ("drug_days", 3));
    assert!(drug.days.answered("weekdays").is_some());
    assert_eq!(drug.site_policy.len(), 2);
    let course = protocol.course("pelvis").unwrap();
    assert_eq!(course.fractions_per_week.answered("6").unwrap().get(), 6);
    let when = protocol.ambiguities[0].when.as_ref().unwrap();
    assert_eq!(
        when.to_string(),
        "all of (tumour_stage is pT1 or pT2; nodal_stage is N0; none of (response is complete))"
    );
    let Condition::AllOf(parts) = when else {
        panic!("{when:?}")
    };
    assert!(
        matches!(&parts[0], Condition::Fact(FactTest::Choice { fact, .. }) if *fact == Fact::TUMOUR_STAGE)
    );
    // several passages under one value
    let option = protocol.option("chemoradiotherapy").unwrap().1;
    let drugs = option.actions[0].drugs().unwrap();
    assert_eq!(drugs.quotes().len(), 2);
}

/// Writes what it says into one of the older schema, and back.
#[test]
fn in_full_it_is_a_file_of_the_first_schema() {
    let file = read(SHORT);
    let full = serde_json::to_string(&file.protocol).unwrap();
    assert!(full.contains("chemorad.protocol/1") && !full.contains("\"from\""));
    let again = ProtocolFile::parse("full.json", &full, Format::Json).unwrap();
    assert_eq!(again.schema(), Schema::V1);
    assert_eq!(again.protocol, file.protocol);
    assert!(again.passages().is_empty());
}

/// The line and column of the first fault or finding of a code, and what it says.
fn found(text: &str, code: &str) -> (String, String) {
    let linted = Linted::of(ProtocolFile::parse("trial.toml", text, Format::Toml));
    let mut of_code = linted.findings.iter().filter(|l| l.finding.code() == code);
    let first = of_code
        .next()
        .unwrap_or_else(|| panic!("no {code}: {:#?}", linted.findings));
    (first.place.start.to_string(), first.finding.message())
}

/// Where a text first stands, as line and column.
fn place(text: &str, what: &str) -> String {
    let at = text.find(what).unwrap();
    let line = text[..at].matches('\n').count() + 1;
    let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1) + 1;
    format!("{line}:{column}")
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of slips")]
fn each_slip_has_its_place_and_says_what_to_do() {
    for (from, to, at, code, words) in [
        // cited and not listed
        (
            "from = \"rx\"\ndrug",
            "from = \"rxx\"\ndrug",
            "\"rxx\"",
            "protocol.citation",
            "did you mean `rx`?",
        ),
        (
            "from = \"all\" }",
            "from = \"nobody\" }",
            "\"nobody\"",
            "protocol.citation",
            "there is `all`, `field`, `rx`",
        ),
        // listed twice
        (
            "id = \"all\", text",
            "id = \"rx\", text",
            "\"rx\", text = \"all",
            "protocol.passage_twice",
            "listed twice",
        ),
        // never cited
        (
            "  { id = \"all\",",
            "  { id = \"left\", text = \"over\", locator = \"9\" },\n  { id = \"all\",",
            "\"left\"",
            "protocol.passage_uncited",
            "rests on the passage `left`",
        ),
        // cited wrongly
        (
            "from = \"all\" }",
            "from = 3 }",
            "3 }",
            "protocol.citation",
            "by its id",
        ),
        (
            "from = \"field\"\nphases",
            "from = [\"field\", \"rx\"]\nphases",
            "[\"field\", \"rx\"]",
            "protocol.citation",
            "one passage is cited here",
        ),
        (
            "value = \"everyone\", from = \"all\"",
            "value = \"everyone\", from = [\"all\", \"rx\"]",
            "[\"all\", \"rx\"] }",
            "protocol.citation",
            "in `reason`",
        ),
        // no passage at all, or words in place
        (
            "from = \"rx\"\ndrug",
            "drug",
            "\"capecitabine\"\nroute",
            "protocol.citation",
            "needs the passage",
        ),
        (
            "when = { value = \"everyone\", from = \"all\" }",
            "when = { value = \"everyone\", quote = \"all patients\", locator = \"3\" }",
            "quote = \"all",
            "protocol.citation",
            "has no place in chemorad.protocol/2",
        ),
        (
            "from = \"all\"\n\n",
            "quote = { text = \"all patients\", locator = \"3\" }\n\n",
            "quote = {",
            "protocol.citation",
            "[[passages]]",
        ),
        (
            "title = \"45 Gy in 25 fractions\"\nfrom = \"field\"",
            "title = \"45 Gy in 25 fractions\"",
            "",
            "file.missing_field",
            "the field `from` is missing",
        ),
        // a misprint of the field itself
        (
            "value = \"everyone\", from",
            "value = \"everyone\", form",
            "form = \"all\"",
            "file.unknown_field",
            "did you mean `from`?",
        ),
        // a passage without its words
        (
            "locator = \"6\"",
            "locator = \" \"",
            "\" \"",
            "file.value",
            "no text in it",
        ),
        (
            "text = \"all patients\", ",
            "",
            "{ id = \"all\"",
            "file.missing_field",
            "`text` is missing",
        ),
        // questions by name
        (
            "\"rounding\"",
            "\"roundings\"",
            "\"roundings\"",
            "protocol.question_unknown",
            "did you mean `rounding`?",
        ),
        (
            "\"drug_days\"",
            "\"my own question\"",
            "\"my own question\"",
            "protocol.question_unknown",
            "write the question out",
        ),
        // facts in short
        (
            "nodal_stage = \"N0\"",
            "nodal_stag = \"N0\"",
            "nodal_stag",
            "protocol.unknown_reference",
            "did you mean `nodal_stage`?",
        ),
        (
            "{ response = \"complete\" }",
            "{ answer = \"complete\" }",
            "answer",
            "protocol.unknown_reference",
            "and facts that the file declares",
        ),
        (
            "nodal_stage = \"N0\"",
            "nodal_stage = \"N9\"",
            "\"N9\"",
            "file.value",
            "N9",
        ),
        // gaps
        (
            "\"825 mg/m2\"",
            "\"FILL IN: the dose of one administration\"",
            "\"FILL IN",
            "protocol.fill_in",
            "still to be filled in: the dose",
        ),
        // numbers that the cited passage does not bear
        (
            "intensity = \"825 mg/m2\"",
            "intensity = \"852 mg/m2\"",
            "\"852",
            "protocol.quote_number",
            "does not contain",
        ),
        (
            "chemorad.protocol/2",
            "chemorad.protocol/3",
            "\"chemorad.protocol/3\"",
            "file.value",
            "not known here",
        ),
    ] {
        assert_eq!(SHORT.matches(from).count(), 1, "{from}");
        let text = SHORT.replace(from, to);
        let (start, message) = found(&text, code);
        assert!(message.contains(words), "{from} to {to}: {message}");
        if !at.is_empty() {
            assert_eq!(start, place(&text, at), "{from} to {to}: {message}");
        }
    }
}

/// One slip is one fault: what only follows from it is not said.
#[test]
fn a_slip_is_said_once() {
    for (from, to, most) in [
        ("from = \"all\" }", "from = \"nobody\" }", 1),
        ("\"rounding\"", "\"roundings\"", 1),
        ("\"825 mg/m2\"", "\"FILL IN\"", 1),
        ("id = \"all\", text", "id = \"al\", text", 3),
        (
            "value = \"everyone\", from",
            "value = \"everyone\", form",
            2,
        ),
        (
            "when = { value = \"everyone\", from = \"all\" }",
            "when = { value = \"everyone\", quote = \"all patients\", locator = \"3\" }",
            1,
        ),
    ] {
        let text = SHORT.replace(from, to);
        let faults = ProtocolFile::parse("trial.toml", &text, Format::Toml).unwrap_err();
        assert!(faults.iter().count() <= most, "{from} to {to}: {faults}");
    }
}

/// Passages under the sections they stand in are the same.
#[test]
fn passages_by_section() {
    let list = SHORT.find("passages = [").unwrap();
    let end = SHORT.find("[source]").unwrap();
    let sections = r#"[passages."5"]
field = "the pelvis gets 45 Gy in 25 fractions with photons"

[passages."6"]
rx = "oral capecitabine 825 mg/m2 twice daily"

[passages."3"]
all = "all patients"

"#;
    let text = format!("{}{sections}{}", &SHORT[..list], &SHORT[end..]);
    assert_eq!(read(&text).protocol, read(SHORT).protocol);
    for (from, to, at, code) in [
        (
            "[passages.\"3\"]\n",
            "[passages.\"3\"]\nleft = \"over\"\n",
            "\"over\"",
            "protocol.passage_uncited",
        ),
        (
            "all = \"all",
            "rx = \"all",
            "rx = \"all",
            "protocol.passage_twice",
        ),
        ("all = \"all patients\"", "all = 3", "3\n", "file.value"),
        ("all = \"all patients\"", "all = \"\"", "\"\"", "file.value"),
        (
            "[passages.\"3\"]",
            "[passages]",
            "all = \"all",
            "protocol.citation",
        ),
    ] {
        let text = text.replace(from, to);
        let (start, message) = found(&text, code);
        assert_eq!(start, place(&text, at), "{from} to {to}: {message}");
    }
}

/// The fields of a question may stand beside what it leaves open.
#[test]
fn questions_beside_what_they_leave_open() {
    let nested = "question = { id = \"who\", question = \"Who?\", why = \"Not said.\", choices = [\"a\", \"b\"] }";
    let beside = "id = \"who\"\nquestion = \"Who?\"\nwhy = \"Not said.\"\nchoices = [\"a\", \"b\"]";
    let text = SHORT.replace(nested, beside);
    assert_ne!(text, SHORT);
    assert_eq!(read(&text).protocol, read(SHORT).protocol);
    let open = SHORT.replace(
        "days.question = \"drug_days\"",
        "days = { id = \"d\", question = \"When?\", why = \"Not said.\", choices = [\"weekdays\"], values = [\"weekdays\"], from = \"all\" }",
    );
    let file = read(&open);
    let days = &file.protocol.drug("capecitabine").unwrap().days;
    assert_eq!(&*days.quotes()[0].text, "all patients");
}

#[test]
fn in_json_too() {
    let json = r#"{ "schema": "chemorad.protocol/2", "id": "T", "title": "T",
  "source": { "document": "d", "version": "1" },
  "passages": [{ "id": "all", "text": "all patients", "locator": "3" }],
  "arms": [{ "id": "a", "title": "A", "from": "alll", "when": "everyone",
    "options": [{ "id": "o", "title": "O", "from": "all", "actions": [{ "action": "active_surveillance" }] }] }] }"#;
    let faults = ProtocolFile::parse("t.json", json, Format::Json).unwrap_err();
    assert_eq!(faults.iter().count(), 1, "{faults}");
    assert_eq!(faults.first().position.to_string(), "4:47", "{faults}");
    let right = json.replace("alll", "all");
    let linted = Linted::of(ProtocolFile::parse("t.json", &right, Format::Json));
    assert!(linted.findings.is_empty(), "{:?}", linted.findings);
}

/// The older schema has no citations, and keeps its faults and findings.
#[test]
fn a_file_of_the_first_schema_cites_nothing() {
    let text = SHORT.replace("protocol/2", "protocol/1");
    let (start, message) = found(&text, "protocol.citation");
    assert!(message.contains("chemorad protocol convert"), "{message}");
    assert!(!start.is_empty());
    let file = read(FIRST);
    assert_eq!(file.schema(), Schema::V1);
    assert!(Linted::of(Ok(file)).findings.is_empty());
}

/// A passage cited again and again cannot fill the memory.
#[test]
fn a_long_passage_cited_often_is_refused() {
    let long = "word ".repeat(10_000);
    let mut text = SHORT.replace("all patients", &long);
    for number in 0..400 {
        text.push_str("[[volumes]]\nname = \"v");
        text.push_str(&number.to_string());
        text.push_str("\"\nfrom = \"all\"\ncalled = \"v\"\n");
    }
    let faults = ProtocolFile::parse("trial.toml", &text, Format::Toml).unwrap_err();
    assert!(faults.to_string().contains("16 MiB"), "{}", faults.first());
}

//! Every code is found by a file that has the fault, at the right line and column, in TOML and in
//! JSON; and every code has an explanation.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeSet;

use chemorad::report::Outcome;
use chemorad_protocol::{Format, LARGEST, Linted, Position, ProtocolFile, explain, explanations};

const SOUND: &str = include_str!("../fixtures/synthetic.toml");

fn lint(text: &str, format: Format) -> Linted {
    Linted::of(ProtocolFile::parse("trial", text, format))
}

fn to_json(text: &str) -> String {
    let value: toml::Table = toml::from_str(text).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

/// The sound file with one passage replaced.
fn edited(from: &str, to: &str) -> String {
    assert_eq!(
        SOUND.matches(from).count(),
        1,
        "{from:?} must stand once in the file"
    );
    SOUND.replace(from, to)
}

/// Where `^` points in a passage that stands once in the text.
fn marked(text: &str, passage: &str) -> Position {
    let caret = passage.find('^').expect("a passage marks its place with ^");
    let plain = passage.replacen('^', "", 1);
    assert_eq!(text.matches(&plain).count(), 1, "{plain:?} must stand once");
    Position::of(text, text.find(&plain).unwrap() + caret)
}

struct Case {
    code: &'static str,
    outcome: Outcome,
    from: &'static str,
    to: &'static str,
    toml: &'static str,
    json: &'static str,
}

use Outcome::{CannotTell, Fail, Warn};

const fn case(
    code: &'static str,
    outcome: Outcome,
    (from, to): (&'static str, &'static str),
    toml: &'static str,
    json: &'static str,
) -> Case {
    Case {
        code,
        outcome,
        from,
        to,
        toml,
        json,
    }
}

const CASES: &[Case] = &[
    case(
        "protocol.empty",
        Fail,
        (
            "title = \"An invented trial of a boost after partial response\"",
            "title = \" \"",
        ),
        "title = ^\" \"",
        "\"title\": ^\" \"",
    ),
    case(
        "protocol.duplicate_id",
        Fail,
        ("id = \"without_boost\"", "id = \"with_boost\""),
        "^[[arms.options]]\nid = \"with_boost\"\ntitle = \"56",
        "\"id\": \"partial\",\n      \"options\": [\n        ^{",
    ),
    case(
        "protocol.unknown_reference",
        Fail,
        (
            "phases = [\"main\", \"boost\"]",
            "phases = [\"main\", \"bost\"]",
        ),
        "phases = [\"main\", ^\"bost\"]",
        "\"main\",\n        ^\"bost\"",
    ),
    case(
        "protocol.quote",
        Fail,
        (
            "called = { value = \"pelvic nodes\", quote = \"the pelvic nodes get 45 Gy in 25 fractions\"",
            "called = { value = \"pelvic nodes\", quote = \"\"",
        ),
        "quote = ^\"\"",
        "\"quote\": ^\"\"",
    ),
    case(
        "protocol.reason",
        Fail,
        (
            "reason = \"the tumour lies among the nodes\"",
            "reason = \"\"",
        ),
        "reason = ^\"\"",
        "\"reason\": ^\"\"",
    ),
    case(
        "protocol.choices",
        Fail,
        (
            "choices = [\"the scan\", \"the report\"]",
            "choices = [\"the scan\", \"\"]",
        ),
        "choices = ^[\"the scan\", \"\"]",
        "\"choices\": ^[\n          \"the scan\",\n          \"\"",
    ),
    case(
        "protocol.arithmetic",
        Fail,
        ("value = \"1650 mg/m2/d\"", "value = \"1560 mg/m2/d\""),
        "value = ^\"1560 mg/m2/d\"",
        "\"value\": ^\"1560 mg/m2/d\"",
    ),
    case(
        "protocol.phase",
        Fail,
        ("phases = [\"main\"]", "phases = [\"main\", \"main\"]"),
        "^[[courses]]\nid = \"short\"",
        "\"courses\": [\n    ^{",
    ),
    case(
        "protocol.dose",
        Fail,
        (
            "intensity = { value = \"825 mg/m2\", quote = \"capecitabine 825 mg/m2 twice daily\", locator = \"6.1\" }\nadministrations_per_day = { value = 2, quote = \"capecitabine 825 mg/m2 twice daily\", locator = \"6.1\" }\nintensity_per_day = { value = \"1650 mg/m2/d\", reason = \"2 x 825 mg/m2 = 1650 mg/m2/d\", quote = \"capecitabine 825 mg/m2 twice daily\", locator = \"6.1\" }\n",
            "",
        ),
        "^[[drugs]]",
        "\"drugs\": [\n    ^{",
    ),
    case(
        "protocol.quote_number",
        Fail,
        (
            "value = \"5 %\", quote = \"a variation of 5 %",
            "value = \"5 %\", quote = \"a variation of 6 %",
        ),
        "value = ^\"5 %\", quote = \"a variation of 6 %",
        "\"value\": ^\"5 %\"",
    ),
    case(
        "protocol.derived_number",
        Fail,
        (
            "reason = \"45 Gy / 25 = 1.8 Gy\"",
            "reason = \"45 Gy divided by 25\"",
        ),
        "value = ^\"1.8 Gy\"",
        "\"value\": ^\"1.8 Gy\"",
    ),
    case(
        "protocol.derived_quote",
        Fail,
        (
            ", reason = \"the tumour lies among the nodes\", quote = \"the gross tumour gets 50 Gy in the same fractions\", locator = \"5.1\" }",
            ", reason = \"the tumour lies among the nodes\" }",
        ),
        "inside = { value = ^\"pelvis\"",
        "\"value\": ^\"pelvis\"",
    ),
    case(
        "protocol.equation",
        Fail,
        ("in 25 + 3 = 28 fractions\"", "in 25 + 3 = 29 fractions\""),
        "reason = ^\"50 Gy + 6 Gy = 56 Gy in 25 + 3 = 29",
        "\"reason\": ^\"50 Gy + 6 Gy = 56 Gy in 25 + 3 = 29",
    ),
    case(
        "protocol.choice_number",
        Fail,
        (
            "fractions_per_week = { value = 5, quote = \"five fractions a week\", locator = \"5.1\" }\n\n[[courses.totals]]",
            "fractions_per_week = { values = [5, 7], question = { id = \"weekly\", question = \"How many?\", why = \"It is not said.\", choices = [\"5 a week\", \"6 a week\"] } }\n\n[[courses.totals]]",
        ),
        "values = ^[5, 7]",
        "\"values\": ^[\n          5,",
    ),
    case(
        "protocol.quote_variant",
        Warn,
        (
            "order = { value = \"single_phase\", reason = \"there is one phase\", quote = \"the pelvic nodes get 45 Gy in 25 fractions\"",
            "order = { value = \"single_phase\", reason = \"there is one phase\", quote = \"the pelvic nodes get 46 Gy in 25 fractions\"",
        ),
        "quote = ^\"the pelvic nodes get 46 Gy",
        "\"quote\": ^\"the pelvic nodes get 46 Gy",
    ),
    case(
        "protocol.text_number",
        Warn,
        (
            "title = \"56 Gy in 28 fractions to the tumour\"",
            "title = \"65 Gy in 28 fractions to the tumour\"",
        ),
        "title = ^\"65 Gy",
        "\"title\": ^\"65 Gy",
    ),
    case(
        "protocol.drug_times",
        Fail,
        (
            "administrations_per_day = { value = 2, quote = \"capecitabine 825 mg/m2 twice daily\", locator = \"6.1\" }\nintensity_per_day = { value = \"1650 mg/m2/d\", reason = \"2 x 825 mg/m2 = 1650 mg/m2/d\", quote = \"capecitabine 825 mg/m2 twice daily\", locator = \"6.1\" }\n",
            "",
        ),
        "intensity = { value = ^\"825 mg/m2\"",
        "\"value\": ^\"825 mg/m2\"",
    ),
    case(
        "protocol.drug_days",
        Fail,
        (
            "[drugs.days]\nvalues = [\"weekdays\", \"radiotherapy_days\"]\n\n[drugs.days.question]\nid = \"capecitabine_days\"\nquestion = \"On which days?\"\nwhy = \"The text does not say.\"\nchoices = [\"weekdays\", \"radiotherapy days\"]\n",
            "[drugs.days]\nvalue.days = \"1-14, 25-33\"\nquote = \"days 1-14, 25-33 and 36\"\nlocator = \"6.1\"\n",
        ),
        "^value.days = \"1-14, 25-33\"",
        "\"value\": ^{\n          \"days\": \"1-14, 25-33\"",
    ),
    case(
        "protocol.drug_left_out",
        Fail,
        (
            "concurrent_drugs = { value = [\"capecitabine\"], quote = \"with capecitabine\"",
            "concurrent_drugs = { value = [], quote = \"with capecitabine\"",
        ),
        "concurrent_drugs = { value = ^[], quote = \"with capecitabine\"",
        "\"quote\": \"with capecitabine\",\n                \"value\": ^[]",
    ),
    case(
        "dose.per_fraction",
        Fail,
        ("value = \"6Gy/3\"", "value = \"660Gy/3\""),
        "value = ^\"660Gy/3\"",
        "\"value\": ^\"660Gy/3\"",
    ),
    case(
        "dose.uneven",
        Warn,
        ("value = \"6Gy/3\"", "value = \"6.4Gy/3\""),
        "value = ^\"6.4Gy/3\"",
        "\"value\": ^\"6.4Gy/3\"",
    ),
    case(
        "dose.range",
        Fail,
        (
            "value = \"6Gy/3\"",
            "value = { lowest = \"6Gy/3\", highest = \"10.8Gy/5\" }",
        ),
        "value = ^{ lowest",
        "\"value\": ^{\n              \"highest\"",
    ),
    case(
        "dose.enclosure",
        Warn,
        ("value = \"50Gy/25\"", "value = \"42.5Gy/25\""),
        "value = ^\"42.5Gy/25\"",
        "\"value\": ^\"42.5Gy/25\"",
    ),
    case(
        "coverage.gap",
        Fail,
        (
            "choices = [\"complete\", \"partial\"]",
            "choices = [\"complete\", \"partial\", \"none\"]",
        ),
        "^[[arms]]\nid = \"complete\"",
        "\"arms\": ^[\n    {\n      \"id\"",
    ),
    case(
        "coverage.overlap",
        Fail,
        ("is = [\"partial\"] }", "is = [\"partial\", \"complete\"] }"),
        "value = ^{ fact = \"response\", is = [\"partial\", \"complete\"] }",
        "\"value\": ^{\n          \"fact\": \"response\",\n          \"is\": [\n            \"partial\",\n            \"complete\"",
    ),
    case(
        "coverage.unreachable",
        Fail,
        (
            "value = { fact = \"response\", is = [\"partial\"] }",
            "value = { all_of = [{ fact = \"response\", is = [\"partial\"] }, { fact = \"response\", is = [\"complete\"] }] }",
        ),
        "value = ^{ all_of",
        "\"value\": ^{\n          \"all_of\"",
    ),
    case(
        "coverage.open",
        CannotTell,
        (
            "when = { value = { fact = \"response\", is = [\"partial\"] }, quote = \"after a partial response the boost\", locator = \"5\" }",
            "when = { question = { id = \"who\", question = \"Who?\", why = \"It is not said.\", choices = [\"all\", \"some\"] } }",
        ),
        "when = { question = ^{ id = \"who\"",
        "\"question\": ^{\n          \"choices\": [\n            \"all\"",
    ),
    case(
        "limit.unit",
        Fail,
        ("value = \"65 cc\"", "value = \"65 Gy\""),
        "value = ^\"65 Gy\"",
        "\"value\": ^\"65 Gy\"",
    ),
    case(
        "limit.percent",
        Fail,
        ("value = \"65 cc\"", "value = \"650 %\""),
        "value = ^\"650 %\"",
        "\"value\": ^\"650 %\"",
    ),
    case(
        "limit.order",
        Fail,
        (
            "value = \"20 cc\", quote = \"no more than 20 cc",
            "value = \"200 cc\", quote = \"no more than 200 cc",
        ),
        "value = ^\"200 cc\"",
        "\"value\": ^\"200 cc\"",
    ),
    case(
        "limit.side",
        Warn,
        (
            "metric = \"V45Gy\"\ncomparison = \"at_most\"",
            "metric = \"V45Gy\"\ncomparison = \"at_least\"",
        ),
        "comparison = ^\"at_least\"",
        "\"comparison\": ^\"at_least\"",
    ),
    case(
        "limit.variation_side",
        Fail,
        (
            "value = \"42 Gy\", reason = \"40 Gy x 1.05 = 42 Gy\"",
            "value = \"38 Gy\", reason = \"40 Gy x 0.95 = 38 Gy\"",
        ),
        "value = ^\"38 Gy\"",
        "\"value\": ^\"38 Gy\"",
    ),
    case(
        "limit.variation_share",
        Fail,
        (
            "value = \"42 Gy\", reason = \"40 Gy x 1.05 = 42 Gy\"",
            "value = \"44 Gy\", reason = \"40 Gy x 1.1 = 44 Gy\"",
        ),
        "value = ^\"44 Gy\"",
        "\"value\": ^\"44 Gy\"",
    ),
    case(
        "limit.reach",
        Warn,
        ("metric = \"V50Gy\"", "metric = \"V60Gy\""),
        "metric = ^\"V60Gy\"",
        "\"metric\": ^\"V60Gy\"",
    ),
    case(
        "assertion.reference",
        Fail,
        ("dose = { course = \"long\"", "dose = { course = \"lang\""),
        "course = ^\"lang\"",
        "\"course\": ^\"lang\"",
    ),
    case(
        "assertion.input",
        Fail,
        ("ties = \"up\", ", ""),
        "rounding = ^\"nearest\"",
        "\"rounding\": ^\"nearest\"",
    ),
    case(
        "assertion.value",
        Fail,
        ("eqd2 = \"56.00 Gy\"", "eqd2 = \"56.10 Gy\""),
        "eqd2 = ^\"56.10 Gy\"",
        "\"eqd2\": ^\"56.10 Gy\"",
    ),
    case(
        "assertion.empty",
        Fail,
        (
            "id = \"someone with a partial response\"\nassignment = { facts = { response = \"partial\" }, arms = [\"partial\"] }",
            "id = \"someone with a partial response\"",
        ),
        "^[[assertions]]\nid = \"someone with",
        "^{\n      \"id\": \"someone with a partial response\"\n",
    ),
    case(
        "file.unknown_field",
        Fail,
        ("priority = 1", "prioritie = 1"),
        "^prioritie",
        "^\"prioritie\"",
    ),
    case(
        "file.missing_field",
        Fail,
        ("metric = \"D40%\"\n", ""),
        "^[[limits.rows]]\nstructure = \"bladder\"",
        "^{\n          \"comparison\": \"at_most\",\n          \"limit\": {\n            \"locator\": \"7.2\"",
    ),
    case(
        "file.value",
        Fail,
        ("value = \"45Gy/25\"", "value = \"45 Gy in 25 x 1.9 Gy\""),
        "value = ^\"45 Gy in 25 x 1.9 Gy\"",
        "\"value\": ^\"45 Gy in 25 x 1.9 Gy\"",
    ),
];

#[test]
fn the_sound_file_has_no_finding() {
    for (text, format) in [
        (SOUND.to_string(), Format::Toml),
        (to_json(SOUND), Format::Json),
    ] {
        let linted = lint(&text, format);
        assert!(linted.readable);
        assert_eq!(linted.findings, []);
        assert_eq!(linted.outcome(), Outcome::Pass);
    }
}

#[test]
fn every_fault_is_found_at_its_line_and_column() {
    for case in CASES {
        let toml = edited(case.from, case.to);
        let json = to_json(&toml);
        for (text, format, passage) in [
            (&toml, Format::Toml, case.toml),
            (&json, Format::Json, case.json),
        ] {
            let linted = lint(text, format);
            let found: Vec<String> = linted
                .findings
                .iter()
                .map(|l| format!("{} {} {}", l.place.start, l.finding.code(), l.finding.at()))
                .collect();
            let located = linted
                .findings
                .iter()
                .find(|located| located.finding.is(case.code))
                .unwrap_or_else(|| panic!("{} is not found in {format}: {found:#?}", case.code));
            assert_eq!(
                located.place.start,
                marked(text, passage),
                "{} at {} in {format}; found {found:#?}",
                case.code,
                located.finding.at(),
            );
            assert_eq!(located.place.start.line, located.place.end.line);
            assert!(located.place.start.column <= located.place.end.column);
            assert_eq!(located.finding.outcome, case.outcome, "{}", case.code);
        }
    }
}

/// Faults of the text itself, in TOML or in JSON.
const TEXTS: &[(&str, &str, Format, (usize, usize))] = &[
    ("file.syntax", "id = \"a\ntitle = 1", Format::Toml, (1, 8)),
    (
        "file.syntax",
        "{\"id\": \"a\",\n \"title\" 1}",
        Format::Json,
        (2, 10),
    ),
    (
        "file.duplicate_key",
        "id = \"a\"\nid = \"b\"",
        Format::Toml,
        (2, 1),
    ),
    (
        "file.duplicate_key",
        "{\"id\": \"a\",\n \"id\": \"b\"}",
        Format::Json,
        (2, 2),
    ),
    (
        "file.number",
        "id = \"a\"\ntitle = 99999999999999999999999999",
        Format::Toml,
        (2, 9),
    ),
    ("file.number", "{\"id\": 1e999}", Format::Json, (1, 8)),
];

#[test]
fn faults_of_the_text_have_a_place_too() {
    for (code, text, format, (line, column)) in TEXTS {
        let linted = lint(text, *format);
        let located = &linted.findings[0];
        assert_eq!(located.finding.code(), *code, "{text}");
        let place = located.place.start;
        assert_eq!((place.line, place.column), (*line, *column), "{text}");
    }
    for (format, open) in [(Format::Toml, "a = "), (Format::Json, "")] {
        let linted = lint(&format!("{open}{}", "[".repeat(100_000)), format);
        assert_eq!(linted.findings[0].finding.code(), "file.depth");
        assert_eq!(linted.findings[0].place.start.line, 1);
    }
}

#[test]
fn what_cannot_be_read_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, Option<Vec<u8>>, &str); 5] = [
        ("absent.toml", None, "file.unreadable"),
        ("trial.yaml", Some(b"id: a".to_vec()), "file.format"),
        (
            "latin1.toml",
            Some(b"id = \"\xe4\"".to_vec()),
            "file.encoding",
        ),
        (
            "utf16.json",
            Some(vec![0xff, 0xfe, b'{', 0]),
            "file.encoding",
        ),
        ("large.json", Some(vec![b' '; LARGEST + 4]), "file.size"),
    ];
    for (name, bytes, code) in cases {
        let path = folder.path().join(name);
        if let Some(bytes) = bytes {
            std::fs::write(&path, bytes).unwrap();
        }
        let linted = Linted::read(&path);
        let [linted] = linted.as_slice() else {
            panic!("{name}")
        };
        assert!(!linted.readable);
        assert_eq!(linted.findings[0].finding.code(), code, "{name}");
    }
    let linted = Linted::read(folder.path());
    assert_eq!(linted[0].findings[0].finding.code(), "file.format");
}

/// A file of many facts, each of which an arm asks for.
fn many_facts(count: usize) -> String {
    let fact = |i: usize| {
        format!(
            "[[facts]]\nid = \"f{i}\"\nquestion = \"f{i}?\"\nchoices = [\"a\", \"b\", \"c\"]\n\n"
        )
    };
    let test = |i: usize| {
        format!("{{ fact = \"f{i}\", is = [\"a\"] }}, {{ fact = \"f{i}\", is = [\"b\"] }}")
    };
    let facts: String = (0..count).map(fact).collect();
    let tests: Vec<String> = (0..count).map(test).collect();
    let text = SOUND.replacen("[[facts]]", &format!("{facts}[[facts]]"), 1);
    let all = format!(
        "value = {{ any_of = [{{ fact = \"response\", is = [\"partial\"] }}, {}] }}",
        tests.join(", ")
    );
    text.replacen(
        "value = { fact = \"response\", is = [\"partial\"] }",
        &all,
        1,
    )
}

#[test]
fn too_many_combinations_are_said_and_not_gone_through() {
    let linted = lint(&many_facts(40), Format::Toml);
    let codes: Vec<&str> = linted.findings.iter().map(|l| l.finding.code()).collect();
    assert_eq!(codes, ["coverage.bounded"]);
    assert_eq!(linted.outcome(), CannotTell);
    // the largest number that is gone through
    let linted = lint(&many_facts(10), Format::Toml);
    assert!(
        linted
            .findings
            .iter()
            .any(|l| l.finding.is("coverage.overlap"))
    );
}

#[test]
fn every_code_has_one_explanation_and_every_explained_code_is_produced() {
    let mut produced: BTreeSet<&str> = CASES.iter().map(|case| case.code).collect();
    produced.extend(TEXTS.iter().map(|text| text.0));
    // each by its own test
    produced.extend([
        "protocol.citation",
        "protocol.fill_in",
        "protocol.drug_regimen",
        "protocol.first_fraction",
        "protocol.passage_source",
        "protocol.passage_twice",
        "protocol.passage_uncited",
        "protocol.question_unknown",
        "protocol.source_noted",
        "protocol.source_number",
        "protocol.source_unreadable",
        "limit.included",
        "limit.words",
        "protocol.passage_arm",
        "protocol.passage_cut",
        "protocol.passage_dose",
        "protocol.passage_sequence",
        "protocol.passage_days",
        "protocol.passage_intensity",
        "protocol.passage_shared",
        "protocol.passage_unclear",
        "protocol.passage_unused",
        "protocol.passage_value",
        "protocol.passage_weeks",
        "protocol.unused_part",
        "file.depth",
        "file.unreadable",
        "file.format",
        "file.encoding",
        "file.size",
        "coverage.bounded",
    ]);
    let explained: Vec<&str> = explanations().map(|known| known.name).collect();
    let unique: BTreeSet<&str> = explained.iter().copied().collect();
    assert_eq!(unique.len(), explained.len(), "a code is explained twice");
    assert_eq!(produced, unique);
    for code in produced {
        let known = explain(code).unwrap();
        assert!(!known.title.is_empty());
        assert!(
            known.meaning.len() + known.action.len() > 60,
            "{code}: {}",
            known.meaning
        );
        assert!(!known.action.is_empty(), "{code} says not what to do");
        assert!(
            !known.meaning.contains('\n') && !known.action.contains('\n'),
            "{code} has more than one paragraph"
        );
    }
}

#[test]
fn worked_examples_may_stand_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("trial.toml");
    let start = SOUND.find("[[assertions]]").unwrap();
    let end = SOUND.find("[[ambiguities]]").unwrap();
    let (examples, rest) = (
        &SOUND[start..end],
        [&SOUND[..start], &SOUND[end..]].concat(),
    );
    std::fs::write(&at, rest).unwrap();
    assert_eq!(Linted::read(&at).len(), 1);

    let beside = folder.path().join("trial.assertions.toml");
    std::fs::write(&beside, examples).unwrap();
    let linted = Linted::read(&at);
    assert_eq!(linted.len(), 2);
    assert!(linted.iter().all(|file| file.findings.is_empty()));

    let wrong = examples.replace("ordered = \"1500 mg\"", "ordered = \"1650 mg\"");
    std::fs::write(&beside, &wrong).unwrap();
    let linted = Linted::read(&at);
    let located = &linted[1].findings[0];
    assert_eq!(linted[1].name, beside.display().to_string());
    assert_eq!(
        located.place.start,
        marked(&wrong, "ordered = ^\"1650 mg\"")
    );
    assert_eq!(located.finding.found().as_deref(), Some("1500 mg"));
    let work = located.finding.arithmetic().unwrap();
    assert!(work.contains("825 mg/m2"), "{work}");

    std::fs::write(&beside, "assertion = []").unwrap();
    assert_eq!(
        Linted::read(&at)[1].findings[0].finding.code(),
        "file.unknown_field"
    );
}

#[test]
fn what_an_ambiguity_concerns_is_a_warning() {
    let concerned = edited(
        "concerns = [\"start.from\"]",
        "concerns = [\"phases.boost.doses.tumour\", \"drugs.capecitabine.intensity\"]",
    );
    let text = concerned.replace("value = \"825 mg/m2\"", "value = \"852 mg/m2\"");
    let linted = lint(&text, Format::Toml);
    let of = |code: &str| {
        let mut found = linted.findings.iter().filter(|l| l.finding.is(code));
        found.next().map(|l| {
            (
                l.finding.outcome,
                l.finding.at().clone(),
                l.finding.message().clone(),
            )
        })
    };
    let (outcome, at, message) = of("protocol.quote_number").unwrap();
    assert_eq!(
        (outcome, at.as_str()),
        (Warn, "drugs.capecitabine.intensity")
    );
    assert!(message.contains("imaging_date"), "{message}");
    // the daily intensity is another value, though its name begins alike
    let (outcome, at, _) = of("protocol.arithmetic").unwrap();
    assert_eq!(
        (outcome, at.as_str()),
        (Fail, "drugs.capecitabine.intensity_per_day")
    );
}

/// The check of orders, on the values of a protocol.
#[test]
fn regimens_outside_the_published_ones_are_found() {
    use chemorad_protocol::Statement;
    let with = |intensity: Option<&str>, daily: Option<&str>, times: Option<u8>| {
        let mut trial = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
        let mut drug = trial.drugs[0].clone();
        let quote = "Oral capecitabine 825mg/m² twice daily";
        drug.intensity = intensity
            .map(|text| Statement::stated(text.parse().unwrap(), quote, "Full description"));
        drug.intensity_per_day =
            daily.map(|text| Statement::stated(text.parse().unwrap(), quote, "Full description"));
        drug.administrations_per_day = times
            .map(|times| Statement::stated(times.try_into().unwrap(), quote, "Full description"));
        trial.drugs = vec![drug].into();
        let found = trial.lint();
        let regimen = found.iter().filter(|one| one.is("protocol.drug_regimen"));
        regimen.map(|one| one.outcome).collect::<Vec<_>>()
    };
    assert!(with(Some("825 mg/m2"), None, Some(2)).is_empty());
    assert!(with(Some("1250 mg/m2"), None, Some(2)).is_empty());
    assert!(with(None, Some("1650 mg/m2/d"), None).is_empty());
    // the dose of a day each time, the dose of one time a day, the dose of a day at once
    assert_eq!(with(Some("1650 mg/m2"), None, Some(2)), [Fail]);
    assert_eq!(with(None, Some("825 mg/m2/d"), None), [CannotTell]);
    assert_eq!(with(None, Some("825 mg/m2/d"), Some(2)), [CannotTell]);
    assert_eq!(with(Some("1650 mg/m2"), None, Some(1)), [Warn, Fail]);
    // without a number of administrations nothing follows from one of them
    assert!(with(Some("825 mg/m2"), None, None).is_empty());
}

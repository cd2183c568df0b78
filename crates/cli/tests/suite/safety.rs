//! The hazard log: each control names tests that exist.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;

use crate::book::{hold, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Log {
    hazards: Vec<Hazard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hazard {
    id: String,
    severity: u8,
    #[serde(rename = "hazard")]
    what: String,
    effect: String,
    controls: Vec<Control>,
    remains: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Control {
    control: String,
    tests: Vec<String>,
}

fn log() -> Vec<Hazard> {
    let text = fs::read_to_string(root().join("docs/safety/hazards.toml")).unwrap();
    toml::from_str::<Log>(&text).unwrap().hazards
}

/// Why a test that is named does not count; none where it does.
fn missing(test: &str) -> Option<String> {
    let Some((file, name)) = test.split_once("::") else {
        return Some(format!("{test:?} is not FILE::TEST"));
    };
    let Ok(text) = fs::read_to_string(root().join(file)) else {
        return Some(format!("there is no file {file}"));
    };
    let is_there = match file.rsplit_once('.') {
        // a program that must not compile, by its line
        Some((_, "md")) => text.lines().any(|line| line == name),
        // one that is left out is called test.skip
        Some((_, "mjs")) => {
            let start = format!("test('{name}',");
            text.lines().any(|line| line.starts_with(&start))
        }
        _ => is_a_test(&text, name),
    };
    (!is_there).then(|| format!("{file} has no test {name}"))
}

/// Whether a function of this name is a test and is not left out.
fn is_a_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let start = format!("fn {name}(");
    let Some(at) = lines.iter().position(|line| line.starts_with(&start)) else {
        return false;
    };
    let before = lines[..at].iter().rev();
    let attributes: Vec<&&str> = before
        .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
        .collect();
    attributes.iter().any(|line| **line == "#[test]")
        && !attributes.iter().any(|line| line.starts_with("#[ignore"))
}

#[test]
fn every_control_has_a_test() {
    let hazards = log();
    let ids: BTreeSet<&str> = hazards.iter().map(|hazard| &*hazard.id).collect();
    assert_eq!(ids.len(), hazards.len(), "an id is given twice");
    let mut faults = Vec::new();
    for hazard in &hazards {
        let id = &hazard.id;
        assert!((1..=5).contains(&hazard.severity), "{id}");
        assert!(!hazard.remains.trim().is_empty(), "{id}: what remains?");
        assert!(!hazard.controls.is_empty(), "{id} has no control");
        for control in &hazard.controls {
            assert!(!control.tests.is_empty(), "{id}: {}", control.control);
            let gone = control.tests.iter().filter_map(|test| missing(test));
            faults.extend(gone.map(|why| format!("{id}: {why}")));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_test_that_is_gone_or_left_out_does_not_count() {
    let source = "#[test]\nfn kept() {}\n#[test]\n#[ignore = \"long\"]\nfn left_out() {}\nfn no_test() {}\n    #[test]\n    fn inside(x in 0..9) {}\n";
    assert!(is_a_test(source, "kept") && is_a_test(source, "inside"));
    for name in ["left_out", "no_test", "gone", "kep"] {
        assert!(!is_a_test(source, name), "{name}");
    }
    let own = "crates/cli/tests/suite/safety.rs";
    assert_eq!(missing(&format!("{own}::every_control_has_a_test")), None);
    let page = "crates/web/tests/page.mjs";
    let kept = format!("{page}::a link holds what was typed and nothing else");
    assert_eq!(missing(&kept), None);
    for wrong in [
        &format!("{own}::nothing")[..],
        &format!("{page}::a link holds")[..],
        "no/file.rs::x",
        "x",
    ] {
        assert!(missing(wrong).is_some(), "{wrong}");
    }
}

/// What it is for, who must review it, and that no authority has cleared it.
#[test]
fn every_notice_is_the_short_form_of_the_intended_use() {
    let text = chemorad_render::Document::new("BED").to_text(80);
    let foot = text.lines().last().unwrap();
    assert!(foot.chars().count() <= 80, "{foot}");
    for notice in [chemorad_render::NOTICE, chemorad_exchange::NOTICE, foot] {
        for part in ["second check", "review", "cleared by no authority"] {
            assert!(notice.contains(part), "{notice}: {part}");
        }
    }
    assert_eq!(chemorad_render::NOTICE, chemorad_exchange::NOTICE);
    let page = fs::read_to_string(root().join("crates/web/page/page.html")).unwrap();
    assert!(page.contains(chemorad_render::NOTICE));
    let intended = fs::read_to_string(root().join("docs/safety/intended-use.md")).unwrap();
    for part in [
        "beside the department's own calculation",
        "qualified",
        "No authority has cleared",
    ] {
        assert!(intended.contains(part), "{part}");
    }
}

#[test]
fn the_page_of_hazards_is_the_log() {
    let mut page = String::from(
        "# Hazards\n\nWhat can go wrong with this product, what it does about it, and what no control covers. Each control is held by\ntests that are named in [hazards.toml](hazards.toml); the build fails when one of them is gone. The severity is\nours: 5 is death or grave harm, down to 1. How often a hazard occurs and how surely it is noticed depends on the\nsite, which fills in the last two columns.\n\n| id | severity | hazard | effect | control | what remains | occurrence | detection |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for hazard in log() {
        let controls: Vec<String> = hazard.controls.into_iter().map(|one| one.control).collect();
        writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | | |",
            hazard.id,
            hazard.severity,
            hazard.what,
            hazard.effect,
            controls.join(". "),
            hazard.remains
        )
        .unwrap();
    }
    hold("docs/safety/hazards.md", &page);
}

/// Each class of the benchmark belongs to a hazard of the log, and its page says the same as its program.
#[test]
fn classes_of_injected_errors_name_hazards_of_the_log() {
    let hazards: BTreeSet<String> = log().into_iter().map(|hazard| hazard.id).collect();
    let mut classes: BTreeMap<String, (String, String)> = BTreeMap::new();
    for entry in fs::read_dir(root().join("benchmarks/injected-errors")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "py") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for class in text.split(" Class(\"").skip(1) {
            // Class("id", "group", "what", "hazard", …
            let parts: Vec<&str> = class.split('"').collect();
            let (id, what, hazard) = (parts[0], parts[4], parts[6]);
            assert!(hazards.contains(hazard), "{id}: {hazard} is no hazard");
            let before = classes.insert(id.into(), (what.into(), hazard.into()));
            assert!(before.is_none(), "{id} is there twice");
        }
    }
    assert!(classes.len() > 60, "{}", classes.len());
    let page = fs::read_to_string(root().join("docs/injected-errors.md")).unwrap();
    let mut rows = 0;
    for line in page.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, what, hazard, _, _, _, _, _, _, _] = cells[..] else {
            continue;
        };
        let Some(class) = classes.get(id) else {
            assert!(["class", "---"].contains(&id), "{id} is no class");
            continue;
        };
        assert_eq!(class, &(what.to_string(), hazard.to_string()), "{id}");
        rows += 1;
    }
    assert!(rows > 60, "{rows}");
}

/// Rooms whose findings hold a measurement against a number.
const MEASURED: [&str; 12] = [
    "capecitabine",
    "cohort",
    "dose",
    "dvh",
    "gap",
    "limit",
    "model",
    "patient",
    "record",
    "response",
    "schedule",
    "structure",
];

/// The limits, tolerances and windows of the product, as its own tables have them.
fn limits_in_use() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut text = String::from(
        "\n\n## Tables of dose limits\n\nNone is a default. Each limit of each table: [dose limits](../dose-limits.md#limits-of-a-protocol-and-tables-by-source).\n\n| table | limits | source | what it says of all |\n| --- | --- | --- | --- |\n",
    );
    for id in chemorad_crosscheck::shipped_ids() {
        let table = chemorad_crosscheck::shipped(id).unwrap();
        let note = table.note.as_deref().unwrap_or_default();
        let (count, source) = (table.limits.len(), cell(&table.source));
        writeln!(text, "| `{id}` | {count} | {source} | {} |", cell(note)).unwrap();
    }
    text += "\n## Tolerances of `check`\n\n| tolerance | unless another is given | of what | source |\n| --- | --- | --- | --- |\n";
    for one in chemorad_crosscheck::Tolerances::default().iter() {
        let (name, limit, of) = (one.name, one.default, one.applies_to);
        writeln!(text, "| `{name}` | {limit} | {of} | {} |", one.source).unwrap();
    }
    text += "\n## Numbers that findings hold a value against\n\nEvery finding about a measurement, a dose or a time that has a number in its meaning, as `chemorad explain` prints it. A\nnumber without a source in its row is this project's choice, or has its source in the documentation of the library.\n\n| code | what it says |\n| --- | --- |\n";
    let mut codes: Vec<_> = chemorad_cli::codes()
        .filter(|code| {
            let room = code.name.split('.').next().unwrap_or_default();
            MEASURED.contains(&room) && code.meaning.contains(|c: char| c.is_ascii_digit())
        })
        .collect();
    codes.sort_by_key(|code| code.name);
    for code in codes {
        writeln!(text, "| `{}` | {} |", code.name, cell(code.meaning)).unwrap();
    }
    text + "\n"
}

#[test]
fn the_page_of_sources_has_every_limit_and_window() {
    let (start, end) = ("<!-- limits -->", "<!-- end of the limits -->");
    let made = limits_in_use();
    // the windows that decide most
    for number in [
        "1200 to 2500 mg/m2",
        "2000 mg/m2 a day",
        "130 to 210 cm",
        "3 cm",
        "10 %",
        "0.005 Gy",
        "0.1 %",
    ] {
        assert!(made.contains(number), "{number}");
    }
    let name = "docs/safety/sources.md";
    let page = fs::read_to_string(root().join(name)).unwrap();
    let (before, rest) = page.split_once(start).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    hold(name, &format!("{before}{start}{made}{end}{after}"));
}

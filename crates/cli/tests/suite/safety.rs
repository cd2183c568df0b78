//! The hazard log: each control names tests that exist.

use std::collections::BTreeSet;
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

//! `protocol new`, `convert`, `schema` and `lint --source` as a person meets them.

use std::path::Path;

use crate::harness::{Answer, chemorad_in as chemorad, example};
use crate::strict_json::strict;

const FIRST: &str = include_str!("../../../protocol/tests/fixtures/synthetic.toml");
const REGISTRY: &str = include_str!("../../../protocol/tests/registry/NCT06949098.txt");

fn text(answer: &Answer) -> (Option<i32>, String, String) {
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (answer.exit, words(&answer.stdout), words(&answer.stderr))
}

#[test]
fn a_new_file_says_what_is_to_be_filled_in_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (code, out, _) = text(&chemorad(
        here,
        &["protocol", "new", "MY-TRIAL", "-o", "mine.toml"],
    ));
    assert_eq!((code, &*out), (Some(0), "written: mine.toml\n"));
    let written = std::fs::read_to_string(here.join("mine.toml")).unwrap();
    assert!(written.contains("id = \"MY-TRIAL\""));
    let (code, out, _) = text(&chemorad(here, &["protocol", "lint", "mine.toml"]));
    assert_eq!(code, Some(1));
    assert!(
        out.contains("fail[protocol.fill_in]: still to be filled in: total and fractions"),
        "{out}"
    );
    assert_eq!(
        out.matches("fail[").count(),
        out.matches("fail[protocol.fill_in]").count()
    );
    let (code, out, error) = text(&chemorad(
        here,
        &["protocol", "new", "MY-TRIAL", "-o", "mine.toml"],
    ));
    assert_eq!((code, &*out), (Some(2), ""));
    assert!(error.contains("mine.toml is there already"), "{error}");
    assert_eq!(
        std::fs::read_to_string(here.join("mine.toml")).unwrap(),
        written
    );
    for (args, words) in [
        (vec!["protocol", "new", "two words"], "letters, digits"),
        (
            vec!["protocol", "new", "A", "-o", "a.json"],
            "must end in .toml",
        ),
        (vec!["protocol", "new"], "<ID>"),
    ] {
        let (code, out, error) = text(&chemorad(here, &args));
        assert_eq!((code, &*out), (Some(2), ""));
        assert!(error.contains(words), "{error}");
    }
    let (code, out, _) = text(&chemorad(here, &["protocol", "new", "MY-TRIAL"]));
    assert_eq!((code, out), (Some(0), written));
}

#[test]
fn a_converted_file_lints_and_verifies_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("first.toml"), FIRST).unwrap();
    let (code, ..) = text(&chemorad(
        here,
        &["protocol", "convert", "first.toml", "-o", "second.toml"],
    ));
    assert_eq!(code, Some(0));
    let second = std::fs::read_to_string(here.join("second.toml")).unwrap();
    assert!(second.contains("chemorad.protocol/2") && !second.contains("quote"));
    assert!(second.starts_with("# An invented trial"), "{second}");
    let (code, printed, _) = text(&chemorad(here, &["protocol", "convert", "first.toml"]));
    assert_eq!((code, &printed), (Some(0), &second));
    let (code, out, _) = text(&chemorad(here, &["protocol", "lint", "second.toml"]));
    assert!(code == Some(0) && out.contains("nothing found"), "{out}");
    let (code, out, _) = text(&chemorad(
        here,
        &[
            "protocol",
            "verify",
            "second.toml",
            "--against",
            "first.toml",
        ],
    ));
    assert_eq!(code, Some(0), "{out}");
    // each file has its own checksum
    let show = |file: &str| {
        let shown = chemorad(
            here,
            &["protocol", "show", file, "--values", "--format", "json"],
        );
        let mut shown = strict(&shown.stdout);
        assert!(shown.as_object_mut().unwrap().remove("build").is_some());
        shown
    };
    assert_eq!(show("first.toml"), show("second.toml"));
    for (args, words) in [
        (vec!["protocol", "convert", "second.toml"], "already"),
        (
            vec!["protocol", "convert", "first.toml", "-o", "second.toml"],
            "is there already",
        ),
        (
            vec!["protocol", "convert", "first.toml", "-o", "second.json"],
            "must end in .toml",
        ),
        (vec!["protocol", "convert", "absent.toml"], "absent.toml"),
    ] {
        let (code, out, error) = text(&chemorad(here, &args));
        assert_eq!((code, &*out), (Some(2), ""), "{args:?}");
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn the_source_is_looked_through() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("registry.txt"), REGISTRY).unwrap();
    std::fs::write(
        here.join("other.txt"),
        REGISTRY.replace("45Gy in 25", "46Gy in 23"),
    )
    .unwrap();
    std::fs::write(here.join("scan.pdf"), "%PDF-1.7").unwrap();
    let lint = |args: &[&str]| chemorad(here, &[&["protocol", "lint"], args].concat());
    let (code, out, _) = text(&lint(&["NCT06949098", "--source", "registry.txt"]));
    assert_eq!(code, Some(0), "{out}");
    assert!(!out.contains("passage_source"), "{out}");
    let json = lint(&["NCT06949098", "--source", "other.txt", "--format", "json"]);
    assert_eq!(json.exit, Some(1));
    let body = strict(&json.stdout);
    let findings = body["findings"].as_array().unwrap();
    let of = |code: &str| findings.iter().filter(|f| f["code"] == code).count();
    assert!(of("protocol.passage_source") >= 4, "{findings:#?}");
    let number = findings
        .iter()
        .find(|f| f["code"] == "protocol.source_number")
        .unwrap();
    assert_eq!(
        (&number["file"], &number["outcome"]),
        (&"other.txt".into(), &"warn".into())
    );
    for (args, exit, words) in [
        (vec!["NCT06949098", "--source", "scan.pdf"], 2, "pdftotext"),
        (
            vec!["NCT06949098", "--source", "absent.txt"],
            2,
            "absent.txt",
        ),
        (vec!["--all", "--source", "registry.txt"], 2, "one document"),
        (
            vec!["FOWARC", "FOWARC", "--source", "registry.txt"],
            2,
            "one document",
        ),
    ] {
        let (code, out, error) = text(&lint(&args));
        assert_eq!((code, &*out), (Some(exit), ""), "{args:?}");
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(
        lint(&["TEY-2017", "--source", "registry.txt"]).exit,
        Some(3)
    );
}

/// A file names its source, and a path counts from the file.
#[test]
fn a_source_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let text_of = std::fs::read_to_string(example("protocol-bladder-two-arm.toml")).unwrap();
    let named = text_of.replace(
        "version = \"1.0\"",
        "version = \"1.0\"\nfile = \"source.txt\"",
    );
    std::fs::create_dir(here.join("in")).unwrap();
    std::fs::write(here.join("in/trial.toml"), named).unwrap();
    let lint = || chemorad(here, &["protocol", "lint", "in/trial.toml"]);
    let (code, _, error) = text(&lint());
    assert_eq!(code, Some(2), "{error}");
    assert!(
        Path::new("in").is_relative() && error.contains("source.txt"),
        "{error}"
    );
    std::fs::write(here.join("in/source.txt"), "with photons").unwrap();
    let (code, out, _) = text(&lint());
    assert_eq!(code, Some(1));
    assert!(out.contains("protocol.passage_source"), "{out}");
}

#[test]
fn both_schemas_are_printed() {
    let here = Path::new(".");
    for (args, title) in [
        (vec!["protocol", "schema"], "chemorad.protocol/2"),
        (
            vec!["protocol", "schema", "--of", "1"],
            "chemorad.protocol/1",
        ),
    ] {
        assert_eq!(strict(&chemorad(here, &args).stdout)["title"], title);
    }
    assert_eq!(
        chemorad(here, &["protocol", "schema", "--of", "3"]).exit,
        Some(2)
    );
}

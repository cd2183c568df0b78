//! `protocol lint`, `verify` and `explain` as CI meets them: exit codes, formats, places.

use std::path::PathBuf;

use serde_json::Value;

use crate::harness::{Answer, chemorad_in as chemorad};
use crate::strict_json::strict;

const SOUND: &str = include_str!("../../../protocol/tests/fixtures/synthetic.toml");

fn stdout(output: &Answer) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.stderr.is_empty(), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with a sound file, one that fails, one that warns and one that cannot tell.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let edited = |from: &str, to: &str| {
        assert_eq!(SOUND.matches(from).count(), 1, "{from}");
        SOUND.replace(from, to)
    };
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("sound.toml", SOUND);
    write(
        "fails.toml",
        &edited("value = \"825 mg/m2\"", "value = \"852 mg/m2\""),
    );
    write(
        "warns.toml",
        &edited(
            "title = \"56 Gy in 28 fractions to the tumour\"",
            "title = \"65 Gy in 28 fractions\"",
        ),
    );
    let open = "when = { question = { id = \"who\", question = \"Who?\", why = \"Not said.\", choices = [\"all\", \"some\"] } }";
    let example = "\n[[assertions]]\nid = \"someone with a partial response\"\nassignment = { facts = { response = \"partial\" }, arms = [\"partial\"] }\n";
    let cannot = edited(
        "when = { value = { fact = \"response\", is = [\"partial\"] }, quote = \"after a partial response the boost\", locator = \"5\" }",
        open,
    );
    write("cannot.toml", &cannot.replace(example, ""));
    write(
        "broken.toml",
        "schema = \"chemorad.protocol/1\"\ntitel = \"50 %: a,b\"\n",
    );
    let path = folder.path().to_path_buf();
    (folder, path)
}

#[test]
fn the_exit_code_says_how_it_went() {
    let (_keep, at) = folder();
    for (files, code) in [
        (vec!["sound.toml"], 0),
        (vec!["warns.toml"], 0),
        (vec!["warns.toml", "--deny-warnings"], 1),
        (vec!["fails.toml"], 1),
        (vec!["cannot.toml"], 3),
        (vec!["cannot.toml", "fails.toml"], 1),
        (vec!["sound.toml", "broken.toml"], 1),
        (vec!["sound.toml", "absent.toml"], 2),
        (vec!["."], 2),
        (vec![], 2),
    ] {
        let args: Vec<&str> = ["protocol", "lint"].into_iter().chain(files).collect();
        for format in ["text", "json", "sarif", "junit", "github"] {
            let output = chemorad(&at, &[&args[..], &["--format", format]].concat());
            assert_eq!(output.exit, Some(code), "{args:?} {format}");
            assert_eq!(output.stderr.is_empty(), code != 2);
            // with wrong input there is no half output
            assert!(code != 2 || output.stdout.is_empty());
        }
    }
}

#[test]
fn text_shows_the_line_underlined() {
    let (_keep, at) = folder();
    let text = stdout(&chemorad(&at, &["protocol", "lint", "fails.toml"]));
    let line = SOUND
        .lines()
        .position(|line| line.starts_with("intensity = "))
        .unwrap()
        + 1;
    assert!(
        text.contains("fail[protocol.quote_number]: the quote does not contain"),
        "{text}"
    );
    assert!(
        text.contains(&format!("--> fails.toml:{line}:23")),
        "{text}"
    );
    assert!(text.contains("^^^^^^^^"), "{text}");
    assert!(text.contains("expected: 852 mg/m2"), "{text}");
    assert!(text.contains("1 file: "), "{text}");
    assert!(text.contains("cleared by no authority"), "{text}");
    // no line of a file can flood or steer the terminal
    let hostile = SOUND.replace("an invented trial", "x").replace(
        "title = \"An invented trial of a boost after partial response\"",
        &format!(
            "title = \"{}\\u001b[2J\u{202e}\"\ntitel = 1",
            "w".repeat(100_000)
        ),
    );
    std::fs::write(at.join("hostile.toml"), hostile).unwrap();
    let text = stdout(&chemorad(&at, &["protocol", "lint", "hostile.toml"]));
    assert!(text.len() < 5000, "{}", text.len());
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn json_has_the_keys_tools_rely_on() {
    let (_keep, at) = folder();
    let args = [
        "protocol",
        "lint",
        "fails.toml",
        "warns.toml",
        "fails.toml",
        "--format",
        "json",
    ];
    let body = strict(&chemorad(&at, &args).stdout);
    assert_eq!(body["outcome"], "fail");
    // the same file twice is linted once
    assert_eq!(body["files"].as_array().unwrap().len(), 2);
    assert_eq!(body["files"][1]["outcome"], "warn");
    let findings = body["findings"].as_array().unwrap();
    let wrong = findings
        .iter()
        .find(|f| f["code"] == "protocol.quote_number")
        .unwrap();
    assert_eq!(wrong["file"], "fails.toml");
    assert_eq!(wrong["outcome"], "fail");
    assert_eq!(wrong["at"], "drugs.capecitabine.intensity");
    assert_eq!(wrong["expected"], "852 mg/m2");
    assert!(wrong["line"].as_u64().unwrap() > 60);
    assert!(wrong["end_column"].as_u64() > wrong["column"].as_u64());
    let sum = findings
        .iter()
        .find(|f| f["code"] == "protocol.arithmetic")
        .unwrap();
    assert_eq!(
        (&sum["expected"], &sum["found"]),
        (&"1704 mg/m2/d".into(), &"1650 mg/m2/d".into())
    );
    assert_eq!(
        body["counts"]["warn"].as_u64(),
        Some(findings.iter().filter(|f| f["outcome"] == "warn").count() as u64)
    );
}

#[test]
fn sarif_points_at_rules_files_and_regions() {
    let (_keep, at) = folder();
    std::fs::rename(at.join("broken.toml"), at.join("a b%ü.toml")).unwrap();
    let args = [
        "protocol",
        "lint",
        "fails.toml",
        "a b%ü.toml",
        "--format",
        "sarif",
    ];
    let log = strict(&chemorad(&at, &args).stdout);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1);
        assert!(region["endColumn"].as_u64() >= region["startColumn"].as_u64());
    }
    let unknown = |result: &&Value| result["ruleId"] == "file.unknown_field";
    let last = results.iter().rfind(unknown).unwrap();
    assert_eq!(last["level"], "error");
    let artifact = &last["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(artifact, "a%20b%25%C3%BC.toml");
}

#[test]
fn junit_has_a_suite_for_a_file_and_a_case_for_a_rule() {
    let (_keep, at) = folder();
    let args = [
        "protocol",
        "lint",
        "fails.toml",
        "warns.toml",
        "broken.toml",
        "--format",
        "junit",
    ];
    let xml = stdout(&chemorad(&at, &args));
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    assert_eq!(xml.matches("<testsuite ").count(), 3);
    assert!(xml.contains("<testcase name=\"protocol.quote_number\" classname=\"fails.toml\" file=\"fails.toml\" line=\""), "{xml}");
    assert!(xml.contains("<failure message=\"fails.toml:"), "{xml}");
    assert!(xml.contains("<system-out>warns.toml:"), "{xml}");
    assert!(
        xml.contains("<skipped message=\"the file could not be read\"/>"),
        "{xml}"
    );
    let strict = stdout(&chemorad(&at, &[&args[..], &["--deny-warnings"]].concat()));
    assert!(strict.matches("<failure").count() > xml.matches("<failure").count());
}

#[test]
fn annotations_are_one_line_each() {
    let (_keep, at) = folder();
    std::fs::rename(at.join("broken.toml"), at.join("a,b.toml")).unwrap();
    let args = [
        "protocol",
        "lint",
        "warns.toml",
        "cannot.toml",
        "a,b.toml",
        "--format",
        "github",
    ];
    let text = stdout(&chemorad(&at, &args));
    let starts = [
        "::warning file=warns.toml,line=",
        "::warning file=cannot.toml,line=",
        "::error file=a%2Cb.toml,line=2,col=1,endColumn=6,title=file.unknown_field::",
    ];
    let missing = "::error file=a%2Cb.toml,line=1,col=1,endColumn=1,title=file.missing_field::";
    assert!(text.lines().count() > 3, "{text}");
    for (line, start) in text
        .lines()
        .zip(starts.into_iter().chain(std::iter::repeat(missing)))
    {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn other_commands_refuse_formats_of_lint() {
    let (_keep, at) = folder();
    let output = chemorad(&at, &["protocol", "list", "--format", "sarif"]);
    assert_eq!(output.exit, Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("protocol lint"));
}

#[test]
fn verify_says_what_changed_and_for_whom() {
    let (_keep, at) = folder();
    let args = [
        "protocol",
        "verify",
        "fails.toml",
        "--against",
        "sound.toml",
        "--format",
        "json",
    ];
    let output = chemorad(&at, &args);
    assert_eq!(output.exit, Some(1));
    let body = strict(&output.stdout);
    let change = &body["changes"][0];
    assert_eq!(body["changes"].as_array().unwrap().len(), 1);
    assert_eq!(change["at"], "drugs.capecitabine.intensity.value");
    assert_eq!(change["kind"], "changed");
    assert_eq!(
        (&change["before"], &change["after"]),
        (&"825 mg/m2".into(), &"852 mg/m2".into())
    );
    assert_eq!(change["arms"], serde_json::json!(["partial"]));
    assert!(change["line"].as_u64().unwrap() > 60);

    // words alone are no change of a value
    let words = chemorad(
        &at,
        &[
            "protocol",
            "verify",
            "warns.toml",
            "--against",
            "sound.toml",
        ],
    );
    assert_eq!(words.exit, Some(0));
    assert!(stdout(&words).contains("courses.long.title"));
    let same = chemorad(
        &at,
        &[
            "protocol",
            "verify",
            "sound.toml",
            "--against",
            "sound.toml",
        ],
    );
    assert_eq!(same.exit, Some(0));
    let other = chemorad(
        &at,
        &[
            "protocol",
            "verify",
            "sound.toml",
            "--against",
            "NCT06949098",
        ],
    );
    assert_eq!(other.exit, Some(1));
    for against in ["absent.toml", "nonsense", "broken.toml"] {
        let output = chemorad(
            &at,
            &["protocol", "verify", "sound.toml", "--against", against],
        );
        assert_eq!(output.exit, Some(2), "{against}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn explain_knows_every_code_that_lint_can_print() {
    let (_keep, at) = folder();
    let text = stdout(&chemorad(&at, &["protocol", "explain", "limit.order"]));
    assert!(text.contains("A cumulative dose-volume histogram never rises"));
    let explained = chemorad(&at, &["protocol", "explain", "--format", "json"]);
    let all = strict(&explained.stdout);
    assert!(all["explanations"].as_array().unwrap().len() > 40);
    let output = chemorad(&at, &["protocol", "explain", "limit.disorder"]);
    assert_eq!(output.exit, Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("limit.order"));
}

#[test]
fn worked_examples_beside_a_protocol_go_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("sound.toml", SOUND);
    let example = |total: &str| {
        format!(
            "[[assertions]]\nid = \"beside\"\ndose = {{ course = \"short\", volume = \"pelvis\", total = \"{total}\" }}\n"
        )
    };
    // as the shell writes protocols/*.toml
    let lint = || {
        let flags = ["protocol", "lint", "sound.assertions.toml", "sound.toml"];
        chemorad(folder.path(), &flags)
    };
    write("sound.assertions.toml", &example("45 Gy"));
    let sound = lint();
    assert_eq!(sound.exit, Some(0), "{}", stdout(&sound));
    write("sound.assertions.toml", &example("54 Gy"));
    let wrong = lint();
    assert_eq!(wrong.exit, Some(1));
    assert!(stdout(&wrong).contains("sound.assertions.toml:3"));
    // without its protocol it is no protocol
    let alone = chemorad(
        folder.path(),
        &["protocol", "lint", "other.assertions.toml"],
    );
    assert_eq!(alone.exit, Some(2));
}

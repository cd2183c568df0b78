//! The department's own cases in a self-test: what is read, what is refused, what is shown and compared.

use chemorad_cli::files::Memory;
use chemorad_cli::{Identity, Output, run};
use serde_json::{Value, json};

use crate::fixtures;
use crate::harness::environment;
use crate::strict_json::strict;

pub(crate) type File<'f> = (&'f str, &'f [u8]);

fn answered(args: &[&str], files: &[File<'_>]) -> Output {
    let files: Memory = files
        .iter()
        .map(|(name, bytes)| (*name, bytes.to_vec()))
        .collect();
    let first = ["chemorad", "selftest", "--quick"];
    let mut world = environment();
    world.identity = Some(Identity::default());
    run(first.iter().chain(args).copied(), &world, &files)
}

#[track_caller]
pub(crate) fn answer(args: &[&str], files: &[File<'_>]) -> (u8, Value) {
    let output = answered(&[args, &["--format", "json"]].concat(), files);
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    (output.exit, strict(output.stdout.as_bytes()))
}

/// A case by what follows its id and source.
pub(crate) fn case(id: &str, rest: &str) -> String {
    format!("[[case]]\nid = {id:?}\nsource = \"by hand\"\n{rest}\n")
}

pub(crate) const BED: &str = r#"arguments = ["bed", "45Gy/25", "--ab", "10Gy"]
exit = 0
expect = [{ at = "/total/bed/value", number = 53.1, within = 0.005 }]"#;

pub(crate) const OURS: [&str; 2] = ["--cases", "ours"];

fn site_cases(answer: &Value) -> Vec<Value> {
    let parts = answer["parts"].as_array().unwrap();
    let part = parts.iter().find(|part| part["name"] == "site cases");
    part.unwrap()["trials"].as_array().unwrap().clone()
}

#[track_caller]
fn refused(text: &str, part: &str) {
    let output = answered(&OURS, &[("ours/a.toml", text.as_bytes())]);
    assert_eq!(output.exit, 2, "{text}");
    let says = &output.stderr;
    assert!(output.stdout.is_empty() && says.contains(part), "{says}");
}

#[test]
fn no_file_of_the_folder_is_dropped_without_a_word() {
    let (one, two) = (case("one", BED), case("two", BED));
    let files: [File<'_>; 5] = [
        ("ours/A.TOML", one.as_bytes()),
        ("ours/b.toml", two.as_bytes()),
        ("ours/notes.txt", b"a note"),
        ("ours/more/c.toml", two.as_bytes()),
        ("ours/.toml.swp", b"x"),
    ];
    let (exit, ours) = answer(&OURS, &files);
    assert_eq!((exit, site_cases(&ours).len()), (0, 2));
    let wanted = json!({
        "folder": "ours",
        "files": ["A.TOML", "b.toml"],
        "passed_over": [".toml.swp", "the subfolder more", "notes.txt"],
    });
    assert_eq!(ours["cases"], wanted);
    let text = answered(&OURS, &files).stdout;
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    assert!(
        text.contains("2 files of ours read: A.TOML, b.toml."),
        "{text}"
    );
    assert!(text.contains("the subfolder more, notes.txt"), "{text}");

    // what a case reads was not passed over
    let ntcp = r#"arguments = ["ntcp", "{cases}/h.csv", "--set", "rectum-late-grade-2-quantec"]
exit = 0
expect = [{ at = "/geud/value", number = 40, within = 1e-9 }]"#;
    let (_, ours) = answer(
        &OURS,
        &[
            ("ours/a.toml", case("one", ntcp).as_bytes()),
            ("ours/h.csv", b"dose_gy,differential_percent\n40,100\n"),
        ],
    );
    assert_eq!(ours["cases"]["passed_over"], json!([]));
    // another file of the kind says where it may lie
    let site = answered(
        &OURS,
        &[
            ("ours/a.toml", one.as_bytes()),
            ("ours/site.toml", b"[dose]\n"),
        ],
    );
    assert!(
        site.exit == 2 && site.stderr.contains("into a subfolder"),
        "{}",
        site.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_what_it_leads_to() {
    use chemorad_cli::files::Disk;
    use std::fs;
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours");
    fs::create_dir(&ours).unwrap();
    fs::write(folder.path().join("elsewhere"), case("linked", BED)).unwrap();
    symlink(folder.path().join("elsewhere"), ours.join("b.toml")).unwrap();
    let name = ours.display().to_string();
    let args = ["chemorad", "selftest", "--quick", "--cases", &name];
    let ask = || run(args, &environment(), &Disk);
    let output = ask();
    assert_eq!((output.exit, output.stderr.as_str()), (0, ""));
    assert!(output.stdout.contains("1 file of"), "{}", output.stdout);
    symlink(folder.path().join("nowhere"), ours.join("c.toml")).unwrap();
    let output = ask();
    assert!(
        output.exit == 2 && output.stderr.contains("c.toml"),
        "{}",
        output.stderr
    );
}

#[test]
fn a_refusal_that_proves_nothing_is_refused() {
    let with = |rest: &str| {
        case(
            "a",
            &format!("arguments = [\"bed\", \"45/25\", \"--ab\", \"10Gy\"]\n{rest}"),
        )
    };
    refused(&with("exit = 2"), "any wrong command has exit code 2");
    refused(&with("exit = 2\nmessage = \"unit\""), "fewer than 8");
    refused(
        &with("exit = 0\nmessage = \"the unit is missing\""),
        "exit code 0 does not have",
    );
    let right = with("exit = 2\nmessage = \"the unit is missing\"");
    let (exit, ours) = answer(&OURS, &[("ours/a.toml", right.as_bytes())]);
    assert_eq!((exit, &site_cases(&ours)[0]["failed"]), (0, &json!(0)));
    // refused for another reason
    let other = right.replace("unit is missing", "unit is unknown");
    let (exit, ours) = answer(&OURS, &[("ours/a.toml", other.as_bytes())]);
    assert_eq!(exit, 1);
    let found = site_cases(&ours)[0]["found"].as_str().unwrap().to_string();
    assert!(found.contains("unit is missing"), "{found}");
    // the usage after an error is no part of it
    let usage = "arguments = [\"bed\", \"45Gy/25\", \"--nothing\"]\nexit = 2\nmessage = ";
    let (exit, _) = answer(
        &OURS,
        &[(
            "ours/a.toml",
            case("a", &format!("{usage}\"Usage: chemorad\"")).as_bytes(),
        )],
    );
    assert_eq!(exit, 1);
    let (exit, _) = answer(
        &OURS,
        &[(
            "ours/a.toml",
            case("a", &format!("{usage}\"unexpected argument\"")).as_bytes(),
        )],
    );
    assert_eq!(exit, 0);
}

#[test]
fn a_case_without_a_source_or_with_no_end_to_its_tolerance_is_refused() {
    let bed = case("a", BED);
    refused(&bed.replace("by hand", " "), "source is empty");
    refused(&bed.replace("id = \"a\"", "id = \"\""), "id is empty");
    for (within, number) in [
        ("53.1", "53.1"),
        ("inf", "53.1"),
        ("1", "0"),
        ("2.0", "-1.5"),
    ] {
        let wide = bed
            .replace("0.005", within)
            .replace("number = 53.1", &format!("number = {number}"));
        refused(&wide, "within");
    }
    let narrow = bed.replace("0.005", "0");
    assert_eq!(answer(&OURS, &[("ours/a.toml", narrow.as_bytes())]).0, 0);
}

#[test]
fn a_self_test_inside_a_self_test_is_refused() {
    for words in [
        r#"["selftest"]"#,
        r#"["--show-work", "selftest", "--quick"]"#,
        r#"["--report", "a.html", "selftest"]"#,
        r#"["--show-work=false", "selftest", "--cases", "{cases}"]"#,
    ] {
        let text = format!(
            "arguments = {words}\nexit = 0\nexpect = [{{ at = \"/outcome\", text = \"pass\" }}]"
        );
        refused(&case("a", &text), "does not end");
    }
    // a word is no command
    let text =
        "arguments = [\"protocol\", \"show\", \"selftest\"]\nexit = 2\nmessage = \"selftest\"";
    assert_eq!(
        answer(&OURS, &[("ours/a.toml", case("a", text).as_bytes())]).0,
        0
    );
}

#[test]
fn a_case_that_is_refused_says_why_and_has_no_tolerance() {
    let wrong = case("a", &BED.replace("45Gy", "45"));
    let (exit, ours) = answer(&OURS, &[("ours/a.toml", wrong.as_bytes())]);
    let trial = &site_cases(&ours)[0];
    assert_eq!(exit, 1);
    let found = trial["found"].as_str().unwrap();
    assert!(
        found.starts_with("exit 2: ") && found.contains("the unit is missing"),
        "{found}"
    );
    assert!(trial.get("tolerance").is_none(), "{trial}");
    let text = answered(&OURS, &[("ours/a.toml", wrong.as_bytes())]).stdout;
    assert!(text.contains("the unit is missing"), "{text}");
}

#[test]
fn the_page_has_the_command_and_every_expectation_with_its_difference() {
    let bed = case("a", &BED.replace("53.1,", "53.102,"));
    let output = answered(
        &["--cases", "ours", "--report", "page.md"],
        &[("ours/a.toml", bed.as_bytes())],
    );
    let page = String::from_utf8(output.files[0].bytes.clone()).unwrap();
    let row = page
        .lines()
        .find(|line| line.contains("chemorad bed"))
        .unwrap();
    assert!(row.contains("chemorad bed 45Gy/25 --ab 10Gy"), "{row}");
    assert!(page.contains("53.102 ± 0.005"), "{page}");
    assert!(page.contains("-0.002 |"), "{page}");
    assert!(
        !page.lines().any(|line| line.contains("**Patient**")),
        "a self-test has no patient"
    );
    assert_eq!(page.matches("signature").count(), 3);
    assert!(!page.contains("Reviewed by"));
}

/// Every finding goes by its code, and where there are several by its place too.
#[test]
fn a_finding_is_addressed_by_its_code() {
    let check = |at: &str, text: &str| {
        let rest = format!(
            "arguments = [\"check\", \"--planned\", \"45Gy/25\", \"--prescribed\", \"45Gy/25\"]\nexit = 0\nexpect = [{{ at = {at:?}, text = {text:?} }}]"
        );
        answer(&OURS, &[("ours/a.toml", case("a", &rest).as_bytes())])
    };
    assert_eq!(check("/findings/rx.dose_per_fraction/found", "1.8 Gy").0, 0);
    let (exit, ours) = check("/findings/rx.nothing/found", "1.8 Gy");
    assert_eq!(exit, 1);
    let found = site_cases(&ours)[0]["found"].to_string();
    assert!(found.contains("nothing"), "{found}");
}

#[test]
fn names_of_files_that_name_a_patient_are_withheld() {
    let mut all = fixtures::all().into_iter();
    let plan = all.find(|(name, _)| *name == "pelvis.dcm").unwrap().1;
    let patient = "SYNTHETIC_PLAN";
    let name = format!("ours/{patient}.dcm");
    let check = |exit: u8| {
        format!(
            "arguments = [\"check\", \"{{cases}}/{patient}.dcm\", \"--prescribed\", \"46Gy/23\"]\nexit = {exit}\nexpect = [{{ at = \"/outcome\", text = \"fail\" }}]"
        )
    };
    let files = |text: &str| -> Vec<(String, Vec<u8>)> {
        vec![
            ("ours/a.toml".into(), case("a", text).into_bytes()),
            (name.clone(), plan.clone()),
        ]
    };
    for text in [check(1), check(0), BED.to_string()] {
        let all = files(&text);
        let all: Vec<File<'_>> = all
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        for format in [
            &["--format", "json"][..],
            &["--show-work"],
            &["--report", "page.md"],
        ] {
            let output = answered(&[&OURS[..], format].concat(), &all);
            let mut said = output.stdout + &output.stderr;
            for file in output.files {
                said += &String::from_utf8(file.bytes).unwrap();
            }
            assert!(!said.contains(patient), "{format:?}: {said}");
            assert!(said.contains("name not shown"), "{format:?}: {said}");
        }
    }
}

#[test]
fn a_self_test_is_filed_without_a_patient() {
    let output = answered(&["--report", "binder/"], &[("binder/x", b"")]);
    assert_eq!((output.exit, output.stderr.as_str()), (0, ""));
    let name = output.files[0].path.display().to_string();
    let digest = name
        .strip_prefix("binder/selftest-")
        .and_then(|rest| rest.strip_suffix("-2026-12-07.html"));
    assert!(digest.is_some_and(|digest| digest.len() == 8), "{name}");
    let page = String::from_utf8(output.files[0].bytes.clone()).unwrap();
    assert_eq!(page.matches("class=\"signatures").count(), 1);
    assert_eq!(page.matches("class=\"room").count(), 1);
    // what is signed is repeated where it is signed
    let (_, signed) = page.split_once("For the binder").unwrap();
    for part in [
        "class=\"verdict",
        "trials came out",
        "<dt>version",
        "<dt>build",
    ] {
        assert!(signed.contains(part), "{part}: {signed}");
    }
    assert!(!page.contains("<dt>Patient"), "a self-test has no patient");
    for flag in ["--patient", "--patient-id"] {
        let output = answered(&["--report", "a.html", flag, "607"], &[]);
        assert!(
            output.exit == 2 && output.stderr.contains("no patient"),
            "{}",
            output.stderr
        );
    }
}

#[test]
fn no_line_is_wider_than_80() {
    let text = answered(&["--show-work"], &[]).stdout;
    let wide: Vec<&str> = text
        .lines()
        .filter(|line| line.chars().count() > 80)
        .collect();
    assert!(wide.is_empty(), "{wide:#?}");
    assert!(!text.contains("as built"), "plain English");
}

/// A case writes nothing, not even what grows piece by piece.
#[test]
fn a_case_leaves_no_file() {
    use chemorad_cli::files::Disk;
    use std::fs;

    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().display().to_string();
    let rest = "arguments = [\"cohort\", \"{cases}/in.csv\", \"-o\", \"{cases}/out.csv\", \"--intensity\", \"825 mg/m2 bid\", \"--formula\", \"mosteller\", \"--tablets\", \"500mg,150mg\", \"--rounding\", \"nearest\", \"--ties\", \"up\"]\nexit = 0\nexpect = [{ at = \"/outcome\", text = \"pass\" }]";
    fs::write(folder.path().join("a.toml"), case("a", rest)).unwrap();
    fs::write(
        folder.path().join("in.csv"),
        "id,height_cm,weight_kg\n1,170,72\n",
    )
    .unwrap();
    let args = ["chemorad", "selftest", "--quick", "--cases", &name];
    let output = run(args, &environment(), &Disk);
    assert!(output.exit <= 1, "{}", output.stderr);
    let mut left: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["a.toml", "in.csv"]);
}

/// Whoever copies the cases of the safety pages gets cases that pass.
#[test]
fn the_cases_of_the_pages_pass() {
    let pages = [
        include_str!("../../../../docs/safety/commissioning.md"),
        include_str!("../../../../docs/safety/self-test.md"),
    ];
    let mut blocks: Vec<&str> = Vec::new();
    for page in pages {
        let of_toml = page.split("```toml\n").skip(1);
        let of_toml = of_toml.filter_map(|rest| rest.split("```").next());
        blocks.extend(of_toml.filter(|block| block.contains("[[case]]")));
    }
    assert!(blocks.len() > 2, "{blocks:?}");
    let text = blocks.join("\n");
    let grid: &[u8] = include_bytes!("../../../../examples/dicom/organ-dose.dcm");
    let site: &[u8] = include_bytes!("../../../../examples/site.toml");
    let files = [
        ("ours/cases.toml", text.as_bytes()),
        ("ours/files/organ-dose.dcm", grid),
        ("ours/files/site.toml", site),
    ];
    let (exit, answer) = answer(&OURS, &files);
    let cases = site_cases(&answer);
    assert_eq!(cases.len(), text.matches("[[case]]").count());
    assert_eq!(exit, 0, "{cases:#?}");
}

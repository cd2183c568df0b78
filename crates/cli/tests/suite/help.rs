//! Help: the first screen fits a terminal, names no flag of another command, and every example runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chemorad_cli::files::Memory;
use chemorad_cli::{Environment, run};
use dicom_dictionary_std::uids;

use crate::common::contoured::contoured_as;
use crate::common::encoded;
use crate::dicom::{case, plan_of};
use crate::dvh::rising;
use crate::fixtures;
use crate::harness::{environment, example};

fn help(path: &[&str], flag: &str) -> String {
    let words = ["chemorad"].iter().chain(path).chain([&flag]);
    let output = run(words, &environment(), &Memory::default());
    assert_eq!((output.exit, output.stderr.as_str()), (0, ""), "{path:?}");
    output.stdout
}

/// The commands, each by its words, found in the help of the one above.
fn commands(path: &[&str], found: &mut Vec<Vec<String>>) {
    found.push(path.iter().map(ToString::to_string).collect());
    let text = help(path, "--help");
    let Some((_, list)) = text.split_once("\nCommands:\n") else {
        return;
    };
    let names = list.lines().take_while(|line| line.starts_with("  "));
    let names = names.filter(|line| !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        if name != "help" {
            commands(&[path, &[name]].concat(), found);
        }
    }
}

fn all() -> Vec<Vec<String>> {
    let mut found = Vec::new();
    commands(&[], &mut found);
    assert!(found.len() > 25, "{found:?}");
    found
}

fn words(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[test]
fn the_first_screen_is_one() {
    for path in all() {
        let text = help(&words(&path), "-h");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() <= 24, "{path:?}: {} lines\n{text}", lines.len());
        for line in &lines {
            assert!(line.chars().count() <= 80, "{path:?}: {line}");
        }
        assert!(text.contains("Usage: chemorad"), "{text}");
        assert!(text.contains("--help\n"), "{text}");
    }
    // after the flags of the command too
    let words = ["chemorad", "bed", "45Gy/25", "--ab", "10Gy", "-h"];
    let output = run(words, &environment(), &Memory::default());
    assert_eq!(output.stdout, help(&["bed"], "-h"));
}

/// The flags that a text names.
fn flags(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let flags = parts.filter(|part| part.starts_with("--") && part.len() > 3);
    flags
        .map(|flag| flag.trim_end_matches('-').to_string())
        .collect()
}

/// The flags that a command has, from the lines that explain them.
fn own_flags(path: &[&str]) -> BTreeSet<String> {
    let text = help(path, "--help");
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| {
        line.starts_with("--") || line.starts_with('-') || line.starts_with("[alias")
    });
    lines.flat_map(flags).collect()
}

#[test]
fn no_flag_of_another_command_is_named() {
    for path in all() {
        let path = words(&path);
        // the first screen of all names commands, and shows what they take
        if path.is_empty() {
            continue;
        }
        let own = own_flags(&path);
        for flag in ["-h", "--help"] {
            let text = help(&path, flag);
            // an example may show what another command does with the result
            let own_name = ["chemorad"].iter().chain(&path).copied();
            let own_name = own_name.collect::<Vec<_>>().join(" ");
            let mut of_other = false;
            let mut goes_on = false;
            for line in text.lines() {
                if !goes_on {
                    of_other = line.contains("chemorad ") && !line.contains(&own_name);
                }
                goes_on = line.ends_with('\\');
                if of_other {
                    continue;
                }
                for named in flags(line) {
                    assert!(
                        own.contains(&named) || named == "--help",
                        "{path:?} has no {named}: {line}"
                    );
                }
            }
        }
    }
}

/// The files that examples name.
fn files(path: &str) -> Memory {
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for entry in fs::read_dir(example("")).unwrap() {
        let from = entry.unwrap().path();
        if from.is_file() {
            let name = Path::new("examples").join(from.file_name().unwrap());
            files.push((name, fs::read(&from).unwrap()));
        }
    }
    let plan = |name: &str| {
        let mut all = fixtures::all().into_iter();
        all.find(|(known, _)| *known == name).unwrap().1
    };
    let shipped = |name: &str| fs::read(example(name)).unwrap();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((name.into(), bytes));
    if path.starts_with("dose") {
        for name in ["plan.dcm", "dose.dcm", "pelvis.dcm"] {
            add(name, case("dose-pelvis"));
        }
        add("boost.dcm", case("dose-boost"));
        add("beam1.dcm", case("dose-beam-1"));
        add("beam2.dcm", case("dose-beam-2"));
        add("pelvis-plan.dcm", plan_of("2.25.1", "synthetic-1", 25));
        add("boost-plan.dcm", plan_of("2.25.7", "synthetic-1", 8));
    } else {
        // EQD2 in structures wants one fraction group
        let course = if path.starts_with("dvh") {
            "pelvis.dcm"
        } else {
            "course.dcm"
        };
        add("plan.dcm", plan(course));
        add("course.dcm", plan("escalated-course.dcm"));
        for name in ["pelvis.dcm", "boost.dcm"] {
            add(name, plan(name));
        }
        add("sib.dcm", plan("course.dcm"));
        add("plans/a.dcm", plan("pelvis.dcm"));
        add("export-folder/a.dcm", plan("course.dcm"));
        if path.starts_with("dvh") {
            let rising = encoded(rising("GY").object(), uids::EXPLICIT_VR_LITTLE_ENDIAN);
            add("dose.dcm", rising);
        } else {
            add("dose.dcm", case("dose-pelvis"));
        }
    }
    // the region that the example is about
    let asked = ["PTV", "Bag"].into_iter().find(|name| path.contains(name));
    let structure = asked.unwrap_or("Rectum");
    add(
        "structures.dcm",
        contoured_as(structure, "synthetic-1", "CLOSED_PLANAR"),
    );
    add(
        "export.csv",
        b"course,phase,fractions,total\nA,pelvis,25,45 Gy\nA,boost,3,5.4 Gy\n".to_vec(),
    );
    let limits = b"structure,metric,limit\nrectum,max,<= 40 Gy\n";
    add("mine.csv", limits.to_vec());
    let of_courses = path.starts_with("courses");
    let name = if of_courses {
        "two-courses.toml"
    } else {
        "adjuvant-chemoradiotherapy.toml"
    };
    add("case.toml", shipped(name));
    add("case.json", shipped("re-excision.json"));
    add("clinic.toml", shipped("site.toml"));
    let protocol = shipped("protocol-bladder-two-arm.toml");
    for name in [
        "trial.toml",
        "trial-v1.toml",
        "trial-v2.toml",
        "protocols/a.toml",
    ] {
        add(name, protocol.clone());
    }
    if path.starts_with("protocol convert") {
        files.retain(|(name, _)| name != Path::new("trial.toml"));
        let earlier = example("../crates/protocol/tests/fixtures/synthetic.toml");
        files.push(("trial.toml".into(), fs::read(earlier).unwrap()));
    }
    // what a command writes is not there yet
    if let Some((_, output)) = path.split_once(" -o ") {
        let output = output.split_whitespace().next().unwrap_or_default();
        files.retain(|(name, _)| name != Path::new(output));
    }
    files.into_iter().collect()
}

/// The examples of a help, each in one line.
fn examples(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let (part, more) = match line.strip_suffix('\\') {
            Some(part) => (part, true),
            None => (line, false),
        };
        if goes_on {
            found.last_mut().unwrap().push_str(part.trim_start());
        } else if line.starts_with("  chemorad ") {
            found.push(part.trim_start().to_string());
        }
        goes_on = more && (goes_on || line.starts_with("  chemorad "));
    }
    found
}

/// Examples whose files are records or a third beam that no fixture has, that a shell completes, or that are
/// there already by another example: their flags are read, and the file is what is refused.
const WITHOUT_FILES: [&str; 8] = [
    "clinic-cases",
    "--compare selftest.json",
    "records",
    "records-2024",
    "beam3.dcm",
    "protocols/*.toml",
    "protocols/NCT01234567.toml",
    "protocol.txt",
];

#[test]
fn every_example_runs() {
    let wide = Environment {
        width: 400,
        ..environment()
    };
    let mut ran = 0;
    for path in all() {
        let path = words(&path);
        let text = help(&path, "--help");
        let words = ["chemorad"].iter().chain(&path).copied().chain(["--help"]);
        let unwrapped = run(words, &wide, &Memory::default()).stdout;
        // no example is broken by the width of a terminal
        assert_eq!(examples(&text), examples(&unwrapped), "{path:?}");
        let on_screen = examples(&help(&path, "-h"));
        for line in on_screen.iter().chain(&examples(&text)) {
            let mut words = shlex::split(line).unwrap_or_else(|| panic!("{line}"));
            if let Some(at) = words.iter().position(|word| word == ">") {
                words.truncate(at);
            }
            let command = words.get(1..).unwrap_or_default().join(" ");
            let output = run(&words, &environment(), &files(&command));
            assert!(
                !output.stderr.contains("For more information, try"),
                "{line}: {}",
                output.stderr
            );
            let refused = output.exit == 2;
            let of_file = WITHOUT_FILES.iter().any(|file| line.contains(file));
            assert!(!refused || of_file, "{line}: {}", output.stderr);
            ran += 1;
        }
    }
    assert!(ran > 100, "{ran}");
}

/// The commonest plan check of the guide, on a plan.
#[test]
fn a_plan_is_checked_in_65_characters() {
    let line = "chemorad check plan.dcm --protocol NCT06949098/adverse";
    assert!(line.len() <= 65);
    let output = run(line.split(' '), &environment(), &files("check"));
    assert!(output.exit != 2, "{}", output.stderr);
    assert!(output.stdout.contains("45 Gy"), "{}", output.stdout);
    // another prescription fails
    let other = line.replace("adverse", "radiotherapy_alone");
    let output = run(other.split(' '), &environment(), &files("check"));
    assert_eq!(output.exit, 1, "{}", output.stdout);
}

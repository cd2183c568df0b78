//! The book: its commands are run, and what they print is what its pages show. With `UPDATE_BOOK=1`
//! the pages are written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chemorad_cli::files::Memory;
use chemorad_cli::{Output, codes, run};

use crate::fixtures;
use crate::harness::environment;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn is_updated() -> bool {
    std::env::var_os("UPDATE_BOOK").is_some()
}

/// The pages of a folder and of those in it, by their path from the root.
fn pages_below(folder: &str) -> Vec<String> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            pages.extend(pages_below(&name));
        } else if Path::new(&name).extension().is_some_and(|end| end == "md") {
            pages.push(name);
        }
    }
    pages.sort();
    pages
}

fn pages() -> Vec<String> {
    let mut pages = pages_below("docs");
    pages.push("README.md".into());
    pages
}

/// The files that the commands of the book name: the examples, and synthetic plans and doses.
fn files() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = Path::new("examples").join(path.file_name().unwrap());
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    let plans = fixtures::all().into_iter();
    files.extend(plans.map(|(name, bytes)| (name.into(), bytes)));
    files.extend(crate::limits::of_the_book().map(|(name, bytes)| (name.into(), bytes)));
    files
}

/// Runs one line of a shell; what it writes is there for the next.
fn answer(line: &str, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> Output {
    let mut words = shlex::split(line).unwrap_or_else(|| panic!("{line}"));
    let target = words.iter().position(|word| word == ">").map(|at| {
        let target = words.split_off(at);
        PathBuf::from(&target[1])
    });
    let named = files.iter().map(|(path, bytes)| (path, bytes.clone()));
    let memory: Memory = named.collect();
    let output = run(&words, &environment(), &memory);
    for file in &output.files {
        files.insert(file.path.clone(), file.bytes.clone());
    }
    if let Some(target) = target {
        files.insert(target, output.stdout.clone().into_bytes());
    }
    output
}

/// What lies between two fences.
struct Block {
    /// The first line after the opening fence, and the line of the closing one, from 0.
    lines: std::ops::Range<usize>,
    language: String,
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        match open.take() {
            None => open = Some((at + 1, language.to_string())),
            Some((start, language)) => blocks.push(Block {
                lines: start..at,
                language,
            }),
        }
    }
    blocks
}

/// The command of a block that begins with `$ `, and how many lines it takes.
fn command(lines: &[&str]) -> Option<(String, usize)> {
    let mut command = lines.first()?.strip_prefix("$ ")?.to_string();
    let mut taken = 1;
    while let Some(start) = command.strip_suffix('\\') {
        command = format!("{start} {}", lines.get(taken)?.trim_start());
        taken += 1;
    }
    Some((command, taken))
}

const LEFT_OUT: &str = "…";

/// Whether the output has the lines shown, in order; a line `…` stands for any number of them.
fn shows(shown: &[&str], output: &str) -> bool {
    let output: Vec<&str> = output.trim_end().lines().map(str::trim_end).collect();
    let mut parts = shown.split(|line| *line == LEFT_OUT);
    let first = parts.next().unwrap_or_default();
    if !output.starts_with(first) {
        return false;
    }
    let mut rest = &output[first.len()..];
    let mut last = first;
    let mut has_gaps = false;
    for part in parts {
        has_gaps = true;
        last = part;
        if part.is_empty() {
            continue;
        }
        let Some(at) = rest.windows(part.len()).position(|window| window == part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || (has_gaps && last.is_empty())
}

/// The lines of the output that a page shows in the place of others: all, or as many as before. None where the page
/// shows several parts of the output: which of its lines those are now, a person has to say.
fn shown_anew<'o>(shown: &[&str], output: &'o str) -> Option<Vec<&'o str>> {
    let output = output.trim_end().lines().map(str::trim_end);
    match shown.iter().position(|line| *line == LEFT_OUT) {
        None => Some(output.collect()),
        Some(at) if at + 1 == shown.len() => Some(output.take(at).chain([LEFT_OUT]).collect()),
        Some(_) => None,
    }
}

#[test]
fn every_command_prints_what_its_page_shows() {
    let files = files();
    let mut tried = 0;
    for page in pages() {
        let path = root().join(&page);
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let mut there = files.clone();
        let mut written: Vec<String> = Vec::new();
        let mut kept = 0;
        for block in blocks(&lines) {
            let inside = &lines[block.lines.clone()];
            if block.language == "sh" {
                for line in inside.iter().filter(|line| line.starts_with("chemorad ")) {
                    let output = answer(line, &mut there);
                    assert_ne!(output.exit, 2, "{page}: {line}\n{}", output.stderr);
                    tried += 1;
                }
            }
            // the first lines of an example, or of what a command of the page wrote
            if let Some(name) = block.language.strip_prefix("csv ") {
                let bytes = there.get(Path::new(name));
                let bytes = bytes.unwrap_or_else(|| panic!("{page}: no file {name}"));
                let file = String::from_utf8_lossy(bytes);
                let first: Vec<&str> = file.lines().take(inside.len()).collect();
                if is_updated() {
                    let start = block.lines.start;
                    written.extend(lines[kept..start].iter().map(ToString::to_string));
                    written.extend(first.into_iter().map(ToString::to_string));
                    kept = block.lines.end;
                } else {
                    assert_eq!(inside, first, "{page}: {name}");
                }
                continue;
            }
            let Some((line, taken)) = command(inside) else {
                continue;
            };
            let output = answer(&line, &mut there);
            assert_ne!(output.exit, 2, "{page}: {line}\n{}", output.stderr);
            tried += 1;
            let shown = &inside[taken..];
            // a heading alone shows nothing
            let is_cut = shown.contains(&LEFT_OUT);
            let seen = shown.iter().filter(|line| **line != LEFT_OUT).count();
            assert!(!is_cut || seen >= 5, "{page}: {line} shows nothing");
            if is_updated() {
                let start = block.lines.start + taken;
                written.extend(lines[kept..start].iter().map(ToString::to_string));
                let anew = if shows(shown, &output.stdout) {
                    shown.to_vec()
                } else {
                    shown_anew(shown, &output.stdout).unwrap_or_else(|| {
                        panic!("{page}: {line}\nprints other lines than those shown, choose them by hand:\n{}", output.stdout)
                    })
                };
                written.extend(anew.into_iter().map(ToString::to_string));
                kept = block.lines.end;
            } else {
                assert!(
                    shows(shown, &output.stdout),
                    "{page}: {line}\nprints\n{}",
                    output.stdout
                );
            }
        }
        if is_updated() && kept > 0 {
            written.extend(lines[kept..].iter().map(ToString::to_string));
            fs::write(path, written.join("\n") + "\n").unwrap();
        }
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn a_line_left_out_stands_for_any_number() {
    let output = "a\nb\nc\nd\n";
    for shown in [
        &["a", "b", "c", "d"][..],
        &["a", LEFT_OUT],
        &["a", LEFT_OUT, "d"],
        &[LEFT_OUT, "b", "c", LEFT_OUT],
    ] {
        assert!(shows(shown, output), "{shown:?}");
    }
    for shown in [
        &["a", "b", "c"][..],
        &["b", LEFT_OUT],
        &["a", LEFT_OUT, "c"],
        &[LEFT_OUT, "c", "b", LEFT_OUT],
        &[],
    ] {
        assert!(!shows(shown, output), "{shown:?}");
    }
}

#[test]
fn parts_of_an_output_are_not_chosen_anew() {
    let output = "a\nx\nc\nd\n";
    let whole = shown_anew(&["a", "b"], output);
    assert_eq!(whole, Some(vec!["a", "x", "c", "d"]));
    let first = shown_anew(&["a", "b", LEFT_OUT], output);
    assert_eq!(first, Some(vec!["a", "x", LEFT_OUT]));
    assert_eq!(shown_anew(&["a", LEFT_OUT, "b", LEFT_OUT], output), None);
    assert_eq!(shown_anew(&[LEFT_OUT, "b"], output), None);
}

/// Every link of a page, with the text that it is in.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| {
        let link = rest.split(')').next()?;
        (!link.contains("://") && !link.starts_with('#')).then_some(link)
    })
}

#[test]
fn every_page_is_in_the_summary_and_every_link_leads_somewhere() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let named: BTreeSet<String> = links(&summary).map(|link| format!("docs/{link}")).collect();
    let there: BTreeSet<String> = pages_below("docs")
        .into_iter()
        .filter(|page| page != "docs/SUMMARY.md")
        .collect();
    assert_eq!(named, there);
    for page in pages() {
        let path = root().join(&page);
        let text = fs::read_to_string(&path).unwrap();
        for link in links(&text) {
            let (file, _) = link.split_once('#').unwrap_or((link, ""));
            let target = path.parent().unwrap().join(file);
            assert!(target.exists(), "{page}: {link}");
        }
    }
}

/// A page that is made from the command itself.
#[track_caller]
pub(crate) fn hold(page: &str, text: &str) {
    let path = root().join(page);
    if is_updated() {
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "{page} is not what the command says: UPDATE_BOOK=1 writes it"
    );
}

fn help(words: &[String]) -> String {
    let words = words.iter().map(String::as_str);
    let words = ["chemorad"].into_iter().chain(words).chain(["--help"]);
    let output = run(words, &environment(), &Memory::default());
    assert_eq!(output.exit, 0, "{}", output.stderr);
    output.stdout
}

/// The help of a command and of those below it.
fn add_help(page: &mut String, words: &[String]) {
    let text = help(words);
    let name = ["chemorad".to_string()]
        .iter()
        .chain(words)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let level = "#".repeat(words.len() + 1);
    let text: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    write!(
        page,
        "\n{level} {name}\n\n```text\n{}\n```\n",
        text.join("\n")
    )
    .unwrap();
    let list = text.iter().skip_while(|line| **line != "Commands:").skip(1);
    for line in list.take_while(|line| !line.is_empty()) {
        let Some(name) = line
            .strip_prefix("  ")
            .filter(|line| !line.starts_with(' '))
            .and_then(|line| line.split(' ').next())
        else {
            continue;
        };
        if name != "help" {
            add_help(page, &[words, &[name.to_string()]].concat());
        }
    }
}

#[test]
fn the_page_of_commands_is_their_help() {
    let mut page = String::new();
    add_help(&mut page, &[]);
    let page = page.trim_start().replacen("# chemorad", "# Commands", 1);
    hold("docs/reference/commands.md", &page);
}

#[test]
fn the_page_of_codes_is_the_catalogue() {
    let mut page = String::from(
        "# Codes\n\nEvery finding and every refusal has a code. `chemorad explain CODE` prints its row.\n\n| code | what it is about | what it means | what to do |\n| --- | --- | --- | --- |\n",
    );
    let mut all: Vec<_> = codes().collect();
    all.sort_by_key(|code| code.name);
    for code in all {
        let cells = [code.title, code.meaning, code.action].map(|text| text.replace('|', "\\|"));
        writeln!(page, "| `{}` | {} |", code.name, cells.join(" | ")).unwrap();
    }
    hold("docs/reference/codes.md", &page);
}

/// The DICOM files that the pages name are there to try: `examples/dicom` holds them as the tests make them.
#[test]
fn the_files_of_the_pages_are_there_to_try() {
    let plans = fixtures::all().into_iter();
    let plans = plans.filter(|(name, _)| ["pelvis.dcm", "boost.dcm"].contains(name));
    for (name, bytes) in plans.chain(crate::limits::of_the_book()) {
        let path = root().join("examples/dicom").join(name);
        if is_updated() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        assert!(
            fs::read(&path).unwrap() == bytes,
            "{name} is not what the tests make: UPDATE_BOOK=1 writes it"
        );
    }
}

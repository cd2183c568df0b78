//! Changes protocol files one place at a time and counts what lint and the worked examples catch.
//!
//! ```text
//! cargo run --release -p chemorad-protocol --example mutation_campaign [FILE...] [--escaped]
//! ```
//!
//! Without a file it takes every protocol file of this package. Each digit, unit, sign and quote of
//! a file is changed in turn, and each pair of doses of one kind exchanged; nothing is drawn at
//! random, so two runs print the same. A change that leaves the protocol the same (1.80 for 1.8) is
//! not counted. A change is caught when the file cannot be read any more, or when a finding appears
//! that the file as shipped does not have. `--escaped` lists the changes that were not caught.
#![allow(clippy::print_stdout, reason = "a program that prints a table")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use chemorad::report::Outcome;
use chemorad_protocol::{Format, Linted, ProtocolFile};

/// What a changed place means to a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Dose,
    Count,
    Intensity,
    Limit,
    Criterion,
    Words,
    Name,
}

impl Class {
    /// By the path of the value.
    fn of(path: &str) -> Self {
        let step = |name: &str| {
            path.split('.')
                .any(|step| step.split('[').next() == Some(name))
        };
        let last = path.rsplit('.').next().unwrap_or(path);
        let last = last.split('[').next().unwrap_or(last);
        match last {
            "quote" | "reason" | "title" | "text" | "why" | "question" | "choices" => {
                return Self::Words;
            }
            "id" | "name" | "locator" | "volume" | "version" | "document" | "url" | "schema"
            | "retrieved" | "date" | "structure" | "at" | "source" => return Self::Name,
            _ => {}
        }
        if step("passages") {
            Self::Words
        } else if step("limits") {
            Self::Limit
        } else if step("assertions") {
            // a changed example is its own check
            Self::Words
        } else if step("intensity") || step("intensity_per_day") {
            Self::Intensity
        } else if step("fractions") || last == "fractions" {
            Self::Count
        } else if step("fractionation") || step("dose_per_fraction") {
            Self::Dose
        } else if step("fractions_per_week")
            || step("administrations_per_day")
            || step("days")
            || step("weeks")
            || step("infusion")
        {
            Self::Count
        } else if step("eligibility") || step("when") || step("test") || step("facts") {
            Self::Criterion
        } else {
            Self::Name
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Dose => "dose",
            Self::Count => "count",
            Self::Intensity => "intensity",
            Self::Limit => "limit",
            Self::Criterion => "criterion",
            Self::Words => "words",
            Self::Name => "name",
        }
    }
}

#[derive(Default)]
struct Tally {
    changed: usize,
    caught: usize,
    /// Of those caught, by a fail and not by a warning alone.
    failed: usize,
}

struct Campaign {
    tallies: BTreeMap<(&'static str, Class), Tally>,
    escaped: Vec<String>,
}

struct File {
    name: String,
    path: PathBuf,
    text: String,
    format: Format,
    read: ProtocolFile,
    known: BTreeSet<String>,
}

/// Findings by what they say, those beside the file included.
fn findings(file: &ProtocolFile, path: &Path) -> BTreeMap<String, Outcome> {
    let linted = Linted::beside(file, path);
    let all = linted.iter().flat_map(|linted| &linted.findings);
    all.map(|l| {
        let text = format!(
            "{} {} {}",
            l.finding.code(),
            l.finding.at(),
            l.finding.message()
        );
        (text, l.finding.outcome)
    })
    .collect()
}

impl File {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let file = ProtocolFile::read(path)?;
        Ok(Self {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into(),
            path: path.to_path_buf(),
            text: file.text().to_string(),
            format: file.format(),
            known: findings(&file, path).into_keys().collect(),
            read: file,
        })
    }

    /// Whether a changed text is caught, and by a fail; `None` when nothing has changed.
    fn judge(&self, text: &str) -> Option<(bool, bool)> {
        let Ok(changed) = ProtocolFile::parse(self.name.clone(), text, self.format) else {
            return Some((true, true));
        };
        if changed.protocol == self.read.protocol {
            return None;
        }
        let new: Vec<Outcome> = findings(&changed, &self.path)
            .into_iter()
            .filter(|(finding, _)| !self.known.contains(finding))
            .map(|(_, outcome)| outcome)
            .collect();
        Some((!new.is_empty(), new.contains(&Outcome::Fail)))
    }
}

impl Campaign {
    fn change(&mut self, file: &File, kind: &'static str, path: &str, at: usize, text: &str) {
        let Some((caught, failed)) = file.judge(text) else {
            return;
        };
        let tally = self.tallies.entry((kind, Class::of(path))).or_default();
        tally.changed += 1;
        tally.caught += usize::from(caught);
        tally.failed += usize::from(failed);
        if !caught {
            let line = text[..at].matches('\n').count();
            let shown = text.lines().nth(line).unwrap_or_default().trim();
            let shown: String = shown.chars().take(150).collect();
            self.escaped.push(format!(
                "{kind} {} {}:{} {path}\n    {shown}",
                Class::of(path).name(),
                file.name,
                line + 1
            ));
        }
    }

    fn replace(
        &mut self,
        file: &File,
        kind: &'static str,
        path: &str,
        at: usize,
        length: usize,
        with: &str,
    ) {
        let text = format!("{}{with}{}", &file.text[..at], &file.text[at + length..]);
        self.change(file, kind, path, at, &text);
    }

    fn run(&mut self, file: &File) {
        let values: Vec<(String, std::ops::Range<usize>)> = file.read.values().collect();
        for (path, span) in &values {
            let text = &file.text[span.clone()];
            for (offset, c) in text.char_indices() {
                let Some(digit) = c.to_digit(10) else {
                    continue;
                };
                for other in (0..10).filter(|other| *other != digit) {
                    self.replace(
                        file,
                        "digit",
                        path,
                        span.start + offset,
                        1,
                        &other.to_string(),
                    );
                }
            }
            for (from, to) in UNITS {
                for (offset, _) in text.match_indices(from) {
                    // the unit ends where the match ends: no mg/m2 in mg/m2/d
                    let rest = &text[offset + from.len()..];
                    let before = text[..offset].ends_with(|c: char| c.is_ascii_digit() || c == ' ');
                    if before && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '/') {
                        self.replace(file, "unit", path, span.start + offset, from.len(), to);
                    }
                }
            }
            for (from, to) in SIGNS {
                if text == *from {
                    self.replace(file, "sign", path, span.start, text.len(), to);
                }
            }
            if text.starts_with(|c: char| c.is_ascii_digit()) {
                self.replace(file, "sign", path, span.start, 0, "-");
            } else if text[1..].starts_with(|c: char| c.is_ascii_digit()) {
                self.replace(file, "sign", path, span.start + 1, 0, "-");
            }
            let words = matches!(path.rsplit('.').next(), Some("quote" | "text"));
            if words || path.starts_with("passages.") {
                self.replace(file, "quote", path, span.start, text.len(), "\"\"");
            }
        }
        self.exchange(file, &values);
    }

    /// Every two values of one kind exchanged.
    fn exchange(&mut self, file: &File, values: &[(String, std::ops::Range<usize>)]) {
        let kinds = [
            ".fractionation",
            ".dose_per_fraction",
            ".intensity",
            ".limit",
        ];
        for kind in kinds {
            let of_kind: Vec<_> = values
                .iter()
                // a value that stands alone has no table around it
                .filter(|(path, _)| path.trim_end_matches(".value").ends_with(kind))
                .collect();
            for (i, (path, one)) in of_kind.iter().enumerate() {
                for (_, other) in &of_kind[i + 1..] {
                    let text = &file.text;
                    if text[one.clone()] == text[other.clone()] {
                        continue;
                    }
                    let (first, second) = if one.start < other.start {
                        (one, other)
                    } else {
                        (other, one)
                    };
                    let swapped = [
                        &text[..first.start],
                        &text[second.clone()],
                        &text[first.end..second.start],
                        &text[first.clone()],
                        &text[second.end..],
                    ]
                    .concat();
                    self.change(file, "exchange", path, first.start, &swapped);
                }
            }
        }
    }

    fn print(&self) {
        println!(
            "{:<9} {:<10} {:>8} {:>8} {:>8} {:>9}",
            "change", "of", "changed", "caught", "share", "by a fail"
        );
        let row = |kind: &str, of: &str, tally: &Tally| {
            let share = 100.0 * share(tally.caught, tally.changed);
            println!(
                "{kind:<9} {of:<10} {:>8} {:>8} {share:>7.2}% {:>9}",
                tally.changed, tally.caught, tally.failed
            );
        };
        for ((kind, class), tally) in &self.tallies {
            row(kind, class.name(), tally);
        }
        let sum = |wanted: &dyn Fn(Class) -> bool| {
            let mut sum = Tally::default();
            for (_, tally) in self.tallies.iter().filter(|((_, class), _)| wanted(*class)) {
                sum.changed += tally.changed;
                sum.caught += tally.caught;
                sum.failed += tally.failed;
            }
            sum
        };
        let given = |class| matches!(class, Class::Dose | Class::Count | Class::Intensity);
        row("all", "given", &sum(&given));
        row("all", "limit", &sum(&|class| class == Class::Limit));
        row("all", "words", &sum(&|class| class == Class::Words));
        row("all", "all", &sum(&|_| true));
        println!("\"given\" is what alters a dose, a count or an intensity.");
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn share(caught: usize, changed: usize) -> f64 {
    if changed == 0 {
        1.0
    } else {
        caught as f64 / changed as f64
    }
}

const UNITS: &[(&str, &str)] = &[
    ("Gy", "cGy"),
    ("cGy", "Gy"),
    ("mg/m2", "g/m2"),
    ("mg/m2", "mg/m2/d"),
    ("g/m2", "mg/m2"),
    ("mg/m2/d", "mg/m2"),
    ("mg/m2/d", "g/m2/d"),
    ("cc", "%"),
    ("%", "cc"),
    ("cc", "mm3"),
    ("h", "d"),
    ("mm", "cm"),
    ("cm", "mm"),
];

const SIGNS: &[(&str, &str)] = &[
    ("\"at_most\"", "\"at_least\""),
    ("\"at_least\"", "\"at_most\""),
    ("\"below\"", "\"above\""),
    ("\"above\"", "\"below\""),
];

/// The protocol files of this package.
fn shipped() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in ["library", "tests/fixtures"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        if !folder.exists() {
            continue;
        }
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.to_string_lossy().into_owned();
            if Format::of(&path).is_some() && !name.contains(".assertions.") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|argument| argument == "--escaped");
    let named: Vec<PathBuf> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    let files = if named.is_empty() { shipped()? } else { named };
    let mut campaign = Campaign {
        tallies: BTreeMap::new(),
        escaped: Vec::new(),
    };
    for path in &files {
        let file = File::read(path)?;
        println!("{} ({} findings as shipped)", file.name, file.known.len());
        campaign.run(&file);
    }
    campaign.print();
    if show {
        for escaped in &campaign.escaped {
            println!("{escaped}");
        }
    }
    Ok(())
}

//! `protocol lint`: findings with their place in the file, in the format a reader or a tool wants.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chemorad_protocol::{Linted, library};
use chemorad_render::protocol::lint::{Results, Summary, github, junit, page, sarif};

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::refused;
use crate::report::{Format, Report};

/// Check protocol files: structure, arithmetic, quotes, coverage, limits, worked examples.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol lint trial.toml
  chemorad protocol lint protocols/*.toml --deny-warnings
  chemorad protocol lint --all
  chemorad protocol lint trial.toml --source protocol.txt
  chemorad protocol lint trial.toml --format sarif > trial.sarif
  chemorad protocol lint trial.toml --format github

Exit codes: 0 nothing failed, 1 a check failed, 2 a file cannot be opened or is
no text, 3 nothing failed but something cannot be told.

This command also writes --format sarif (SARIF 2.1.0), junit (JUnit XML) and
github (annotations of GitHub Actions).

Worked examples are in the file, or in trial.assertions.toml next to trial.toml.
The text of the source is --source, or the file named by source.file.")]
pub(super) struct Args {
    /// Protocol files, .toml or .json; or the ids of shipped protocols.
    #[arg(required_unless_present = "all", value_name = "FILE|ID")]
    files: Vec<String>,
    /// Every shipped protocol.
    #[arg(long, conflicts_with = "files")]
    all: bool,
    /// The text of the document that the protocol quotes: each passage is looked for in it, and the numbers
    /// with a unit that the protocol does not have are listed.
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
    /// Let warnings fail too.
    #[arg(long)]
    deny_warnings: bool,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut known = BTreeSet::new();
        let mut linted = Vec::new();
        let files = if self.all {
            library::ids().map(String::from).collect()
        } else {
            self.files
        };
        if self.source.is_some() && files.len() != 1 {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--source is the text of one document: name the one protocol that quotes it",
            ));
        }
        for file in files {
            let file = protocol_of_examples(context, &file).unwrap_or(file);
            // the same file twice would count twice
            if known.insert(file.clone()) {
                linted.extend(protocols::linted(context, &file, self.source.as_deref())?);
            }
        }
        if let Some(message) = linted.iter().find_map(no_file) {
            return Err(Failure::new(refused::FILE_UNREADABLE, message));
        }
        let summary = Summary::new(&linted, self.deny_warnings);
        let report = Report::new(page(&linted, &summary), &Results::new(&linted, &summary));
        let junit = junit(&linted, self.deny_warnings);
        Ok(report
            .also(Format::Sarif, sarif(&linted).map_err(Failure::from))
            .also(
                Format::Junit,
                junit.map_err(|error| Failure::new(refused::DEFECT_OUTPUT, error.to_string())),
            )
            .also(Format::Github, Ok(github(&linted)))
            .judged(summary.outcome))
    }
}

/// The protocol of a file of worked examples beside it: `protocols/*.toml` names both, and the examples are
/// linted with their protocol.
fn protocol_of_examples(context: &Context<'_>, file: &str) -> Option<String> {
    let endings = [".assertions.toml", ".assertions.json"];
    let name = endings
        .iter()
        .find_map(|ending| file.strip_suffix(ending))?;
    let mut protocols = ["toml", "json"]
        .map(|ending| format!("{name}.{ending}"))
        .into_iter();
    protocols.find(|protocol| context.exists(Path::new(protocol)))
}

/// What cannot be opened or is no text has no line to point at: it is wrong input, not a finding.
fn no_file(linted: &Linted) -> Option<String> {
    let finding = &linted.findings.first()?.finding;
    let code = finding.code();
    let codes = [
        "file.unreadable",
        "file.encoding",
        "file.format",
        "file.size",
    ];
    (!linted.readable && codes.contains(&code))
        .then(|| format!("{}: {}", linted.name, finding.message()))
}

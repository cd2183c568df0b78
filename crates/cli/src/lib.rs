//! The `chemorad` command as a library: arguments, the world and files in; text, files and an exit
//! code out. It neither prints nor writes nor ends the process, so that a page can answer every
//! command too.
//!
//! ```
//! use chemorad_cli::{Environment, files::Memory, run};
//!
//! let environment = Environment {
//!     now: "2026-12-07T10:20:00[UTC]".parse()?,
//!     colour: false,
//!     width: 80,
//!     site: None,
//!     watched: false,
//!     identity: None,
//! };
//! let arguments = ["chemorad", "bed", "45Gy/25", "5.4Gy/3", "--alpha-beta", "10Gy"];
//! let output = run(arguments, &environment, &Memory::default());
//! assert_eq!(output.exit, 0);
//! assert!(output.stdout.contains("59.472"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod args;
mod build;
mod catalogue;
mod coded;
mod commands;
mod failure;
pub mod files;
mod filing;
mod first_flags;
mod flags;
mod help;
mod holidays;
mod input;
mod new_file;
mod output;
mod parallel;
mod progress;
mod protocols;
mod refusal_code;
mod refused;
mod report;
mod rules;
mod schedule;
mod self_test;
mod time;
mod usage;

use std::ffi::OsString;
use std::path::Path;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use catalogue::{codes, finding_codes};
use chemorad_dosimetry::Patient;
use chemorad_render::Document;
pub use chemorad_render::WIDTH;
pub use failure::Refusal;
pub use output::{Environment, Identity, Output, OutputFile};
pub use refusal_code::{accepted, refusal_code};

use commands::Cli;
use failure::Failure;
use files::{Files, Recorded};
use output::{Asked, Context};
use report::Body;

/// A command's answer before it has a format.
#[derive(Debug, Clone)]
pub struct Answered {
    /// For a person.
    pub document: Document,
    /// For a tool.
    pub json: String,
    /// 0 done or passed, 1 a check failed, 3 something could not be told.
    pub exit: u8,
    /// What is to be written.
    pub files: Vec<OutputFile>,
}

/// Answers a command. The first argument is the name the program was called by.
pub fn run<A>(
    arguments: impl IntoIterator<Item = A>,
    environment: &Environment,
    files: &dyn Files,
) -> Output
where
    A: Into<OsString> + Clone,
{
    answered(arguments, environment, files, false).0
}

/// Answers a command, and tells whom its files are about where that is asked.
fn answered<A>(
    arguments: impl IntoIterator<Item = A>,
    environment: &Environment,
    files: &dyn Files,
    by_another: bool,
) -> (Output, Vec<Patient>)
where
    A: Into<OsString> + Clone,
{
    let (cli, name) = match read(arguments, environment) {
        Ok(read) => read,
        Err(usage) => return (usage, Vec::new()),
    };
    let format = cli.format;
    let asked = cli.asked(Some(format));
    let files = Recorded::new(files, asked.report || environment.identity.is_some());
    let mut context = Context::new(environment, &files, asked, by_words);
    context.by_another = by_another;
    let answered = cli.run(&name, &context).and_then(|report| {
        let exit = report.exit;
        let stdout = report.rendered(format, environment.width)?;
        context.finish()?;
        Ok((stdout, exit))
    });
    let (patients, _) = context.patients();
    let output = match answered {
        Ok((stdout, exit)) => Output {
            exit,
            stdout,
            files: context.into_files(),
            ..Output::default()
        },
        Err(failure) => Output::failed(failure),
    };
    (output, patients)
}

/// Answers a command with its document and the pictures in it, for a face that shows it in another format.
///
/// # Errors
/// What [`run`] gives where there is no document: help, a script, wrong input.
pub fn answer<A>(
    arguments: impl IntoIterator<Item = A>,
    environment: &Environment,
    files: &dyn Files,
) -> Result<Answered, Output>
where
    A: Into<OsString> + Clone,
{
    let (cli, name) = read(arguments, environment)?;
    let asked = Asked {
        pictures: true,
        ..cli.asked(None)
    };
    let files = Recorded::new(files, asked.report || environment.identity.is_some());
    let context = Context::new(environment, &files, asked, by_words);
    let report = cli.run(&name, &context).map_err(Output::failed)?;
    let exit = report.exit;
    let (body, json) = report.parts().map_err(Output::failed)?;
    context.finish().map_err(Output::failed)?;
    let files = context.into_files();
    let stdout = match body {
        Body::Document(document) => {
            return Ok(Answered {
                document,
                json,
                exit,
                files,
            });
        }
        Body::Text(stdout) => stdout,
        Body::Json => json,
    };
    Err(Output {
        exit,
        stdout,
        files,
        ..Output::default()
    })
}

/// Answers a command by its words, for one that asks others.
fn by_words(
    words: &[String],
    environment: &Environment,
    files: &dyn Files,
) -> (Output, Vec<Patient>) {
    answered(words, environment, files, true)
}

/// The arguments, and the name of the command.
fn read<A>(
    arguments: impl IntoIterator<Item = A>,
    environment: &Environment,
) -> Result<(Cli, String), Output>
where
    A: Into<OsString> + Clone,
{
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let command = || help::prepared(Cli::command()).term_width(environment.width);
    command()
        .try_get_matches_from(&arguments)
        .and_then(|matches| {
            let name = matches.subcommand_name().unwrap_or_default().to_string();
            Ok((Cli::from_arg_matches(&matches)?, name))
        })
        .map_err(|usage| {
            let is_help = usage.kind() == clap::error::ErrorKind::DisplayHelp;
            let screen = is_help.then(|| help::first_screen(command(), &arguments));
            match screen.flatten() {
                Some(stdout) => Output {
                    stdout,
                    ..Output::default()
                },
                None => Output::usage(&usage, environment.colour),
            }
        })
}

/// The last line of a message: the codes of its reasons, each once.
fn codes_of(refusals: &[Refusal]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for refusal in refusals {
        if !names.contains(&refusal.code.name) {
            names.push(refusal.code.name);
        }
    }
    format!("code: {}\n", names.join(", "))
}

impl Output {
    /// Nothing but a message: a face asked in a way that is none.
    #[must_use]
    pub fn refused(message: &str) -> Self {
        Self::failed(Failure::new(refused::PAGE_REQUEST, message))
    }

    /// Nothing but a message: the system refuses to write a file of the answer.
    #[must_use]
    pub fn unwritten(path: &Path, error: &std::io::Error) -> Self {
        Self::failed(output::cannot_write(path, error))
    }

    fn failed(failure: Failure) -> Self {
        Self {
            exit: failure.exit,
            stderr: format!("error: {failure}\n{}", codes_of(&failure.refusals)),
            refusals: failure.refusals.into_iter().map(Refusal::shown).collect(),
            ..Self::default()
        }
    }

    /// Help is an answer, and wrong usage a message.
    fn usage(usage: &clap::Error, colour: bool) -> Self {
        let styled = usage.render();
        let text = if colour {
            styled.ansi().to_string()
        } else {
            styled.to_string()
        };
        if usage.use_stderr() {
            let refusals = usage::refusals(usage);
            Self {
                exit: 2,
                stderr: format!("{}\n{}", text.trim_end(), codes_of(&refusals)),
                refusals,
                ..Self::default()
            }
        } else {
            Self {
                stdout: text,
                ..Self::default()
            }
        }
    }
}

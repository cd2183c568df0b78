//! Asks the program itself: every command in this process, with files in memory.

use std::path::Path;

use chemorad_dosimetry::Patient;
use serde_json::Value;

use crate::files::{Files, Memory};
use crate::output::{Answer, Environment, Output};

/// The program, to be asked.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    answer: Answer,
    environment: &'a Environment,
}

impl<'a> Asked<'a> {
    /// The environment is that of no terminal and no site.
    pub(crate) const fn new(answer: Answer, environment: &'a Environment) -> Self {
        Self {
            answer,
            environment,
        }
    }

    /// What a command answers.
    pub(crate) fn of<W: AsRef<str>>(self, words: &[W], files: &dyn Files) -> Output {
        (self.answer)(&called(words), self.environment, files).0
    }

    /// What a command answers as JSON, and whom its files are about.
    pub(super) fn telling(self, words: &[String], files: &dyn Files) -> (Output, Vec<Patient>) {
        (self.answer)(&called(&as_json(words)), self.environment, files)
    }

    /// The JSON of a command, with its exit code.
    pub(crate) fn json<W: AsRef<str>>(self, words: &[W], files: &dyn Files) -> (u8, Value) {
        let words = words.iter().map(AsRef::as_ref);
        let words: Vec<&str> = words.chain(["--format", "json"]).collect();
        let output = self.of(&words, files);
        let json = serde_json::from_str(&output.stdout).unwrap_or(Value::Null);
        (output.exit, json)
    }
}

/// The words after the name of the program.
fn called<W: AsRef<str>>(words: &[W]) -> Vec<String> {
    let words = words.iter().map(AsRef::as_ref);
    let all = std::iter::once("chemorad").chain(words);
    all.map(String::from).collect()
}

/// The words of a command whose answer a tool reads.
fn as_json(words: &[String]) -> Vec<&str> {
    let words = words.iter().map(String::as_str);
    words.chain(["--format", "json"]).collect()
}

/// No file at all.
pub(crate) fn no_files() -> Memory {
    Memory::default()
}

/// One file.
pub(crate) fn one_file(name: &str, bytes: &[u8]) -> Memory {
    Memory::from_iter([(Path::new(name), bytes.to_vec())])
}

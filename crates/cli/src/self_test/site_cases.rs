//! The cases of a department: commands with what they must answer, in its files.

use std::path::{Path, PathBuf};

use chemorad_render::self_test::{self, CasesRead, Compared, Part, Trial};
use chemorad_render::version::Input;
use serde_json::Value;

use super::ask::Asked;
use super::case_names::Names;
use super::site_case_file::{CaseFile, Expected, SITE_CASES, SiteCase, squeezed};
use crate::failure::{Failure, Refusal};
use crate::files::{FileKind, ReadFile, Recorded};
use crate::input;
use crate::output::Context;
use crate::refused;

/// What came of the cases of a folder.
pub(super) struct Ran {
    pub(super) part: Part,
    pub(super) read: CasesRead,
    /// The files of cases, and those that their commands read.
    pub(super) inputs: Vec<Input>,
}

/// A word of a command in its parts: a flag and what it is given, or a name and the file that it is given to.
struct Word(Vec<WordPart>);

struct WordPart {
    /// As the case has it.
    written: String,
    /// The file that it names, if it names one.
    path: Option<PathBuf>,
}

/// Stands for the folder of the cases in a word.
const FOLDER: &str = "{cases}";

impl Word {
    fn new(context: &Context<'_>, word: &str, here: &str) -> Self {
        let parts = word.split('=').map(|part| {
            let path = PathBuf::from(part.replace(FOLDER, here));
            WordPart {
                written: part.into(),
                path: context.exists(&path).then_some(path),
            }
        });
        Self(parts.collect())
    }

    fn shown(&self, names: &Names) -> String {
        let parts = self.0.iter().map(|part| {
            let path = part.path.as_ref();
            match path.and_then(|path| names.instead_of(path)) {
                Some(called) if part.written.starts_with(FOLDER) => format!("{FOLDER}/{called}"),
                Some(called) => called,
                None => part.written.clone(),
            }
        });
        parts.collect::<Vec<_>>().join("=")
    }
}

/// A case that was run, before it is known which names of files may be shown.
struct Asking {
    case: SiteCase,
    words: Vec<Word>,
    exit: u8,
    answer: Value,
    /// What it says is wrong.
    message: String,
    inputs: Vec<ReadFile>,
}

/// The part of a message that says what is wrong, without the usage and the codes after it.
fn message(stderr: &str) -> &str {
    let end = ["\n\nUsage:", "\n\nFor more information", "\ncode: "]
        .iter()
        .filter_map(|end| stderr.find(end))
        .min();
    let text = end.and_then(|end| stderr.get(..end)).unwrap_or(stderr);
    text.strip_prefix("error: ").unwrap_or(text)
}

/// Its first line; where that only leads to what follows, the next too.
fn first_line(message: &str) -> String {
    let mut lines = message.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    match lines.next() {
        Some(next) if first.ends_with(':') => format!("{first} {next}"),
        _ => first.to_string(),
    }
}

/// Runs a case, and keeps whom its files are about.
fn run(
    context: &Context<'_>,
    asked: Asked<'_>,
    here: &str,
    case: SiteCase,
    names: &mut Names,
) -> Result<Asking, Failure> {
    let words: Vec<String> = case
        .arguments
        .iter()
        .map(|word| word.replace(FOLDER, here))
        .collect();
    let files = Recorded::keeping(context.files);
    let (output, patients) = asked.telling(&words, &files);
    let mut refusals = output.refusals.iter();
    if refusals.any(|refusal| refusal.code == refused::SELFTEST_INSIDE) {
        return Err(Failure::new(
            refused::SELFTEST_CASE,
            format!(
                "case {:?}: a self-test inside a self-test does not end: arguments are those of another command, such as [\"bed\", \"45Gy/25\", \"--ab\", \"10Gy\"]",
                case.id
            ),
        ));
    }
    names.add_patients(context, patients);
    let words = case.arguments.iter();
    let words: Vec<Word> = words.map(|word| Word::new(context, word, here)).collect();
    let parts = words.iter().flat_map(|word| &word.0);
    names.add_used(parts.filter_map(|part| part.path.clone()));
    let inputs = files.read();
    names.add_read(&inputs);
    Ok(Asking {
        case,
        words,
        exit: output.exit,
        answer: serde_json::from_str(&output.stdout).unwrap_or(Value::Null),
        message: message(&output.stderr).to_string(),
        inputs,
    })
}

impl Asking {
    /// The first line of what it says is wrong, unless that has the name of a file that is withheld.
    fn first_line(&self, names: &Names) -> String {
        let line = first_line(&self.message);
        if names.has_withheld(&line) {
            "(message not shown: it has the name of a file, which names the patient)".into()
        } else {
            line
        }
    }

    /// Each thing that is expected, beside what came.
    fn compared(&self, names: &Names) -> Vec<Compared> {
        let is_exit = self.exit == self.case.exit;
        let message = self.case.message.iter().map(|wanted| Compared {
            at: "message".into(),
            expected: format!("{wanted:?}"),
            within: None,
            found: self.first_line(names),
            difference: None,
            met: squeezed(&self.message).contains(&squeezed(wanted)),
        });
        let values = self.case.expect.iter().map(|one| {
            let (found, difference, met) = if is_exit {
                one.held_against(&self.answer)
            } else {
                ("not compared".into(), None, false)
            };
            Compared {
                at: one.at.clone(),
                expected: one.value(),
                within: one.within,
                found,
                difference,
                met,
            }
        });
        message.chain(values).collect()
    }

    fn trial(&self, names: &Names) -> Trial {
        let case = &self.case;
        let compared = self.compared(names);
        let is_exit = self.exit == case.exit;
        let unmet = compared.iter().find(|one| !one.met);
        let passed = is_exit && unmet.is_none();
        let message = case.message.iter().map(|text| format!("message {text:?}"));
        let wanted = message.chain(case.expect.iter().map(Expected::shown));
        let listed = |exit: u8, texts: Vec<String>| {
            if texts.is_empty() {
                return format!("exit {exit}");
            }
            format!("exit {exit}; {}", texts.join(", "))
        };
        let found = if is_exit {
            match unmet {
                Some(one) => listed(self.exit, vec![format!("{} = {}", one.at, one.found)]),
                None => listed(
                    self.exit,
                    compared.iter().map(|one| one.found.clone()).collect(),
                ),
            }
        } else if self.message.is_empty() {
            format!("exit {}", self.exit)
        } else {
            let said = self.first_line(names);
            format!("exit {}: {said}", self.exit)
        };
        let within: Vec<String> = compared
            .iter()
            .filter_map(|one| one.within.map(|within| within.to_string()))
            .collect();
        Trial {
            // an exit code is right or wrong
            tolerance: (is_exit && !within.is_empty()).then(|| within.join(", ")),
            source: Some(case.source.clone()),
            site_case: Some(self_test::SiteCase {
                expected_exit: case.exit,
                found_exit: self.exit,
                arguments: self.words.iter().map(|word| word.shown(names)).collect(),
                compared,
                inputs: self.inputs.iter().map(|file| names.input(file)).collect(),
            }),
            ..Trial::once(
                case.id.clone(),
                passed,
                listed(case.exit, wanted.collect()),
                found,
            )
        }
    }
}

/// What is in a folder of cases: files of cases, and all else.
fn sorted(context: &Context<'_>, folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let cannot = |path: &Path, error| {
        Failure::new(
            refused::FILE_UNREADABLE,
            format!("cannot read {}: {error}", path.display()),
        )
    };
    let entries = context.files.list(folder);
    let entries = entries.map_err(|error| cannot(folder, error))?;
    let is_toml = |path: &Path| {
        path.extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("toml"))
    };
    let (mut cases, mut others) = (Vec::new(), Vec::new());
    for entry in entries {
        if !is_toml(&entry.path) {
            others.push(entry.path);
            continue;
        }
        // a link is what it leads to
        let kind = context.files.kind(&entry.path);
        match kind.map_err(|error| cannot(&entry.path, error))? {
            FileKind::File => cases.push(entry.path),
            _ => others.push(entry.path),
        }
    }
    Ok((cases, others))
}

/// The cases of a file, each of which proves something.
fn read(files: &Recorded<'_>, path: &Path, known: &[SiteCase]) -> Result<Vec<SiteCase>, Failure> {
    let file: CaseFile = input::read(files, path).map_err(|mut failure| {
        failure.refusals.push(Refusal::new(refused::SELFTEST_CASE, format!(
            "{}: every .toml file of the folder is read as cases: put others, such as a site file, into a subfolder",
            path.display()
        )));
        failure
    })?;
    for (at, case) in file.cases.iter().enumerate() {
        let refuse = |why: String| {
            let place = format!("{}: case {:?}", path.display(), case.id);
            Err(Failure::new(
                refused::SELFTEST_CASE,
                format!("{place}: {why}"),
            ))
        };
        if let Some(fault) = case.fault() {
            return refuse(fault);
        }
        let mut others = known.iter().chain(file.cases.iter().take(at));
        if others.any(|other| other.id == case.id) {
            return refuse("another case has this id".into());
        }
    }
    Ok(file.cases)
}

/// The cases in the `.toml` files of a folder, in the order of their names.
pub(super) fn ran(context: &Context<'_>, asked: Asked<'_>, folder: &Path) -> Result<Ran, Failure> {
    let (paths, others) = sorted(context, folder)?;
    let files = Recorded::keeping(context.files);
    let mut cases: Vec<SiteCase> = Vec::new();
    for path in &paths {
        let more = read(&files, path, &cases)?;
        cases.extend(more);
    }
    if cases.is_empty() {
        return Err(Failure::new(
            refused::SELFTEST_CASE,
            format!(
                "{}: no file of this folder that ends in .toml has a [[case]]",
                folder.display()
            ),
        ));
    }
    let here = folder.display().to_string();
    let mut names = Names::new(files.read());
    let ran = cases
        .into_iter()
        .map(|case| run(context, asked, &here, case, &mut names))
        .collect::<Result<Vec<Asking>, Failure>>()?;
    let passed_over = names.passed_over(context, others);
    let name = |path: &PathBuf| names.of_entry(path);
    Ok(Ran {
        part: Part {
            name: SITE_CASES,
            about: "the department's own cases",
            trials: ran.iter().map(|one| one.trial(&names)).collect(),
        },
        read: CasesRead {
            folder: names.of(folder),
            files: paths.iter().map(name).collect(),
            passed_over,
        },
        inputs: names.inputs(),
    })
}

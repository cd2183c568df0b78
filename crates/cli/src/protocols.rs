//! A protocol by its id, or a file of one.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;

use chemorad::report::{Finding, Outcome};
use chemorad_protocol::Protocol;
use chemorad_protocol::{Format, LARGEST_SOURCE, Linted, ProtocolFile, SourceText, library};
use chemorad_reader::{Faults, nearest};

use crate::failure::{Failure, Refusal};
use crate::output::Context;
use crate::refused;

/// A name that ends like a file, or that stands for one.
pub(crate) fn is_file(context: &Context<'_>, given: &str) -> bool {
    let path = Path::new(given);
    Format::of(path).is_some() || (library::text(given).is_none() && context.exists(path))
}

/// A protocol of the library by its id, or one in a file, with the place of every value.
pub(crate) fn file(context: &Context<'_>, given: &str) -> Result<ProtocolFile, Failure> {
    if is_file(context, given) {
        return read(context, Path::new(given));
    }
    let file = library::file(given.trim()).ok_or_else(|| unknown(given))?;
    context.used.borrow_mut().shipped_protocol(given.trim());
    Ok(file)
}

/// A protocol that doses may be taken from: nothing of its lint forbids it.
pub(crate) fn sound(context: &Context<'_>, given: &str) -> Result<Cow<'static, Protocol>, Failure> {
    if !is_file(context, given) {
        return coherent(context, given);
    }
    let file = coherent_file(context, given)?;
    let mut against = file.protocol.against_doses();
    against.extend(against_source(context, &file, Path::new(given))?);
    if against.is_empty() {
        return Ok(Cow::Owned(file.protocol));
    }
    let mut refusals = vec![Refusal::new(
        refused::PROTOCOL_INCOHERENT,
        format!(
            "{}: no dose is taken from this protocol, as its lint finds it wrong; correct the file, or let a question of an ambiguity name the place (chemorad protocol lint shows everything)",
            file.name()
        ),
    )];
    refusals.extend(against.iter().map(|found| {
        let place = file.position(&found.at());
        Refusal::new(
            refused::PROTOCOL_INCOHERENT,
            format!("{}:{}:{}: {found}", file.name(), place.line, place.column),
        )
    }));
    Err(Failure::all(refusals))
}

/// Passages that are not in the text of the source that the file names, where that text is in its folder. Lint
/// says where it does not.
fn against_source(
    context: &Context<'_>,
    file: &ProtocolFile,
    path: &Path,
) -> Result<Vec<Finding>, Failure> {
    let beside = Linted::source_beside(file, path).filter(|source| context.exists(source));
    let Some(source) = beside else {
        return Ok(Vec::new());
    };
    let text = SourceText::from_bytes(&source, open(context, &source))?;
    let [protocol, _] = Linted::against(file, &text);
    let findings = protocol.findings.into_iter().map(|located| located.finding);
    Ok(findings
        .filter(|finding| finding.is("protocol.passage_source") && finding.outcome == Outcome::Fail)
        .collect())
}

/// A protocol that holds together, whatever its words say: to be shown, and not for a dose.
pub(crate) fn coherent(
    context: &Context<'_>,
    given: &str,
) -> Result<Cow<'static, Protocol>, Failure> {
    if let Some(trial) = chemorad_protocol::builtin(given).filter(|_| !is_file(context, given)) {
        context
            .used
            .borrow_mut()
            .shipped_protocol(trial.id.as_str());
        return Ok(Cow::Borrowed(trial));
    }
    Ok(Cow::Owned(coherent_file(context, given)?.protocol))
}

fn coherent_file(context: &Context<'_>, given: &str) -> Result<ProtocolFile, Failure> {
    let file = file(context, given)?;
    match file.protocol.check().first() {
        None => Ok(file),
        Some(fault) => {
            let place = file.position(&fault.at());
            Err(Failure::new(
                refused::PROTOCOL_INCOHERENT,
                format!(
                    "{}:{}:{}: the protocol does not hold together: {fault} (chemorad protocol lint shows everything)",
                    file.name(),
                    place.line,
                    place.column
                ),
            ))
        }
    }
}

/// A shipped protocol, or a file and the worked examples next to it, linted; against the text of its source
/// where that is given, or named by the file.
pub(crate) fn linted(
    context: &Context<'_>,
    given: &str,
    source: Option<&Path>,
) -> Result<Vec<Linted>, Failure> {
    let path = Path::new(given);
    let in_file = is_file(context, given);
    let read = if in_file {
        from_file(context, path)
    } else {
        Ok(file(context, given)?)
    };
    let file = match read {
        Ok(file) => file,
        Err(faults) => return Ok(vec![Linted::of(Err(faults))]),
    };
    let named = Linted::source_beside(&file, path).filter(|_| in_file);
    let mut linted = match source.map(Path::to_path_buf).or(named) {
        Some(source) => {
            let text = SourceText::from_bytes(&source, open(context, &source))?;
            Vec::from(Linted::against(&file, &text))
        }
        None => vec![Linted::of(Ok(file.clone()))],
    };
    if in_file {
        let beside = Linted::examples_beside(path).into_iter();
        let examples = beside.filter(|examples| context.exists(examples));
        linted.extend(examples.map(|examples| {
            let bytes = open(context, &examples);
            Linted::examples(&file, &examples, bytes)
        }));
    }
    Ok(linted)
}

/// A protocol file.
pub(crate) fn read(context: &Context<'_>, path: &Path) -> Result<ProtocolFile, Failure> {
    Ok(from_file(context, path)?)
}

fn from_file(context: &Context<'_>, path: &Path) -> Result<ProtocolFile, Faults> {
    let bytes = open(context, path);
    let given = bytes.as_ref().ok().cloned();
    let file = ProtocolFile::from_file(path, bytes)?;
    if let Some(bytes) = given {
        let mut used = context.used.borrow_mut();
        used.protocol_file(file.protocol.id.as_str(), &bytes);
    }
    Ok(file)
}

/// The bytes of a file, or why there are none; a little more than is read, so that too much is seen.
fn open(context: &Context<'_>, path: &Path) -> std::io::Result<Vec<u8>> {
    let (file, _) = context.files.open(path)?;
    if context.is_folder(path) {
        return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_SOURCE as u64 + 4)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A part of a protocol that a text names after it.
pub(crate) enum Part {
    /// An arm, by its id.
    Arm(String),
    /// A treatment with its arm, by their ids.
    Option(String, String),
}

/// A protocol, and the arm or treatment that is named after it: `NCT06949098`, `NCT06949098/adverse`,
/// `trial.toml/adverse`.
pub(crate) fn with_part(
    context: &Context<'_>,
    given: &str,
) -> Result<(Cow<'static, Protocol>, Option<Part>), Failure> {
    let whole = is_file(context, given) || library::text(given.trim()).is_some();
    let Some((name, part)) = given.rsplit_once('/').filter(|_| !whole) else {
        return Ok((sound(context, given)?, None));
    };
    let protocol = sound(context, name)?;
    let part = part.trim();
    let found = match (protocol.option(part), protocol.arm(part)) {
        (_, Some(arm)) => Part::Arm(arm.id.to_string()),
        (Some((arm, option)), None) => Part::Option(arm.id.to_string(), option.id.to_string()),
        (None, None) => {
            return Err(Failure::new(
                refused::PROTOCOL_PART_UNKNOWN,
                format!(
                    "{given:?}: {} has no arm or treatment of this name. Arms: {}",
                    protocol.id,
                    arms(&protocol)
                ),
            ));
        }
    };
    Ok((protocol, Some(found)))
}

/// The ids of the arms.
pub(crate) fn arms(protocol: &Protocol) -> String {
    let arms: Vec<&str> = protocol.arms.iter().map(|arm| arm.id.as_str()).collect();
    arms.join(", ")
}

fn unknown(given: &str) -> Failure {
    let ids: Vec<&str> = library::ids().collect();
    let near = nearest(given.trim(), &ids);
    let given: String = given.chars().take(60).collect();
    if let Some(near) = near {
        return Failure::new(
            refused::PROTOCOL_UNKNOWN,
            format!("no protocol is called {given:?}; did you mean {near}?"),
        );
    }
    Failure::new(
        refused::PROTOCOL_UNKNOWN,
        format!(
            "no protocol is called {given:?}; there is: {}. A file is named with its ending, .toml or .json.",
            ids.join(", ")
        ),
    )
}

/// The protocol a case names: by its id, or a file whose path counts from the case.
pub(crate) fn beside(
    context: &Context<'_>,
    given: &str,
    case: &Path,
) -> Result<Cow<'static, Protocol>, Failure> {
    let path = Path::new(given);
    if Format::of(path).is_some() && path.is_relative() {
        let folder = case.parent().unwrap_or(Path::new(""));
        return sound(context, &folder.join(path).to_string_lossy());
    }
    sound(context, given)
}

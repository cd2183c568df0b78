//! A protocol by its id, or a file of one.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;

use chemorad_protocol::Protocol;
use chemorad_protocol::{Format, LARGEST_SOURCE, Linted, ProtocolFile, SourceText, library};

use crate::failure::Failure;
use crate::output::Context;

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
    library::file(given.trim()).ok_or_else(|| unknown(given))
}

/// A protocol that can be relied on.
pub(crate) fn sound(context: &Context<'_>, given: &str) -> Result<Cow<'static, Protocol>, Failure> {
    if let Some(trial) = chemorad_protocol::builtin(given).filter(|_| !is_file(context, given)) {
        return Ok(Cow::Borrowed(trial));
    }
    let file = file(context, given)?;
    match file.protocol.check().first() {
        None => Ok(Cow::Owned(file.protocol)),
        Some(fault) => {
            let place = file.position(&fault.at());
            Err(Failure::new(format!(
                "{}:{}:{}: the protocol does not hold together: {fault} (chemorad protocol lint shows everything)",
                file.name(),
                place.line,
                place.column
            )))
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
        ProtocolFile::from_file(path, open(context, path))
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
    Ok(ProtocolFile::from_file(path, open(context, path))?)
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

fn unknown(given: &str) -> Failure {
    let ids: Vec<&str> = library::ids().collect();
    let given: String = given.chars().take(60).collect();
    Failure::new(format!(
        "no protocol is called {given:?}; there is: {}. A file is named with its ending, .toml or .json.",
        ids.join(", ")
    ))
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

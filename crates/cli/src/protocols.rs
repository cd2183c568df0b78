//! A protocol by its id, or a file of one.

use std::borrow::Cow;
use std::path::Path;

use chemorad_protocol::Protocol;
use chemorad_protocol::{Format, Linted, ProtocolFile, library};

use crate::failure::Failure;

/// A name that ends like a file, or that stands for one.
pub(crate) fn is_file(given: &str) -> bool {
    let path = Path::new(given);
    Format::of(path).is_some() || (library::text(given).is_none() && path.exists())
}

/// A protocol of the library by its id, or one in a file, with the place of every value.
pub(crate) fn file(given: &str) -> Result<ProtocolFile, Failure> {
    if is_file(given) {
        return Ok(ProtocolFile::read(Path::new(given))?);
    }
    library::file(given.trim()).ok_or_else(|| unknown(given))
}

/// A protocol that can be relied on.
pub(crate) fn sound(given: &str) -> Result<Cow<'static, Protocol>, Failure> {
    if let Some(trial) = chemorad_protocol::builtin(given).filter(|_| !is_file(given)) {
        return Ok(Cow::Borrowed(trial));
    }
    let file = file(given)?;
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

/// A shipped protocol, or a file and the worked examples beside it, linted.
pub(crate) fn linted(given: &str) -> Result<Vec<Linted>, Failure> {
    if is_file(given) {
        return Ok(Linted::read(Path::new(given)));
    }
    Ok(vec![Linted::of(Ok(file(given)?))])
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
pub(crate) fn beside(given: &str, case: &Path) -> Result<Cow<'static, Protocol>, Failure> {
    let path = Path::new(given);
    if Format::of(path).is_some() && path.is_relative() {
        let folder = case.parent().unwrap_or(Path::new(""));
        return sound(&folder.join(path).to_string_lossy());
    }
    sound(given)
}

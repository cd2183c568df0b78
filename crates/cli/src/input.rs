//! Files in: read whole, checked to be text, parsed as TOML or JSON by their ending.

use std::io::Read;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// A case or policy file is a page of text; anything larger is a file of the wrong kind.
const LARGEST: u64 = 1024 * 1024;

pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let cannot = |error: std::io::Error| Failure::new(format!("cannot read {name}: {error}"));
    let file = std::fs::File::open(path).map_err(cannot)?;
    if file.metadata().map_err(cannot)?.is_dir() {
        return Err(Failure::new(format!("{name} is a folder, not a file")));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::new(format!(
            "{name} is larger than 1 MiB, which no such file is: is it the right one?"
        )));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        Failure::new(format!(
            "{name} is not UTF-8 text (byte {}): is it the right file?",
            error.utf8_error().valid_up_to()
        ))
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), ToString::to_string))
}

pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let name = path.display();
    let text = read_text(path)?;
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => toml::from_str(&text)
            .map_err(|error| Failure::new(format!("{name}: {}", error.to_string().trim_end()))),
        Some("json") => {
            serde_json::from_str(&text).map_err(|error| Failure::new(format!("{name}: {error}")))
        }
        _ => Err(Failure::new(format!(
            "{name}: the name must end in .toml or .json, to say how it is written"
        ))),
    }
}

//! Flags that answer a question about a column, as they can be pasted; none where its name cannot be.

use chemorad_reader::shell_word;

/// Says which known name a column is.
pub(crate) fn column_flag(known: &str, name: &str) -> Option<String> {
    let word = shell_word(&format!("{known}={name}"))?;
    Some(format!("--column {word}"))
}

/// Leaves a column out.
pub(crate) fn ignore_flag(name: &str) -> Option<String> {
    let word = shell_word(name)?;
    let between = if name.starts_with('-') { "=" } else { " " };
    Some(format!("--ignore{between}{word}"))
}

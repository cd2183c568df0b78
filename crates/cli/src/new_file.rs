//! A text that a command makes: printed, or written to a file that is not there yet.

use std::path::Path;

use crate::failure::Failure;
use crate::output::{Context, OutputFile};
use crate::report::Report;

/// A text printed, or written to a new file whose name has the ending of its format.
pub(crate) fn given(
    context: &Context<'_>,
    text: String,
    output: Option<&Path>,
    ending: &str,
) -> Result<Report, Failure> {
    let Some(path) = output else {
        return Ok(Report::plain(text));
    };
    let known = path.extension().and_then(|ending| ending.to_str());
    if !known.is_some_and(|known| known.eq_ignore_ascii_case(ending)) {
        return Err(Failure::new(format!(
            "{}: what is written is {}, so the name must end in .{ending}",
            path.display(),
            ending.to_uppercase()
        )));
    }
    if context.exists(path) {
        return Err(Failure::new(format!(
            "{} is there already and is not replaced: choose another name",
            path.display()
        )));
    }
    context.write(OutputFile {
        path: path.into(),
        bytes: text.into_bytes(),
        replace: false,
    })?;
    Ok(Report::plain(format!("written: {}\n", path.display())))
}

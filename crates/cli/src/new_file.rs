//! A text that a command makes: printed, or written to a file.

use std::path::Path;

use crate::failure::Failure;
use crate::output::{Context, OutputFile};
use crate::refused;
use crate::report::Report;

/// A text printed, or written to a file whose name has the ending of its format, and which is none of the
/// inputs.
pub(crate) fn given<'p>(
    context: &Context<'_>,
    text: String,
    output: Option<&Path>,
    ending: &str,
    inputs: impl IntoIterator<Item = &'p Path>,
) -> Result<Report, Failure> {
    let Some(path) = output else {
        return Ok(Report::plain(text));
    };
    let known = path.extension().and_then(|ending| ending.to_str());
    if !known.is_some_and(|known| known.eq_ignore_ascii_case(ending)) {
        return Err(Failure::new(
            refused::FILE_NAME,
            format!(
                "{}: what is written is {}, so the name must end in .{ending}",
                path.display(),
                ending.to_uppercase()
            ),
        ));
    }
    context.may_write(path, inputs)?;
    context.write(OutputFile {
        path: path.into(),
        bytes: text.into_bytes(),
        replace: context.asked.force,
    })?;
    Ok(Report::plain(format!("written: {}\n", path.display())))
}

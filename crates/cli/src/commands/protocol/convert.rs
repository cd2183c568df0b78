//! `protocol convert`: a file of the first schema as one of the second.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::output::{Context, OutputFile};
use crate::protocols;
use crate::report::Report;

/// Turn a file of chemorad.protocol/1 into one of chemorad.protocol/2: each passage listed once, and cited
/// by what rests on it.
#[derive(clap::Args)]
#[command(
    after_help = "The new file says the same: it is read again and compared before it is given. The
comments of a TOML file are kept. It is printed, or written with -o; a file that is
there is not replaced.

Example:
  chemorad protocol convert trial.toml -o trial-2.toml"
)]
pub(super) struct Args {
    /// A protocol file of chemorad.protocol/1, .toml or .json.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let file = protocols::read(context, &self.file)?;
        let text = file.converted()?;
        given(
            context,
            text,
            self.output.as_deref(),
            file.format().ending(),
        )
    }
}

/// A text printed, or written to a new file whose name has the ending of its format.
pub(super) fn given(
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

//! `protocol convert`: a file of the first schema as one of the second.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::new_file::given;
use crate::output::Context;
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
            [Path::new(&self.file)],
        )
    }
}

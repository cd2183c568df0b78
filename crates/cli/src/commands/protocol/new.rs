//! `protocol new`: a file to begin with.

use std::path::PathBuf;

use chemorad_protocol::skeleton;

use crate::failure::Failure;
use crate::new_file::given;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

/// Write a protocol file to fill in: every table with what is asked, why, and the choices.
#[derive(clap::Args)]
#[command(
    after_help = "The file has FILL IN where the document has to be read, and chemorad protocol lint says
of each what belongs there. A file that is there is replaced with --force alone.

Examples:
  chemorad protocol new NCT01234567 -o protocols/NCT01234567.toml
  chemorad protocol lint protocols/NCT01234567.toml"
)]
pub(super) struct Args {
    /// The id of the protocol: its registry number, or a name that is yours alone.
    #[arg(value_name = "ID")]
    id: String,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE.toml")]
    output: Option<PathBuf>,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let text = skeleton(&self.id).ok_or_else(|| {
            let id: String = self.id.chars().take(60).collect();
            Failure::new(
                refused::INPUT_VALUE,
                format!(
                    "{id:?} is no id: it has letters, digits, - _ and ., and at most 60 of them"
                ),
            )
        })?;
        given(context, text, self.output.as_deref(), "toml", [])
    }
}

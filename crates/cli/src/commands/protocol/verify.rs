//! `protocol verify`: what changed between two versions, and for whom.

use chemorad_protocol::compare;
use chemorad_render::protocol::{Compared, compared};

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;

/// Compare a protocol file with another version: what changed, value by value, and which arms each
/// change touches.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol verify trial.toml --against NCT06949098
  chemorad protocol verify trial-v2.toml --against trial-v1.toml

Exit codes: 0 nothing but words changed, 1 a value changed, 2 a file cannot be
read.")]
pub(super) struct Args {
    /// The newer version, a file or the id of a protocol.
    file: String,
    /// The older version, a file or the id of a protocol.
    #[arg(long, value_name = "ID|FILE")]
    against: String,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let newer = protocols::file(context, &self.file)?;
        let older = protocols::file(context, &self.against)?;
        let changes = compare(&older.protocol, &newer.protocol);
        let results = Compared::new(&newer, &self.against, &changes);
        Ok(Report::new(compared(&results), &results).judged(results.outcome))
    }
}

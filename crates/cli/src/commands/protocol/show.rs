//! `protocol show`: one protocol on a page.

use chemorad_render::protocol::show;

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;

/// Show a protocol: arms, doses, drugs, limits, what is stated and what is left open.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol show NCT06949098
  chemorad protocol show trial.toml --values")]
pub(super) struct Args {
    /// A protocol of the library by its id, or a file.
    #[arg(value_name = "ID|FILE")]
    protocol: String,
    /// Add every value with its quote or its reason.
    #[arg(long)]
    values: bool,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let protocol = protocols::coherent(context, &self.protocol)?;
        Ok(Report::new(show(&protocol, self.values), &protocol))
    }
}

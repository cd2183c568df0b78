//! The published records.

use chemorad_render::endpoints;

use crate::report::Report;

/// List the published records that other commands take by their names.
#[derive(clap::Args)]
pub(crate) struct Args {}

impl Args {
    #[allow(clippy::unused_self, reason = "every command has the same shape")]
    pub(crate) fn run(self) -> Report {
        Report::new(endpoints::page(), &endpoints::RECORDS).into_reference()
    }
}

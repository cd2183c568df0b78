//! `version`: what program this is.

use chemorad_render::version::page;
use serde::Serialize;

use crate::build::build;
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;

/// What program this is: version, build, platform, and with --verbose the checksums of its data.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad version
  chemorad version --verbose
  chemorad version --verbose --format json

Two programs of one version whose checksums differ hold other protocols, rule sets, limits or parameters. The build is the
commit that a release was made from; a program built from source has none.")]
pub(crate) struct Args {
    /// The checksum of every protocol, rule set, table of limits and record of parameters too, and of the program's own file.
    #[arg(long)]
    verbose: bool,
}

impl Args {
    pub(crate) fn run(&self, context: &Context<'_>) -> Result<Report, Failure> {
        #[derive(Serialize)]
        struct Shown<T> {
            build: T,
        }
        let mut build = build()?;
        if self.verbose {
            context.tell_executable(&mut build);
        }
        let report = Report::new(page(&build, self.verbose), &Shown { build: &build });
        Ok(report.telling_build().into_reference())
    }
}

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

Two programs of one version whose checksums differ hold other protocols or rule sets. The build is the
commit that a release was made from; a program built from source has none.")]
pub(crate) struct Args {
    /// The checksum of every protocol and rule set too, and of the program's own file.
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
            build.executable = context.executable();
        }
        let report = Report::new(page(&build, self.verbose), &Shown { build: &build });
        Ok(report.telling_build().into_reference())
    }
}

//! Dose grids: EQD2 and BED voxel by voxel, sums, statistics.

mod convert;
pub(super) mod files;
mod stats;
mod sum;

use chemorad_render::dose::conversion::Quantity;
use clap::Subcommand;

use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;

/// RT Dose grids: EQD2 and BED of every voxel, sums of phases, statistics of the whole grid.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// EQD2 of every voxel, each phase with its own number of fractions, as a new RT Dose.
    Eqd2(Box<convert::Args>),
    /// BED of every voxel, each phase with its own number of fractions, as a new RT Dose.
    Bed(Box<convert::Args>),
    /// The sum of absorbed doses, voxel by voxel, as a new RT Dose.
    Sum(sum::Args),
    /// Maximum, mean and percentiles over the whole grid.
    Stats(stats::Args),
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.command {
            Command::Eqd2(args) => args.run(context, Quantity::Eqd2),
            Command::Bed(args) => args.run(context, Quantity::Bed),
            Command::Sum(args) => args.run(context),
            Command::Stats(args) => args.run(context),
        }
    }
}

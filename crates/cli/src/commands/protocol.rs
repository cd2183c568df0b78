//! `protocol`: protocols as data.

mod convert;
mod export;
mod lint;
mod new;
mod show;
mod verify;

use chemorad_protocol::{FIRST_SCHEMA, SCHEMA};
use chemorad_render::protocol::{List, list};
use clap::Subcommand;

use crate::commands::explain;
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;

/// Protocols as data: the shipped ones, and files of your own.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol list
  chemorad protocol show NCT06949098
  chemorad protocol new NCT01234567 -o trial.toml
  chemorad protocol lint trial.toml
  chemorad protocol schema > chemorad.protocol-2.schema.json")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the shipped protocols.
    List,
    Show(show::Args),
    New(new::Args),
    Lint(lint::Args),
    Convert(convert::Args),
    Verify(verify::Args),
    Explain(explain::Args),
    Export(Box<export::Args>),
    /// Print the JSON Schema (draft 2020-12) of a protocol file.
    Schema {
        /// 2, in which passages are listed once and cited, or 1, in which each value has its words.
        #[arg(long, default_value = "2", value_parser = ["1", "2"])]
        of: String,
    },
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.what {
            What::List => {
                let shipped = List::shipped();
                Ok(Report::new(list(&shipped), &shipped))
            }
            What::Show(args) => args.run(context),
            What::New(args) => args.run(context),
            What::Convert(args) => args.run(context),
            What::Lint(args) => args.run(context),
            What::Verify(args) => args.run(context),
            What::Explain(args) => {
                args.run("Codes of protocol lint", chemorad_protocol::explanations())
            }
            What::Export(args) => args.run(context),
            What::Schema { of } => {
                let schema = if of == "1" { FIRST_SCHEMA } else { SCHEMA };
                Report::verbatim(&serde_json::from_str::<serde_json::Value>(schema)?)
            }
        }
    }
}

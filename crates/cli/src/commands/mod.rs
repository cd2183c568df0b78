//! One module per command; each turns its arguments into a [`Report`].

mod assign;
mod bed;
mod bsa;
mod capecitabine;
mod case;
mod check;
mod clearance;
mod cohort;
mod courses;
mod dose;
mod dvh;
mod endpoints;
mod explain;
mod gap;
mod inspect;
mod ntcp;
mod protocol;
mod records;
mod rule_sets;
mod schedule;
mod selftest;
mod sheet;
mod site;
mod solve;
mod tcp;
mod version;

use chemorad_render::Detail;
use clap::{CommandFactory, Parser, Subcommand};

use crate::catalogue::codes;
use crate::failure::Failure;
use crate::filing::FilingArgs;
use crate::output::{Asked, Context};
use crate::report::{Format, Report};

/// Cross-check chemoradiotherapy prescriptions: every number with its unit and how it was reached.
#[derive(Parser)]
#[command(
    name = "chemorad",
    version,
    max_term_width = 80,
    propagate_version = true
)]
pub(crate) struct Cli {
    /// How to print the result.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Show everything: what passed, where each value is from, how every number was reached.
    #[arg(
        long,
        global = true,
        num_args = 0..=1,
        require_equals = true,
        default_value_t = false,
        default_missing_value = "true",
        hide_default_value = true,
        hide_possible_values = true,
        action = clap::ArgAction::Set
    )]
    show_work: bool,
    #[command(flatten)]
    pub(crate) filing: FilingArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Bed(Box<bed::Args>),
    Solve(Box<solve::Args>),
    Schedule(schedule::Args),
    Gap(Box<gap::Args>),
    Courses(courses::Args),
    Bsa(bsa::Args),
    Clearance(Box<clearance::Args>),
    Capecitabine(Box<capecitabine::Args>),
    Cohort(Box<cohort::Args>),
    RuleSets(rule_sets::Args),
    Endpoints(endpoints::Args),
    Protocol(protocol::Args),
    Assign(assign::Args),
    Sheet(sheet::Args),
    Case(case::Args),
    Site(site::Args),
    Inspect(inspect::Args),
    Dose(dose::Args),
    Dvh(Box<dvh::Args>),
    Ntcp(Box<ntcp::Args>),
    Tcp(Box<tcp::Args>),
    Check(Box<check::Args>),
    Explain(explain::Args),
    Selftest(selftest::Args),
    Version(version::Args),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

impl Cli {
    /// What is asked of the command, whichever it is.
    pub(crate) fn asked(&self, format: Option<Format>) -> Asked {
        let report = self.filing.report.is_some();
        Asked {
            // the report of a check needs its document, which JSON alone does without
            format: format.filter(|_| !report),
            detail: if self.show_work {
                Detail::Full
            } else {
                Detail::Brief
            },
            report,
            pictures: report,
            force: self.filing.force,
        }
    }

    /// Runs the command, and adds its report to what is to be written.
    pub(crate) fn run(self, name: &str, context: &Context<'_>) -> Result<Report, Failure> {
        let filing = self.filing.clone();
        filing.check(context)?;
        let report = self.answer(context)?;
        let report = match context.build()? {
            Some(build) => report.made_from(build),
            None => report,
        };
        filing.write(context, name, report.result(), &report.about)?;
        Ok(report.in_detail(context.asked.detail))
    }

    fn answer(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.command {
            Command::Bed(args) => args.run(context),
            Command::Solve(args) => args.run(context),
            Command::Schedule(args) => args.run(context),
            Command::Gap(args) => args.run(context),
            Command::Courses(args) => args.run(context),
            Command::Bsa(args) => args.run(context),
            Command::Clearance(args) => args.run(context),
            Command::RuleSets(args) => args.run(context),
            Command::Capecitabine(args) => args.run(context),
            Command::Cohort(args) => args.run(context),
            Command::Protocol(args) => args.run(context),
            Command::Assign(args) => args.run(context),
            Command::Sheet(args) => args.run(context),
            Command::Case(args) => args.run(context),
            Command::Site(args) => args.run(context),
            Command::Inspect(args) => args.run(context),
            Command::Dose(args) => args.run(context),
            Command::Dvh(args) => args.run(context),
            Command::Ntcp(args) => args.run(context),
            Command::Tcp(args) => args.run(context),
            Command::Check(args) => args.run(context),
            Command::Endpoints(args) => Ok(args.run()),
            Command::Explain(args) => args.run("Codes of findings", codes()),
            Command::Selftest(args) => args.run(context),
            Command::Version(args) => args.run(context),
            Command::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Self::command(), "chemorad", &mut script);
                Ok(Report::script(String::from_utf8(script)?))
            }
        }
    }
}

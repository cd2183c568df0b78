//! `selftest`: this program, tried on this machine.

use std::path::PathBuf;

use chemorad_render::self_test::page;

use crate::failure::Failure;
use crate::output::{Context, Environment};
use crate::refused;
use crate::report::Report;
use crate::self_test::ask::Asked;
use crate::self_test::{Extent, run};

/// Try this program on this machine: published numbers, exact arithmetic, refusals, DICOM, your own cases.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad selftest --quick
  chemorad selftest --quick --report selftest.html
  chemorad selftest --quick --cases clinic-cases --format json > selftest.json
  chemorad selftest --quick --compare selftest.json

Exit code 0 where every trial came out as it must and every test that is built to fail was seen to fail, 1
otherwise. Needs no network, and writes nothing but the report. A case is a [[case]] in a TOML file of the
folder: id, source, arguments, exit and expect = [{ at = \"/total/bed/value\", number = 53.1, within = 0.01 }],
or message = \"the unit is missing\" with exit = 2. {cases} in the arguments stands for the folder. With
--compare the JSON of an earlier run, of another version or machine, is held against this one: what differs is
listed, and changes no exit code.")]
pub(crate) struct Args {
    /// Fewer random inputs, and protocols are not held against their own words.
    #[arg(long)]
    quick: bool,
    /// The department's own cases: a folder of TOML files.
    #[arg(long, value_name = "FOLDER")]
    cases: Option<PathBuf>,
    /// The JSON of an earlier self-test, to say what differs.
    #[arg(long, value_name = "OLD.json")]
    compare: Option<PathBuf>,
    /// What random inputs are made from; the same seed repeats them.
    #[arg(long, value_name = "NUMBER", default_value_t = 2026)]
    seed: u64,
}

impl Args {
    pub(crate) fn run(&self, context: &Context<'_>) -> Result<Report, Failure> {
        if context.by_another {
            return Err(Failure::new(
                refused::SELFTEST_INSIDE,
                "a self-test inside a self-test does not end",
            ));
        }
        // no terminal and no site: the same answers everywhere
        let environment = Environment {
            now: context.environment.now.clone(),
            colour: false,
            width: 80,
            site: None,
            watched: false,
            identity: None,
        };
        let asked = Asked::new(context.answer, &environment);
        let extent = Extent {
            quick: self.quick,
            seed: self.seed,
            cases: self.cases.as_deref(),
            compare: self.compare.as_deref(),
        };
        let results = run(context, asked, &extent)?;
        let report = Report::new(page(&results), &results)
            .telling_build()
            .of_no_patient();
        Ok(report.judged(results.outcome))
    }
}

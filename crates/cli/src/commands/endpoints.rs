use chemorad::radiobiology::{TISSUE_PARAMETERS, TissueParameter};
use serde::Serialize;

use crate::report::{Page, Report};

/// List the published alpha/beta records that `--endpoint` takes.
#[derive(clap::Args)]
pub(crate) struct Args {}

#[derive(Serialize)]
struct Output {
    endpoints: &'static [TissueParameter],
}

impl Args {
    #[allow(clippy::unused_self, reason = "every command has the same shape")]
    pub(crate) fn run(self) -> Report {
        let mut page = Page::new("Published alpha/beta ratios, each for its own endpoint");
        page.line("None of them is a default. Intervals are 95 % confidence intervals, in Gy.");
        for record in TISSUE_PARAMETERS {
            page.line("");
            page.line(record.id);
            let interval = record.interval;
            page.indented(
                "    ",
                &format!(
                    "{}: a/b = {} ({} to {})",
                    record.name,
                    record.alpha_beta,
                    gray(interval.low_centigray),
                    gray(interval.high_centigray)
                ),
            );
            page.indented("    ", record.source);
            if let Some(note) = record.note {
                page.indented("    note: ", note);
            }
        }
        let json = Output {
            endpoints: TISSUE_PARAMETERS,
        };
        Report::new(page, &json)
    }
}

fn gray(centigray: i32) -> String {
    chemorad::derivation::decimal(f64::from(centigray) / 100.0)
}

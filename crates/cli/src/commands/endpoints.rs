use chemorad::radiobiology::{
    REPAIR_HALF_TIMES, REPOPULATION_LOSSES, RepairRecord, RepopulationRecord, TISSUE_PARAMETERS,
    TissueParameter,
};
use serde::Serialize;

use crate::report::Report;
use chemorad_render::Document;

/// List the published records that `--endpoint`, `--repair-record` and `--repopulation-record`
/// take.
#[derive(clap::Args)]
pub(crate) struct Args {}

#[derive(Serialize)]
struct Output {
    endpoints: &'static [TissueParameter],
    repair: &'static [RepairRecord],
    repopulation: &'static [RepopulationRecord],
}

impl Args {
    #[allow(clippy::unused_self, reason = "every command has the same shape")]
    pub(crate) fn run(self) -> Report {
        let mut page = Document::new("Published alpha/beta ratios, each for its own endpoint");
        page.line("None of them is a default. Intervals are 95 % confidence intervals, in Gy.");
        for record in TISSUE_PARAMETERS {
            page.line("");
            page.line(record.id);
            let interval = record.interval;
            page.item(
                "    ",
                &format!(
                    "{}: a/b = {} ({} to {})",
                    record.name,
                    record.alpha_beta,
                    gray(interval.low_centigray),
                    gray(interval.high_centigray)
                ),
            );
            page.item("    ", record.source);
            if let Some(note) = record.note {
                page.item("    note: ", note);
            }
        }
        page.section("Half-times of repair (--repair-record)");
        for record in REPAIR_HALF_TIMES {
            page.line(record.id);
            page.item(
                "    ",
                &format!(
                    "{}: {} ({})",
                    record.name, record.half_time, record.interval
                ),
            );
            page.item("    ", record.source);
        }
        page.section("Losses to repopulation (--repopulation-record)");
        for record in REPOPULATION_LOSSES {
            page.line(record.id);
            page.item(
                "    ",
                &format!(
                    "{}: EQD2 loss {} ({}), kick-off time {} ({})",
                    record.name,
                    record.eqd2_loss_per_day,
                    record.loss_interval,
                    record.kick_off,
                    record.kick_off_interval
                ),
            );
            page.item("    ", record.source);
        }
        let json = Output {
            endpoints: TISSUE_PARAMETERS,
            repair: REPAIR_HALF_TIMES,
            repopulation: REPOPULATION_LOSSES,
        };
        Report::new(page, &json)
    }
}

fn gray(centigray: i32) -> String {
    chemorad::report::decimal(f64::from(centigray) / 100.0)
}

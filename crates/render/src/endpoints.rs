//! The published records of the linear-quadratic model and its parts.

use chemorad::radiobiology::{
    REPAIR_HALF_TIMES, REPOPULATION_LOSSES, RepairRecord, RepopulationRecord, TISSUE_PARAMETERS,
    TissueParameter,
};
use chemorad_dosimetry::{Estimate, PUBLISHED_RESPONSES, PublishedResponse, ResponseModel as _};
use serde::Serialize;

use crate::document::Document;
use crate::number::dose;

/// Every record.
#[derive(Debug, Clone, Serialize)]
pub struct Records {
    endpoints: &'static [TissueParameter],
    repair: &'static [RepairRecord],
    repopulation: &'static [RepopulationRecord],
    ntcp: &'static [PublishedResponse],
}

/// Every record there is.
pub const RECORDS: Records = Records {
    endpoints: TISSUE_PARAMETERS,
    repair: REPAIR_HALF_TIMES,
    repopulation: REPOPULATION_LOSSES,
    ntcp: PUBLISHED_RESPONSES,
};

/// The records by name, each with its numbers and its source.
#[must_use]
pub fn page() -> Document {
    let mut page = Document::new("Published alpha/beta ratios, each for its own endpoint");
    page.line("None of them is a default. Intervals are 95 % confidence intervals, in Gy.");
    let gray = |centigray: i32| dose(f64::from(centigray) / 100.0);
    for record in TISSUE_PARAMETERS {
        page.line("");
        page.line(record.id);
        let (low, high) = (
            record.interval.low_centigray,
            record.interval.high_centigray,
        );
        let value = format!(
            "a/b = {} ({} to {})",
            record.alpha_beta,
            gray(low),
            gray(high)
        );
        page.item("    ", &format!("{}: {value}", record.name));
        page.item("    ", record.source);
        if let Some(note) = record.note {
            page.item("    note: ", note);
        }
    }
    page.section("Half-times of repair");
    for record in REPAIR_HALF_TIMES {
        page.line(record.id);
        let value = format!("{} ({})", record.half_time, record.interval);
        page.item("    ", &format!("{}: {value}", record.name));
        page.item("    ", record.source);
    }
    page.section("Losses to repopulation");
    for record in REPOPULATION_LOSSES {
        page.line(record.id);
        let loss = format!("{} ({})", record.eqd2_loss_per_day, record.loss_interval);
        let kick_off = format!("{} ({})", record.kick_off, record.kick_off_interval);
        page.item(
            "    ",
            &format!(
                "{}: EQD2 loss {loss}, kick-off time {kick_off}",
                record.name
            ),
        );
        page.item("    ", record.source);
    }
    page.section("Probability of a complication (NTCP)");
    for set in PUBLISHED_RESPONSES {
        page.line(set.id);
        let model = set.model();
        let parameters: Vec<String> = model
            .parameters()
            .iter()
            .map(Estimate::with_symbol)
            .collect();
        let parameters = parameters.join(", ");
        page.item(
            "    ",
            &format!("{}: {}; {parameters}", set.organ, set.endpoint),
        );
        page.item("    ", set.source);
        page.item(
            "    note: ",
            &format!("fitted to {}; {}", set.patients, set.dose),
        );
    }
    page
}

//! The dates of a sheet, and what overall time costs.

use chemorad::radiobiology::TermKind;
use chemorad_case::{Schedule, TimeSheet};

use crate::document::Document;

/// BED and EQD2 of each volume less what overall time costs.
pub(super) fn time_section(page: &mut Document, time: &TimeSheet) {
    page.section("BED and EQD2 less what overall time costs");
    page.pairs(&[
        ("parameters", time.in_words.clone()),
        ("overall time", time.parameters.convention.to_string()),
    ]);
    let rows: Vec<Vec<String>> = time
        .volumes
        .iter()
        .map(|volume| {
            let lost: f64 = volume
                .terms
                .iter()
                .filter(|term| term.kind == TermKind::Repopulation)
                .map(|term| term.gray)
                .sum();
            vec![
                volume.volume.clone(),
                volume.overall_time.days().to_string(),
                format!("{lost:.3}"),
                format!("{:.3}", volume.bed.gray()),
                format!("{:.3}", volume.eqd.gray()),
            ]
        })
        .collect();
    page.mixed_table(
        &["volume", "days", "time Gy", "BED Gy", "EQD2 Gy"],
        &rows,
        1,
    );
}

/// The fractions of a week, the first and the last date, and the overall time.
pub(super) fn schedule_section(page: &mut Document, schedule: &Schedule) {
    page.section("Schedule");
    let mut pairs = vec![(
        "fractions",
        format!(
            "{} at {} a week",
            schedule.fractions, schedule.fractions_per_week
        ),
    )];
    if let Some(window) = schedule.start_window_days {
        pairs.push(("start", format!("day {window} after the operation")));
    }
    match &schedule.dates {
        Some(dates) => {
            pairs.push(("first fraction", dates.first.to_string()));
            pairs.push(("last fraction", dates.last.to_string()));
            for time in dates.overall_time {
                pairs.push((
                    "overall time",
                    format!("{} days ({})", time.days, time.convention),
                ));
            }
        }
        None => pairs.push((
            "dates",
            "no start date given; overall treatment time needs dates".to_string(),
        )),
    }
    page.pairs(&pairs);
}

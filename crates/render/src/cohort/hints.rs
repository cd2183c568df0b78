//! What one change of file or flags would mend in many rows.

use chemorad_cohort::{Cohort, Remark, Tally};

use crate::sentence::counted;

/// What one change of file or flags would mend in many rows.
pub(super) fn hints(tally: &Tally, cohort: &Cohort) -> Vec<String> {
    let mut hints: Vec<String> = tally
        .decimal_commas(cohort.layout())
        .map(|(column, rows)| {
            let points = match tally.decimal_points() {
                0 => "no number of the file has a decimal point: give --decimal-comma.".to_string(),
                points => format!(
                    "{} have numbers with a decimal point: give --decimal-comma, and write these with commas.",
                    counted_rows(points)
                ),
            };
            format!(
                "Column {column}: {} with a decimal comma, and {points}",
                counted_rows(rows)
            )
        })
        .collect();
    let unknown = tally.saying(&[Remark::OrderDaysUnknown, Remark::DispensedUnknown]);
    if cohort.lacks_days() && unknown > 0 {
        let why = if cohort.intake().is_some() {
            "and the days do not follow from start_date, course and site file in"
        } else {
            "so that what was dispensed cannot be told to be right in"
        };
        hints.push(format!(
            "No column days, {why} {}. Add the column days; or start_date with the course (--protocol, or the \
             columns prescribed or planned) and a site file with capecitabine_days, fractions_per_week, weekdays \
             and holidays.",
            counted_rows(unknown)
        ));
    }
    hints
}

pub(super) fn counted_rows(rows: u64) -> String {
    counted(usize::try_from(rows).unwrap_or(usize::MAX), "row", "rows")
}

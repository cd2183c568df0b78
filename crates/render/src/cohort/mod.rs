//! What the records of a cohort add up to.

mod hints;
mod page;
mod settings;

use chemorad::report::{Finding, Outcome};
use chemorad_cohort::{Cohort, FileFinding, Histogram, Tally};
use serde::Serialize;

use hints::hints;
use settings::{Setting, settings};

/// What the records of a cohort add up to, as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    rows: u64,
    outcome: Outcome,
    outcomes: Vec<OutcomeRows>,
    /// What there is to say of the whole file.
    findings: Vec<Finding>,
    codes: Vec<CodeRows>,
    worst: Vec<Worst>,
    /// How many rows there are to look at, the worst among them.
    rows_to_look_at: u64,
    repeated_ids: Vec<Repeated>,
    /// What one change of file or flags would mend in many rows.
    hints: Vec<String>,
    bsa_m2: Steps,
    deviation_percent: Steps,
    /// Whose deviations these are.
    deviation_percent_of: Deviating,
    settings: Vec<Setting>,
    unused_columns: Vec<String>,
    records: Option<String>,
    /// The columns of the records, and what each is.
    columns: Vec<RecordColumn>,
}

/// Whose deviations from the calculated dose are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Deviating {
    /// The orders in the file.
    Entered,
    /// The expected orders, `ordered_mg`: their rounding to tablets.
    Expected,
}

#[derive(Debug, Clone, Serialize)]
struct RecordColumn {
    name: String,
    meaning: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct OutcomeRows {
    outcome: Outcome,
    rows: u64,
}

#[derive(Debug, Clone, Serialize)]
struct CodeRows {
    code: &'static str,
    title: &'static str,
    outcome: Outcome,
    rows: u64,
}

#[derive(Debug, Clone, Serialize)]
struct Repeated {
    row: u64,
    id: String,
    earlier_row: u64,
}

#[derive(Debug, Clone, Serialize)]
struct Worst {
    row: u64,
    id: String,
    outcome: Outcome,
    deviation_percent: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supply_deviation_percent: Option<f64>,
    codes: Vec<String>,
    /// The column of the first cell that is not read.
    #[serde(skip_serializing_if = "String::is_empty")]
    unread_column: String,
    /// That cell, and why it is not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread_cell: Option<Unread>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Unread {
    text: String,
    reason: String,
}

#[derive(Debug, Clone, Serialize)]
struct Steps {
    from: f64,
    step: f64,
    below: u64,
    counts: Vec<u64>,
    above: u64,
}

impl From<&Histogram> for Steps {
    fn from(histogram: &Histogram) -> Self {
        Self {
            from: histogram.from,
            step: histogram.step,
            below: histogram.below,
            counts: histogram.counts.clone(),
            above: histogram.above,
        }
    }
}

const OUTCOMES: [Outcome; 4] = [
    Outcome::Fail,
    Outcome::CannotTell,
    Outcome::Warn,
    Outcome::Pass,
];

impl Results {
    /// From what the rows add up to, with what is the same for every row, and where the records are.
    #[must_use]
    pub fn new(tally: &Tally, cohort: &Cohort, records: Option<String>) -> Self {
        let findings: Vec<Finding> = cohort
            .findings(tally)
            .into_iter()
            .map(Finding::from)
            .collect();
        // doses that are calculated for a table of patients have no order, and nothing is wrong with it; a column that
        // is not used may be the order
        let is_calculation = |finding: &&Finding| {
            !cohort.layout().has_unknown()
                && matches!(finding.observation(), Some(FileFinding::NoOrder { .. }))
        };
        let of_file = findings.iter().filter(|finding| !is_calculation(finding));
        let of_file = of_file.map(|finding| finding.outcome);
        Self {
            rows: tally.rows(),
            outcome: Outcome::worst(of_file.chain([tally.outcome()])),
            outcomes: OUTCOMES
                .map(|outcome| OutcomeRows {
                    outcome,
                    rows: tally.with(outcome),
                })
                .into(),
            findings,
            codes: tally
                .codes()
                .into_iter()
                .map(|count| CodeRows {
                    code: count.code.name,
                    title: count.code.title,
                    outcome: count.outcome,
                    rows: count.rows,
                })
                .collect(),
            worst: tally
                .worst()
                .iter()
                .map(|row| Worst {
                    row: row.row,
                    id: row.id.clone(),
                    outcome: row.outcome,
                    deviation_percent: Some(row.deviation_percent).filter(|p| !p.is_nan()),
                    supply_deviation_percent: Some(row.supply_deviation_percent)
                        .filter(|percent| !percent.is_nan()),
                    codes: row.codes.split(' ').map(String::from).collect(),
                    unread_column: row.column.clone(),
                    unread_cell: row.unread.as_ref().map(|cell| Unread {
                        text: cell.text.clone(),
                        reason: cell.reason.to_string(),
                    }),
                })
                .collect(),
            rows_to_look_at: tally.to_look_at(),
            repeated_ids: tally
                .repeated_ids()
                .iter()
                .map(|repeated| Repeated {
                    row: repeated.row,
                    id: repeated.id.clone(),
                    earlier_row: repeated.earlier_row,
                })
                .collect(),
            hints: hints(tally, cohort),
            bsa_m2: tally.areas().into(),
            deviation_percent: tally.deviations().into(),
            deviation_percent_of: if cohort.has_entered_orders() {
                Deviating::Entered
            } else {
                Deviating::Expected
            },
            settings: settings(cohort),
            unused_columns: unused(tally, cohort),
            records,
            columns: cohort
                .record_columns()
                .map(|(name, meaning)| RecordColumn {
                    name: name.to_string(),
                    meaning,
                })
                .collect(),
        }
    }

    /// The worst outcome of a row, or of what concerns the whole file.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// The columns that are not used, and the names in lines of JSON that are no column.
fn unused(tally: &Tally, cohort: &Cohort) -> Vec<String> {
    let mut names = cohort.layout().unused().to_vec();
    names.extend(tally.unknown().map(String::from));
    names
}

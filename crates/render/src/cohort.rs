//! What the records of a cohort add up to.

use chemorad::capecitabine::Regimen;
use chemorad::capecitabine::columns::CohortRules;
use chemorad::report::Outcome;
use chemorad_cohort::{Arms, Cohort, Histogram, Remark, Tally};
use serde::Serialize;

use crate::bars::{Bar, picture};
use crate::document::Document;
use crate::number::fixed;
use crate::sentence::counted;

/// What the records of a cohort add up to, as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    rows: u64,
    outcome: Outcome,
    outcomes: Vec<OutcomeRows>,
    codes: Vec<CodeRows>,
    worst: Vec<Worst>,
    /// How many rows there are to look at, the worst among them.
    rows_to_look_at: u64,
    repeated_ids: Vec<Repeated>,
    /// What one change of file or flags would mend in many rows.
    hints: Vec<String>,
    bsa_m2: Steps,
    deviation_percent: Steps,
    settings: Vec<Setting>,
    unused_columns: Vec<String>,
    records: Option<String>,
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
    codes: Vec<String>,
    /// The column of the first cell that is not read.
    #[serde(skip_serializing_if = "String::is_empty")]
    unread_column: String,
}

#[derive(Debug, Clone, Serialize)]
struct Steps {
    from: f64,
    step: f64,
    below: u64,
    counts: Vec<u64>,
    above: u64,
}

#[derive(Debug, Clone, Serialize)]
struct Setting {
    name: &'static str,
    value: String,
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
        Self {
            rows: tally.rows(),
            outcome: tally.outcome(),
            outcomes: OUTCOMES
                .map(|outcome| OutcomeRows {
                    outcome,
                    rows: tally.with(outcome),
                })
                .into(),
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
                    codes: row.codes.split(' ').map(String::from).collect(),
                    unread_column: row.column.clone(),
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
            settings: settings(cohort),
            unused_columns: unused(tally, cohort),
            records,
        }
    }

    /// The worst outcome of a row.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The page for a person.
    #[must_use]
    pub fn page(&self) -> Document {
        let mut page = Document::new("Cohort");
        let count = |outcome| {
            let of_it = self.outcomes.iter().find(|rows| rows.outcome == outcome);
            of_it.map_or(0, |rows| rows.rows)
        };
        page.verdict(
            self.outcome,
            &format!(
                "{}: {} fail, {} cannot tell, {} warn, {} pass",
                counted_rows(self.rows),
                count(Outcome::Fail),
                count(Outcome::CannotTell),
                count(Outcome::Warn),
                count(Outcome::Pass)
            ),
        );
        if let Some(records) = &self.records {
            page.line(&format!("One record a row: {records}"));
        }
        if !self.unused_columns.is_empty() {
            page.line(&format!(
                "Columns that are not used: {}",
                self.unused_columns.join(", ")
            ));
        }
        for hint in &self.hints {
            page.paragraph(hint);
        }
        self.codes_table(&mut page);
        page.in_brief(|page| self.worst_rows(page, WORST));
        page.in_full(|page| self.worst_rows(page, usize::MAX));
        page.in_brief(|page| self.repeats(page, REPEATS));
        page.in_full(|page| self.repeats(page, usize::MAX));
        for (title, steps, places) in [
            ("Body surface area, m2", &self.bsa_m2, 1),
            (
                "Deviation of the order from the calculated dose, %",
                &self.deviation_percent,
                0,
            ),
        ] {
            let bars = bars(steps, places);
            if !bars.is_empty() {
                page.section(title);
                page.preformatted(&as_text(&bars));
                let total: u64 = bars.iter().map(|bar| bar.count).sum();
                page.figure(&picture(&bars), &format!("{title}: {total} rows."));
            }
        }
        if self.settings.is_empty() {
            return page;
        }
        page.section("The same for every row");
        let pairs: Vec<(&str, String)> = self
            .settings
            .iter()
            .map(|setting| (setting.name, setting.value.clone()))
            .collect();
        page.pairs(&pairs);
        page
    }

    fn codes_table(&self, page: &mut Document) {
        if self.codes.is_empty() {
            return;
        }
        page.section("Codes");
        let rows: Vec<Vec<String>> = self
            .codes
            .iter()
            .map(|count| {
                vec![
                    count.code.to_string(),
                    count.outcome.to_string(),
                    count.rows.to_string(),
                    count.title.to_string(),
                ]
            })
            .collect();
        page.text_table(&["code", "outcome", "rows", "about"], &rows);
        page.line("chemorad explain CODE... says what codes mean and what to do.");
    }

    fn repeats(&self, page: &mut Document, most: usize) {
        if self.repeated_ids.is_empty() {
            return;
        }
        page.section("Identifiers that repeat");
        let shown = self.repeated_ids.iter().take(most);
        for repeated in shown {
            page.line(&format!(
                "Row {}: {} stands in row {} already",
                repeated.row, repeated.id, repeated.earlier_row
            ));
        }
        let more = self.repeated_ids.len().saturating_sub(most);
        if more > 0 {
            page.left_out_as(|way| format!("{more} more: {way}"));
        }
    }

    fn worst_rows(&self, page: &mut Document, most: usize) {
        if self.worst.is_empty() {
            return;
        }
        page.section("Rows to look at first");
        let rows: Vec<Vec<String>> = self
            .worst
            .iter()
            .take(most)
            .map(|row| {
                let codes = row.codes.join(" ");
                let codes = match row.unread_column.as_str() {
                    "" => codes,
                    column => format!("{codes} (column {column})"),
                };
                vec![
                    row.row.to_string(),
                    row.id.clone(),
                    row.outcome.to_string(),
                    row.deviation_percent
                        .map_or_else(String::new, |percent| format!("{percent:+.1} %")),
                    codes,
                ]
            })
            .collect();
        page.text_table(&["row", "id", "outcome", "deviation", "codes"], &rows);
        let shown = u64::try_from(rows.len()).unwrap_or(0);
        let more = self.rows_to_look_at.saturating_sub(shown);
        if more > 0 {
            page.line(&match &self.records {
                Some(records) => format!("{more} more that fail or cannot be told: {records}"),
                None => {
                    format!("{more} more that fail or cannot be told: -o FILE writes all records")
                }
            });
        }
    }
}

/// So many rows to look at first stand on a page in brief.
const WORST: usize = 20;

/// So many rows that repeat an identifier stand on a page in brief.
const REPEATS: usize = 5;

/// What one change of file or flags would mend in many rows.
fn hints(tally: &Tally, cohort: &Cohort) -> Vec<String> {
    let mut hints: Vec<String> = tally
        .decimal_commas(cohort.layout())
        .map(|(column, rows)| {
            format!(
                "Column {column}: {} with a decimal comma, and no number of the file has a decimal point: give \
                 --decimal-comma.",
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

fn counted_rows(rows: u64) -> String {
    counted(usize::try_from(rows).unwrap_or(usize::MAX), "row", "rows")
}

/// The columns that are not used, and the names in lines of JSON that are no column.
fn unused(tally: &Tally, cohort: &Cohort) -> Vec<String> {
    let mut names = cohort.layout().unused().to_vec();
    names.extend(tally.unknown().map(String::from));
    names
}

fn settings(cohort: &Cohort) -> Vec<Setting> {
    let mut settings = cohort.rules().map(of_orders).unwrap_or_default();
    if let Some(arms) = cohort.arms() {
        settings.retain(|(name, _)| *name != "regimen");
        settings.insert(0, ("protocol", arms.protocol().to_string()));
        if cohort.rules().is_some() {
            settings.insert(1, ("regimen by arm", regimens(arms)));
        }
    }
    if let Some(intake) = cohort.intake() {
        let days = format!(
            "{}, of one fraction a day from start_date in the calendar of the site",
            intake.days()
        );
        settings.push(("days of intake", days));
    }
    if let Some(alpha_beta) = cohort.alpha_beta() {
        settings.push(("alpha/beta of the courses", alpha_beta.to_string()));
    }
    settings
        .into_iter()
        .map(|(name, value)| Setting { name, value })
        .collect()
}

/// Each regimen once, with the arms that it is for.
fn regimens(arms: &Arms) -> String {
    let mut all: Vec<(Regimen, Vec<&str>)> = Vec::new();
    for (arm, rules) in arms.rules() {
        let regimen = rules.every().regimen;
        match all.iter_mut().find(|(known, _)| *known == regimen) {
            Some((_, names)) => names.push(arm),
            None => all.push((regimen, vec![arm])),
        }
    }
    let all = all.iter();
    let all: Vec<String> = all
        .map(|(regimen, names)| format!("{regimen}: {}", names.join(", ")))
        .collect();
    all.join("; ")
}

fn of_orders(rules: &CohortRules) -> Vec<(&'static str, String)> {
    let every = rules.every();
    let mut settings = vec![
        ("formula", rules.formula().to_string()),
        ("regimen", every.regimen.to_string()),
        ("tablets", every.stock.to_string()),
        ("rounding", every.policy.to_string()),
    ];
    let optional = [
        (
            "cap on the body surface area",
            every.caps.body_surface_area.map(|cap| cap.to_string()),
        ),
        (
            "cap on one administration",
            every
                .caps
                .dose_per_administration
                .map(|cap| cap.to_string()),
        ),
        (
            "tolerance",
            every.tolerance.map(|tolerance| tolerance.to_string()),
        ),
        (
            "weight in the clearance",
            rules.weight_basis().map(|basis| basis.to_string()),
        ),
    ];
    settings.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let sets = every.rules.rule_sets();
    let sets: Vec<String> = sets.iter().map(|set| set.id.to_string()).collect();
    if !sets.is_empty() {
        settings.push(("rule sets", sets.join(", ")));
    }
    if let Some(waived) = every.waived.as_ref().filter(|waived| !waived.is_empty()) {
        let waived: Vec<&str> = waived.iter().map(|topic| topic.in_words()).collect();
        settings.push(("checked elsewhere", waived.join(", ")));
    }
    settings
}

/// The longest bar, in characters.
const LONGEST: u64 = 40;

/// The steps from the first that is not empty to the last.
#[allow(clippy::cast_precision_loss, reason = "the number of a step is small")]
fn bars(steps: &Steps, places: usize) -> Vec<Bar> {
    let used = |count: &u64| *count > 0;
    let first = steps.counts.iter().position(used);
    let last = steps.counts.iter().rposition(used);
    let edge = |at: usize| fixed(steps.from + steps.step * at as f64, places);
    let mut bars = Vec::new();
    let mut bar = |label: String, count: u64| bars.push(Bar { label, count });
    if steps.below > 0 {
        bar(format!("below {}", edge(0)), steps.below);
    }
    if let (Some(first), Some(last)) = (first, last) {
        for (at, count) in steps.counts.iter().enumerate().take(last + 1).skip(first) {
            bar(format!("{} to {}", edge(at), edge(at + 1)), *count);
        }
    }
    if steps.above > 0 {
        bar(format!("from {}", edge(steps.counts.len())), steps.above);
    }
    bars
}

fn as_text(bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let lines = bars.iter().map(|Bar { label, count }| {
        // a step that is not empty has a bar
        let length = (count * LONGEST).div_ceil(most);
        let bar = "#".repeat(usize::try_from(length).unwrap_or(0));
        format!("{label:>15}  {count:>9}  {bar}")
            .trim_end()
            .to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}

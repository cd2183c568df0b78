//! What the records of a cohort add up to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chemorad::report::{Code, Outcome};

use crate::batch::Batch;
use crate::histogram::Histogram;
use crate::judged::{Judged, Signature};
use crate::layout::Layout;
use crate::remark::Remark;
use crate::unread::UnreadCell;
use crate::worst::{Urgency, WorstRow, WorstRows, rank};

/// Outcome and codes of rows that have the same ones.
#[derive(Debug, Clone)]
pub(crate) struct Codes {
    outcome: Outcome,
    pub(crate) word: &'static str,
    /// The codes, separated by spaces.
    pub(crate) names: String,
    /// The end of a record as CSV: outcome, codes, end of line.
    pub(crate) csv: String,
    /// The same as JSON.
    pub(crate) json: String,
    rows: u64,
}

/// How many rows have a code with an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCount {
    /// The code.
    pub code: &'static Code,
    /// The outcome.
    pub outcome: Outcome,
    /// The rows.
    pub rows: u64,
}

/// A row whose identifier stands in an earlier row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedId {
    /// Its number, from 1.
    pub row: u64,
    /// The identifier.
    pub id: String,
    /// The number of the first row that has it.
    pub earlier_row: u64,
}

/// So many rows that repeat an identifier are kept.
const REPEATS: usize = 200;

/// What the records of a cohort add up to.
#[derive(Debug, Clone)]
pub struct Tally {
    signatures: HashMap<Signature, Codes>,
    worst: WorstRows,
    /// The file has a column of orders, whose deviations are looked at.
    has_orders: bool,
    areas: Histogram,
    deviations: Histogram,
    rows: u64,
    unknown: BTreeSet<String>,
    commas: BTreeMap<u16, u64>,
    points: u64,
    repeats: Vec<RepeatedId>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            signatures: HashMap::new(),
            worst: WorstRows::default(),
            has_orders: false,
            areas: Histogram::new(1.0, 0.1, 20),
            deviations: Histogram::new(-12.0, 1.0, 24),
            rows: 0,
            unknown: BTreeSet::new(),
            commas: BTreeMap::new(),
            points: 0,
            repeats: Vec::new(),
        }
    }
}

impl Tally {
    /// Of a batch whose rows are not counted yet, of a file with orders or without.
    pub(crate) fn of(batch: &Batch, has_orders: bool) -> Self {
        Self {
            has_orders,
            unknown: batch.unknown.clone(),
            commas: batch.commas.clone(),
            points: batch.points,
            repeats: repeats(batch),
            ..Self::default()
        }
    }

    /// Names in lines of JSON that the first line has not.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    /// Counts a row, and says what stands at the end of its record.
    pub(crate) fn count(
        &mut self,
        (row, id, column): (u64, &[u8], &str),
        judged: &Judged,
        unread: impl FnOnce() -> Option<UnreadCell>,
    ) -> &Codes {
        self.rows += 1;
        self.areas.add(judged.order.bsa_m2);
        let (deviation, largest) = if self.has_orders {
            (
                judged.entered_deviation_percent,
                judged.largest_deviation_percent,
            )
        } else {
            let rounding = judged.order.deviation_percent;
            let largest = judged.largest_deviation_percent;
            (rounding, if largest.is_nan() { rounding } else { largest })
        };
        self.deviations.add(deviation);
        let signature = judged.signature();
        let codes = self
            .signatures
            .entry(signature)
            .or_insert_with(|| Codes::new(&signature));
        codes.rows += 1;
        let outcome = codes.outcome;
        if rank(outcome) < 2 {
            let is_often_wrong = judged.remarks.has(Remark::OrderFrequency);
            let urgency = Urgency::new(outcome, is_often_wrong, largest);
            if self.worst.takes(urgency) {
                let id: String = String::from_utf8_lossy(id).chars().take(60).collect();
                self.worst.add(WorstRow {
                    row,
                    id,
                    outcome,
                    deviation_percent: deviation,
                    supply_deviation_percent: if judged.order.calculated_mg.is_nan() {
                        f64::NAN
                    } else {
                        judged.supply_deviation_percent
                    },
                    codes: listed(&signature),
                    column: column.to_string(),
                    unread: unread(),
                    urgency,
                });
            }
        }
        codes
    }

    /// Adds what later rows add up to.
    pub fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.has_orders |= other.has_orders;
        self.areas.merge(&other.areas);
        self.deviations.merge(&other.deviations);
        for (signature, codes) in other.signatures {
            self.signatures
                .entry(signature)
                .and_modify(|own| own.rows += codes.rows)
                .or_insert(codes);
        }
        self.unknown.extend(other.unknown);
        for (column, rows) in other.commas {
            *self.commas.entry(column).or_default() += rows;
        }
        self.points += other.points;
        self.repeats.extend(other.repeats);
        self.repeats.truncate(REPEATS);
        self.worst.merge(other.worst);
    }

    /// The rows.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The rows with an outcome.
    #[must_use]
    pub fn with(&self, outcome: Outcome) -> u64 {
        let of_it = self.signatures.values();
        let of_it = of_it.filter(|codes| codes.outcome == outcome);
        of_it.map(|codes| codes.rows).sum()
    }

    /// Fail where a row fails, else cannot tell where one cannot be told or there are no rows, else pass.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.rows == 0 {
            return Outcome::CannotTell;
        }
        let outcomes = self.signatures.values().map(|codes| codes.outcome);
        Outcome::worst(outcomes.chain([Outcome::Pass]))
    }

    /// The rows of each code with each outcome but pass, the worst and most frequent first.
    #[must_use]
    pub fn codes(&self) -> Vec<CodeCount> {
        let mut counts: BTreeMap<(u8, &'static str), CodeCount> = BTreeMap::new();
        for (signature, codes) in &self.signatures {
            for (outcome, code) in signature.codes() {
                if rank(outcome) > 2 {
                    continue;
                }
                let count = counts
                    .entry((rank(outcome), code.name))
                    .or_insert(CodeCount {
                        code,
                        outcome,
                        rows: 0,
                    });
                count.rows += codes.rows;
            }
        }
        let mut counts: Vec<CodeCount> = counts.into_values().collect();
        counts.sort_by(|one, other| {
            rank(one.outcome)
                .cmp(&rank(other.outcome))
                .then(other.rows.cmp(&one.rows))
                .then(one.code.name.cmp(other.code.name))
        });
        counts
    }

    /// How many rows are there to look at: those that fail or cannot be told.
    #[must_use]
    pub fn to_look_at(&self) -> u64 {
        self.with(Outcome::Fail) + self.with(Outcome::CannotTell)
    }

    /// The rows to look at first: those that fail, then those that cannot be told; of these the ones taken another
    /// number of times a day, then the largest deviation of an administration or a day.
    #[must_use]
    pub fn worst(&self) -> &[WorstRow] {
        self.worst.as_slice()
    }

    /// The first rows whose identifier stands in an earlier row.
    #[must_use]
    pub fn repeated_ids(&self) -> &[RepeatedId] {
        &self.repeats
    }

    /// How many rows have something to say of them.
    #[must_use]
    pub fn saying(&self, remarks: &[Remark]) -> u64 {
        let of_it = self.signatures.iter().filter(|(signature, _)| {
            let mut remarks = remarks.iter();
            remarks.any(|remark| signature.remarks.has(*remark))
        });
        of_it.map(|(_, codes)| codes.rows).sum()
    }

    /// The columns whose cells are not read for their decimal commas, each with the number of these rows: none
    /// where more rows have a number with a decimal point.
    pub fn decimal_commas<'c>(
        &self,
        layout: &'c Layout,
    ) -> impl Iterator<Item = (&'c str, u64)> + use<'_, 'c> {
        let most = self.commas.values().sum::<u64>() > self.points;
        let commas = self.commas.iter().filter(move |_| most);
        commas.map(|(place, rows)| (layout.name_at(*place), *rows))
    }

    /// The rows that have a number with a decimal point.
    #[must_use]
    pub const fn decimal_points(&self) -> u64 {
        self.points
    }

    /// The body surface areas, m².
    #[must_use]
    pub const fn areas(&self) -> &Histogram {
        &self.areas
    }

    /// The deviations of the orders in the rows from the calculated doses, percent; in a file without orders, those
    /// of the orders that were made.
    #[must_use]
    pub const fn deviations(&self) -> &Histogram {
        &self.deviations
    }
}

/// The first rows of a batch that repeat an identifier.
fn repeats(batch: &Batch) -> Vec<RepeatedId> {
    let first = batch.repeats.iter().take(REPEATS);
    let found = first.filter_map(|(row, earlier)| {
        let at = usize::try_from(row.checked_sub(batch.first)?).ok()?;
        let id = String::from_utf8_lossy(batch.id(batch.rows.get(at)?));
        Some(RepeatedId {
            row: *row,
            id: id.chars().take(60).collect(),
            earlier_row: *earlier,
        })
    });
    found.collect()
}

/// The codes of a row that say more than pass, separated by spaces.
fn listed(signature: &Signature) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (outcome, code) in signature.codes() {
        if rank(outcome) < 3 && !names.contains(&code.name) {
            names.push(code.name);
        }
    }
    names.join(" ")
}

impl Codes {
    fn new(signature: &Signature) -> Self {
        let outcome = signature.outcome();
        let word = match outcome {
            Outcome::CannotTell => "cannot_tell",
            Outcome::Fail => "fail",
            Outcome::Warn => "warn",
            Outcome::Pass | Outcome::NotApplicable => "pass",
        };
        let codes = listed(signature);
        let quoted = codes.split_whitespace().map(|code| format!("\"{code}\""));
        let list = quoted.collect::<Vec<_>>().join(",");
        Self {
            outcome,
            word,
            csv: format!("{word},{codes}\n"),
            json: format!(",\"outcome\":\"{word}\",\"codes\":[{list}]}}\n"),
            names: codes,
            rows: 0,
        }
    }
}

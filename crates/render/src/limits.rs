//! Limits of dose and volume, and what was found of them.

use chemorad::report::{Finding, Identifying, Outcome};
use chemorad_crosscheck::{Goal, LimitFinding};
use chemorad_dosimetry::Metric;
use serde::{Serialize, Serializer};

use crate::document::Document;
use crate::judged::{sorted, tally};
use crate::number::fixed;

/// What was found of each limit, in the order of the tables.
#[derive(Debug, Clone, Default)]
pub struct Limits(Vec<Finding>);

impl From<Vec<Finding>> for Limits {
    fn from(findings: Vec<Finding>) -> Self {
        Self(findings)
    }
}

#[derive(Serialize)]
struct Amount {
    value: f64,
    unit: &'static str,
}

impl From<&Goal> for Amount {
    fn from(goal: &Goal) -> Self {
        Self {
            value: goal.value.to_f64(),
            unit: goal.unit,
        }
    }
}

/// A limit as tools read it.
#[derive(Serialize)]
struct Row<'a> {
    table: &'a str,
    source: &'a str,
    structure: &'a str,
    /// The structure in the file.
    name: Option<&'a Identifying<String>>,
    metric: Metric,
    /// The dose that a share is of, where the limit says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    prescribed: Option<chemorad::quantity::AbsorbedDose>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alpha_beta: Option<chemorad::quantity::AlphaBeta>,
    comparison: Option<String>,
    limit: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variation: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<u8>,
    value: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(flatten)]
    finding: &'a Finding,
}

impl<'a> Row<'a> {
    fn new(finding: &'a Finding, found: &'a LimitFinding) -> Self {
        let limit = &found.limit;
        let value = found.value();
        Self {
            table: &found.table,
            source: limit.source.as_ref().unwrap_or(&found.source),
            structure: &limit.structure,
            name: found.against.name.as_ref(),
            metric: limit.metric,
            prescribed: limit.prescribed,
            alpha_beta: limit.alpha_beta,
            comparison: limit.goal.map(|goal| goal.comparison.to_string()),
            limit: limit.goal.as_ref().map(Amount::from),
            variation: limit.variation.as_ref().map(Amount::from),
            priority: limit.priority.map(core::num::NonZeroU8::get),
            value: value.map(|value| value.value),
            lower: value.map(|value| value.lower),
            upper: value.map(|value| value.upper),
            unit: limit.metric.unit(),
            note: limit.note.as_deref(),
            finding,
        }
    }
}

impl Serialize for Limits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.found()
                .map(|(finding, found)| Row::new(finding, found)),
        )
    }
}

impl Limits {
    /// Whether no limit was asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn found(&self) -> impl Iterator<Item = (&Finding, &LimitFinding)> {
        let findings = self.0.iter();
        findings.filter_map(|finding| Some((finding, finding.observation()?)))
    }

    /// Every limit, each once.
    pub(crate) fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (_, found) in self.found() {
            let limit = found.limit.to_string();
            if !all.contains(&limit) {
                all.push(limit);
            }
        }
        all
    }

    /// The limits of structures that have this name.
    pub(crate) fn of<'a>(
        &'a self,
        name: &'a Identifying<String>,
    ) -> impl Iterator<Item = &'a LimitFinding> {
        let found = self.found().map(|(_, found)| found);
        found.filter(move |found| found.against.name.as_ref() == Some(name))
    }

    /// What came out of everything, in one line, and the findings that need a person.
    pub(crate) fn judge(&self, page: &mut Document, of_all: Outcome) {
        if self.is_empty() {
            return;
        }
        let outcomes: Vec<Outcome> = self.0.iter().map(|finding| finding.outcome).collect();
        let of_limits = Outcome::worst(outcomes.iter().copied());
        let mut counted = tally(&outcomes);
        // a limit is kept by a dose that is not the plan's
        if Outcome::worst([of_limits, of_all]) != of_limits {
            counted = format!("limits: {counted}; the dose or the structures: see Review");
        }
        page.verdict(Outcome::worst([of_limits, of_all]), &counted);
        page.findings_under("Limits that need a person", &sorted(&self.0, true));
    }

    /// A row for each limit, and where the limits come from.
    pub(crate) fn add_to(&self, page: &mut Document) {
        if self.is_empty() {
            return;
        }
        page.section("Limits");
        let rows: Vec<Vec<String>> = self
            .found()
            .map(|(finding, found)| row(finding.outcome, found))
            .collect();
        page.outcome_table(
            &["outcome", "organ", "structure", "limit", "value", "bounds"],
            &rows,
            0,
            4,
        );
        let mut tables: Vec<&LimitFinding> = self.found().map(|(_, found)| found).collect();
        tables.dedup_by(|one, other| one.table == other.table);
        page.section("Sources of the limits");
        for found in tables {
            let note = found.note.as_ref().map(|note| format!("; {note}"));
            let note = note.unwrap_or_default();
            let source = if found.source == found.table {
                String::new()
            } else {
                format!(": {}", found.source)
            };
            page.item("- ", &format!("{}{source}{note}", found.table));
        }
    }
}

fn row(outcome: Outcome, found: &LimitFinding) -> Vec<String> {
    let limit = &found.limit;
    let decimals = if limit.metric.unit() == "%" { 2 } else { 3 };
    let [value, bounds] = match found.value() {
        Some(value) => [
            format!("{} {}", fixed(value.value, decimals), limit.metric.unit()),
            format!(
                "{} to {}",
                fixed(value.lower, decimals),
                fixed(value.upper, decimals)
            ),
        ],
        None => ["not known".into(), String::new()],
    };
    let variation = limit.variation.as_ref();
    let variation = variation.map_or_else(String::new, |goal| format!(" (acceptable {goal})"));
    let goal = limit
        .goal
        .map_or_else(|| "left open".to_string(), |goal| goal.to_string());
    let effect = limit.alpha_beta.map_or_else(String::new, |alpha_beta| {
        format!(" in EQD2Gy(a/b = {})", alpha_beta.gray())
    });
    vec![
        outcome.to_string(),
        limit.structure.clone(),
        found
            .against
            .name
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        format!("{}{effect} {goal}{variation}", limit.metric),
        value,
        bounds,
    ]
}

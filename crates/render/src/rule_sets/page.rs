//! Rule sets for capecitabine: the list of those that are shipped, and every row of one.

use chemorad::capecitabine::{
    BandBound, BandEdge, BandScale, Covers, DoseRule, InteractionSeverity, RuleSet,
    SourceVerification,
};
use chemorad::report::Finding;
use chemorad::text::Text;

use super::results::topics;
use crate::clearance::said_of;
use crate::document::Document;

/// The rule sets that are shipped.
#[must_use]
pub fn list() -> Document {
    let mut page = Document::new("Rule sets for capecitabine");
    let rows: Vec<Vec<String>> = RuleSet::PUBLISHED
        .iter()
        .map(|set| {
            vec![
                set.id.to_string(),
                set.date.to_string(),
                set.standing.to_string(),
                topics(set).join(", "),
            ]
        })
        .collect();
    page.text_table(&["name", "date", "standing", "rules on"], &rows);
    page.line("");
    page.line(
        "None is a default. \"read\" means that the text itself was read for this project, \
         \"second-hand\" that another work quotes it: open the text before relying on it. chemorad rule-sets show NAME prints every row with its words.",
    );
    page
}

/// A file that holds no rule set.
#[must_use]
pub fn refused(findings: &[Finding]) -> Document {
    let mut page = Document::new("Rule set that cannot be used");
    page.findings(findings);
    page
}

/// Every row of a rule set with its words, and what it leaves open.
#[must_use]
pub fn show(set: &RuleSet, open: &[Finding]) -> Document {
    let mut page = Document::new(format!("Rule set {}", set.id));
    let mut pairs = vec![
        ("title", set.title.to_string()),
        ("version", set.version.to_string()),
        ("date", set.date.to_string()),
        ("standing", set.standing.to_string()),
        ("source", set.source.to_string()),
        ("rules on", topics(set).join(", ")),
    ];
    if let Some(next) = &set.superseded_by {
        pairs.push((
            "superseded",
            format!("by {} ({})", next.rule_set, next.date),
        ));
    }
    page.pairs(&pairs);
    by_fact(&mut page, set);
    by_event(&mut page, set);
    dose_table(&mut page, set);
    if let Some(sentence) = &set.rounding {
        page.section("Rounding");
        page.line(&match set.standing {
            SourceVerification::SiteDecision => sentence.quote.to_string(),
            _ => format!("\"{}\"", sentence.quote),
        });
    }
    if !open.is_empty() {
        page.section("What it leaves open");
        page.findings(open);
    }
    page
}

/// Rows by creatinine clearance and by DPYD score.
fn by_fact(page: &mut Document, set: &RuleSet) {
    if let Some(renal) = &set.renal {
        page.section("Creatinine clearance (Cockcroft-Gault, mL/min)");
        for band in &renal.bands {
            let plain = band.rule == DoseRule::FullDose && band.covers == Covers::AnyIntensity;
            let said_of = if band.rule.shares().is_some() && !plain {
                format!("; {}", said_of(&band.covers))
            } else {
                String::new()
            };
            page.line(&format!("{band}: {}{said_of}", band.rule));
            page.item("    ", &band.words);
        }
    }
    if let Some(dpyd) = &set.dpyd {
        page.section("DPYD activity score");
        for row in &dpyd.rows {
            let strength = row
                .strength
                .as_ref()
                .map_or_else(String::new, |strength| format!(" ({strength})"));
            page.line(&format!("{}: {}{strength}", row.score, row.rule));
            page.item("    ", &row.words);
        }
        if let Some(twice) = &dpyd.decreased_twice {
            page.line(&format!(
                "two alleles of decreased function: {}",
                twice.rule
            ));
            page.item("    ", &twice.words);
        }
        for row in &dpyd.uracil {
            let from = row
                .at_least
                .map_or_else(String::new, |least| format!(" from {least}"));
            page.line(&format!("plasma uracil{from}: {}", row.rule));
            page.item("    ", &row.words);
        }
        page.line("not tested:");
        page.item("    ", &dpyd.not_tested);
    }
}

/// Rows by toxicity and by other drug.
fn by_event(page: &mut Document, set: &RuleSet) {
    if let Some(ladder) = &set.toxicity {
        page.section(&format!("Toxicity ({})", ladder.criteria));
        let rows: Vec<Vec<String>> = ladder
            .steps
            .iter()
            .map(|step| {
                vec![
                    step.grade.to_string(),
                    step.occurrence
                        .map_or_else(|| "every".to_string(), |number| number.to_string()),
                    step.action.to_string(),
                ]
            })
            .collect();
        page.text_table(&["grade", "occurrence", "action"], &rows);
    }
    if let Some(interactions) = &set.interactions {
        page.section("Other drugs");
        for drug in &interactions.drugs {
            let severity = match drug.severity {
                InteractionSeverity::DoNotGive => "hard stop",
                InteractionSeverity::Warning => "warning",
            };
            let also: Vec<&str> = drug.also.iter().map(Text::as_str).collect();
            let also = if also.is_empty() {
                String::new()
            } else {
                format!(" (also {})", also.join(", "))
            };
            page.item(
                &format!("{severity:<10}"),
                &format!("{}{also}: {}", drug.drug, drug.advice),
            );
        }
    }
}

fn dose_table(page: &mut Document, set: &RuleSet) {
    if let Some(table) = &set.dose_table {
        page.section("Dose table");
        page.line(table.label());
        let times = table
            .administrations_per_day()
            .map_or_else(|| "any number of".into(), |times| times.to_string());
        page.line(&format!(
            "by {}; {times} administrations a day; {}",
            match table.scale() {
                BandScale::BodySurfaceArea => "body surface area",
                BandScale::CalculatedDose => "calculated dose of one administration",
            },
            said_of(table.covers())
        ));
        let rows: Vec<Vec<String>> = table
            .bands()
            .iter()
            .map(|band| {
                let edge = |edge: Option<BandBound>| {
                    edge.map_or_else(|| "open".to_string(), |edge| edge.to_string())
                };
                vec![
                    edge(band.from),
                    edge(band.to),
                    band.dose_per_administration.to_string(),
                ]
            })
            .collect();
        page.text_table(&["from", "to", "per administration"], &rows);
        page.line(match table.edge() {
            BandEdge::BelongsAbove => "an edge belongs to the band above",
            BandEdge::BelongsBelow => "an edge belongs to the band below",
        });
    }
}

mod finding;
mod open;

pub(crate) use finding::CODES;

use std::path::PathBuf;

use chemorad::capecitabine::{
    BandEdge, Covers, DoseRule, InteractionSeverity, RuleSet, RuleSetData, RuleSetHeading,
    SourceVerification,
};
use chemorad::patient::SurfaceArea;
use chemorad::report::{Finding, Outcome};
use chemorad::text::Text;
use chemorad_reader::{Fault, Format};
use clap::Subcommand;
use serde::Serialize;

use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::report::Report;
use crate::rules;
use chemorad_render::Document;
use chemorad_render::clearance::said_of;
use finding::RuleFileFinding;
use open::open;

/// Rule sets for capecitabine: labels and guidelines as data, none of them a default.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad rule-sets list
  chemorad rule-sets show fda-label-before-2022
  chemorad rule-sets check examples/rule-set-site.toml")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the rule sets that come with the program.
    List,
    /// Show a rule set: its source, version and standing, every row with what the text says, what it
    /// leaves open. With --format json its `rule_set` is a rule-set file to start from.
    Show {
        /// Its name, or a FILE.toml or FILE.json in the same schema.
        name: String,
    },
    /// Check a rule-set file: bands without gap or overlap, a row for every score, no row that
    /// leaves more of the dose for a greater deficiency or a worse toxicity. Exit code 1 where it is
    /// wrong.
    Check {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    source: RuleSetHeading<'a>,
    topics: Vec<&'static str>,
}

#[derive(Serialize)]
struct List<'a> {
    rule_sets: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    rule_set: &'a RuleSet,
    open: Vec<Finding>,
}

#[derive(Serialize)]
struct Checked<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_set: Option<&'a RuleSet>,
    findings: Vec<Finding>,
    outcome: Outcome,
}

fn topics(set: &RuleSet) -> Vec<&'static str> {
    [
        (set.renal.is_some(), "renal"),
        (set.dpyd.is_some(), "dpyd"),
        (set.toxicity.is_some(), "toxicity"),
        (set.interactions.is_some(), "interactions"),
        (set.dose_table.is_some(), "dose table"),
        (set.rounding.is_some(), "rounding"),
    ]
    .into_iter()
    .filter_map(|(has, name)| has.then_some(name))
    .collect()
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.what {
            What::List => Ok(list()),
            What::Show { name } => {
                let set = rules::load(context, &name)?;
                let open = open(&set);
                let page = show(&set, &open);
                Ok(Report::new(
                    page,
                    &Shown {
                        rule_set: &set,
                        open,
                    },
                ))
            }
            What::Check { file } => check(context, &file),
        }
    }
}

fn list() -> Report {
    let rule_sets: Vec<Listed<'_>> = RuleSet::PUBLISHED
        .iter()
        .map(|&set| Listed {
            source: set.heading(),
            topics: topics(set),
        })
        .collect();
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
    Report::new(page, &List { rule_sets })
}

/// A file that can be read and does not hold a rule set is a failed check, whatever is wrong in it.
fn check(context: &Context<'_>, file: &std::path::Path) -> Result<Report, Failure> {
    let name = file.display().to_string();
    let text = input::read_text(context.files, file)?;
    let Some(format) = Format::of(file) else {
        return Err(input::neither_toml_nor_json(file));
    };
    let whole = |reason: String| -> Vec<Finding> {
        let file = name.clone();
        vec![Finding::from(RuleFileFinding::Whole { file, reason })]
    };
    let document = chemorad_reader::Document::parse(name.clone(), &text, format);
    let read = document
        .and_then(|document| document.read::<RuleSetData>())
        .map_err(|faults| {
            let place = |fault: &Fault| {
                Finding::from(RuleFileFinding::Place {
                    file: name.clone(),
                    fault: fault.clone(),
                })
            };
            faults.iter().map(place).collect()
        })
        .and_then(|data| RuleSet::new(data).map_err(|error| whole(error.to_string())))
        .and_then(|set| rules::distinct(set).map_err(whole));
    match read {
        Ok(set) => {
            let findings = open(&set);
            let page = show(&set, &findings);
            let outcome = Outcome::worst(
                findings
                    .iter()
                    .map(|finding| finding.outcome)
                    .chain([Outcome::Pass]),
            );
            let output = Checked {
                rule_set: Some(&set),
                findings,
                outcome,
            };
            Ok(Report::new(page, &output).judged(outcome))
        }
        Err(findings) => {
            let output = Checked {
                rule_set: None,
                findings,
                outcome: Outcome::Fail,
            };
            let mut page = Document::new("Rule set that cannot be used");
            page.findings(&output.findings);
            Ok(Report::new(page, &output).judged(Outcome::Fail))
        }
    }
}

fn show(set: &RuleSet, open: &[Finding]) -> Document {
    let mut page = Document::new(format!("Rule set {}", set.id));
    page.pairs(&[
        ("title", set.title.to_string()),
        ("version", set.version.to_string()),
        ("date", set.date.to_string()),
        ("standing", set.standing.to_string()),
        ("source", set.source.to_string()),
        ("rules on", topics(set).join(", ")),
    ]);
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
        page.section("Dose table (--rounding bands:NAME)");
        page.line(table.label());
        page.line(&format!(
            "{} administrations a day; {}",
            table.administrations_per_day(),
            said_of(table.covers())
        ));
        let rows: Vec<Vec<String>> = table
            .bands()
            .iter()
            .map(|band| {
                let edge = |edge: Option<SurfaceArea>| {
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

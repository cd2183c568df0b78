//! `rule-sets`: rule sets for capecitabine as data.

use std::path::{Path, PathBuf};

use chemorad::capecitabine::{RuleSet, RuleSetData};
use chemorad::report::{Finding, Outcome};
use chemorad_reader::{Document, Fault, Faults, Format};
use chemorad_render::rule_sets::{
    Checked, List, RuleFileFinding, Shown, list, open, refused, show,
};
use clap::Subcommand;

use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::report::Report;
use crate::rules;

/// Rule sets for capecitabine: labels and guidelines as data, none of them a default.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad rule-sets list
  chemorad rule-sets show fda-label-2026
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

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.what {
            What::List => Ok(Report::new(list(), &List::shipped())),
            What::Show { name } => {
                let set = rules::load(context, &name.parse()?)?;
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

/// A file that can be read and does not hold a rule set is a failed check, whatever is wrong in it.
fn check(context: &Context<'_>, file: &Path) -> Result<Report, Failure> {
    let name = file.display().to_string();
    let text = input::read_text(context.files, file)?;
    let Some(format) = Format::of(file) else {
        return Err(input::neither_toml_nor_json(file));
    };
    let (set, findings) = match read(&name, &text, format) {
        Ok(set) => {
            let findings = open(&set);
            (Some(set), findings)
        }
        Err(findings) => (None, findings),
    };
    let page = match &set {
        Some(set) => show(set, &findings),
        None => refused(&findings),
    };
    let outcomes = findings.iter().map(|finding| finding.outcome);
    let outcome = Outcome::worst(outcomes.chain([Outcome::Pass]));
    let checked = Checked {
        rule_set: set.as_ref(),
        findings,
        outcome,
    };
    Ok(Report::new(page, &checked).judged(outcome))
}

/// The rule set of a file, or everything that is wrong with it.
fn read(name: &str, text: &str, format: Format) -> Result<RuleSet, Vec<Finding>> {
    let place = |fault: &Fault| {
        Finding::from(RuleFileFinding::Place {
            file: name.to_string(),
            fault: fault.clone(),
        })
    };
    let whole = |reason: String| -> Finding {
        let file = name.to_string();
        RuleFileFinding::Whole { file, reason }.into()
    };
    Document::parse(name.to_string(), text, format)
        .and_then(|document| document.read::<RuleSetData>())
        .map_err(|faults: Faults| faults.iter().map(place).collect())
        .and_then(|data| {
            RuleSet::from_site(data).map_err(|faults| {
                let faults = faults.iter();
                faults.map(|fault| whole(fault.to_string())).collect()
            })
        })
}

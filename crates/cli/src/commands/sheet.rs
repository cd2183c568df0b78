//! `sheet`: one patient's treatment from a case file.

use std::path::{Path, PathBuf};

use chemorad::capecitabine::{RoundingRule, RuleSetName};
use chemorad_case::{Case, Sheet};
use chemorad_protocol::library;
use chemorad_render::sheet::page;

use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;
use crate::rules;

/// One patient's treatment sheet from a case file.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad sheet examples/adjuvant-chemoradiotherapy.toml
  chemorad sheet case.json --format json
  chemorad sheet case.toml --show-work
  chemorad sheet case.toml --report sheet.html")]
pub(crate) struct Args {
    /// The case: a TOML or JSON file.
    case: PathBuf,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut case: Case = input::read(context.files, &self.case)?;
        let name = self.case.display();
        rule_files(context, &mut case, &self.case)?;
        if case.protocol.trim().is_empty() {
            let known: Vec<&str> = library::ids().collect();
            return Err(Failure::new(format!(
                "{name}: protocol is missing: name the protocol of this case, or a file in the same folder. Choices: {}.",
                known.join(", ")
            )));
        }
        let trial = protocols::beside(context, &case.protocol, &self.case)?;
        case.protocol = trial.id.to_string();
        let sheet = Sheet::new(&case, &trial)
            .map_err(|faults| Failure::each(&format!("{name}: "), faults.iter()))?;
        let page = page(&sheet);
        Ok(Report::new(page, &sheet).judged(sheet.outcome))
    }
}

/// Reads the rule-set files a case names, from the folder of the case.
fn rule_files(context: &Context<'_>, case: &mut Case, path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = case.drug_rules.iter().flat_map(|rules| &rules.rule_sets);
    let table = case.site.rounding.iter().filter_map(RoundingRule::table);
    let mut files: Vec<RuleSetName> = named
        .map(|choice| &choice.set)
        .chain(table)
        .filter(|name| name.is_file())
        .cloned()
        .collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let set = rules::load(
            context,
            &folder.join(file.as_str()).display().to_string().parse()?,
        )?;
        case.rule_set_files.push((file, set));
    }
    Ok(())
}

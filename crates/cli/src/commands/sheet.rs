//! `sheet`: one patient's treatment from a case file.

use std::path::{Path, PathBuf};

use chemorad::capecitabine::{RoundingRule, RuleSetName};
use chemorad_case::{Case, Sheet, SiteHolidays};
use chemorad_protocol::{Protocol, library};
use chemorad_render::sheet::page;

use crate::args::entered::EnteredArgs;
use crate::args::site::{SiteArgs, SiteValues};
use crate::failure::Failure;
use crate::holidays::{Holidays, read_holidays};
use crate::input;
use crate::output::Context;
use crate::protocols;
use crate::refused;
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
    #[arg(value_name = "case.toml")]
    case: PathBuf,
    #[command(flatten)]
    site: SiteArgs,
}

impl Args {
    /// The sheet of a case that another command was given.
    pub(crate) fn of_case(case: &Path, site: SiteArgs) -> Self {
        Self {
            case: case.into(),
            site,
        }
    }

    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        self.answered(context, |sheet| {
            Ok(context.report(page(sheet), sheet).judged(sheet.outcome))
        })
    }

    /// An order that somebody else wrote, against what the sheet gives.
    pub(crate) fn order(
        self,
        context: &Context<'_>,
        entered: &EnteredArgs,
    ) -> Result<Report, Failure> {
        let case = self.case.display().to_string();
        self.answered(context, |sheet| {
            let report = if let Some(drug) = &sheet.drug {
                entered.report(context, &drug.order, &sheet.findings)?
            } else {
                let option = &sheet.option;
                let treatment = format!("{} ({})", option.title, option.id);
                // in a step without radiotherapy, or not by body surface area
                let elsewhere = sheet
                    .other_drugs
                    .iter()
                    .any(|other| other.drug.to_ascii_lowercase().contains("capecitabine"));
                entered.not_prescribed(context, &treatment, elsewhere, &sheet.findings)
            };
            report.ok_or_else(|| {
                Failure::new(
                    refused::INPUT_MISSING,
                    format!("{case}: no order is given to check"),
                )
            })
        })
    }

    /// What the sheet of the case answers.
    fn answered(
        self,
        context: &Context<'_>,
        answer: impl FnOnce(&Sheet<'_>) -> Result<Report, Failure>,
    ) -> Result<Report, Failure> {
        let mut case: Case = input::read(context.files, &self.case).map_err(|failure| {
            if context.files.kind(&self.case).is_ok() {
                return failure;
            }
            failure.hint(
                "a case to fill in is written by chemorad case, such as: chemorad case NCT06949098 --arm adverse -o case.toml",
            )
        })?;
        let name = self.case.display();
        if case.protocol.trim().is_empty() {
            let known: Vec<&str> = library::ids().collect();
            return Err(Failure::new(
                refused::INPUT_MISSING,
                format!(
                    "{name}: protocol is missing: name the protocol of this case, or a file in the same folder. Choices: {}.",
                    known.join(", ")
                ),
            ));
        }
        let trial = protocols::beside(context, &case.protocol, &self.case)?;
        case.protocol = trial.id.to_string();
        rule_files(context, &mut case, &self.case)?;
        let mut site = self.site.read(context)?;
        of_site(context, &mut site, &mut case, &trial)?;
        tell_shipped_rule_sets(context, &case);
        let sheet = Sheet::new(&case, &trial)
            .map_err(|faults| Failure::each(&format!("{name}: "), faults.iter()))?;
        site.tell(context);
        answer(&sheet)
    }
}

/// Fills the case with what the site decided, with the files that the site file names.
fn of_site(
    context: &Context<'_>,
    values: &mut SiteValues,
    case: &mut Case,
    protocol: &Protocol,
) -> Result<(), Failure> {
    let Some(site) = values.site().cloned() else {
        return Ok(());
    };
    // on which topics a file speaks decides what of it is taken
    let has_own = case
        .drug_rules
        .as_ref()
        .is_some_and(|rules| !rules.rule_sets.is_empty());
    if !has_own && !protocol.drugs.is_empty() {
        let sets = site.rule_sets.iter().map(|choice| choice.set.clone());
        read_beside(context, values, case, sets.filter(RuleSetName::is_file))?;
    }
    let of_rounding = site.rounding.iter().filter_map(RoundingRule::table);
    let taken = site.rule_sets.iter().map(|choice| &choice.set);
    let taken = taken.filter(|_| !has_own);
    let of_rounding = of_rounding.filter(|_| case.site.rounding.is_none());
    if !protocol.drugs.is_empty() {
        are_one(context, values, case, taken.chain(of_rounding))?;
    }
    values.note(site.fill(case, protocol));
    // a list of dates is taken already
    let in_file = matches!(site.holidays, Some(SiteHolidays::File(_)));
    if let Some(calendar) = case.calendar.as_mut().filter(|_| in_file) {
        let by_hand = calendar.holidays.clone().map(Holidays::Listed);
        let holidays = values.holidays(by_hand);
        if calendar.holidays.is_none() {
            calendar.holidays = Some(read_holidays(context, holidays.as_ref())?);
        }
    }
    let files = files_of(case);
    read_beside(context, values, case, files)
}

/// One name in the case and in the site file is one rule set, or one of them would silently stand for the other.
fn are_one<'f>(
    context: &Context<'_>,
    values: &SiteValues,
    case: &Case,
    of_site: impl Iterator<Item = &'f RuleSetName>,
) -> Result<(), Failure> {
    let own = files_of(case);
    for file in of_site.filter(|file| own.contains(file)) {
        let beside = values.beside(file.as_str()).display().to_string();
        let set = rules::load(context, &beside.parse()?)?;
        let mut known = case.rule_set_files.iter();
        if known.any(|(name, known)| name == file && *known != set) {
            return Err(Failure::new(
                refused::RULE_SET_TWO_FILES,
                format!(
                    "the case and the site file both name the rule-set file {file}, and the two files differ ({file} beside the case, {beside} of the site): give one of them another name"
                ),
            ));
        }
    }
    Ok(())
}

/// Reads rule-set files of the site, from the folder of its file; those that are read already stay.
fn read_beside(
    context: &Context<'_>,
    values: &SiteValues,
    case: &mut Case,
    files: impl IntoIterator<Item = RuleSetName>,
) -> Result<(), Failure> {
    for file in files {
        if case.rule_set_files.iter().any(|(known, _)| *known == file) {
            continue;
        }
        let beside = values.beside(file.as_str()).display().to_string();
        let set = rules::load(context, &beside.parse()?)?;
        case.rule_set_files.push((file, set));
    }
    Ok(())
}

/// The rule sets that a case names.
fn rule_sets_of(case: &Case) -> impl Iterator<Item = &RuleSetName> {
    let named = case.drug_rules.iter().flat_map(|rules| &rules.rule_sets);
    let table = case.site.rounding.iter().filter_map(RoundingRule::table);
    named.map(|choice| &choice.set).chain(table)
}

/// Notes that the result rests on the shipped rule sets that the case names; the sheet refuses one that there
/// is not.
fn tell_shipped_rule_sets(context: &Context<'_>, case: &Case) {
    for name in rule_sets_of(case).filter(|name| !name.is_file()) {
        let _ = rules::load(context, name);
    }
}

/// The files of rule sets that a case names.
fn files_of(case: &Case) -> Vec<RuleSetName> {
    let named = rule_sets_of(case);
    let mut files: Vec<RuleSetName> = named.filter(|name| name.is_file()).cloned().collect();
    files.sort_unstable();
    files.dedup();
    files
}

/// Reads the rule-set files a case names, from the folder of the case.
fn rule_files(context: &Context<'_>, case: &mut Case, path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    for file in files_of(case) {
        let set = rules::load(
            context,
            &folder.join(file.as_str()).display().to_string().parse()?,
        )?;
        case.rule_set_files.push((file, set));
    }
    Ok(())
}

//! `case`: a case to fill in.

use std::path::PathBuf;

use chemorad::capecitabine::{RoundingRule, RuleSet, RuleSetName};
use chemorad_case::{CaseTemplate, TemplateSite, template_of};
use chemorad_protocol::{Arm, Protocol, TreatmentOption};

use crate::args::site::{SiteArgs, SiteValues};
use crate::failure::Failure;
use crate::new_file::given;
use crate::output::Context;
use crate::protocols::{self, Part};
use crate::refused;
use crate::report::Report;
use crate::rules;

/// Write a case to fill in: the fields that are needed, why, and their choices.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad case NCT06949098/adverse
  chemorad case NCT06949098 --arm adverse -o case.toml
  chemorad case NCT06949098/adverse --site examples/site.toml
  chemorad case gap
  chemorad case courses
  chemorad case capecitabine

Each FILL IN is to be replaced; behind it stands an example. chemorad sheet takes the case of a
protocol, and the other commands those of their names. With a site file, the case of a protocol
leaves out what the site decided. A file that is there is replaced with --force alone.")]
pub(crate) struct Args {
    /// A protocol with its arm or treatment; or gap, courses, capecitabine.
    #[arg(value_name = "NCT06949098/adverse")]
    what: String,
    /// The arm, where it is not named with the protocol.
    #[arg(long, value_name = "adverse")]
    arm: Option<String>,
    /// The treatment, where the arm offers more than one; the first unless given.
    #[arg(long, value_name = "NAME")]
    option: Option<String>,
    /// Where to write it.
    #[arg(short, long, value_name = "case.toml")]
    output: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let text = match template_of(&self.what) {
            Some(_) if self.site.is_given() => {
                return Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    format!(
                        "--site is for the case of a protocol: leave it out with {}, and give it to the command that takes the case",
                        self.what
                    ),
                ));
            }
            Some(text) if self.arm.is_none() && self.option.is_none() => text.to_string(),
            Some(_) => {
                return Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    format!(
                        "--arm and --option are those of a protocol: leave them out with {}",
                        self.what
                    ),
                ));
            }
            None => self.of_protocol(context)?,
        };
        given(context, text, self.output.as_deref(), "toml", [])
    }

    fn of_protocol(&self, context: &Context<'_>) -> Result<String, Failure> {
        let (protocol, part) = protocols::with_part(context, &self.what)?;
        let named = match (&part, self.what.rsplit_once('/')) {
            (Some(_), Some((named, _))) => named,
            _ => self.what.as_str(),
        };
        let (arm, option) = match part {
            Some(Part::Arm(arm)) => (Some(arm), None),
            Some(Part::Option(arm, option)) => (Some(arm), Some(option)),
            None => (None, None),
        };
        if (arm.is_some() && self.arm.is_some()) || (option.is_some() && self.option.is_some()) {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!(
                    "{:?} names the arm or treatment already: leave --arm or --option out",
                    self.what
                ),
            ));
        }
        let arm = find_arm(&protocol, arm.as_ref().or(self.arm.as_ref()))?;
        let option = find_option(arm, option.as_ref().or(self.option.as_ref()))?;
        let site = self.site.read(context)?;
        let files = rule_set_files(context, &site)?;
        let file = site.path().map(|path| path.display().to_string());
        let of_site = site.site().zip(file.as_deref());
        let of_site = of_site.map(|(site, file)| TemplateSite {
            file,
            site,
            rule_set_files: &files,
        });
        let template = CaseTemplate::of_site(named, &protocol, arm, option, of_site)?;
        Ok(template.to_string())
    }
}

/// The rule sets of the files that a site file names.
fn rule_set_files(
    context: &Context<'_>,
    values: &SiteValues,
) -> Result<Vec<(RuleSetName, RuleSet)>, Failure> {
    let Some(site) = values.site() else {
        return Ok(Vec::new());
    };
    let sets = site.rule_sets.iter().map(|choice| &choice.set);
    let table = site.rounding.iter().filter_map(RoundingRule::table);
    let files = sets.chain(table).filter(|name| name.is_file());
    files
        .map(|name| {
            let beside = values.beside(name.as_str()).display().to_string();
            Ok((name.clone(), rules::load(context, &beside.parse()?)?))
        })
        .collect()
}

fn find_arm<'p>(protocol: &'p Protocol, named: Option<&String>) -> Result<&'p Arm, Failure> {
    let arms = protocols::arms(protocol);
    match (named, &*protocol.arms) {
        (Some(named), _) => protocol.arm(named).ok_or_else(|| {
            Failure::new(
                refused::PROTOCOL_PART_UNKNOWN,
                format!(
                    "--arm {named:?}: {} has no such arm. Arms: {arms}",
                    protocol.id
                ),
            )
        }),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::new(
            refused::INPUT_MISSING,
            format!("which arm? Write {}/ARM. Arms: {arms}", protocol.id),
        )),
    }
}

/// The treatment of this name, or the only one: which of several a patient gets is not guessed.
fn find_option<'p>(arm: &'p Arm, named: Option<&String>) -> Result<&'p TreatmentOption, Failure> {
    let options = arm.options.iter().map(|option| option.id.as_str());
    let options: Vec<&str> = options.collect();
    let options = options.join(", ");
    match (named, &*arm.options) {
        (Some(named), all) => {
            let found = all.iter().find(|option| option.id.is(named));
            found.ok_or_else(|| {
                Failure::new(refused::PROTOCOL_PART_UNKNOWN, format!(
                    "the arm {} has no such treatment. Treatments: {options}",
                    arm.id
                ))
            })
        }
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::new(refused::PROTOCOL_PART_MISSING, format!(
            "which treatment? The arm {} has several: write PROTOCOL/TREATMENT, or --option. Treatments: \
             {options}",
            arm.id
        ))
        .about("--option")),
    }
}

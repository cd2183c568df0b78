//! `site`: a site file to fill in, and one read.

use std::path::{Path, PathBuf};

use chemorad::capecitabine::{RoundingRule, RuleSelection, RuleSet, RuleSetName, RuleTopic};
use chemorad::radiotherapy::Weekdays;
use chemorad_case::{Site, SiteHolidays, SiteKey};
use chemorad_crosscheck::Tolerances;
use chemorad_render::site::Checked;
use clap::Subcommand;

use crate::args::site::read;
use crate::failure::{Failure, Refusal};
use crate::holidays::read_dates;
use crate::new_file::given;
use crate::output::Context;
use crate::refused;
use crate::report::Report;
use crate::rules;

/// What a site decides once for all its patients: a file that commands take with --site.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad site new
  chemorad site new -o clinic.toml
  chemorad site check examples/site.toml")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Write a site file with every question, why it is asked, and the choices. What stays a comment in it is
    /// not decided, and is asked where it is needed.
    New {
        /// Where to write it; a file that is there is replaced with --force alone.
        #[arg(short, long, value_name = "clinic.toml")]
        output: Option<PathBuf>,
    },
    /// Read a site file and the files that it names: everything that is wrong is said at once, and what is
    /// not decided is listed.
    Check {
        /// The file.
        #[arg(value_name = "clinic.toml")]
        file: PathBuf,
    },
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.what {
            What::New { output } => given(
                context,
                SiteKey::all_as_template(),
                output.as_deref(),
                "toml",
                [],
            ),
            What::Check { file } => check(context, &file),
        }
    }
}

fn check(context: &Context<'_>, file: &Path) -> Result<Report, Failure> {
    let site = read(context, file)?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut wrong: Vec<String> = Vec::new();
    if let Some(SiteHolidays::File(name)) = &site.holidays {
        wrong.extend(
            read_dates(context, &folder.join(name))
                .err()
                .map(|failure| failure.to_string()),
        );
    }
    wrong.extend(rule_sets(context, &site, folder));
    for (name, value) in &site.plan_tolerances {
        let set = Tolerances::default().set(&format!("{name}={value}"));
        wrong.extend(set.err().map(|error| format!("plan_tolerances: {error}")));
    }
    let today = context.environment.now.date();
    if site.decided_on > today {
        wrong.push(format!(
            "decided_on = {} is after today, {today}: write the day on which it was decided",
            site.decided_on
        ));
    }
    if let (Some(weekdays), Some(weekly)) = (site.weekdays, site.fractions_per_week) {
        let days = weekdays.per_week();
        if u32::from(weekly) > 3 * days {
            wrong.push(format!(
                "fractions_per_week = {weekly} on weekdays = \"{weekdays}\" is more than 3 fractions a day: correct one of them"
            ));
        }
    }
    if !wrong.is_empty() {
        let place = format!("{}: ", file.display());
        let reasons = wrong.iter();
        let reasons =
            reasons.map(|why| Refusal::new(refused::SITE_REFUSED, format!("{place}{why}")));
        return Err(Failure::all(reasons.collect()));
    }
    let checked = Checked::new(
        site.origin(file.display().to_string()),
        site.undecided(),
        doubtful(&site),
    );
    Ok(Report::new(checked.page(), &checked))
}

/// What is wrong with the rule sets, alone and together.
fn rule_sets(context: &Context<'_>, site: &Site, folder: &Path) -> Option<String> {
    let load = |name: &RuleSetName| -> Result<RuleSet, Failure> {
        if name.is_file() {
            let beside = folder.join(name.as_str()).display().to_string();
            rules::load(context, &beside.parse()?)
        } else {
            rules::load(context, name)
        }
    };
    let selected = match RuleSelection::from_choices(&site.rule_sets, load) {
        Ok(selected) => selected,
        Err(failure) => return Some(format!("rule_sets: {failure}")),
    };
    let table = site.rounding.as_ref().and_then(RoundingRule::table);
    if let Some(Err(failure)) = table.map(load) {
        return Some(format!("rounding: {failure}"));
    }
    let waived = site.without_rules.iter();
    let waived: Vec<String> = waived
        .filter_map(|topic| {
            if !RuleTopic::NEEDED.contains(topic) {
                return Some(format!("without_rules: nobody asks for {topic}"));
            }
            let set = selected.get(*topic)?;
            Some(format!(
                "without_rules says that {topic} is checked elsewhere, and rule_sets has {} for it: leave one out",
                set.id
            ))
        })
        .collect();
    (!waived.is_empty()).then(|| waived.join("; "))
}

/// What can be meant, and is more likely a slip.
fn doubtful(site: &Site) -> Vec<String> {
    let stock = site.tablet_strengths.iter();
    let strengths = stock.flat_map(|stock| stock.tablets().map(|tablet| tablet.strength));
    let others = strengths.filter(|strength| !KNOWN_TABLETS.contains(&strength.milligrams()));
    let mut doubts: Vec<String> = others
        .map(|strength| {
            format!(
                "tablet_strengths: {strength}; the labels of the US and the EU have tablets of 150 and 500 mg"
            )
        })
        .collect();
    if let (Some(weekdays), Some(weekly)) = (site.weekdays, site.fractions_per_week) {
        let days = weekdays.per_week();
        if u32::from(weekly) % days.max(1) != 0 {
            doubts.push(format!(
                "fractions_per_week = {weekly} on weekdays = \"{weekdays}\" is no whole number a day: a case with a calendar is refused"
            ));
        }
    }
    doubts.extend(roundings(site));
    if let Some(SiteHolidays::Listed(dates)) = &site.holidays {
        let weekdays = site.weekdays.unwrap_or(Weekdays::MONDAY_TO_FRIDAY);
        let free = dates
            .iter()
            .filter(|date| !weekdays.contains(date.weekday()));
        let free: Vec<String> = free.map(ToString::to_string).collect();
        if let Some(last) = dates.iter().max().filter(|last| **last < site.decided_on) {
            doubts.push(format!(
                "holidays: the last is {last}, before decided_on = {}: a course from then on has none; are those of the coming years missing?",
                site.decided_on
            ));
        }
        if !free.is_empty() {
            doubts.push(format!(
                "holidays: no treatment is given on {} anyway (weekdays = \"{weekdays}\"): is the date right?",
                free.join(", ")
            ));
        }
    }
    let tissue = |name: &str| site.alpha_beta.get(name).map(|tissue| tissue.alpha_beta);
    if let (Some(tumour), Some(late)) = (tissue("tumour"), tissue("late")) {
        if late >= tumour {
            doubts.push(format!(
                "alpha_beta.late = {late} is not below alpha_beta.tumour = {tumour}: have the two changed places?"
            ));
        }
    }
    let names = ["tumour", "late"];
    for name in site
        .alpha_beta
        .keys()
        .filter(|name| !names.contains(&name.as_str()))
    {
        if let Some(near) = chemorad_reader::nearest(name, &names) {
            doubts.push(format!(
                "alpha_beta.{name}: gap takes tumour and late; is alpha_beta.{near} meant?"
            ));
        }
    }
    doubts
}

/// Strengths of capecitabine tablets, mg: those of the US and EU labels, and of Japan.
const KNOWN_TABLETS: [u32; 3] = [150, 300, 500];

/// Tolerances and roundings that no rounding to tablets needs, or that none keeps.
fn roundings(site: &Site) -> Vec<String> {
    let fewest = match &site.rounding {
        Some(RoundingRule::Fewest(most)) => Some(("rounding", *most)),
        _ => None,
    };
    let tolerance = site
        .deviation_tolerance
        .map(|most| ("deviation_tolerance", most));
    let stock = site.tablet_strengths.iter();
    let mut strengths = stock.flat_map(|stock| stock.tablets().map(|tablet| tablet.strength));
    // tablets of 500 mg alone need as much as is allowed at all
    let has_small = strengths.any(|strength| strength.milligrams() < LARGE_TABLET);
    let is_coarse = site.tablet_strengths.is_some() && !has_small;
    let all = [fewest, tolerance].into_iter().flatten();
    let doubts = all.filter_map(|(key, most)| {
        let percent = most.percent();
        if percent > PUBLISHED_TOLERANCE && !is_coarse {
            return Some(format!(
                "{key}: {most} is more than published choices (BC Cancer 5 %, HOPA 10 %): is it meant?"
            ));
        }
        (percent < KEPT_TOLERANCE).then(|| {
            format!(
                "{key}: {most} is less than tablets can keep: those of 150 and 500 mg make steps of 50 mg at best, and half a step is 1 % of 2500 mg"
            )
        })
    });
    doubts.collect()
}

/// The largest tolerance that a text which was read chooses, in percent (HOPA).
const PUBLISHED_TOLERANCE: f64 = 10.0;

/// A smaller one, in percent, is kept by chance alone: tablets of 150 and 500 mg make steps of 50 mg at best
/// (a choice of this project).
const KEPT_TOLERANCE: f64 = 1.0;

/// The largest strength of a tablet on the labels, in milligrams.
const LARGE_TABLET: u32 = 500;

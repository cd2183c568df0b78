//! Rule sets by name or from a file.

use std::path::Path;

use chemorad::capecitabine::{BandTable, RuleSelection, RuleSet, RuleTopic};

use crate::failure::Failure;
use crate::input;

/// The names of the rule sets that come with the program.
pub(crate) fn names() -> String {
    let names: Vec<&str> = RuleSet::PUBLISHED
        .iter()
        .map(|set| set.id.as_str())
        .collect();
    names.join(", ")
}

fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("toml") || ending.eq_ignore_ascii_case("json")
    })
}

/// A shipped rule set, or one from a file in the same schema.
pub(crate) fn load(name: &str) -> Result<RuleSet, Failure> {
    if let Some(set) = RuleSet::published(name) {
        return Ok(set.clone());
    }
    if !is_file(name) {
        let given: String = name.chars().take(60).collect();
        return Err(Failure::new(format!(
            "{given:?} is not a rule set; shipped are {}; a file of your own ends in .toml or .json. \
             For one topic only write TOPIC=NAME, with renal, dpyd, toxicity or interactions",
            names()
        )));
    }
    let set: RuleSet = input::read(Path::new(name))?;
    distinct(name, set)
}

/// A file that changes a published text must not pass under its name.
pub(crate) fn distinct(name: &str, set: RuleSet) -> Result<RuleSet, Failure> {
    match RuleSet::published(&set.id) {
        Some(shipped) if *shipped != set => Err(Failure::new(format!(
            "{name}: the id {:?} is that of a shipped rule set with other content: give the file an \
             id of its own",
            set.id
        ))),
        _ => Ok(set),
    }
}

/// `NAME`, `FILE` or `TOPIC=NAME`; what is named for a topic is settled first.
pub(crate) fn select(named: &[String]) -> Result<RuleSelection, Failure> {
    let mut selection = RuleSelection::NONE;
    let mut whole = Vec::new();
    for text in named {
        let topic = text
            .split_once('=')
            .and_then(|(topic, name)| Some((topic.parse::<RuleTopic>().ok()?, name)));
        match topic {
            Some((topic, name)) => selection = selection.with_topic(topic, &load(name)?)?,
            None => whole.push(load(text)?),
        }
    }
    for set in &whole {
        selection = selection.with(set)?;
    }
    Ok(selection)
}

/// The dose table of a rule set.
pub(crate) fn table(name: &str) -> Result<BandTable, Failure> {
    let set = load(name)?;
    set.dose_table.clone().ok_or_else(|| {
        Failure::new(format!(
            "the rule set {:?} has no dose table: a table is what --rounding bands:NAME rounds by",
            set.id
        ))
    })
}

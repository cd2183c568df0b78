//! Rule sets by name or from a file.

use std::path::Path;

use chemorad::capecitabine::{RuleSelection, RuleSet};

use crate::failure::Failure;
use crate::input;
use crate::output::Context;

/// Whether a name is that of a file.
pub(crate) fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("toml") || ending.eq_ignore_ascii_case("json")
    })
}

/// A shipped rule set, or one from a file in the same schema.
pub(crate) fn load(context: &Context<'_>, name: &str) -> Result<RuleSet, Failure> {
    if is_file(name) {
        let set = input::read(context.files, Path::new(name))?;
        return distinct(set).map_err(|reason| Failure::new(format!("{name}: {reason}")));
    }
    Ok(RuleSet::named(name)?.clone())
}

/// A file that changes a published text must not pass under its name.
pub(crate) fn distinct(set: RuleSet) -> Result<RuleSet, String> {
    let mut shipped = RuleSet::PUBLISHED.iter();
    match shipped.find(|shipped| shipped.id.eq_ignore_ascii_case(&set.id)) {
        Some(shipped) if **shipped != set => Err(format!(
            "the id {:?} is that of a shipped rule set with other content: give the file an id of \
             its own",
            set.id
        )),
        _ => Ok(set),
    }
}

/// `NAME`, `FILE` or `TOPIC=NAME`.
pub(crate) fn select(context: &Context<'_>, named: &[String]) -> Result<RuleSelection, Failure> {
    RuleSelection::from_names(named, |name| load(context, name))
}

//! Rule sets by name or from a file.

use std::path::Path;

use chemorad::capecitabine::{RuleSelection, RuleSet, RuleSetChoice, RuleSetData, RuleSetName};

use crate::failure::Failure;
use crate::input;
use crate::output::Context;

/// A shipped rule set, or one from a file in the same schema.
pub(crate) fn load(context: &Context<'_>, name: &RuleSetName) -> Result<RuleSet, Failure> {
    if name.is_file() {
        let data: RuleSetData = input::read(context.files, Path::new(name.as_str()))?;
        let place = format!("{name}: ");
        let set = RuleSet::new(data).map_err(|faults| Failure::each(&place, faults.iter()))?;
        return distinct(set).map_err(|reason| Failure::new(format!("{name}: {reason}")));
    }
    Ok(RuleSet::named(name.as_str())?.clone())
}

/// A file that changes a published text must not pass under its name.
pub(crate) fn distinct(set: RuleSet) -> Result<RuleSet, String> {
    let mut shipped = RuleSet::PUBLISHED.iter();
    let shipped = shipped.find(|shipped| shipped.id.eq_ignore_ascii_case(&set.id));
    // a copy from before the text was superseded is still that text
    let of_today = |shipped: &RuleSet| {
        RuleSet::new(RuleSetData {
            superseded_by: shipped.superseded_by.clone(),
            ..set.clone().into()
        })
        .ok()
    };
    match shipped {
        Some(shipped) if of_today(shipped).as_ref() == Some(*shipped) => Ok((*shipped).clone()),
        Some(_) => Err(format!(
            "the id {:?} is that of a shipped rule set with other content: give the file an id of \
             its own",
            set.id
        )),
        _ => Ok(set),
    }
}

/// `NAME`, `FILE` or `TOPIC=NAME`.
pub(crate) fn select(context: &Context<'_>, named: &[String]) -> Result<RuleSelection, Failure> {
    let choices = named
        .iter()
        .map(|choice| choice.parse())
        .collect::<Result<Vec<RuleSetChoice>, _>>()?;
    RuleSelection::from_choices(&choices, |name| load(context, name))
}

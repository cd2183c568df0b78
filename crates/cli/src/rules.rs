//! Rule sets by name or from a file.

use std::path::Path;

use chemorad::capecitabine::{RuleSelection, RuleSet, RuleSetChoice, RuleSetData, RuleSetName};

use crate::failure::Failure;
use crate::input;
use crate::output::Context;

/// A shipped rule set, or one from a file in the same schema.
pub(crate) fn load(context: &Context<'_>, name: &RuleSetName) -> Result<RuleSet, Failure> {
    let set = read(context, name)?;
    context.used.borrow_mut().rule_set(&set);
    Ok(set)
}

/// The same without a note that a result rests on it: to see of what it speaks.
pub(crate) fn read(context: &Context<'_>, name: &RuleSetName) -> Result<RuleSet, Failure> {
    if name.is_file() {
        let data: RuleSetData = input::read(context.files, Path::new(name.as_str()))?;
        let place = format!("{name}: ");
        return RuleSet::from_site(data).map_err(|faults| Failure::each(&place, faults.iter()));
    }
    Ok(RuleSet::named(name.as_str())?.clone())
}

/// `NAME`, `FILE` or `TOPIC=NAME`.
pub(crate) fn select(context: &Context<'_>, named: &[String]) -> Result<RuleSelection, Failure> {
    let choices = named
        .iter()
        .map(|choice| choice.parse())
        .collect::<Result<Vec<RuleSetChoice>, _>>()?;
    RuleSelection::from_choices(&choices, |name| load(context, name))
}

//! What a case gives is checked whether or not the treatment needs it: a misprint in a field that
//! happens to be unused today is a wrong dose in the next case made from this one.

use super::course::asked;
use super::{Case, SheetError, drug_rules};
use crate::capecitabine::{RoundingPolicy, TabletStock};
use crate::protocol::{Action, Protocol};
use crate::radiotherapy::Weekdays;
use crate::text::is_heading;

pub(super) fn check(case: &Case, protocol: &Protocol) -> Result<(), SheetError> {
    if let Some(title) = &case.title {
        if !is_heading(title) {
            return Err(SheetError::Contradiction(
                "title: write one line of at most 200 characters, without control characters"
                    .into(),
            ));
        }
    }
    asked(case)?;
    let site = &case.site;
    if let Some(tablets) = &site.tablet_strengths {
        tablets.join(", ").parse::<TabletStock>()?;
    }
    match (&site.rounding, site.ties) {
        // the missing tie rule is reported with the protocol's question, where it is needed
        (Some(rounding), None) if rounding == "nearest" => {}
        (Some(rounding), ties) => {
            RoundingPolicy::parse(rounding, ties)?;
        }
        (None, _) => {}
    }
    if let Some(given) = &site.capecitabine_days {
        for drug in &protocol.drugs {
            let question = drug.days.question();
            if let Some(question) = question.filter(|_| drug.days.answered(given).is_none()) {
                return Err(SheetError::not_a_choice(
                    "site.capecitabine_days",
                    given,
                    question,
                ));
            }
        }
    }
    if let Some(given) = &site.escalated_concurrent_drug {
        let options = protocol.arms.iter().flat_map(|arm| &arm.options);
        for action in options.flat_map(|option| &option.actions) {
            let Action::Radiotherapy {
                concurrent_drugs, ..
            } = action
            else {
                continue;
            };
            let question = concurrent_drugs.question();
            if let Some(question) = question.filter(|_| concurrent_drugs.answered(given).is_none())
            {
                return Err(SheetError::not_a_choice(
                    "site.escalated_concurrent_drug",
                    given,
                    question,
                ));
            }
        }
    }
    drug_rules::check(case)?;
    if let Some(calendar) = &case.calendar {
        calendar.weekdays.parse::<Weekdays>()?;
    }
    Ok(())
}

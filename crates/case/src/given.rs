//! What a case gives is checked whether or not the treatment needs it: a misprint in a field that
//! happens to be unused today is a wrong dose in the next case made from this one.

use std::string::{String, ToString};
use std::vec::Vec;

use super::course::asked;
use super::{Case, SheetError, drug_rules};
use chemorad::capecitabine::TabletStock;
use chemorad::radiotherapy::Weekdays;
use chemorad::text::is_heading;
use chemorad_protocol::Protocol;

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
        (Some(rounding), _) => {
            drug_rules::rounding(case, rounding)?;
        }
        (None, _) => {}
    }
    answers(case, protocol)?;
    drug_rules::check(case)?;
    if let Some(calendar) = &case.calendar {
        calendar.weekdays.parse::<Weekdays>()?;
    }
    Ok(())
}

/// The field of a case that answers a question, and what it says.
pub(super) fn answer<'c>(case: &'c Case, id: &str) -> (String, Option<&'c str>) {
    let site = &case.site;
    match id {
        DAYS => (format!("site.{DAYS}"), site.capecitabine_days.as_deref()),
        ESCALATED => (
            format!("site.{ESCALATED}"),
            site.escalated_concurrent_drug.as_deref(),
        ),
        id => (
            format!("site.answers.{id}"),
            site.answers.get(id).map(String::as_str),
        ),
    }
}

const DAYS: &str = "capecitabine_days";
const ESCALATED: &str = "escalated_concurrent_drug";
/// Answered by fields of their own, each with its own type.
const ELSEWHERE: &[(&str, &str)] = &[("fractions_per_week", "site.fractions_per_week")];

/// Every answer is to a question of the protocol and, where that lists values, one of its choices.
fn answers(case: &Case, protocol: &Protocol) -> Result<(), SheetError> {
    let site = &case.site;
    let own = [
        (DAYS, site.capecitabine_days.is_some()),
        (ESCALATED, site.escalated_concurrent_drug.is_some()),
    ];
    let own = own.iter().filter(|(_, given)| *given).map(|(id, _)| *id);
    let others = site.answers.keys().map(String::as_str);
    // how a text is to be read is reported, and changes no number of a sheet
    let reading = |id: &str| {
        let ambiguities = protocol.ambiguities.iter();
        let policies = protocol.drugs.iter().flat_map(|drug| &drug.site_policy);
        ambiguities
            .map(|ambiguity| &ambiguity.question)
            .chain(policies)
            .any(|question| question.id.is(id))
    };
    let mut open = protocol.questions();
    open.retain(|question| !reading(&question.id));
    for id in own.chain(others) {
        let (field, given) = answer(case, id);
        let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == id);
        if let Some((_, elsewhere)) = elsewhere {
            return Err(SheetError::Contradiction(format!(
                "{field}: this question is answered by {elsewhere}"
            )));
        }
        let Some(question) = open.iter().find(|question| question.id.is(id)) else {
            let mut ids: Vec<&str> = open.iter().map(|question| &*question.id).collect();
            ids.sort_unstable();
            ids.dedup();
            return Err(SheetError::Contradiction(format!(
                "{field}: the protocol {} does not ask this: it is stated there, or it is another protocol's question. Its open questions: {}.",
                protocol.id,
                if ids.is_empty() {
                    "none".to_string()
                } else {
                    ids.join(", ")
                }
            )));
        };
        let given = given.unwrap_or_default();
        let listed = question.choices.iter().any(|choice| choice.is(given));
        if !listed {
            return Err(SheetError::not_a_choice(&field, given, question));
        }
    }
    Ok(())
}

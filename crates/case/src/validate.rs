//! What a case gives is checked whether or not the treatment needs it: a misprint in a field that
//! happens to be unused today is a wrong dose in the next case made from this one.

use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::course::requested_endpoints;
use super::drug_rules;
use super::error::{Found, SheetError};
use chemorad::capecitabine::RoundingRule;
use chemorad::text::is_heading;
use chemorad_protocol::{Protocol, Question};
use chemorad_reader::nearest;

pub(super) fn check(case: &Case, protocol: &Protocol, found: &mut Found) {
    if case
        .title
        .as_deref()
        .is_some_and(|title| !is_heading(title))
    {
        found.add(SheetError::Contradiction(
            "title: write one line of at most 200 characters, without control characters".into(),
        ));
    }
    if let Err(error) = case.pathology.check() {
        found.add(SheetError::Contradiction(format!("pathology: {error}")));
    }
    found.keep(requested_endpoints(case));
    let site = &case.site;
    match (&site.rounding, site.ties) {
        // the missing tie rule is reported with the protocol's question, where it is needed
        (Some(RoundingRule::Nearest), None) | (None, _) => {}
        (Some(rounding), _) => {
            found.keep(drug_rules::rounding(case, rounding));
        }
    }
    answers(case, protocol, found);
    for id in site.drugs.keys().filter(|id| protocol.drug(id).is_none()) {
        let known: Vec<&str> = protocol.drugs.iter().map(|drug| &*drug.id).collect();
        found.add(SheetError::Contradiction(format!(
            "site.drugs.{id}: the protocol has no such drug; its drugs: {}",
            known.join(", ")
        )));
    }
    drug_rules::check(case, found);
}

/// The fields of `[site]` that hold a typed value. Every other name there is a question
/// of the protocol.
const TYPED: [&str; 15] = [
    "fractions_per_week",
    "body_surface_area_formula",
    "tablet_strengths",
    "rounding",
    "ties",
    "body_surface_area_cap",
    "dose_cap",
    "deviation_tolerance",
    "doses",
    "intensity",
    "administrations_per_day",
    "first_fraction",
    "day_one",
    "drugs",
    "answers",
];

/// The field of a case that answers a question of the protocol, and what it says. A question is
/// answered under its id, in `[site]` or in `[site.answers]`.
pub(super) fn answer<'c>(case: &'c Case, id: &str) -> (String, Option<&'c str>) {
    let site = &case.site;
    match (site.own_answers.get(id), site.answers.get(id)) {
        (Some(answer), _) => (format!("site.{id}"), Some(answer.as_str())),
        (None, Some(answer)) => (format!("site.answers.{id}"), Some(answer)),
        (None, None) => (format!("site.{id}"), None),
    }
}

/// Every answer is to a question of the protocol and, where that lists values, one of its choices.
fn answers(case: &Case, protocol: &Protocol, found: &mut Found) {
    let site = &case.site;
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
    let own = site.own_answers.keys().map(|id| (id, format!("site.{id}")));
    let others = site.answers.keys();
    let others = others.map(|id| (id, format!("site.answers.{id}")));
    for (id, field) in own.chain(others) {
        if TYPED.contains(&id.as_str()) {
            found.add(SheetError::Contradiction(format!(
                "{field}: this question is answered by site.{id}"
            )));
            continue;
        }
        let Some(question) = open.iter().find(|question| question.id.is(id)) else {
            found.add(not_asked(protocol, &open, &field, id));
            continue;
        };
        let (_, given) = answer(case, id);
        let given = given.unwrap_or_default();
        if site.own_answers.contains_key(id) && site.answers.contains_key(id) {
            found.add(SheetError::Contradiction(format!(
                "site.{id} and site.answers.{id}: answer the question once"
            )));
        }
        if !question.choices.iter().any(|choice| choice.is(given)) {
            found.add(SheetError::not_a_choice(&field, given, question));
        }
    }
}

/// An answer to nothing that this protocol asks: a misprint, or another protocol's question.
fn not_asked(protocol: &Protocol, open: &[&Question], field: &str, id: &str) -> SheetError {
    let mut ids: Vec<&str> = open.iter().map(|question| &*question.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = ids.clone();
    names.extend(TYPED);
    let meant = match nearest(id, &names) {
        Some(name) => format!("Did you mean site.{name}?"),
        None => "It is stated there, or it is another protocol's question.".to_string(),
    };
    let ids = if ids.is_empty() {
        "none".to_string()
    } else {
        ids.join(", ")
    };
    SheetError::Contradiction(format!(
        "{field}: the protocol {} does not ask this. {meant} Its open questions: {ids}.",
        protocol.id
    ))
}

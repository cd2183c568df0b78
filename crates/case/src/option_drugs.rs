//! The drugs of an option, with the site's answer where the protocol leaves them open.

use super::case::Case;
use super::drug::Drug;
use super::error::{Found, SheetError};
use super::provenance::Provenance;
use super::validate;
use chemorad_protocol::{Action, DrugRegimen, Protocol, Statement, TreatmentOption};

/// The drugs of an option, and whether each goes with radiotherapy; the site's answer is taken where
/// the protocol leaves them open. Without an answer, what each possible drug needs is noted too.
pub(super) fn drugs_of<'p>(
    case: &Case,
    protocol: &'p Protocol,
    option: &'p TreatmentOption,
    supplied: &mut Vec<Provenance>,
    found: &mut Found,
) -> Vec<(&'p DrugRegimen, bool)> {
    let mut drugs = Vec::new();
    for action in &option.actions {
        let Some(stated) = action.drugs() else {
            continue;
        };
        let concurrent = matches!(action, Action::Radiotherapy { .. });
        let ids = match (stated, stated.question()) {
            (Statement::Unspecified { values, .. }, Some(question)) => {
                let (field, given) = validate::answer(case, &question.id);
                let Some(given) = given else {
                    found.add(SheetError::unanswered(&field, question));
                    let possible = values.iter().flatten();
                    let possible = possible.filter_map(|id| protocol.drug(id));
                    possible.filter(|_| concurrent).for_each(|drug| {
                        let mut needs = Found::default();
                        Drug::new(case, protocol, drug, (None, Vec::new()), &mut needs);
                        found.add_if(&format!("if {} is given", drug.drug), needs);
                    });
                    continue;
                };
                supplied.push(Provenance {
                    basis: Some(format!("left open: {}", question.why)),
                    ..Provenance::by_site("concurrent drug", given)
                });
                let answered = stated.answered(given);
                let answered =
                    answered.ok_or_else(|| SheetError::not_a_choice(&field, given, question));
                found.keep(answered)
            }
            (known, _) => known.value(),
        };
        for id in ids.into_iter().flatten() {
            match protocol.drug(id) {
                Some(drug) => drugs.push((drug, concurrent)),
                None => found.add(SheetError::Unsupported(format!(
                    "the protocol does not describe the drug {id}"
                ))),
            }
        }
    }
    drugs
}

/// The name of a drug, the site's answer taken where the protocol leaves it open.
pub(super) fn named(
    case: &Case,
    drug: &DrugRegimen,
    supplied: &mut Vec<Provenance>,
) -> Result<String, SheetError> {
    match (drug.drug.value(), drug.drug.question()) {
        (Some(name), _) => Ok(name.to_string()),
        (None, Some(question)) => {
            let (field, given) = validate::answer(case, &question.id);
            let given = given.ok_or_else(|| SheetError::unanswered(&field, question))?;
            supplied.push(Provenance::by_site("drug", given));
            Ok(given.to_string())
        }
        (None, None) => Ok(drug.id.to_string()),
    }
}

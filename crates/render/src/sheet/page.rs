//! One patient's treatment sheet from top to bottom.

use chemorad::report::{Finding, decimal};
use chemorad_case::{DrugSheet, OtherDrug, Provenance, Sheet};

use super::dose::{course_section, doses, effects};
use super::time::{schedule_section, time_section};
use crate::capecitabine::{blocks_dose, is_shown_as_step, marked, no_dose, periods, steps};
use crate::document::Document;
use crate::sentence::counted;

/// Arm, course, doses, drug, dates, the source of each value, checks and working.
#[must_use]
pub fn page(sheet: &Sheet<'_>) -> Document {
    let mut page = Document::new(format!("Treatment sheet, {}", sheet.protocol)).in_columns();
    page.line(sheet.protocol_title);
    if let Some(title) = &sheet.title {
        page.line(title);
    }
    page.verdict_of(&sheet.findings);
    page.section("Patient");
    page.line(&sheet.patient_text());
    arm(&mut page, sheet);
    if let Some(course) = &sheet.course {
        course_section(&mut page, course, &sheet.apart);
        page.in_full(|page| doses(page, &sheet.volumes));
        effects(&mut page, &sheet.volumes);
    }
    if let Some(drug) = &sheet.drug {
        drug_section(&mut page, drug);
    } else if sheet.course.is_some() && sheet.other_drugs.is_empty() {
        page.section("Drug");
        page.line("none with this treatment (see the source of each value)");
    }
    if !sheet.other_drugs.is_empty() {
        page.section("Other drugs");
        for other in &sheet.other_drugs {
            page.item(&format!("{}  ", other.drug), &other.regimen);
            page.item("    ", &amount(other));
        }
    }
    if let Some(schedule) = &sheet.schedule {
        schedule_section(&mut page, schedule);
    }
    if let Some(time) = &sheet.time {
        time_section(&mut page, time);
    }
    page.in_full(|page| provenance(page, &sheet.supplied));
    // what a rule did to the drug, and what keeps a dose from being given, is said with the drug
    let drug = sheet.drug.as_ref();
    let marked = drug.and_then(|drug| marked(&drug.order));
    let without_dose = drug.is_some_and(|drug| drug.order.day().is_none());
    let checks: Vec<Finding> = sheet
        .findings
        .iter()
        .filter(|finding| !(is_shown_as_step(finding) || without_dose && blocks_dose(finding)))
        .chain(marked.as_ref())
        .cloned()
        .collect();
    page.open_sections(
        &[("Checks", checks)],
        &sheet.findings,
        &format!(
            "the sources of {}, doses by phase, decisions and working",
            counted(sheet.supplied.len(), "value", "values")
        ),
    );
    if !sheet.not_checked.is_empty() {
        page.item(
            "not checked    ",
            &format!("{}: review these separately", sheet.not_checked.join("; ")),
        );
    }
    page.working(&sheet.derivations);
    page
}

/// How much of a drug, or why that is not calculated.
fn amount(drug: &OtherDrug) -> String {
    let Some(amount) = &drug.amount else {
        return match &drug.not_calculated {
            Some(why) => format!("not calculated here: {why}"),
            None => "not calculated here".into(),
        };
    };
    let mut parts = vec![format!(
        "{}: {} mg calculated",
        amount.of,
        decimal(amount.calculated.value)
    )];
    if let Some(capped) = amount.capped {
        parts.push(format!("at most {} mg", decimal(capped.value)));
    }
    parts.push(match amount.rounded {
        Some(rounded) => format!("{} mg rounded by the site", decimal(rounded.value)),
        None => "not rounded (site.drugs gives no rounding for it)".into(),
    });
    parts.join("; ")
}

fn provenance(page: &mut Document, supplied: &[Provenance]) {
    if supplied.is_empty() {
        return;
    }
    page.section("Source of each value");
    let rows: Vec<Vec<String>> = supplied
        .iter()
        .map(|value| {
            vec![
                value.what.clone(),
                value.value.clone(),
                value.by.to_string(),
                value.basis.clone().unwrap_or_default(),
            ]
        })
        .collect();
    page.records(&["what", "value", "source", "basis"], &rows);
}

fn arm(page: &mut Document, sheet: &Sheet<'_>) {
    page.section("Arm and treatment");
    let option = &sheet.option;
    page.pairs(&[
        ("arm", format!("{} ({})", option.arm_title, option.arm)),
        ("treatment", format!("{} ({})", option.title, option.id)),
    ]);
    page.in_full(|page| {
        page.pairs(&[
            ("steps", option.steps.join("; then ")),
            ("in the text", format!("\"{}\"", option.quote)),
        ]);
        let reasons = sheet.assignment.reasons.iter();
        let evidence = reasons
            .filter(|reason| reason.arm == option.arm)
            .flat_map(|reason| &reason.evidence);
        for evidence in evidence {
            page.item("because ", &evidence.to_string());
        }
    });
}

fn drug_section(page: &mut Document, drug: &DrugSheet) {
    page.section(&format!("Drug: {}", drug.drug));
    let undated = drug.order.supply().is_none();
    let days = undated.then(|| ("days", drug.days.to_string()));
    steps(page, &drug.order, days);
    if drug.order.day().is_none() {
        no_dose(page, &drug.order);
    }
    if let Some(supply) = drug.order.supply() {
        periods(page, supply);
    }
}

//! A plan in a person's words.

use chemorad_dicom::{FractionGroup, Plan};

use super::words;
use crate::date::dicom_date;
use crate::document::Document;
use crate::sentence::capitalised;

/// The plan, its fraction groups and its dose references.
pub(super) fn plan_page(page: &mut Document, plan: &Plan) {
    let mut pairs = vec![("label", words::stated_text(plan.label.as_ref()))];
    for (name, value) in [
        ("name", &plan.name),
        ("description", &plan.description),
        ("prescription", &plan.prescription_description),
    ] {
        if value.is_some() {
            pairs.push((name, words::stated_text(value.as_ref())));
        }
    }
    pairs.extend([
        (
            "date",
            words::stated(plan.date.as_deref().map(dicom_date).as_deref()),
        ),
        ("approval", words::approval(&plan.approval)),
        ("intent", words::stated_term(plan.intent.as_deref())),
        ("technique", words::technique(plan)),
    ]);
    for reference in &plan.referenced_plans {
        if let Some(relationship) = &reference.relationship {
            let of_it = words::term(relationship);
            pairs.push(("other plan", format!("names one as its {of_it}")));
        }
    }
    page.pairs(&pairs);
    let mut pairs = vec![("made for", words::stated_term(plan.geometry.as_deref()))];
    let sets: Vec<String> = plan
        .structure_sets
        .iter()
        .map(|set| words::stated_uid(set.sop_instance.as_ref()))
        .collect();
    pairs.push((
        "structure set",
        if sets.is_empty() {
            "none named".into()
        } else {
            sets.join(", ")
        },
    ));
    for reference in &plan.referenced_plans {
        pairs.push(("other plan", words::plan_reference(reference)));
    }
    page.in_full(|page| page.pairs(&pairs));

    for group in &plan.fraction_groups {
        group_page(page, plan, group);
    }
    if plan.fraction_groups.is_empty() {
        page.paragraph("No fraction groups: the file does not say what is to be given.");
    }
    page.gap();
    if plan.dose_references.is_empty() {
        page.line("No dose references: the file states no prescribed dose.");
        return;
    }
    page.line("Dose references: the doses that the plan states as prescribed or allowed");
    let rows: Vec<Vec<String>> = plan
        .dose_references
        .iter()
        .map(|reference| {
            vec![
                words::numbered(reference.number),
                words::reference_type(reference),
                words::stated_term(reference.structure_type.as_deref()),
                words::stated_text(reference.description.as_ref()),
                words::gray(reference.target_prescription.as_ref()),
                words::limits(reference),
            ]
        })
        .collect();
    let header = [
        "no",
        "type",
        "given as",
        "description",
        "prescribed",
        "other doses",
    ];
    page.text_table(&header, &rows);
}

fn group_page(page: &mut Document, plan: &Plan, group: &FractionGroup) {
    let description = group
        .description
        .as_ref()
        .map_or(String::new(), |text| format!(" ({text})"));
    page.paragraph(&format!(
        "{}{description}: {}",
        capitalised(&group.place()),
        words::group(group)
    ));
    if !group.beams.is_empty() {
        let rows: Vec<Vec<String>> = group
            .beams
            .iter()
            .map(|beam| {
                let described = plan.beams.iter().find(|known| known.number == beam.number);
                let name = described.and_then(|beam| beam.name.as_ref());
                let effective = match beam.dose_type.as_deref() {
                    Some(code) if code != "PHYSICAL" => format!(" ({})", code.to_lowercase()),
                    _ => String::new(),
                };
                vec![
                    beam.number.to_string(),
                    name.map_or("-".into(), ToString::to_string),
                    words::beam_kind(described),
                    beam.purpose.to_string(),
                    words::gray(beam.dose.as_ref()) + &effective,
                    beam.meterset
                        .as_ref()
                        .map_or("-".into(), |meterset| meterset.value().to_string()),
                ]
            })
            .collect();
        let header = [
            "beam",
            "name",
            "kind",
            "purpose",
            "dose per fraction",
            "meterset",
        ];
        page.mixed_table(&header, &rows, 4);
    }
    if !group.brachy_setups.is_empty() {
        let rows: Vec<Vec<String>> = group
            .brachy_setups
            .iter()
            .map(|setup| vec![setup.number.to_string(), words::gray(setup.dose.as_ref())])
            .collect();
        page.table(&["brachytherapy setup", "dose per fraction"], &rows);
    }
    for reference in &group.dose_references {
        page.line(&format!(
            "dose reference {} in this group: prescribed {}",
            words::numbered(reference.number),
            words::gray(reference.target_prescription.as_ref())
        ));
    }
}

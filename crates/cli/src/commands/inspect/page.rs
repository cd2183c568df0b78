//! Inspected files as text.

use std::collections::BTreeMap;

use chemorad::report::{Finding, Outcome, Subject};
use chemorad_dicom::{Dose, FractionGroup, Identity, Kind, Plan, StructureSet};

use super::content::{Content, Found, Inspected, Maximum, Object, Output};
use super::words;
use chemorad_render::Document;

pub(super) fn page(output: &Output) -> Document {
    let mut page = Document::new("What is in the files");
    if let [Inspected { name, found, .. }] = output.files.as_slice() {
        file_page(&mut page, name, found);
    } else {
        table(&mut page, output);
        let shown = |found: &Found| match found {
            Found::Read(content) => !matches!(content.object, Object::Other {}),
            Found::NotRead { .. } => false,
        };
        for inspected in output.files.iter().filter(|file| shown(&file.found)) {
            file_page(&mut page, &inspected.name, &inspected.found);
        }
    }
    if !output.skipped.is_empty() {
        page.section("Skipped");
        page.line(&format!(
            "{} not DICOM: {}",
            match output.skipped.len() {
                1 => "1 file is".to_string(),
                count => format!("{count} files are"),
            },
            output.skipped.join(", ")
        ));
    }
    page
}

/// All files in a line each; those of no interest here by number.
fn table(page: &mut Document, output: &Output) {
    let mut rows = Vec::new();
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for Inspected { name, found, .. } in &output.files {
        let (what, short) = match found {
            Found::NotRead { error } => ("NOT READ", error.clone()),
            Found::Read(content) => match &content.object {
                Object::Plan { plan, .. } => (kind(&content.kind), words::plan(plan)),
                Object::Dose { dose, maximum, .. } => (
                    kind(&content.kind),
                    format!(
                        "{}; {}",
                        words::summation(&dose.summation),
                        maximum_text(maximum.as_ref())
                    ),
                ),
                Object::StructureSet { structure_set } => (
                    kind(&content.kind),
                    format!("{} regions", structure_set.regions.len()),
                ),
                Object::Other {} => {
                    *others.entry(&content.what).or_default() += 1;
                    continue;
                }
            },
        };
        rows.push(vec![name.clone(), what.into(), short]);
    }
    page.line("");
    if !rows.is_empty() {
        page.text_table(&["file", "what", "in short"], &rows);
    }
    for (what, count) in others {
        page.line(&format!("{count} x {what}: named, not read"));
    }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Plan => "plan",
        Kind::IonPlan => "ion plan",
        Kind::Dose => "dose",
        Kind::StructureSet => "structures",
        _ => "other",
    }
}

fn maximum_text(maximum: Option<&Maximum>) -> String {
    match maximum {
        Some(maximum) => format!("maximum {} {}", maximum.exact, maximum.unit),
        None => "no grid".into(),
    }
}

fn file_page(page: &mut Document, file: &str, found: &Found) {
    let content = match found {
        Found::Read(content) => content,
        Found::NotRead { error } => {
            page.section(file);
            page.line(&format!("not read: {error}"));
            return;
        }
    };
    page.section(&format!("{file}: {}", content.what));
    if let Some(patient) = &content.patient {
        page.pairs(&[
            ("patient's name", words::stated(patient.name.as_deref())),
            ("patient's ID", words::stated(patient.id.as_deref())),
            ("born", words::stated(patient.birth_date.as_deref())),
            ("sex", words::stated(patient.sex.as_deref())),
        ]);
    }
    let (identity, notes) = match &content.object {
        Object::Plan { plan, .. } => {
            plan_page(page, plan);
            (Some(&plan.identity), plan.notes.clone())
        }
        Object::Dose {
            dose,
            maximum,
            scale,
        } => {
            dose_page(page, dose, maximum.as_ref());
            let mut notes = vec![scale.clone()];
            notes.extend(dose.notes.iter().cloned());
            (Some(&dose.identity), notes)
        }
        Object::StructureSet { structure_set } => {
            structures_page(page, structure_set);
            (Some(&structure_set.identity), Vec::new())
        }
        Object::Other {} => (None, Vec::new()),
    };
    let notes = worth_knowing(notes);
    if !notes.is_empty() {
        page.paragraph("Worth knowing");
        page.findings(&notes);
    }
    page.paragraph("The file");
    footer(page, content, identity);
}

/// What passed is left out; what is said of one DVH after the other is said once.
fn worth_knowing(notes: Vec<Finding>) -> Vec<Finding> {
    let mut shown: Vec<(Finding, usize)> = Vec::new();
    for note in notes {
        if note.outcome == Outcome::Pass {
            continue;
        }
        let same = |known: &&mut (Finding, usize)| {
            known.0.code() == note.code() && known.0.message() == note.message()
        };
        match shown.iter_mut().find(same) {
            Some((_, others)) => *others += 1,
            None => shown.push((note, 0)),
        }
    }
    let text = |(note, others): (Finding, usize)| {
        if others == 0 {
            return note;
        }
        let places = format!("{} and {others} more", note.at());
        note.about(Subject::source(places))
    };
    shown.into_iter().map(text).collect()
}

fn footer(page: &mut Document, content: &Content, identity: Option<&Identity>) {
    let mut pairs = Vec::new();
    if let Some(identity) = identity {
        pairs.push(("made by", words::maker(identity)));
        let instance = identity.sop_instance.as_deref();
        pairs.push(("its UID", words::stated(instance)));
    }
    pairs.push(("encoding", content.encoding.clone()));
    pairs.push(("size", format!("{} bytes", content.size)));
    pairs.push(("SHA-256", content.sha256.clone()));
    if !content.not_read.is_empty() {
        pairs.push(("not read", content.not_read.join("; ")));
    }
    page.pairs(&pairs);
}

fn plan_page(page: &mut Document, plan: &Plan) {
    let mut pairs = vec![("label", words::stated_text(plan.label.as_ref()))];
    for (name, value) in [("name", &plan.name), ("description", &plan.description)] {
        if value.is_some() {
            pairs.push((name, words::stated_text(value.as_ref())));
        }
    }
    pairs.extend([
        ("date", words::stated(plan.date.as_deref())),
        ("approval", words::approval(&plan.approval)),
        ("intent", words::stated_term(plan.intent.as_deref())),
        ("technique", words::technique(plan)),
        ("made for", words::stated_term(plan.geometry.as_deref())),
    ]);
    let sets: Vec<String> = plan
        .structure_sets
        .iter()
        .map(|set| words::stated(set.sop_instance.as_deref()))
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
    page.pairs(&pairs);

    for group in &plan.fraction_groups {
        group_page(page, plan, group);
    }
    if plan.fraction_groups.is_empty() {
        page.paragraph("No fraction groups: the file does not say what is to be given.");
    }
    page.line("");
    if plan.dose_references.is_empty() {
        page.line("No dose references: the file states no prescribed dose.");
        return;
    }
    page.line("Dose references: what the plan says is prescribed or allowed in all");
    let rows: Vec<Vec<String>> = plan
        .dose_references
        .iter()
        .map(|reference| {
            vec![
                words::number(reference.number),
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
    let place = group.place();
    let description = group
        .description
        .as_ref()
        .map_or(String::new(), |text| format!(" ({text})"));
    page.paragraph(&format!(
        "F{}{description}: {}",
        &place[1..],
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
            "dose a fraction",
            "meterset",
        ];
        page.mixed_table(&header, &rows, 4);
    }
    if !group.brachy_setups.is_empty() {
        let rows: Vec<Vec<String>> = group
            .brachy_setups
            .iter()
            .map(|setup| {
                vec![
                    words::number(setup.number),
                    words::gray(setup.dose.as_ref()),
                ]
            })
            .collect();
        page.table(&["brachytherapy setup", "dose a fraction"], &rows);
    }
    for reference in &group.dose_references {
        page.line(&format!(
            "dose reference {} in this group: prescribed {}",
            words::number(reference.number),
            words::gray(reference.target_prescription.as_ref())
        ));
    }
}

fn dose_page(page: &mut Document, dose: &Dose<'_>, maximum: Option<&Maximum>) {
    let mut pairs = vec![
        ("dose of", words::summation(&dose.summation)),
        ("type", words::dose_type(dose)),
        ("units", words::units(dose)),
        ("maximum", maximum_text(maximum).replace("maximum ", "")),
    ];
    if let Some(comment) = &dose.comment {
        pairs.push(("comment", comment.to_string()));
    }
    match &dose.grid {
        Some(grid) => {
            pairs.push(("grid", words::grid(grid)));
            pairs.extend(words::frames(grid).map(|frames| ("frames", frames)));
        }
        None => pairs.push(("grid", "none: the file has no pixels".into())),
    }
    if let Some(scaling) = &dose.scaling {
        pairs.push(("scaling", format!("{scaling} a stored step")));
    }
    for plan in &dose.plans {
        pairs.push(("plan", words::plan_reference(plan)));
    }
    if dose.plans.is_empty() {
        pairs.push(("plan", "none named".into()));
    }
    page.pairs(&pairs);
    if dose.dvhs.is_empty() {
        return;
    }
    page.paragraph("Dose volume histograms, as the file states them");
    let text = |value: Option<String>| value.unwrap_or("-".into());
    let rows: Vec<Vec<String>> = dose
        .dvhs
        .iter()
        .map(|dvh| {
            let regions: Vec<String> = dvh.regions.iter().map(ToString::to_string).collect();
            vec![
                regions.join(", "),
                words::stated_term(dvh.dvh_type.as_deref()),
                dvh.dose_units.clone().unwrap_or("not stated".into()),
                text(dvh.maximum.as_ref().map(ToString::to_string)),
                text(dvh.mean.as_ref().map(ToString::to_string)),
                text(dvh.data_end.as_ref().map(ToString::to_string)),
            ]
        })
        .collect();
    let header = [
        "region",
        "type",
        "units",
        "maximum tag",
        "mean tag",
        "data end",
    ];
    page.mixed_table(&header, &rows, 3);
}

fn structures_page(page: &mut Document, set: &StructureSet) {
    page.pairs(&[("label", words::stated_text(set.label.as_ref()))]);
    page.line("");
    let rows: Vec<Vec<String>> = set
        .regions
        .iter()
        .map(|region| {
            vec![
                region.number.to_string(),
                words::stated_text(region.name.as_ref()),
                words::stated(region.interpreted_type.as_deref()),
                region.contours.to_string(),
            ]
        })
        .collect();
    page.mixed_table(&["no", "region", "type", "contours"], &rows, 3);
}

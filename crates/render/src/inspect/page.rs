//! Inspected files as text.

use std::collections::BTreeMap;

use chemorad::report::Outcome;
use chemorad_dicom::{Identity, Kind, StructureSet};

use super::content::{Content, Found, Inspected, Object, Results};
use super::dose::dose_page;
use super::plan::plan_page;
use super::record::{in_short, record_page};
use super::words;
use crate::date::dicom_date;
use crate::document::Document;
use crate::histograms::together;

/// All files in a table, and each plan, dose and structure set in full.
#[must_use]
pub fn page(output: &Results) -> Document {
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
    page.left_out("grids, histograms, UIDs, encoding, size and SHA-256");
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
fn table(page: &mut Document, output: &Results) {
    let mut rows = Vec::new();
    // a sentence is too long for a column beside long names
    let mut unread = Vec::new();
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for Inspected { name, found, .. } in &output.files {
        let (what, short) = match found {
            Found::NotRead { error, .. } => {
                unread.push(vec![name.clone(), error.clone()]);
                ("NOT READ", "why: below".into())
            }
            Found::Read(content) => match &content.object {
                Object::Plan { plan, .. } => (kind(&content.kind), words::plan(plan)),
                Object::Dose { dose, maximum, .. } => (
                    kind(&content.kind),
                    format!(
                        "{}; {}",
                        words::summation(&dose.summation),
                        maximum
                            .as_ref()
                            .map_or("no grid".into(), |maximum| format!("maximum {maximum}"))
                    ),
                ),
                Object::StructureSet { structure_set } => (
                    kind(&content.kind),
                    format!("{} regions", structure_set.regions.len()),
                ),
                Object::TreatmentRecord { treatment_record } => {
                    (kind(&content.kind), in_short(treatment_record))
                }
                Object::Other {} => {
                    *others.entry(&content.what).or_default() += 1;
                    continue;
                }
            },
        };
        rows.push(vec![name.clone(), what.into(), short]);
    }
    page.gap();
    if !rows.is_empty() {
        page.text_table(&["file", "what", "in short"], &rows);
    }
    if !unread.is_empty() {
        page.section("Not read");
        page.records(&["file", "why"], &unread);
    }
    for (what, count) in others {
        page.line(&format!("{count} x {what}: only the kind of file was read"));
    }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Plan => "plan",
        Kind::IonPlan => "ion plan",
        Kind::Dose => "dose",
        Kind::StructureSet => "structures",
        Kind::TreatmentRecord => "record",
        Kind::IonTreatmentRecord => "ion record",
        Kind::BrachyTreatmentRecord | Kind::TreatmentSummaryRecord | Kind::RadiationRecord(_) => {
            "record, not read"
        }
        Kind::RadiationSet(_) => "plan, not read",
        _ => "other",
    }
}

fn file_page(page: &mut Document, file: &str, found: &Found) {
    let content = match found {
        Found::Read(content) => content,
        Found::NotRead { error, .. } => {
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
            (
                "born",
                words::stated(patient.birth_date.as_deref().map(dicom_date).as_deref()),
            ),
            ("sex", words::stated(patient.sex.as_deref())),
        ]);
    }
    let (identity, mut notes) = match &content.object {
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
            (Some(&structure_set.identity), structure_set.notes.clone())
        }
        Object::TreatmentRecord { treatment_record } => {
            record_page(page, treatment_record);
            (
                Some(&treatment_record.identity),
                treatment_record.notes.clone(),
            )
        }
        Object::Other {} => (None, Vec::new()),
    };
    notes.retain(|note| note.outcome != Outcome::Pass);
    if !notes.is_empty() {
        page.paragraph("Worth knowing");
        page.grouped_findings(together(notes));
    }
    page.in_full(|page| {
        page.paragraph("The file");
        footer(page, content, identity);
    });
    if !content.not_read.is_empty() {
        page.in_brief(|page| {
            page.pairs(&[("not read", content.not_read.join("; "))]);
        });
    }
}

fn footer(page: &mut Document, content: &Content, identity: Option<&Identity>) {
    let mut pairs = Vec::new();
    if let Some(identity) = identity {
        pairs.push(("made by", words::maker(identity)));
        let instance = identity.sop_instance.as_ref();
        pairs.push(("UID", words::stated_uid(instance)));
    }
    pairs.push(("encoding", content.encoding.clone()));
    pairs.push(("size", format!("{} bytes", content.size)));
    pairs.push(("SHA-256", content.sha256.clone()));
    if !content.not_read.is_empty() {
        pairs.push(("not read", content.not_read.join("; ")));
    }
    page.pairs(&pairs);
}

fn structures_page(page: &mut Document, set: &StructureSet) {
    page.pairs(&[("label", words::stated_text(set.label.as_ref()))]);
    page.gap();
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

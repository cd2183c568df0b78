//! A dose in a person's words.

use chemorad::number::Decimal;
use chemorad_dicom::{DecimalString, Dose};

use super::words;
use crate::document::Document;
use crate::exact_dose::ExactDose;
use crate::number;

/// The dose, its grid and its histograms.
pub(super) fn dose_page(page: &mut Document, dose: &Dose<'_>, maximum: Option<&ExactDose>) {
    let mut pairs = vec![
        ("dose of", words::summation(&dose.summation)),
        ("type", words::dose_type(dose)),
        ("units", words::units(dose)),
        (
            "maximum",
            maximum.map_or("no grid".into(), ToString::to_string),
        ),
    ];
    if let Some(comment) = &dose.comment {
        pairs.push(("comment", comment.to_string()));
    }
    page.pairs(&pairs);
    let mut pairs = Vec::new();
    match &dose.grid {
        Some(grid) => {
            pairs.push(("grid", words::grid(grid)));
            pairs.extend(words::frames(grid).map(|frames| ("frames", frames)));
        }
        None => page.pairs(&[("grid", "none: the file has no pixels".into())]),
    }
    if let Some(scaling) = &dose.scaling {
        pairs.push((
            "scaling",
            format!("{} for each stored step", scaling.value()),
        ));
    }
    for plan in &dose.plans {
        pairs.push(("plan", words::plan_reference(plan)));
    }
    if dose.plans.is_empty() {
        pairs.push(("plan", "none named".into()));
    }
    page.in_full(|page| page.pairs(&pairs));
    if dose.dvhs.is_empty() {
        return;
    }
    page.in_full(|page| histograms(page, dose));
}

fn histograms(page: &mut Document, dose: &Dose<'_>) {
    page.paragraph("Dose volume histograms, as the file states them");
    let rounded =
        |value: Option<Decimal>| value.map_or("-".into(), |value| number::dose(value.to_f64()));
    let rows: Vec<Vec<String>> = dose
        .dvhs
        .iter()
        .map(|dvh| {
            vec![
                dvh.region_words(),
                words::stated_term(dvh.dvh_type.as_deref()),
                dvh.dose_units.clone().unwrap_or("not stated".into()),
                rounded(dvh.maximum.as_ref().map(DecimalString::value)),
                rounded(dvh.mean.as_ref().map(DecimalString::value)),
                rounded(dvh.volume_end),
            ]
        })
        .collect();
    let header = [
        "region",
        "type",
        "units",
        "maximum tag",
        "mean tag",
        "volume end",
    ];
    page.mixed_table(&header, &rows, 3);
}

//! The page of BED and EQD.

use chemorad::quantity::AbsorbedDose;
use chemorad::radiobiology::{EnclosureMethod, ModelParameters};
use chemorad::report::Finding;

use super::comparison;
use super::results::{OverInterval, Results};
use super::value::Value;
use crate::document::Document;
use crate::number::{dose, effect};

/// The results at each α/β that was asked for; `records` are the published records with such an α/β.
#[must_use]
pub fn page(results: &[&Results], reference: AbsorbedDose, records: &ModelParameters) -> Document {
    let mut page = Document::new("BED and EQD of one course to one volume");
    let one_table = comparison::has_comparisons(results);
    if one_table {
        let name = format!("EQD{}", dose(reference.gray()));
        comparison::table(&mut page, results, &name);
        page.in_full(|page| {
            for one in results {
                show(page, one, reference);
            }
        });
    } else {
        for one in results {
            show(&mut page, one, reference);
        }
    }
    if *records != ModelParameters::default() {
        page.paragraph(&format!("published: {}", records.in_words()));
    }
    page.in_full(|page| {
        page.paragraph("BED and EQD are shown to 3 decimals; --format json gives them in full.");
    });
    let mut warnings: Vec<Finding> = Vec::new();
    for warning in results.iter().flat_map(|result| &result.warnings) {
        if !warnings.contains(warning) {
            warnings.push(warning.clone());
        }
    }
    page.findings_under("Cautions", &warnings);
    let derivations = results.iter().flat_map(|result| &result.derivations);
    page.working(&derivations.cloned().collect::<Vec<_>>());
    page.left_out(if one_table {
        "BED, phases and working"
    } else {
        "working"
    });
    page
}

fn show(page: &mut Document, result: &Results, reference: AbsorbedDose) {
    page.section(&format!("a/b = {}", result.alpha_beta));
    if let Some(parameters) = &result.parameters {
        page.line(&parameters.in_words());
    }
    if let Some(record) = result.endpoint {
        page.line(&format!("{}; {}", record.name, record.source));
    }
    let name = format!("EQD{}", dose(reference.gray()));
    let total = &result.total;
    let header = [
        match &total.bed {
            Value::Bed(bed) => format!("{} Gy", bed.label()),
            _ => "BED Gy".to_string(),
        },
        match &total.eqd {
            Value::Eqd(eqd) => format!("{} Gy", eqd.label()),
            _ => format!("{name} Gy"),
        },
    ];
    let phases = result.phases.iter().zip(1..).map(|(row, number)| {
        vec![
            format!("phase {number}"),
            row.fractions.to_string(),
            dose(row.dose_per_fraction.value),
            dose(row.dose.gray()),
            row.bed.text(),
            row.eqd.text(),
        ]
    });
    let mut rows: Vec<Vec<String>> = phases.collect();
    rows.push(vec![
        "total".to_string(),
        total.fractions.to_string(),
        String::new(),
        dose(total.dose.gray()),
        total.bed.text(),
        total.eqd.text(),
    ]);
    page.table(&["", "n", "d Gy", "D Gy", &header[0], &header[1]], &rows);
    if let Some(time) = result.overall_time {
        page.paragraph(&format!(
            "overall time {time}; phases are each on their own, without loss to it"
        ));
    }
    if !result.terms.is_empty() {
        page.line("");
        let terms = result.terms.iter().map(|term| {
            vec![
                term.kind.name().to_string(),
                term.formula.clone(),
                effect(term.value),
            ]
        });
        let rows: Vec<Vec<String>> = terms.collect();
        page.mixed_table(&["term of the total", "", "BED Gy"], &rows, 2);
    }
    if let Some(over) = &result.over_interval {
        page.line(&over_interval(over));
    }
    if let Some(method) = total.bed.method() {
        page.paragraph(&format!(
            "Each interval contains the result for every value of the parameters in between ({}).",
            match method {
                EnclosureMethod::Monotone => "monotone",
                EnclosureMethod::Subdivided => "subdivided",
            }
        ));
    }
    comparison::show(page, &result.comparisons, &name);
}

fn over_interval(over: &OverInterval) -> String {
    let (bed, eqd) = match over {
        OverInterval::Plain { bed, eqd } => {
            let high = bed.high.map_or_else(
                || "no bound (the interval reaches zero)".to_string(),
                |high| effect(high.gray()),
            );
            (
                format!("{} to {high}", effect(bed.low.gray())),
                format!("{} to {}", effect(eqd.low), effect(eqd.high)),
            )
        }
        OverInterval::Parts { bed, eqd } => (bed.text(), eqd.text()),
    };
    format!("over the published interval of a/b: BED {bed}; EQD {eqd} Gy")
}

//! The course of a sheet, the dose of each volume, and what it is worth as BED and EQD2.

use chemorad::radiotherapy::Course;
use chemorad::report::decimal;
use chemorad_case::{NonSummedPhase, VolumeSheet};

use crate::document::Document;

/// Every prescription of every phase, and the phases that are not summed.
pub(super) fn course_section(page: &mut Document, course: &Course, non_summed: &[NonSummedPhase]) {
    page.section("Course");
    let rows: Vec<Vec<String>> = course
        .phases()
        .iter()
        .flat_map(|phase| {
            phase.prescriptions().iter().map(|prescription| {
                let fractionation = prescription.fractionation;
                vec![
                    phase.name().to_string(),
                    prescription.volume.to_string(),
                    fractionation.fractions().to_string(),
                    decimal(fractionation.gray_per_fraction()),
                    decimal(fractionation.total().gray()),
                ]
            })
        })
        .collect();
    page.mixed_table(&["phase", "volume", "n", "d Gy", "D Gy"], &rows, 2);
    for phase_alone in non_summed {
        let text = format!(
            "{}, {}: {}; not summed: no dose below includes it",
            phase_alone.volume, phase_alone.modality, phase_alone.dose
        );
        page.item(&format!("{}  ", phase_alone.phase), &text);
    }
}

/// The dose of each volume, phase by phase and in total.
pub(super) fn doses(page: &mut Document, volumes: &[VolumeSheet]) {
    page.section("Cumulative dose");
    let mut rows = Vec::new();
    for volume in volumes {
        for phase in &volume.phases {
            rows.push(vec![
                volume.volume.clone(),
                phase.phase.clone(),
                phase.fractionation.fractions().to_string(),
                decimal(phase.fractionation.total().gray()),
            ]);
        }
        rows.push(vec![
            volume.volume.clone(),
            "total".into(),
            volume.fractions.to_string(),
            decimal(volume.dose.gray()),
        ]);
    }
    page.mixed_table(&["volume", "phase", "n", "D Gy"], &rows, 2);
}

/// BED and EQD2 of each volume, and over the published interval of each a/b.
pub(super) fn effects(page: &mut Document, volumes: &[VolumeSheet]) {
    page.section("BED and EQD2 (shown to 3 decimals)");
    let mut rows = Vec::new();
    for volume in volumes {
        for effect in &volume.effects {
            rows.push(vec![
                volume.volume.clone(),
                decimal(effect.alpha_beta.gray()),
                decimal(volume.dose.gray()),
                format!("{:.3}", effect.bed.gray()),
                format!("{:.3}", effect.eqd.gray()),
            ]);
        }
    }
    page.mixed_table(&["volume", "a/b Gy", "D Gy", "BED Gy", "EQD2 Gy"], &rows, 1);
    for volume in volumes {
        for effect in &volume.effects {
            let (Some(record), Some(bed), Some(eqd)) = (
                effect.endpoint,
                effect.bed_over_interval,
                effect.eqd_over_interval,
            ) else {
                continue;
            };
            let high = bed.high.map_or_else(
                || "no bound (the interval reaches zero)".to_string(),
                |high| format!("{:.3} Gy", high.gray()),
            );
            let note = record
                .note
                .map_or_else(String::new, |note| format!("; {note}"));
            page.item(
                "  ",
                &format!(
                    "{}, {}, over its published interval: BED {:.3} Gy to {high}, EQD2 {:.3} to {:.3} Gy ({}{note})",
                    volume.volume, record.name, bed.low.gray(), eqd.low, eqd.high, record.source
                ),
            );
        }
    }
}

//! The course beside other schedules, with the same parameters on both sides.

use chemorad::quantity::{AbsorbedDose, Bed, Eqd};
use chemorad::radiobiology::{
    EffectModel, EnclosureMethod, Measure, Treatment, TreatmentTime, UncertainModel,
};
use serde::Serialize;

use super::Gray;
use super::interval::Range;
use crate::failure::Failure;
use crate::time::Schedule;
use chemorad_render::Document;

#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    Bed(Bed),
    Eqd(Eqd),
    Gray(Gray),
    Range(Range),
}

impl Shown {
    fn text(&self) -> String {
        let one = |gray: f64| format!("{gray:.3}");
        match self {
            Self::Bed(bed) => one(bed.gray()),
            Self::Eqd(eqd) => one(eqd.gray()),
            Self::Gray(gray) if gray.value.abs() < 0.0005 => one(0.0),
            Self::Gray(gray) => format!("{:+.3}", gray.value),
            Self::Range(range) => range.text(),
        }
    }
}

/// The course minus the other schedule.
#[derive(Serialize)]
struct Minus {
    bed: Shown,
    eqd: Shown,
}

/// Another schedule, and how the course differs from it.
#[derive(Serialize)]
pub(super) struct Comparison {
    schedule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall_time: Option<TreatmentTime>,
    bed: Shown,
    eqd: Shown,
    difference: Minus,
}

impl Comparison {
    pub(super) fn at_values(
        schedule: &Schedule,
        course: &Treatment,
        other: &Treatment,
        model: &EffectModel,
        reference: AbsorbedDose,
    ) -> Result<Self, Failure> {
        let effect = model.effect(other)?;
        let minus = |measure| -> Result<Shown, Failure> {
            let gray = model.difference(course, other, measure)?;
            Ok(Shown::Gray(Gray::new(gray)))
        };
        Ok(Self {
            schedule: schedule.to_string(),
            overall_time: other.time(),
            bed: Shown::Bed(effect.bed()),
            eqd: Shown::Eqd(effect.eqd(reference)?),
            difference: Minus {
                bed: minus(Measure::Bed)?,
                eqd: minus(Measure::Eqd(reference))?,
            },
        })
    }

    pub(super) fn over_intervals(
        schedule: &Schedule,
        course: &Treatment,
        other: &Treatment,
        model: &UncertainModel,
        reference: AbsorbedDose,
    ) -> Result<Self, Failure> {
        let minus = |measure| -> Result<Shown, Failure> {
            Ok(Shown::Range(
                model.difference(course, other, measure)?.into(),
            ))
        };
        Ok(Self {
            schedule: schedule.to_string(),
            overall_time: other.time(),
            bed: Shown::Range(model.bed(other)?.into()),
            eqd: Shown::Range(model.eqd(other, reference)?.into()),
            difference: Minus {
                bed: minus(Measure::Bed)?,
                eqd: minus(Measure::Eqd(reference))?,
            },
        })
    }

    pub(super) fn show(page: &mut Document, comparisons: &[Self], eqd: &str) {
        if comparisons.is_empty() {
            return;
        }
        page.paragraph("Beside other schedules, with the same parameters on both sides:");
        page.preformatted("");
        let rows: Vec<Vec<String>> = comparisons
            .iter()
            .flat_map(|other| {
                let days = other
                    .overall_time
                    .map_or_else(String::new, |time| time.days().to_string());
                [
                    vec![
                        other.schedule.clone(),
                        days,
                        "BED".to_string(),
                        other.bed.text(),
                        other.difference.bed.text(),
                    ],
                    vec![
                        String::new(),
                        String::new(),
                        eqd.to_string(),
                        other.eqd.text(),
                        other.difference.eqd.text(),
                    ],
                ]
            })
            .collect();
        page.mixed_table(
            &[
                "schedule",
                "days",
                "",
                "it gives Gy",
                "the course minus it Gy",
            ],
            &rows,
            3,
        );
        let subdivided = comparisons.iter().any(|other| {
            matches!(&other.difference.bed, Shown::Range(range) if range.method() == EnclosureMethod::Subdivided)
        });
        if subdivided {
            page.line("Differences are subdivided: their bounds hold, and may be slightly wide.");
        }
    }
}

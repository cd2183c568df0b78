//! What is calculated of each structure.

use chemorad_crosscheck::StructureInDose;
use chemorad_dosimetry::{Metric, PlanIndex, VoxelEffect};
use chemorad_render::dvh::{BoundedAmount, IndexOf, MetricOf, StructureDose};

use super::histogram::histogram;
use super::structures::Calculated;
use super::told::told;
use crate::parallel;

/// What is calculated of each structure.
pub(super) struct Asked {
    /// Metrics as they were asked for, and in gray.
    pub(super) metrics: Vec<(Metric, Metric)>,
    /// The doses of histograms.
    pub(super) doses: Option<Vec<f64>>,
    /// The prescribed dose that indices are of, Gy.
    pub(super) indices: Option<f64>,
    pub(super) effect: Option<VoxelEffect>,
}

impl Asked {
    pub(super) fn of(&self, calculated: &Calculated<'_>, place: usize) -> StructureDose {
        let region = calculated.opened.regions.get(place);
        let number = region.map_or(0, |region| region.number);
        let mut result = StructureDose {
            number,
            name: region.and_then(|region| region.name.clone()),
            volume: None,
            planes: None,
            end_caps_cc: None,
            metrics: Vec::new(),
            indices: Vec::new(),
            histogram: None,
            stored: Vec::new(),
            not_calculated: None,
            findings: Vec::new(),
        };
        let dose = match calculated.of(place) {
            StructureInDose::Dose(dose) => dose,
            StructureInDose::NoSolid(error) => {
                result.not_calculated = Some(error.to_string());
                return result;
            }
            StructureInDose::OtherFrame => {
                result.not_calculated = Some(
                "its frame of reference is not that of the dose, so where it lies in the dose is not known"
                    .into(),
            );
                return result;
            }
        };
        result.volume = Some(BoundedAmount {
            amount: dose.volume(),
            unit: "cc",
        });
        result.planes = Some((dose.planes, dose.spacing));
        result.end_caps_cc = Some(dose.end_caps_cc);
        // the largest structure would be left to one core at the end
        result.metrics = parallel::each(&self.metrics, |(asked, in_gray)| MetricOf {
            metric: *asked,
            value: dose
                .metric(in_gray, self.effect.as_ref())
                .map(|amount| BoundedAmount {
                    amount,
                    unit: asked.unit(),
                }),
        });
        result.histogram = self
            .doses
            .as_ref()
            .map(|doses| histogram(dose, doses, self.effect.as_ref()));
        result.stored = calculated.opened.stored_of(number, dose);
        if let Some(prescribed) = self.indices {
            let grid = &calculated.opened.grid;
            let indices = PlanIndex::ALL.into_iter();
            result.indices = indices
                .map(|index| IndexOf {
                    index,
                    formula: index.formula(),
                    value: index.of(dose, grid, prescribed),
                })
                .collect();
        }
        result.findings = told(region, &dose.notes, &result.stored);
        result
    }
}

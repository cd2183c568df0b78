//! What is to be said of structures beside their values.

use chemorad::report::{Finding, Subject};
use chemorad_crosscheck::{LimitFinding, NoLimitValue, StructureInDose};
use chemorad_dicom::RegionContours;
use chemorad_dosimetry::{DrawnStructure, StructureNote, notes_of_set};
use chemorad_render::dvh::StoredOf;

use super::structures::{Calculated, Opened};
use crate::parallel;

fn subject(region: Option<&RegionContours>) -> Subject {
    match region {
        Some(region) => match &region.name {
            Some(name) => Subject::target(name.clone()),
            None => Subject::path(format!("ROI {}", region.number)),
        },
        None => Subject::path("structure"),
    }
}

/// The notes of a structure, and the histogram of the dose file where it differs.
pub(super) fn told(
    region: Option<&RegionContours>,
    notes: &[StructureNote],
    stored: &[StoredOf],
) -> Vec<Finding> {
    let of_stored = stored.iter().filter_map(|stored| {
        let within = stored.within.unwrap_or(0.0);
        let StoredOf { metric, unit, .. } = *stored;
        StructureNote::of_stored(metric, unit, stored.stored, within, stored.ours?)
    });
    let notes = notes.iter().cloned().chain(of_stored);
    let subject = subject(region);
    notes
        .map(|note| Finding::from(note).about(subject.clone()))
        .collect()
}

impl Opened {
    /// What the structures of the set say of one another. Those in different frames of reference are not compared.
    pub(crate) fn of_set(&self) -> Vec<Finding> {
        let mut frames = self.regions.iter().map(|region| &region.frame_of_reference);
        let first = frames.next();
        if frames.any(|frame| Some(frame) != first) {
            return Vec::new();
        }
        let drawn: Vec<DrawnStructure<'_>> = self
            .regions
            .iter()
            .map(|region| DrawnStructure {
                name: region.name.as_ref().map(|name| name.reveal().as_str()),
                contours: &region.closed,
                images: &region.images,
            })
            .collect();
        let notes = notes_of_set(&drawn).into_iter();
        notes
            .map(|(place, note)| Finding::from(note).about(subject(self.regions.get(place))))
            .collect()
    }
}

impl Calculated<'_> {
    /// What is to be said of the structures that these limits were held against, as `dvh` says it of every structure;
    /// and of each whose histogram the dose file holds otherwise.
    pub(crate) fn told(&self, limits: &[Finding]) -> Vec<Finding> {
        let limits = limits.iter();
        let limits = limits.filter_map(|finding| finding.observation::<LimitFinding>());
        let subjects = limits.map(|limit| &limit.against);
        // what has no value because of where it lies was measured too
        let measured = subjects.filter(|subject| {
            matches!(
                subject.value,
                Ok(_) | Err(NoLimitValue::Outside | NoLimitValue::NotDefined)
            )
        });
        let measured: Vec<&str> = measured
            .filter_map(|subject| subject.name.as_ref())
            .map(|name| name.reveal().as_str())
            .collect();
        let places: Vec<usize> = (0..self.opened.regions.len()).collect();
        let of_place = |place: &usize| {
            let region = self.opened.regions.get(*place);
            let name = region.and_then(|region| region.name.as_ref());
            let is_measured = name.is_some_and(|name| measured.contains(&name.reveal().as_str()));
            let number = region.map_or(0, |region| region.number);
            let is_stored = self.opened.has_stored(number);
            if !is_measured && !is_stored {
                return Vec::new();
            }
            let StructureInDose::Dose(dose) = self.of(*place) else {
                return Vec::new();
            };
            let stored = self.opened.stored_of(number, dose);
            let notes: &[StructureNote] = if is_measured { &dose.notes } else { &[] };
            told(region, notes, &stored)
        };
        parallel::each(&places, of_place)
            .into_iter()
            .flatten()
            .collect()
    }
}

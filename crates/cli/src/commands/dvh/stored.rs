//! Histograms that the dose file holds, beside what is calculated here.

use chemorad::number::Decimal;
use chemorad_dicom::{DecimalString, Dvh};
use chemorad_dosimetry::{Bounded, ContouredDose, Metric};
use chemorad_render::dvh::StoredOf;

use super::structures::Opened;

impl Opened {
    /// What the dose file states of a structure, beside ours. Regions have the numbers of this structure set, where
    /// the dose names it or names none.
    pub(super) fn stored_of(&self, number: i32, dose: &ContouredDose<'_>) -> Vec<StoredOf> {
        let all = self.of_region(number);
        all.flat_map(|dvh| beside(dvh, dose)).collect()
    }

    /// Whether the dose file states anything of it.
    pub(super) fn has_stored(&self, number: i32) -> bool {
        self.of_region(number).next().is_some()
    }

    fn of_region(&self, number: i32) -> impl Iterator<Item = &Dvh> {
        let sets = &self.dose.structure_sets;
        let uid = self.structures.identity.sop_instance.as_ref();
        let is_own = uid.is_some_and(|uid| sets.iter().any(|set| set == uid.reveal()));
        let may_be = is_own || sets.is_empty();
        let is_of = move |dvh: &&Dvh| may_be && dvh.regions == [number] && dvh.excluded.is_empty();
        self.histograms.iter().filter(is_of)
    }
}

fn beside(dvh: &Dvh, dose: &ContouredDose<'_>) -> Vec<StoredOf> {
    let is = |text: &Option<String>, wanted: &str| text.as_deref() == Some(wanted);
    let mut all = Vec::new();
    let mut add = |metric: &'static str, unit, stored: Option<Decimal>, ours: Option<Bounded>| {
        if let Some(stored) = stored {
            all.push(StoredOf::new(metric, unit, stored.to_f64(), ours));
        }
    };
    if is(&dvh.volume_units, "CM3") {
        add("volume", "cc", dvh.whole_volume(), Some(dose.volume()));
    }
    if is(&dvh.dose_units, "GY") {
        let value = |text: &Option<DecimalString>| text.as_ref().map(DecimalString::value);
        for (metric, stored) in [
            ("mean", &dvh.mean),
            ("min", &dvh.minimum),
            ("max", &dvh.maximum),
        ] {
            let ours = metric.parse::<Metric>().ok();
            let ours = ours.and_then(|metric| dose.metric(&metric, None));
            add(metric, "Gy", value(stored), ours);
        }
    }
    all
}

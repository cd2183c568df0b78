//! Histograms that the dose file holds, beside what is calculated here.

use chemorad::number::Decimal;
use chemorad_dicom::{Dvh, OfBins};
use chemorad_dosimetry::{ContouredDose, Metric};
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

/// The dose of a tag and that of the bins are the same within this share.
const SAME_SHARE: f64 = 0.02;

fn beside(dvh: &Dvh, dose: &ContouredDose<'_>) -> Vec<StoredOf> {
    let is = |text: &Option<String>, wanted: &str| text.as_deref() == Some(wanted);
    let mut all = Vec::new();
    if is(&dvh.volume_units, "CM3") {
        let stored = dvh.whole_volume().map(Decimal::to_f64);
        all.extend(stored.map(|stored| StoredOf::new("volume", "cc", stored, Some(dose.volume()))));
    }
    if !is(&dvh.dose_units, "GY") {
        return all;
    }
    let of_bins = [
        ("mean of the bins", dvh.mean_of_bins()),
        ("min", None),
        ("max of the bins", dvh.maximum_of_bins()),
    ];
    let tags = [
        ("mean", &dvh.mean),
        ("min", &dvh.minimum),
        ("max", &dvh.maximum),
    ];
    for ((metric, tag), (name, bins)) in tags.into_iter().zip(of_bins) {
        let ours = metric.parse::<Metric>().ok();
        let ours = ours.and_then(|metric| dose.metric(&metric, None));
        let tag = tag.as_ref().map(|tag| tag.value().to_f64());
        all.extend(tag.map(|tag| StoredOf::new(metric, "Gy", tag, ours)));
        // what the tag says already is not said again
        let is_same = |bins: &OfBins| {
            tag.is_some_and(|tag| (tag - bins.value).abs() <= bins.within.max(SAME_SHARE * tag))
        };
        all.extend(bins.filter(|bins| !is_same(bins)).map(|bins| StoredOf {
            within: Some(bins.within),
            ..StoredOf::new(name, "Gy", bins.value, ours)
        }));
    }
    all
}

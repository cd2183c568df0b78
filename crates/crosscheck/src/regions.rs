//! Whether the regions that targets refer to are the volumes that the targets are called as.

use super::check::Checker;
use super::finding::no_target::RegionFit;
use super::finding::targets::TargetFinding;
use super::organ_name::is_organ;
use super::statement::named;
use super::structures::{Region, is_no_target, region};
use super::volume_name::without_type;
use chemorad::report::Identifying;
use chemorad_dosimetry::PlannedPrescription;

impl Checker<'_> {
    /// Each target against the region it refers to.
    pub(super) fn check_regions(&mut self, plan: &PlannedPrescription) {
        for target in named(plan) {
            let Some(number) = target.region else {
                continue;
            };
            let Some(found) = region(self.others, plan, number) else {
                continue;
            };
            let (region, fits) = match found {
                Region::Missing => (None, RegionFit::Missing),
                Region::Named(name) => {
                    let volume = |name: &Identifying<String>| self.named_volume(name.reveal());
                    let is_other = is_no_target(self.others, plan, number);
                    // the name of the target is said by itself
                    let is_an_organ = name.is_some_and(|name| self.is_organ(name))
                        && !self.is_organ(&target.name);
                    // a target drawn around an organ, for a target that is called as another volume
                    let is_of_organ = name.is_some_and(|name| {
                        let organ = without_type(name.reveal());
                        volume(&target.name).is_some()
                            && volume(name).is_none()
                            && organ.is_some_and(|organ| is_organ(&organ))
                    });
                    let fits = match (volume(&target.name), name.and_then(volume)) {
                        _ if is_other => RegionFit::NoTarget,
                        _ if is_an_organ || is_of_organ => RegionFit::Organ,
                        (Some(one), Some(other)) if one != other => RegionFit::Contradicts,
                        (Some(_), Some(_)) => RegionFit::Same,
                        _ => RegionFit::NotTold,
                    };
                    (name.cloned(), fits)
                }
            };
            self.push(TargetFinding::Region {
                plan: plan.source.clone(),
                target: target.name.clone(),
                number,
                region,
                fits,
            });
        }
    }
}

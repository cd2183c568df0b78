//! Which structures are asked for.

use chemorad::report::Finding;
use chemorad_crosscheck::LimitFinding;
use chemorad_dicom::RegionContours;

use super::structures::Opened;
use crate::failure::Failure;
use crate::refused;

/// The places of the structures with these names, each once in the file; without names those that limits were held
/// against, and without limits all.
pub(super) fn places(
    names: &[String],
    opened: &Opened,
    limits: &[Finding],
) -> Result<Vec<usize>, Failure> {
    if names.is_empty() {
        let is_limited = |region: &RegionContours| {
            let mut limits = limits
                .iter()
                .filter_map(Finding::observation::<LimitFinding>);
            limits.any(|limit| limit.against.name.is_some() && limit.against.name == region.name)
        };
        let all = opened.regions.iter().enumerate();
        return Ok(all
            .filter(|(_, region)| limits.is_empty() || is_limited(region))
            .map(|(at, _)| at)
            .collect());
    }
    names.iter().map(|name| place(name, opened)).collect()
}

fn place(name: &str, opened: &Opened) -> Result<usize, Failure> {
    let called = |(_, region): &(usize, &RegionContours)| {
        let own = region.name.as_ref();
        own.is_some_and(|own| own.reveal().trim() == name.trim())
    };
    let regions = opened.regions.iter().enumerate();
    let found: Vec<usize> = regions.filter(called).map(|(at, _)| at).collect();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let known = opened.regions.iter();
            let known: Vec<String> = known
                .filter_map(|region| region.name.as_ref().map(ToString::to_string))
                .collect();
            Err(Failure::new(
                refused::INPUT_UNKNOWN_NAME,
                format!(
                    "{} has no structure {name:?}; it has: {}",
                    opened.set.name,
                    known.join(", ")
                ),
            ))
        }
        several => Err(Failure::new(
            refused::STRUCTURE_NAME_TWICE,
            format!(
                "{} has {} structures called {name:?}",
                opened.set.name,
                several.len()
            ),
        )),
    }
}

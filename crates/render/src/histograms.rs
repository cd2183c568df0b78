//! Findings that say the same of one thing after the other: those of histograms, and what one cause is said of.

use std::collections::HashMap;

use chemorad::report::Finding;
use chemorad_dicom::GridFinding;

/// The findings in their order; those of histograms with one outcome stand together, as their words
/// are the same.
pub(crate) fn together(findings: impl IntoIterator<Item = Finding>) -> Vec<Vec<Finding>> {
    let mut groups: Vec<Vec<Finding>> = Vec::new();
    for finding in findings {
        let same = is_of_histogram(&finding).then(|| {
            groups.iter_mut().find(|group| {
                let mut known = group.iter();
                known.all(|known| is_of_histogram(known) && known.outcome == finding.outcome)
            })
        });
        match same.flatten() {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    of_one_cause(groups)
}

/// What is said in the same words of several things stands in the place of the first, where there are many.
fn of_one_cause(all: Vec<Vec<Finding>>) -> Vec<Vec<Finding>> {
    const MANY: usize = 3;
    // a long export has tens of thousands of findings: none is compared with all others
    let words = |group: &[Finding]| match group {
        [one] => Some(format!(
            "{} {:?} {} {:?}",
            one.code(),
            one.outcome,
            one.message(),
            one.values()
        )),
        _ => None,
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for said in all.iter().filter_map(|group| words(group)) {
        *counts.entry(said).or_default() += 1;
    }
    counts.retain(|_, count| *count >= MANY);
    let mut groups: Vec<Vec<Finding>> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    for group in all {
        let said = words(&group).filter(|said| counts.contains_key(said));
        let Some(said) = said else {
            groups.push(group);
            continue;
        };
        let place = *first.entry(said).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(known) => known.extend(group),
            None => groups.push(group),
        }
    }
    groups
}

fn is_of_histogram(finding: &Finding) -> bool {
    matches!(finding.observation(), Some(GridFinding::DvhMaximum { .. }))
}

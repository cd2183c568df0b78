//! Findings of histograms: a file has many, and says the same of one after the other.

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
    groups
}

fn is_of_histogram(finding: &Finding) -> bool {
    matches!(finding.observation(), Some(GridFinding::DvhMaximum { .. }))
}

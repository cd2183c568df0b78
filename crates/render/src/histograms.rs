//! Findings that say the same of one thing after the other: those of histograms, and what one cause is said of.

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
    let same = |one: &Finding, other: &Finding| {
        one.is(other.code())
            && one.outcome == other.outcome
            && one.message() == other.message()
            && one.values() == other.values()
    };
    let alike = |group: &[Finding], finding: &Finding| group.iter().all(|one| same(one, finding));
    let singles: Vec<Finding> = all
        .iter()
        .filter(|one| one.len() == 1)
        .flatten()
        .cloned()
        .collect();
    let many = |finding: &Finding| singles.iter().filter(|one| same(one, finding)).count() >= MANY;
    let mut groups: Vec<Vec<Finding>> = Vec::new();
    for group in all {
        let [finding] = group.as_slice() else {
            groups.push(group);
            continue;
        };
        let known = many(finding).then(|| groups.iter_mut().find(|known| alike(known, finding)));
        match known.flatten() {
            Some(known) => known.extend(group),
            None => groups.push(group),
        }
    }
    groups
}

fn is_of_histogram(finding: &Finding) -> bool {
    matches!(finding.observation(), Some(GridFinding::DvhMaximum { .. }))
}

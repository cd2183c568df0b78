//! Texts of a plan that name the patient, taken out of what is shown.

use chemorad_crosscheck::CrossCheck;
use chemorad_dicom::WITHHELD;

use super::inputs::Source;

/// After the check, not before it: the outcome does not depend on what may be shown.
pub(super) fn withhold(result: &mut CrossCheck, sources: &[Source]) {
    if sources.iter().all(|source| source.withheld.is_empty()) {
        return;
    }
    let hide = |shown: &mut String| *shown = text(shown, sources);
    for finding in &mut result.findings {
        *finding = finding.rewritten(|shown| text(shown, sources));
    }
    for group in &mut result.assigned {
        hide(&mut group.group);
        hide(&mut group.planned);
        hide(&mut group.because);
    }
    for derivation in &mut result.derivations {
        hide(&mut derivation.quantity);
        hide(&mut derivation.substitution);
        derivation.intermediate.iter_mut().for_each(hide);
    }
    result.not_read.iter_mut().for_each(hide);
}

pub(super) fn text(shown: &str, sources: &[Source]) -> String {
    let mut shown = shown.to_string();
    for withheld in sources.iter().flat_map(|source| &source.withheld) {
        // as it stands, and as a quoted text shows it
        let quoted = format!("{withheld:?}");
        shown = shown.replace(&quoted, WITHHELD);
        shown = shown.replace(withheld, WITHHELD);
    }
    shown
}

//! Drugs that no rule set may merely watch, with the source.

use crate::text::Text;

/// A drug that is never given with capecitabine.
pub(super) struct HardStop {
    /// Its name.
    pub(super) drug: &'static str,
    /// Every spelling that a rule set may use.
    names: &'static [&'static str],
    /// What says so.
    pub(super) source: &'static str,
}

const HARD_STOPS: &[HardStop] = &[HardStop {
    drug: "brivudine",
    names: &["brivudine", "brivudin"],
    // the European package leaflet among them
    source: "every text that was read says never together",
}];

/// The hard stop of a name.
pub(super) const fn hard_stop(name: &Text) -> Option<&'static HardStop> {
    let mut i = 0;
    while i < HARD_STOPS.len() {
        let mut j = 0;
        while j < HARD_STOPS[i].names.len() {
            if name.is(HARD_STOPS[i].names[j]) {
                return Some(&HARD_STOPS[i]);
            }
            j += 1;
        }
        i += 1;
    }
    None
}

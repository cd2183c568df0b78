//! The tablets of an administration, in words.

use chemorad::capecitabine::TabletCount;

pub(super) fn tablets_text(tablets: &[TabletCount]) -> String {
    let tablets: Vec<String> = tablets.iter().map(ToString::to_string).collect();
    tablets.join(" + ")
}

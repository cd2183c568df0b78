//! The places of the elements of a list: by name where it is the first of that name, by number
//! otherwise.

use std::collections::BTreeSet;

use chemorad::text::Text;

pub(crate) fn of<'p, T>(
    items: &'p [T],
    list: &str,
    name: impl Fn(&T) -> &Text,
) -> Vec<(String, &'p T)> {
    let mut seen = BTreeSet::new();
    items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let name = name(item);
            let plain = !name.trim().is_empty() && !name.contains(['[', ']']);
            let at = if plain && seen.insert(name) {
                format!("{list}.{name}")
            } else {
                format!("{list}[{index}]")
            };
            (at, item)
        })
        .collect()
}

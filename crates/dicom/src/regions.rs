//! Regions of a histogram by their numbers.

/// `1`, or `1 without 2, 3`.
pub(crate) fn regions_in_words(regions: &[i32], excluded: &[i32]) -> String {
    let listed = |numbers: &[i32]| {
        let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
        numbers.join(", ")
    };
    if excluded.is_empty() {
        listed(regions)
    } else {
        format!("{} without {}", listed(regions), listed(excluded))
            .trim_start()
            .into()
    }
}

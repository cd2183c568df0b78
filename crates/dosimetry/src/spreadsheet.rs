//! Texts that a spreadsheet takes for a formula when they stand in a cell.

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text of a cell: a formula gets an apostrophe in front, which a spreadsheet reads as "this is text".
///
/// ```
/// use chemorad_dosimetry::spreadsheet;
/// assert_eq!(spreadsheet::written("=PTV"), "'=PTV");
/// assert_eq!(spreadsheet::read(&spreadsheet::written("=PTV")), "=PTV");
/// assert_eq!(spreadsheet::written("PTV"), "PTV");
/// ```
#[must_use]
pub fn written(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}

/// What was [written](written()).
#[must_use]
pub fn read(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

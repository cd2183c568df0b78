//! Numbers for people, rounded for display in this one place. JSON keeps them exact.

/// A number with exactly so many decimals; what is shown as zero has no sign.
///
/// ```
/// use chemorad_render::number::fixed;
/// assert_eq!(fixed(53.0996, 3), "53.100");
/// assert_eq!(fixed(-0.0004, 3), "0.000");
/// ```
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|b| matches!(b, b'0' | b'.')) => digits.to_string(),
        _ => text,
    }
}

/// A difference: as [`fixed`], with a plus before what is more.
///
/// ```
/// use chemorad_render::number::signed;
/// assert_eq!(signed(1.25, 1), "+1.2");
/// assert_eq!(signed(-0.0004, 3), "0.000");
/// ```
#[must_use]
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let positive = text.bytes().any(|b| matches!(b, b'1'..=b'9')) && !text.starts_with('-');
    if positive { format!("+{text}") } else { text }
}

/// A number with at most so many decimals, and no trailing zeros.
///
/// ```
/// use chemorad_render::number::rounded;
/// assert_eq!(rounded(5.0e-1, 4), "0.5");
/// assert_eq!(rounded(f64::from(34.98_f32), 4), "34.98");
/// ```
#[must_use]
pub fn rounded(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') {
        let digits = text.trim_end_matches('0').trim_end_matches('.');
        return digits.to_string();
    }
    text
}

/// A dose in gray: at most four decimals, and six where four would show nothing of it.
///
/// ```
/// use chemorad_render::number::dose;
/// assert_eq!(dose(5.0 / 3.0), "1.6667");
/// assert_eq!(dose(0.000001), "0.000001");
/// ```
#[must_use]
pub fn dose(gray: f64) -> String {
    let text = rounded(gray, 4);
    if text == "0" { rounded(gray, 6) } else { text }
}

/// A BED or EQD in gray, and what is calculated with it: three decimals.
///
/// ```
/// assert_eq!(chemorad_render::number::effect(53.1), "53.100");
/// ```
#[must_use]
pub fn effect(gray: f64) -> String {
    fixed(gray, 3)
}

//! Characters that drive a terminal or turn the direction of writing, made visible.

use chemorad::text::steers;

/// Control characters and changes of writing direction as escapes; line feeds stay.
///
/// ```
/// assert_eq!(chemorad_render::visible("a\u{1b}[2Jb\n"), "a\\u{1b}[2Jb\n");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) && c != '\n' {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// As [`visible`], and a line feed cannot begin a line of its own: for names and texts of files.
///
/// ```
/// assert_eq!(chemorad_render::one_line("a\nb"), "a\\u{a}b");
/// ```
#[must_use]
pub fn one_line(text: &str) -> String {
    visible(text).replace('\n', "\\u{a}")
}

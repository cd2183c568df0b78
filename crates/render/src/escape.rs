//! Characters that drive a terminal or turn the direction of writing, made visible.

use std::fmt::Write as _;

use chemorad::text::is_control_or_bidi;

/// Control characters and changes of writing direction as escapes; line feeds stay.
///
/// ```
/// assert_eq!(chemorad_render::visible("a\u{1b}[2Jb\n"), "a\\u{1b}[2Jb\n");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_control_or_bidi(c) && c != '\n' {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// As [`visible`], and a line feed cannot begin a new line: for names and texts of files.
///
/// ```
/// assert_eq!(chemorad_render::one_line("a\nb"), "a\\u{a}b");
/// ```
#[must_use]
pub fn one_line(text: &str) -> String {
    visible(text).replace('\n', "\\u{a}")
}

/// JSON in which the same characters stand as escapes of JSON, so that a reader of the raw text sees
/// them and a program reads what it read before.
///
/// ```
/// assert_eq!(chemorad_render::visible_json("\"a\u{202e}b\"\n"), "\"a\\u202eb\"\n");
/// ```
#[must_use]
pub fn visible_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        // control characters of ASCII are escaped as JSON is written; what is left are line feeds
        // between values, and characters that JSON allows in a text
        if is_control_or_bidi(c) && c >= '\u{7f}' {
            let _ = write!(shown, "\\u{:04x}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

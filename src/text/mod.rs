//! Text and lists that are either constants of the program or read at run time.
//!
//! A built-in protocol is a `const`; a protocol file is data. Both have the same types.

mod constant;
mod files;
mod list;

pub use constant::Text;
pub use files::{by_text, coded_enum, from_text_or_parts, parsed};
pub use list::List;

/// Whether a character drives a terminal or turns the direction of writing, so that a reader may see
/// another line or another order of digits than the text has.
///
/// ```
/// use chemorad::text::is_control_or_bidi;
/// assert!(is_control_or_bidi('\u{1b}') && is_control_or_bidi('\u{202e}') && is_control_or_bidi('\n'));
/// assert!(!is_control_or_bidi('5') && !is_control_or_bidi('µ'));
/// ```
#[must_use]
pub fn is_control_or_bidi(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What may stand as a heading or a name: one line of at most 200 characters, with none that drive
/// a terminal or turn the direction of writing.
#[must_use]
pub fn is_heading(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING && !text.chars().any(is_control_or_bidi)
}

const LONGEST_HEADING: usize = 200;

//! The one message a wrong input ends with.

use std::fmt;

use chemorad::text::steers;

/// Wrong input or usage: one message, exit code 2.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.0.trim_end()))
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// A message is read on a terminal: it fits there, and what it quotes cannot drive the terminal.
const LONGEST: usize = 2000;

/// Control characters and changes of writing direction as escapes; line feeds stay.
pub(crate) fn visible(text: &str) -> String {
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
pub(crate) fn one_line(text: &str) -> String {
    visible(text).replace('\n', "\\u{a}")
}

fn shown(message: &str) -> String {
    let cut: String = message.chars().take(LONGEST).collect();
    // a line feed in the name of a file begins no line of its own
    let mut shown = visible(&cut).replace('\n', "\n  ");
    if cut.len() < message.len() {
        shown.push_str(" ...");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_cannot_flood_or_steer_a_terminal() {
        let flood = Failure::new("x".repeat(1_000_000)).to_string();
        assert!(flood.len() < 2 * LONGEST);
        let steering = Failure::new("a\u{1b}[2Jb\u{9b}c\u{202e}d\ne").to_string();
        assert_eq!(steering, "a\\u{1b}[2Jb\\u{9b}c\\u{202e}d\n  e");
    }
}

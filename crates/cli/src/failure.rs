//! The one message a wrong input ends with.

use std::fmt;

use chemorad::report::Outcome;
use chemorad_render::visible;

/// Why a command gives nothing: one message, and exit code 2 for wrong input or usage.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    pub(crate) exit: u8,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            exit: 2,
        }
    }

    /// One line for each reason, after the place they are all about.
    pub(crate) fn each<E: fmt::Display>(place: &str, reasons: impl Iterator<Item = E>) -> Self {
        let lines: Vec<String> = reasons.map(|reason| format!("{place}{reason}")).collect();
        Self::new(lines.join("\n"))
    }

    /// The input is right, and its checks forbid what was asked for: the exit code says which.
    pub(crate) fn judged(self, outcome: Outcome) -> Self {
        Self {
            exit: exit_code(outcome),
            ..self
        }
    }
}

/// 1 where a check failed, 3 where one cannot tell.
pub(crate) const fn exit_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 1,
        Outcome::CannotTell => 3,
        Outcome::Pass | Outcome::Warn | Outcome::NotApplicable => 0,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.message.trim_end()))
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

/// A message is read on a terminal: it fits there, and what it quotes cannot drive the terminal.
const LONGEST: usize = 8000;

fn shown(message: &str) -> String {
    let cut: String = message.chars().take(LONGEST).collect();
    // a line feed in the name of a file begins no new line
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

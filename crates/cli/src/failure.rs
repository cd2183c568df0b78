//! The one message a wrong input ends with.

use std::fmt;

use chemorad::report::{Code, Outcome};
use chemorad_render::visible;

use crate::coded::Coded;
use crate::refusal_code::{accepted, shared};
use crate::refused;

/// One reason why a command gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The argument that it is about, such as `--height`, where it is about one. One before the flags is
    /// called as the usage calls it.
    pub argument: Option<String>,
    /// What was given for it, where that was wrong.
    pub given: Option<String>,
    /// By what a program knows what is wrong: the code of the error of a room, such as
    /// `quantity.missing_unit` or `file.unknown_field`, or one of the reader of arguments, such as `input.missing`.
    pub code: Code,
    /// What would have been accepted, where that is a list.
    pub accepted: Vec<String>,
    /// What is wrong, and what to do.
    pub message: String,
    /// The message without the name of the flag, such as `is missing: ...`: a form says it of the
    /// label of the field.
    pub predicate: Option<String>,
}

impl Refusal {
    /// A reason with its code.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            argument: None,
            given: None,
            code,
            accepted: Vec::new(),
            message: message.into(),
            predicate: None,
        }
    }

    /// A reason that is about one argument.
    pub(crate) fn of(code: Code, argument: &str, message: impl Into<String>) -> Self {
        Self {
            argument: Some(argument.into()),
            ..Self::new(code, message)
        }
    }

    /// An argument that is missing, and what it is asked for or may be.
    pub(crate) fn missing(argument: &str, rest: &str) -> Self {
        let predicate = format!("is missing: {rest}");
        let message = format!("{argument} {predicate}");
        Self::of(refused::INPUT_MISSING, argument, message).on_a_form(predicate)
    }

    /// Makes it about one argument, where that is known.
    pub(crate) fn about(self, argument: Option<&str>) -> Self {
        Self {
            argument: argument.map(String::from).or(self.argument),
            ..self
        }
    }

    /// Adds what a form says of the label of the field.
    pub(crate) fn on_a_form(self, predicate: impl Into<String>) -> Self {
        Self {
            predicate: Some(predicate.into()),
            ..self
        }
    }

    /// What an error says, with its name and what it would have accepted.
    pub(crate) fn from_error(message: String, error: &impl Coded) -> Self {
        Self {
            accepted: accepted(error),
            ..Self::new(error.code(), message)
        }
    }

    /// This reason as it may be shown.
    pub(crate) fn shown(self) -> Self {
        Self {
            given: self.given.as_deref().map(shown),
            message: shown(self.message.trim_end()),
            predicate: self.predicate.as_deref().map(shown),
            ..self
        }
    }
}

/// Why a command gives nothing, and exit code 2 for wrong input or usage.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) exit: u8,
}

impl Failure {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self::all(vec![Refusal::new(code, message)])
    }

    /// Several reasons, one line each.
    pub(crate) const fn all(refusals: Vec<Refusal>) -> Self {
        Self { refusals, exit: 2 }
    }

    /// By what a program knows it: the code that all reasons have, or the one that says that they have several.
    pub(crate) fn code(&self) -> Code {
        shared(self.refusals.iter().map(|refusal| refusal.code))
    }

    /// Sets the argument that it is about.
    pub(crate) fn about(mut self, argument: &str) -> Self {
        for refusal in &mut self.refusals {
            refusal.argument = Some(argument.into());
        }
        self
    }

    /// Each of several errors, after the place they are all about.
    pub(crate) fn each<'e, E: Coded>(place: &str, errors: impl Iterator<Item = &'e E>) -> Self {
        let refusal = |error: &E| Refusal::from_error(format!("{place}{error}"), error);
        Self::all(errors.map(refusal).collect())
    }

    /// What an error says, after the place that it is about.
    pub(crate) fn at(place: &str, error: &impl Coded) -> Self {
        Self::all(vec![Refusal::from_error(format!("{place}{error}"), error)])
    }

    /// The same after the place that it is about.
    pub(crate) fn after(mut self, place: &str) -> Self {
        if let Some(first) = self.refusals.first_mut() {
            first.message.insert_str(0, place);
        }
        self
    }

    /// The same with what to do after its last reason.
    pub(crate) fn hint(mut self, what: &str) -> Self {
        if let Some(last) = self.refusals.last_mut() {
            last.message = format!("{}; {what}", last.message.trim_end());
        }
        self
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
        let reasons = self.refusals.iter().map(|refusal| &*refusal.message);
        let message = reasons.collect::<Vec<_>>().join("\n");
        f.write_str(&shown(message.trim_end()))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::all(vec![refusal])
    }
}

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::all(vec![Refusal::from_error(error.to_string(), &error)])
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
        let flood = Failure::new(refused::INPUT_VALUE, "x".repeat(1_000_000)).to_string();
        assert!(flood.len() < 2 * LONGEST);
        let steering =
            Failure::new(refused::INPUT_VALUE, "a\u{1b}[2Jb\u{9b}c\u{202e}d\ne").to_string();
        assert_eq!(steering, "a\\u{1b}[2Jb\\u{9b}c\\u{202e}d\n  e");
    }
}

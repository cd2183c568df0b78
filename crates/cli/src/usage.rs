//! What the reader of arguments refuses, by argument: a face with fields shows it at the field.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Refusal;

/// The arguments that a usage error is about, each with the message.
pub(crate) fn refusals(usage: &clap::Error) -> Vec<Refusal> {
    // a value that was read and is wrong has its own words; anything else those of the usage
    let message = usage
        .source()
        .map_or_else(|| usage.render().to_string(), ToString::to_string);
    let given = match usage.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(given)) => Some(given.clone()),
        _ => None,
    };
    let refusal = |argument: Option<String>| {
        Refusal {
            argument,
            given: given.clone(),
            message: message.clone(),
        }
        .shown()
    };
    let missing = usage.kind() == ErrorKind::MissingRequiredArgument;
    match usage.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(arguments)) if missing => arguments
            .iter()
            .map(|argument| Refusal::of(&name(argument), format!("{argument} is missing")).shown())
            .collect(),
        Some(ContextValue::String(argument)) => vec![refusal(Some(name(argument)))],
        Some(ContextValue::Strings(arguments)) => arguments
            .iter()
            .map(|argument| refusal(Some(name(argument))))
            .collect(),
        _ => vec![refusal(None)],
    }
}

/// A flag without its value; a place before the flags as the usage calls it.
fn name(argument: &str) -> String {
    let flag = argument.split_whitespace().next();
    let flag = flag.filter(|word| word.starts_with("--"));
    flag.unwrap_or(argument).to_string()
}

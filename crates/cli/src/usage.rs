//! What the reader of arguments refuses, by argument: a face with fields shows it at the field.

use std::error::Error as _;

use chemorad::report::Code;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Refusal;
use crate::refusal_code::{accepted, refusal_code};
use crate::refused;

/// The arguments that a usage error is about, each with the message.
pub(crate) fn refusals(usage: &clap::Error) -> Vec<Refusal> {
    // a value that was read and is wrong has its own words; anything else those of the usage
    let message = usage
        .source()
        .map_or_else(|| words(usage), ToString::to_string);
    let given = match usage.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(given)) => Some(given.clone()),
        _ => None,
    };
    let code = usage.source().and_then(refusal_code);
    let code = code.unwrap_or_else(|| kind(usage.kind()));
    let accepted = usage.source().map(accepted).unwrap_or_default();
    let accepted = match usage.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if accepted.is_empty() => values.clone(),
        _ => accepted,
    };
    let refusal = |argument: Option<String>| {
        Refusal {
            argument,
            given: given.clone(),
            code,
            accepted: accepted.clone(),
            message: message.clone(),
            predicate: None,
        }
        .shown()
    };
    let missing = usage.kind() == ErrorKind::MissingRequiredArgument;
    match usage.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(arguments)) if missing => arguments
            .iter()
            .map(|argument| {
                let message = format!("{argument} is missing");
                let refusal = Refusal::of(code, &name(argument), message);
                refusal.on_a_form("is missing").shown()
            })
            .collect(),
        Some(ContextValue::String(argument)) => vec![refusal(Some(name(argument)))],
        Some(ContextValue::Strings(arguments)) => arguments
            .iter()
            .map(|argument| refusal(Some(name(argument))))
            .collect(),
        _ => vec![refusal(None)],
    }
}

/// What is wrong with the arguments, without how they are written at a terminal: that helps at no field.
fn words(usage: &clap::Error) -> String {
    let text = |kind| match usage.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let suggested = |kind| text(kind).map_or_else(String::new, |name| format!("; is it {name}?"));
    let argument = text(ContextKind::InvalidArg);
    match (usage.kind(), argument) {
        (ErrorKind::ArgumentConflict, Some(argument)) => match text(ContextKind::PriorArg) {
            Some(other) if other != argument => {
                format!("{argument} cannot be used with {other}: give one of them")
            }
            _ => format!("{argument} is given more than once: give it once"),
        },
        (ErrorKind::UnknownArgument, Some(argument)) => {
            let near = suggested(ContextKind::SuggestedArg);
            format!("unexpected argument {argument}{near}")
        }
        (ErrorKind::InvalidValue, Some(argument)) => {
            let given = text(ContextKind::InvalidValue).unwrap_or_default();
            let choices = text(ContextKind::ValidValue);
            let choices = choices.map_or_else(String::new, |all| format!("; choices: {all}"));
            if given.is_empty() {
                format!("a value is required for {argument}{choices}")
            } else {
                format!("{given:?} is not a value of {argument}{choices}")
            }
        }
        (ErrorKind::InvalidSubcommand, _) => {
            let given = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            let near = suggested(ContextKind::SuggestedSubcommand);
            format!("unrecognized subcommand {given}{near}")
        }
        _ => usage.render().to_string(),
    }
}

/// The name of what is wrong with the arguments themselves.
const fn kind(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::MissingRequiredArgument => refused::INPUT_MISSING,
        ErrorKind::UnknownArgument => refused::INPUT_UNKNOWN_ARGUMENT,
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand => {
            refused::INPUT_UNKNOWN_COMMAND
        }
        ErrorKind::ArgumentConflict => refused::INPUT_CONFLICT,
        ErrorKind::InvalidUtf8 => refused::INPUT_TEXT,
        ErrorKind::NoEquals
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => refused::INPUT_NUMBER_OF_VALUES,
        _ => refused::INPUT_VALUE,
    }
}

/// A flag without its value; a place before the flags as the usage calls it.
fn name(argument: &str) -> String {
    let flag = argument.split_whitespace().next();
    let flag = flag.filter(|word| word.starts_with("--"));
    flag.unwrap_or(argument).to_string()
}

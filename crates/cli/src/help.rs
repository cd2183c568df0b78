//! Help: texts as wide as a terminal, and the first screen for `-h`. `--help` has everything.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::{Arg, Command};

use crate::first_flags::FIRST;

/// What a terminal holds without scrolling.
const LINES: usize = 24;
const WIDTH: usize = 80;

/// The command with texts that fit a terminal: paragraphs in one piece, examples that can be pasted.
pub(crate) fn prepared(command: Command) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|command| command.get_name().to_string())
        .collect();
    let command = names.iter().fold(command, |command, name| {
        command.mut_subcommand(name, prepared)
    });
    match command.get_after_help().map(ToString::to_string) {
        Some(text) => command.after_help(tidy(&text)),
        None => command,
    }
}

fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with(' ') {
            let mut whole = line.to_string();
            while let Some(start) = whole.strip_suffix('\\') {
                let next = lines.next().unwrap_or_default();
                whole = format!("{}{}", start, next.trim_start());
            }
            tidied.push_str(&pasteable(&whole));
        } else {
            tidied.push_str(line);
            // a paragraph goes on; a heading stands alone
            while !line.is_empty()
                && !line.ends_with(':')
                && lines
                    .peek()
                    .is_some_and(|next| !next.is_empty() && !next.starts_with(' '))
            {
                tidied.push(' ');
                tidied.push_str(lines.next().unwrap_or_default());
            }
        }
        tidied.push('\n');
    }
    tidied.trim_end().to_string()
}

/// The words of a line; those in quotation marks are one.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                words.extend(line.get(start..at).filter(|word| !word.is_empty()));
                start = at + 1;
            }
            _ => {}
        }
    }
    words.extend(line.get(start..).filter(|word| !word.is_empty()));
    words
}

/// An example in lines of a shell; a flag stays with its value.
fn pasteable(line: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for word in words(line) {
        match parts.last_mut() {
            Some(flag)
                if flag.starts_with('-') && !flag.contains(' ') && !word.starts_with('-') =>
            {
                flag.push(' ');
                flag.push_str(word);
            }
            _ => parts.push(word.to_string()),
        }
    }
    let mut lines = vec![String::from(" ")];
    for part in parts {
        let last = lines.last().map_or(0, |line| line.chars().count());
        // room for the mark that a line goes on
        if last + 1 + part.chars().count() > WIDTH - 2 {
            lines.push(String::from("   "));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(&part);
        }
    }
    lines.join(" \\\n")
}

/// The examples of a text, each with its lines.
fn examples(text: &str) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        if line.starts_with("  chemorad ") {
            found.push(vec![line]);
        } else if let Some(last) = found.last_mut() {
            if last.last().is_some_and(|before| before.ends_with('\\')) {
                last.push(line);
            }
        }
    }
    found
}

/// Adds a text in lines of the width, those after the first with a hanging indent.
fn wrap(lines: &mut Vec<String>, lead: &str, text: &str) {
    let hang = lead.chars().count();
    let mut line = lead.to_string();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(hang)));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line.trim_end().to_string());
}

/// The first screen of a command that is asked for with `-h`; none where something else is asked.
pub(crate) fn first_screen(mut command: Command, arguments: &[OsString]) -> Option<String> {
    command.build();
    let mut path = Vec::new();
    let mut found = &mut command;
    for argument in arguments.iter().skip(1) {
        let word = argument.to_str()?;
        if word == "-h" {
            return Some(screen(found, &path));
        }
        if found.find_subcommand(word).is_some() {
            path.push(word.to_string());
            found = found.find_subcommand_mut(word)?;
        }
    }
    None
}

fn screen(command: &mut Command, path: &[String]) -> String {
    if path.is_empty() {
        return ROOT.to_string();
    }
    let text = |text: Option<&StyledStr>| text.map(ToString::to_string).unwrap_or_default();
    let mut lines = Vec::new();
    wrap(&mut lines, "", &text(command.get_about()));
    lines.push(String::new());
    let usage = command.render_usage().to_string();
    for line in usage.lines() {
        wrap(&mut lines, "", line);
    }
    lines.push(String::new());
    let mut last = vec![String::new()];
    let path = path.join(" ");
    last.push(format!("Everything: chemorad {path} --help"));
    let after = text(command.get_after_help());
    let shown = examples(&after);
    // at least one example has its place
    let first = shown.first().map_or(0, |lines| lines.len() + 2);
    let entries = entries(command, &path);
    for entry in entries {
        if lines.len() + entry.len() + first + last.len() <= LINES {
            lines.extend(entry);
        }
    }
    for (at, example) in shown.into_iter().enumerate() {
        let head = if at == 0 { 2 } else { 0 };
        if lines.len() + head + example.len() + last.len() > LINES {
            break;
        }
        if at == 0 {
            lines.push(String::new());
            lines.push("Examples:".into());
        }
        lines.extend(example.into_iter().map(String::from));
    }
    lines.extend(last);
    lines.join("\n") + "\n"
}

/// What a command takes: its subcommands, or its arguments and the flags that come first, each in its lines.
fn entries(command: &Command, path: &str) -> Vec<Vec<String>> {
    let mut named: Vec<(String, String)> = Vec::new();
    let subcommands = command.get_subcommands();
    for one in subcommands.filter(|one| one.get_name() != "help") {
        let about = one.get_about().map(ToString::to_string).unwrap_or_default();
        named.push((one.get_name().to_string(), about));
    }
    if named.is_empty() {
        let first = FIRST.iter().find(|(name, _)| *name == path);
        let arguments = command.get_arguments().filter(|argument| {
            let is_of_all = ["help", "version"].contains(&argument.get_id().as_str());
            !is_of_all && !argument.is_global_set() && !argument.is_hide_set()
        });
        let arguments: Vec<&Arg> = arguments.collect();
        match first {
            Some((_, flags)) => {
                for (id, what) in *flags {
                    if let Some(argument) = arguments.iter().find(|one| one.get_id() == id) {
                        named.push((written(argument), (*what).to_string()));
                    }
                }
            }
            None => {
                for argument in arguments {
                    let help = argument
                        .get_help()
                        .map(ToString::to_string)
                        .unwrap_or_default();
                    named.push((written(argument), help));
                }
            }
        }
    }
    let names = named.iter().map(|(name, _)| name.chars().count());
    let width = names.max().unwrap_or(0).min(32);
    let lines = named.iter().map(|(name, what)| {
        let mut lines = Vec::new();
        wrap(&mut lines, &format!("  {name:<width$}  "), what);
        lines
    });
    lines.collect()
}

/// `--alpha-beta <10Gy,3Gy>`.
fn written(argument: &Arg) -> String {
    let values = argument.get_value_names().unwrap_or_default().iter();
    let values: Vec<String> = values.map(|name| format!("<{name}>")).collect();
    let takes = argument.get_action().takes_values();
    let value = if takes {
        values.join(" ")
    } else {
        String::new()
    };
    match argument.get_long() {
        Some(long) if value.is_empty() => format!("--{long}"),
        Some(long) => format!("--{long} {value}"),
        None => value,
    }
}

const ROOT: &str = "\
Cross-check chemoradiotherapy prescriptions: every number with its unit and how
it was reached

Usage: chemorad <COMMAND> [OPTIONS]

  dose and time  bed, solve, schedule, gap, courses, endpoints
  drug           bsa, clearance, capecitabine, rule-sets
  protocol       protocol, assign
  patient        case, sheet, site
  many patients  cohort
  files          inspect, check, dvh, dose
  response       ntcp, tcp from a histogram
  help           explain CODE, completions, help
  program        version, selftest

With any: --show-work, --format json, --report FILE.html

Examples:
  chemorad bed 45Gy/25+5.4Gy/3 --ab 3Gy
  chemorad bed 25Gy/5 --compare 50.4Gy/28 --ab 10Gy,3Gy
  chemorad check plan.dcm --protocol NCT06949098/adverse
  chemorad sheet examples/adjuvant-chemoradiotherapy.toml

Everything: chemorad --help; of a command: chemorad bed -h, chemorad bed --help
";

//! The data in the program: every protocol, rule set, table of limits and published
//! record of parameters against the checksums that it was built with.

use chemorad_protocol::library;
use chemorad_render::self_test::{Part, Trial};
use chemorad_render::version::{Build, Checksum};

use super::ask::{Asked, no_files};
use crate::build::sha256;

/// A line for each: kind, name, SHA-256. A test writes it anew.
const KNOWN: &str = include_str!("checksums.txt");

/// Whether data with this checksum is what the list has.
fn is_known(kind: &str, id: &str, sha256: &str) -> bool {
    KNOWN
        .lines()
        .any(|line| line == format!("{kind} {id} {sha256}"))
}

fn trial(kind: &'static str, one: &Checksum) -> Trial {
    let known = KNOWN.lines().find_map(|line| {
        let rest = line.strip_prefix(kind)?.trim_start();
        rest.strip_prefix(&one.id)?.strip_prefix(' ')
    });
    Trial::once(
        format!("{kind} {}", one.id),
        is_known(kind, &one.id, &one.sha256),
        known.unwrap_or("not in the list"),
        &one.sha256,
    )
}

/// Every protocol, rule set, table of limits and record of parameters, and the protocols held against their own words.
pub(super) fn part(asked: Asked<'_>, build: &Build, quick: bool) -> Part {
    let protocols = build.protocols.iter().map(|one| trial("protocol", one));
    let rule_sets = build.rule_sets.iter().map(|one| trial("rule-set", one));
    let limits = build.limits.iter().map(|one| trial("limits", one));
    let parameters = build.parameters.iter().map(|one| trial("parameters", one));
    let data = protocols.chain(rule_sets).chain(limits).chain(parameters);
    let mut trials: Vec<Trial> = data.collect();
    let listed = KNOWN.lines().count();
    trials.push(Trial::once(
        "number of protocols, rule sets, tables of limits and parameters",
        listed == trials.len(),
        listed.to_string(),
        trials.len().to_string(),
    ));
    if !quick {
        let linted = asked.of(&["protocol", "lint", "--all"], &no_files());
        trials.push(Trial::once(
            "protocol lint --all",
            linted.exit == 0 || linted.exit == 3,
            "no protocol fails",
            format!("exit {}", linted.exit),
        ));
    }
    Part {
        name: "data",
        about: "protocols, rule sets, limits and parameters are those of the build",
        trials,
    }
}

/// A protocol with one bit changed: its checksum must not be known.
pub(super) fn spoiled() -> Option<Trial> {
    let id = library::ids().next()?;
    let mut bytes = library::text(id)?.as_bytes().to_vec();
    let last = bytes.last_mut()?;
    *last ^= 1;
    let id = id.to_string();
    Some(trial(
        "protocol",
        &Checksum {
            id,
            sha256: sha256(&bytes),
        },
    ))
}

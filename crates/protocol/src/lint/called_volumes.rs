//! A volume is called what its passage calls it: a passage about the pelvis is none about the brain.

use super::bound_doses::folded;
use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::{contradiction, written};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::token::Token;
use crate::statement::Status;

/// What is irradiated, by its usual words.
const TARGETS: &[&str] = &[
    "pelvis",
    "tumour",
    "rectum",
    "mesorectum",
    "nodes",
    "ptv",
    "ctv",
    "gtv",
    "itv",
    "breast",
    "brain",
    "prostate",
    "lung",
    "anus",
    "cervix",
    "uterus",
    "bladder",
    "oesophagus",
    "esophagus",
    "stomach",
    "pancreas",
    "liver",
    "larynx",
    "neck",
    "bed",
    "chest",
];

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, volume) in place::of(&protocol.volumes, "volumes", |volume| &volume.name) {
        let called = &volume.called;
        let Some(name) = called.value().filter(|_| called.status() == Status::Stated) else {
            continue;
        };
        let names = tokens(name);
        let quotes = called.quotes();
        let is_own = |word: &Token| {
            let mut names = names.iter();
            names.any(|name| folded(&name.text) == folded(&word.text))
        };
        if quotes
            .iter()
            .any(|quote| tokens(&quote.text).iter().any(is_own))
        {
            continue;
        }
        let other = quotes.iter().find_map(|quote| {
            let words = tokens(&quote.text);
            let is_target = |word: &Token| TARGETS.contains(&folded(&word.text));
            let at = words.iter().position(is_target)?;
            Some((written(&quote.text, &words, at, at + 1), quote.clone()))
        });
        if let Some((words, quote)) = other {
            let held = format!("{name:?}").into();
            let fault = contradiction("the volume", words, held, quote);
            out.push(format!("{at}.called"), fault);
        }
    }
}

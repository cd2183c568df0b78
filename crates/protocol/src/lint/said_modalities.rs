//! Whether a modality is the one that the words name: contact X-rays are no external beam.

use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::{contradiction, written};
use crate::model::dose::Modality;
use crate::model::place;
use crate::model::protocol::{PrescribedPhase, Protocol};
use crate::passage::token::{Token, without_hyphens};
use crate::statement::{Quote, Status};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, phase) in place::of(&protocol.phases, "phases", |phase| &phase.name) {
        if let Some((words, held, quote)) = another(phase) {
            let fault = contradiction("the modality", words, held, quote);
            out.push(format!("{at}.modality"), fault);
        }
    }
}

/// The words of another modality, where none say the one that is held.
fn another(phase: &PrescribedPhase) -> Option<(Text, Text, Quote)> {
    let held = *phase.modality.value()?;
    if phase.modality.status() != Status::Stated {
        return None;
    }
    let mut other = None;
    for quote in phase.modality.quotes() {
        let words = without_hyphens(&tokens(&quote.text));
        for (said, at) in said(&words) {
            if permits(said, held) {
                return None;
            }
            let words = written(&quote.text, &words, at, at + 1);
            other.get_or_insert((words, Text::from(held.to_string()), quote.clone()));
        }
    }
    other
}

/// Whether words for one modality let another one be held.
fn permits(said: Modality, held: Modality) -> bool {
    use Modality as M;
    match (said, held) {
        // not said which; protons come in a beam too
        (M::ExternalBeam, M::ExternalBeamPhotons | M::Protons)
        | (M::ExternalBeamPhotons | M::ExternalBeamElectrons, M::ExternalBeam)
        // electrons and kilovolt sources are used in the operation, and contact X-rays are called brachytherapy
        | (M::Intraoperative, M::ExternalBeamElectrons | M::ContactXRay)
        | (M::ExternalBeamElectrons, M::Intraoperative) => true,
        _ => said == held,
    }
}

const PHOTONS: &[&str] = &[
    "photon",
    "photons",
    "imrt",
    "vmat",
    "rapidarc",
    "tomotherapy",
];
const ELECTRONS: &[&str] = &["electron", "electrons"];
const PROTONS: &[&str] = &["proton", "protons"];
const BRACHYTHERAPY: &[&str] = &["brachytherapy", "hdr", "ldr"];

/// The modalities that words name, each with its word.
fn said(words: &[Token]) -> Vec<(Modality, usize)> {
    let is = |at: usize, list: &[&str]| {
        let word = words.get(at);
        word.is_some_and(|word| list.contains(&word.text.as_str()))
    };
    let beams = |at: usize| is(at, PHOTONS) || is(at, ELECTRONS) || is(at, PROTONS);
    let mut out = Vec::new();
    let mut contact = None;
    for at in 0..words.len() {
        let next = |list: &[&str]| is(at + 1, list);
        let modality = if is(at, PHOTONS) {
            Modality::ExternalBeamPhotons
        } else if is(at, ELECTRONS) && !next(&["microscopy"]) {
            Modality::ExternalBeamElectrons
        } else if is(at, PROTONS) && !next(&["pump"]) {
            Modality::Protons
        } else if is(at, &["papillon"])
            || (is(at, &["contact"])
                && next(&[
                    "x",
                    "xray",
                    "brachytherapy",
                    "radiotherapy",
                    "therapy",
                    "irradiation",
                    "boost",
                ]))
        {
            contact = Some(at);
            Modality::ContactXRay
        } else if is(at, BRACHYTHERAPY) && contact.is_none_or(|contact| at > contact + 4) {
            Modality::Brachytherapy
        } else if is(at, &["intraoperative", "iort"])
            || (is(at, &["intra"]) && next(&["operative"]))
        {
            Modality::Intraoperative
        } else if is(at, &["ebrt"])
            || (is(at, &["external"]) && next(&["beam", "radiotherapy", "radiation"]))
        {
            // "external beam electrons" says which
            if (at.saturating_sub(3)..at + 5).any(beams) {
                continue;
            }
            Modality::ExternalBeam
        } else {
            continue;
        };
        out.push((modality, at));
    }
    out
}

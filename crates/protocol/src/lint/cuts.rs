//! Passages with words left out in the middle.

use super::fault::ProtocolFault;
use super::finding::Findings;
use super::quotes::places;
use super::reading::tokens;
use crate::model::protocol::Protocol;
use crate::passage::token::{ELLIPSIS, Token};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let views = protocol.statements();
    let mut seen: Vec<&Text> = Vec::new();
    for (at, quote) in places(protocol, &views) {
        if seen.contains(&&quote.text) || !is_cut(&quote.text) {
            continue;
        }
        seen.push(&quote.text);
        let quote = quote.clone();
        out.push(at, ProtocolFault::CutPassage { quote });
    }
}

/// Three points between words; those at an end leave nothing out of what is quoted.
fn is_cut(text: &str) -> bool {
    if !text.contains("...") && !text.contains('…') {
        return false;
    }
    let tokens = tokens(text);
    let is_said = |token: &Token| token.is_word() || token.number.is_some();
    let mut inside = tokens.iter().enumerate();
    inside.any(|(at, token)| {
        *token == ELLIPSIS
            && tokens[..at].iter().any(is_said)
            && tokens[at + 1..].iter().any(is_said)
    })
}

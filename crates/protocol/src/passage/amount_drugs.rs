//! The drug that each amount of a passage is of.

use super::phrases::{Phrase, Placed};
use super::token::Token;

/// The drug of every amount, by the phrase that names it: the one since the amount before, else the one
/// right behind, else the last one named.
pub(super) fn drugs(phrases: &[Placed], tokens: &[Token]) -> Vec<Option<usize>> {
    let is_drug = |i: &usize| matches!(phrases[*i].phrase, Phrase::Drug(_));
    let ends = |i: &usize| matches!(phrases[*i].phrase, Phrase::Amounts(_) | Phrase::Break);
    let mut taken = vec![false; phrases.len()];
    let mut last_named = None;
    let mut out = respectively(phrases, tokens);
    if out.iter().any(Option::is_some) {
        return out;
    }
    for at in 0..phrases.len() {
        if is_drug(&at) {
            last_named = Some(at);
        }
        if !matches!(phrases[at].phrase, Phrase::Amounts(_)) {
            continue;
        }
        let mut since = (0..at).rev().take_while(|i| !ends(i));
        let near = |i: &usize| phrases[*i].first - phrases[at].last <= 5;
        // "whereas 80 mg/m2 cisplatin": the name that touches, unless the one before does too
        let touches = at + 1 < phrases.len()
            && is_drug(&(at + 1))
            && tokens[phrases[at].last + 1..phrases[at + 1].first]
                .iter()
                .all(|word| *word == "of");
        let before = since.find(|i| is_drug(i) && !taken[*i]);
        let before = before.filter(|i| !touches || phrases[at].first - phrases[*i].last <= 3);
        let found = before
            .or_else(|| {
                let ahead = (at + 1..phrases.len()).take_while(|i| !ends(i));
                ahead.take_while(|i| near(i)).find(|i| is_drug(i))
            })
            .or(last_named);
        if let Some(found) = found {
            taken[found] = true;
        }
        out[at] = found;
    }
    out
}

/// `A and B at 40 and 150 mg/m2 respectively`: as many drugs as amounts, in their order.
fn respectively(phrases: &[Placed], tokens: &[Token]) -> Vec<Option<usize>> {
    let mut out = vec![None; phrases.len()];
    if !tokens.iter().any(|token| *token == "respectively") {
        return out;
    }
    let places = |wanted: fn(&Phrase) -> bool| -> Vec<usize> {
        let fits = |(i, placed): (usize, &Placed)| wanted(&placed.phrase).then_some(i);
        phrases.iter().enumerate().filter_map(fits).collect()
    };
    let names = places(|phrase| matches!(phrase, Phrase::Drug(_)));
    let amounts = places(|phrase| matches!(phrase, Phrase::Amounts(_)));
    let apart = names.last() < amounts.first();
    if apart && names.len() == amounts.len() {
        for (name, amount) in names.iter().zip(amounts) {
            out[amount] = Some(*name);
        }
    }
    out
}

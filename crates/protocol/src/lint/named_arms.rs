//! Whether what a passage says of one arm is held under that arm: `arm B: 74 Gy in 37 fractions` is no dose of
//! arm A.

use core::ops::Range;

use chemorad::text::Text;

use super::drug_passage::{DrugPassage, amount_said, amounts};
use super::fault::ProtocolFault;
use super::finding::{Findings, ProtocolFinding};
use super::held_doses::{Held, held, micrograys};
use super::reading::{mentions, tokens};
use crate::facts::condition::Condition;
use crate::facts::test::FactTest;
use crate::facts::vocabulary::Fact;
use crate::model::arm::{Arm, TreatmentOption};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Said};
use crate::passage::token::Token;
use crate::statement::{Quote, Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for arms in Arms::of(protocol) {
        let mut found = Findings::default();
        check(&arms, protocol, &mut found);
        // one place can be wrong by several facts
        for one in found.0 {
            let known = |other: &ProtocolFinding| {
                other.at == one.at && matches!(other.fault, ProtocolFault::AnotherArm { .. })
            };
            if !out.0.iter().any(known) {
                out.0.push(one);
            }
        }
    }
}

fn check(arms: &Arms<'_>, protocol: &Protocol, out: &mut Findings) {
    for (at, arm) in place::of(&protocol.arms, "arms", |arm| &arm.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            arms.check_option(arm, option, &at, out);
        }
    }
    for one in held(protocol).iter().filter(|one| one.is_stated) {
        let with = |option: &TreatmentOption| {
            let mut courses = protocol.courses_of(option);
            courses.any(|course| course.phases.contains(&one.phase.name))
        };
        arms.check_dose(one, &arms.with(with), out);
    }
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let with = |option: &TreatmentOption| {
            let mut drugs = protocol.drugs_of(option).into_iter();
            drugs.any(|other| other.id == drug.id)
        };
        arms.check_drug(&DrugPassage::new(drug), &arms.with(with), &at, out);
    }
}

/// The arms that the choices of one fact lead to, each with its choice.
struct Arms<'p>(Vec<(&'p Arm, Option<&'p Text>)>);

impl<'p> Arms<'p> {
    /// By each fact that arms are chosen by, alone or with others.
    fn of(protocol: &'p Protocol) -> Vec<Self> {
        let chosen = |arm: &'p Arm| {
            let choices = arm.when.value().map(choices).unwrap_or_default();
            choices.into_iter().filter(|(_, choice)| is_label(choice))
        };
        let mut facts: Vec<&Fact> = Vec::new();
        for (fact, _) in protocol.arms.iter().flat_map(chosen) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        let by = |fact: &Fact| {
            let label = |arm: &'p Arm| {
                chosen(arm)
                    .find(|(of, _)| *of == fact)
                    .map(|(_, label)| label)
            };
            let arms = protocol.arms.iter();
            Self(arms.map(|arm| (arm, label(arm))).collect())
        };
        let mut all: Vec<Self> = facts.into_iter().map(by).collect();
        all.retain(|arms| arms.0.len() > 1);
        all
    }

    /// The choices of the arms with such an option; none where an arm has none, or the others have not.
    fn with(&self, has: impl Fn(&TreatmentOption) -> bool) -> Vec<&'p Text> {
        let own = self
            .0
            .iter()
            .filter(|(arm, _)| arm.options.iter().any(&has));
        let own: Option<Vec<&Text>> = own.map(|(_, label)| *label).collect();
        own.unwrap_or_default()
    }

    fn labels(&self) -> Vec<&'p Text> {
        self.0.iter().filter_map(|(_, label)| *label).collect()
    }

    fn check_option(&self, arm: &Arm, option: &TreatmentOption, at: &str, out: &mut Findings) {
        let own = self.0.iter().find(|(other, _)| other.id == arm.id);
        let Some((_, Some(own))) = own else {
            return;
        };
        let text = &option.quote.text;
        let Some(named) = NamedArms::of(text, &self.labels()) else {
            return;
        };
        if let Some((other, words)) = named.only_another(own) {
            let words = text.get(words.clone()).unwrap_or_default();
            out.push(
                format!("{at}.quote"),
                ProtocolFault::AnotherArm {
                    words: words.to_owned().into(),
                    said: (*other).clone(),
                    held: Text::clone(own),
                    quote: option.quote.clone(),
                },
            );
        }
    }

    fn check_dose(&self, one: &Held<'_>, own: &[&Text], out: &mut Findings) {
        let value = one.total.micrograys();
        let is_it = |mention: &Mention| {
            let is_dose = matches!(mention.said, Said::Dose(..));
            is_dose.then(|| micrograys(mention) == Some(value))
        };
        self.check(&one.quote, own, one.at.clone(), out, is_it);
    }

    fn check_drug(&self, drug: &DrugPassage<'_>, own: &[&Text], at: &str, out: &mut Findings) {
        let regimen = drug.drug;
        let values = amounts(regimen);
        let is_own =
            |mention: &Mention| mention.drug.as_ref().is_none_or(|name| *name == drug.name);
        let is_it = |mention: &Mention| {
            let amount = amount_said(&mention.said).filter(|_| is_own(mention))?;
            Some(values.contains(&amount))
        };
        let stated = |status: Status| status == Status::Stated;
        let single = regimen.intensity.as_ref().filter(|s| stated(s.status()));
        let daily = regimen
            .intensity_per_day
            .as_ref()
            .filter(|s| stated(s.status()));
        let dose = regimen.dose.as_ref().filter(|s| stated(s.status()));
        let quotes = [
            ("intensity", single.map(Statement::quotes)),
            ("intensity_per_day", daily.map(Statement::quotes)),
            ("dose", dose.map(Statement::quotes)),
        ];
        for (field, quotes) in quotes {
            for quote in quotes.into_iter().flatten() {
                self.check(&quote, own, format!("{at}.{field}"), out, is_it);
            }
        }
    }

    /// The words that bear a value stand only in what the passage says of other arms.
    fn check(
        &self,
        quote: &Quote,
        own: &[&Text],
        at: String,
        out: &mut Findings,
        is_it: impl Fn(&Mention) -> Option<bool>,
    ) {
        let (Some(first), text) = (own.first(), &quote.text) else {
            return;
        };
        let Some(named) = NamedArms::of(text, &self.labels()) else {
            return;
        };
        let all = mentions(text);
        let said: Vec<(&Mention, bool, Option<&Text>)> = all
            .iter()
            .filter_map(|m| Some((m, is_it(m)?, named.at(m.start))))
            .collect();
        let of_own = |label: Option<&Text>| label.is_none_or(|label| own.contains(&label));
        let mut borne = said.iter().filter(|(_, is_it, _)| *is_it).peekable();
        let Some((mention, _, Some(other))) = borne.peek() else {
            return;
        };
        // what no arm has, or an own one
        if borne.clone().any(|(.., label)| of_own(*label)) {
            return;
        }
        let says_own = said
            .iter()
            .any(|(.., label)| label.is_some_and(|label| own.contains(&label)));
        let is_named = own.iter().any(|label| named.names(label));
        // "the same and cetuximab" needs no words of its own
        if is_named && !says_own && !own.iter().any(|label| named.is_alone(text, label)) {
            return;
        }
        out.push(
            at,
            ProtocolFault::AnotherArm {
                words: text[mention.start..mention.end].to_owned().into(),
                said: Text::clone(other),
                held: Text::clone(first),
                quote: quote.clone(),
            },
        );
    }
}

/// The choices that lead to an arm, each with its fact.
fn choices(condition: &Condition) -> Vec<(&Fact, &Text)> {
    match condition {
        Condition::Fact(FactTest::Choice { fact, is }) => match is.as_slice() {
            [choice] => vec![(fact, choice)],
            _ => Vec::new(),
        },
        Condition::AllOf(parts) => parts.iter().flat_map(choices).collect(),
        _ => Vec::new(),
    }
}

/// The words by which passages name an arm: `B` of `arm_B`, `high dose` of `high-dose arm`.
fn label(choice: &str) -> Vec<String> {
    let lower = choice.to_lowercase();
    let words = lower.split(['_', ' ', '-']).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    let is_arm = |word: Option<&String>| word.is_some_and(|word| ARM.contains(&word.as_str()));
    if words.len() > 1 && is_arm(words.first()) {
        words.remove(0);
    } else if words.len() > 1 && is_arm(words.last()) {
        words.pop();
    }
    words
}

/// A letter, a number, or a few words.
fn is_label(choice: &str) -> bool {
    const ANSWERS: &[&str] = &["yes", "no", "other", "none", "unknown"];
    const MOST: usize = 3;
    let label = label(choice);
    let plain = |word: &String| word.chars().all(char::is_alphanumeric);
    let answers = label.len() == 1 && label.iter().any(|word| ANSWERS.contains(&word.as_str()));
    (1..=MOST).contains(&label.len()) && label.iter().all(plain) && !answers
}

/// The arms that a passage names, each with what is said of it.
struct NamedArms<'l> {
    /// The words that name the arm, and the part of the passage.
    parts: Vec<(&'l Text, Range<usize>, Range<usize>)>,
}

/// Words with which a passage says the same of several arms, or of another arm than it is about.
const SHARED: &[&str] = &[
    "both",
    "all",
    "arms",
    "groups",
    "same",
    "identical",
    "versus",
    "vs",
    "compared",
    "either",
    "respectively",
    "similarly",
];

impl<'l> NamedArms<'l> {
    fn of(text: &str, labels: &[&'l Text]) -> Option<Self> {
        let words = tokens(text);
        let heads = heads(&words, labels);
        let (first, ..) = heads.first()?;
        let is_behind = |token: &Token| token.start < words[*first].start;
        let all = mentions(text);
        let is_value = |m: &Mention| matches!(m.said, Said::Dose(..) | Said::Intensity { .. });
        let before = |m: &Mention| m.start < words[*first].start && is_value(m);
        // "70 Gy (arm A) or 66 Gy (arm B)", and "the standard group (arm B) receives"
        let follows = first
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .is_some_and(|token| *token == "(" && is_behind(token))
            && all.iter().any(before);
        // "either ... (arm A) or ... (arm B)" names both
        let shares = |token: &Token| {
            SHARED.contains(&token.text.as_str()) && !(follows && token.text == "either")
        };
        // "as in arm A", "in each arm"
        let refers = |pair: &[Token]| match (pair[0].text.as_str(), pair[1].text.as_str()) {
            ("as", "in" | "for") => true,
            ("each" | "every" | "any", next) => ARM.contains(&next),
            _ => false,
        };
        if words.iter().any(shares) || words.windows(2).any(refers) {
            return None;
        }
        let starts: Vec<usize> = heads.iter().map(|(at, ..)| words[*at].start).collect();
        let ends: Vec<usize> = heads.iter().map(|(_, last, _)| words[*last].end).collect();
        let mut parts = Vec::new();
        for (i, (_, _, label)) in heads.iter().enumerate() {
            let part = if follows {
                let start = i.checked_sub(1).and_then(|i| ends.get(i)).copied();
                start.unwrap_or(0)..ends[i]
            } else {
                starts[i]..starts.get(i + 1).copied().unwrap_or(text.len())
            };
            parts.push((*label, starts[i]..ends[i], part));
        }
        Some(Self { parts })
    }

    /// The arm that something at this place is said of.
    fn at(&self, place: usize) -> Option<&'l Text> {
        let mut parts = self.parts.iter();
        let part = parts.find(|(.., part)| part.contains(&place));
        part.map(|(label, ..)| *label)
    }

    fn names(&self, label: &Text) -> bool {
        self.parts.iter().any(|(named, ..)| *named == label)
    }

    /// The passage names one other arm, and not this.
    fn only_another(&self, own: &Text) -> Option<(&'l Text, &Range<usize>)> {
        let (label, words, _) = self.parts.first()?;
        let one = self.parts.iter().all(|(other, ..)| other == label);
        (one && *label != own).then_some((*label, words))
    }

    /// `60 Gy in 30 fractions alone` is said of this arm.
    fn is_alone(&self, text: &str, label: &Text) -> bool {
        let mut parts = self.parts.iter().filter(|(named, ..)| *named == label);
        parts.any(|(.., part)| {
            let words = tokens(text.get(part.clone()).unwrap_or_default());
            let alone = |word: &Token| ["alone", "only", "without"].contains(&word.text.as_str());
            words.iter().any(alone)
        })
    }
}

const ARM: &[&str] = &["arm", "group", "cohort"];

/// First and last word of every name of an arm.
fn heads<'l>(words: &[Token], labels: &[&'l Text]) -> Vec<(usize, usize, &'l Text)> {
    // "high-dose arm"
    let at: Vec<usize> = (0..words.len()).filter(|at| words[*at] != "-").collect();
    let is_arm = |place: usize| {
        let word = at.get(place).and_then(|at| words.get(*at));
        word.is_some_and(|word| ARM.contains(&word.text.as_str()))
    };
    let named: Vec<(Vec<String>, &'l Text)> = labels
        .iter()
        .map(|choice| (label(choice), *choice))
        .collect();
    // the longest name that these words begin with, or end with
    let name = |places: &[usize], ends: bool| {
        let said = |name: &[String]| {
            let part = if ends {
                places.get(places.len().checked_sub(name.len())?..)
            } else {
                places.get(..name.len())
            };
            let mut pairs = part?.iter().zip(name);
            pairs
                .all(|(at, word)| words[*at].text == *word)
                .then_some(())
        };
        let fits = named.iter().filter(|(name, _)| said(name).is_some());
        fits.max_by_key(|(name, _)| name.len())
            .map(|(name, choice)| (name.len(), *choice))
    };
    // "group a" may be an article
    let short = |at: usize| {
        let word = &words[at];
        word.text.chars().count() == 1 && !word.capital && word.number.is_none()
    };
    let mut out: Vec<(usize, usize, &Text)> = Vec::new();
    for place in (0..at.len()).filter(|place| is_arm(*place)) {
        let (before, behind) = (&at[..place], &at[place + 1..]);
        let next = name(behind, false).filter(|_| !short(behind[0]));
        if let Some((length, choice)) = next {
            out.push((at[place], behind[length - 1], choice));
        } else if let Some((length, choice)) = name(before, true) {
            let first = before[before.len() - length];
            let is_word = before.last().is_some_and(|last| words[*last].is_word());
            if is_word && !short(first) {
                out.push((first, at[place], choice));
            }
        }
    }
    out
}

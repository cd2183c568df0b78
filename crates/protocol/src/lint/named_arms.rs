//! Whether what a passage says of one arm is held under that arm: `arm B: 74 Gy in 37 fractions` is no dose of
//! arm A.

use core::ops::Range;

use chemorad::text::Text;

use super::drug_passage::{DrugPassage, amount_said, amounts};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::volumes::{Held, held, micrograys};
use crate::facts::condition::Condition;
use crate::facts::test::FactTest;
use crate::facts::vocabulary::Fact;
use crate::model::arm::{Arm, TreatmentOption};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::mention::{Mention, Said};
use crate::passage::mentions::mentions;
use crate::passage::token::{Token, tokens};
use crate::statement::{Quote, Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let arms = Arms::of(protocol);
    if arms.0.len() < 2 {
        return;
    }
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

/// The arms that one choice of one fact leads to, each with that choice.
struct Arms<'p>(Vec<(&'p Arm, Option<&'p Text>)>);

impl<'p> Arms<'p> {
    fn of(protocol: &'p Protocol) -> Self {
        let chosen = |arm: &'p Arm| arm.when.value().and_then(choice);
        let chosen = |arm: &'p Arm| chosen(arm).filter(|(_, choice)| is_label(choice));
        // the fact that most arms are chosen by
        let facts: Vec<&Fact> = protocol
            .arms
            .iter()
            .filter_map(|a| Some(chosen(a)?.0))
            .collect();
        let count = |fact: &Fact| facts.iter().filter(|other| **other == fact).count();
        let Some(fact) = facts.iter().copied().max_by_key(|fact| count(fact)) else {
            return Self(Vec::new());
        };
        let of_fact = |arm| {
            chosen(arm)
                .filter(|(of, _)| *of == fact)
                .map(|(_, label)| label)
        };
        Self(
            protocol
                .arms
                .iter()
                .map(|arm| (arm, of_fact(arm)))
                .collect(),
        )
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

/// The choice that leads to an arm, with its fact.
fn choice(condition: &Condition) -> Option<(&Fact, &Text)> {
    match condition {
        Condition::Fact(FactTest::Choice { fact, is }) => match is.as_slice() {
            [choice] => Some((fact, choice)),
            _ => None,
        },
        Condition::AllOf(parts) => parts.iter().find_map(choice),
        _ => None,
    }
}

/// The word by which passages name an arm: `B` of `arm_B`.
fn label(choice: &str) -> String {
    let lower = choice.to_lowercase();
    let bare = ["arm", "group", "cohort"].iter().find_map(|word| {
        let rest = lower.strip_prefix(word)?;
        rest.strip_prefix(['_', ' ', '-'])
    });
    bare.unwrap_or(&lower).to_owned()
}

/// A letter, a number, or one word.
fn is_label(choice: &str) -> bool {
    const ANSWERS: &[&str] = &["yes", "no", "other", "none", "unknown"];
    let label = label(choice);
    !label.is_empty()
        && label.chars().all(char::is_alphanumeric)
        && !ANSWERS.contains(&label.as_str())
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
    let is_arm = |at: usize| {
        let word = words.get(at);
        word.is_some_and(|word| ARM.contains(&word.text.as_str()))
    };
    let named = |at: usize| {
        let word = words.get(at)?;
        let mut labels = labels.iter();
        labels.find(|choice| label(choice) == word.text).copied()
    };
    let mut out: Vec<(usize, usize, &Text)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !is_arm(at) {
            continue;
        }
        // "group a" may be an article
        let short = |next: usize| {
            let word = words.get(next);
            word.is_some_and(|word| {
                word.text.chars().count() == 1 && !word.capital && word.number.is_none()
            })
        };
        let behind = named(at + 1).filter(|_| !short(at + 1));
        if let Some(label) = behind {
            out.push((at, at + 1, label));
        } else if let Some(before) = at.checked_sub(1).filter(|at| words[*at].is_word()) {
            if let Some(label) = named(before).filter(|_| word.is_word() && !short(before)) {
                out.push((before, at, label));
            }
        }
    }
    out
}

//! Whether an arm is for the patients that its passage says: "for T2N0 disease" is not for T3N0.

use super::directions::side_of;
use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::{contradiction, written};
use crate::facts::condition::Condition;
use crate::facts::fact::FactKind;
use crate::facts::test::FactTest;
use crate::model::arm::Arm;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::token::{Token, without_hyphens};
use crate::statement::{Quote, Status};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, arm) in place::of(&protocol.arms, "arms", |arm| &arm.id) {
        let Some(condition) = arm.when.value() else {
            continue;
        };
        let mut tests = Vec::new();
        required(condition, &mut tests);
        for test in tests {
            let found = passages(protocol, arm)
                .into_iter()
                .find_map(|quote| Some((other_patients(protocol, test, &quote)?, quote)));
            if let Some((words, quote)) = found {
                let held = Text::from(test.to_string());
                let fault = contradiction("the patients", words, held, quote);
                out.push(format!("{at}.when"), fault);
            }
        }
    }
}

/// The tests that a patient of the arm must pass.
fn required<'c>(condition: &'c Condition, out: &mut Vec<&'c FactTest>) {
    match condition {
        Condition::Fact(test) => out.push(test),
        Condition::AllOf(list) => {
            for part in list {
                required(part, out);
            }
        }
        _ => {}
    }
}

/// What the arm rests on, and its options; what another arm rests on in the same place says nothing of one of them.
fn passages(protocol: &Protocol, arm: &Arm) -> Vec<Quote> {
    let own = |arm: &Arm| -> Vec<Quote> {
        if arm.when.status() == Status::Stated {
            arm.when.quotes()
        } else {
            Vec::new()
        }
    };
    let options = |arm: &Arm| -> Vec<Quote> {
        arm.options
            .iter()
            .map(|option| option.quote.clone())
            .collect()
    };
    let others: Vec<&Arm> = {
        let all = protocol.arms.iter();
        all.filter(|other| other.id != arm.id).collect()
    };
    let mut out = own(arm);
    out.retain(|quote| {
        !others
            .iter()
            .any(|other| own(other).iter().any(|one| one.text == quote.text))
    });
    let mut more = options(arm);
    more.retain(|quote| {
        !others
            .iter()
            .any(|other| options(other).iter().any(|one| one.text == quote.text))
    });
    out.extend(more);
    out
}

/// Words of a passage that say other patients than a test.
fn other_patients(protocol: &Protocol, test: &FactTest, quote: &Quote) -> Option<Text> {
    let words = without_hyphens(&tokens(&quote.text));
    match test {
        FactTest::Choice { fact, is } => {
            let declared = protocol
                .facts
                .iter()
                .find(|known| *known.id == fact.to_string())?;
            let FactKind::Choices(choices) = &declared.kind else {
                return None;
            };
            let own: Vec<Words> = is.iter().filter_map(|choice| Words::of(choice)).collect();
            if own.len() != is.len() || own.iter().any(|own| own.place(&words).is_some()) {
                return None;
            }
            let mut others = choices.iter().filter(|choice| !is.contains(choice));
            let place = others.find_map(|choice| Words::of(choice)?.place(&words))?;
            Some(written(&quote.text, &words, place.0, place.1))
        }
        FactTest::Quantity { range, .. } => {
            let (end, included, upper) = match (&range.lowest, &range.highest) {
                (Some(low), None) => (&low.value, low.included, false),
                (None, Some(high)) => (&high.value, high.included, true),
                _ => return None,
            };
            let mut other = None;
            for (at, word) in words.iter().enumerate() {
                let Some(unit) = words.get(at + 1) else {
                    continue;
                };
                if word.number != Some(end.number) || *end.unit != *unit.text {
                    continue;
                }
                let (side, first, last) = side_of(&words, at)?;
                if side.upper == upper && side.strict != included {
                    return None;
                }
                other.get_or_insert((first, last));
            }
            let (first, last) = other?;
            Some(written(&quote.text, &words, first, last + 1))
        }
    }
}

/// A choice that is plain in words: a stage, or before and after the operation.
enum Words {
    Stage(Vec<String>),
    Before,
    After,
}

const BEFORE: &[&str] = &["preoperative", "preoperatively", "neoadjuvant"];
const AFTER: &[&str] = &["postoperative", "postoperatively", "adjuvant"];

impl Words {
    fn of(choice: &str) -> Option<Self> {
        let words = without_hyphens(&tokens(choice));
        let is_stage = |word: &Token| {
            let rest = word.text.trim_start_matches(['c', 'p', 'y', 'r', 'm']);
            let after = rest.strip_prefix(['t', 'n']);
            after.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let of = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
        let text = |words: &[Token]| words.iter().map(|word| word.text.clone()).collect();
        match words.as_slice() {
            [one] if is_stage(one) => Some(Self::Stage(text(&words))),
            [n, plus] if *n == "n" && *plus == "+" => Some(Self::Stage(text(&words))),
            _ if of(BEFORE) => Some(Self::Before),
            _ if of(AFTER) => Some(Self::After),
            _ => None,
        }
    }

    /// Where a text names it.
    fn place(&self, text: &[Token]) -> Option<(usize, usize)> {
        let one = |list: &[&str]| {
            let at = text
                .iter()
                .position(|word| list.contains(&word.text.as_str()))?;
            Some((at, at + 1))
        };
        match self {
            Self::Stage(stage) => {
                let same = |(word, stage): (&Token, &String)| word.text == *stage;
                let mut windows = text.windows(stage.len());
                let at = windows.position(|window| window.iter().zip(stage).all(same))?;
                Some((at, at + stage.len()))
            }
            Self::Before => one(BEFORE),
            Self::After => one(AFTER),
        }
    }
}

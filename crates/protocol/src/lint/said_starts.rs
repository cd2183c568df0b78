//! Whether a step begins when and after what the words say: "one month" is not 28 weeks, "six weeks after
//! chemoradiotherapy" is not counted from surgery.

use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::{contradiction, written};
use crate::model::arm::Action;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::model::start::{Span, StartWindow};
use crate::passage::phrase::whole;
use crate::passage::token::{Token, without_hyphens};
use crate::statement::{Quote, Statement, Status};
use chemorad::text::{List, Text};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, arm) in place::of(&protocol.arms, "arms", |arm| &arm.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            for (i, action) in option.actions.iter().enumerate() {
                let at = format!("{at}.actions[{i}]");
                if let Some(start) = action.start() {
                    check(start, &format!("{at}.start"), out);
                }
                // an operation behind it: what comes after the operation is not given with it
                let behind = option.actions.iter().skip(i + 1);
                let mut surgery = behind.filter(|next| matches!(next, Action::Surgery { .. }));
                if let (
                    Action::Radiotherapy {
                        concurrent_drugs, ..
                    },
                    Some(_),
                ) = (action, surgery.next())
                {
                    let at = format!("{at}.concurrent_drugs");
                    check_drugs(protocol, concurrent_drugs, &at, out);
                }
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
}

fn unit_of(word: &str) -> Option<Unit> {
    match word {
        "day" | "days" => Some(Unit::Days),
        "week" | "weeks" | "wk" | "wks" => Some(Unit::Weeks),
        "month" | "months" => Some(Unit::Months),
        _ => None,
    }
}

/// A time that words say, with its tokens.
struct Time {
    low: u32,
    high: u32,
    unit: Unit,
    /// One end of it: `at least 6 weeks`, `within 8 weeks`.
    is_open: bool,
    first: usize,
    next: usize,
}

impl Time {
    /// The days that it may be.
    fn days(&self) -> (u32, u32) {
        let (short, long) = match self.unit {
            Unit::Days => (1, 1),
            Unit::Weeks => (7, 7),
            Unit::Months => (28, 31),
        };
        (
            self.low.saturating_mul(short),
            self.high.saturating_mul(long),
        )
    }

    fn is(&self, held: Span, unit: Unit) -> bool {
        if self.unit == unit {
            let ends = held.min() == self.low || held.max() == self.high;
            let both = held.min() == self.low && held.max() == self.high;
            let within = self.is_open && held.max() == self.high && held.min() <= 1;
            return both || (self.low == self.high && ends) || within;
        }
        let scale = if unit == Unit::Weeks { 7 } else { 1 };
        let (low, high) = self.days();
        let days = (
            held.min().saturating_mul(scale),
            held.max().saturating_mul(scale),
        );
        if self.low != self.high && self.unit != Unit::Months {
            return days == (low, high) || (self.is_open && days.1 == high && held.min() <= 1);
        }
        let inside = low <= days.0 && days.1 <= high;
        inside || (self.is_open && (days.0 == low || days.1 == high))
    }
}

const OPEN: &[&str] = &[
    "least", "within", "before", "than", "most", "minimum", "maximum", "≥", "≤", "<", ">", "to",
];

/// The times of a passage before or behind which something comes.
fn times(words: &[Token]) -> Vec<Time> {
    let number = |at: usize| words.get(at).and_then(|word| word.number).and_then(whole);
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let mut out: Vec<Time> = Vec::new();
    for at in 0..words.len() {
        let unit = unit_of(text(at)).or_else(|| unit_of(text(at + 1)).filter(|_| text(at) == "-"));
        let (Some(unit), Some(last)) = (unit, at.checked_sub(1)) else {
            continue;
        };
        let Some(high) = number(last) else {
            continue;
        };
        let from = last.checked_sub(2);
        let from = from.filter(|from| number(*from).is_some());
        let between = text(last.saturating_sub(1));
        let (low, high, first) = match from.and_then(|from| Some((from, number(from)?))) {
            Some((from, low)) if ["-", "to", "and", "or"].contains(&between) => (low, high, from),
            Some((from, middle)) if between == "±" => (
                middle.saturating_sub(high),
                middle.saturating_add(high),
                from,
            ),
            _ => (high, high, last),
        };
        let before = first.checked_sub(1).map_or("", text);
        out.push(Time {
            low,
            high,
            unit,
            is_open: OPEN.contains(&before),
            first,
            next: at + 1,
        });
    }
    out
}

fn check(start: &StartWindow, at: &str, out: &mut Findings) {
    let spans = [
        (&start.weeks, Unit::Weeks, "weeks"),
        (&start.days, Unit::Days, "days"),
    ];
    for (span, unit, name) in spans {
        let Some(span) = span else { continue };
        if let (Some(held), Some((words, quote))) = (span.value(), other_time(span, unit)) {
            let held = Text::from(format!("{held} {name}"));
            let fault = contradiction("the time", words, held, quote);
            out.push(format!("{at}.{name}"), fault);
        }
    }
    if let (Some(held), Some((words, quote))) = (start.from.value(), other_event(&start.from)) {
        let fault = contradiction("what it is counted from", words, held.clone(), quote);
        out.push(format!("{at}.from"), fault);
    }
}

/// Times of the words, none of which is the one that is held.
fn other_time(span: &Statement<Span>, unit: Unit) -> Option<(Text, Quote)> {
    let held = *span.value()?;
    let mut other = None;
    for quote in span.quotes() {
        let words = without_hyphens(&tokens(&quote.text));
        for time in times(&words) {
            if time.is(held, unit) {
                return None;
            }
            // "five days per week" is no time between two steps
            let behind = words.get(time.next..).unwrap_or_default();
            let next = behind.first().map_or("", |word| word.text.as_str());
            if AFTER.contains(&next) || ["from", "before", "prior", "later"].contains(&next) {
                let words = written(&quote.text, &words, time.first, time.next);
                other.get_or_insert((words, quote.clone()));
            }
        }
    }
    other
}

/// Words for drugs that are given apart from the radiotherapy.
const APART: &[&str] = &[
    "adjuvant",
    "postoperative",
    "postoperatively",
    "maintenance",
    "consolidation",
];

const AFTER: &[&str] = &["after", "following", "post", "from", "since"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Surgery,
    Radiation,
}

fn event_of(word: &str) -> Option<Event> {
    const SURGERY: &[&str] = &[
        "surgery",
        "operation",
        "resection",
        "excision",
        "tme",
        "surgical",
    ];
    const RADIATION: &[&str] = &[
        "radiotherapy",
        "chemoradiotherapy",
        "chemoradiation",
        "radiochemotherapy",
        "radiation",
        "irradiation",
        "crt",
        "rt",
    ];
    if SURGERY.contains(&word) {
        Some(Event::Surgery)
    } else if RADIATION.contains(&word) {
        Some(Event::Radiation)
    } else {
        None
    }
}

/// The event behind "after", where it is not the one that is held.
fn other_event(from: &Statement<Text>) -> Option<(Text, Quote)> {
    let held = tokens(from.value()?);
    let mut held = held.iter().filter_map(|word| event_of(&word.text));
    let held = held.next().filter(|_| from.status() == Status::Stated)?;
    let mut other = None;
    for quote in from.quotes() {
        let words = without_hyphens(&tokens(&quote.text));
        for (at, event) in events_behind(&words) {
            if event == held {
                return None;
            }
            let words = written(&quote.text, &words, at, at + 1);
            other.get_or_insert((words, quote.clone()));
        }
    }
    other
}

/// `after the completion of chemoradiotherapy`: events that something comes after.
fn events_behind(words: &[Token]) -> Vec<(usize, Event)> {
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !AFTER.contains(&word.text.as_str()) {
            continue;
        }
        let near = words.iter().enumerate().skip(at + 1).take(6);
        let ends = |word: &Token| [",", ";", "."].contains(&word.text.as_str());
        let mut near = near.take_while(|(_, word)| !ends(word));
        out.extend(near.find_map(|(at, word)| Some((at, event_of(&word.text)?))));
    }
    out
}

/// Drugs given with the radiotherapy whose own words say that they come after the operation.
fn check_drugs(protocol: &Protocol, given: &Statement<List<Text>>, at: &str, out: &mut Findings) {
    for id in given.value().into_iter().flat_map(|list| list.iter()) {
        let drug = protocol.drugs.iter().find(|drug| drug.id == *id);
        let Some(drug) = drug.filter(|drug| drug.drug.status() == Status::Stated) else {
            continue;
        };
        let mut other = None;
        for quote in drug.drug.quotes() {
            let words = without_hyphens(&tokens(&quote.text));
            let with = words.iter().any(|word| {
                event_of(&word.text) == Some(Event::Radiation)
                    || word.text.starts_with("concurrent")
                    || word.text.starts_with("concomitant")
            });
            if with {
                other = None;
                break;
            }
            let apart = words
                .iter()
                .position(|word| APART.contains(&word.text.as_str()));
            let after = events_behind(&words);
            let after = after.first().map(|(at, _)| (at.saturating_sub(1), *at));
            if let Some((first, at)) = after.or(apart.map(|at| (at, at))) {
                let words = written(&quote.text, &words, first, at + 1);
                other.get_or_insert((words, quote));
            }
        }
        if let Some((words, quote)) = other {
            let held = Text::from(format!("{id} with the radiotherapy"));
            out.push(at, contradiction("the drug", words, held, quote));
        }
    }
}

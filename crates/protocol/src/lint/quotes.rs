//! Whether the quoted words bear the values they are quoted for.

use super::equation::{false_equations, results};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::number::{Kind, Number, numbers};
use super::passages::said_numbers;
use super::quoted_numbers::{required, required_by_metric};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::model::statements::StatementView;
use crate::statement::{Quote, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let views = protocol.statements();
    for view in &views {
        match view.status {
            Status::Stated => stated(view, out),
            Status::Derived => derived(view, out),
            Status::Unspecified => open(view, out),
        }
    }
    variants(protocol, &views, out);
}

fn stated(view: &StatementView<'_>, out: &mut Findings) {
    // an empty quote is the fault of the quote, which the basic check reports
    let Some(quote) = view.quotes.first().filter(|q| !q.text.trim().is_empty()) else {
        return;
    };
    let mut found = said_numbers(&quote.text);
    // the column of a table names the metric: V45Gy
    let beside = numbers(&quote.locator);
    for number in view.contents.iter().copied().flat_map(required) {
        if let Some(missing) = number.missing(&found) {
            out.push(
                &view.at,
                ProtocolFault::QuoteWithoutNumber {
                    missing,
                    quote: quote.clone(),
                },
            );
        }
    }
    found.extend(beside);
    for number in view.metric.into_iter().flat_map(required_by_metric) {
        if let Some(missing) = number.missing(&found) {
            out.push(
                &view.at,
                ProtocolFault::QuoteWithoutMetric {
                    missing,
                    quote: quote.clone(),
                },
            );
        }
    }
}

fn derived(view: &StatementView<'_>, out: &mut Findings) {
    if view.quotes.is_empty() {
        out.push(&view.at, ProtocolFault::NoPassage);
    }
    let Some(reason) = view.reason else { return };
    let wrong = false_equations(reason);
    let holds = wrong.is_empty();
    for equation in wrong {
        out.push(
            &view.at,
            ProtocolFault::FalseEquation {
                written: equation.written,
                value: equation.value,
            },
        );
    }
    // where the reason computes, what it comes to is the value
    let mut found = results(reason).unwrap_or_else(|| numbers(reason));
    for quote in &view.quotes {
        found.extend(said_numbers(&quote.text));
    }
    // a false equation is reported once
    let values = view.contents.iter().copied().filter(|_| holds);
    for number in values.flat_map(required) {
        if let Some(missing) = number.missing(&found) {
            out.push(
                &view.at,
                ProtocolFault::ReasonWithoutNumber {
                    missing,
                    reason: reason.clone(),
                },
            );
        }
    }
}

fn open(view: &StatementView<'_>, out: &mut Findings) {
    let Some(question) = view.question else {
        return;
    };
    for (choice, value) in question.choices.iter().zip(&view.contents) {
        let found = numbers(choice);
        // a choice in words says its value in words
        if found.is_empty() {
            continue;
        }
        for missing in required(*value)
            .iter()
            .filter_map(|number| number.missing(&found))
        {
            out.push(
                &view.at,
                ProtocolFault::ChoiceNumber {
                    choice: choice.clone(),
                    missing,
                },
            );
        }
    }
}

/// A quote with its numbers taken out.
struct Skeleton<'q> {
    at: &'q str,
    quote: &'q Quote,
    words: String,
    numbers: Vec<Number>,
}

/// Below this, two passages are alike by chance.
const ALIKE: usize = 20;

/// Every quote of a protocol with its place.
pub(crate) fn places<'p>(
    protocol: &'p Protocol,
    views: &'p [StatementView<'p>],
) -> Vec<(String, &'p Quote)> {
    let mut out: Vec<(String, &Quote)> = Vec::new();
    let mut several = |at: &str, quotes: &'p [Quote]| {
        for (i, quote) in quotes.iter().enumerate() {
            let single = quotes.len() == 1;
            let at = if single {
                at.into()
            } else {
                format!("{at}.quotes[{i}]")
            };
            out.push((at, quote));
        }
    };
    for view in views {
        several(&view.at, &view.quotes);
    }
    for (i, open) in protocol.ambiguities.iter().enumerate() {
        several(&format!("ambiguities[{i}].question"), &open.question.quotes);
    }
    for (at, drug) in place::of(&protocol.drugs, "drugs", |d| &d.id) {
        for (i, question) in drug.site_policy.iter().enumerate() {
            several(&format!("{at}.site_policy[{i}]"), &question.quotes);
        }
    }
    for (at, course) in place::of(&protocol.courses, "courses", |c| &c.id) {
        out.push((format!("{at}.quote"), &course.quote));
    }
    for (at, arm) in place::of(&protocol.arms, "arms", |a| &a.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            out.push((format!("{at}.quote"), &option.quote));
        }
    }
    out
}

/// Two copies of one passage that differ in one number: one of them is miscopied.
fn variants(protocol: &Protocol, views: &[StatementView<'_>], out: &mut Findings) {
    let places = places(protocol, views);
    let skeletons: Vec<Skeleton<'_>> = places
        .iter()
        .map(|(at, quote)| {
            let found: Vec<Number> = numbers(&quote.text)
                .into_iter()
                // two arms may well differ in a stage alone
                .filter(|number| !matches!(number.kind, Kind::Stage(_)))
                .collect();
            Skeleton {
                at,
                quote,
                words: words(&quote.text, &found),
                numbers: found,
            }
        })
        .filter(|skeleton| skeleton.words.len() >= ALIKE && skeleton.numbers.len() >= 2)
        .collect();
    for (i, one) in skeletons.iter().enumerate() {
        let same = |other: &&Skeleton<'_>| other.quote.text == one.quote.text;
        let copies = skeletons.iter().filter(same).count();
        for (j, other) in skeletons.iter().enumerate() {
            let others = skeletons
                .iter()
                .filter(|s| s.quote.text == other.quote.text)
                .count();
            // the rarer copy is the suspect; of two single ones, the later
            let suspect = others > copies || (others == copies && j < i);
            if suspect && miscopied(one, other) {
                out.push(
                    one.at,
                    ProtocolFault::QuoteVariant {
                        other: other.quote.text.clone(),
                        quote: one.quote.text.clone(),
                    },
                );
                break;
            }
        }
    }
}

fn miscopied(one: &Skeleton<'_>, other: &Skeleton<'_>) -> bool {
    let (short, long) = if one.words.len() <= other.words.len() {
        (one, other)
    } else {
        (other, one)
    };
    if one.quote.locator != other.quote.locator {
        return false;
    }
    let Some(start) = long.words.find(&short.words) else {
        return false;
    };
    let skipped = long.words[..start].matches(PLACE).count();
    let apart = |(a, b): &(&Number, &Number)| a.value != b.value;
    let pairs = short.numbers.iter().zip(long.numbers.iter().skip(skipped));
    pairs.filter(apart).count() == 1
}

/// Stands for a number.
const PLACE: char = '\u{0}';

fn words(text: &str, numbers: &[Number]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for number in numbers {
        out.push_str(&text[at..number.start]);
        out.push(PLACE);
        if number.kind != Kind::Bare {
            out.push_str("unit");
        }
        at = number.end;
    }
    out.push_str(&text[at..]);
    out
}

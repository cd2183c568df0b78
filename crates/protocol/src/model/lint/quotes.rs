//! Whether the quoted words bear the values they are quoted for.

use std::string::String;
use std::vec::Vec;

use super::Report;
use super::equation::{false_equations, results};
use super::number::{Kind, Number, numbers};
use crate::model::access::{StatementView, place};
use crate::model::model::Protocol;
use crate::model::status::{Quote, Status};
use chemorad::report::{Finding, Outcome};

pub(super) fn lint(protocol: &Protocol, out: &mut Report) {
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

fn stated(view: &StatementView<'_>, out: &mut Report) {
    // an empty quote is the fault of the quote, which the basic check reports
    let Some(quote) = view.quotes.first().filter(|q| !q.text.trim().is_empty()) else {
        return;
    };
    let mut found = numbers(&quote.text);
    // the column of a table names the metric: V45Gy
    let beside = numbers(&quote.locator);
    for needed in view.needed.iter().flatten() {
        if let Some(missing) = needed.missing(&found) {
            out.push(
                Finding::written(
                    "protocol.quote_number",
                    Outcome::Fail,
                    &view.at,
                    "the quote does not contain the number it is quoted for",
                )
                .with_expected(missing)
                .with_found(format!("\"{}\"", quote.text)),
            );
        }
    }
    found.extend(beside);
    for needed in &view.beside {
        if let Some(missing) = needed.missing(&found) {
            out.push(
                Finding::written(
                    "protocol.quote_number",
                    Outcome::Fail,
                    &view.at,
                    "neither the quote nor its locator contains the number of the metric",
                )
                .with_expected(missing)
                .with_found(format!("\"{}\" ({})", quote.text, quote.locator)),
            );
        }
    }
}

fn derived(view: &StatementView<'_>, out: &mut Report) {
    if view.quotes.is_empty() {
        out.push(Finding::written(
            "protocol.derived_quote",
            Outcome::Fail,
            &view.at,
            "a derived value needs the passages it follows from",
        ));
    }
    let Some(reason) = view.reason else { return };
    let wrong = false_equations(reason);
    let holds = wrong.is_empty();
    for equation in wrong {
        out.push(
            Finding::written(
                "protocol.equation",
                Outcome::Fail,
                &view.at,
                "an equation of the reason does not hold",
            )
            .with_expected(equation.value)
            .with_found(equation.written.clone())
            .with_arithmetic(equation.written),
        );
    }
    // where the reason computes, what it comes to is the value
    let mut found = results(reason).unwrap_or_else(|| numbers(reason));
    for quote in &view.quotes {
        found.extend(numbers(&quote.text));
    }
    // a false equation is reported once
    for needed in view.needed.iter().flatten().filter(|_| holds) {
        if let Some(missing) = needed.missing(&found) {
            out.push(
                Finding::written(
                    "protocol.derived_number",
                    Outcome::Fail,
                    &view.at,
                    "neither the reason nor the quotes contain the number that is derived from them",
                )
                .with_expected(missing)
                .with_found(format!("\"{reason}\"")),
            );
        }
    }
}

fn open(view: &StatementView<'_>, out: &mut Report) {
    let Some(question) = view.question else {
        return;
    };
    for (choice, needed) in question.choices.iter().zip(&view.needed) {
        let found = numbers(choice);
        // a choice in words says its value in words
        if found.is_empty() {
            continue;
        }
        for missing in needed.iter().filter_map(|needed| needed.missing(&found)) {
            out.push(
                Finding::written(
                    "protocol.choice_number",
                    Outcome::Fail,
                    &view.at,
                    "the value of a choice is not the number that the choice names",
                )
                .with_expected(format!("\"{choice}\""))
                .with_found(missing),
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
fn places<'p>(protocol: &'p Protocol, views: &'p [StatementView<'p>]) -> Vec<(String, &'p Quote)> {
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
fn variants(protocol: &Protocol, views: &[StatementView<'_>], out: &mut Report) {
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
                    Finding::written(
                        "protocol.quote_variant",
                        Outcome::Warn,
                        one.at,
                        "two copies of one passage differ in a number",
                    )
                    .with_expected(format!("\"{}\"", other.quote.text))
                    .with_found(format!("\"{}\"", one.quote.text)),
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
    let apart = |(a, b): &(&Number, &Number)| a.millionths != b.millionths;
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

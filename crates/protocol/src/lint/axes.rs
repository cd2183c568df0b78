//! The facts that conditions ask for, each with one example of every value they tell apart.

use crate::facts::condition::Condition;
use crate::facts::fact::{DeclaredFact, FactKind};
use crate::facts::test::FactTest;
use crate::facts::truth::Truth;
use crate::facts::value::{FactQuantity, FactValue};
use crate::facts::vocabulary::{BuiltInFact, Fact};
use crate::model::protocol::Protocol;
use chemorad::number::Decimal;

/// A fact, its values that the protocol tells apart, and one example of each.
pub(super) struct Axis {
    pub(super) fact: Fact,
    pub(super) examples: Vec<FactValue>,
}

/// Every test of the arms, the risk features and the ambiguities.
fn tests(protocol: &Protocol) -> Vec<&FactTest> {
    let mut out = Vec::new();
    let arms = protocol.arms.iter().filter_map(|arm| arm.when.value());
    let open = protocol
        .ambiguities
        .iter()
        .filter_map(|open| open.when.as_ref());
    for condition in arms.chain(open) {
        collect(condition, &mut out);
    }
    out.extend(
        protocol
            .risk_features
            .iter()
            .filter_map(|feature| feature.test.value()),
    );
    out
}

fn collect<'p>(condition: &'p Condition, out: &mut Vec<&'p FactTest>) {
    match condition {
        Condition::AllOf(parts) | Condition::AnyOf(parts) | Condition::NoneOf(parts) => {
            for part in parts {
                collect(part, out);
            }
        }
        Condition::Fact(test) => out.push(test),
        Condition::AnyRiskFeature | Condition::Everyone => {}
    }
}

/// One axis for each fact that is tested; values that no test tells apart count once.
pub(super) fn axes(protocol: &Protocol) -> Vec<Axis> {
    let tests = tests(protocol);
    let mut facts: Vec<&Fact> = tests.iter().map(|test| test.fact()).collect();
    facts.sort_unstable();
    facts.dedup();
    let axis = |fact: &Fact| {
        let of_fact = tests.iter().filter(|test| test.fact() == fact);
        let of_fact: Vec<&FactTest> = of_fact.copied().collect();
        let mut answers: Vec<Vec<bool>> = Vec::new();
        let mut examples = Vec::new();
        for value in domain(protocol, fact, &of_fact) {
            let answer: Vec<bool> = of_fact.iter().map(|test| meets(test, &value)).collect();
            if !answers.contains(&answer) {
                answers.push(answer);
                examples.push(value);
            }
        }
        Axis {
            fact: fact.clone(),
            examples,
        }
    };
    facts.into_iter().map(axis).collect()
}

/// The values a fact can have; of a quantity one on each side of every limit, and the limit itself.
fn domain(protocol: &Protocol, fact: &Fact, tests: &[&FactTest]) -> Vec<FactValue> {
    let step = fact.built_in().and_then(BuiltInFact::step);
    match fact.declaration() {
        Some(built_in) => declared_domain(&built_in, step, tests),
        // where it is not declared, the basic check reports it
        None => protocol
            .fact(fact.name())
            .map_or_else(Vec::new, |declared| declared_domain(declared, None, tests)),
    }
}

fn declared_domain(
    declared: &DeclaredFact,
    step: Option<Decimal>,
    tests: &[&FactTest],
) -> Vec<FactValue> {
    let (unit, min, max) = match &declared.kind {
        FactKind::Choices(choices) => {
            return choices.iter().cloned().map(FactValue::Choice).collect();
        }
        FactKind::Quantity { unit, min, max } => (unit, min, max),
    };
    let mut limits: Vec<Decimal> = Vec::new();
    for test in tests {
        if let FactTest::Quantity { range, .. } = test {
            limits.extend(range.ends().map(|end| end.number));
        }
    }
    limits.extend([min, max].into_iter().flatten().map(|end| end.number));
    limits.sort_unstable();
    limits.dedup();
    let mut values: Vec<Decimal> = match step {
        // such a fact is only asked to be above a limit: the next value is
        Some(step) => limits
            .iter()
            .filter_map(|limit| limit.checked_add(step))
            .collect(),
        None => beside(&limits),
    };
    values.extend(&limits);
    values.sort_unstable();
    values
        .into_iter()
        .filter(|value| {
            min.as_ref().is_none_or(|min| *value >= min.number)
                && max.as_ref().is_none_or(|max| *value <= max.number)
        })
        .map(|number| {
            let unit = unit.clone();
            FactValue::Quantity(FactQuantity { number, unit })
        })
        .collect()
}

/// A value between every two neighbours, one below the first and one above the last.
fn beside(limits: &[Decimal]) -> Vec<Decimal> {
    let one = Decimal::from(1);
    let half = Decimal::new(5, -1);
    let between = limits.windows(2).filter_map(|pair| match pair {
        [low, high] => low.checked_add(*high)?.checked_mul(half?),
        _ => None,
    });
    let outside = [
        limits.first().and_then(|low| low.checked_sub(one)),
        limits.last().and_then(|high| high.checked_add(one)),
    ];
    between.chain(outside.into_iter().flatten()).collect()
}

pub(super) fn meets(test: &FactTest, value: &FactValue) -> bool {
    test.holds(value) == Truth::True
}

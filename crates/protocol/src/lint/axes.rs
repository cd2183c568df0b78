//! The facts that conditions ask for, each with one example of every value they tell apart.

use crate::facts::condition::{Condition, FactTest, Truth};
use crate::facts::fact::{DeclaredFact, FactKind, FactQuantity};
use crate::facts::pathology::{
    Differentiation, Fact, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, SubmucosalDepth, SubmucosalLevel,
};
use crate::model::protocol::Protocol;
use chemorad::number::Decimal;
use chemorad::text::List;

/// A fact, its values that the protocol tells apart, and one example of each.
pub(super) struct Axis {
    pub(super) fact: Fact,
    pub(super) examples: Vec<String>,
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
    let mut facts: Vec<Fact> = tests.iter().map(|test| test.fact()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
        .into_iter()
        .map(|fact| {
            let of_fact: Vec<&FactTest> = tests
                .iter()
                .filter(|test| test.fact() == fact)
                .copied()
                .collect();
            let mut answers: Vec<Vec<bool>> = Vec::new();
            let mut examples = Vec::new();
            for value in domain(protocol, &fact, &of_fact) {
                let answer: Vec<bool> = of_fact.iter().map(|test| meets(test, &value)).collect();
                if !answers.contains(&answer) {
                    answers.push(answer);
                    examples.push(value);
                }
            }
            Axis { fact, examples }
        })
        .collect()
}

fn codes<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// The values a fact can have, as text; of a quantity one on each side of every limit, and the
/// limit itself.
fn domain(protocol: &Protocol, fact: &Fact, tests: &[&FactTest]) -> Vec<String> {
    match fact {
        Fact::TumourStage => codes(PathologicalTumourStage::ALL),
        Fact::NodalStage => codes(NodalStage::ALL),
        Fact::Metastasis => codes(MetastasisStage::ALL),
        Fact::Differentiation => codes(Differentiation::ALL),
        Fact::LymphovascularInvasion => codes(LymphovascularInvasion::ALL),
        Fact::Margin => codes(Margin::ALL),
        Fact::SubmucosalLevel => codes(SubmucosalLevel::ALL),
        Fact::SubmucosalDepth => {
            let mut depths: Vec<SubmucosalDepth> = Vec::new();
            for test in tests {
                if let FactTest::SubmucosalDepthAbove(limit) = test {
                    let above = SubmucosalDepth::from_micrometres(limit.micrometres() + 1);
                    depths.extend([Some(*limit), above.ok()].into_iter().flatten());
                }
            }
            depths.sort_unstable();
            codes(&depths)
        }
        Fact::Declared(id) => match protocol.fact(id) {
            Some(declared) => declared_domain(declared, tests),
            // the basic check reports it
            None => Vec::new(),
        },
    }
}

fn declared_domain(declared: &DeclaredFact, tests: &[&FactTest]) -> Vec<String> {
    let (unit, min, max) = match &declared.kind {
        FactKind::Choices(choices) => return codes(choices),
        FactKind::Quantity { unit, min, max } => (unit, min, max),
    };
    let mut limits: Vec<Decimal> = Vec::new();
    for test in tests {
        if let FactTest::Quantity { range, .. } = test {
            let ends = [&range.lowest, &range.highest].into_iter().flatten();
            limits.extend(ends.map(|end| end.value.number));
        }
    }
    limits.extend([min, max].into_iter().flatten().map(|end| end.number));
    limits.sort_unstable();
    limits.dedup();
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
    let mut values: Vec<Decimal> = between.chain(outside.into_iter().flatten()).collect();
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
            FactQuantity { number, unit }.to_string()
        })
        .collect()
}

fn is_one<T: ToString>(list: &List<T>, value: &str) -> bool {
    list.iter().any(|listed| listed.to_string() == value)
}

pub(super) fn meets(test: &FactTest, value: &str) -> bool {
    match test {
        FactTest::TumourStage(list) => is_one(list, value),
        FactTest::NodalStage(list) => is_one(list, value),
        FactTest::Metastasis(list) => is_one(list, value),
        FactTest::Differentiation(list) => is_one(list, value),
        FactTest::LymphovascularInvasion(list) => is_one(list, value),
        FactTest::Margin(list) => is_one(list, value),
        FactTest::SubmucosalLevel(list) => is_one(list, value),
        FactTest::Choice { is, .. } => is_one(is, value),
        FactTest::Quantity { range, .. } => value
            .parse::<FactQuantity>()
            .is_ok_and(|value| range.holds(&value) == Truth::True),
        FactTest::SubmucosalDepthAbove(limit) => value
            .parse::<SubmucosalDepth>()
            .is_ok_and(|depth| depth > *limit),
    }
}

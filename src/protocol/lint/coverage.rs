//! Whether every patient has exactly one arm: the combinations of the facts that the arms ask for,
//! gone through one by one.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Report;
use crate::finding::{Finding, Outcome};
use crate::protocol::condition::{Condition, FactTest};
use crate::protocol::model::{Ambiguity, Protocol};
use crate::protocol::pathology::{
    Differentiation, Fact, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, SubmucosalDepth, SubmucosalLevel,
};
use crate::text::List;

/// More combinations are not gone through; a protocol asks for a handful of facts.
const MOST: usize = 1 << 18;

/// Gaps and overlaps reported, each kind.
const SHOWN: usize = 5;

/// A fact, its values that the protocol tells apart, and one example of each.
struct Axis {
    fact: Fact,
    examples: Vec<String>,
}

pub(super) fn lint(protocol: &Protocol, out: &mut Report) {
    if protocol.arms.is_empty() {
        return;
    }
    let undefined = protocol
        .risk_features
        .iter()
        .filter(|feature| feature.test.value().is_none())
        .map(|feature| format!("risk_features.{}", feature.id));
    let open = protocol
        .arms
        .iter()
        .filter(|arm| arm.when.value().is_none())
        .map(|arm| format!("arms.{}.when", arm.id));
    let open: Vec<String> = undefined.chain(open).collect();
    if let Some(at) = open.first() {
        out.push(Finding::new(
            "coverage.open",
            Outcome::CannotTell,
            at,
            "the condition is left open, so whether every patient has one arm cannot be told",
        ));
        return;
    }
    let axes = axes(protocol);
    let combinations = axes
        .iter()
        .try_fold(1_usize, |product, axis| {
            product.checked_mul(axis.examples.len())
        })
        .filter(|product| *product <= MOST);
    let Some(combinations) = combinations else {
        let facts: Vec<String> = axes.iter().map(|axis| axis.fact.to_string()).collect();
        out.push(
            Finding::new(
                "coverage.bounded",
                Outcome::CannotTell,
                "arms",
                "the facts have too many combinations to go through, so whether every patient has one arm cannot be told",
            )
            .expected(format!("at most {MOST} combinations"))
            .found(facts.join(", ")),
        );
        return;
    };
    go_through(protocol, &axes, combinations, out);
}

fn go_through(protocol: &Protocol, axes: &[Axis], combinations: usize, out: &mut Report) {
    let world = World::new(protocol, axes);
    let mut reached = vec![false; protocol.arms.len()];
    let mut gaps = Kinds::default();
    let mut overlaps = Kinds::default();
    // one value, by its place in the axis, for each axis
    let mut patient: Vec<usize> = vec![0; axes.len()];
    for _ in 0..combinations {
        let arms = world.arms(&patient);
        for arm in &arms {
            reached[*arm] = true;
        }
        match arms.as_slice() {
            [_] => {}
            [] => {
                if !world.ambiguities(&patient).any(|_| true) {
                    gaps.add(&world, &patient, &arms);
                }
            }
            several => {
                let named = |open: &Ambiguity| {
                    several.iter().all(|arm| {
                        let id = &protocol.arms[*arm].id;
                        open.question.choices.contains(id)
                    })
                };
                if !world.ambiguities(&patient).any(named) {
                    overlaps.add(&world, &patient, several);
                }
            }
        }
        next(&mut patient, axes);
    }
    for kind in gaps.0.iter().take(SHOWN) {
        out.push(
            Finding::new(
                "coverage.gap",
                Outcome::Fail,
                "arms",
                format!("a patient has no arm, for example {}", kind.example),
            )
            .expected("one arm, or an ambiguity that says so")
            .found("no arm")
            .arithmetic(kind.share(combinations)),
        );
    }
    for kind in overlaps.0.iter().take(SHOWN) {
        let ids: Vec<&str> = kind
            .arms
            .iter()
            .map(|arm| &*protocol.arms[*arm].id)
            .collect();
        let last = kind.arms.last().map_or("", |arm| &*protocol.arms[*arm].id);
        out.push(
            Finding::new(
                "coverage.overlap",
                Outcome::Fail,
                format!("arms.{last}.when"),
                format!("a patient has several arms, for example {}", kind.example),
            )
            .expected("one arm, or an ambiguity whose choices are these arms")
            .found(ids.join(" and "))
            .arithmetic(kind.share(combinations)),
        );
    }
    for (arm, _) in protocol
        .arms
        .iter()
        .zip(&reached)
        .filter(|(_, reached)| !**reached)
    {
        out.push(
            Finding::new(
                "coverage.unreachable",
                Outcome::Fail,
                format!("arms.{}.when", arm.id),
                "no patient can meet the condition",
            )
            .found(
                arm.when
                    .value()
                    .map_or_else(String::new, ToString::to_string),
            )
            .arithmetic(format!("none of {combinations} combinations of facts")),
        );
    }
}

/// Combinations that fare alike, with one example.
struct Kind {
    example: String,
    arms: Vec<usize>,
    count: usize,
}

impl Kind {
    fn share(&self, combinations: usize) -> String {
        format!(
            "{} of {combinations} combinations of facts, at least",
            self.count
        )
    }
}

#[derive(Default)]
struct Kinds(Vec<Kind>);

impl Kinds {
    fn add(&mut self, world: &World<'_>, patient: &[usize], arms: &[usize]) {
        // beyond what is shown, examples cost time and say nothing
        if self.0.len() > SHOWN {
            return;
        }
        let example = world.example(patient, arms);
        match self.0.iter_mut().find(|kind| kind.example == example) {
            Some(kind) => kind.count += 1,
            None => self.0.push(Kind {
                example,
                arms: arms.to_vec(),
                count: 1,
            }),
        }
    }
}

fn next(patient: &mut [usize], axes: &[Axis]) {
    for (value, axis) in patient.iter_mut().zip(axes) {
        *value += 1;
        if *value < axis.examples.len() {
            return;
        }
        *value = 0;
    }
}

/// A condition over the values of the axes, its tests answered beforehand.
enum Compiled {
    All(Vec<Compiled>),
    Any(Vec<Compiled>),
    None(Vec<Compiled>),
    Test { axis: usize, answers: Vec<bool> },
}

impl Compiled {
    fn of(condition: &Condition, protocol: &Protocol, axes: &[Axis]) -> Self {
        let parts = |list: &List<Condition>| {
            list.iter()
                .map(|part| Self::of(part, protocol, axes))
                .collect()
        };
        match condition {
            Condition::AllOf(list) => Self::All(parts(list)),
            Condition::AnyOf(list) => Self::Any(parts(list)),
            Condition::NoneOf(list) => Self::None(parts(list)),
            Condition::Fact(test) => Self::test(test, axes),
            Condition::AnyRiskFeature => {
                let features = protocol.risk_features.iter();
                let tests = features.filter_map(|feature| feature.test.value());
                Self::Any(tests.map(|test| Self::test(test, axes)).collect())
            }
        }
    }

    fn test(test: &FactTest, axes: &[Axis]) -> Self {
        let fact = test.fact();
        match axes.iter().position(|axis| axis.fact == fact) {
            Some(axis) => Self::Test {
                axis,
                answers: axes[axis]
                    .examples
                    .iter()
                    .map(|value| meets(test, value))
                    .collect(),
            },
            // a fact without a value can meet nothing
            None => Self::Any(Vec::new()),
        }
    }

    fn holds(&self, patient: &[usize]) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(patient)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(patient)),
            Self::None(parts) => !parts.iter().any(|part| part.holds(patient)),
            Self::Test { axis, answers } => answers[patient[*axis]],
        }
    }
}

struct World<'p> {
    axes: &'p [Axis],
    arms: Vec<Compiled>,
    ambiguities: Vec<(Compiled, &'p Ambiguity)>,
}

impl<'p> World<'p> {
    fn new(protocol: &'p Protocol, axes: &'p [Axis]) -> Self {
        let compile = |condition: &Condition| Compiled::of(condition, protocol, axes);
        let arms = protocol.arms.iter();
        let open = protocol.ambiguities.iter();
        Self {
            axes,
            arms: arms
                .filter_map(|arm| arm.when.value().map(compile))
                .collect(),
            ambiguities: open
                .filter_map(|open| Some((compile(open.when.as_ref()?), open)))
                .collect(),
        }
    }

    fn arms(&self, patient: &[usize]) -> Vec<usize> {
        let arms = self.arms.iter().enumerate();
        arms.filter(|(_, arm)| arm.holds(patient))
            .map(|(i, _)| i)
            .collect()
    }

    fn ambiguities<'s>(&'s self, patient: &'s [usize]) -> impl Iterator<Item = &'p Ambiguity> + 's {
        self.ambiguities
            .iter()
            .filter(|(when, _)| when.holds(patient))
            .map(|(_, open)| *open)
    }

    /// The facts that matter: those whose change alone would change the arms.
    fn example(&self, patient: &[usize], arms: &[usize]) -> String {
        let mut facts: Vec<String> = Vec::new();
        for (i, axis) in self.axes.iter().enumerate() {
            let mut other = patient.to_vec();
            let matters = (0..axis.examples.len()).any(|value| {
                other[i] = value;
                self.arms(&other) != arms
            });
            if matters {
                facts.push(format!("{} {}", axis.fact, axis.examples[patient[i]]));
            }
        }
        if facts.is_empty() {
            "any patient".into()
        } else {
            facts.join(", ")
        }
    }
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
        Condition::AnyRiskFeature => {}
    }
}

/// One axis for each fact that is tested; values that no test tells apart count once.
fn axes(protocol: &Protocol) -> Vec<Axis> {
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
            for value in domain(&fact, &of_fact) {
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
fn domain(fact: &Fact, tests: &[&FactTest]) -> Vec<String> {
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
                    let above = SubmucosalDepth::from_base(limit.micrometres() + 1);
                    depths.extend([Some(*limit), above.ok()].into_iter().flatten());
                }
            }
            depths.sort_unstable();
            codes(&depths)
        }
    }
}

fn is_one<T: ToString>(list: &List<T>, value: &str) -> bool {
    list.iter().any(|listed| listed.to_string() == value)
}

fn meets(test: &FactTest, value: &str) -> bool {
    match test {
        FactTest::TumourStage(list) => is_one(list, value),
        FactTest::NodalStage(list) => is_one(list, value),
        FactTest::Metastasis(list) => is_one(list, value),
        FactTest::Differentiation(list) => is_one(list, value),
        FactTest::LymphovascularInvasion(list) => is_one(list, value),
        FactTest::Margin(list) => is_one(list, value),
        FactTest::SubmucosalLevel(list) => is_one(list, value),
        FactTest::SubmucosalDepthAbove(limit) => value
            .parse::<SubmucosalDepth>()
            .is_ok_and(|depth| depth > *limit),
    }
}

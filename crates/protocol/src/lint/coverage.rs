//! Whether every patient has exactly one arm: the combinations of the facts that the arms ask for,
//! gone through one by one.

use super::axes::{Axis, axes, meets};
use super::fault::{ExamplePatient, ProtocolFault};
use super::finding::Findings;
use crate::facts::condition::Condition;
use crate::facts::test::FactTest;
use crate::facts::value::FactValue;
use crate::facts::vocabulary::Fact;
use crate::model::place;
use crate::model::protocol::{Ambiguity, Protocol};
use chemorad::text::List;

/// More combinations are not gone through; a protocol asks for a handful of facts.
const MOST: usize = 1 << 18;

/// Gaps and overlaps reported, each kind.
const SHOWN: usize = 5;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    if protocol.arms.is_empty() {
        return;
    }
    let undefined = protocol
        .risk_features
        .iter()
        .filter(|feature| feature.test.value().is_none())
        .map(|feature| format!("risk_features.{}.test", feature.id));
    let places = place::of(&protocol.arms, "arms", |arm| &arm.id);
    let open = places
        .iter()
        .filter(|(_, arm)| arm.when.value().is_none())
        .map(|(at, _)| format!("{at}.when"));
    let open: Vec<String> = undefined.chain(open).collect();
    if let Some(at) = open.first() {
        out.push(at, ProtocolFault::OpenCondition);
        return;
    }
    let axes = axes(protocol);
    // an undeclared fact, which the basic check reports
    if axes.iter().any(|axis| axis.examples.is_empty()) {
        return;
    }
    let combinations = axes
        .iter()
        .try_fold(1_usize, |product, axis| {
            product.checked_mul(axis.examples.len())
        })
        .filter(|product| *product <= MOST);
    let Some(combinations) = combinations else {
        out.push(
            "arms",
            ProtocolFault::TooManyCombinations {
                most: MOST,
                facts: axes.into_iter().map(|axis| axis.fact).collect(),
            },
        );
        return;
    };
    enumerate_combinations(protocol, &axes, combinations, out);
}

fn enumerate_combinations(
    protocol: &Protocol,
    axes: &[Axis],
    combinations: usize,
    out: &mut Findings,
) {
    let world = World::new(protocol, axes, combinations);
    let places = place::of(&protocol.arms, "arms", |arm| &arm.id);
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
    for kind in gaps.0.into_iter().take(SHOWN) {
        out.push("arms", ProtocolFault::NoArm(kind.patient));
    }
    for kind in overlaps.0.into_iter().take(SHOWN) {
        let ids = kind.arms.iter().map(|arm| protocol.arms[*arm].id.clone());
        let arms = ids.collect();
        let last = kind.arms.last().map_or("arms", |arm| &*places[*arm].0);
        out.push(
            format!("{last}.when"),
            ProtocolFault::SeveralArms {
                patient: kind.patient,
                arms,
            },
        );
    }
    for ((at, arm), _) in places
        .iter()
        .zip(&reached)
        .filter(|(_, reached)| !**reached)
    {
        let condition = arm.when.value().cloned().map(Box::new);
        out.push(
            format!("{at}.when"),
            ProtocolFault::Unreachable {
                condition,
                combinations,
            },
        );
    }
}

/// Combinations that fare alike, with one example.
struct Kind {
    patient: ExamplePatient,
    arms: Vec<usize>,
}

#[derive(Default)]
struct Kinds(Vec<Kind>);

impl Kinds {
    fn add(&mut self, world: &World<'_>, patient: &[usize], arms: &[usize]) {
        // beyond what is shown, examples cost time and say nothing
        if self.0.len() > SHOWN {
            return;
        }
        let facts = world.example(patient, arms);
        let same = |kind: &&mut Kind| kind.patient.facts == facts;
        match self.0.iter_mut().find(same) {
            Some(kind) => kind.patient.alike += 1,
            None => self.0.push(Kind {
                patient: ExamplePatient {
                    facts,
                    alike: 1,
                    combinations: world.combinations,
                },
                arms: arms.to_vec(),
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
            Condition::Everyone => Self::All(Vec::new()),
            Condition::AnyRiskFeature => {
                let features = protocol.risk_features.iter();
                let tests = features.filter_map(|feature| feature.test.value());
                Self::Any(tests.map(|test| Self::test(test, axes)).collect())
            }
        }
    }

    fn test(test: &FactTest, axes: &[Axis]) -> Self {
        let fact = test.fact();
        match axes.iter().position(|axis| axis.fact == *fact) {
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
    combinations: usize,
    arms: Vec<Compiled>,
    ambiguities: Vec<(Compiled, &'p Ambiguity)>,
}

impl<'p> World<'p> {
    fn new(protocol: &'p Protocol, axes: &'p [Axis], combinations: usize) -> Self {
        let compile = |condition: &Condition| Compiled::of(condition, protocol, axes);
        let arms = protocol.arms.iter();
        let open = protocol.ambiguities.iter();
        Self {
            axes,
            combinations,
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
    fn example(&self, patient: &[usize], arms: &[usize]) -> Vec<(Fact, FactValue)> {
        let mut facts = Vec::new();
        for (i, axis) in self.axes.iter().enumerate() {
            let mut other = patient.to_vec();
            let matters = (0..axis.examples.len()).any(|value| {
                other[i] = value;
                self.arms(&other) != arms
            });
            if matters {
                facts.push((axis.fact.clone(), axis.examples[patient[i]].clone()));
            }
        }
        facts
    }
}

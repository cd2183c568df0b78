//! Whether two doses share treatment, by what they refer to: nothing may be counted twice.

use chemorad_dosimetry::SummationType;

use crate::dose::rt_dose::Dose;
use crate::reference::GroupReference;
use crate::shared::{Shared, Unsettled};

/// How two doses stand to one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Overlap {
    Nothing,
    Unsettled(Unsettled),
    Shared(Shared),
}

impl Overlap {
    /// The worse of two.
    fn or(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Nothing, _) | (Self::Unsettled(_), Self::Shared(_)) => other,
            _ => self,
        }
    }
}

/// A part of a plan.
struct Part<'d> {
    /// Its SOP Instance UID.
    plan: Option<&'d str>,
    extent: Extent<'d>,
}

#[derive(Clone, Copy)]
enum Extent<'d> {
    Plan,
    /// Called the whole plan, and only a part of it is named.
    PerhapsPlan,
    /// A part that is not named.
    SomePart,
    /// One of several plans that are not named.
    SomePlan,
    Group(Option<i32>, Share<'d>),
}

#[derive(Clone, Copy)]
enum Share<'d> {
    Whole,
    Named {
        beams: &'d [i32],
        setups: &'d [i32],
    },
    /// A part that is not named.
    Some,
}

/// What of its plans a dose is.
fn parts<'d>(dose: &'d Dose<'_>) -> Vec<Part<'d>> {
    let mut parts = Vec::new();
    for plan in &dose.plans {
        let uid = plan.plan.sop_instance.as_ref();
        let uid = uid.map(|uid| uid.reveal().as_str());
        let mut add = |extent| parts.push(Part { plan: uid, extent });
        let summation = &dose.summation;
        match (summation, plan.fraction_groups.as_slice()) {
            (SummationType::Plan | SummationType::MultiPlan, []) => add(Extent::Plan),
            (_, []) => add(Extent::SomePart),
            (_, groups) => {
                for group in groups {
                    add(Extent::Group(group.number, share(summation, group)));
                }
                if *summation == SummationType::Plan {
                    add(Extent::PerhapsPlan);
                }
            }
        }
    }
    let mut uids: Vec<&str> = parts.iter().filter_map(|part| part.plan).collect();
    uids.dedup();
    if dose.summation == SummationType::MultiPlan && uids.len() == 1 {
        parts.push(Part {
            plan: None,
            extent: Extent::SomePlan,
        });
    }
    if parts.is_empty() {
        parts.push(Part {
            plan: None,
            extent: Extent::SomePart,
        });
    }
    parts
}

fn share<'d>(summation: &SummationType, group: &'d GroupReference) -> Share<'d> {
    match (summation, group.beams.as_slice(), group.setups.as_slice()) {
        // these are sums of whole groups, whatever beams they list
        (SummationType::Plan | SummationType::Fraction, ..)
        | (SummationType::MultiPlan, [], []) => Share::Whole,
        (_, [], []) => Share::Some,
        (SummationType::Brachy, _, setups @ [_, ..]) => Share::Named { beams: &[], setups },
        (_, beams, setups) => Share::Named { beams, setups },
    }
}

/// Whether two doses share treatment, as far as their references say it.
pub(super) fn overlap(one: &Dose<'_>, other: &Dose<'_>) -> Overlap {
    let object = |dose: &Dose<'_>| dose.identity.sop_instance.clone();
    if object(one).is_some() && object(one) == object(other) {
        return Overlap::Shared(Shared::Object);
    }
    let others = parts(other);
    let mut worst = Overlap::Nothing;
    for part in parts(one) {
        for other in &others {
            worst = worst.or(between(&part, other));
        }
    }
    worst
}

fn between(one: &Part<'_>, other: &Part<'_>) -> Overlap {
    if [one.extent, other.extent]
        .iter()
        .any(|extent| matches!(extent, Extent::SomePlan))
    {
        return Overlap::Unsettled(Unsettled::PlansNotNamed);
    }
    let (Some(plan), Some(other_plan)) = (one.plan, other.plan) else {
        return Overlap::Unsettled(Unsettled::NoPlan);
    };
    if plan != other_plan {
        return Overlap::Nothing;
    }
    match (one.extent, other.extent) {
        (Extent::Plan, _) | (_, Extent::Plan) => Overlap::Shared(Shared::Plan),
        (Extent::PerhapsPlan, _) | (_, Extent::PerhapsPlan) => {
            Overlap::Unsettled(Unsettled::PlanOrPart)
        }
        (Extent::Group(Some(group), share), Extent::Group(Some(other), other_share)) => {
            if group == other {
                within(group, share, other_share)
            } else {
                Overlap::Nothing
            }
        }
        (
            Extent::SomePart | Extent::SomePlan | Extent::Group(..),
            Extent::SomePart | Extent::SomePlan | Extent::Group(..),
        ) => Overlap::Unsettled(Unsettled::NoGroup),
    }
}

/// Within one fraction group.
fn within(group: i32, one: Share<'_>, other: Share<'_>) -> Overlap {
    let common = |these: &[i32], those: &[i32]| -> Vec<i32> {
        let both = these.iter().filter(|number| those.contains(number));
        both.copied().collect()
    };
    match (one, other) {
        (Share::Whole, _) | (_, Share::Whole) => Overlap::Shared(Shared::Group(group)),
        (Share::Some, _) | (_, Share::Some) => Overlap::Unsettled(Unsettled::NoBeams),
        (
            Share::Named {
                beams: these,
                setups,
            },
            Share::Named {
                beams: those,
                setups: others,
            },
        ) => {
            let beams = common(these, those);
            let setups = common(setups, others);
            if !beams.is_empty() {
                Overlap::Shared(Shared::Beams { group, beams })
            } else if !setups.is_empty() {
                Overlap::Shared(Shared::Setups { group, setups })
            } else {
                Overlap::Nothing
            }
        }
    }
}

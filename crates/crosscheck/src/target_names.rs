//! What the names of a plan's targets say against the plan itself: an organ, one region for two volumes, the dose of
//! another target.

use super::check::Checker;
use super::finding::target_names::{NameOdd, TargetNameFinding};
use super::organ_limits::is_same_organ;
use super::statement::{dosed, named, statements};
use chemorad::number::Decimal;
use chemorad::report::Identifying;
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget};

/// Organs of the shipped tables of limits that nobody treats in the pelvis. A rectum, a vagina or a uterus may be what
/// is treated.
pub(super) const ORGANS: &[&str] = &[
    "bladder",
    "bowel",
    "bowel bag",
    "small bowel",
    "large bowel",
    "femoral heads",
    "femoral head",
    "femoral head l",
    "femoral head r",
    "femur head l",
    "femur head r",
    "genitalia",
    "iliac crests",
    "iliac crest",
    "bone marrow",
    "penile bulb",
    "spinal cord",
    "cauda equina",
    "kidneys",
    "sigmoid",
    "skin",
];

/// Whether a name is that of an organ that is no target.
pub(super) fn is_organ(name: &str) -> bool {
    ORGANS.iter().any(|organ| is_same_organ(organ, name))
}

impl Checker<'_> {
    /// A target that nobody named as a volume of the course, and that has the name of an organ.
    pub(super) fn is_organ(&self, name: &Identifying<String>) -> bool {
        is_organ(name.reveal()) && self.named_volume(name.reveal()).is_none()
    }

    pub(super) fn check_target_names(&mut self, plan: &PlannedPrescription) {
        let all: Vec<&PlannedTarget> = named(plan).collect();
        let mut found = Vec::new();
        for (at, one) in all.iter().enumerate() {
            for other in all.iter().skip(at + 1) {
                let volume = |target: &PlannedTarget| self.named_volume(target.name.reveal());
                let volumes = volume(one).zip(volume(other));
                let number = one.region.filter(|_| one.region == other.region);
                if let (Some(number), true) = (number, volumes.is_some_and(|(a, b)| a != b)) {
                    found.push(NameOdd::OneRegion {
                        targets: [one.name.clone(), other.name.clone()],
                        number,
                    });
                }
            }
        }
        let doses: Vec<(&PlannedTarget, Vec<Decimal>)> = dosed(plan)
            .map(|target| (target, doses_of(plan, target)))
            .collect();
        for (at, (one, own)) in doses.iter().enumerate() {
            for (other, others) in doses.iter().skip(at + 1) {
                let says = |target: &PlannedTarget, doses: &[Decimal]| {
                    let numbers = doses_in(target.name.reveal());
                    doses.iter().any(|dose| numbers.contains(dose))
                };
                let crossed = says(one, others) && says(other, own);
                if crossed && !says(one, own) && !says(other, others) {
                    found.push(NameOdd::Exchanged {
                        targets: [one.name.clone(), other.name.clone()],
                    });
                }
            }
        }
        for odd in found {
            self.push(TargetNameFinding {
                plan: plan.source.clone(),
                odd,
            });
        }
    }
}

/// The doses that a plan states for a target, gray.
fn doses_of(plan: &PlannedPrescription, target: &PlannedTarget) -> Vec<Decimal> {
    let all = statements(plan).into_iter();
    all.filter(|statement| core::ptr::eq(statement.target, target))
        .map(|statement| statement.dose)
        .collect()
}

/// The doses in gray that the numbers of a name can be: `PTV 50.4`, `PTV_5040`, `PTV504`, `PTV50p4`.
fn doses_in(name: &str) -> Vec<Decimal> {
    let is_digit = |c: &char| c.is_ascii_digit();
    let mut numbers: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    let text: Vec<char> = name.chars().collect();
    for (at, c) in text.iter().enumerate() {
        let next = text.get(at + 1);
        match (numbers.last_mut(), before) {
            (Some(number), Some(last)) if is_digit(c) && (is_digit(&last) || last == '.') => {
                number.push(*c);
            }
            _ if is_digit(c) => numbers.push(c.to_string()),
            (Some(number), Some(last))
                if ['.', ',', 'p', '_'].contains(c)
                    && is_digit(&last)
                    && next.is_some_and(is_digit)
                    && !number.contains('.') =>
            {
                number.push('.');
                before = Some('.');
                continue;
            }
            _ => {}
        }
        before = Some(*c);
    }
    let scaled = |number: &String| {
        let value: Option<Decimal> = number.parse().ok();
        let whole = !number.contains('.');
        let tenth = (whole && number.len() == 3).then_some(-1);
        let hundredth = (whole && number.len() == 4).then_some(-2);
        let powers = [Some(0), tenth, hundredth];
        powers
            .into_iter()
            .flatten()
            .filter_map(move |power| value?.checked_mul(Decimal::new(1, power)?))
    };
    numbers.iter().flat_map(scaled).collect()
}

#[cfg(test)]
mod tests {
    use super::{doses_in, is_organ};

    #[test]
    fn numbers_of_names_are_doses() {
        let has = |name: &str, dose: &str| {
            let dose = dose.parse().ok();
            dose.is_some_and(|dose| doses_in(name).contains(&dose))
        };
        for name in [
            "PTV50.4", "PTV 50,4", "PTV_5040", "PTV504", "PTV50p4", "50.4 PTV", "PTV50_4",
        ] {
            assert!(has(name, "50.4"), "{name}: {:?}", doses_in(name));
            assert!(!has(name, "45"), "{name}");
        }
        assert!(has("PTV45", "45") && has("PTV_4500_v2", "45") && has("45", "45"));
        assert_eq!(doses_in("tumour bed"), []);
        assert_eq!(doses_in(""), []);
    }

    #[test]
    fn organs_are_no_targets() {
        for name in [
            "Bladder",
            "BLADDER",
            "Femoral_Head_L",
            "bowel bag",
            "SpinalCord",
        ] {
            assert!(is_organ(name), "{name}");
        }
        for name in [
            "PTV",
            "pelvis",
            "rectum",
            "tumour bed",
            "anal canal",
            "bladder + 1 cm",
            "",
        ] {
            assert!(!is_organ(name), "{name}");
        }
    }
}

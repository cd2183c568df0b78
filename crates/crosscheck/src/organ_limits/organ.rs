//! Which structures of a file an organ of a limit is.
//!
//! By hand (`NAME=ORGAN`) where it is given; else by the name: case, spaces and punctuation aside, then
//! the same words in another order, as TG-263 writes them (`Bowel_Small` is "small bowel"). Never by likeness. What is
//! given by hand does not silently replace a structure that has the name; `NAME=-` says that one is no organ.

use chemorad::report::Identifying;
use chemorad_dosimetry::same_name;

use crate::mapping::TargetName;

/// The structures that an organ is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Organ {
    /// None has its name.
    Missing,
    /// One, by its place in the list.
    One(usize),
    /// Several that are given by hand: each is a part of the organ.
    Parts(Vec<usize>),
    /// Several have the name, and which one is meant is not known.
    Several(Vec<usize>),
    /// Those with the name were given as another organ, or as none.
    Taken(Vec<usize>),
    /// Some are given by hand, and others have the name.
    Overruled {
        given: Vec<usize>,
        named: Vec<usize>,
    },
}

impl Organ {
    /// Every structure that has to do with it.
    pub(super) fn places(self) -> Vec<usize> {
        match self {
            // a structure that was given as another organ is not this one
            Self::Missing | Self::Taken(_) => Vec::new(),
            Self::One(place) => vec![place],
            Self::Parts(places) | Self::Several(places) => places,
            Self::Overruled { given, named } => [given, named].concat(),
        }
    }
}

/// Words in small letters, in order.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let mut words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words
}

type Rule = fn(&str, &str) -> bool;

const RULES: [Rule; 3] = [
    |name, organ| name.trim() == organ.trim(),
    same_name,
    |name, organ| !words(name).is_empty() && words(name) == words(organ),
];

/// Whether two names are those of one organ.
pub(super) fn is_same_organ(one: &str, other: &str) -> bool {
    RULES.iter().any(|is_called| is_called(one, other))
}

pub(super) fn organ(
    name: &str,
    structures: &[Option<Identifying<String>>],
    by_hand: &[TargetName],
    is_contoured: &dyn Fn(usize) -> bool,
) -> Organ {
    let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let named = structures.iter().enumerate();
        named
            .filter(|(_, own)| own.as_ref().is_some_and(|own| is(own.reveal())))
            .map(|(at, _)| at)
            .collect()
    };
    // a structure that somebody gave to another organ is not this one
    let is_free = |own: &str| !by_hand.iter().any(|given| given.name.trim() == own.trim());
    let given: Vec<&TargetName> = by_hand
        .iter()
        .filter(|given| same_name(&given.volume, name))
        .collect();
    if !given.is_empty() {
        let mut found = Vec::new();
        for given in given {
            match places(&|own| own.trim() == given.name.trim()).as_slice() {
                [] => return Organ::Missing,
                [only] => found.push(*only),
                several => return Organ::Several(several.to_vec()),
            }
        }
        found.sort_unstable();
        found.dedup();
        let is_of_name = |own: &str| is_free(own) && is_same_organ(own, name);
        let mut named = places(&is_of_name);
        named.retain(|place| is_contoured(*place));
        if !named.is_empty() {
            return Organ::Overruled {
                given: found,
                named,
            };
        }
        return match found.as_slice() {
            [only] => Organ::One(*only),
            _ => Organ::Parts(found),
        };
    }
    // `Bladder` and `bladder` in one file: the limit does not say which of them is meant
    let mut spelled = places(&|own| is_free(own) && same_name(own, name));
    if spelled.len() > 1 {
        let drawn: Vec<usize> = spelled
            .iter()
            .copied()
            .filter(|at| is_contoured(*at))
            .collect();
        if !drawn.is_empty() {
            spelled = drawn;
        }
    }
    match spelled.as_slice() {
        [] => {}
        [only] => return Organ::One(*only),
        several => return Organ::Several(several.to_vec()),
    }
    match places(&|own| is_free(own) && is_same_organ(own, name)).as_slice() {
        [] => {}
        [only] => return Organ::One(*only),
        several => return Organ::Several(several.to_vec()),
    }
    match places(&|own| is_same_organ(own, name)) {
        taken if !taken.is_empty() => Organ::Taken(taken),
        _ => Organ::Missing,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{Organ, organ};

    #[test]
    fn an_organ_is_found_by_its_name_and_never_by_likeness() {
        let names = [
            "Bowel_Small",
            "BowelBag",
            "Bladder",
            "bladder ",
            "Femur L",
            "Femur R",
        ];
        let names = names.map(|name| Some(name.into()));
        let found = |name: &str, by_hand: &[&str]| {
            let by_hand: Vec<_> = by_hand.iter().map(|text| text.parse().unwrap()).collect();
            organ(name, &names, &by_hand, &|place| place != 4)
        };
        assert_eq!(found("small bowel", &[]), Organ::One(0));
        assert_eq!(found("bowel bag", &[]), Organ::One(1));
        assert_eq!(found("bladder", &[]), Organ::Several(vec![2, 3]));
        assert_eq!(
            found("bladder", &["Bladder=-"]),
            Organ::One(3),
            "the other one is said to be none"
        );
        assert_eq!(found("BLADDER", &[]), Organ::Several(vec![2, 3]));
        for likeness in ["bowel", "small bowels", "femur", "femoral heads", "bag", ""] {
            assert_eq!(found(likeness, &[]), Organ::Missing, "{likeness}");
        }
        let both = ["Femur L=femoral heads", "Femur R=femoral heads"];
        assert_eq!(found("femoral heads", &both), Organ::Parts(vec![4, 5]));
        assert_eq!(found("bowel", &["BowelBag=bowel"]), Organ::One(1));
        // what was given by hand is taken, and not there twice
        assert_eq!(
            found("bowel bag", &["BowelBag=bowel"]),
            Organ::Taken(vec![1])
        );
        assert_eq!(found("bowel bag", &["BowelBag=-"]), Organ::Taken(vec![1]));
        assert_eq!(found("bowel", &["Bag=bowel"]), Organ::Missing);
        // another one has the name, unless it is empty or said to be no organ
        let overruled = |named| Organ::Overruled {
            given: vec![1],
            named,
        };
        assert_eq!(
            found("small bowel", &["BowelBag=small bowel"]),
            overruled(vec![0])
        );
        let none = ["BowelBag=small bowel", "Bowel_Small=-"];
        assert_eq!(found("small bowel", &none), Organ::One(1));
        let both = ["BowelBag=small bowel", "Bowel_Small=small bowel"];
        assert_eq!(found("small bowel", &both), Organ::Parts(vec![0, 1]));
        assert_eq!(found("femur l", &["BowelBag=femur l"]), Organ::One(1));
    }
}

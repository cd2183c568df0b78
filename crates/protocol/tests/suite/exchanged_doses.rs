//! Each dose of a passage goes with the volume beside it, and the phases come in the order of the words. Both ways.

use super::whole_doses::{Dose, Treatment, USUAL, one};
use super::whole_regimens::Expected::{self, Accused, Clean};

/// The pelvis and the tumour in it, both of one passage; the phases in this order.
fn course(expected: Expected, phases: [(&str, &str); 2], rt: &str) {
    let [(first, dose), (second, other)] = phases;
    let doses: [[Dose<'_>; 1]; 2] = [[(first, dose, "rt")], [(second, other, "rt")]];
    one(
        expected,
        &Treatment {
            phases: &[("one", &doses[0]), ("two", &doses[1])],
            rt,
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
}

const FIRST: &str = "45 Gy in 25";
const SECOND: &str = "9 Gy in 5";

/// Wordings of 45 Gy to the pelvis, then 9 Gy to the tumour, that say the order.
const ORDERED: &[&str] = &[
    "45 Gy in 25 fractions to the pelvis followed by a boost of 9 Gy in 5 fractions",
    "45 Gy in 25 fractions to the pelvis, then a boost of 9 Gy in 5 fractions",
    "45 Gy in 25 fractions to the pelvis plus a 9 Gy boost in 5 fractions to the tumour",
    "Pelvic radiotherapy 45 Gy in 25 fractions followed by a tumour boost of 9 Gy in 5 fractions",
    "pelvis 45 Gy/25 fractions, tumour boost 9 Gy/5 fractions",
    "radiotherapy to the whole pelvis (45 Gy in 25 fractions) and a boost (9 Gy in 5 fractions)",
    "45 Gy (25 fractions) to the pelvis with a boost of 9 Gy (5 fractions) to the tumour",
    "the pelvis received 45 Gy in 25 fractions, and the tumour a further 9 Gy in 5 fractions",
    "45 Gy in 25 fractions (pelvis) then 9 Gy in 5 fractions (tumour)",
    "boost to the tumour of 9 Gy in 5 fractions after 45 Gy in 25 fractions to the pelvis",
    "after 45 Gy to the pelvis in 25 fractions, the tumour was boosted with 9 Gy in 5 fractions",
    "9 Gy in 5 fractions boost following pelvic radiotherapy of 45 Gy in 25 fractions",
    "pelvis: 45 Gy in 25 fractions; boost: 9 Gy in 5 fractions",
    "45 Gy in 25 fractions to the pelvis. Boost: 9 Gy in 5 fractions.",
    "The pelvis was irradiated with 45 Gy in 25 fractions. A boost of 9 Gy in 5 fractions was then given.",
    "45 Gy in 25 fractions to pelvis; sequential boost of 9 Gy in 5 fractions",
    "pelvic 45 Gy in 25 fractions with 9 Gy in 5 fractions boost",
    "45 Gy in 25 fractions to the pelvis, and then a boost of 9 Gy in 5 fractions to the primary tumour for a total of 54 Gy in 30 fractions",
    "45 Gy in 25 fractions to the pelvis with a 9 Gy/5 fractions boost to a total of 54 Gy",
];

#[test]
fn doses_of_one_passage_are_not_exchanged() {
    for rt in ORDERED {
        course(Clean, [("pelvis", FIRST), ("tumour", SECOND)], rt);
        course(Accused, [("pelvis", SECOND), ("tumour", FIRST)], rt);
        course(Accused, [("tumour", FIRST), ("pelvis", SECOND)], rt);
    }
    // no words of an order
    for rt in [
        "45 Gy/25 fx pelvis + 9 Gy/5 fx tumour",
        "45 Gy in 25 fractions to the pelvis, 9 Gy in 5 fractions to the tumour",
    ] {
        course(Clean, [("pelvis", FIRST), ("tumour", SECOND)], rt);
        course(Accused, [("pelvis", SECOND), ("tumour", FIRST)], rt);
    }
}

#[test]
fn a_dose_is_not_of_the_volume_of_another_passage() {
    let boost = |expected: Expected, volume: &str| {
        let doses: [[Dose<'_>; 1]; 2] = [[("pelvis", FIRST, "rt")], [(volume, SECOND, "boost")]];
        one(
            expected,
            &Treatment {
                phases: &[("one", &doses[0]), ("two", &doses[1])],
                rt: "external beam, 45 Gy in 25 fractions to the pelvis",
                boost: "boost to the tumour of 9 Gy in 5 fractions after 45 Gy in 25 fractions to the pelvis",
                per_week: USUAL,
                is_nested: true,
            },
        );
    };
    boost(Clean, "tumour");
    boost(Accused, "pelvis");
}

#[test]
fn a_dose_of_two_volumes_is_of_either() {
    for rt in [
        "45 Gy in 25 fractions to the tumour and the pelvis, then 9 Gy in 5 fractions to the tumour",
        "45 Gy in 25 fractions to the pelvis, the tumour included, then 9 Gy in 5 fractions to the tumour",
    ] {
        course(Clean, [("pelvis", FIRST), ("tumour", SECOND)], rt);
        course(Clean, [("tumour", FIRST), ("tumour", SECOND)], rt);
    }
}

#[test]
fn phases_come_in_the_order_of_the_words() {
    for rt in ORDERED {
        course(Accused, [("tumour", SECOND), ("pelvis", FIRST)], rt);
    }
    for rt in [
        "a boost of 9 Gy in 5 fractions to the tumour before 45 Gy in 25 fractions to the pelvis",
        "9 Gy in 5 fractions to the tumour, then 45 Gy in 25 fractions to the pelvis",
        "45 Gy in 25 fractions to the pelvis preceded by a boost of 9 Gy in 5 fractions to the tumour",
        "45 Gy in 25 fractions to the pelvis after 9 Gy in 5 fractions to the tumour",
    ] {
        course(Clean, [("tumour", SECOND), ("pelvis", FIRST)], rt);
        course(Accused, [("pelvis", FIRST), ("tumour", SECOND)], rt);
    }
    // a rest between the two says nothing
    course(
        Clean,
        [("pelvis", FIRST), ("tumour", SECOND)],
        "45 Gy in 25 fractions to the pelvis; after 4 weeks, 9 Gy in 5 fractions to the tumour",
    );
}

#[test]
fn a_total_beside_what_is_added_is_no_dose_of_a_phase() {
    let rt = "45 Gy in 25 fractions to the pelvis followed by an additional 9 Gy in 5 fractions to the tumour, total 54 Gy";
    course(Clean, [("pelvis", FIRST), ("tumour", SECOND)], rt);
    course(Accused, [("pelvis", FIRST), ("tumour", "54 Gy in 5")], rt);
}

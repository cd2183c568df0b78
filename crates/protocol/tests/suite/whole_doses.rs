//! A dose is held against the whole of the words that say it: volume, total, fractions and order together. Both ways.
#![allow(clippy::too_many_lines, reason = "one case after another")]

use std::fmt::Write as _;

use super::passages::codes;
use super::whole_regimens::{Expected, hold};
use Expected::{Accused, Clean};

/// Volume, fractionation and passage.
pub(crate) type Dose<'a> = (&'a str, &'a str, &'a str);

pub(crate) struct Treatment<'a> {
    pub(crate) phases: &'a [(&'a str, &'a [Dose<'a>])],
    pub(crate) rt: &'a str,
    pub(crate) boost: &'a str,
    pub(crate) per_week: &'a str,
    pub(crate) is_nested: bool,
}

pub(crate) const USUAL: &str = r#"{ value = 5, reason = "as usual: 5", from = "rt" }"#;

fn text(of: &Treatment<'_>) -> String {
    let mut text = format!(
        r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
rt = {:?}
volumes = "pelvis, tumour"
"#,
        of.rt
    );
    if !of.boost.is_empty() {
        writeln!(text, "boost = {:?}", of.boost).unwrap();
    }
    let inside = if of.is_nested {
        r#"inside = { value = "pelvis", reason = "the tumour lies in the pelvis", from = "volumes" }"#
    } else {
        ""
    };
    writeln!(
        text,
        r#"[[volumes]]
name = "pelvis"
called = {{ value = "pelvis", from = "volumes" }}
[[volumes]]
name = "tumour"
called = {{ value = "tumour", from = "volumes" }}
{inside}"#
    )
    .unwrap();
    let mut names = Vec::new();
    for (name, doses) in of.phases {
        names.push(format!("{name:?}"));
        writeln!(
            text,
            r#"[[phases]]
name = {name:?}
modality = {{ value = "external_beam", reason = "as usual", from = "rt" }}"#
        )
        .unwrap();
        for (volume, value, from) in *doses {
            let value = if value.starts_with('{') {
                (*value).to_owned()
            } else {
                format!("{{ value = {value:?}, from = {from:?} }}")
            };
            writeln!(
                text,
                "[[phases.doses]]\nvolume = {volume:?}\nfractionation = {value}"
            )
            .unwrap();
        }
    }
    let order = if names.len() == 1 {
        "single_phase"
    } else {
        "sequential"
    };
    writeln!(
        text,
        r#"[[courses]]
id = "c"
title = "radiotherapy"
from = "rt"
phases = [{}]
order = {{ value = {order:?}, reason = "as listed", from = "rt" }}
fractions_per_week = {}
[[arms]]
id = "all"
title = "Everyone"
when = {{ value = "everyone", reason = "one arm", from = "rt" }}
[[arms.options]]
id = "o"
title = "radiotherapy"
from = "rt"
[[arms.options.actions]]
action = "radiotherapy"
course = "c"
concurrent_drugs = {{ value = [], reason = "none is named", from = "rt" }}"#,
        names.join(", "),
        of.per_week
    )
    .unwrap();
    text
}

/// One phase of the pelvis and one of the tumour, which lies in it.
fn two_phases(expected: Expected, first: &str, second: &str, rt: &str, boost: &str) {
    let from = if boost.is_empty() { "rt" } else { "boost" };
    let phases: &[(&str, &[Dose<'_>])] = &[
        ("p", &[("pelvis", first, "rt")]),
        ("b", &[("tumour", second, from)]),
    ];
    one(
        expected,
        &Treatment {
            phases,
            rt,
            boost,
            per_week: USUAL,
            is_nested: true,
        },
    );
}

pub(crate) fn one(expected: Expected, of: &Treatment<'_>) {
    hold(
        expected,
        &codes(&text(of)),
        &format!("{} {} {:?}", of.rt, of.boost, of.phases),
    );
}

#[test]
fn a_dose_is_what_its_phase_adds() {
    two_phases(
        Accused,
        "46 Gy in 23",
        "66 Gy in 33",
        "46 Gy in 23 fractions to the pelvis and 66 Gy in 33 fractions to the tumour",
        "",
    );
    two_phases(
        Accused,
        "46 Gy in 23",
        "66 Gy in 33",
        "46 Gy in 23 fractions to the pelvis",
        "the tumour was boosted, bringing the cumulative dose to 66 Gy in 33 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "tumour boost, total dose 50.4 Gy in 28 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        r#"{ value = "50.4 Gy in 28", reason = "50.4 / 1.8 = 28", from = "boost" }"#,
        "45 Gy in 25 fractions to the pelvis",
        "tumour boost to a total of 50.4 Gy in fractions of 1.8 Gy",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis, then 50.4 Gy in 28 fractions to the tumour",
        "",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis followed by a tumour boost (total 50.4 Gy in 28 fractions)",
        "",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "the tumour received 50.4 Gy in 28 fractions in all",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "14.4 Gy in 8",
        "45 Gy in 25 fractions to the pelvis and a tumour boost of 14.4 Gy in 8 fractions, total dose 54 Gy",
        "",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "45 Gy in 25 fractions to the pelvis and a tumour boost of 5.4 Gy in 3 fractions, total dose 50.4 Gy",
        "",
    );
    two_phases(
        Clean,
        "25 Gy in 5",
        "30 Gy in 15",
        "25 Gy in 5 fractions to the pelvis",
        "an additional 30 Gy in 15 fractions to the tumour",
    );
    two_phases(
        Clean,
        "20 Gy in 10",
        "30 Gy in 15",
        "20 Gy in 10 fractions to the pelvis followed by a boost of 30 Gy in 15 fractions to the tumour",
        "",
    );
    two_phases(
        Clean,
        "46 Gy in 23",
        r#"{ value = "20 Gy in 10", reason = "66 Gy - 46 Gy = 20 Gy; 33 - 23 = 10", from = "rt" }"#,
        "46 Gy in 23 fractions to the pelvis and 66 Gy in 33 fractions to the tumour",
        "",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "45 Gy in 25 fractions to the pelvis",
        "the tumour receives 5.4 Gy in 3 fractions, bringing the cumulative dose to 50.4 Gy",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "the tumour received a cumulative dose of 50.4 Gy in 28 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "tumour: 50.4 Gy in 28 fractions including the pelvic dose",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "with a boost so that the tumour reached 50.4 Gy in 28 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "boost field to the tumour, 50.4 Gy in 28 fractions in total",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "the total dose to the tumour was 50.4 Gy in 28 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "total tumour dose 50.4 Gy (28 fractions)",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "tumour boost up to 50.4 Gy in 28 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "50.4 Gy in 28",
        "45 Gy in 25 fractions to the pelvis",
        "a boost increasing the tumour dose to 50.4 Gy in 28 fractions",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "45 Gy in 25 fractions to the pelvis",
        "a boost dose of 5.4 Gy in 3 fractions to the tumour (total 50.4 Gy)",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "45 Gy in 25 fractions to the pelvis",
        "the tumour received an additional 5.4 Gy in 3 fractions, for a total dose of 50.4 Gy in 28 fractions",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "14.4 Gy in 8",
        "45 Gy in 25 fractions to the pelvis",
        "tumour boost 14.4 Gy in 8 fractions",
    );
    two_phases(
        Clean,
        "20 Gy in 10",
        "50 Gy in 25",
        "20 Gy in 10 fractions to the pelvis",
        "a sequential boost of 50 Gy in 25 fractions to the tumour",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "45 Gy in 25 fractions to the pelvis",
        "tumour boost 5.4 Gy/3 fractions, cumulative 50.4 Gy/28 fractions",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        "54 Gy in 30",
        "pelvis 45 Gy/25 fractions, tumour 54 Gy/30 fractions",
        "",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "45 Gy/25 fractions to the pelvis + 5.4 Gy/3 fractions to the tumour",
        "",
    );
    two_phases(
        Accused,
        "45 Gy in 25",
        r#"{ value = "50.4 Gy in 28", reason = "the boost is 28 fractions of 1.8 Gy", from = "boost" }"#,
        "45 Gy in 25 fractions to the pelvis",
        "tumour boost to a total of 50.4 Gy in fractions of 1.8 Gy",
    );
}

#[test]
fn a_boost_lies_in_what_came_before_and_follows_it() {
    one(
        Accused,
        &Treatment {
            phases: &[
                ("p", &[("pelvis", "45 Gy in 25", "rt")]),
                ("b", &[("pelvis", "5.4 Gy in 3", "rt")]),
            ],
            rt: "45 Gy in 25 fractions to the pelvis and a tumour boost of 5.4 Gy in 3 fractions",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    two_phases(
        Accused,
        "5.4 Gy in 3",
        "45 Gy in 25",
        "45 Gy in 25 fractions to the pelvis and 5.4 Gy in 3 fractions to the tumour",
        "",
    );
    one(
        Accused,
        &Treatment {
            phases: &[
                ("p", &[("pelvis", "45 Gy in 25", "rt")]),
                ("b", &[("tumour", "5.4 Gy in 3", "rt")]),
            ],
            rt: "45 Gy in 25 fractions to the pelvis and a tumour boost of 5.4 Gy in 3 fractions",
            boost: "",
            per_week: USUAL,
            is_nested: false,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[
                ("b", &[("tumour", "5.4 Gy in 3", "rt")]),
                ("p", &[("pelvis", "45 Gy in 25", "rt")]),
            ],
            rt: "45 Gy in 25 fractions to the pelvis followed by a tumour boost of 5.4 Gy in 3 fractions",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[
                ("b", &[("tumour", "5.4 Gy in 3", "boost")]),
                ("p", &[("pelvis", "45 Gy in 25", "rt")]),
            ],
            rt: "45 Gy in 25 fractions to the pelvis",
            boost: "followed by a tumour boost of 5.4 Gy in 3 fractions",
            per_week: USUAL,
            is_nested: true,
        },
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "pelvis 45 Gy in 25 fractions followed by tumour boost 5.4 Gy in 3 fractions",
        "",
    );
    one(
        Clean,
        &Treatment {
            phases: &[
                ("b", &[("tumour", "10 Gy in 5", "rt")]),
                ("p", &[("pelvis", "45 Gy in 25", "rt")]),
            ],
            rt: "a tumour boost of 10 Gy in 5 fractions before 45 Gy in 25 fractions to the pelvis",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "5.4 Gy in 3",
        "pelvis 45 Gy in 25 fractions",
        "a boost of 5.4 Gy in 3 fractions to the primary tumour",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "9 Gy in 5",
        "The pelvis received 45 Gy in 25 fractions; the tumour then received 9 Gy in 5 fractions",
        "",
    );
    one(
        Accused,
        &Treatment {
            phases: &[
                ("p", &[("tumour", "45 Gy in 25", "rt")]),
                ("b", &[("pelvis", "9 Gy in 5", "rt")]),
            ],
            rt: "The pelvis received 45 Gy in 25 fractions; the tumour then received 9 Gy in 5 fractions",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "9 Gy in 5",
        "45 Gy in 25 fractions was given to the pelvis and lymph nodes, with a tumour boost of 9 Gy in 5 fractions",
        "",
    );
    two_phases(
        Clean,
        "45 Gy in 25",
        "9 Gy in 5",
        "pelvis and tumour: 45 Gy in 25 fractions; tumour: 9 Gy in 5 fractions",
        "",
    );
    one(
        Clean,
        &Treatment {
            phases: &[(
                "p",
                &[
                    ("pelvis", "45 Gy in 25", "rt"),
                    ("tumour", "50 Gy in 25", "rt"),
                ],
            )],
            rt: "in 25 fractions, 45 Gy to the pelvis and a simultaneous boost of 50 Gy to the tumour",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[(
                "p",
                &[
                    ("pelvis", "50 Gy in 25", "rt"),
                    ("tumour", "45 Gy in 25", "rt"),
                ],
            )],
            rt: "in 25 fractions, 45 Gy to the pelvis and a simultaneous boost of 50 Gy to the tumour",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
}

#[test]
fn fractions_a_week_and_reasons_need_words() {
    one(
        Accused,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis with 6 MV photons",
            boost: "",
            per_week: r#"{ value = 6, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis over 5 weeks",
            boost: "",
            per_week: r#"{ value = 6, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis within 6 months",
            boost: "",
            per_week: r#"{ value = 6, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[(
                "p",
                &[(
                    "pelvis",
                    r#"{ value = "54 Gy in 30", reason = "54 Gy in 30", from = "rt" }"#,
                    "rt",
                )],
            )],
            rt: "45 Gy in 25 fractions to the pelvis",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis",
            boost: "",
            per_week: r#"{ value = 6, reason = "6", from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25# to the pelvis, 5# per week",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis, five fractions per week",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis, 5 days a week",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis, Monday to Friday",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 daily fractions to the pelvis, 5x/week",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis given on weekdays",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "pelvis: 45 Gy, 25 fractions, 5/week",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "pelvis: 45 Gy, 25 fractions, 5 x weekly",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "pelvis: 45 Gy in 25 fractions (5 fr/wk)",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "pelvis: 45 Gy in 25 fractions, 5 treatments weekly",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[("p", &[("pelvis", "45 Gy in 25", "rt")])],
            rt: "45 Gy in 25 fractions to the pelvis, then surgery at 5 weeks",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
}

#[test]
fn weeks_and_simultaneous_boosts() {
    one(
        Accused,
        &Treatment {
            phases: &[(
                "p",
                &[
                    ("pelvis", "54 Gy in 28", "rt"),
                    ("tumour", "45 Gy in 28", "rt"),
                ],
            )],
            rt: "54 Gy to the tumour and 45 Gy to the pelvis, both in 28 fractions",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[(
                "p",
                &[
                    ("pelvis", "54 Gy in 28", "rt"),
                    ("tumour", "45 Gy in 28", "rt"),
                ],
            )],
            rt: "28 fractions: 45 Gy in 28 fractions with a simultaneous integrated boost to 54 Gy",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
    one(
        Accused,
        &Treatment {
            phases: &[("p", &[("pelvis", "50.4 Gy in 28", "rt")])],
            rt: "50.4 Gy in 28 fractions to the pelvis in 5 weeks, 5 fractions a week",
            boost: "",
            per_week: r#"{ value = 5, from = "rt" }"#,
            is_nested: true,
        },
    );
    one(
        Clean,
        &Treatment {
            phases: &[(
                "p",
                &[
                    ("pelvis", "45 Gy in 28", "rt"),
                    ("tumour", "54 Gy in 28", "rt"),
                ],
            )],
            rt: "45 Gy in 28 fractions with a simultaneous integrated boost to 54 Gy",
            boost: "",
            per_week: USUAL,
            is_nested: true,
        },
    );
}

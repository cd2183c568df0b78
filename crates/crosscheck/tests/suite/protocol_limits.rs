//! The limits of a protocol as tables: shares of prescribed doses in gray, for the course that is meant.

use chemorad::text::{List, Text};
use chemorad_crosscheck::{OrganLimits, ProtocolLimitsError};
use chemorad_protocol::{
    Comparison, DoseVolumeLimit, LimitTable, Protocol, Question, Statement, library,
};

/// RTOG 0529: 42 Gy and a boost of 50.4 Gy in 28 fractions, or 50.4 Gy and 54 Gy in 30.
fn protocol(tables: Vec<LimitTable>) -> Protocol {
    let mut protocol = library::file("RTOG-0529").unwrap().protocol.clone();
    protocol.limits = tables.into();
    protocol
}

fn said<T>(value: T) -> Statement<T> {
    Statement::stated(value, "invented", "row 1")
}

/// `metric comparison limit`, with a variation where there is one.
fn row(metric: &str, comparison: Comparison, limit: &str, variation: &str) -> DoseVolumeLimit {
    DoseVolumeLimit {
        structure: Text::constant("bowel"),
        metric: metric.parse().unwrap(),
        comparison,
        limit: said(limit.parse().unwrap()),
        variation: (!variation.is_empty()).then(|| said(variation.parse().unwrap())),
        priority: None,
    }
}

fn table(courses: &[&'static str], rows: Vec<DoseVolumeLimit>) -> LimitTable {
    let courses: Vec<Text> = courses.iter().map(|id| Text::constant(id)).collect();
    LimitTable {
        id: Text::constant("organs"),
        source: Text::constant("invented"),
        courses: courses.into(),
        variation_share: None,
        rows: rows.into(),
    }
}

/// The limits of all tables as they are printed, with their variations.
fn limits(protocol: &Protocol, option: Option<&str>) -> Result<Vec<String>, ProtocolLimitsError> {
    let tables = OrganLimits::of_protocol(protocol, None, option)?;
    let limits = tables.iter().flat_map(|table| &table.limits);
    let texts = limits.map(|limit| match limit.variation {
        Some(variation) => format!("{limit}, {variation}"),
        None => limit.to_string(),
    });
    Ok(texts.collect())
}

use Comparison::{Above, AtLeast, AtMost, Below};

#[test]
fn a_protocol_without_limits_has_none() {
    let none = protocol(vec![]);
    assert!(matches!(
        limits(&none, None),
        Err(ProtocolLimitsError::None(_))
    ));
}

#[test]
fn every_kind_of_limit_is_carried_over() {
    let rows = vec![
        row("V30Gy", AtMost, "200 cc", "250 cc"),
        row("V45.5Gy", Below, "33.5 %", ""),
        row("max", AtMost, "50.4 Gy", "52 Gy"),
        row("mean", Above, "3 Gy", "2.5 Gy"),
        row("D2cc", AtMost, "50 Gy", ""),
        row("D98%", AtLeast, "42.75 Gy", ""),
    ];
    let plain = protocol(vec![table(&[], rows)]);
    let expected = [
        "bowel: V30Gy[cc] <= 200 cc, <= 250 cc",
        "bowel: V45.5Gy[%] < 33.5 %",
        "bowel: max[Gy] <= 50.4 Gy, <= 52 Gy",
        "bowel: mean[Gy] > 3 Gy, > 2.5 Gy",
        "bowel: D2cc[Gy] <= 50 Gy",
        "bowel: D98%[Gy] >= 42.75 Gy",
    ];
    // no course changes them, so none is asked for
    assert_eq!(limits(&plain, None).unwrap(), expected);
    assert_eq!(limits(&plain, Some("in_28")).unwrap(), expected);
    let tables = OrganLimits::of_protocol(&plain, None, None).unwrap();
    assert_eq!(tables[0].id, "RTOG-0529/organs");
    // an option or an arm that is named is one of the protocol
    for (arm, option) in [(None, Some("in_29")), (Some("nobody"), None)] {
        assert!(matches!(
            OrganLimits::of_protocol(&plain, arm, option),
            Err(ProtocolLimitsError::Treatment(_))
        ));
    }
}

#[test]
fn a_limit_that_is_left_open_stays_so() {
    let question = Question {
        id: Text::constant("bowel limit"),
        question: Text::constant("How much may the bowel get?"),
        why: Text::constant("It is not said."),
        choices: List::constant(&[]),
        quotes: List::constant(&[]),
    };
    let open = |metric: &str| DoseVolumeLimit {
        limit: Statement::Unspecified {
            question: question.clone(),
            values: List::constant(&[]),
        },
        ..row(metric, AtMost, "50 Gy", "")
    };
    let rows = vec![open("V30Gy"), open("max"), open("D2cc")];
    let mut open = table(&[], rows);
    open.variation_share = Some(said("10 %".parse().unwrap()));
    assert_eq!(
        limits(&protocol(vec![open]), None).unwrap(),
        [
            "bowel: V30Gy[%] left open",
            "bowel: max[Gy] left open",
            "bowel: D2cc[Gy] left open"
        ]
    );
}

#[test]
fn a_share_of_the_prescribed_dose_is_in_gray() {
    // as a metric, as a limit, and as a variation alone
    for (row, short, long) in [
        (
            row("V95% of boost target", AtLeast, "95 %", ""),
            "bowel: V47.88Gy[%] >= 95 %",
            "bowel: V51.3Gy[%] >= 95 %",
        ),
        (
            row("max", AtMost, "107 % of boost target", ""),
            "bowel: max[Gy] <= 53.928 Gy",
            "bowel: max[Gy] <= 57.78 Gy",
        ),
        (
            row("max", AtMost, "30 Gy", "75 % of target"),
            "bowel: max[Gy] <= 30 Gy, <= 31.5 Gy",
            "bowel: max[Gy] <= 30 Gy, <= 37.8 Gy",
        ),
    ] {
        let plain = || crate::protocol_limits::row("mean", AtMost, "20 Gy", "");
        let shares = protocol(vec![table(&[], vec![plain(), row])]);
        for (option, expected) in [("in_28", short), ("in_30", long)] {
            let found = limits(&shares, Some(option)).unwrap();
            assert_eq!(found, ["bowel: mean[Gy] <= 20 Gy", expected]);
        }
        // which of the two is meant is asked
        assert!(matches!(
            limits(&shares, None),
            Err(ProtocolLimitsError::Treatment(_))
        ));
    }
    let other = row("max", AtMost, "107 % of lymph nodes", "");
    assert!(matches!(
        limits(&protocol(vec![table(&[], vec![other])]), Some("in_28")),
        Err(ProtocolLimitsError::Volume { .. })
    ));
}

#[test]
fn a_table_is_for_its_courses() {
    let of =
        |courses: &[&'static str], limit: &str| table(courses, vec![row("max", AtMost, limit, "")]);
    let two = protocol(vec![of(&["in 28"], "50 Gy"), of(&["in 30"], "54 Gy")]);
    assert_eq!(
        limits(&two, Some("in_28")).unwrap(),
        ["bowel: max[Gy] <= 50 Gy"]
    );
    assert_eq!(
        limits(&two, Some("in_30")).unwrap(),
        ["bowel: max[Gy] <= 54 Gy"]
    );
    assert!(matches!(
        limits(&two, None),
        Err(ProtocolLimitsError::Treatment(_))
    ));
    // one table for every course does not settle it
    let mixed = protocol(vec![of(&[], "56 Gy"), of(&["in 30"], "54 Gy")]);
    assert!(matches!(
        limits(&mixed, None),
        Err(ProtocolLimitsError::Treatment(_))
    ));
    assert_eq!(
        limits(&mixed, Some("in_28")).unwrap(),
        ["bowel: max[Gy] <= 56 Gy"]
    );
    let one = protocol(vec![of(&["in 30"], "54 Gy")]);
    assert!(matches!(
        limits(&one, Some("in_28")),
        Err(ProtocolLimitsError::OtherCourse { .. })
    ));
    // for both, and for every course
    let both = protocol(vec![of(&["in 28", "in 30"], "54 Gy"), of(&[], "56 Gy")]);
    for option in ["in_28", "in_30"] {
        assert_eq!(
            limits(&both, Some(option)).unwrap(),
            ["bowel: max[Gy] <= 54 Gy", "bowel: max[Gy] <= 56 Gy"]
        );
    }
}

#[test]
fn a_variation_by_a_share_of_the_limit() {
    let with = |rows: Vec<DoseVolumeLimit>, share: &str| {
        let mut table = table(&[], rows);
        table.variation_share = Some(said(share.parse().unwrap()));
        limits(&protocol(vec![table]), None).unwrap()
    };
    let rows = || {
        vec![
            row("max", AtMost, "50 Gy", ""),
            row("mean", Below, "20 Gy", ""),
            row("D98%", AtLeast, "40 Gy", ""),
            row("D50%", Above, "30 Gy", ""),
            // its own comes first
            row("D2cc", AtMost, "45 Gy", "46 Gy"),
        ]
    };
    assert_eq!(
        with(rows(), "10 %"),
        [
            "bowel: max[Gy] <= 50 Gy, <= 55 Gy",
            "bowel: mean[Gy] < 20 Gy, < 22 Gy",
            "bowel: D98%[Gy] >= 40 Gy, >= 36 Gy",
            "bowel: D50%[Gy] > 30 Gy, > 27 Gy",
            "bowel: D2cc[Gy] <= 45 Gy, <= 46 Gy",
        ]
    );
    // of nothing, nothing more is acceptable
    let nothing = with(vec![row("V50Gy", AtMost, "0 cc", "")], "10 %");
    assert_eq!(nothing, ["bowel: V50Gy[cc] <= 0 cc"]);
}

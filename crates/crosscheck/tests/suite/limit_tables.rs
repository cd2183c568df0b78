//! Tables of limits: what a row, a file and a protocol may say, and what is refused.

use std::sync::LazyLock;

use chemorad_crosscheck::{
    Goal, OrganLimit, OrganLimitError, OrganLimits, OrganLimitsError, OtherOrgan, PublishedLimits,
    TargetName, shipped,
};

static PUBLISHED: LazyLock<PublishedLimits> = LazyLock::new(PublishedLimits::read);

fn limit(structure: &str, metric: &str, goal: &str) -> OrganLimit {
    OrganLimit::new(structure, metric, Some(goal)).unwrap()
}

fn goal(text: &str) -> Goal {
    text.parse().unwrap()
}

/// The rows, as they are printed.
fn rows(table: &str) -> Vec<String> {
    let limits = OrganLimits::from_csv("mine", table).unwrap().limits;
    limits.iter().map(ToString::to_string).collect()
}

fn faults(table: &str) -> Vec<String> {
    match OrganLimits::from_csv("mine", table) {
        Err(OrganLimitsError::Csv { faults, .. }) => faults,
        other => panic!("{table}: {other:?}"),
    }
}

#[test]
fn a_limit_has_a_structure_and_the_unit_of_its_metric() {
    assert_eq!(
        OrganLimit::new("  ", "mean", Some("<= 3 Gy")),
        Err(OrganLimitError::NoStructure)
    );
    assert_eq!(
        limit(" bowel bag ", "mean", "<= 3 Gy").structure,
        "bowel bag"
    );
    for (metric, goal) in [
        ("mean", "<= 3 %"),
        ("mean", "<= 3 cc"),
        ("V45Gy[cc]", "<= 50 %"),
        ("V45Gy[%]", "<= 50 Gy"),
    ] {
        let error = OrganLimit::new("bowel", metric, Some(goal)).unwrap_err();
        assert!(matches!(error, OrganLimitError::Unit { .. }), "{error}");
    }
    // a share of the structure is at most the whole, a dose and a volume in cc may be more
    for over in ["<= 100.1 %", "> 101 %"] {
        assert_eq!(
            OrganLimit::new("bowel", "V45Gy[%]", Some(over)),
            Err(OrganLimitError::AboveWhole(over.into()))
        );
    }
    limit("bowel", "V45Gy[%]", "<= 100 %");
    limit("bowel", "V45Gy[cc]", "<= 195 cc");
    limit("bowel", "max", "<= 107 Gy");
    // a share of a prescribed dose alone has one
    let dose = "50.4 Gy".parse().unwrap();
    assert!(
        limit("PTV", "V95%[%]", ">= 95 %")
            .of_prescribed(dose)
            .is_ok()
    );
    assert!(matches!(
        limit("PTV", "V45Gy[%]", ">= 95 %").of_prescribed(dose),
        Err(OrganLimitError::NoShare(_))
    ));
}

#[test]
fn a_variation_permits_more_on_the_same_side() {
    let with =
        |own: &str, variation: &str| limit("PTV", "V45Gy[%]", own).with_variation(goal(variation));
    for (own, variation) in [
        ("<= 50 %", "<= 55 %"),
        ("< 50 %", "<= 50.1 %"),
        (">= 95 %", ">= 90 %"),
        ("> 95 %", "> 94.9 %"),
    ] {
        let limit = with(own, variation).unwrap();
        assert_eq!(limit.variation, Some(goal(variation)));
    }
    for (own, variation) in [
        // no more, less, or on the other side
        ("<= 50 %", "<= 50 %"),
        ("<= 50 %", "<= 45 %"),
        ("<= 50 %", ">= 55 %"),
        ("<= 50 %", ">= 45 %"),
        (">= 95 %", ">= 95 %"),
        (">= 95 %", ">= 97 %"),
        (">= 95 %", "<= 90 %"),
    ] {
        let error = with(own, variation).unwrap_err();
        assert!(
            matches!(error, OrganLimitError::Variation { .. }),
            "{own}, {variation}: {error}"
        );
    }
    assert!(matches!(
        with("<= 50 %", "<= 55 Gy"),
        Err(OrganLimitError::Unit { .. })
    ));
}

#[test]
fn a_limit_permits_its_side() {
    let permits = |text: &str, value: f64| {
        let bounds = chemorad_dosimetry::Bounded {
            value,
            lower: value,
            upper: value,
        };
        goal(text).permits_within(&bounds).unwrap()
    };
    for (text, below, at, above) in [
        ("<= 50 %", true, true, false),
        ("< 50 %", true, false, false),
        (">= 50 %", false, true, true),
        ("> 50 %", false, false, true),
        ("<= 0 %", true, true, false),
        ("> 0 %", false, false, true),
    ] {
        let limit = goal(text).value.to_f64();
        assert_eq!(permits(text, limit - 0.1), below, "{text}");
        assert_eq!(permits(text, limit), at, "{text}");
        assert_eq!(permits(text, limit + 0.1), above, "{text}");
    }
    // an error repeats sixty letters of what was given
    let long = "x".repeat(70);
    let said = long.parse::<Goal>().unwrap_err().to_string();
    assert!(said.contains(&"x".repeat(60)) && !said.contains(&"x".repeat(61)));
    let said = shipped(&long).unwrap_err().to_string();
    assert!(said.contains(&"x".repeat(60)) && !said.contains(&"x".repeat(61)));
}

#[test]
fn a_table_in_csv() {
    let all = "structure,metric,limit,variation,prescribed,alpha_beta,priority,note,source\n\
        PTV,V95%,>= 95 %,>= 90 %,50.4 Gy,,1,ours,a page\n\
        bowel,max,<= 50 Gy,,,3 Gy,,,\n";
    let table = OrganLimits::from_csv("mine", all).unwrap();
    let [first, second] = table.limits.as_slice() else {
        panic!()
    };
    assert_eq!(first.to_string(), "PTV: V95%[%] of 50.4 Gy >= 95 %");
    assert_eq!(first.variation, Some(goal(">= 90 %")));
    assert_eq!(first.priority.map(u8::from), Some(1));
    assert_eq!(first.note.as_deref(), Some("ours"));
    assert_eq!(first.source.as_deref(), Some("a page"));
    assert_eq!(
        second.to_string(),
        "bowel: max[Gy] in EQD2Gy(a/b = 3) <= 50 Gy"
    );
    assert_eq!((&second.variation, &second.prescribed), (&None, &None));
    assert_eq!((&second.note, second.priority), (&None, None));
    // a comment with commas before a header with semicolons, columns in any order and letters
    let semicolons = "# ours, of today, for us\nMetric;Limit;Structure\nmax;<= 50 Gy;bowel\n";
    assert_eq!(rows(semicolons), ["bowel: max[Gy] <= 50 Gy"]);
    let commas = "# ours; of today\nstructure,metric,limit\nbowel,max,<= 50 Gy\n# the end\n";
    assert_eq!(rows(commas), ["bowel: max[Gy] <= 50 Gy"]);
}

#[test]
fn faults_of_a_table_in_csv_are_all_named() {
    let none = "structure,metric,limit\n";
    assert_eq!(
        OrganLimits::from_csv("mine", none),
        Err(OrganLimitsError::Empty("mine".into()))
    );
    // of the header: rows are not read then
    let found = faults("structure,metric,limits,metric\nbowel,V,nothing,5\n");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].starts_with("\"limits\" is not a column"),
        "{found:?}"
    );
    assert_eq!(found[1], "the column \"metric\" stands twice");
    assert_eq!(found[2], "the column \"limit\" is missing");
    let found = faults("metric,limit\nmax,<= 50 Gy\n");
    assert_eq!(found, ["the column \"structure\" is missing"]);
    // of rows: every one, by its line
    let found = faults(
        "structure,metric,limit,prescribed,alpha_beta,priority\n\
        bowel,max,<= 50 Gy,,,first\n\
        bowel,max,<= 50 Gy,,three,\n\
        bowel,V95%[%],<= 50 %,fifty,,\n\
        bladder,max,<= 50 Gy,,,\n\
        ,max,<= 50 Gy,,,\n\
        bowel,max,<= 50 Gy,45 Gy,,\n",
    );
    let starts = [
        "line 2: priority: \"first\" is not",
        "line 3: alpha_beta: ",
        "line 4: prescribed: ",
        "line 6: a limit needs the structure",
        "line 7: ",
    ];
    assert_eq!(found.len(), starts.len(), "{found:?}");
    for (fault, start) in found.iter().zip(starts) {
        assert!(fault.starts_with(start), "{fault}");
    }
}

#[test]
fn one_question_has_one_limit() {
    let table = |rows: &str| {
        let header = "structure,metric,limit,prescribed,alpha_beta";
        OrganLimits::from_csv("mine", &format!("{header}\n{rows}\n"))
    };
    for twice in [
        "bowel,max,<= 50 Gy,,\nbowel,max,< 45 Gy,,",
        "bowel,mean,<= 20 Gy,,\nbowel,max,>= 50 Gy,,\nbowel,max,> 45 Gy,,",
        "bowel,max,<= 50 Gy,,3 Gy\nbowel,max,< 45 Gy,,3 Gy",
        "PTV,V95%[%],>= 95 %,45 Gy,\nPTV,V95%[%],>= 90 %,45 Gy,",
    ] {
        assert!(
            matches!(table(twice), Err(OrganLimitsError::Twice { .. })),
            "{twice}"
        );
    }
    for apart in [
        "bowel,max,<= 50 Gy,,\nbowel,max,>= 45 Gy,,",
        "bowel,max,<= 50 Gy,,\nbowel,mean,<= 45 Gy,,",
        "bowel,max,<= 50 Gy,,\nbladder,max,<= 45 Gy,,",
        "bowel,max,<= 50 Gy,,3 Gy\nbowel,max,<= 45 Gy,,",
        "bowel,max,<= 50 Gy,,3 Gy\nbowel,max,<= 45 Gy,,10 Gy",
        "PTV,V95%[%],>= 95 %,45 Gy,\nPTV,V95%[%],>= 90 %,54 Gy,",
    ] {
        assert!(table(apart).is_ok(), "{apart}");
    }
}

#[test]
fn slips_are_named_from_five_times_on() {
    let is_named = |structure: &str, metric: &str, goal: &str| {
        PUBLISHED
            .compared(&limit(structure, metric, goal))
            .is_some()
    };
    // bladder, V65Gy < 50 % (QUANTEC)
    for (goal, named) in [("< 10 %", false), ("< 9.9995 %", true), ("< 90 %", false)] {
        assert_eq!(is_named("bladder", "V65Gy", goal), named, "{goal}");
    }
    // small intestine, V45Gy <= 65 cc: ten and a hundred times the dose, and a tenth of it
    for metric in ["V4500Gy", "V450Gy", "V4.5Gy", "V0.45Gy"] {
        assert!(is_named("small intestine", metric, "<= 65 cc"), "{metric}");
    }
    for metric in ["V44Gy", "V46Gy", "V90Gy", "V45000Gy"] {
        assert!(!is_named("small intestine", metric, "<= 65 cc"), "{metric}");
    }
    // another question with the same number: small bowel, maximum <= 50 Gy (RTOG 0529)
    assert!(!is_named("small bowel", "D2cc", "<= 50 Gy"));
    assert!(!is_named("small bowel", "mean", "<= 50 Gy"));
    // a limit on the other side is not compared
    assert!(!is_named("bladder", "V65Gy", ">= 5 %"));
    // nothing is meant
    assert!(!is_named("bladder", "V65Gy", "<= 0 %"));
}

#[test]
fn a_volume_lies_between_those_of_other_doses() {
    let is_named = |metric: &str, goal: &str| {
        PUBLISHED
            .compared(&limit("bowel bag", metric, goal))
            .is_some()
    };
    // published: V40Gy < 170 cc, V45Gy < 195 and < 100 cc, V50Gy < 33 cc
    for (metric, goal) in [
        // at most five times the largest volume of lower doses
        ("V55Gy", "< 975 cc"),
        // at least a fifth of the smallest of higher doses
        ("V30Gy", "< 6.6005 cc"),
        // more at a lower dose than at any published
        ("V5Gy", "< 1500 cc"),
        ("V30Gy", "< 250 cc"),
    ] {
        assert!(!is_named(metric, goal), "{metric} {goal}");
    }
    for (metric, goal) in [("V55Gy", "< 976 cc"), ("V30Gy", "< 6.5 cc")] {
        assert!(is_named(metric, goal), "{metric} {goal}");
    }
    // a volume that gets less grows with the dose
    assert!(!is_named("CV30Gy", "< 6.5 cc"));
}

#[test]
fn a_structure_that_has_the_name_of_another_organ() {
    let mine = OrganLimits::from_csv("mine", "structure,metric,limit\nvagina,max,<= 50 Gy\n");
    let mine = [mine.unwrap()];
    let found = |given: &str, tables: &[OrganLimits]| {
        let given = [given.parse().unwrap()];
        !OtherOrgan::of(&given, tables, &PUBLISHED).is_empty()
    };
    for given in ["Bladder=rectum", "Rectum=bladder", "Bowel_Bag=bowel loops"] {
        assert!(found(given, &[]), "{given}");
    }
    // one of the tables
    assert!(found("Vagina=rectum", &mine));
    assert!(!found("Vagina=rectum", &[]));
    for given in [
        "Bladder=bladder",
        "Bag_Bowel=bowel bag",
        "Bladder=-",
        "Rectum_1=rectum",
        "Region=rectum",
    ] {
        assert!(!found(given, &mine), "{given}");
    }
    // no organ at all, as a form that was not filled in gives it
    for volume in ["", " ", " - "] {
        let given = TargetName {
            name: "Bladder".into(),
            volume: volume.into(),
        };
        assert_eq!(
            OtherOrgan::of(&[given], &mine, &PUBLISHED),
            [],
            "{volume:?}"
        );
    }
}

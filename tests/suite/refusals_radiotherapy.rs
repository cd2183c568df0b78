//! Numbers, phases and courses that do not go together, and how the refusals read. Other open programs
//! cut fractions to whole numbers, or ignore one of three inconsistent numbers.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
#![allow(clippy::doc_markdown, reason = "names of programs")]

use std::fmt::Debug;
use std::str::FromStr;

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd, Fault, IntensityPerDay};
use chemorad::radiobiology::LinearQuadratic;
use chemorad::radiotherapy::{
    Course, CourseFault, FractionCount, Fractionation, FractionationError, FractionationTextError,
    Phase, PhaseFault, Volume, VolumePrescription,
};
use serde::de::DeserializeOwned;

fn refusal<T: FromStr + Debug>(text: &str) -> String
where
    T::Err: ToString,
{
    match text.parse::<T>() {
        Ok(value) => panic!("{text:?} was read as {value:?}"),
        Err(error) => error.to_string(),
    }
}

fn json_refusal<T: DeserializeOwned + Debug>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(value) => panic!("{json} was read as {value:?}"),
        Err(error) => error.to_string(),
    }
}

fn ab(text: &str) -> AlphaBeta {
    text.parse().unwrap()
}

/// Long input is refused at once and quoted in part.
#[test]
fn long_input_is_quoted_in_part() {
    let digits = "9".repeat(1_000_000);
    for text in [
        digits.clone(),
        format!("{digits} Gy"),
        format!("1 {}", "G".repeat(1_000_000)),
        format!("{digits}Gy/25"),
        format!("45Gy/{digits}"),
        format!("{digits} x 1.8 Gy"),
        format!("{digits} Gy BED(a/b = 10)"),
        format!("53.1 Gy BED(a/b = {digits})"),
        format!("44.25 Gy EQD{digits}Gy(a/b = 10)"),
        "é".repeat(500_000),
        " ".repeat(1_000_000),
    ] {
        for message in [
            refusal::<AbsorbedDose>(&text),
            refusal::<IntensityPerDay>(&text),
            refusal::<Fractionation>(&text),
            refusal::<FractionCount>(&text),
            refusal::<Bed>(&text),
            refusal::<Eqd>(&text),
        ] {
            assert!(message.chars().count() < 400, "{}", message.len());
        }
    }
    let long = "pelvis ".repeat(100_000);
    let prescription = VolumePrescription {
        volume: long.clone().into(),
        fractionation: "45Gy/25".parse().unwrap(),
    };
    let error = Phase::new(long.clone(), vec![prescription.clone(), prescription]).unwrap_err();
    assert!(error.to_string().len() < 400);
    let phase = Phase::single(long.clone(), long, "45Gy/25".parse().unwrap());
    let error = Course::new(vec![], vec![phase]).unwrap_err();
    assert!(error.to_string().len() < 400);
}

/// pyradiobiology: 0, -5 and 2.5 fractions give inf, 3.75 and 105; DVHmetrics cuts 25.9 to 25.
#[test]
fn fractions_are_whole_and_positive() {
    for text in [
        "0",
        "-5",
        "2.5",
        "25.9",
        "25.0",
        "1e1",
        "+25",
        "201",
        "4294967297",
        "",
        " ",
        "NaN",
        "٢٥",
        "25 fx",
    ] {
        refusal::<FractionCount>(text);
        refusal::<Fractionation>(&format!("45Gy/{text}"));
        refusal::<Fractionation>(&format!("45 Gy in {text}"));
        refusal::<Fractionation>(&format!("{text} x 1.8 Gy"));
        refusal::<Fractionation>(&format!("1.8 Gy x {text}"));
    }
    for json in ["0", "-5", "2.5", "25.0", "201", "null", "\"25\"", "[25]"] {
        json_refusal::<FractionCount>(json);
        json_refusal::<Fractionation>(&format!(r#"{{"dose":"45 Gy","fractions":{json}}}"#));
    }
}

/// DVHmetrics ignores fn = 25 when D = 45 and fd = 2; here all three must agree exactly.
#[test]
fn inconsistent_numbers() {
    let (total, d) = (
        AbsorbedDose::constant("45 Gy"),
        AbsorbedDose::constant("2 Gy"),
    );
    assert_eq!(
        Fractionation::new(total, 25, d),
        Err(FractionationError::Inconsistent {
            total,
            fractions: 25,
            dose_per_fraction: d,
            product: AbsorbedDose::constant("50 Gy"),
        })
    );
    assert_eq!(
        Fractionation::from_total_and_dose_per_fraction(total, d)
            .unwrap_err()
            .to_string(),
        "45 Gy is not a whole number of 2 Gy fractions"
    );
    // a microgray is enough
    assert!(
        Fractionation::new(
            AbsorbedDose::constant("45.000001 Gy"),
            25,
            AbsorbedDose::constant("1.8 Gy")
        )
        .is_err()
    );
    assert_eq!(
        Fractionation::from_total_and_dose_per_fraction(total, AbsorbedDose::constant("0.1 Gy")),
        Err(FractionationError::Fractions(450))
    );
    let json = r#"{"dose":"45 Gy","fractions":25,"dose_per_fraction":"2 Gy"}"#;
    assert!(json_refusal::<Fractionation>(json).starts_with("25 x 2 Gy is 50 Gy, not 45 Gy"));
    for json in [
        r#"{"dose":"45 Gy"}"#,
        r#"{"fractions":25}"#,
        r#"{"dose_per_fraction":"1.8 Gy"}"#,
        "{}",
    ] {
        assert!(
            json_refusal::<Fractionation>(json)
                .starts_with("a fractionation needs two of fractions, dose_per_fraction, dose")
        );
    }
    // DVHmetrics, issue 10: D and n are enough
    let bed = LinearQuadratic::new(ab("3 Gy"));
    assert_eq!(bed.eqd2("60Gy/4".parse().unwrap()).gray(), 216.0);
}

#[test]
fn phases_and_courses() {
    let one: Fractionation = "45Gy/25".parse().unwrap();
    let prescription = |volume: &str, text: &str| VolumePrescription {
        volume: String::from(volume).into(),
        fractionation: text.parse().unwrap(),
    };
    let fault = |list: Vec<VolumePrescription>| Phase::new("p", list).unwrap_err().fault;
    assert_eq!(fault(vec![]), PhaseFault::NoVolume);
    assert_eq!(
        fault(vec![
            prescription("a", "45Gy/25"),
            prescription("a", "50Gy/25")
        ]),
        PhaseFault::DuplicateVolume
    );
    assert_eq!(
        fault(vec![
            prescription("a", "45Gy/25"),
            prescription("b", "45Gy/24")
        ]),
        PhaseFault::DifferentFractions
    );
    let many = (0..=Course::MAX_VOLUMES)
        .map(|v| prescription(&format!("{v}"), "45Gy/25"))
        .collect();
    assert_eq!(fault(many), PhaseFault::TooManyVolumes);

    let course =
        |volumes: Vec<Volume>, phases: Vec<Phase>| Course::new(volumes, phases).unwrap_err();
    let phase =
        |name: &str, volume: &str, f| Phase::single(name.to_string(), volume.to_string(), f);
    assert_eq!(
        course(vec![Volume::new("a")], vec![]).fault,
        CourseFault::NoPhase
    );
    let error = course(vec![Volume::new("a")], vec![phase("p", "b", one)]);
    assert_eq!(error.fault, CourseFault::UnknownVolume);
    assert_eq!(
        error.to_string(),
        r#"course, phase "p": it prescribes to a volume that the course does not declare: check the spelling"#
    );
    let twice = vec![phase("p", "a", one), phase("p", "a", one)];
    assert_eq!(
        course(vec![Volume::new("a")], twice).fault,
        CourseFault::DuplicatePhase
    );
    let twice = vec![Volume::new("a"), Volume::new("a")];
    assert_eq!(
        course(twice, vec![phase("p", "a", one)]).fault,
        CourseFault::DuplicateVolume
    );
    let lost = vec![Volume::inside("a", "b")];
    assert_eq!(
        course(lost, vec![phase("p", "a", one)]).fault,
        CourseFault::UnknownEnclosing
    );
    let circle = vec![Volume::inside("a", "b"), Volume::inside("b", "a")];
    let error = course(circle, vec![phase("p", "a", one)]);
    assert_eq!(
        error.to_string(),
        r#"course, volume "a": it lies inside itself"#
    );

    // 1000 Gy is reached only through the enclosing volume
    let nested = vec![Volume::new("outer"), Volume::inside("inner", "outer")];
    let phases = vec![
        phase("p", "outer", "600Gy/30".parse().unwrap()),
        phase("q", "inner", "500Gy/25".parse().unwrap()),
    ];
    let error = course(nested, phases);
    assert_eq!(
        (error.at.as_str(), error.fault),
        (r#"volume "inner""#, CourseFault::TotalTooLarge)
    );

    let primes = [199, 197, 193, 191, 181, 179, 173, 167];
    let phases: Vec<_> = primes
        .iter()
        .map(|n| phase(&n.to_string(), "a", format!("1Gy/{n}").parse().unwrap()))
        .collect();
    assert_eq!(
        course(vec![Volume::new("a")], phases).fault,
        CourseFault::NoCommonMultiple
    );
}

#[test]
fn long_lists_and_false_statements() {
    let one: Fractionation = "45Gy/25".parse().unwrap();
    let course =
        |volumes: Vec<Volume>, phases: Vec<Phase>| Course::new(volumes, phases).unwrap_err();
    let phase =
        |name: &str, volume: &str, f| Phase::single(name.to_string(), volume.to_string(), f);
    let volumes: Vec<_> = (0..=Course::MAX_VOLUMES)
        .map(|v| Volume {
            name: v.to_string().into(),
            inside: None,
        })
        .collect();
    assert_eq!(
        course(volumes, vec![phase("p", "1", one)]).fault,
        CourseFault::TooManyVolumes
    );
    let daily: Vec<_> = (0..=Course::MAX_PHASES)
        .map(|p| phase(&p.to_string(), "a", "1 x 1 Gy".parse().unwrap()))
        .collect();
    assert_eq!(
        course(vec![Volume::new("a")], daily.clone()).fault,
        CourseFault::TooManyPhases
    );
    let daily = Course::new(vec![Volume::new("a")], daily[1..].to_vec()).unwrap();
    assert_eq!(
        daily.cumulative_dose("a"),
        Some(AbsorbedDose::constant("200 Gy"))
    );

    // what is written must be what it says
    let json =
        r#"{"name":"p","fractions":24,"prescriptions":[{"volume":"a","fractionation":"45Gy/25"}]}"#;
    assert!(json_refusal::<Phase>(json).contains("24 fractions stated, 25 in its prescriptions"));
    json_refusal::<Course>(r#"{"volumes":[],"phases":[]}"#);
    json_refusal::<Course>(r#"{"volumes":[{"name":"a"}],"phases":[],"dose":1}"#);
    json_refusal::<Volume>(r#"{"name":"a","in":"b"}"#);
}

/// The largest hostile course is checked in a moment: 64 volumes in a chain, 200 phases.
#[test]
fn the_largest_course() {
    let volumes: Vec<_> = (0..Course::MAX_VOLUMES)
        .map(|v| Volume {
            name: v.to_string().into(),
            inside: (v > 0).then(|| (v - 1).to_string().into()),
        })
        .collect();
    let phases: Vec<_> = (0..Course::MAX_PHASES)
        .map(|p| Phase::single(format!("phase {p}"), "0", "1 x 1 Gy".parse().unwrap()))
        .collect();
    let course = Course::new(volumes, phases).unwrap();
    assert_eq!(
        course.cumulative_dose("63"),
        Some(AbsorbedDose::constant("200 Gy"))
    );
}

/// The error is about the part that is wrong, whichever side it is written on.
#[test]
fn the_wrong_part_is_named() {
    for (text, count) in [
        ("25.5 x 1.8 Gy", "25.5"),
        ("1.8 Gy x 25.5", "25.5"),
        ("180 cGy x many", "many"),
        ("many x 180 cGy", "many"),
    ] {
        let FractionationTextError::Count(named) = text.parse::<Fractionation>().unwrap_err()
        else {
            panic!("{text}")
        };
        assert_eq!(named.trim(), count, "{text}");
    }
    for (text, dose) in [("1.8 x 25", "1.8"), ("25 x 1.8", "1.8"), ("2 x 25", "25")] {
        let FractionationTextError::Dose(error) = text.parse::<Fractionation>().unwrap_err() else {
            panic!("{text}")
        };
        assert_eq!(error.fault(), Fault::MissingUnit, "{text}");
        assert!(error.to_string().contains(dose), "{text}: {error}");
    }
}

/// A phase may list as many volumes as a course may declare, and no more.
#[test]
fn the_largest_phase() {
    let phase = |volumes: usize| {
        let prescriptions: Vec<_> = (0..volumes)
            .map(|v| VolumePrescription {
                volume: v.to_string().into(),
                fractionation: "45Gy/25".parse().unwrap(),
            })
            .collect();
        Phase::new("all", prescriptions)
    };
    assert!(phase(Course::MAX_VOLUMES).is_ok());
    assert_eq!(
        phase(Course::MAX_VOLUMES + 1).unwrap_err().fault,
        PhaseFault::TooManyVolumes
    );
}

/// The common multiple of equal numbers of fractions is that number, however many phases there are.
#[test]
fn many_phases_alike_have_an_exact_sum() {
    let given: Fractionation = "12 x 0.5 Gy".parse().unwrap();
    let phases: Vec<_> = (0..100)
        .map(|p| Phase::single(format!("phase {p}"), "a", given))
        .collect();
    let course = Course::new(vec![Volume::new("a")], phases).unwrap();
    assert_eq!(
        course.cumulative_dose("a"),
        Some(AbsorbedDose::constant("600 Gy"))
    );
}

/// The texts of errors that wrap others are those of the others: nothing is said twice.
#[test]
fn transparent_errors() {
    let error = "45Gy/0".parse::<Fractionation>().unwrap_err();
    assert!(matches!(
        error,
        FractionationTextError::Numbers(FractionationError::Fractions(0))
    ));
    let error = "x/25".parse::<Fractionation>().unwrap_err();
    let FractionationTextError::Dose(inner) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(inner.fault(), Fault::MissingNumber);
    assert_eq!(inner.quantity(), "absorbed dose");
    assert_eq!(error.to_string(), inner.to_string());
}

/// Less than 1 Gy in 5 or more fractions is 45 cGy written as gray, or gray taken for centigray.
#[test]
fn a_slip_of_the_unit_is_no_course() {
    for slip in [
        "45cGy/25",
        "0.45Gy/25",
        "25 x 1.8 cGy",
        "0.99 Gy in 5",
        "5 x 0.199 Gy",
    ] {
        let error = slip.parse::<Fractionation>().unwrap_err();
        assert!(
            error.to_string().contains("is the unit cGy?"),
            "{slip}: {error}"
        );
        let json = serde_json::to_string(slip).unwrap();
        assert!(
            serde_json::from_str::<Fractionation>(&json).is_err(),
            "{slip}"
        );
    }
    let parts = r#"{"dose": "0.45 Gy", "fractions": 25}"#;
    assert!(serde_json::from_str::<Fractionation>(parts).is_err());
    // meant: a part of a course of low doses, and the same as it is printed and as JSON
    for meant in [
        "0.75Gy/5 (low dose)",
        "5 x 15 cGy (low dose)",
        "0.5 Gy in 30 (low dose) ",
    ] {
        let low: Fractionation = meant.parse().unwrap();
        assert_eq!(low.to_string().parse(), Ok(low), "{meant}");
        let json = serde_json::to_string(&low).unwrap();
        assert_eq!(
            serde_json::from_str::<Fractionation>(&json).unwrap(),
            low,
            "{json}"
        );
    }
    for other in [
        "45Gy/25 (low dose)",
        "1Gy/5 (low dose)",
        "0.5Gy/1 (low dose)",
    ] {
        assert!(matches!(
            other.parse::<Fractionation>(),
            Err(FractionationTextError::NotLow(_))
        ));
    }
    // low doses that are given
    for given in ["1Gy/5", "0.5Gy/1", "0.9Gy/4", "3Gy/6", "4500cGy/25"] {
        assert!(given.parse::<Fractionation>().is_ok(), "{given}");
    }
}

//! Limits as data: text in and out, serde, and what a protocol with limits checks.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use chemorad::quantity::AbsorbedDose;
use chemorad::text::{List, Text};
use chemorad_protocol::{
    self, Comparison, DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitTable, LimitValue,
    Percent, Statement, TissueVolume, VolumeLevel,
};

fn percent_of(percent: &'static str, volume: &'static str) -> DoseLevel {
    DoseLevel::PercentOf {
        percent: Percent::constant(percent),
        volume: Text::constant(volume),
    }
}

#[test]
fn metrics_are_read_and_printed() {
    let gray = |text| DoseLevel::Absolute(AbsorbedDose::constant(text));
    let share = |text| VolumeLevel::Percent(Percent::constant(text));
    let cubic = |text| VolumeLevel::Absolute(TissueVolume::constant(text));
    for (written, metric, printed) in [
        (
            "V45Gy",
            DoseVolumeMetric::VolumeAtDose(gray("45 Gy")),
            "V45Gy",
        ),
        (
            "V 4500 cGy",
            DoseVolumeMetric::VolumeAtDose(gray("45 Gy")),
            "V45Gy",
        ),
        (
            "V95% of tumour bed",
            DoseVolumeMetric::VolumeAtDose(percent_of("95%", "tumour bed")),
            "V95% of tumour bed",
        ),
        ("D98%", DoseVolumeMetric::DoseAtVolume(share("98%")), "D98%"),
        (
            "D0.035 cc",
            DoseVolumeMetric::DoseAtVolume(cubic("35 mm3")),
            "D0.035cc",
        ),
        ("mean", DoseVolumeMetric::MeanDose, "mean"),
        (" max ", DoseVolumeMetric::MaximumDose, "maximum"),
        ("minimum", DoseVolumeMetric::MinimumDose, "minimum"),
    ] {
        let read: DoseVolumeMetric = written.parse().unwrap();
        assert_eq!(read, metric, "{written}");
        assert_eq!(read.to_string(), printed);
        assert_eq!(printed.parse(), Ok(metric), "{printed}");
    }
}

#[test]
fn values_are_read_and_printed() {
    for (written, printed) in [
        ("45Gy", "45 Gy"),
        ("4725 cGy", "47.25 Gy"),
        ("65cc", "65 cc"),
        ("65 cm3", "65 cc"),
        ("0 cc", "0 cc"),
        ("33.5%", "33.5 %"),
        ("107 % of tumour bed", "107 % of tumour bed"),
    ] {
        let read: LimitValue = written.parse().unwrap();
        assert_eq!(read.to_string(), printed);
        assert_eq!(printed.parse(), Ok(read.clone()));
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(
            serde_json::from_str::<LimitValue>(&json).unwrap(),
            read,
            "{json}"
        );
        let text = format!("{printed:?}");
        assert_eq!(serde_json::from_str::<LimitValue>(&text).unwrap(), read);
    }
}

#[test]
fn what_is_no_limit_says_what_one_is() {
    for (written, says) in [
        ("V45", "each number with its unit"),
        ("D2", "each number with its unit"),
        ("45 Gy", "is not a dose-volume metric"),
        ("v45Gy", "is not a dose-volume metric"),
        ("V45cc", "absorbed dose"),
        ("D45Gy", "volume of tissue"),
        ("V0Gy", "must be greater than zero"),
        ("V-5Gy", "must not be negative"),
        ("V45,5Gy", "decimal point"),
        ("", "is not a dose-volume metric"),
        ("V", "nothing was given"),
    ] {
        let error = written.parse::<DoseVolumeMetric>().unwrap_err().to_string();
        assert!(error.contains(says), "{written:?}: {error}");
    }
    for (written, says) in [
        ("65", "is not the value of a limit"),
        ("", "is not the value of a limit"),
        ("some", "is not the value of a limit"),
        ("-5 cc", "must not be negative"),
        ("-5 Gy", "must not be negative"),
        ("5000 %", "at most 100 %"),
        ("50 % of ", "is not the value of a limit"),
        ("0 Gy", "must be greater than zero"),
    ] {
        let error = written.parse::<LimitValue>().unwrap_err().to_string();
        assert!(error.contains(says), "{written:?}: {error}");
    }
    let long = "x".repeat(100_000);
    assert!(long.parse::<LimitValue>().unwrap_err().to_string().len() < 400);
    assert!(serde_json::from_str::<LimitValue>(r#"{"value":1,"unit":"cc","to":2}"#).is_err());
    assert!(serde_json::from_str::<LimitValue>(r#"{"value":1}"#).is_err());
}

fn row(metric: &str, value: &str) -> DoseVolumeLimit {
    DoseVolumeLimit {
        structure: Text::constant("small bowel"),
        metric: metric.parse().unwrap(),
        comparison: Comparison::AtMost,
        limit: Statement::Stated {
            value: value.parse().unwrap(),
            quote: Text::constant("V45 no more than 65 cc"),
            locator: Text::constant("invented table, row 1"),
        },
        variation: None,
        priority: None,
    }
}

fn table() -> LimitTable {
    LimitTable {
        id: Text::constant("bowel"),
        source: Text::constant("an invented table"),
        courses: List::constant(&[]),
        variation_share: None,
        rows: List::from(vec![row("V45Gy", "65 cc")]),
    }
}

#[test]
fn a_protocol_with_limits_is_checked_and_read_back() {
    let mut trial = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
    trial.limits = List::from(vec![table()]);
    assert_eq!(trial.check(), []);
    let views = trial.statements();
    assert!(
        views
            .iter()
            .any(|view| view.at == "limits.bowel.rows[0].limit")
    );
    let json = serde_json::to_string(&trial).unwrap();
    assert_eq!(
        serde_json::from_str::<chemorad_protocol::Protocol>(&json).unwrap(),
        trial
    );

    let mut broken = table();
    broken.courses = List::from(vec![Text::constant("palliative")]);
    broken.source = Text::constant(" ");
    let mut nameless = row("mean", "30 Gy");
    nameless.structure = Text::constant("");
    broken.rows = List::from(vec![nameless]);
    let mut empty = table();
    empty.rows = List::constant(&[]);
    trial.limits = List::from(vec![broken, empty]);
    let found: Vec<String> = trial
        .check()
        .iter()
        .map(|f| format!("{} {}", f.code(), f.at()))
        .collect();
    assert_eq!(
        found,
        [
            "protocol.duplicate_id limits[1]",
            "protocol.empty limits.bowel",
            "protocol.unknown_reference limits.bowel",
            "protocol.empty limits.bowel.rows[0]",
            "protocol.empty limits.bowel",
        ]
    );
}

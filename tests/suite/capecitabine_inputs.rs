//! Regimens, stocks, policies and band tables: what is refused, and text and files.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::capecitabine::BandEdge::{BelongsAbove, BelongsBelow};
use chemorad::capecitabine::{
    Band, BandFault, BandTable, CapecitabineError, Covers, JAPAN_METHOD_D, Regimen, RoundingPolicy,
    TabletStock, Ties,
};
use chemorad::patient::SurfaceArea;
use chemorad::quantity::{Basis, DoseIntensity, OrderedDose, TabletStrength};
use chemorad::text::List;

const NEAREST_UP: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Up };

const NEAREST_DOWN: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Down };

#[test]
fn regimens() {
    let trial: Regimen = serde_json::from_str(
        r#"{"intensity_per_administration": "825 mg/m2", "administrations_per_day": 2}"#,
    )
    .unwrap();
    assert_eq!(
        trial.intensity_per_day().milligrams_per_square_meter(),
        1650.0
    );
    let json = serde_json::to_string(&trial).unwrap();
    assert_eq!(serde_json::from_str::<Regimen>(&json).unwrap(), trial);
    for times in [0, 5] {
        assert!(Regimen::new("825 mg/m2".parse().unwrap(), times).is_err());
    }
    let four = Regimen::new("400 mg/m2".parse().unwrap(), 4).unwrap();
    assert_eq!(
        four.intensity_per_day().milligrams_per_square_meter(),
        1600.0
    );
    // 4 x 10000 mg/m2 is above the largest daily intensity
    assert!(Regimen::new("10 g/m2".parse().unwrap(), 4).is_err());
    let daily = DoseIntensity::parse("1000 mg/m2/d", Basis::Day).unwrap();
    assert!(matches!(
        Regimen::from_intensity(daily, 3),
        Err(CapecitabineError::UnevenDay { .. })
    ));
    assert!(Regimen::from_intensity(daily, 0).is_err());
    // one per day is not one per administration
    assert!(
        serde_json::from_str::<Regimen>(
            r#"{"intensity_per_administration": "1650 mg/m2/d", "administrations_per_day": 2}"#
        )
        .is_err()
    );
}

#[test]
fn stocks() {
    let new = |strengths: &[&'static str]| {
        TabletStock::new(strengths.iter().map(|text| TabletStrength::constant(text)))
    };
    assert!(matches!(new(&[]), Err(CapecitabineError::EmptyStock)));
    assert!(matches!(
        new(&["150 mg", "500 mg", "0.15 g"]),
        Err(CapecitabineError::DuplicateStrength { .. })
    ));
    let nine = [
        "1 mg", "2 mg", "3 mg", "4 mg", "5 mg", "6 mg", "7 mg", "8 mg", "9 mg",
    ];
    assert!(matches!(
        new(&nine),
        Err(CapecitabineError::TooManyStrengths)
    ));
    assert!(new(&nine[..8]).is_ok());
    let stock = new(&["150 mg", "500 mg"]).unwrap();
    assert!(matches!(
        stock.with_limit(TabletStrength::constant("150 mg"), 0),
        Err(CapecitabineError::ZeroLimit { .. })
    ));
    assert!(matches!(
        stock.with_limit(TabletStrength::constant("300 mg"), 2),
        Err(CapecitabineError::LimitWithoutStock { .. })
    ));
    for text in [
        "",
        "500",
        "500 mg,",
        "500mg;150mg",
        "0 mg",
        "500 mg (at most )",
        "500 mg (at most -1)",
        "500 mg (at most 2",
        "500 mg (2)",
        "500 mg (at most 99999999999)",
        "500 mg (at most 0)",
    ] {
        assert!(text.parse::<TabletStock>().is_err(), "{text:?}");
    }
    assert!(matches!(
        "500 mg, 150 mg (two)".parse::<TabletStock>(),
        Err(CapecitabineError::MalformedLimit { given }) if given == "(two)"
    ));
    let json = r#"[{"strength": "500 mg"}, {"strength": "150 mg", "at_most": 2}]"#;
    let stock: TabletStock = serde_json::from_str(json).unwrap();
    assert_eq!(stock.to_string(), "500 mg, 150 mg (at most 2)");
    assert!(serde_json::from_str::<TabletStock>(r#"[{"strength": "500 mg", "max": 2}]"#).is_err());
}

#[test]
fn policies_in_text_and_files() {
    assert_eq!(
        RoundingPolicy::parse("nearest", Some(Ties::Down)).unwrap(),
        NEAREST_DOWN
    );
    assert_eq!(
        RoundingPolicy::parse("up", None).unwrap(),
        RoundingPolicy::Up
    );
    assert!(matches!(
        RoundingPolicy::parse("nearest", None),
        Err(CapecitabineError::TiesRequired)
    ));
    assert!(matches!(
        RoundingPolicy::parse("up", Some(Ties::Up)),
        Err(CapecitabineError::TiesWithoutNearest { .. })
    ));
    assert!(matches!(
        RoundingPolicy::parse("half-up", None),
        Err(CapecitabineError::UnknownRounding { .. })
    ));
    for policy in [
        NEAREST_UP,
        NEAREST_DOWN,
        RoundingPolicy::Up,
        RoundingPolicy::Down,
        RoundingPolicy::Bands(JAPAN_METHOD_D),
    ] {
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(
            serde_json::from_str::<RoundingPolicy>(&json).unwrap(),
            policy
        );
    }
    assert_eq!(
        serde_json::to_string(&NEAREST_UP).unwrap(),
        r#""nearest, ties up""#
    );
    assert!(serde_json::from_str::<RoundingPolicy>(r#"{"nearest":{}}"#).is_err());
    assert!("even".parse::<Ties>().is_err());
}

fn band(from: Option<&'static str>, to: Option<&'static str>, dose: &'static str) -> Band {
    Band {
        from: from.map(|text| SurfaceArea::constant(text).into()),
        to: to.map(|text| SurfaceArea::constant(text).into()),
        dose_per_administration: OrderedDose::constant(dose),
    }
}

fn table(
    bands: Vec<Band>,
    edge: chemorad::capecitabine::BandEdge,
) -> Result<BandTable, CapecitabineError> {
    BandTable::new("test", "test", Covers::AnyIntensity, Some(2), edge, bands)
}

#[test]
fn tables_without_gap_or_overlap() {
    let fault = |bands| match table(bands, BelongsAbove) {
        Err(CapecitabineError::Bands { fault, .. }) => fault,
        other => panic!("{other:?}"),
    };
    let first = band(None, Some("1.3 m2"), "1000 mg");
    assert_eq!(fault(vec![]), BandFault::NoRows);
    assert_eq!(
        fault(vec![first, band(Some("1.31 m2"), None, "1150 mg")]),
        BandFault::Gap(2)
    );
    assert_eq!(
        fault(vec![first, band(Some("1.29 m2"), None, "1150 mg")]),
        BandFault::Overlap(2)
    );
    assert_eq!(
        fault(vec![first, band(Some("1.3 m2"), None, "950 mg")]),
        BandFault::DoseFalls(2)
    );
    assert_eq!(
        fault(vec![first, band(None, None, "1150 mg")]),
        BandFault::OpenInside(2)
    );
    assert_eq!(
        fault(vec![band(Some("1.3 m2"), Some("1.3 m2"), "1000 mg")]),
        BandFault::Inverted(1)
    );
    for times in [0, 5, 6] {
        let none = BandTable::new(
            "test",
            "test",
            Covers::AnyIntensity,
            Some(times),
            BelongsAbove,
            vec![first],
        );
        assert!(
            none.unwrap_err()
                .to_string()
                .contains("1 to 4 administrations")
        );
    }
    assert!(
        BandTable::new(
            "test",
            "test",
            Covers::AnyIntensity,
            Some(4),
            BelongsAbove,
            vec![first]
        )
        .is_ok()
    );
    let nothing = Covers::Intensities(List::constant(&[]));
    assert!(matches!(
        BandTable::new("test", "test", nothing, Some(2), BelongsAbove, vec![first]),
        Err(CapecitabineError::Bands {
            fault: BandFault::CoversNothing,
            ..
        })
    ));
    // neighbours may have one dose
    let alike = vec![first, band(Some("1.3 m2"), None, "1000 mg")];
    assert!(table(alike, BelongsAbove).is_ok());
}

#[test]
fn table_edges_and_ends() {
    let bands = vec![
        band(Some("1.2 m2"), Some("1.3 m2"), "1000 mg"),
        band(Some("1.3 m2"), Some("1.4 m2"), "1150 mg"),
    ];
    let dose = |edge, area: f64| {
        table(bands.clone(), edge)
            .unwrap()
            .band(area)
            .map(|band| band.dose_per_administration.milligrams())
    };
    for edge in [BelongsAbove, BelongsBelow] {
        assert_eq!(dose(edge, 1.2), Some(1000));
        assert_eq!(dose(edge, 1.2999), Some(1000));
        assert_eq!(dose(edge, 1.3001), Some(1150));
        assert_eq!(dose(edge, 1.4), Some(1150));
        assert_eq!(dose(edge, 1.1999), None);
        assert_eq!(dose(edge, 1.4001), None);
        assert_eq!(dose(edge, f64::NAN), None);
        assert_eq!(dose(edge, f64::INFINITY), None);
    }
    // at the edge, float noise included
    for area in [1.3, 1.3 - 1e-10, 1.3 + 1e-10] {
        assert_eq!(dose(BelongsAbove, area), Some(1150));
        assert_eq!(dose(BelongsBelow, area), Some(1000));
    }
}

#[test]
fn tables_in_files() {
    let file = r#"
        label = "two bands, 2026-01-01"
        source = "a site's own table"
        covers = { intensities = ["825 mg/m2"] }
        administrations_per_day = 2
        edge = "belongs_below"
        bands = [
            { to = "1.5 m2", dose_per_administration = "1000 mg" },
            { from = { value = 1.5, unit = "m2" }, dose_per_administration = "1500 mg" },
        ]
    "#;
    let table: BandTable = toml::from_str(file).unwrap();
    assert_eq!(table.bands().len(), 2);
    assert_eq!(table.edge(), BelongsBelow);
    assert_eq!(table.source(), "a site's own table");
    let again: BandTable = serde_json::from_str(&serde_json::to_string(&table).unwrap()).unwrap();
    assert_eq!(again, table);
    assert!(toml::from_str::<BandTable>(&file.replace("to = \"1.5", "to = \"1.4")).is_err());
    assert!(toml::from_str::<BandTable>(&file.replace("edge =", "edges =")).is_err());
    // what its doses stand for is never assumed
    assert!(toml::from_str::<BandTable>(&file.replace("covers = ", "# ")).is_err());
}

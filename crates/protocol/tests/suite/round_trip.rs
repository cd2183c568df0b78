//! What a protocol file writes as text is printed as that text and read from it again.

use core::fmt::{Debug, Display};
use core::str::FromStr;

use chemorad_protocol::{
    AgeInYears, DayNumbers, DoseVolumeMetric, EcogStatus, FactQuantity, Infusion, LimitValue,
    PathologicalTumourStage, PrintedValue,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn round_trip<T>(given: &str)
where
    T: Display + FromStr<Err: Debug> + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value: T = given.parse().unwrap();
    let text = value.to_string();
    assert_eq!(text.parse::<T>().unwrap(), value, "{given}");
    let written = serde_json::to_value(&text).unwrap();
    assert_eq!(
        serde_json::from_value::<T>(written).unwrap(),
        value,
        "{given}"
    );
    let own = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&own).unwrap(), value, "{own}");
}

proptest! {
    #[test]
    fn numbers_with_units(whole in 0_u32..10_000, places in 0_usize..=6, decimals in 0_u32..1_000_000) {
        let point = if places > 0 { "." } else { "" };
        let number = format!("{whole}{point}{}", &format!("{decimals:06}")[..places]);
        round_trip::<FactQuantity>(&format!("{number} ng/mL"));
        round_trip::<FactQuantity>(&number);
        round_trip::<PrintedValue>(&format!("{number} Gy"));
        // places that are zeros are places
        assert_eq!(
            format!("{number} Gy").parse::<PrintedValue>().unwrap().to_string(),
            format!("{number} Gy")
        );
    }

    #[test]
    fn limits(level in 1_u32..100) {
        for metric in [format!("V{level}Gy"), format!("D{level}cc"), format!("D{level}%")] {
            round_trip::<DoseVolumeMetric>(&metric);
        }
        round_trip::<DoseVolumeMetric>(&format!("V{level}% of pelvis"));
        for value in ["Gy", "cc", "%", "% of tumour bed"] {
            round_trip::<LimitValue>(&format!("{level} {value}"));
        }
    }

    #[test]
    fn days(first in 1_u16..100, length in 0_u16..20, gap in 1_u16..20) {
        let last = first + length;
        round_trip::<DayNumbers>(&format!("{first}-{last}, {}", last + gap));
        round_trip::<Infusion>(&format!("{first} h"));
    }
}

#[test]
fn words() {
    for metric in ["mean", "maximum", "minimum"] {
        round_trip::<DoseVolumeMetric>(metric);
    }
    round_trip::<Infusion>("continuous");
    for stage in PathologicalTumourStage::ALL {
        round_trip::<PathologicalTumourStage>(stage.code());
    }
    for number in ["18", "75"] {
        let age: AgeInYears = number.parse().unwrap();
        assert_eq!(age.to_string().parse(), Ok(age));
    }
    let status: EcogStatus = "1".parse().unwrap();
    assert_eq!(status.to_string().parse(), Ok(status));
}

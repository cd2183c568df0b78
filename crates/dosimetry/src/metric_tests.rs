//! Metrics as they are read and printed.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Metric, MetricError};

#[test]
fn metrics_are_read_and_printed() {
    for (text, printed) in [
        ("V45Gy[cc]", "V45Gy[cc]"),
        ("v45gy [ % ]", "V45Gy[%]"),
        ("V4500cGy[cm3]", "V45Gy[cc]"),
        ("V0.5Gy[mL]", "V0.5Gy[cc]"),
        ("D2cm\u{b3}", "D2cc[Gy]"),
        ("D30mm3", "D0.03cc[Gy]"),
        ("D2cc", "D2cc[Gy]"),
        ("D0.03cc[Gy]", "D0.03cc[Gy]"),
        ("D2%", "D2%[Gy]"),
        ("D 98 % [Gy]", "D98%[Gy]"),
        ("CV22Gy[cc]", "CV22Gy[cc]"),
        ("DC700cc[Gy]", "DC700cc[Gy]"),
        ("Mean", "mean[Gy]"),
        // the dose that all of it gets is the smallest one
        ("D100%", "min[Gy]"),
        ("Dmin", "min[Gy]"),
        ("Maximum", "max[Gy]"),
        ("max[Gy]", "max[Gy]"),
        ("V95%[%]", "V95%[%]"),
        ("cv 95 % [cc]", "CV95%[cc]"),
    ] {
        let metric: Metric = text.parse().unwrap();
        assert_eq!(metric.to_string(), printed);
        assert_eq!(printed.parse::<Metric>().unwrap(), metric);
    }
    for text in [
        "",
        "V",
        "V45",
        "V45[cc]",
        "D2",
        "D2Gy",
        "D2Gy[cc]",
        "V2cc[Gy]",
        "X45Gy[cc]",
        "V45Gy[Gy]",
        "D95%[cc]",
        "mean[cc]",
        "max[%]",
        "min5Gy",
        "V-5Gy[cc]",
        "V45,5Gy[cc]",
        "V45Gy[cc",
        "V45Gycc]",
        "D95 [Gy]",
        "VnanGy[cc]",
        // what a person does not write so
        "D2e0cc",
        "D+2cc",
        "V+45Gy[cc]",
        "V4.5e1Gy[cc]",
        "D.5cc",
        "D2.cc",
        "V45Gy[mm3]",
    ] {
        assert!(text.parse::<Metric>().is_err(), "{text}");
    }
    let error = |text: &str| text.parse::<Metric>().unwrap_err();
    assert!(matches!(error("V45Gy"), MetricError::VolumeUnit(_)));
    for text in [
        "D0%",
        "D101%",
        "V0Gy[cc]",
        "V0%[%]",
        "V1001%[%]",
        "D0cc",
        "DC100%",
    ] {
        assert!(matches!(error(text), MetricError::Range(_)), "{text}");
    }
}

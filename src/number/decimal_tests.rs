//! Tests of decimals: what is read, rounded and written.

#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
extern crate std;

use std::string::ToString;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

use super::*;
use crate::number::DecimalError;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn every_way_a_decimal_string_is_written() {
    for (text, value) in [
        ("14", "14"),
        ("5.0e-1", "0.5"),
        ("1.25e-005", "0.0000125"),
        ("1.0000000E-6", "0.000001"),
        ("+1.80 ", "1.8"),
        (" -0.50", "-0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0", "0"),
        ("-0.000e5", "0"),
        ("75.0000000000000", "75"),
        ("1e3\0", "1000"),
        ("00012", "12"),
        ("1501.9499999999998", "1501.9499999999998"),
        ("1e+999", "1e999"),
    ] {
        assert_eq!(decimal(text).to_string(), value, "{text}");
    }
}

#[test]
fn what_is_not_a_decimal() {
    use DecimalError::{Comma, Empty, ExponentOutOfRange, Malformed, NotFinite, TooManyDigits};
    for (text, error) in [
        ("", Empty),
        ("  \0", Empty),
        ("1,8", Comma),
        ("nan", NotFinite),
        ("-Infinity", NotFinite),
        (".", Malformed),
        ("-", Malformed),
        ("--1", Malformed),
        ("1.2.3", Malformed),
        ("1 2", Malformed),
        ("1e", Malformed),
        ("1e+", Malformed),
        ("1e5.0", Malformed),
        ("e5", Malformed),
        ("1.8 Gy", Malformed),
        ("１", Malformed),
        ("1e1101", ExponentOutOfRange),
        ("1e-99999999999999999999", ExponentOutOfRange),
        ("123456789012345678901234567890123456789", TooManyDigits),
    ] {
        assert_eq!(text.parse::<Decimal>(), Err(error), "{text}");
    }
    assert_eq!("1".repeat(257).parse::<Decimal>(), Err(Malformed));
    assert_eq!(decimal(&"0".repeat(250)), Decimal::ZERO);
    assert_eq!(
        decimal(&std::format!("1{}", "0".repeat(200))),
        decimal("1e200")
    );
}

#[test]
fn size_is_compared_exactly_whatever_the_exponents() {
    let ascending = [
        "-1e1100",
        "-2",
        "-1.99999999999999999999",
        "-1e-1100",
        "0",
        "1e-1100",
        "9e-3",
        "0.01",
        "1.8",
        "1.80000003",
        "34.99",
        "35",
        "1e37",
        "1e1100",
    ];
    for (i, left) in ascending.iter().enumerate() {
        for (j, right) in ascending.iter().enumerate() {
            assert_eq!(
                decimal(left).cmp(&decimal(right)),
                i.cmp(&j),
                "{left} {right}"
            );
        }
    }
}

#[test]
fn too_many_digits_is_none_and_never_rounded() {
    assert_eq!(decimal("1e1000").checked_add(decimal("1")), None);
    assert_eq!(decimal("1e1100").checked_mul(decimal("10")), None);
    let long = decimal("12345678901234567890");
    assert_eq!(long.checked_mul(long.checked_mul(long).unwrap()), None);
}

fn rational(value: Decimal) -> BigRational {
    let power = BigInt::from(10).pow(value.exponent.unsigned_abs());
    let mantissa = BigInt::from(value.mantissa);
    if value.exponent < 0 {
        BigRational::new(mantissa, power)
    } else {
        BigRational::from(mantissa * power)
    }
}

prop_compose! {
    fn any_decimal()(mantissa in -1_000_000_000_000_000_000_i128..1_000_000_000_000_000_000, exponent in -20_i32..6)
        -> Decimal { Decimal::new(mantissa, exponent).unwrap() }
}

proptest! {
    #[test]
    fn arithmetic_is_that_of_rationals(a in any_decimal(), b in any_decimal()) {
        if let Some(sum) = a.checked_add(b) {
            prop_assert_eq!(rational(sum), rational(a) + rational(b));
            prop_assert_eq!(sum.checked_sub(b), Some(a));
        }
        if let Some(product) = a.checked_mul(b) {
            prop_assert_eq!(rational(product), rational(a) * rational(b));
        }
        prop_assert_eq!(a.cmp(&b), rational(a).cmp(&rational(b)));
    }

    #[test]
    fn text_round_trips(a in any_decimal()) {
        prop_assert_eq!(decimal(&a.to_string()), a);
        prop_assert_eq!(a.to_f64(), a.to_string().parse::<f64>().unwrap());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+0-9eE., \\x00]{0,300}") {
        let _ = text.parse::<Decimal>();
    }
}

#[test]
fn exact_quotients() {
    for (value, divisor, quotient) in [
        ("45", 25, Some("1.8")),
        ("5.4", 3, Some("1.8")),
        ("50.4", 28, Some("1.8")),
        ("50", 30, None),
        ("-1", 8, Some("-0.125")),
        ("0", 7, Some("0")),
        ("1", 0, None),
        ("30.8262030000000", 30, Some("1.0275401")),
    ] {
        assert_eq!(
            decimal(value).checked_div_exact(divisor),
            quotient.map(decimal),
            "{value} / {divisor}"
        );
    }
}

proptest! {
    #[test]
    fn a_quotient_times_the_divisor_is_the_dividend(mantissa in -1_000_000_000_i128..1_000_000_000, exponent in -12..12, divisor in 1_u32..300) {
        let value = Decimal::new(mantissa, exponent).unwrap();
        if let Some(quotient) = value.checked_div_exact(divisor) {
            prop_assert_eq!(quotient.checked_mul(divisor.into()), Some(value));
        } else {
            // it has an end only without primes other than 2 and 5
            let mut rest = divisor;
            for prime in [2, 5] {
                while rest % prime == 0 {
                    rest /= prime;
                }
            }
            prop_assert!(rest > 1);
        }
    }
}

#[test]
fn a_number_for_a_person_has_few_decimals() {
    for (text, shown) in [
        ("11.3113869239676", "11.3114"),
        ("-2.6886130760324", "-2.6886"),
        ("104.862666666667", "104.8627"),
        ("41.40000046", "41.4"),
        ("1.99996", "2"),
        ("9999.99995", "10000"),
        ("9999.99994", "9999.9999"),
        ("-0.00005", "-0.00005"),
        ("0.00012500", "0.0001"),
        ("0.00000046", "0.0000005"),
        ("0.00000095", "0.000001"),
        ("0", "0"),
        ("1.8", "1.8"),
        ("50", "50"),
        ("1e3", "1000"),
        ("1e-50", "1e-50"),
        ("0.00000000000000000000000000000000000000000001234", "1e-44"),
    ] {
        assert_eq!(std::format!("{:#}", decimal(text)), shown, "{text}");
    }
}

proptest! {
    #[test]
    fn what_a_person_is_shown_is_the_nearest_of_its_decimals(mantissa: i64, exponent in -25..4_i32) {
        let value = Decimal::new(mantissa.into(), exponent).unwrap();
        let shown: Decimal = std::format!("{value:#}").parse().unwrap();
        prop_assert_eq!(shown.is_zero(), value.is_zero());
        let difference = shown.checked_sub(value).unwrap().abs();
        let (digits, places) = shown.parts();
        // four decimals, or one digit
        prop_assert!(places >= -4 || digits.unsigned_abs() < 10, "{shown}");
        let step = Decimal::new(5, (-5).min(places - 1)).unwrap();
        prop_assert!(difference <= step, "{value} {shown}");
    }
}

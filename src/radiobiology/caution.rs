use crate::radiotherapy::{DailyPattern, Fractionation, MINIMUM_INTERVAL};
use crate::report::{Finding, Outcome};

/// Says when a dose per fraction lies outside the range the linear-quadratic model is supported
/// in: reasonably well validated up to about 10 Gy, reasonable up to about 18 Gy (Brenner 2008,
/// PMC2750078); below 1 Gy the open calculator HFC-HypoFracCalc asks for caution too.
///
/// ```
/// use chemorad::radiobiology::cautions;
/// assert!(cautions("pelvis", "45Gy/25".parse()?).is_empty());
/// let high = cautions("boost", "36Gy/3".parse()?);
/// assert_eq!(high[0].code(), "model.above_10_gy");
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[must_use]
pub fn cautions(at: &str, fractionation: Fractionation) -> alloc::vec::Vec<Finding> {
    let n = u64::from(fractionation.fractions().get());
    let total = fractionation.total().micrograys();
    let (code, message) = if total > 18_000_000 * n {
        (
            "model.above_18_gy",
            "above 18 Gy per fraction the linear-quadratic model is not supported (Brenner 2008, PMC2750078)",
        )
    } else if total > 10_000_000 * n {
        (
            "model.above_10_gy",
            "above 10 Gy per fraction the linear-quadratic model is reasonable but not well validated (Brenner 2008, PMC2750078)",
        )
    } else if total < 1_000_000 * n {
        (
            "model.below_1_gy",
            "below 1 Gy per fraction the linear-quadratic model asks for caution (HFC-HypoFracCalc)",
        )
    } else {
        return alloc::vec::Vec::new();
    };
    vec![
        Finding::written(code, Outcome::Warn, at, message)
            .with_expected("1 to 10 Gy per fraction")
            .with_found(format!(
                "{} Gy per fraction",
                crate::report::decimal(fractionation.gray_per_fraction())
            )),
    ]
}

/// Says when the fractions of a day are closer together than [`MINIMUM_INTERVAL`].
///
/// ```
/// use chemorad::radiobiology::interval_caution;
/// use chemorad::radiotherapy::DailyPattern;
/// let short = DailyPattern::equal(2, "4 h".parse()?)?;
/// assert!(interval_caution("course", short).is_some());
/// assert!(interval_caution("course", DailyPattern::ONCE).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn interval_caution(at: &str, pattern: DailyPattern) -> Option<Finding> {
    let interval = pattern.shortest_interval()?;
    (interval < MINIMUM_INTERVAL).then(|| {
        Finding::written(
            "model.interval_below_6_h",
            Outcome::Warn,
            at,
            "less than 6 h between fractions of a day (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)",
        )
        .with_expected(format!("at least {MINIMUM_INTERVAL}"))
        .with_found(format!("{interval}"))
    })
}

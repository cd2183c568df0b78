//! The values that findings about a protocol compare, for a reader.

use chemorad::radiotherapy::Fractionation;
use chemorad::report::Values;
use chemorad::text::Text;

use super::fault::{ExamplePatient, ProtocolFault};
use super::words::{decimal, gray, joined};
use crate::facts::vocabulary::Fact;
use crate::model::limit::{DoseLevel, LimitValue, VolumeLevel};

impl ProtocolFault {
    /// What should be there and what is there.
    #[allow(clippy::too_many_lines, reason = "one arm for each fault")]
    pub(super) fn values(&self) -> Values {
        match self {
            Self::ImpossibleValue {
                value, accepted, ..
            } => Values::expected(accepted).and_found(value),
            Self::Regimen(found) => {
                let expected = found.expected().unwrap_or_default();
                Values::expected(expected).and_found(found.found().unwrap_or_default())
            }
            Self::TotalNotSum { sum, stated } => {
                Values::expected(or(*sum, "no dose")).and_found(or(*stated, "none"))
            }
            Self::DosePerFraction { prescribed, stated } => Values::expected(prescribed)
                .and_found(format!("{} x {stated}", prescribed.fractions())),
            Self::DailyIntensity { product, daily, .. } => {
                Values::expected(or(*product, "out of range")).and_found(daily)
            }
            Self::InfusedIntensity { daily, hours, .. } => {
                Values::expected(format!("{daily} x {hours} / 24")).and_found(daily)
            }
            Self::DaysOfWeeks { weeks, days } => {
                Values::expected(format!("7 x {} to 7 x {}", weeks.min(), weeks.max()))
                    .and_found(days)
            }
            Self::QuoteWithoutNumber { missing, quote } => {
                Values::expected(missing.join(" or ")).and_found(quoted(&quote.text))
            }
            Self::QuoteWithoutMetric { missing, quote } => {
                Values::expected(missing.join(" or ")).and_found(quote)
            }
            Self::FalseEquation { written, value } => Values::expected(value)
                .and_found(written)
                .arithmetic(written),
            Self::ReasonWithoutNumber { missing, reason } => {
                Values::expected(missing.join(" or ")).and_found(quoted(reason))
            }
            Self::ChoiceNumber { choice, missing } => {
                Values::expected(quoted(choice)).and_found(missing.join(" or "))
            }
            Self::CumulativeDose {
                dose,
                earlier,
                quote,
                ..
            } => Values::expected(format!("{dose} less {earlier}")).and_found(quoted(&quote.text)),
            Self::AddedOrTotal {
                dose,
                earlier,
                sum,
                quote,
                ..
            } => Values::expected(format!(
                "{earlier} + {dose} = {sum}, or {dose} in all: {dose} less {earlier} added"
            ))
            .and_found(quoted(&quote.text)),
            Self::BoostAlone { volume, quote, .. } => {
                Values::expected(format!("the volume that {volume} is inside of"))
                    .and_found(quoted(&quote.text))
            }
            Self::BoostFirst { other, quote, .. } => {
                Values::expected(format!("after {other}")).and_found(quoted(&quote.text))
            }
            Self::BareReason { reason } => Values::expected(
                "the arithmetic, or the words of the passage that lead to the value",
            )
            .and_found(quoted(reason)),
            Self::OtherVolume {
                other, dose, quote, ..
            } => Values::expected(format!("{dose} to {other}")).and_found(quoted(&quote.text)),
            Self::OtherSide { words, quote, .. }
            | Self::OtherEnd { words, quote, .. }
            | Self::OtherSequence { words, quote, .. }
            | Self::OtherWords { words, quote, .. } => {
                Values::expected(quoted(words)).and_found(quoted(&quote.text))
            }
            Self::CutPassage { quote } => {
                Values::expected("one stretch of words").and_found(quoted(&quote.text))
            }
            Self::ChoiceWords { choice } => Values::expected(quoted(choice)),
            Self::UnsaidDays { days, quote } => {
                Values::expected(days).and_found(quoted(&quote.text))
            }
            Self::QuoteVariant { other, quote } => {
                Values::expected(quoted(other)).and_found(quoted(quote))
            }
            Self::ImpossibleDosePerFraction(one) => {
                of_division(*one, "at most 100 Gy per fraction")
            }
            Self::UnusualDosePerFraction(one) => of_division(*one, "1 to 10 Gy per fraction"),
            Self::UnevenDose(one) => of_division(*one, "a whole number of cGy per fraction"),
            Self::UnevenRange { lowest, highest } => {
                Values::expected(format!("{} at both ends", per_fraction(*lowest)))
                    .and_found(format!("{} at the upper end", per_fraction(*highest)))
                    .arithmetic(format!("{}, {}", division(*lowest), division(*highest)))
            }
            Self::Enclosure { inner, outer, .. } => {
                Values::expected(format!("at least {outer}")).and_found(inner)
            }
            Self::TextNumber {
                text,
                written,
                known,
                ..
            } => Values::expected(known).and_found(format!("{written} in \"{text}\"")),
            Self::DrugTimes => Values::expected(
                "administrations_per_day or intensity_per_day, or the question in its place",
            ),
            Self::DrugDays { left_out, days } => {
                Values::expected(joined(left_out, ", ")).and_found(days)
            }
            Self::AnotherIntensity { words, quote, said } => Values::expected(said)
                .and_found(format_args!("\"{words}\" in {}", quoted(&quote.text))),
            Self::UnusedMention { words, quote, .. }
            | Self::SharedWords { words, quote, .. }
            | Self::OtherInfusion { words, quote }
            | Self::AnotherArm { words, quote, .. }
            | Self::DayOrTotal { words, quote, .. }
            | Self::ReasonAgainstWords { words, quote } => {
                Values::found(format_args!("\"{words}\" in {}", quoted(&quote.text)))
            }
            Self::OtherDays { days, quote, .. } => {
                Values::expected(quoted(&quote.text)).and_found(days)
            }
            Self::Weeks {
                said, days, quote, ..
            } => {
                let unit = if days.is_some() { "days" } else { "weeks" };
                Values::found(format_args!("{said} {unit} in {}", quoted(&quote.text)))
            }
            Self::DaysAfterCourse { first, last, .. } if first == last => {
                Values::found(format_args!("day {first}"))
            }
            Self::DaysAfterCourse { first, last, .. } => {
                Values::found(format_args!("days {first}-{last}"))
            }
            Self::DrugLeftOut { drug, quote } => Values::expected(drug).and_found(quoted(quote)),
            _ => self.values_of_tables(),
        }
    }

    /// Those of coverage, limits and worked examples.
    fn values_of_tables(&self) -> Values {
        match self {
            Self::TooManyCombinations { most, facts } => {
                Values::expected(format!("at most {most} combinations"))
                    .and_found(joined(facts, ", "))
            }
            Self::NoArm(patient) => Values::expected("one arm, or an ambiguity that says so")
                .and_found("no arm")
                .arithmetic(share(patient)),
            Self::SeveralArms { patient, arms } => {
                Values::expected("one arm, or an ambiguity whose choices are these arms")
                    .and_found(joined(arms, " and "))
                    .arithmetic(share(patient))
            }
            Self::Unreachable {
                condition,
                combinations,
            } => Values::found(or(condition.as_ref(), ""))
                .arithmetic(format!("none of {combinations} combinations of facts")),
            Self::LimitKind { limit, value } => Values::expected(if limit.metric.is_volume() {
                "cc or %"
            } else {
                "Gy or % of a volume"
            })
            .and_found(format!("{} {} {value}", limit.metric, limit.comparison)),
            Self::VariationUnit { limit, variation } | Self::FarVariation { limit, variation } => {
                Values::expected(limit).and_found(variation)
            }
            Self::ShareAboveWhole(percent) => Values::expected("0 to 100 %").and_found(percent),
            Self::LowerLimit(limit) => {
                Values::expected("at_most or below for an organ at risk").and_found(limit)
            }
            Self::StricterVariation {
                upper,
                limit,
                variation,
            } => {
                let side = if *upper { "at least" } else { "at most" };
                Values::expected(format!("{side} {limit}")).and_found(variation)
            }
            Self::VariationBeyondShare {
                upper,
                limit,
                share,
                bound,
                variation,
            } => {
                let expected = in_unit_of(limit, *bound);
                let sign = if *upper { '+' } else { '-' };
                let work = format!("{limit} x (100 % {sign} {share}) = {expected}");
                Values::expected(expected)
                    .and_found(variation)
                    .arithmetic(work)
            }
            Self::OutOfReach {
                highest,
                percent,
                dose,
            } => Values::expected(format!("at most {percent} % of {highest}"))
                .and_found(dose)
                .arithmetic(format!(
                    "{highest} x {percent} % = {}",
                    gray(highest.micrograys() * percent / 100)
                )),
            Self::LimitOrder {
                limit,
                earlier,
                points: [low, high],
                ..
            } => Values::expected(format!("in order with {earlier}"))
                .and_found(limit)
                .arithmetic(format!(
                    "{low}, then {high}: a cumulative histogram never rises"
                )),
            Self::ExampleValue {
                expected,
                found,
                work,
            } => Values::expected(expected)
                .and_found(found)
                .arithmetic(format!("{work} = {found}")),
            Self::ExampleArms {
                expected,
                found,
                missing,
                reasons,
            } => Values::expected(joined(expected, ", "))
                .and_found(arms_found(found.as_deref(), missing))
                .arithmetic(reasons.join(" | ")),
            _ => Values::default(),
        }
    }
}

fn of_division(one: Fractionation, expected: &str) -> Values {
    Values::expected(expected)
        .and_found(per_fraction(one))
        .arithmetic(format!("{} per fraction", division(one)))
}

fn arms_found(found: Option<&[Text]>, missing: &[Fact]) -> String {
    match found {
        None => format!("not known without {}", joined(missing, ", ")),
        Some([]) => "no arm".to_string(),
        Some(arms) => joined(arms, ", "),
    }
}

/// A size in the unit of a value.
fn in_unit_of(like: &LimitValue, steps: u64) -> String {
    match like {
        LimitValue::Dose(DoseLevel::Absolute(_)) => gray(steps),
        LimitValue::Volume(VolumeLevel::Absolute(_)) => format!("{} cc", decimal(steps, 1000)),
        LimitValue::Dose(DoseLevel::PercentOf { .. })
        | LimitValue::Volume(VolumeLevel::Percent(_)) => {
            format!("{} %", decimal(steps, 1_000_000))
        }
    }
}

fn each(fractionation: Fractionation) -> String {
    match fractionation.dose_per_fraction() {
        Some(dose) => decimal(dose.micrograys(), 1_000_000),
        None => chemorad::report::decimal(fractionation.gray_per_fraction()),
    }
}

fn per_fraction(fractionation: Fractionation) -> String {
    format!("{} Gy per fraction", each(fractionation))
}

fn division(one: Fractionation) -> String {
    format!("{} / {} = {} Gy", one.total(), one.fractions(), each(one))
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn or(value: Option<impl ToString>, otherwise: &str) -> String {
    value.map_or_else(|| otherwise.to_string(), |value| value.to_string())
}

fn share(patient: &ExamplePatient) -> String {
    format!(
        "{} of {} combinations of facts, at least",
        patient.alike, patient.combinations
    )
}

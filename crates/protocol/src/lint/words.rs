//! The words of findings about a protocol, and the values they compare, for a reader.

use core::fmt;

use chemorad::radiotherapy::Fractionation;
use chemorad::report::Values;
use chemorad::text::Text;

use super::finding::{
    EmptyPart, ExampleFault, ExamplePatient, HistogramPoint, NamedNumbers, ProtocolFault as F,
    ProtocolFinding,
};
use crate::facts::pathology::Fact;
use crate::model::limit::{DoseLevel, LimitValue, VolumeLevel};

impl fmt::Display for ProtocolFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)?;
        if let Some(typo) = self.typo() {
            write!(f, "; it looks like a misprint: {typo}")?;
        }
        if let Some(question) = &self.known {
            write!(
                f,
                "; this is known, and the question {question} asks about it"
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for EmptyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "nothing is written here",
            Self::Name => "a name is empty",
            Self::Field(field) => return write!(f, "{field} is empty"),
            Self::Criterion => "a criterion must test something",
            Self::FactTest => "no value can meet the test",
            Self::ConditionPart => "a condition has an empty part",
            Self::RiskFeatures => "the protocol has no risk features",
            Self::Arms => "a protocol needs at least one arm",
            Self::Options => "an arm needs at least one option",
            Self::Actions => "an option needs at least one action",
            Self::AmendedValues => "an amendment changes at least one value",
            Self::Phases => "a course needs a phase",
            Self::PhaseDoses => "a phase needs the dose of a volume",
            Self::StartWindow => "a start window needs weeks or days",
            Self::LimitSource => "a table of limits needs its source",
            Self::LimitRows => "a table of limits needs a row",
            Self::Structure => "the structure has no name",
        })
    }
}

impl fmt::Display for ExampleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlphaBeta => "a BED and an EQD2 need their alpha_beta",
            Self::OpenDrug => {
                "the protocol does not settle intensity and administrations a day of this drug"
            }
            Self::Input(why) => why,
        })
    }
}

/// The facts that matter: `margin positive, tumour_stage pT1`.
impl fmt::Display for ExamplePatient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.facts.is_empty() {
            return f.write_str("any patient");
        }
        let facts = self
            .facts
            .iter()
            .map(|(fact, value)| format!("{fact} {value}"));
        f.write_str(&joined(facts, ", "))
    }
}

impl ExamplePatient {
    fn share(&self) -> String {
        format!(
            "{} of {} combinations of facts, at least",
            self.alike, self.combinations
        )
    }
}

/// `45 Gy, 50.4 Gy`, each once.
impl fmt::Display for NamedNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut texts: Vec<String> = Vec::new();
        let (steps, per_unit, unit) = match self {
            Self::Doses(steps) => (steps, 1_000_000, "Gy"),
            Self::Intensities(steps) => (steps, 1_000_000, "mg/m2"),
            Self::Fractions(counts) => (counts, 1, "fractions"),
        };
        for step in steps {
            let text = format!("{} {unit}", decimal(*step, per_unit));
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        f.write_str(&texts.join(", "))
    }
}

impl fmt::Display for HistogramPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.volume, gray(self.micrograys))
    }
}

fn gray(micrograys: u64) -> String {
    format!("{} Gy", decimal(micrograys, 1_000_000))
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

fn joined<T: ToString>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    items.join(between)
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn or(value: Option<impl ToString>, otherwise: &str) -> String {
    value.map_or_else(|| otherwise.to_string(), |value| value.to_string())
}

/// One sentence: what is wrong.
impl fmt::Display for F {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty(part) => return part.fmt(f),
            Self::DuplicateName { name } => return write!(f, "{name:?} is used twice"),
            Self::TwoQuestions { id } => {
                return write!(f, "two different questions have the name {id:?}");
            }
            Self::FactOfPathology => {
                "this is a fact of pathology: it needs no declaration and cannot have another"
            }
            Self::UnnamedExample => "an example needs a name of its own",
            Self::FactWithoutChoices => "a fact needs choices",
            Self::ChoiceValues => "the values must be as many as the choices, or none",
            Self::QuestionWithoutChoices => "an open question needs choices, none of them empty",
            Self::IncompleteQuote => "a quote needs the words of the text and where they stand",
            Self::NoReason => "a derived value needs its formula or its reason",
            Self::Undeclared { kind, name } | Self::ExampleReference { kind, name } => {
                return write!(f, "the {kind} {name:?} is not declared");
            }
            Self::ImpossibleValue { fact, value, .. } => {
                return write!(f, "the fact {fact:?} cannot be {value}");
            }
            Self::KnownLater { fact } => {
                return write!(
                    f,
                    "{fact} is known after the operation, not before it: declare a fact"
                );
            }
            Self::PhaseCounts => "in a phase every volume gets every fraction",
            Self::TotalNotSum { .. } => {
                "the total is not the sum over the phases that cover the volume"
            }
            Self::DosePerFraction { .. } => {
                "the dose per fraction times the fractions is not the total"
            }
            Self::DailyIntensity { times, single, .. } => {
                return write!(f, "{times} x {single} is not the daily intensity");
            }
            Self::InfusedIntensity {
                single,
                daily,
                hours,
            } => return write!(f, "{daily} over {hours} h is not {single}"),
            Self::DaysOfWeeks { .. } => "the days are not 7 times the weeks",
            Self::ImpossibleCourse(why) => return why.fmt(f),
            Self::StaleCourse => {
                "the course is not the one that its phases make: put it together again"
            }
            Self::DrugWithoutDose => {
                "a drug needs its dose: intensity for one administration, or intensity_per_day; where the text does not say it, with the question"
            }
            Self::QuoteWithoutNumber { .. } => {
                "the quote does not contain the number it is quoted for"
            }
            Self::QuoteWithoutMetric { .. } => {
                "neither the quote nor its locator contains the number of the metric"
            }
            Self::NoPassage => "a derived value needs the passages it follows from",
            Self::FalseEquation { .. } => "an equation of the reason does not hold",
            Self::ReasonWithoutNumber { .. } => {
                "neither the reason nor the quotes contain the number that is derived from them"
            }
            Self::ChoiceNumber { .. } => {
                "the value of a choice is not the number that the choice names"
            }
            Self::QuoteVariant { .. } => "two copies of one passage differ in a number",
            Self::ImpossibleDosePerFraction(_) => {
                "no radiotherapy gives this dose in one fraction: check total, unit and fractions"
            }
            Self::UnusualDosePerFraction(_) => "an unusual dose per fraction",
            Self::UnevenDose(_) => {
                "the dose per fraction is not a whole number of centigrays, as prescriptions are"
            }
            Self::UnevenRange { .. } => {
                "the two ends of the range have different doses per fraction"
            }
            Self::Enclosure { enclosing, .. } => {
                return write!(
                    f,
                    "the volume lies inside {enclosing:?} and gets less in the same phase: were the doses exchanged?"
                );
            }
            Self::TextNumber { field, .. } => {
                return write!(
                    f,
                    "the {field} names a number that the values beside it do not have"
                );
            }
            Self::DrugTimes => {
                "the drug has a dose for each administration, and nothing says how often a day"
            }
            Self::DrugDays { .. } => "the quote names days that the value leaves out",
            Self::DrugLeftOut { .. } => "no drug is given, and the quote for it names one",
            Self::OpenCondition => {
                "the condition is left open, so whether every patient has one arm cannot be told"
            }
            Self::TooManyCombinations { .. } => {
                "the facts have too many combinations to go through, so whether every patient has one arm cannot be told"
            }
            Self::NoArm(patient) => {
                return write!(f, "a patient has no arm, for example {patient}");
            }
            Self::SeveralArms { patient, .. } => {
                return write!(f, "a patient has several arms, for example {patient}");
            }
            Self::Unreachable { .. } => "no patient can meet the condition",
            Self::LimitKind { .. } => "the value is not of the metric's kind",
            Self::VariationUnit { .. } => "the variation is not in the unit of the limit",
            Self::ShareAboveWhole(_) => "no part of a structure is above 100 % of it",
            Self::LowerLimit(_) => "a lower limit on a structure that is not prescribed to",
            Self::StricterVariation { .. } => {
                "an acceptable variation is stricter than the limit itself"
            }
            Self::VariationBeyondShare { .. } => {
                "the variation passes the limit by more than the table's share"
            }
            Self::FarVariation { .. } => {
                "the variation is more than a factor of two from the limit, and the table states no share"
            }
            Self::OutOfReach { .. } => {
                "the limit is above what any volume can receive, so it limits nothing"
            }
            Self::LimitOrder {
                limit,
                exchanged: Some((metric, percent)),
                ..
            } => {
                return write!(
                    f,
                    "a higher dose is allowed more volume; {metric} {} {percent} would be in order: were dose and volume exchanged?",
                    limit.comparison
                );
            }
            Self::LimitOrder { points, .. } if points[0].micrograys == points[1].micrograys => {
                "the same dose has two different limits"
            }
            Self::LimitOrder { .. } => {
                "a higher dose is allowed more volume than a lower one"
            }
            Self::ExampleWithoutPart => "the example has no part that computes",
            Self::ExampleWithoutExpectation => "the example expects nothing",
            Self::ExampleInput(why) => return why.fmt(f),
            Self::ExampleValue { .. } => "the example comes out differently",
            Self::ExampleArms { .. } => {
                "the patient does not belong to the arms the example expects"
            }
        })
    }
}

impl F {
    /// What should be there and what is there.
    pub(super) fn values(&self) -> Values {
        match self {
            Self::ImpossibleValue {
                value, accepted, ..
            } => Values::expected(accepted).and_found(value),
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
                .arithmetic(patient.share()),
            Self::SeveralArms { patient, arms } => {
                Values::expected("one arm, or an ambiguity whose choices are these arms")
                    .and_found(joined(arms, " and "))
                    .arithmetic(patient.share())
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

/// A number of steps as a decimal of units of `per_unit` steps, a power of ten.
fn decimal(steps: u64, per_unit: u64) -> String {
    let places = per_unit.ilog10() as usize;
    let fraction = format!("{:0places$}", steps % per_unit);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", steps / per_unit)
}

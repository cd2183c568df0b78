//! The words of findings about a protocol.

use core::fmt;

use super::fault::{
    ExampleFault, ExamplePatient, HistogramPoint, NamedNumbers, ProtocolFault, SaidOtherwise,
};
use super::finding::ProtocolFinding;
use crate::model::protocol::PhaseOrder;

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
        let facts = self
            .facts
            .iter()
            .map(|(fact, value)| format!("{fact} {value}"));
        f.write_str(&joined(facts, ", "))
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

pub(super) fn gray(micrograys: u64) -> String {
    format!("{} Gy", decimal(micrograys, 1_000_000))
}

pub(super) fn joined<T: ToString>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    items.join(between)
}

/// One sentence: what is wrong.
impl fmt::Display for ProtocolFault {
    #[allow(clippy::too_many_lines, reason = "one arm for each fault")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty(part) => return part.fmt(f),
            Self::Regimen(found) => return f.write_str(&found.message()),
            Self::DuplicateName { name } => return write!(f, "{name:?} is used twice"),
            Self::TwoQuestions { id } => {
                return write!(f, "two different questions have the name {id:?}");
            }
            Self::FactOfPathology => {
                "this is a fact of pathology: it needs no declaration and cannot have another"
            }
            Self::UnnamedExample => "an example needs its own name",
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
            Self::PhaseOrder { order: PhaseOrder::SinglePhase, phases } => {
                return write!(f, "the order is that of a single phase, and the course has {phases}");
            }
            Self::PhaseOrder { phases, .. } => {
                return write!(f, "the order is that of several phases, and the course has {phases}");
            }
            Self::UnusedPart { kind, user, name } => {
                return write!(f, "the {kind} {name:?} is declared, and no {user} gives it");
            }
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
            Self::NotInSource {
                source,
                passage,
                parted,
            } => {
                return match parted {
                    None => write!(f, "the passage \"{passage}\" is not in {source}"),
                    Some(parted) => write!(
                        f,
                        "the passage is not in {source} word for word: \"{}\" in line {} goes on with \"{}\" there, and with \"{}\" here",
                        parted.there, parted.line, parted.source, parted.passage
                    ),
                };
            }
            Self::NotedSource { source } => {
                return write!(
                    f,
                    "the quotes are figures noted from the document and not its words, so they are not looked for in {source}"
                );
            }
            Self::UnreadableSource(error) => return error.fmt(f),
            Self::UnusedNumber { number } => {
                return write!(
                    f,
                    "the source says \"{number}\", and no passage and no value of the protocol has this number"
                );
            }
            Self::UncitedPassage { id } => {
                return write!(f, "nothing in the protocol rests on the passage `{id}`");
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
                    "the {field} names a number that none of its values has"
                );
            }
            Self::DrugTimes => {
                "the drug has a dose for each administration, and nothing says how often a day"
            }
            Self::DrugDays { .. } => "the quote names days that the value leaves out",
            Self::AnotherIntensity { said, .. } => {
                return write!(f, "the words say {said}, and the value is another kind of amount");
            }
            Self::DayOrTotal { words, hours, .. } => {
                return write!(
                    f,
                    "\"{words}\" for {hours} h can be the amount of a day, given so long, or the total of these hours: the words do not say which"
                );
            }
            Self::SharedWords { words, other, .. } => {
                return write!(
                    f,
                    "the passage says \"{words}\" once, and {other} rests on these words already"
                );
            }
            Self::AnotherArm { words, said, held, .. } => {
                return write!(
                    f,
                    "the passage says \"{words}\" of the arm {said}, and the value is one of the arm {held}"
                );
            }
            Self::OtherInfusion { words, .. } => {
                return write!(f, "the passage says \"{words}\" of another amount of the drug");
            }
            Self::UnusedMention { words, drug, .. } => {
                let of = drug.as_ref().map_or_else(String::new, |drug| format!(" of {drug}"));
                return write!(f, "the passage says \"{words}\"{of}, and no value of the protocol bears it");
            }
            Self::ReasonAgainstWords { words, .. } => {
                return write!(
                    f,
                    "the passage says \"{words}\", and the reason does not compute the value from it"
                );
            }
            Self::OtherSide { words, upper, .. } => {
                let side = if *upper { "an upper" } else { "a lower" };
                return write!(f, "the words say \"{words}\", and the value is {side} limit");
            }
            Self::OtherEnd { words, held, .. } => {
                return write!(f, "the words say \"{words}\", and {held} is held: they differ in whether the number itself is permitted");
            }
            Self::OtherVolume { volume, other, dose, .. } => {
                return write!(f, "the words say {dose} of the volume {other:?}, and it is held for {volume:?}");
            }
            Self::CumulativeDose { words, dose, earlier, .. } => {
                return write!(
                    f,
                    "the words say that the dose comes to \"{words}\" in all, and {dose} is held as added to the {earlier} of the phases before"
                );
            }
            Self::AddedOrTotal { words, earlier, sum, .. } => {
                return write!(
                    f,
                    "the words do not say whether \"{words}\" is added to the {earlier} of the phases before, {sum} in all, or is the total: quote words that do"
                );
            }
            Self::BoostAlone { words, volume, .. } => {
                return write!(
                    f,
                    "the words call \"{words}\" a boost, and {volume} gets nothing of the phases before: say in which volume it is inside"
                );
            }
            Self::BoostFirst { words, other, .. } => {
                return write!(
                    f,
                    "the words call \"{words}\" a boost, and the course gives it before {other}"
                );
            }
            Self::BareReason { .. } => {
                "the reason only repeats the value: write the arithmetic or why the value follows"
            }
            Self::OtherSequence { words, drug, concurrent, .. } => {
                let held = if *concurrent { "with" } else { "without" };
                return write!(f, "the words say \"{words}\" of {drug}, and it is held as given {held} radiotherapy");
            }
            Self::OtherWords { of, words, held, .. } => {
                return write!(f, "the words say \"{words}\" of {of}, and {held} is held");
            }
            Self::CutPassage { .. } => {
                "words are left out in the middle of the passage, and may change what the rest means: list each stretch of words as a separate passage"
            }
            Self::UnsaidDays { .. } => {
                "the words do not say on which days: quote those that do, derive the value and give the reason, or write a question"
            }
            Self::ChoiceWords { choice } => {
                return write!(f, "the choice says \"{choice}\", and its value is another one");
            }
            Self::OtherDays { words, .. } => {
                return write!(f, "the words say \"{words}\", and the value says other days");
            }
            Self::Weeks {
                fractions,
                per_week,
                said,
                days: Some(days),
                ..
            } => {
                let plural = if said == "1" { "day" } else { "days" };
                return write!(
                    f,
                    "{fractions} fractions at {per_week} a week take {days} days or a little more, and the words say {said} {plural}"
                );
            }
            Self::Weeks {
                fractions,
                per_week,
                said,
                ..
            } => {
                let tenths = (fractions * 10 + per_week / 2) / per_week;
                let (whole, rest) = (tenths / 10, tenths % 10);
                let plural = if said == "1" { "week" } else { "weeks" };
                return write!(
                    f,
                    "{fractions} fractions at {per_week} a week take {whole}.{rest} weeks, and the words say {said} {plural}"
                );
            }
            Self::DaysAfterCourse {
                drug,
                first,
                last,
                course,
            } => {
                let days = if first == last {
                    format!("day {first} of {drug} comes")
                } else {
                    format!("days {first}-{last} of {drug} come")
                };
                return write!(
                    f,
                    "{days} after the course, which ends on day {course} when its first fraction is on day 1; nothing says on which day of this count the first fraction is given"
                );
            }
            Self::DrugLeftOut { .. } => "no drug is given, and the quote for it names one",
            Self::OpenCondition => {
                "the condition is left open, so whether every patient has one arm cannot be told"
            }
            Self::TooManyCombinations { .. } => {
                "the facts have too many combinations to go through, so whether every patient has one arm cannot be told"
            }
            Self::NoArm(patient) => {
                return if patient.facts.is_empty() {
                    f.write_str("no patient has an arm")
                } else {
                    write!(f, "a patient has no arm, for example {patient}")
                };
            }
            Self::SeveralArms { patient, .. } => {
                return if patient.facts.is_empty() {
                    f.write_str("every patient has several arms")
                } else {
                    write!(f, "a patient has several arms, for example {patient}")
                };
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

/// A number of steps as a decimal of units of `per_unit` steps, a power of ten.
pub(super) fn decimal(steps: u64, per_unit: u64) -> String {
    let places = per_unit.ilog10() as usize;
    let fraction = format!("{:0places$}", steps % per_unit);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", steps / per_unit)
}

impl fmt::Display for SaidOtherwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administration { times: Some(times) } => {
                write!(f, "one administration, of {times} a day")
            }
            Self::Administration { times: None } => f.write_str("one administration"),
            Self::Day => f.write_str("the amount of a day"),
            Self::Days(days) => write!(f, "a total over {days} days"),
            Self::Hours(hours) => write!(f, "a total over {hours} h"),
            Self::Week => f.write_str("the amount of a week"),
            Self::Cycle => f.write_str("the amount of a cycle"),
            Self::Course => f.write_str("the amount of the whole course"),
        }
    }
}

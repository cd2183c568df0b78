//! The flags that state facts about a patient, shared by the commands of the drug side.

use chemorad::capecitabine::{
    ClinicalFacts, DoseDecision, DoseFraction, Override, RuleSelection, Toxicity, WrittenReason,
};
use chemorad::patient::{
    Age, BodySize, ClearanceRate, ClearanceWeight, CockcroftGault, CreatinineClearance, DpydStatus,
    Height, SerumCreatinine, Sex, Weight, WeightBasis,
};
use chemorad::text::Text;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::output::Context;
use crate::rules;
use chemorad::radiotherapy::treatment_date;

/// `55` is completed years; a unit may be written.
fn age(text: &str) -> Result<Age, String> {
    let text = text.trim();
    let whole = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    if whole.contains('.') {
        return Err("write whole completed years, such as 55".to_string());
    }
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let with_unit = if plain {
        format!("{text} a")
    } else {
        text.to_string()
    };
    with_unit.parse().map_err(|error| format!("{error}"))
}

/// What a creatinine clearance by Cockcroft and Gault is worked out from. Which of it is needed is
/// said by name, with the choices.
#[derive(clap::Args)]
#[command(next_help_heading = "Renal function")]
pub(crate) struct RenalArgs {
    /// Age in completed years: 55.
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true, value_parser = age)]
    age: Option<Age>,
    /// Instead of --age: the date of birth, with --on.
    #[arg(long, value_name = "DATE", value_parser = treatment_date, requires = "on", conflicts_with = "age")]
    birth_date: Option<Date>,
    /// With --birth-date: the day on which the age is counted.
    #[arg(long, value_name = "DATE", value_parser = treatment_date, requires = "birth_date", conflicts_with = "age")]
    on: Option<Date>,
    /// Serum creatinine with its unit: 91umol/L, 1.03mg/dL.
    #[arg(long, value_name = "CONCENTRATION", allow_hyphen_values = true)]
    creatinine: Option<SerumCreatinine>,
    /// actual, ideal or adjusted: the weight in the formula. There is no default.
    #[arg(long, value_name = "BASIS")]
    weight_basis: Option<WeightBasis>,
}

fn missing<T>(given: Option<T>, what: &str) -> Result<T, Failure> {
    given.ok_or_else(|| Failure::new(what))
}

impl RenalArgs {
    fn is_empty(&self) -> bool {
        self.age.is_none()
            && self.birth_date.is_none()
            && self.creatinine.is_none()
            && self.weight_basis.is_none()
    }

    fn age(&self) -> Result<Age, Failure> {
        match (self.age, self.birth_date, self.on) {
            (Some(age), ..) => Ok(age),
            (None, Some(birth), Some(on)) => Ok(Age::on(birth, on)?),
            _ => Err(Failure::new(
                "--age is missing: the clearance needs completed years; give --age 55, or \
                 --birth-date 1971-03-02 with --on, the day on which the age is counted",
            )),
        }
    }

    /// Everything the formula needs, or the name of what is missing.
    pub(crate) fn facts(
        &self,
        sex: Option<Sex>,
        weight: Weight,
        height: Option<Height>,
    ) -> Result<CockcroftGault, Failure> {
        let creatinine = missing(
            self.creatinine,
            "--creatinine is missing: give serum creatinine with its unit, such as 91umol/L or \
             1.03mg/dL",
        )?;
        let basis = missing(
            self.weight_basis,
            "--weight-basis is missing: the weight in the formula changes the clearance, and none \
             is a default. Choices: actual (as measured), ideal (Devine, from height and sex), \
             adjusted (ideal + 0.4 of actual - ideal)",
        )?;
        let sex = missing(
            sex,
            "--sex is missing: the clearance needs it. Choices: female, male",
        )?;
        let weight = match (basis, height) {
            (WeightBasis::Actual, None) => ClearanceWeight::Actual(weight),
            (basis, Some(height)) => ClearanceWeight::new(basis, BodySize::new(height, weight)?),
            (basis, None) => {
                return Err(Failure::new(format!(
                    "--height is missing: the {basis} weight is worked out from it"
                )));
            }
        };
        Ok(CockcroftGault {
            age: self.age()?,
            sex,
            weight,
            creatinine,
        })
    }
}

/// Rules, the facts they are applied to, and what a person decides against or beyond them.
#[derive(clap::Args)]
#[command(next_help_heading = "Rules and facts")]
pub(crate) struct RuleArgs {
    /// A shipped rule set by name, or a FILE.toml in the same schema; TOPIC=NAME takes only its
    /// renal, dpyd, toxicity or interactions rules. May be repeated. No rule set is a default.
    #[arg(long = "rule-set", value_name = "NAME|FILE")]
    rule_sets: Vec<String>,
    /// A creatinine clearance from elsewhere, in mL/min; needs --clearance-by.
    #[arg(long, value_name = "RATE", allow_hyphen_values = true,
        conflicts_with_all = ["creatinine", "weight_basis", "age", "birth_date", "on"])]
    clearance: Option<ClearanceRate>,
    /// Who or what gave --clearance: "24 h urine collection".
    #[arg(long, value_name = "ORIGIN", requires = "clearance")]
    clearance_by: Option<String>,
    /// not-tested, indeterminate, or the activity score: 0, 0.5, 1, 1.5, 2.
    #[arg(long, value_name = "STATUS", allow_hyphen_values = true)]
    dpyd: Option<DpydStatus>,
    /// The toxicity the dose is changed for, grade:occurrence, such as 2:1.
    #[arg(long, value_name = "GRADE:OCCURRENCE")]
    toxicity: Option<Toxicity>,
    /// Another drug taken now, or brivudine within the last 4 weeks; none for no other drugs. May
    /// be repeated.
    #[arg(long = "interacting-drug", value_name = "DRUG")]
    drugs: Vec<String>,
    /// What a clinician leaves of the original dose, such as 75%: where the rules cannot tell, or
    /// below what they settle.
    #[arg(
        long,
        value_name = "SHARE",
        requires = "decision_reason",
        allow_hyphen_values = true
    )]
    decision: Option<DoseFraction>,
    /// Who decided and why, in at least 10 characters.
    #[arg(long, value_name = "REASON", requires = "decision")]
    decision_reason: Option<WrittenReason>,
    /// A failed check that a person accepts, with the reason: capecitabine.deviation=REASON.
    #[arg(long = "override", value_name = "CODE=REASON")]
    overrides: Vec<Override>,
    /// The weight of an earlier order: a change of 10 % or more fails.
    #[arg(long, value_name = "WEIGHT", allow_hyphen_values = true)]
    pub(crate) previous_weight: Option<Weight>,
}

impl RuleArgs {
    pub(crate) fn selection(&self, context: &Context<'_>) -> Result<RuleSelection, Failure> {
        rules::select(context, &self.rule_sets)
    }

    pub(crate) fn facts(
        &self,
        renal: &RenalArgs,
        sex: Option<Sex>,
        size: BodySize,
    ) -> Result<ClinicalFacts, Failure> {
        let clearance = match (self.clearance, &self.clearance_by) {
            (Some(rate), Some(by)) if !by.trim().is_empty() => {
                Some(CreatinineClearance::stated(rate, by.trim().to_string()))
            }
            (Some(_), _) => {
                return Err(Failure::new(
                    "--clearance-by is missing: say who or what gave the clearance, such as \
                     \"24 h urine collection\"",
                ));
            }
            (None, _) if renal.is_empty() => None,
            (None, _) => Some(CreatinineClearance::cockcroft_gault(renal.facts(
                sex,
                size.weight(),
                Some(size.height()),
            )?)?),
        };
        Ok(ClinicalFacts {
            clearance,
            dpyd: self.dpyd,
            toxicity: self.toxicity,
            other_drugs: self.other_drugs()?,
        })
    }

    fn other_drugs(&self) -> Result<Option<Vec<Text>>, Failure> {
        let none = |drug: &String| drug.trim().eq_ignore_ascii_case("none");
        match self.drugs.as_slice() {
            [] => Ok(None),
            [only] if none(only) => Ok(Some(Vec::new())),
            drugs if drugs.iter().any(none) => Err(Failure::new(
                "--interacting-drug none says that there are no other drugs, and another is named",
            )),
            drugs if drugs.iter().any(|drug| drug.trim().is_empty()) => Err(Failure::new(
                "--interacting-drug: write the name of a drug, or none",
            )),
            drugs => Ok(Some(
                drugs
                    .iter()
                    .map(|drug| Text::from(drug.trim().to_string()))
                    .collect(),
            )),
        }
    }

    pub(crate) fn decision(&self) -> Option<DoseDecision> {
        let (fraction, reason) = (self.decision?, self.decision_reason.clone()?);
        Some(DoseDecision { fraction, reason })
    }

    pub(crate) fn overrides(&self) -> Vec<Override> {
        self.overrides.clone()
    }
}

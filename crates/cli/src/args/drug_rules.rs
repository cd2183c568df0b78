//! The flags of rule sets, of the facts they are applied to, and of what a clinician decides.

use chemorad::capecitabine::{
    ClinicalFacts, DoseDecision, DoseFraction, Override, RuleSelection, RuleSetChoice, RuleSetName,
    RuleTopic, Toxicity, WrittenReason,
};
use chemorad::patient::{
    BodySize, ClearanceRate, CreatinineClearance, DpydPhenotype, DpydStatus, Height, PlasmaUracil,
    Sex, Weight,
};
use chemorad::radiotherapy::treatment_date;
use chemorad::text::Text;
use jiff::civil::Date;

use super::renal::RenalArgs;
use super::site::SiteValues;
use crate::failure::{Failure, Refusal};
use crate::output::Context;
use crate::refused;
use crate::rules;

/// Rules, the facts they are applied to, and what a person decides against or beyond them.
#[derive(Default, clap::Args)]
#[command(next_help_heading = "Rules and facts")]
pub(crate) struct RuleArgs {
    /// A shipped rule set by name, or a FILE.toml in the same schema; TOPIC=NAME takes only its
    /// renal, dpyd, toxicity or interactions rules. Several by commas. No rule set is a default.
    #[arg(long = "rule-set", value_name = "NAME|FILE", value_delimiter = ',')]
    rule_sets: Vec<String>,
    /// Whether the rule sets are the site's.
    #[arg(skip)]
    of_site: bool,
    /// Whether the topics that are waived are the site's.
    #[arg(skip)]
    waived_by_site: bool,
    /// A creatinine clearance from elsewhere, in mL/min; needs --clearance-by.
    #[arg(long, value_name = "RATE", allow_hyphen_values = true,
        conflicts_with_all = ["creatinine", "weight_basis", "age", "birth_date", "on"])]
    clearance: Option<ClearanceRate>,
    /// Who or what gave --clearance: "24 h urine collection".
    #[arg(long, value_name = "ORIGIN", requires = "clearance")]
    clearance_by: Option<String>,
    /// Topics that need no rule set here, because they were checked elsewhere: renal,dpyd,interactions.
    /// Without a rule set and not waived, a topic is reported and the command ends with 3.
    #[arg(long, value_name = "TOPICS", value_delimiter = ',')]
    without: Vec<RuleTopic>,
    /// The day as of which the rule sets have to hold: one that was superseded later is not reported.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    as_of: Option<Date>,
    /// not-tested, indeterminate, or the activity score: 0, 0.5, 1, 1.5, 2.
    #[arg(long, value_name = "STATUS", allow_hyphen_values = true)]
    dpyd: Option<DpydStatus>,
    /// Instead of --dpyd: the alleles of both copies of the gene, as in "c.1905+1G>A,Reference"; the
    /// activity score follows from CPIC's table of November 2025.
    #[arg(long, value_name = "ALLELES", conflicts_with = "dpyd")]
    dpyd_alleles: Option<DpydStatus>,
    /// Uracil in plasma before treatment: 12ng/mL.
    #[arg(long, value_name = "CONCENTRATION", allow_hyphen_values = true)]
    uracil: Option<PlasmaUracil>,
    /// The result of another DPD phenotype test, with its number:
    /// "residual activity 40 % of normal, mononuclear cells".
    #[arg(long, value_name = "RESULT", conflicts_with = "uracil", value_parser = DpydPhenotype::stated)]
    dpyd_phenotype: Option<DpydPhenotype>,
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
    /// The height of an earlier order: one that has moved by more than 3 cm fails.
    #[arg(long, value_name = "HEIGHT", allow_hyphen_values = true)]
    pub(crate) previous_height: Option<Height>,
}

/// The file of a rule set in the folder of the site file; a name of a shipped set as it is.
fn set_beside(site: &SiteValues, name: &RuleSetName) -> Result<RuleSetName, Failure> {
    if !name.is_file() {
        return Ok(name.clone());
    }
    Ok(site.beside(name.as_str()).display().to_string().parse()?)
}

/// `TOPIC=FILE` with the file in the folder of the site file; a name of a shipped set as it is.
fn beside(site: &SiteValues, choice: &RuleSetChoice) -> String {
    if !choice.set.is_file() {
        return choice.to_string();
    }
    let file = site.beside(choice.set.as_str()).display().to_string();
    match choice.topic {
        Some(topic) => format!("{}={file}", topic.name()),
        None => file,
    }
}

impl RuleArgs {
    /// Takes the rule sets of the site, where none is given by hand; a file of them counts from the
    /// site file. A topic that is waived by hand has none of the site's rules.
    pub(crate) fn of_site(&mut self, context: &Context<'_>, site: &mut SiteValues) {
        let named = |sets: &[String]| (!sets.is_empty()).then(|| sets.join(", "));
        let find = |name: &RuleSetName| rules::read(context, &set_beside(site, name).ok()?).ok();
        let kept = site
            .site()
            .map(|decided| decided.rule_sets_without(&self.without, find));
        let kept = kept.unwrap_or_default();
        let of_site: Vec<String> = kept.iter().map(|choice| beside(site, choice)).collect();
        let chosen = named(&of_site);
        site.decide("rule sets", named(&self.rule_sets), |_| chosen);
        if self.rule_sets.is_empty() {
            self.rule_sets = of_site;
            self.of_site = true;
        }
        let topics = |topics: &[RuleTopic]| {
            let names: Vec<&str> = topics.iter().map(|topic| topic.name()).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let waived = site.site().map(|decided| decided.without_rules.clone());
        let waived = waived.unwrap_or_default();
        site.decide("topics checked elsewhere", topics(&self.without), |_| {
            topics(&waived)
        });
        if self.without.is_empty() {
            self.without = waived;
            // rules that are given by hand are not waived by the site
            self.waived_by_site = true;
        }
    }

    /// Whether nothing of it is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.rule_sets.is_empty()
            && self.clearance.is_none()
            && self.without.is_empty()
            && self.as_of.is_none()
            && self.dpyd.is_none()
            && self.dpyd_alleles.is_none()
            && self.uracil.is_none()
            && self.dpyd_phenotype.is_none()
            && self.toxicity.is_none()
            && self.drugs.is_empty()
            && self.decision.is_none()
            && self.overrides.is_empty()
            && self.previous_weight.is_none()
            && self.previous_height.is_none()
    }

    /// Rule sets and waived topics alone, of patients that have their own facts.
    pub(crate) fn named(rule_sets: Vec<String>, without: Vec<RuleTopic>) -> Self {
        Self {
            rule_sets,
            without,
            ..Self::default()
        }
    }

    pub(crate) fn selection(&mut self, context: &Context<'_>) -> Result<RuleSelection, Failure> {
        let selected = rules::select(context, &self.rule_sets);
        let selected = selected.map_err(|error| {
            if self.of_site {
                error
            } else {
                error.about("--rule-set")
            }
        })?;
        if self.waived_by_site && !self.of_site {
            self.without.retain(|topic| selected.get(*topic).is_none());
        }
        Ok(selected)
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
                return Err(Refusal::missing(
                    "--clearance-by",
                    "say who or what gave the clearance, such as \
                     \"24 h urine collection\"",
                )
                .into());
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
            dpyd: self.dpyd.or(self.dpyd_alleles),
            phenotype: self
                .uracil
                .map(DpydPhenotype::PlasmaUracil)
                .or_else(|| self.dpyd_phenotype.clone()),
            toxicity: self.toxicity,
            other_drugs: self.other_drugs()?,
            protocol_drugs: Vec::new(),
        })
    }

    fn other_drugs(&self) -> Result<Option<Vec<Text>>, Failure> {
        let none = |drug: &String| drug.trim().eq_ignore_ascii_case("none");
        match self.drugs.as_slice() {
            [] => Ok(None),
            [only] if none(only) => Ok(Some(Vec::new())),
            drugs if drugs.iter().any(none) => Err(Refusal::of(
                refused::INPUT_CONFLICT,
                "--interacting-drug",
                "--interacting-drug none says that there are no other drugs, and another is named",
            )
            .on_a_form("hold none, which says that there are no others, and another name")
            .into()),
            drugs if drugs.iter().any(|drug| drug.trim().is_empty()) => Err(Refusal::of(
                refused::INPUT_VALUE,
                "--interacting-drug",
                "--interacting-drug: write the name of a drug, or none",
            )
            .into()),
            drugs => Ok(Some(
                drugs
                    .iter()
                    .map(|drug| Text::from(drug.trim().to_string()))
                    .collect(),
            )),
        }
    }

    /// The topics that are waived.
    pub(crate) fn waived(&self) -> Result<Vec<RuleTopic>, Failure> {
        let needed: Vec<&str> = RuleTopic::NEEDED.iter().map(|topic| topic.name()).collect();
        match self
            .without
            .iter()
            .find(|topic| !RuleTopic::NEEDED.contains(topic))
        {
            Some(topic) => {
                let not = format!(
                    "{topic}: nobody asks for it. Choices: {}",
                    needed.join(", ")
                );
                let refusal = Refusal::of(
                    refused::INPUT_UNKNOWN_NAME,
                    "--without",
                    format!("--without {not}"),
                );
                Err(refusal.on_a_form(not).into())
            }
            None => Ok(self.without.clone()),
        }
    }

    pub(crate) const fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    pub(crate) fn decision(&self) -> Option<DoseDecision> {
        let (fraction, reason) = (self.decision?, self.decision_reason.clone()?);
        Some(DoseDecision { fraction, reason })
    }

    pub(crate) fn overrides(&self) -> Vec<Override> {
        self.overrides.clone()
    }
}

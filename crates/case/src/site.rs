//! The site file: what a clinic decides once for all its patients, with who decided it and when.

mod fill;
mod holidays;
mod keys;
mod parts;
mod schema;
mod tissue;
mod used;

use std::collections::BTreeMap;
use std::path::Path;
use std::string::String;
use std::vec::Vec;

use chemorad::capecitabine::{
    CapecitabineDays, DeviationTolerance, RoundingRule, RuleSelection, RuleSet, RuleSetChoice,
    RuleSetName, RuleTopic, TabletStock, Ties,
};
use chemorad::patient::{BodySurfaceAreaFormula, SurfaceArea, WeightBasis};
use chemorad::quantity::OrderedDose;
use chemorad::radiotherapy::{OverallTimeConvention, Weekdays, dates};
use chemorad_reader::{Document, Faults, Format};
use jiff::civil::Date;

use super::case::Answer;
use super::drug_rounding::DrugRounding;

pub use holidays::SiteHolidays;
pub use keys::{SITE_KEYS, SiteKey};
pub(super) use parts::VALUE;
pub use schema::SiteSchema;
pub use tissue::SiteTissue;
pub use used::{SiteOrigin, SiteUse};

/// What a clinic has decided for all its patients: the content of a site file, `chemorad.site/1`. What a
/// case's `[site]` also has goes by the same name there. Nothing has a default: what is absent is not
/// decided, and is asked where it is needed.
///
/// ```
/// use chemorad_case::Site;
/// let site = Site::from_toml("clinic.toml", r#"
/// schema = "chemorad.site/1"
/// decided_by = "drug committee"
/// decided_on = "2026-11-30"
/// body_surface_area_formula = "mosteller"
/// tablet_strengths = ["500 mg", "150 mg (at most 2)"]
///
/// [alpha_beta.tumour]
/// value = "10 Gy"
/// source = "committee minutes"
/// "#)?;
/// assert_eq!(site.alpha_beta["tumour"].alpha_beta.to_string(), "10 Gy");
/// assert_eq!(site.rounding, None);
///
/// let faults = Site::from_toml("clinic.toml", "ties = \"up\"\nrouding = \"down\"").unwrap_err();
/// assert!(faults.to_string().contains("did you mean `rounding`?"));
/// assert!(faults.to_string().contains("`decided_by` is missing")); // with everything else
/// # Ok::<(), chemorad_reader::Faults>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// `chemorad.site/1`.
    pub schema: SiteSchema,
    /// A heading, one line.
    #[serde(default)]
    pub title: Option<String>,
    /// Who decided: a committee, a role.
    pub decided_by: String,
    /// When.
    #[serde(deserialize_with = "dates::one")]
    pub decided_on: Date,
    /// Fractions given a week.
    #[serde(default)]
    pub fractions_per_week: Option<u8>,
    /// The weekdays of treatment.
    #[serde(default)]
    pub weekdays: Option<Weekdays>,
    /// The dates without treatment.
    #[serde(default)]
    pub holidays: Option<SiteHolidays>,
    /// How overall time is counted.
    #[serde(default)]
    pub overall_time_convention: Option<OverallTimeConvention>,
    /// The α/β of tissues by their names, each with its source.
    #[serde(default)]
    pub alpha_beta: BTreeMap<String, SiteTissue>,
    /// The body surface area formula.
    #[serde(default)]
    pub body_surface_area_formula: Option<BodySurfaceAreaFormula>,
    /// A largest body surface area to dose on.
    #[serde(default)]
    pub body_surface_area_cap: Option<SurfaceArea>,
    /// Which weight goes into the creatinine clearance.
    #[serde(default)]
    pub weight_basis: Option<WeightBasis>,
    /// Tablets in stock.
    #[serde(default)]
    pub tablet_strengths: Option<TabletStock>,
    /// How a dose between two deliverable amounts is rounded.
    #[serde(default)]
    pub rounding: Option<RoundingRule>,
    /// What to do halfway.
    #[serde(default)]
    pub ties: Option<Ties>,
    /// A largest dose of one administration.
    #[serde(default)]
    pub dose_cap: Option<OrderedDose>,
    /// A larger deviation of the ordered dose is a failed check.
    #[serde(default)]
    pub deviation_tolerance: Option<DeviationTolerance>,
    /// On which days capecitabine is taken.
    #[serde(default)]
    pub capecitabine_days: Option<CapecitabineDays>,
    /// Rule sets by name or file, for all their topics or for one.
    #[serde(default)]
    pub rule_sets: Vec<RuleSetChoice>,
    /// Topics that need no rule set, because they are checked elsewhere.
    #[serde(default)]
    pub without_rules: Vec<RuleTopic>,
    /// Calendar days of a dispensing period.
    #[serde(default)]
    pub dispense_every_days: Option<u16>,
    /// How drugs that are no tablets are rounded, by their ids in protocols.
    #[serde(default)]
    pub drugs: BTreeMap<String, DrugRounding>,
    /// The tolerances of `check`, by their names.
    #[serde(default)]
    pub plan_tolerances: BTreeMap<String, String>,
    /// Answers to further questions of protocols, by their ids.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
}

impl Site {
    /// The rule sets that are taken where these topics are checked elsewhere: a set that also speaks of others is
    /// chosen for each of those, and one that speaks of nothing else is left out. A set that `find` does not know is
    /// kept, for its reader to refuse.
    ///
    /// ```
    /// use chemorad::capecitabine::{RuleSet, RuleTopic};
    /// use chemorad_case::Site;
    /// let site = Site::from_toml("clinic.toml", r#"
    /// schema = "chemorad.site/1"
    /// decided_by = "drug committee"
    /// decided_on = "2026-11-30"
    /// rule_sets = ["renal=fda-label-2026", "cpic-dpyd-2018"]
    /// "#)?;
    /// let kept = site.rule_sets_without(&[RuleTopic::Dpyd], |name| {
    ///     RuleSet::named(name.as_str()).ok().cloned()
    /// });
    /// assert_eq!(kept, [site.rule_sets[0].clone()]);
    /// # Ok::<(), chemorad_reader::Faults>(())
    /// ```
    #[must_use]
    pub fn rule_sets_without(
        &self,
        waived: &[RuleTopic],
        find: impl Fn(&RuleSetName) -> Option<RuleSet>,
    ) -> Vec<RuleSetChoice> {
        let mut kept = Vec::new();
        for choice in &self.rule_sets {
            let set = if choice.topic.is_none() && !waived.is_empty() {
                find(&choice.set)
            } else {
                None
            };
            let speaks = |topic: &RuleTopic| match (choice.topic, &set) {
                (Some(own), _) => own == *topic,
                (None, Some(set)) => RuleSelection::NONE.with_topic(*topic, set).is_ok(),
                (None, None) => false,
            };
            if !waived.iter().any(speaks) {
                kept.push(choice.clone());
                continue;
            }
            let others = RuleTopic::ALL.into_iter();
            let others = others.filter(|topic| speaks(topic) && !waived.contains(topic));
            kept.extend(others.map(|topic| RuleSetChoice {
                topic: Some(topic),
                set: choice.set.clone(),
            }));
        }
        kept
    }

    /// Reads a site file: TOML, or JSON where its name ends in `.json`.
    ///
    /// # Errors
    /// Everything that is wrong with the file at once, with line and column.
    pub fn read(path: &Path, text: &str) -> Result<Self, Faults> {
        let format = Format::of(path).unwrap_or(Format::Toml);
        Self::from_document(Document::parse(path.display().to_string(), text, format)?)
    }

    /// Reads a site file in TOML; the name is that of the faults.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn from_toml(name: &str, text: &str) -> Result<Self, Faults> {
        Self::from_document(Document::parse(name, text, Format::Toml)?)
    }

    /// The keys that the file does not have: what they ask is not decided.
    #[must_use]
    pub fn undecided(&self) -> Vec<&'static SiteKey> {
        SITE_KEYS.iter().filter(|key| !self.has(key.name)).collect()
    }

    /// Whether a key stands in the file.
    fn has(&self, key: &str) -> bool {
        match key {
            "title" => self.title.is_some(),
            "fractions_per_week" => self.fractions_per_week.is_some(),
            "weekdays" => self.weekdays.is_some(),
            "holidays" => self.holidays.is_some(),
            "overall_time_convention" => self.overall_time_convention.is_some(),
            "alpha_beta" => !self.alpha_beta.is_empty(),
            "body_surface_area_formula" => self.body_surface_area_formula.is_some(),
            "body_surface_area_cap" => self.body_surface_area_cap.is_some(),
            "weight_basis" => self.weight_basis.is_some(),
            "tablet_strengths" => self.tablet_strengths.is_some(),
            "rounding" => self.rounding.is_some(),
            "ties" => self.ties.is_some(),
            "dose_cap" => self.dose_cap.is_some(),
            "deviation_tolerance" => self.deviation_tolerance.is_some(),
            "capecitabine_days" => self.capecitabine_days.is_some(),
            "rule_sets" => !self.rule_sets.is_empty(),
            "without_rules" => !self.without_rules.is_empty(),
            "dispense_every_days" => self.dispense_every_days.is_some(),
            "drugs" => !self.drugs.is_empty(),
            "plan_tolerances" => !self.plan_tolerances.is_empty(),
            "answers" => !self.answers.is_empty(),
            // what a file always has
            _ => true,
        }
    }

    /// The file as a result names it.
    #[must_use]
    pub fn origin(&self, file: impl Into<String>) -> SiteOrigin {
        SiteOrigin {
            file: file.into(),
            title: self.title.clone(),
            decided_by: self.decided_by.clone(),
            decided_on: self.decided_on,
        }
    }

    fn from_document(document: Document) -> Result<Self, Faults> {
        document.rewritten(|tree| parts::check(tree)).read()
    }
}

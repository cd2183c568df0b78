use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::patient::{CreatinineClearance, DpydStatus};
use crate::text::Text;

use super::rules::is_one_drug;
use super::{CapecitabineError, RuleSet, Toxicity};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleTopic {
    /// Creatinine clearance.
    Renal,
    /// DPYD status.
    Dpyd,
    /// Toxicity so far.
    Toxicity,
    /// Other drugs.
    Interactions,
}

impl RuleTopic {
    /// Every topic.
    pub const ALL: [Self; 4] = [Self::Renal, Self::Dpyd, Self::Toxicity, Self::Interactions];

    /// What it is about, for a reader.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Renal => "renal function",
            Self::Dpyd => "DPYD status",
            Self::Toxicity => "toxicity",
            Self::Interactions => "interactions",
        }
    }

    const fn of(self, set: &RuleSet) -> bool {
        // `Deref` is not const; the field is reached by reference
        let data = set.data();
        match self {
            Self::Renal => data.renal.is_some(),
            Self::Dpyd => data.dpyd.is_some(),
            Self::Toxicity => data.toxicity.is_some(),
            Self::Interactions => data.interactions.is_some(),
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::Renal => 0,
            Self::Dpyd => 1,
            Self::Toxicity => 2,
            Self::Interactions => 3,
        }
    }
}

impl fmt::Display for RuleTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Renal => "renal",
            Self::Dpyd => "dpyd",
            Self::Toxicity => "toxicity",
            Self::Interactions => "interactions",
        })
    }
}

impl FromStr for RuleTopic {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|topic| format!("{topic}") == text.trim())
            .ok_or_else(|| CapecitabineError::UnknownTopic {
                given: text.chars().take(60).collect(),
            })
    }
}

/// Which rule set speaks on which topic: at most one on each, so that two texts never act at once
/// unnoticed. None is a default.
///
/// ```
/// use chemorad::capecitabine::{RuleSelection, RuleSet, RuleTopic};
/// let label = RuleSet::published("fda-label-2026").unwrap();
/// let cpic = RuleSet::published("cpic-dpyd-2018").unwrap();
///
/// // both have DPYD rules, so one of them has to be named for it
/// assert!(RuleSelection::NONE.with(label)?.with(cpic).is_err());
/// let rules = RuleSelection::NONE.with_topic(RuleTopic::Dpyd, cpic)?.with(label)?;
/// assert_eq!(rules.get(RuleTopic::Dpyd).unwrap().id.as_str(), "cpic-dpyd-2018");
/// assert_eq!(rules.get(RuleTopic::Renal).unwrap().id.as_str(), "fda-label-2026");
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSelection {
    sets: [Option<RuleSet>; 4],
    /// Topics named one by one, which a whole set does not contest.
    named: [bool; 4],
    /// The set whose dose table is the rounding.
    dose_table: Option<RuleSet>,
}

impl RuleSelection {
    /// No rules at all: nothing is adjusted, and the order says what was not checked.
    pub const NONE: Self = Self {
        sets: [const { None }; 4],
        named: [false; 4],
        dose_table: None,
    };

    /// The same with a set for one topic.
    ///
    /// # Errors
    /// A set without rules on the topic, or a topic that has a set already.
    pub fn with_topic(
        mut self,
        topic: RuleTopic,
        set: &RuleSet,
    ) -> Result<Self, CapecitabineError> {
        if !topic.of(set) {
            return Err(CapecitabineError::NoRulesOnTopic {
                id: set.id.clone(),
                topic,
            });
        }
        self.put(topic, set)?;
        self.named[topic.index()] = true;
        Ok(self)
    }

    /// The same with a set for every topic it has rules on, except those named by
    /// [`with_topic`](Self::with_topic) before.
    ///
    /// # Errors
    /// A set without rules on any topic, or a topic that another whole set has taken.
    pub fn with(mut self, set: &RuleSet) -> Result<Self, CapecitabineError> {
        if !RuleTopic::ALL.into_iter().any(|topic| topic.of(set)) {
            return Err(CapecitabineError::NoAdjustmentRules { id: set.id.clone() });
        }
        for topic in RuleTopic::ALL {
            if topic.of(set) && !self.named[topic.index()] {
                self.put(topic, set)?;
            }
        }
        Ok(self)
    }

    /// From names: `NAME` for a whole set, `TOPIC=NAME` for one topic of it, which settles that
    /// topic wherever it stands in the list. `find` gives the set of a name.
    ///
    /// ```
    /// use chemorad::capecitabine::{CapecitabineError, RuleSelection, RuleSet, RuleTopic};
    /// let names = ["fda-label-2026", "dpyd=cpic-dpyd-2018"];
    /// let rules = RuleSelection::from_names(&names, |name| RuleSet::named(name).cloned())?;
    /// assert_eq!(rules.get(RuleTopic::Dpyd).unwrap().id.as_str(), "cpic-dpyd-2018");
    /// assert_eq!(rules.get(RuleTopic::Renal).unwrap().id.as_str(), "fda-label-2026");
    /// # Ok::<(), CapecitabineError>(())
    /// ```
    ///
    /// # Errors
    /// What `find` refuses, and as [`with`](Self::with) and [`with_topic`](Self::with_topic).
    pub fn from_names<N: AsRef<str>, E: From<CapecitabineError>>(
        names: &[N],
        mut find: impl FnMut(&str) -> Result<RuleSet, E>,
    ) -> Result<Self, E> {
        let mut selection = Self::NONE;
        let mut whole = Vec::new();
        for name in names {
            let name = name.as_ref();
            let topic = name
                .split_once('=')
                .and_then(|(topic, rest)| Some((topic.parse::<RuleTopic>().ok()?, rest)));
            match topic {
                Some((topic, rest)) => selection = selection.with_topic(topic, &find(rest)?)?,
                None => whole.push(find(name)?),
            }
        }
        for set in &whole {
            selection = selection.with(set)?;
        }
        Ok(selection)
    }

    /// The same with the set whose dose table is the rounding, so that it is named with the others.
    ///
    /// ```
    /// use chemorad::capecitabine::{JAPAN_METHOD_D_2016, RuleSelection};
    /// let rules = RuleSelection::NONE.with_dose_table(&JAPAN_METHOD_D_2016)?;
    /// assert_eq!(rules.rule_sets()[0].id.as_str(), "japan-method-d-2016");
    /// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
    /// ```
    ///
    /// # Errors
    /// A set without a dose table, or another set of the same id.
    pub fn with_dose_table(mut self, set: &RuleSet) -> Result<Self, CapecitabineError> {
        if set.dose_table.is_none() {
            return Err(CapecitabineError::NoDoseTable { id: set.id.clone() });
        }
        self.one_of_its_id(set)?;
        self.dose_table = Some(set.clone());
        Ok(self)
    }

    /// Two sets that are not the same must not pass under one name.
    fn one_of_its_id(&self, set: &RuleSet) -> Result<(), CapecitabineError> {
        let mut others = self.sets.iter().chain([&self.dose_table]).flatten();
        if others.any(|other| other.id.eq_ignore_ascii_case(&set.id) && other != set) {
            return Err(CapecitabineError::OneIdTwoSets { id: set.id.clone() });
        }
        Ok(())
    }

    fn put(&mut self, topic: RuleTopic, set: &RuleSet) -> Result<(), CapecitabineError> {
        self.one_of_its_id(set)?;
        let place = &mut self.sets[topic.index()];
        if let Some(taken) = place {
            if taken == set {
                return Err(CapecitabineError::RuleSetTwice { id: set.id.clone() });
            }
            return Err(CapecitabineError::TwoRuleSets {
                topic,
                first: taken.id.clone(),
                second: set.id.clone(),
            });
        }
        *place = Some(set.clone());
        Ok(())
    }

    /// The set for a topic.
    #[must_use]
    pub const fn get(&self, topic: RuleTopic) -> Option<&RuleSet> {
        self.sets[topic.index()].as_ref()
    }

    /// Every set that is not limited to topics named one by one, each once: those whose sentences
    /// beside the rules hold too.
    #[must_use]
    pub fn whole_sets(&self) -> Vec<&RuleSet> {
        let whole = |set: &&RuleSet| {
            let named = self.sets.iter().zip(self.named);
            named
                .filter(|(_, named)| !named)
                .any(|(own, _)| own.as_ref().is_some_and(|own| own.id == set.id))
        };
        self.rule_sets().into_iter().filter(whole).collect()
    }

    /// Every set in use, each once.
    #[must_use]
    pub fn rule_sets(&self) -> Vec<&RuleSet> {
        let mut sets: Vec<&RuleSet> = Vec::new();
        for set in self.sets.iter().chain([&self.dose_table]).flatten() {
            if !sets.iter().any(|seen| seen.id == set.id) {
                sets.push(set);
            }
        }
        sets
    }
}

/// The facts that rules are applied to. An absent fact is "not stated", never "normal" or "none".
///
/// ```
/// use chemorad::capecitabine::ClinicalFacts;
/// use chemorad::patient::DpydStatus;
/// let facts = ClinicalFacts { dpyd: Some(DpydStatus::NotTested), ..ClinicalFacts::default() };
/// assert_eq!(facts.other_drugs, None); // not asked; `Some(vec![])` is none
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClinicalFacts {
    /// Creatinine clearance.
    pub clearance: Option<CreatinineClearance>,
    /// DPYD status.
    pub dpyd: Option<DpydStatus>,
    /// The toxicity that the dose is to be changed for, if there is one.
    pub toxicity: Option<Toxicity>,
    /// The other drugs taken; an empty list means that there are none.
    pub other_drugs: Option<Vec<Text>>,
}

impl ClinicalFacts {
    /// Every other drug has a name of its own.
    pub fn check(&self) -> Result<(), CapecitabineError> {
        match self
            .other_drugs
            .iter()
            .flatten()
            .find(|drug| !is_one_drug(drug))
        {
            Some(drug) => Err(CapecitabineError::OtherDrug {
                given: drug.chars().take(60).collect(),
            }),
            None => Ok(()),
        }
    }
}

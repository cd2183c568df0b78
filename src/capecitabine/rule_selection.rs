//! Which rule set speaks on which topic.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::error::CapecitabineError;
use super::rule_set_name::{RuleSetChoice, RuleSetName};
use super::rule_topic::RuleTopic;
use super::rules::rule_set::RuleSet;

const fn index(topic: RuleTopic) -> usize {
    match topic {
        RuleTopic::Renal => 0,
        RuleTopic::Dpyd => 1,
        RuleTopic::Toxicity => 2,
        RuleTopic::Interactions => 3,
    }
}

fn has_rules(set: &RuleSet, topic: RuleTopic) -> bool {
    match topic {
        RuleTopic::Renal => set.renal.is_some(),
        RuleTopic::Dpyd => set.dpyd.is_some(),
        RuleTopic::Toxicity => set.toxicity.is_some(),
        RuleTopic::Interactions => set.interactions.is_some(),
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
    sets: [Option<Arc<RuleSet>>; 4],
    /// Topics named one by one, which a whole set does not contest.
    named: [bool; 4],
    /// The set whose dose table is the rounding.
    dose_table: Option<Arc<RuleSet>>,
}

impl RuleSelection {
    /// No rules at all: nothing is adjusted, and the order says what was not checked.
    pub const NONE: Self = Self {
        sets: [const { None }; 4],
        named: [false; 4],
        dose_table: None,
    };

    /// Adds a set for one topic.
    ///
    /// # Errors
    /// A set without rules on the topic, or a topic that has a set already.
    pub fn with_topic(
        mut self,
        topic: RuleTopic,
        set: &RuleSet,
    ) -> Result<Self, CapecitabineError> {
        if !has_rules(set, topic) {
            return Err(CapecitabineError::NoRulesOnTopic {
                id: set.id.clone(),
                topic,
            });
        }
        self.put(topic, set)?;
        self.named[index(topic)] = true;
        Ok(self)
    }

    /// Adds a set for every topic it has rules on, except those named by
    /// [`with_topic`](Self::with_topic) before.
    ///
    /// # Errors
    /// A set without rules on any topic, or a topic that another whole set has taken.
    pub fn with(mut self, set: &RuleSet) -> Result<Self, CapecitabineError> {
        if !RuleTopic::ALL
            .into_iter()
            .any(|topic| has_rules(set, topic))
        {
            return Err(CapecitabineError::NoAdjustmentRules { id: set.id.clone() });
        }
        for topic in RuleTopic::ALL {
            if has_rules(set, topic) && !self.named[index(topic)] {
                self.put(topic, set)?;
            }
        }
        Ok(self)
    }

    /// Leaves a topic without a set.
    ///
    /// ```
    /// use chemorad::capecitabine::{FDA_LABEL_2026, RuleSelection, RuleTopic};
    /// let rules = RuleSelection::NONE.with(&FDA_LABEL_2026)?.without(RuleTopic::Dpyd);
    /// assert!(rules.get(RuleTopic::Dpyd).is_none() && rules.get(RuleTopic::Renal).is_some());
    /// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
    /// ```
    #[must_use]
    pub fn without(mut self, topic: RuleTopic) -> Self {
        self.sets[index(topic)] = None;
        self.named[index(topic)] = false;
        self
    }

    /// From choices: `NAME` for a whole set, `TOPIC=NAME` for one topic of it, which settles that
    /// topic wherever it stands in the list. `find` gives the set of a name.
    ///
    /// ```
    /// use chemorad::capecitabine::{CapecitabineError, RuleSelection, RuleSet, RuleTopic};
    /// let choices = ["fda-label-2026".parse()?, "dpyd=cpic-dpyd-2018".parse()?];
    /// let rules = RuleSelection::from_choices(&choices, |name| {
    ///     RuleSet::named(name.as_str()).cloned()
    /// })?;
    /// assert_eq!(rules.get(RuleTopic::Dpyd).unwrap().id.as_str(), "cpic-dpyd-2018");
    /// assert_eq!(rules.get(RuleTopic::Renal).unwrap().id.as_str(), "fda-label-2026");
    /// # Ok::<(), CapecitabineError>(())
    /// ```
    ///
    /// # Errors
    /// What `find` refuses, and as [`with`](Self::with) and [`with_topic`](Self::with_topic).
    pub fn from_choices<E: From<CapecitabineError>>(
        choices: &[RuleSetChoice],
        mut find: impl FnMut(&RuleSetName) -> Result<RuleSet, E>,
    ) -> Result<Self, E> {
        let mut selection = Self::NONE;
        let mut whole = Vec::new();
        for choice in choices {
            let set = find(&choice.set)?;
            match choice.topic {
                Some(topic) => selection = selection.with_topic(topic, &set)?,
                None => whole.push(set),
            }
        }
        for set in &whole {
            selection = selection.with(set)?;
        }
        Ok(selection)
    }

    /// Adds the set whose dose table is the rounding, so that it is named with the others.
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
        self.dose_table = Some(Arc::new(set.clone()));
        Ok(self)
    }

    /// Two sets that are not the same must not pass under one name.
    fn one_of_its_id(&self, set: &RuleSet) -> Result<(), CapecitabineError> {
        let mut others = self.sets.iter().chain([&self.dose_table]).flatten();
        if others.any(|other| other.id.eq_ignore_ascii_case(&set.id) && **other != *set) {
            return Err(CapecitabineError::OneIdTwoSets { id: set.id.clone() });
        }
        Ok(())
    }

    fn put(&mut self, topic: RuleTopic, set: &RuleSet) -> Result<(), CapecitabineError> {
        self.one_of_its_id(set)?;
        let place = &mut self.sets[index(topic)];
        if let Some(taken) = place {
            if **taken == *set {
                return Err(CapecitabineError::RuleSetTwice { id: set.id.clone() });
            }
            return Err(CapecitabineError::TwoRuleSets {
                topic,
                first: taken.id.clone(),
                second: set.id.clone(),
            });
        }
        *place = Some(Arc::new(set.clone()));
        Ok(())
    }

    /// The set for a topic.
    #[must_use]
    pub fn get(&self, topic: RuleTopic) -> Option<&RuleSet> {
        self.sets[index(topic)].as_deref()
    }

    /// Every set that is not limited to topics named one by one, each once: those whose sentences
    /// outside the rules hold too.
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

//! What a careful reader of a protocol looks for beyond its own logic: quotes that do not bear
//! their numbers, patients without an arm, limits out of order, misprints.

mod amounts;
mod arithmetic;
mod assertions;
mod axes;
mod bearing;
mod boosts;
mod borne_days;
mod bound_doses;
mod called_volumes;
pub(crate) mod codes;
mod continuous;
mod counted_days;
mod coverage;
mod cuts;
mod derived_days;
mod derived_starts;
mod directions;
mod doses;
mod drug_passage;
mod drugs;
pub(crate) mod empty_part;
mod equation;
mod exchanged_doses;
pub(crate) mod fault;
mod field;
pub(crate) mod file_codes;
pub(crate) mod finding;
mod held_doses;
mod infusions;
mod limits;
mod matching;
mod named_arms;
pub(crate) mod number;
#[cfg(test)]
mod number_tests;
mod open_values;
mod order;
mod passage_days;
mod passages;
mod phase_order;
mod quoted_numbers;
pub(crate) mod quotes;
mod reading;
mod reasons;
mod regimens;
mod repeated;
mod said_amounts;
mod said_boosts;
mod said_conditions;
mod said_drugs;
mod said_limits;
mod said_modalities;
mod said_pairs;
mod said_starts;
mod segments;
mod sequence;
mod shared_doses;
mod shared_words;
mod stages;
mod structure;
mod support;
mod total_fractions;
mod totals;
pub(crate) mod typo;
mod unread;
mod unused;
mod unused_parts;
mod values;
mod volumes;
mod weeks;
mod words;

use crate::model::protocol::Protocol;
use chemorad::report::{Finding, Outcome};
use chemorad::text::Text;
use reading::ReadOnce;

impl Protocol {
    /// Everything that [`check`](Self::check) finds, and what a careful reader looks for beyond it.
    ///
    /// [`explain`](crate::explain()) says what each code means. A protocol without a fail holds
    /// together; a warning is worth a look.
    ///
    /// ```
    /// use chemorad_protocol::Statement;
    /// use chemorad::text::List;
    /// let mut trial = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
    /// let mut drug = trial.drugs[0].clone();
    /// drug.intensity = Some(Statement::stated(
    ///     "852 mg/m2".parse()?, "Oral capecitabine 825mg/m² twice daily", "Full description"));
    /// trial.drugs = List::from(vec![drug]);
    /// let findings = trial.lint();
    /// let wrong = findings.iter().find(|f| f.is("protocol.quote_number")).unwrap();
    /// assert_eq!(wrong.at(), "drugs.capecitabine.intensity");
    /// assert_eq!(wrong.expected().as_deref(), Some("852 mg/m2"));
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Finding> {
        let _once = ReadOnce::begin();
        let mut out = self.structural_findings();
        quotes::lint(self, &mut out);
        doses::lint(self, &mut out);
        volumes::lint(self, &mut out);
        called_volumes::lint(self, &mut out);
        exchanged_doses::lint(self, &mut out);
        phase_order::lint(self, &mut out);
        totals::lint(self, &mut out);
        boosts::lint(self, &mut out);
        drugs::lint(self, &mut out);
        sequence::lint(self, &mut out);
        regimens::lint(self, &mut out);
        passages::lint(self, &mut out);
        passage_days::lint(self, &mut out);
        derived_starts::lint(self, &mut out);
        weeks::lint(self, &mut out);
        named_arms::lint(self, &mut out);
        shared_words::lint(self, &mut out);
        shared_doses::lint(self, &mut out);
        unused::lint(self, &mut out);
        unused_parts::lint(self, &mut out);
        coverage::lint(self, &mut out);
        limits::lint(self, &mut out);
        directions::lint(self, &mut out);
        said_drugs::lint(self, &mut out);
        said_modalities::lint(self, &mut out);
        said_limits::lint(self, &mut out);
        said_boosts::lint(self, &mut out);
        said_conditions::lint(self, &mut out);
        said_starts::lint(self, &mut out);
        said_amounts::lint(self, &mut out);
        cuts::lint(self, &mut out);
        out.0.extend(self.example_findings(&self.assertions).0);
        for finding in &mut out.0 {
            finding.known = self.question_about(&finding.at);
        }
        out.finish()
    }

    /// Why no dose may be taken from this protocol: what of its lint fails, and the amounts of which the words
    /// do not tell whether they are those of a day or of several.
    ///
    /// ```
    /// use chemorad_protocol::Statement;
    /// use chemorad::text::List;
    /// let mut trial = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
    /// assert!(trial.against_doses().is_empty());
    /// let mut drug = trial.drugs[0].clone();
    /// drug.administrations_per_day = Some(Statement::stated(
    ///     3.try_into()?, "Oral capecitabine 825mg/m² twice daily", "Full description"));
    /// trial.drugs = List::from(vec![drug]);
    /// assert!(trial.against_doses().iter().any(|found| found.is("protocol.quote_number")));
    /// # Ok::<(), std::num::TryFromIntError>(())
    /// ```
    #[must_use]
    pub fn against_doses(&self) -> Vec<Finding> {
        let mut found = self.lint();
        found.retain(forbids_doses);
        found
    }

    /// The question of an ambiguity that concerns a place: what is found there is known.
    fn question_about(&self, at: &str) -> Option<Text> {
        let concerns = |place: &str| {
            let rest = at.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let mut open = self.ambiguities.iter();
        let known = open.find(|open| open.concerns.iter().any(|place| concerns(place)))?;
        Some(known.question.id.clone())
    }
}

/// A finding on a protocol that leaves no dose to rely on.
fn forbids_doses(found: &Finding) -> bool {
    let unclear = found.is(codes::PASSAGE_UNCLEAR.name) && found.outcome == Outcome::CannotTell;
    found.outcome == Outcome::Fail || unclear
}

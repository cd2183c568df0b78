//! A case with what the site decided for all its patients, where the case says nothing.

use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

use chemorad::capecitabine::{RuleSelection, RuleSetChoice, RuleTopic};
use chemorad_protocol::{Protocol, Statement};
use jiff::civil::Date;

use super::{Site, SiteHolidays, SiteUse};
use crate::case::{Answer, Case};
use crate::drug_case::{DrugRules, SupplyPolicy};
use crate::drug_rules;

/// The dates without treatment in words.
fn dates_text(dates: &[Date]) -> String {
    if dates.is_empty() {
        return "none".to_string();
    }
    let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
    dates.join(", ")
}

impl Site {
    /// Fills a case of a protocol: what the case gives stays, and what the protocol settles is not asked.
    /// Of the α/β all tissues are taken where the case has none. Dates without treatment that stand in a
    /// file are left to the caller.
    ///
    /// ```
    /// use chemorad_case::{Case, Site};
    /// let site = Site::from_toml("clinic.toml", include_str!("../../examples/site.toml"))?;
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let mut case = Case::new("NCT06949098");
    /// case.site.fractions_per_week = Some(4);
    /// let used = site.fill(&mut case, trial);
    /// assert_eq!(case.site.fractions_per_week, Some(4));
    /// assert_eq!(used[0].by_hand.as_deref(), Some("4"));
    /// assert_eq!(case.site.ties, site.ties);
    /// assert_eq!(case.site.own_answers["capecitabine_days"].as_str(), "radiotherapy_days");
    /// # Ok::<(), chemorad_reader::Faults>(())
    /// ```
    pub fn fill(&self, case: &mut Case, protocol: &Protocol) -> Vec<SiteUse> {
        let mut used = Vec::new();
        let note = &mut used;
        let asks_week = protocol.courses.iter().any(|course| {
            let weekly = &course.fractions_per_week;
            matches!(weekly, Statement::Unspecified { .. })
        });
        let settles_week = protocol.courses.iter().any(|course| {
            let stated = course.fractions_per_week.value();
            stated.is_some_and(|stated| Some(stated.get()) != self.fractions_per_week)
        });
        let week = self
            .fractions_per_week
            .filter(|_| asks_week && !settles_week);
        let policy = &mut case.site;
        policy.fractions_per_week =
            SiteUse::decide(note, "fractions a week", policy.fractions_per_week, week);
        if !protocol.drugs.is_empty() {
            policy.body_surface_area_formula = SiteUse::decide(
                note,
                "body surface area formula",
                policy.body_surface_area_formula,
                self.body_surface_area_formula,
            );
            policy.body_surface_area_cap = SiteUse::decide(
                note,
                "cap on the body surface area",
                policy.body_surface_area_cap,
                self.body_surface_area_cap,
            );
            policy.tablet_strengths = SiteUse::decide(
                note,
                "tablets in stock",
                policy.tablet_strengths.take(),
                self.tablet_strengths.clone(),
            );
            // the rule for halves belongs to the rounding that it is given with
            let ties = self
                .ties
                .filter(|_| policy.rounding.is_none() || policy.rounding == self.rounding);
            policy.rounding = SiteUse::decide(
                note,
                "rounding",
                policy.rounding.take(),
                self.rounding.clone(),
            );
            policy.ties = SiteUse::decide(note, "ties", policy.ties, ties);
            policy.dose_cap =
                SiteUse::decide(note, "cap on the dose", policy.dose_cap, self.dose_cap);
            policy.deviation_tolerance = SiteUse::decide(
                note,
                "tolerance of the deviation",
                policy.deviation_tolerance,
                self.deviation_tolerance,
            );
            self.fill_drugs(case, protocol, note);
        }
        self.fill_answers(case, protocol, note);
        if case.alpha_beta.is_empty() && case.endpoints.is_empty() {
            self.fill_alpha_beta(case, note);
        }
        if let Some(calendar) = &mut case.calendar {
            calendar.weekdays = SiteUse::decide(
                note,
                "weekdays of treatment",
                calendar.weekdays,
                self.weekdays,
            );
            if let Some(SiteHolidays::Listed(listed)) = &self.holidays {
                let by_hand = calendar.holidays.as_deref().map(dates_text);
                let of_site = Some(dates_text(listed));
                let _ = SiteUse::decide(note, "dates without treatment", by_hand, of_site);
                calendar.holidays.get_or_insert_with(|| listed.clone());
            }
        }
        used
    }

    fn fill_drugs(&self, case: &mut Case, protocol: &Protocol, note: &mut Vec<SiteUse>) {
        for (id, rounding) in &self.drugs {
            if protocol.drug(id).is_some() {
                let by_hand = case.site.drugs.remove(id);
                let what = std::format!("rounding of {id}");
                if let Some(taken) = SiteUse::decide(note, what, by_hand, Some(*rounding)) {
                    case.site.drugs.insert(id.clone(), taken);
                }
            }
        }
        if let Some(renal) = case
            .renal
            .as_mut()
            .filter(|renal| renal.creatinine.is_some())
        {
            renal.weight_basis = SiteUse::decide(
                note,
                "weight in the clearance",
                renal.weight_basis,
                self.weight_basis,
            );
        }
        let of_site = self.rule_sets_of(case);
        if !of_site.is_empty() {
            let rules = case.drug_rules.get_or_insert_with(DrugRules::default);
            let listed = |sets: &[RuleSetChoice]| {
                let names: Vec<String> = sets.iter().map(ToString::to_string).collect();
                (!names.is_empty()).then(|| names.join(", "))
            };
            let by_hand = listed(&rules.rule_sets);
            let _ = SiteUse::decide(note, "rule sets", by_hand, listed(&of_site));
            if rules.rule_sets.is_empty() {
                rules.rule_sets = of_site;
            }
        }
        self.fill_waived(case, note);
        if case.calendar.is_some() {
            let by_hand = case.supply.map(|supply| supply.dispense_every_days);
            let days = SiteUse::decide(
                note,
                "days of a dispensing period",
                by_hand,
                self.dispense_every_days,
            );
            case.supply = days.map(|dispense_every_days| SupplyPolicy {
                dispense_every_days,
            });
        }
    }

    /// The rule sets, without what they say on topics that the case says are checked elsewhere.
    fn rule_sets_of(&self, case: &Case) -> Vec<RuleSetChoice> {
        let rules = case.drug_rules.as_ref();
        let waived = rules.and_then(|rules| rules.without.as_deref());
        self.rule_sets_without(waived.unwrap_or_default(), |name| {
            drug_rules::named(case, name).ok()
        })
    }

    /// Topics that are checked elsewhere, but for those that the case names rules for itself.
    fn fill_waived(&self, case: &mut Case, note: &mut Vec<SiteUse>) {
        if self.without_rules.is_empty() {
            return;
        }
        let choices = case.drug_rules.as_ref().map(|rules| &*rules.rule_sets);
        let named = RuleSelection::from_choices(choices.unwrap_or_default(), |name| {
            drug_rules::named(case, name)
        });
        let has_rules = |topic: RuleTopic| {
            let named = named.as_ref();
            named.is_ok_and(|named| named.get(topic).is_some())
        };
        let waived = self.without_rules.iter().copied();
        let waived: Vec<RuleTopic> = waived.filter(|topic| !has_rules(*topic)).collect();
        let listed = |topics: &[RuleTopic]| {
            let names: Vec<&str> = topics.iter().map(|topic| topic.name()).collect();
            if names.is_empty() {
                "none".to_string()
            } else {
                names.join(", ")
            }
        };
        let rules = case.drug_rules.get_or_insert_with(DrugRules::default);
        let by_hand = rules.without.as_deref().map(listed);
        let of_site = Some(listed(&waived));
        let _ = SiteUse::decide(note, "topics checked elsewhere", by_hand, of_site);
        rules.without.get_or_insert(waived);
    }

    /// Answers to what the protocol asks, where the site's answer is one of its choices.
    fn fill_answers(&self, case: &mut Case, protocol: &Protocol, note: &mut Vec<SiteUse>) {
        let days = self.capecitabine_days.as_ref();
        let days = days.map(|days| ("capecitabine_days", String::from(days.clone())));
        let answers = self.answers.iter();
        let answers = answers.map(|(id, answer)| (id.as_str(), answer.as_str().to_string()));
        let asked = protocol.questions();
        for (id, answer) in answers.chain(days) {
            let mut questions = asked.iter().filter(|question| question.id.is(id));
            if !questions.any(|question| question.choices.iter().any(|one| one.is(&answer))) {
                continue;
            }
            let taken = |answers: &BTreeMap<String, Answer>| {
                answers.get(id).map(|answer| answer.as_str().to_string())
            };
            let site = &case.site;
            let by_case = site.answers.get(id).cloned();
            let by_hand = by_case.or_else(|| taken(&site.own_answers));
            let is_given = by_hand.is_some();
            let _ = SiteUse::decide(note, id, by_hand, Some(answer.clone()));
            if !is_given {
                let answer = Answer::from(answer.as_str());
                case.site.own_answers.insert(id.to_string(), answer);
            }
        }
    }

    fn fill_alpha_beta(&self, case: &mut Case, note: &mut Vec<SiteUse>) {
        for (name, tissue) in &self.alpha_beta {
            let value = std::format!("{} ({})", tissue.alpha_beta, tissue.source);
            let what = std::format!("alpha/beta, {name}");
            match tissue.record {
                Some(record) if !case.endpoints.iter().any(|id| id == record.id) => {
                    case.endpoints.push(record.id.to_string());
                }
                None if !case.alpha_beta.contains(&tissue.alpha_beta) => {
                    case.alpha_beta.push(tissue.alpha_beta);
                }
                // two tissues with one value are asked once
                _ => {}
            }
            let _ = SiteUse::decide(note, what, None, Some(value));
        }
    }
}

//! The keys of a site file with the question each answers: the template and the table of the docs are
//! made from it.

use std::format;
use std::string::String;

/// A key of a site file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteKey {
    /// Its name in the file.
    pub name: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// Why it is asked.
    pub why: &'static str,
    /// What it may be.
    pub choices: &'static str,
    /// A line of the file, or several.
    pub example: &'static str,
    /// Whether a file without it is refused.
    pub needed: bool,
}

const fn key(
    name: &'static str,
    question: &'static str,
    why: &'static str,
    choices: &'static str,
    example: &'static str,
) -> SiteKey {
    SiteKey {
        name,
        question,
        why,
        choices,
        example,
        needed: false,
    }
}

const fn needed(key: SiteKey) -> SiteKey {
    SiteKey {
        needed: true,
        ..key
    }
}

/// Every key of a site file, in the order of the template. Tables are written without a header, so that
/// every line can be taken by itself.
pub const SITE_KEYS: &[SiteKey] = &[
    needed(key(
        "schema",
        "Which schema is this file written in?",
        "A later version may ask other questions.",
        "chemorad.site/1",
        "schema = \"chemorad.site/1\"",
    )),
    key(
        "title",
        "What is the site called?",
        "It is printed with the name of the file.",
        "one line",
        "title = \"Radiotherapy department\"",
    ),
    needed(key(
        "decided_by",
        "Who decided?",
        "Every result names who stands behind its values.",
        "a committee or a role, one line",
        "decided_by = \"\"",
    )),
    needed(key(
        "decided_on",
        "When was it decided?",
        "A reader sees whether the decisions are still those that hold.",
        "a date",
        "decided_on = \"\"",
    )),
    key(
        "fractions_per_week",
        "How many fractions are given a week, where a protocol does not say?",
        "It decides the length of the course, and with it the days of a drug.",
        "1 to 21",
        "fractions_per_week = 5",
    ),
    key(
        "weekdays",
        "On which weekdays is treatment given?",
        "Dates of fractions follow from it.",
        "mon-fri, or days such as mon,wed,fri",
        "weekdays = \"mon-fri\"",
    ),
    key(
        "holidays",
        "On which dates is no treatment given?",
        "Without them planned dates fall on closed days.",
        "a list of dates ([] for none), or a file of dates or .ics calendar beside this file",
        "holidays = [\"2026-12-25\", \"2027-01-01\"]",
    ),
    key(
        "overall_time_convention",
        "How is overall treatment time counted?",
        "The two conventions differ by one day, and a loss per day by its amount.",
        "inclusive (the first day is day 1), days_between",
        "overall_time_convention = \"inclusive\"",
    ),
    key(
        "body_surface_area_formula",
        "Which formula gives the body surface area?",
        "Du Bois instead of Mosteller changes the tablets of one adult in eight.",
        "mosteller, du-bois, haycock, gehan-george, boyd, fujimoto, takahira, shuter-aslani, schlich, livingston-lee, yu, stevenson",
        "body_surface_area_formula = \"mosteller\"",
    ),
    key(
        "body_surface_area_cap",
        "Is there a largest body surface area to dose on?",
        "A cap lowers the dose of large people; without one the whole area counts.",
        "an area; leave it out for no cap",
        "body_surface_area_cap = \"2 m2\"",
    ),
    key(
        "weight_basis",
        "Which weight goes into the creatinine clearance?",
        "In large people it moves the clearance across the limits of renal rules.",
        "actual, ideal (Devine), adjusted:FACTOR such as adjusted:0.4",
        "weight_basis = \"actual\"",
    ),
    key(
        "tablet_strengths",
        "Which tablets are in stock?",
        "A dose is rounded to what they make.",
        "strengths, each with the most of it at one administration where there is a limit",
        "tablet_strengths = [\"500 mg\", \"150 mg (at most 2)\"]",
    ),
    key(
        "rounding",
        "How is a dose between two amounts rounded?",
        "The rules differ by up to a tablet at every administration.",
        "nearest, down, up, fewest:5% (the fewest tablets within a deviation), bands:NAME (a dose table)",
        "rounding = \"nearest\"",
    ),
    key(
        "ties",
        "What is given when the dose lies halfway between two amounts?",
        "Programs round halves differently.",
        "up, down; with nearest and fewest only",
        "ties = \"up\"",
    ),
    key(
        "dose_cap",
        "Is there a largest dose of one administration?",
        "A cap lowers the dose of large people.",
        "an amount; leave it out for no cap",
        "dose_cap = \"2000 mg\"",
    ),
    key(
        "deviation_tolerance",
        "How far may the dose to take be from the calculated one?",
        "A larger deviation is a failed check; without it none is checked.",
        "a percentage of at most 20 %: from 1000 mg on whole tablets need no more",
        "deviation_tolerance = \"5 %\"",
    ),
    key(
        "capecitabine_days",
        "On which days is capecitabine taken, where a protocol does not say?",
        "The kinds differ by a third of the tablets.",
        "radiotherapy_days, weekdays, calendar_days, or days of a cycle such as 1-14/21",
        "capecitabine_days = \"radiotherapy_days\"",
    ),
    key(
        "rule_sets",
        "Which rules on renal function, DPYD and other drugs hold here?",
        "None is a default, and a topic without rules is not checked.",
        "names (chemorad rule-sets), files beside this one, TOPIC=NAME for one topic",
        "rule_sets = [\"renal=fda-label-2026\", \"dpyd=cpic-dpyd-2018\", \"interactions=eu-leaflet-interactions\"]",
    ),
    key(
        "without_rules",
        "Which topics need no rule set here, because they are checked elsewhere?",
        "A topic without rules ends with cannot tell unless somebody else checks it.",
        "renal, dpyd, interactions",
        "without_rules = [\"interactions\"]",
    ),
    key(
        "dispense_every_days",
        "For how many days is dispensed at once?",
        "The supply is counted by dispensing periods; without it for the whole course.",
        "days",
        "dispense_every_days = 7",
    ),
    key(
        "alpha_beta",
        "Which alpha/beta stands for which tissue, and where is it from?",
        "No tissue has a default. gap takes tumour and late; bed takes all, or those named with --ab.",
        "a table for each tissue: value with source, or endpoint (a record of chemorad endpoints)",
        "alpha_beta.tumour = { value = \"10 Gy\", source = \"committee minutes\" }\nalpha_beta.late = { value = \"3 Gy\", source = \"committee minutes\" }",
    ),
    key(
        "drugs",
        "How are other drugs rounded?",
        "A dose by body surface area is no amount that can be drawn up.",
        "a table for each drug by its id in protocols: step, rounding (nearest, down, up), ties",
        "drugs.cisplatin = { step = \"5 mg\", rounding = \"nearest\", ties = \"up\" }",
    ),
    key(
        "plan_tolerances",
        "How far may a plan be from the prescription?",
        "check has a tolerance for each number, and shows it; a site may decide another.",
        "dose_per_fraction, total, beam_sum, beam_dose_at_point, dose_maximum: a dose or a percentage",
        "plan_tolerances.total = \"0.5%\"",
    ),
    key(
        "answers",
        "What does the site answer to further questions of a protocol?",
        "A protocol may leave open what no other key of this file answers.",
        "the id of the question and one of its choices (chemorad protocol show)",
        "answers.escalated_concurrent_drug = \"capecitabine\"",
    ),
];

impl SiteKey {
    /// The key in a template: question, reason and choices as comments, and a line to fill in. What is
    /// not needed is commented out.
    #[must_use]
    pub fn template(&self) -> String {
        let mut text = format!(
            "# {}\n# {}\n# Choices: {}\n",
            self.question, self.why, self.choices
        );
        for line in self.example.lines() {
            let mark = match (self.needed, line.is_empty()) {
                (true, _) => "",
                (false, true) => "#",
                (false, false) => "# ",
            };
            text.push_str(mark);
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// A site file with every key, to be filled in: what is not decided stays commented out.
    ///
    /// ```
    /// use chemorad_case::{Site, SiteKey};
    /// let template = SiteKey::all_as_template();
    /// // who decided and when is still to be said
    /// assert!(Site::from_toml("new.toml", &template).is_err());
    /// let filled = template
    ///     .replace("decided_by = \"\"", "decided_by = \"drug committee\"")
    ///     .replace("decided_on = \"\"", "decided_on = \"2026-11-30\"");
    /// assert_eq!(Site::from_toml("new.toml", &filled)?.rounding, None);
    /// # Ok::<(), chemorad_reader::Faults>(())
    /// ```
    #[must_use]
    pub fn all_as_template() -> String {
        let mut text = String::from(
            "# What this site has decided for all its patients. Remove the \"# \" before a line to decide it.\n\
             # What stays a comment is not decided, and is asked where it is needed.\n",
        );
        for key in SITE_KEYS {
            text.push('\n');
            text.push_str(&key.template());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::string::ToString;
    use std::vec::Vec;

    use chemorad::patient::BodySurfaceAreaFormula;

    use super::*;
    use crate::site::Site;

    #[test]
    fn the_table_has_the_keys_that_the_reader_knows() {
        let error = serde_json::from_str::<Site>("{\"?\": 1}")
            .unwrap_err()
            .to_string();
        let (_, known) = error.split_once("expected one of ").unwrap();
        let (known, _) = known.rsplit_once(" at line").unwrap();
        let mut known: Vec<&str> = known.split(", ").map(|key| key.trim_matches('`')).collect();
        let mut table: Vec<&str> = SITE_KEYS.iter().map(|key| key.name).collect();
        known.sort_unstable();
        table.sort_unstable();
        assert_eq!(table, known);
    }

    #[test]
    fn the_formulas_are_those_of_the_library() {
        let mut keys = SITE_KEYS.iter();
        let key = keys
            .find(|key| key.name == "body_surface_area_formula")
            .unwrap();
        let all = BodySurfaceAreaFormula::ALL.map(BodySurfaceAreaFormula::name);
        assert_eq!(key.choices, all.join(", "));
    }

    #[test]
    fn the_docs_have_the_same_table() {
        let docs = include_str!("../../docs/site-file.md");
        let rows = docs.lines().filter(|line| line.starts_with("| `"));
        let table = SITE_KEYS.iter().map(|key| {
            let SiteKey {
                name,
                question,
                why,
                choices,
                ..
            } = key;
            format!("| `{name}` | {question} {why} | {choices} |")
        });
        assert_eq!(rows.collect::<Vec<_>>(), table.collect::<Vec<_>>());
    }

    #[test]
    fn the_example_is_whole() {
        let site = include_str!("../../examples/site.toml");
        let site = Site::from_toml("site.toml", site).unwrap();
        assert_eq!(site.decided_on.to_string(), "2026-11-30");
        assert_eq!(site.alpha_beta["late"].alpha_beta.to_string(), "3 Gy");
    }

    #[test]
    fn every_example_of_the_template_is_right() {
        let mut text = String::new();
        for key in SITE_KEYS {
            text.push_str(key.example);
            text.push('\n');
        }
        let text = text
            .replace("decided_by = \"\"", "decided_by = \"drug committee\"")
            .replace("decided_on = \"\"", "decided_on = \"2026-11-30\"");
        let site = Site::from_toml("all.toml", &text).unwrap();
        assert!(site.undecided().is_empty());
        let least =
            "schema = \"chemorad.site/1\"\ndecided_by = \"us\"\ndecided_on = \"2026-11-30\"";
        let least = Site::from_toml("least.toml", least).unwrap();
        assert_eq!(least.undecided().len(), SITE_KEYS.len() - 3);
        assert_eq!(site.alpha_beta.len(), 2);
        assert_eq!(site.rule_sets.len(), 3);
        assert_eq!(
            site.answers["escalated_concurrent_drug"].as_str(),
            "capecitabine"
        );
    }

    #[test]
    fn half_decisions_are_said_all_at_once() {
        let faults = Site::from_toml(
            "clinic.toml",
            "schema = \"chemorad.site/2\"\ndecided_by = \" \"\ndecided_on = \"7.12.2026\"\n\
             fractions_per_week = 50\nrounding = \"nearest\"\nholidays = \"2026-12-25\"\n\
             [alpha_beta.tumour]\nvalue = \"10 Gy\"\n\
             [drugs.cisplatin]\nstep = \"5 mg\"\nrounding = \"down\"\nties = \"up\"\n",
        )
        .unwrap_err();
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for part in [
            "chemorad.site/1",
            "decided_by says nothing",
            "7.12.2026",
            "1 to 21",
            "ties does not say",
            "file of dates",
            "source is missing",
            "ties goes with",
        ] {
            assert!(
                said.iter().any(|fault| fault.contains(part)),
                "{part}: {said:#?}"
            );
        }
        assert_eq!(said.len(), 8, "{said:#?}");
    }
}

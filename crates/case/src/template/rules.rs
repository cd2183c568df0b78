//! What a case with capecitabine asks for in addition: renal function, DPYD, other drugs, and the rules for
//! them. The sheet is worked out without them and cannot tell, so that it does not ask by itself.

use std::string::ToString;

use chemorad::capecitabine::RuleTopic;

use super::CaseTemplate;
use super::field::Field;
use crate::site::Site;

/// A field, the topic it is for, why it is asked, the choices, and an example.
type Asked = (
    &'static str,
    Option<RuleTopic>,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const ASKED: &[Asked] = &[
    (
        "patient.sex",
        Some(RuleTopic::Renal),
        "The creatinine clearance (Cockcroft-Gault) is worked out from it.",
        &["female", "male"],
        "\"female\"",
    ),
    (
        "patient.age",
        Some(RuleTopic::Renal),
        "The creatinine clearance is worked out from it. Completed years.",
        &[],
        "\"62 years\"",
    ),
    (
        "renal.creatinine",
        Some(RuleTopic::Renal),
        "Renal function decides whether capecitabine may be given, and how much of it. For a clearance from \
         elsewhere write clearance and clearance_by instead of both.",
        &["80 umol/L", "0.9 mg/dL"],
        "\"80 umol/L\"",
    ),
    (
        "renal.weight_basis",
        Some(RuleTopic::Renal),
        "The weight in the formula changes the clearance, and none is a default.",
        &["actual", "ideal", "adjusted:0.4"],
        "\"actual\"",
    ),
    (
        "dpyd.status",
        Some(RuleTopic::Dpyd),
        "Without DPD activity capecitabine can kill; not tested is not normal.",
        &[
            "\"not_tested\"",
            "\"indeterminate\"",
            "{ score = 1.5 }",
            "{ alleles = [\"c.1905+1G>A\", \"Reference\"] }",
        ],
        "{ score = 2 }",
    ),
    (
        "drug_rules.rule_sets",
        None,
        "Which rules hold here: none is a default (chemorad rule-sets). What somebody checks elsewhere has no \
         rules and is named instead, as in: without = [\"interactions\"]",
        &[],
        "[\"renal=fda-label-2026\", \"cpic-dpyd-2018\", \"eu-leaflet-interactions\"]",
    ),
    (
        "drug_rules.other_drugs",
        Some(RuleTopic::Interactions),
        "The other drugs taken; [] says that there are none.",
        &[],
        "[]",
    ),
];

impl CaseTemplate {
    /// Adds what the rules of capecitabine need, but for what the site decided.
    pub(super) fn ask_for_rules(&mut self, site: Option<&Site>) {
        for (path, topic, why, choices, example) in ASKED {
            let is_asked = self.fields.iter().any(|field| field.path == *path);
            let is_decided = site.is_some_and(|site| match (*path, topic) {
                ("drug_rules.rule_sets", _) => !site.rule_sets.is_empty(),
                (_, Some(topic)) if site.without_rules.contains(topic) => true,
                ("renal.weight_basis", _) => site.weight_basis.is_some(),
                _ => false,
            });
            if !is_asked && !is_decided {
                let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
                self.fields.push(Field::new(path, why, &choices, example));
            }
        }
    }
}

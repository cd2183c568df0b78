//! The interactions of the package leaflet, with the names that drugs are found by.

use crate::text::{List, Text};

use super::interactions::{Interaction, InteractionRules, InteractionSeverity};
use super::rule_set::{RuleSet, RuleSetData, SourceVerification};
use super::schema::SCHEMA;

const fn interaction(
    drug: &'static str,
    also: List<Text>,
    severity: InteractionSeverity,
    advice: &'static str,
) -> Interaction {
    Interaction {
        drug: Text::constant(drug),
        also,
        severity,
        advice: Text::constant(advice),
    }
}

/// Other spellings (De Clercq 2004, Biochem Pharmacol 68:2301) and trade names (Zostex:
/// arznei-telegramm 2012;43:80). A name too many stops a drug that a person then looks up.
const BRIVUDINE: &[Text] = &[
    Text::constant("brivudin"),
    Text::constant("bvdu"),
    Text::constant("bromovinyl"),
    Text::constant("\u{6eb4}\u{592b}\u{5b9a}"),
    Text::constant("\u{431}\u{440}\u{438}\u{432}\u{443}\u{434}\u{438}\u{43d}"),
    Text::constant("zostex"),
    Text::constant("brivir"),
    Text::constant("zecovir"),
    Text::constant("zerpex"),
    Text::constant("nervinex"),
    Text::constant("brivex"),
    Text::constant("brivuzost"),
    Text::constant("zostevir"),
    Text::constant("mevir"),
    Text::constant("premovir"),
    Text::constant("helpin"),
    Text::constant("zonavir"),
    Text::constant("menavir"),
];
const VITAMIN_K_ANTAGONISTS: &[Text] = &[
    Text::constant("vka"),
    Text::constant("warfarin"),
    Text::constant("coumarin"),
    Text::constant("phenprocoumon"),
    Text::constant("acenocoumarol"),
    Text::constant("marcumar"),
    Text::constant("falithrom"),
    Text::constant("coumadin"),
    Text::constant("sintrom"),
    Text::constant("vitamin-k-antagonist"),
    Text::constant("\u{534e}\u{6cd5}\u{6797}"),
];
/// The names of the same drug elsewhere and as a salt.
const FOLINIC_ACID: &[Text] = &[
    Text::constant("leucovorin"),
    Text::constant("folinat"),
    Text::constant("folins\u{e4}ure"),
    Text::constant("\u{4e9a}\u{53f6}\u{9178}"),
];
const PHENYTOIN: &[Text] = &[Text::constant("\u{82ef}\u{59a5}\u{82f1}")];
const ALLOPURINOL: &[Text] = &[
    Text::constant("zyloric"),
    Text::constant("\u{522b}\u{560c}\u{9187}"),
];

const EU_LEAFLET: &[Interaction] = &[
    interaction(
        "brivudine",
        List::constant(BRIVUDINE),
        InteractionSeverity::DoNotGive,
        "never together, and not within 4 weeks after brivudine",
    ),
    interaction(
        "vitamin k antagonist",
        List::constant(VITAMIN_K_ANTAGONISTS),
        InteractionSeverity::Warning,
        "monitor the INR",
    ),
    interaction(
        "phenytoin",
        List::constant(PHENYTOIN),
        InteractionSeverity::Warning,
        "monitor phenytoin levels",
    ),
    interaction(
        "folinic acid",
        List::constant(FOLINIC_ACID),
        InteractionSeverity::Warning,
        "caution",
    ),
    interaction(
        "allopurinol",
        List::constant(ALLOPURINOL),
        InteractionSeverity::Warning,
        "caution",
    ),
];

/// The interactions of the European package leaflet, with the boxed warning of the United States
/// labels on vitamin K antagonists.
pub static EU_LEAFLET_INTERACTIONS: RuleSet = RuleSet::constant(RuleSetData {
    schema: Text::constant(SCHEMA),
    id: Text::constant("eu-leaflet-interactions"),
    title: Text::constant("Capecitabine, interactions named in the European package leaflet"),
    version: Text::constant("package leaflet as of 2024-10"),
    date: Text::constant("2024-10"),
    standing: SourceVerification::Read,
    source: Text::constant(
        "European package leaflet; prescriberpoint capecitabine-5644115; the other names of a drug \
         are this project's",
    ),
    superseded_by: None,
    renal: None,
    dpyd: None,
    toxicity: None,
    interactions: Some(InteractionRules {
        drugs: List::constant(EU_LEAFLET),
    }),
    dose_table: None,
    rounding: None,
});

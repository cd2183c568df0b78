//! What labels and guidelines say, as data pinned to their version, and its validation.

mod cautions;
pub(super) mod dose_rule;
pub(super) mod dpyd;
pub(super) mod drug_names;
pub(super) mod fault;
mod guidelines;
mod hard_stops;
pub(super) mod interactions;
mod labels;
mod leaflet;
mod published;
pub(super) mod renal;
pub(super) mod rule_set;
mod schema;
pub(super) mod stops;
pub(super) mod toxicity;

pub use dose_rule::{Covers, DoseFraction, DoseRule};
pub use dpyd::{DpydRow, DpydRules, UracilRow};
pub use fault::RuleFault;
pub use guidelines::{CPIC_DPYD_2017, CPIC_DPYD_2018, DPWG_DPYD_2019, EMA_DPYD_2020};
pub use interactions::{Interaction, InteractionRules, InteractionSeverity};
pub use labels::{
    BMC_SURGERY_2009_LADDER, FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, JAPAN_METHOD_D_2016,
};
pub use leaflet::EU_LEAFLET_INTERACTIONS;
pub use renal::{CutDistance, RenalBand, RenalRules};
pub use rule_set::{
    PublishedSentence, RuleSet, RuleSetData, RuleSetHeading, SourceVerification, Succession,
};
pub use toxicity::{Toxicity, ToxicityAction, ToxicityLadder, ToxicityStep};

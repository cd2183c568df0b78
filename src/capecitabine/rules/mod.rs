//! What labels and guidelines say, as data pinned to their version, and its validation.

mod cautions;
mod dose_rule;
mod dpyd;
mod fault;
mod guidelines;
mod interactions;
mod published;
mod renal;
mod rule_set;
mod toxicity;

pub use dose_rule::{Covers, DoseFraction, DoseRule};
pub use dpyd::{DpydRow, DpydRules};
pub use fault::RuleFault;
pub(super) use interactions::has_name;
pub use interactions::{Interaction, InteractionRules, InteractionSeverity};
pub use renal::{CutDistance, RenalBand, RenalRules};
pub(super) use rule_set::published_names;
pub use rule_set::{PublishedSentence, RuleSet, RuleSetData, RuleSetHeading, Standing};
pub use toxicity::{Toxicity, ToxicityAction, ToxicityLadder, ToxicityStep};

pub use guidelines::{CPIC_DPYD_2017, CPIC_DPYD_2018, EMA_DPYD_2020};
pub use published::{
    BMC_SURGERY_2009_LADDER, EU_LEAFLET_INTERACTIONS, FDA_LABEL_2026, FDA_LABEL_BEFORE_2022,
    JAPAN_METHOD_D_2016,
};

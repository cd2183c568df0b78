//! What labels and guidelines say, as data pinned to their version, and its validation.

mod cautions;
mod dose_rule;
mod dpyd;
mod drug_names;
mod fault;
mod guidelines;
mod interactions;
mod leaflet;
mod published;
mod renal;
mod rule_set;
mod stops;
mod toxicity;

pub use dose_rule::{Covers, DoseFraction, DoseRule};
pub use dpyd::{DpydRow, DpydRules};
pub(super) use drug_names::is_one_drug;
pub use fault::RuleFault;
pub use interactions::{Interaction, InteractionRules, InteractionSeverity};
pub(super) use published::HALF;
pub use renal::{CutDistance, RenalBand, RenalRules};
pub(super) use rule_set::published_names;
pub use rule_set::{PublishedSentence, RuleSet, RuleSetData, RuleSetHeading, Standing};
pub(super) use stops::{refuse_slips, shipped_stop, speaks_of};
pub use toxicity::{Toxicity, ToxicityAction, ToxicityLadder, ToxicityStep};

pub use guidelines::{CPIC_DPYD_2017, CPIC_DPYD_2018, EMA_DPYD_2020};
pub use leaflet::EU_LEAFLET_INTERACTIONS;
pub use published::{
    BMC_SURGERY_2009_LADDER, FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, JAPAN_METHOD_D_2016,
};

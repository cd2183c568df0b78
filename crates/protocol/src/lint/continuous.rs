//! Whether words say that a drug runs without a break.

use super::reading::mentions;
use crate::passage::mention::{InfusionTime, Per, Said};

/// An infusion without a break, or one of whole days.
pub(super) fn says_continuous(text: &str) -> bool {
    let whole_days = |time: &InfusionTime| match time {
        InfusionTime::Continuous => true,
        InfusionTime::Hours(hours) => hours
            .low
            .checked_sub(24.into())
            .is_some_and(|rest| !rest.is_negative()),
        InfusionTime::Minutes(_) => false,
    };
    let said = mentions(text);
    let mut times = said.iter().filter_map(|mention| match &mention.said {
        Said::Infusion(time) => Some(whole_days(time)),
        Said::Intensity {
            per: Per::Days(_) | Per::DayOrHours(_) | Per::Week,
            ..
        } => Some(true),
        _ => None,
    });
    let words = ["continuous", "protracted", "prolonged", "uninterrupted"];
    let text = text.to_lowercase();
    times.any(|long| long) || words.iter().any(|word| text.contains(word))
}

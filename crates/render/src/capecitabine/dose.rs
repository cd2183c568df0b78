//! The calculated dose and the one to take, and how one was rounded to the other.

use chemorad::capecitabine::{CapecitabineOrder, OrderedDay, SourceVerification};

use super::supply::tablets_text;

pub(super) fn dose(
    pairs: &mut Vec<(&'static str, String)>,
    order: &CapecitabineOrder,
    day: &OrderedDay,
) {
    let request = order.request();
    let single = day.per_administration();
    let calculated = single.calculated();
    if order.adjustment().interruption().is_some() {
        pairs.push((
            "interrupted",
            "for toxicity: no dose before recovery to grade 0 or 1, then the dose below"
                .to_string(),
        ));
    }
    pairs.push((
        "calculated",
        if calculated.is_capped() {
            format!(
                "{:.2} per administration; after the cap {:.2}",
                calculated.uncapped(),
                calculated.dose()
            )
        } else {
            format!("{:.2} per administration", calculated.uncapped())
        },
    ));
    let to_take = if day.is_unequal() {
        day.to_string()
    } else {
        format!(
            "{} per administration ({})",
            single.dose(),
            single.chosen().tablets_text()
        )
    };
    pairs.push(("to take", to_take));
    let capped = if calculated.is_capped() {
        format!(", {:+.2} % from the capped one", day.deviation_percent())
    } else {
        String::new()
    };
    pairs.push((
        "per day",
        format!(
            "{} ({}), {:+.2} % from the calculated dose{capped}",
            day.dose_per_day(),
            tablets_text(day.tablets()),
            day.deviation_from_uncapped_percent(),
        ),
    ));
    let tolerance = request.tolerance.map_or_else(
        || "no tolerance given".to_string(),
        |most| {
            format!(
                "tolerance {most}{}",
                if calculated.is_capped() {
                    " of the capped dose"
                } else {
                    ""
                }
            )
        },
    );
    pairs.push((
        "policy",
        format!(
            "{}; tablets {}; {tolerance}; split: {}",
            request.policy, request.stock, request.split
        ),
    ));
    if !day.is_unequal() {
        let neighbours: Vec<String> = single
            .neighbours()
            .iter()
            .map(|other| format!("{} ({:+.2} %)", other.amount(), other.deviation_percent()))
            .collect();
        if !neighbours.is_empty() {
            let from = if calculated.is_capped() {
                "; from the capped dose"
            } else {
                ""
            };
            pairs.push(("next", format!("{}{from}", neighbours.join(", "))));
        }
    }
    for set in request.rules.whole_sets() {
        if let Some(sentence) = &set.rounding {
            let open = sentence
                .open
                .as_ref()
                .map_or_else(String::new, |open| format!("; it leaves open {open}"));
            let said = match set.standing {
                SourceVerification::SiteDecision => sentence.quote.to_string(),
                _ => format!("\"{}\"", sentence.quote),
            };
            pairs.push(("to round", format!("{said} ({}){open}", set.id)));
        }
    }
}

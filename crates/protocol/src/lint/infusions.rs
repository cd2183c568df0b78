//! Whether the time of an infusion is said of its own amount: `400 mg/m2 bolus, then 2400 mg/m2 over 46 h` is no
//! bolus of 2400 mg/m2.

use chemorad::number::Decimal;

use super::drug_passage::{DrugPassage, amount_said, amounts, read};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::number::Kind;
use super::segments::segments;
use super::shared_words::is_said_of_each;
use super::support::numbers_of;
use crate::model::drug_days::Infusion;
use crate::passage::mention::{Mention, Said};
use crate::statement::{Statement, Status};

impl DrugPassage<'_> {
    /// A time of infusion that stands with another amount of the drug, and not with this one.
    pub(super) fn check_infusion(&self, at: &str, out: &mut Findings) {
        let Some(infusion) = self.drug.infusion.as_ref() else {
            return;
        };
        let hours = infusion.value().copied().and_then(Infusion::hours);
        let (Some(hours), Status::Stated) = (hours, Statement::status(infusion)) else {
            return;
        };
        let hours = Decimal::from(u32::from(hours));
        let own = amounts(self.drug);
        for read in read(infusion) {
            let text = &read.quote.text;
            if is_said_of_each(text) {
                continue;
            }
            let of_this =
                |mention: &Mention| mention.drug.as_ref().is_none_or(|drug| *drug == self.name);
            let heads: Vec<(&Mention, Decimal)> = read
                .mentions
                .iter()
                .filter(|mention| of_this(mention))
                .filter_map(|mention| Some((mention, amount_said(&mention.said)?)))
                .collect();
            let mut places = heads.iter().enumerate();
            let mut is_own = places
                .by_ref()
                .filter(|(_, (_, amount))| own.contains(amount));
            let (Some((place, _)), None) = (is_own.next(), is_own.next()) else {
                continue;
            };
            let starts: Vec<&Mention> = heads.iter().map(|(mention, _)| *mention).collect();
            if starts.len() < 2 || starts.windows(2).any(|pair| pair[0].end > pair[1].start) {
                continue;
            }
            let parts = segments(text, &starts, &read.mentions);
            let says = |mention: &&Mention| {
                let lasts = matches!(mention.said, Said::Infusion(_) | Said::Intensity { .. });
                let is_it = |number: &super::number::Number| {
                    number.kind == Kind::Hour && number.value == hours
                };
                lasts && of_this(mention) && numbers_of(mention).iter().any(is_it)
            };
            let said: Vec<(&Mention, Option<usize>)> = read
                .mentions
                .iter()
                .filter(says)
                .map(|mention| {
                    let part = parts.iter().position(|part| part.contains(&mention.start));
                    (mention, part)
                })
                .collect();
            let elsewhere =
                |(_, part): &(&Mention, Option<usize>)| part.is_some_and(|part| part != place);
            let Some((mention, _)) = said.first().filter(|_| said.iter().all(elsewhere)) else {
                continue;
            };
            out.push(
                format!("{at}.infusion"),
                ProtocolFault::OtherInfusion {
                    words: text[mention.start..mention.end].to_owned().into(),
                    quote: read.quote.clone(),
                },
            );
            return;
        }
    }
}

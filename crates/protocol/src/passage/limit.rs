//! Limits on doses: `V45 < 195 cc`, `≤ 50 Gy`.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt};
use winnow::token::any;

use super::dose::{behind, unit};
use super::mention::Said;
use super::phrase::{Parsed, comparison, number, one_of};
use super::token::{Token, Tokens};

/// "180 cc above 35 Gy" is no limit of 35 Gy.
fn not_volume(input: &mut Tokens<'_>) -> Parsed<()> {
    if behind(input, &["cc", "%", "cm3"], 0) {
        Err(winnow::error::EmptyError)
    } else {
        Ok(())
    }
}

/// `≤ 50 Gy`, `V45 < 195 cc`, `Dmax < 55 Gy`.
pub(super) fn limit(input: &mut Tokens<'_>) -> Parsed<Said> {
    let metric = any.verify_map(|token: &Token| {
        let name = &token.text;
        let level = name.strip_prefix(['v', 'd']).unwrap_or_default();
        let digits = level.trim_end_matches("gy");
        let plain = digits.trim_end_matches("cc");
        let is =
            matches!(name.as_str(), "dmax" | "dmean" | "dmin") || plain.parse::<Decimal>().is_ok();
        is.then(|| {
            if plain.parse::<Decimal>().is_err() {
                String::new()
            } else {
                format!("{}{digits}", name[..1].to_uppercase())
            }
        })
    });
    let size = alt((
        unit.map(|unit| format!(" {unit}")),
        "%".value("%".to_owned()),
        one_of(&["cc", "cm3", "ml"]).map(|token| format!(" {token}")),
    ));
    alt((
        (
            metric,
            opt(one_of(&["%", "gy", "cc"])),
            opt("was"),
            comparison,
            number,
            size,
        )
            .map(|(metric, of, _, sign, number, unit)| {
                let of = of
                    .map_or("", |of| of.text.as_str())
                    .trim_start_matches("gy");
                format!("{metric}{of} {sign} {number}{unit}")
                    .trim_start()
                    .to_owned()
            }),
        (
            number,
            unit,
            "to",
            number,
            one_of(&["cc", "cm3", "ml"]),
            "or",
            "less",
        )
            .map(|(dose, _, _, volume, unit, ..)| format!("V{dose} <= {volume} {unit}")),
        (
            number,
            unit,
            comparison,
            number,
            alt(("%".void(), one_of(&["cc", "cm3", "ml"]).void())),
        )
            .with_taken()
            .map(|((dose, _, sign, volume, ()), taken)| {
                let unit = taken.last().map_or("", |token| token.text.as_str());
                let unit = if unit == "%" {
                    "%".into()
                } else {
                    format!(" {unit}")
                };
                format!("V{dose} {sign} {volume}{unit}")
            }),
        (
            one_of(&["maximum", "max"]),
            opt(one_of(&["dose", "of", ":"])),
            opt("of"),
            number,
            unit,
        )
            .map(|(.., number, unit)| format!("<= {number} {unit}")),
        (not_volume, comparison, number, unit)
            .map(|((), sign, number, unit)| (sign, number, unit))
            .map(|(sign, number, unit)| format!("{sign} {number} {unit}")),
    ))
    .map(Said::Limit)
    .parse_next(input)
}

//! What a rule set leaves open.

use chemorad::capecitabine::{
    Band, BandBound, BandTable, Covers, DoseRule, RuleSet, RuleTopic, SourceVerification, Toxicity,
    ToxicityAction, ToxicityLadder,
};
use chemorad::quantity::OrderedDose;
use chemorad::report::Finding;

use super::finding::LeftOpen;

/// What a set leaves open: gaps of the text, reductions of unnamed starting doses, ranges.
#[must_use]
pub fn open(set: &RuleSet) -> Vec<Finding> {
    let mut open = Vec::new();
    let mut report = |at: String, message: String| {
        open.push(LeftOpen { at, message }.into());
    };
    if set.standing == SourceVerification::SecondHand {
        report(
            "standing".into(),
            "quoted second-hand: open the text before relying on it".into(),
        );
    }
    for band in set.renal.iter().flat_map(|rules| &rules.bands) {
        let at = || format!("renal, {band}");
        match (band.rule, &band.covers) {
            (DoseRule::NotCovered, _) => report(at(), format!("no rule here: {}", band.words)),
            (DoseRule::Fraction(_), Covers::NotStated) => {
                report(
                    at(),
                    "a reduction, and the starting doses it covers are not stated".into(),
                );
            }
            (rule, Covers::Intensities(_)) if rule.shares().is_some() => {
                let what = if rule == DoseRule::FullDose {
                    "full dose"
                } else {
                    "the reduction"
                };
                report(
                    at(),
                    format!("{what} covers {} and no other starting dose", band.covers),
                );
            }
            (rule, _) => ranges(rule, at(), &mut report),
        }
    }
    for row in set.dpyd.iter().flat_map(|rules| &rules.rows) {
        let at = format!("dpyd, score {}", row.score);
        if row.rule == DoseRule::NotCovered {
            report(at, format!("no rule here: {}", row.words));
        } else {
            ranges(row.rule, at, &mut report);
        }
    }
    if let Some(ladder) = &set.toxicity {
        ladder_gaps(ladder, &mut report);
    }
    if let Some(table) = &set.dose_table {
        let (first, last) = (table.bands().first(), table.bands().last());
        let below = first
            .and_then(|band| band.from)
            .map(|edge| format!("below {edge}"));
        let above = last
            .and_then(|band| band.to)
            .map(|edge| format!("above {edge}"));
        for side in below.into_iter().chain(above) {
            report("dose table".into(), format!("no dose {side}"));
        }
        for dose in far_doses(table) {
            report(
                "dose table".into(),
                format!(
                    "{dose} differs by more than half from its intensity at an edge of the band: \
                     is a digit missing or too many?"
                ),
            );
        }
        if *table.covers() == Covers::NotStated {
            report(
                "dose table".into(),
                "the intensity of its doses is not stated: it gives no dose".into(),
            );
        }
    }
    open.extend(
        RuleTopic::ALL
            .into_iter()
            .flat_map(|topic| set.cautions(topic)),
    );
    let mut report = |at: String, message: String| {
        open.push(LeftOpen { at, message }.into());
    };
    if let Some(words) = set
        .rounding
        .as_ref()
        .and_then(|sentence| sentence.open.as_ref())
    {
        report(
            "rounding".into(),
            format!("the sentence leaves open {words}"),
        );
    }
    open
}

/// Grades and occurrences without a step, and steps that leave the choice to a clinician. After a
/// discontinuation there is nothing left to say.
fn ladder_gaps(ladder: &ToxicityLadder, report: &mut impl FnMut(String, String)) {
    for step in &ladder.steps {
        if let ToxicityAction::DiscontinueOrThen(_) = step.action {
            let occurrence = step
                .occurrence
                .map_or_else(String::new, |number| format!(", occurrence {number}"));
            report(
                format!("toxicity, grade {}{occurrence}", step.grade),
                format!("{}: a clinician decides", step.action),
            );
        }
    }
    for grade in 1..=4 {
        let open: Vec<u8> = (1..=9)
            .filter(|&occurrence| {
                Toxicity::new(grade, occurrence).is_ok_and(|toxicity| {
                    let stopped = ladder
                        .strictest_reached(toxicity)
                        .is_some_and(|step| step.action == ToxicityAction::Discontinue);
                    ladder.step(toxicity).is_none() && !stopped
                })
            })
            .collect();
        if let (Some(first), Some(last)) = (open.first(), open.last()) {
            let which = match (first, last) {
                (1, 9) if open.len() == 9 => "no step".to_string(),
                (first, 9) if open.len() == usize::from(10 - first) => {
                    format!("no step from occurrence {first} on")
                }
                _ => {
                    let each: Vec<String> = open.iter().map(ToString::to_string).collect();
                    format!("no step for occurrence {}", each.join(", "))
                }
            };
            report(format!("toxicity, grade {grade}"), which);
        }
    }
}

fn ranges(rule: DoseRule, at: String, report: &mut impl FnMut(String, String)) {
    if matches!(
        rule,
        DoseRule::FractionBetween { .. }
            | DoseRule::Avoid
            | DoseRule::AvoidOrBelow(_)
            | DoseRule::PhenotypeFirst
            | DoseRule::Individualize
    ) {
        report(at, format!("{rule}: a clinician decides"));
    }
}

/// The doses that lie far from intensity x area at an edge of their band.
fn far_doses(table: &BandTable) -> Vec<OrderedDose> {
    let Covers::Intensities(listed) = table.covers() else {
        return Vec::new();
    };
    let far = |band: &&Band| {
        let dose = f64::from(band.dose_per_administration.milligrams());
        let edges = [band.from, band.to].into_iter().flatten();
        edges.into_iter().any(|edge| {
            listed.iter().any(|intensity| {
                let calculated = match edge {
                    BandBound::Area(area) => {
                        intensity.milligrams_per_square_meter() * area.square_meters()
                    }
                    BandBound::Dose(calculated) => calculated.milligrams(),
                };
                (dose / calculated - 1.0).abs() > 0.5
            })
        })
    };
    let bands = table.bands().iter().filter(far);
    bands.map(|band| band.dose_per_administration).collect()
}

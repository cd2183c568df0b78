//! What is odd about a fraction group.

use chemorad::number::Decimal;
use chemorad_dosimetry::{BeamFinding, BeamIssue};

use super::beam::Weights;
use super::dose_per_fraction::{DosePerFraction, Share};
use super::fraction_group::{FractionGroup, GroupBeam};
use super::purpose::Purpose;

impl FractionGroup {
    pub(super) fn findings(&self) -> Vec<BeamFinding> {
        let group = self.number;
        let mut found = self.beam_findings();
        found.extend(self.imaging_dose());
        if self.pattern() == Some(None) {
            found.push(BeamFinding::FractionPattern { group });
        }
        let setups = &self.brachy_setups;
        for (what, declared, listed) in [
            ("beams", self.beams_declared, self.beams.len()),
            (
                "brachytherapy setups",
                self.brachy_setups_declared,
                setups.len(),
            ),
        ] {
            let other = declared.filter(|count| u32::try_from(listed) != Ok(*count));
            found.extend(other.map(|declared| BeamFinding::Count {
                group,
                what,
                declared,
                listed,
            }));
        }
        found
    }

    /// Beams that are said not to treat and give a dose.
    fn imaging_dose(&self) -> Option<BeamFinding> {
        let giving = |beam: &GroupBeam| {
            let dose = beam.dose.as_ref()?.value();
            let gives = dose.is_positive() && !beam.has_zero_meterset();
            (beam.purpose.treats() == Some(false) && gives).then_some((beam.number, dose))
        };
        let beams: Vec<(i32, Decimal)> = self.beams.iter().filter_map(giving).collect();
        (!beams.is_empty()).then_some(BeamFinding::ImagingDose {
            group: self.number,
            beams,
            fractions: self.fractions_planned,
        })
    }

    fn beam_findings(&self) -> Vec<BeamFinding> {
        let treats = |beam: &GroupBeam| beam.purpose.treats() == Some(true);
        let dose_is = |beam: &GroupBeam, wanted: fn(Decimal) -> bool| {
            beam.dose.as_ref().is_some_and(|dose| wanted(dose.value()))
        };
        let gives_nothing = |beam: &GroupBeam| matches!(beam.share(), Share::Nothing | Share::Zero);
        let none_given = matches!(self.dose_per_fraction(), DosePerFraction::NoMeterset { .. });
        let mut beams = self.beams.iter();
        let any_counted = beams.any(|beam| matches!(beam.share(), Share::Counted(_)));
        let has = |issue, beam: &GroupBeam| match issue {
            BeamIssue::LeftOut => beam.purpose.treats() == Some(false),
            BeamIssue::NoPurpose => beam.purpose == Purpose::NotStated,
            BeamIssue::UnknownPurpose => matches!(beam.purpose, Purpose::Other(_)),
            BeamIssue::Continuation => beam.purpose == Purpose::Continuation,
            BeamIssue::NotDescribed => beam.purpose == Purpose::NotDescribed,
            BeamIssue::NoDose => {
                let left_out = any_counted && gives_nothing(beam);
                treats(beam) && beam.dose.is_none() && !left_out && !none_given
            }
            BeamIssue::GivesNothing => any_counted && gives_nothing(beam),
            BeamIssue::ZeroDose => {
                treats(beam) && dose_is(beam, Decimal::is_zero) && beam.is_delivered()
            }
            BeamIssue::DoseWithoutMeterset => {
                let not_zero: fn(Decimal) -> bool = |dose| !dose.is_zero();
                treats(beam) && dose_is(beam, not_zero) && beam.has_zero_meterset()
            }
            BeamIssue::NoWeight => treats(beam) && beam.weights == Weights::Zero,
            BeamIssue::Weights => treats(beam) && beam.weights == Weights::Odd,
            BeamIssue::ControlPoints => treats(beam) && beam.weights == Weights::OtherCount,
            BeamIssue::NoMeterset => treats(beam) && none_given,
            BeamIssue::NegativeDose => dose_is(beam, Decimal::is_negative),
            BeamIssue::NegativeMeterset => beam.has_negative_meterset(),
        };
        let of_issue = |issue| {
            let beams = self.beams.iter().filter(|beam| has(issue, beam));
            let beams: Vec<i32> = beams.map(|beam| beam.number).collect();
            (!beams.is_empty()).then_some(BeamFinding::Beams {
                group: self.number,
                issue,
                beams,
            })
        };
        BeamIssue::ALL.into_iter().filter_map(of_issue).collect()
    }
}

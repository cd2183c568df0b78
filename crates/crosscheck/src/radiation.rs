//! The radiation of a plan's beams against what is prescribed.

use chemorad::report::Outcome;
use chemorad_dosimetry::BeamRadiation;
use chemorad_protocol::Modality;

/// The radiation of the prescribed phases, in the terms of plans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrescribedRadiation {
    /// The Radiation Types that beams may have.
    allowed: Vec<&'static str>,
    /// What is prescribed that no Radiation Type names.
    not_told: Vec<Modality>,
    /// The radiation of a phase is not stated.
    open: bool,
    /// A phase is for external beams, and which is not said.
    any_beam: bool,
}

/// What the radiation of a plan's beams is against what is prescribed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RadiationVerdict {
    AsPrescribed,
    Different,
    /// Which is prescribed is not stated.
    NotPrescribed,
    /// The type of a beam does not tell it.
    NotTold,
    SomeNotStated,
}

impl RadiationVerdict {
    pub(super) const fn outcome(self) -> Outcome {
        match self {
            Self::AsPrescribed => Outcome::Pass,
            Self::Different => Outcome::Fail,
            Self::NotPrescribed | Self::NotTold => Outcome::CannotTell,
            Self::SomeNotStated => Outcome::Warn,
        }
    }
}

impl PrescribedRadiation {
    /// Adds that of a phase; `None` where it is not stated.
    pub(super) fn add(&mut self, modality: Option<Modality>) {
        const PHOTON: &str = "PHOTON";
        const ELECTRON: &str = "ELECTRON";
        let Some(modality) = modality else {
            self.open = true;
            return;
        };
        let (kinds, told): (&[&'static str], bool) = match modality {
            Modality::ExternalBeam => (&[PHOTON, ELECTRON], true),
            Modality::ExternalBeamPhotons => (&[PHOTON], true),
            Modality::ExternalBeamElectrons => (&[ELECTRON], true),
            Modality::Protons => (&["PROTON"], true),
            // its beams are photons, as those of an accelerator are
            Modality::ContactXRay => (&[PHOTON], false),
            Modality::Intraoperative => (&[PHOTON, ELECTRON], false),
            // given by sources: no beam of any type is it
            Modality::Brachytherapy => (&[], false),
            // one that this does not know says nothing about beams
            _ => {
                self.open = true;
                return;
            }
        };
        self.any_beam |= modality == Modality::ExternalBeam;
        for kind in kinds {
            if !self.allowed.contains(kind) {
                self.allowed.push(kind);
            }
        }
        if !told && !self.not_told.contains(&modality) {
            self.not_told.push(modality);
        }
    }

    /// Whether the beam of every phase is said.
    pub(super) const fn names_beams(&self) -> bool {
        !self.open && !self.any_beam
    }

    pub(super) fn verdict(&self, radiation: &[BeamRadiation]) -> RadiationVerdict {
        let stated = || radiation.iter().map(|one| one.radiation.as_deref());
        if self.open {
            RadiationVerdict::NotPrescribed
        } else if stated().flatten().any(|kind| !self.allowed.contains(&kind)) {
            RadiationVerdict::Different
        } else if self
            .not_told
            .iter()
            .any(|one| *one != Modality::Brachytherapy)
        {
            RadiationVerdict::NotTold
        } else if stated().any(|kind| kind.is_none()) {
            RadiationVerdict::SomeNotStated
        } else {
            RadiationVerdict::AsPrescribed
        }
    }

    /// For a reader.
    pub(super) fn in_words(&self) -> String {
        let mut all: Vec<String> = self.allowed.iter().map(ToString::to_string).collect();
        for modality in &self.not_told {
            all.push(modality.to_string());
        }
        if self.open {
            all.push("not stated".into());
        }
        all.join(" or ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{CannotTell, Fail, Pass, Warn};

    fn outcome(prescribed: &[Option<Modality>], radiation: Option<&str>) -> Outcome {
        let mut all = PrescribedRadiation::default();
        for modality in prescribed {
            all.add(*modality);
        }
        let beam = BeamRadiation {
            radiation: radiation.map(Into::into),
            beams: vec![1],
        };
        all.verdict(&[beam]).outcome()
    }

    #[test]
    fn the_radiation_of_every_modality() {
        for (modality, photon, electron, proton) in [
            (Modality::ExternalBeam, Pass, Pass, Fail),
            (Modality::ExternalBeamPhotons, Pass, Fail, Fail),
            (Modality::ExternalBeamElectrons, Fail, Pass, Fail),
            (Modality::Protons, Fail, Fail, Pass),
            (Modality::ContactXRay, CannotTell, Fail, Fail),
            (Modality::Intraoperative, CannotTell, CannotTell, Fail),
            (Modality::Brachytherapy, Fail, Fail, Fail),
        ] {
            let found =
                ["PHOTON", "ELECTRON", "PROTON"].map(|kind| outcome(&[Some(modality)], Some(kind)));
            assert_eq!(found, [photon, electron, proton], "{modality}");
        }
        assert_eq!(outcome(&[None], Some("PHOTON")), CannotTell);
        assert_eq!(outcome(&[Some(Modality::ExternalBeam)], None), Warn);
        let with_sources = [
            Some(Modality::ExternalBeamPhotons),
            Some(Modality::Brachytherapy),
        ];
        assert_eq!(outcome(&with_sources, Some("PHOTON")), Pass);
        assert_eq!(outcome(&with_sources, Some("ELECTRON")), Fail);
    }
}

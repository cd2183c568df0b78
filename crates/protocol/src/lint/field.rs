//! The fields of values that passages are read for.

use crate::passage::mention::{Per, Said, SaidDays};

/// The field of a value that passages are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Fractionation,
    DosePerFraction,
    FractionsPerWeek,
    Intensity,
    IntensityPerDay,
    AdministrationsPerDay,
    DrugDose,
    Cap,
    Infusion,
    DrugDays,
    StartWeeks,
    StartDays,
}

impl Field {
    /// By the place of the value.
    pub(super) fn at(place: &str) -> Option<Self> {
        let of_drug = place.starts_with("drugs");
        Some(match place.rsplit('.').next()? {
            "fractionation" => Self::Fractionation,
            "dose_per_fraction" => Self::DosePerFraction,
            "fractions_per_week" => Self::FractionsPerWeek,
            "intensity" => Self::Intensity,
            "intensity_per_day" => Self::IntensityPerDay,
            "administrations_per_day" => Self::AdministrationsPerDay,
            "dose" if of_drug => Self::DrugDose,
            "cap" if of_drug => Self::Cap,
            "infusion" => Self::Infusion,
            "days" if of_drug => Self::DrugDays,
            "weeks" => Self::StartWeeks,
            "days" => Self::StartDays,
            _ => return None,
        })
    }

    /// A field with one number, which a passage that says another one refutes.
    pub(super) const fn is_single(self) -> bool {
        matches!(
            self,
            Self::Intensity
                | Self::IntensityPerDay
                | Self::AdministrationsPerDay
                | Self::FractionsPerWeek
        )
    }

    /// Words of this kind can bear the value.
    pub(super) const fn takes(self, said: &Said) -> bool {
        match self {
            Self::Fractionation => matches!(
                said,
                Said::Dose(..) | Said::DosePerFraction(..) | Said::Fractions(_) | Said::Limit(_)
            ),
            Self::DosePerFraction => matches!(said, Said::Dose(..) | Said::DosePerFraction(..)),
            Self::FractionsPerWeek => matches!(
                said,
                Said::FractionsPerWeek(_)
                    | Said::DaysPerWeek(_)
                    | Said::AdministrationsPerWeek(_)
                    | Said::Days(SaidDays::Weekdays | SaidDays::CalendarDays)
            ),
            Self::Intensity | Self::IntensityPerDay => matches!(said, Said::Intensity { .. }),
            Self::AdministrationsPerDay => matches!(
                said,
                Said::AdministrationsPerDay(_)
                    | Said::FractionsPerDay(_)
                    | Said::AdministrationsPerWeek(_)
            ),
            Self::DrugDose => matches!(said, Said::Intensity { .. }),
            Self::Cap => matches!(said, Said::Cap(_)),
            // how long after an event something begins, the grammar reads in part
            Self::StartWeeks | Self::StartDays => false,
            Self::Infusion => matches!(
                said,
                Said::Infusion(_)
                    | Said::DurationDays(_)
                    | Said::Intensity {
                        per: Per::Hours(_) | Per::DayOrHours(_) | Per::Days(_) | Per::Day,
                        ..
                    }
            ),
            Self::DrugDays => matches!(
                said,
                Said::Days(_)
                    | Said::DaysPerWeek(_)
                    | Said::Cycle(..)
                    | Said::Cycles(_)
                    | Said::Weeks(_)
                    | Said::WeekNumbers(_)
                    | Said::FractionNumbers(_)
                    | Said::DurationDays(_)
                    | Said::AdministrationsPerWeek(_)
            ),
        }
    }
}

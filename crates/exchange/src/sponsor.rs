//! Who is responsible for a study: what USDM needs and a protocol file does not hold.

codes! {
    /// What kind of organization a sponsor is, of CDISC's codelist C188724.
    ///
    /// ```
    /// use chemorad_exchange::SponsorKind;
    /// assert_eq!("academia".parse::<SponsorKind>()?, SponsorKind::Academia);
    /// # Ok::<(), chemorad_exchange::ExportError>(())
    /// ```
    SponsorKind, UnknownSponsorKind, {
        /// A university or another academic organization.
        Academia = "academia",
        /// A drug company.
        DrugCompany = "drug-company",
        /// A governmental agency or group.
        GovernmentalAgency = "governmental-agency",
        /// A hospital or another healthcare facility.
        HealthcareFacility = "healthcare-facility",
    }
}

impl SponsorKind {
    /// Its concept and preferred term in CDISC controlled terminology.
    pub(crate) const fn term(self) -> (&'static str, &'static str) {
        match self {
            Self::Academia => ("C18240", "Academia"),
            Self::DrugCompany => ("C54149", "Drug Company"),
            Self::GovernmentalAgency => ("C199144", "Governmental Agency or Group"),
            Self::HealthcareFacility => ("C21541", "Healthcare Facility"),
        }
    }
}

/// The organization that is responsible for a study, and the number that it gave it.
///
/// ```
/// use chemorad_exchange::{Sponsor, SponsorKind};
/// let sponsor = Sponsor {
///     name: "an invented sponsor".into(),
///     kind: SponsorKind::Academia,
///     identifier: "S-1".into(),
/// };
/// assert_eq!(sponsor.kind.code(), "academia");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sponsor {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SponsorKind,
    /// The number that it gave the study.
    pub identifier: String,
}

//! A dose reference of a plan: what it is for, the doses stated for it, the fraction groups linked to it.

use core::fmt;

use chemorad::number::Decimal;
use chemorad::report::Identifying;
use serde::Serialize;

/// What a dose reference of a plan is for.
///
/// See [`PlannedTarget`] for an example.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// A target to be treated.
    Target,
    /// An organ to be spared.
    OrganAtRisk,
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

/// Whether a dose reference of a plan is a point.
///
/// See [`PlannedTarget`] for an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetExtent {
    /// It is a point.
    Point,
    /// It is a volume, or a clinical site.
    Volume,
    /// Nothing is said, or something that is neither.
    NotStated,
}

/// A fraction group that a plan links to a dose reference, and what the link states for it.
///
/// ```
/// use chemorad_dosimetry::TargetLink;
/// let link = TargetLink {
///     dose: Some("45".parse()?),
///     ..TargetLink::new(0)
/// };
/// assert_eq!((link.group, link.maximum), (0, None));
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TargetLink {
    /// The place of the fraction group in the plan, counted from 0.
    pub group: usize,
    /// The total dose of this group that the link states for the reference, Gy.
    pub dose: Option<Decimal>,
    /// The least dose the reference may get from this group, Gy.
    pub minimum: Option<Decimal>,
    /// The largest dose it may get from this group, Gy.
    pub maximum: Option<Decimal>,
    /// The dose from this group at which its treatment is to be stopped, Gy.
    pub delivery_maximum: Option<Decimal>,
}

impl TargetLink {
    /// A link that states nothing but the group.
    #[must_use]
    pub const fn new(group: usize) -> Self {
        Self {
            group,
            dose: None,
            minimum: None,
            maximum: None,
            delivery_maximum: None,
        }
    }
}

/// A limit of dose that a plan states and that its prescription is not held against.
///
/// ```
/// use chemorad_dosimetry::OtherLimit;
/// assert_eq!(OtherLimit::OrganMaximum.to_string(), "Organ at Risk Maximum Dose");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherLimit {
    /// Delivery Warning Dose.
    DeliveryWarning,
    /// Organ at Risk Full-volume Dose.
    OrganFullVolume,
    /// Organ at Risk Limit Dose.
    OrganLimit,
    /// Organ at Risk Maximum Dose.
    OrganMaximum,
}

impl fmt::Display for OtherLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::DeliveryWarning => "Delivery Warning Dose",
            Self::OrganFullVolume => "Organ at Risk Full-volume Dose",
            Self::OrganLimit => "Organ at Risk Limit Dose",
            Self::OrganMaximum => "Organ at Risk Maximum Dose",
        })
    }
}

/// Such a limit with its dose.
///
/// See [`PlannedTarget`] for an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedLimit {
    /// Which limit.
    pub what: OtherLimit,
    /// Its dose, Gy.
    pub dose: Decimal,
}

/// A dose reference of a plan: a name and the doses the plan states for it.
///
/// ```
/// use chemorad_dosimetry::{PlannedTarget, TargetKind};
/// let target = PlannedTarget {
///     dose: Some("45".parse()?),
///     ..PlannedTarget::new("PTV", TargetKind::Target)
/// };
/// assert!(target.prescribes() && target.is_dosed());
/// // whether it is a point is not said
/// assert!(!target.is_point());
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedTarget {
    /// What it is called.
    pub name: Identifying<String>,
    /// Its number in the plan.
    pub number: Option<i32>,
    /// What the plan calls it, where its number was added to the name.
    #[serde(skip)]
    pub without_number: Option<Identifying<String>>,
    /// Whether the plan describes it in words; otherwise the name is its number.
    pub is_described: bool,
    /// Whether the plan lists it; otherwise a fraction group names a reference that there is not.
    pub is_listed: bool,
    /// The identifier by which beams refer to it.
    pub uid: Option<String>,
    /// The number of the region in the structure set that it is.
    pub region: Option<i32>,
    /// What it is for.
    pub kind: TargetKind,
    /// Whether it is a point.
    pub extent: TargetExtent,
    /// What its doses are for, as written: `TRACKING`, `QA`.
    pub purpose: Option<String>,
    /// The total dose stated for it, Gy.
    pub dose: Option<Decimal>,
    /// The dose of earlier treatment stated with it, Gy.
    pub prior_dose: Option<Decimal>,
    /// The least dose it may get, Gy.
    pub minimum: Option<Decimal>,
    /// The largest dose it may get, Gy.
    pub maximum: Option<Decimal>,
    /// The dose at which its treatment is to be stopped, Gy.
    pub delivery_maximum: Option<Decimal>,
    /// Other limits that are doses, its own and those of its links.
    #[serde(skip)]
    pub other_limits: Vec<StatedLimit>,
    /// The fraction groups that give it its dose; empty where the plan links none.
    pub links: Vec<TargetLink>,
}

impl PlannedTarget {
    /// A dose reference of which only the name and the kind are known.
    pub fn new(name: impl Into<Identifying<String>>, kind: TargetKind) -> Self {
        Self {
            name: name.into(),
            number: None,
            without_number: None,
            is_described: true,
            is_listed: true,
            uid: None,
            region: None,
            kind,
            extent: TargetExtent::NotStated,
            purpose: None,
            dose: None,
            prior_dose: None,
            minimum: None,
            maximum: None,
            delivery_maximum: None,
            other_limits: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Whether it can state a prescription: a target, and not for quality assurance.
    #[must_use]
    pub fn prescribes(&self) -> bool {
        self.kind == TargetKind::Target && !self.is_for_quality_assurance()
    }

    /// Whether it is known to be a point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.extent == TargetExtent::Point
    }

    /// Whether its doses are for quality assurance.
    #[must_use]
    pub fn is_for_quality_assurance(&self) -> bool {
        self.purpose.as_deref() == Some("QA")
    }

    /// Whether a dose is stated for it, for the plan or for one of its fraction groups.
    #[must_use]
    pub fn is_dosed(&self) -> bool {
        self.dose.is_some() || self.links.iter().any(|link| link.dose.is_some())
    }

    /// What the plan calls it.
    ///
    /// ```
    /// use chemorad_dosimetry::{PlannedTarget, TargetKind};
    /// let target = PlannedTarget::new("PTV", TargetKind::Target);
    /// assert_eq!(target.own_name(), &target.name);
    /// ```
    #[must_use]
    pub fn own_name(&self) -> &Identifying<String> {
        self.without_number.as_ref().unwrap_or(&self.name)
    }

    /// Its name with its number, by which it is told from others of its name; `None` where it has no number.
    ///
    /// ```
    /// use chemorad_dosimetry::{PlannedTarget, TargetKind};
    /// let target = PlannedTarget {
    ///     number: Some(2),
    ///     ..PlannedTarget::new("PTV", TargetKind::Target)
    /// };
    /// assert_eq!(target.numbered_name().unwrap().to_string(), "PTV (dose reference 2)");
    /// ```
    #[must_use]
    pub fn numbered_name(&self) -> Option<Identifying<String>> {
        let number = self.number.filter(|_| self.is_described)?;
        let name = |name: &String| format!("{name} (dose reference {number})");
        Some(self.name.derived(name))
    }
}

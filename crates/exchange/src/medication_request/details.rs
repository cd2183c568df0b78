//! What a request needs besides the order: patient, status, intent, date, days, clock times.

use std::str::FromStr;

use chemorad::capecitabine::CapecitabineDays;
use jiff::civil::{Date, Time};

use crate::error::{ExportError, start_of};

/// What a request needs besides the order. Nothing in it has a default.
///
/// ```
/// use chemorad_exchange::{RequestDetails, RequestIntent, RequestStatus};
/// let details = RequestDetails {
///     subject: "Patient/example".parse()?,
///     status: RequestStatus::Draft,
///     intent: RequestIntent::Order,
///     authored_on: None,
///     days: None,
///     times_of_day: vec![],
/// };
/// assert_eq!(details.subject.as_str(), "Patient/example");
/// # Ok::<(), chemorad_exchange::ExportError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RequestDetails {
    /// The patient.
    pub subject: SubjectReference,
    /// The state of the request.
    pub status: RequestStatus,
    /// Whether it proposes, plans or orders.
    pub intent: RequestIntent,
    /// When it was written.
    pub authored_on: Option<Date>,
    /// On which days the drug is taken, for an order without supply; an order with supply says it
    /// itself.
    pub days: Option<CapecitabineDays>,
    /// Clock times, one for each administration of a day, rising; empty means not stated.
    pub times_of_day: Vec<Time>,
}

impl RequestDetails {
    /// Somebody is to act on it: an order, and no draft, plan or proposal.
    pub(super) const fn is_active_order(&self) -> bool {
        let is_order = !matches!(
            self.intent,
            RequestIntent::Proposal | RequestIntent::Plan | RequestIntent::Option
        );
        is_order && matches!(self.status, RequestStatus::Active)
    }
}

/// A reference to a patient: `Patient/ID`, an address that ends so, or `urn:uuid:...`.
///
/// ```
/// use chemorad_exchange::SubjectReference;
/// assert!("Patient/12-34.a".parse::<SubjectReference>().is_ok());
/// assert!("https://fhir.example/r4/Patient/7".parse::<SubjectReference>().is_ok());
/// for bad in ["", "7", "Group/7", "Patient/", "Patient/a b", "ftp://x/Patient/7", "urn:uuid:7"] {
///     assert!(bad.parse::<SubjectReference>().is_err());
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectReference(String);

impl SubjectReference {
    /// The reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SubjectReference {
    type Err = ExportError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_patient = match text.strip_prefix("urn:uuid:") {
            Some(uuid) => is_uuid(uuid),
            None => match text.rsplit_once("Patient/") {
                Some((base, id)) => is_id(id) && (base.is_empty() || is_base(base)),
                None => false,
            },
        };
        if is_patient {
            Ok(Self(text.into()))
        } else {
            Err(ExportError::Subject {
                given: start_of(text),
            })
        }
    }
}

/// The lexical rule of FHIR's `id`.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

/// `http(s)://server/.../`, of the characters that an address may hold.
fn is_base(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.len() > 1
            && !rest.starts_with('/')
            && rest.ends_with('/')
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/%@+".contains(&byte))
    })
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

codes! {
    /// The state of a medication request (FHIR R4, required codes).
    ///
    /// ```
    /// use chemorad_exchange::RequestStatus;
    /// assert_eq!("on-hold".parse::<RequestStatus>()?, RequestStatus::OnHold);
    /// # Ok::<(), chemorad_exchange::ExportError>(())
    /// ```
    RequestStatus, UnknownStatus, {
        /// Not yet to be acted on.
        Draft = "draft",
        /// To be acted on.
        Active = "active",
        /// Halted for a time.
        OnHold = "on-hold",
        /// Withdrawn before anything was given.
        Cancelled = "cancelled",
        /// All given.
        Completed = "completed",
        /// Should never have been.
        EnteredInError = "entered-in-error",
        /// Ended before all was given.
        Stopped = "stopped",
        /// Not known.
        Unknown = "unknown",
    }
}

codes! {
    /// What a medication request is for (FHIR R4, required codes).
    ///
    /// ```
    /// use chemorad_exchange::RequestIntent;
    /// assert_eq!("plan".parse::<RequestIntent>()?, RequestIntent::Plan);
    /// assert!("Order".parse::<RequestIntent>().is_err());
    /// # Ok::<(), chemorad_exchange::ExportError>(())
    /// ```
    RequestIntent, UnknownIntent, {
        /// A suggestion.
        Proposal = "proposal",
        /// An intention without authority to act.
        Plan = "plan",
        /// A request with authority to act.
        Order = "order",
        /// The first of several that follow from it.
        OriginalOrder = "original-order",
        /// Made by rule from another.
        ReflexOrder = "reflex-order",
        /// The view of the one who fulfils it.
        FillerOrder = "filler-order",
        /// One occurrence of a larger order.
        InstanceOrder = "instance-order",
        /// One of several to choose from.
        Option = "option",
    }
}

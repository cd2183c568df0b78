//! What the arms of a protocol give: rules of the drug, the prescribed course, the window of the start.

use std::collections::BTreeMap;

use chemorad::capecitabine::Regimen;
use chemorad::capecitabine::columns::CohortRules;
use chemorad::quantity::{DoseIntensity, OrderedDose};
use chemorad::radiotherapy::{Fractionation, Fractionations};
use chemorad::text::Text;
use chemorad_protocol::{Action, Protocol, TreatmentOption};

use crate::intake::StatedDays;

/// The drug of a treatment.
#[derive(Debug, Clone)]
pub(crate) enum Drug {
    /// It is given by these rules.
    Given {
        rules: Box<CohortRules>,
        /// The text leaves the regimen open, or a part of it, and who asks has settled it.
        settled_by_hand: bool,
    },
    /// It is not given.
    None,
    /// The text leaves it open.
    Open,
}

/// The course of a treatment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Prescribed {
    Course(Fractionations),
    /// No radiotherapy.
    None,
    /// The text leaves it open, or gives several volumes different doses at once.
    Open,
}

/// A treatment by the names that a row may give it.
#[derive(Debug, Clone)]
pub(crate) struct Arm {
    names: Vec<String>,
    pub(crate) drug: Drug,
    pub(crate) prescribed: Prescribed,
    /// What is said of the days of intake.
    pub(crate) days: StatedDays,
    /// Days after the event, the day of the event being day 0.
    pub(crate) window: Option<(i64, i64)>,
}

/// An arm with several treatments: what none of them gives.
#[derive(Debug, Clone)]
pub(crate) struct Unsettled {
    name: String,
    pub(crate) without: Without,
}

/// What an arm surely does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Without {
    /// Not capecitabine.
    pub(crate) drug: bool,
    /// No radiotherapy.
    pub(crate) radiotherapy: bool,
}

/// The arms of a protocol, made ready for the rows of a file.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use chemorad_cohort::{Arms, CohortError};
///
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// // courses alone: no rules of a drug are asked for
/// let arms = Arms::new(trial, None, &BTreeMap::new(), |_| Ok::<_, CohortError>(None))?;
/// assert!(arms.names().any(|name| name == "adverse"));
/// # Ok::<(), CohortError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Arms {
    protocol: String,
    pub(crate) all: Vec<Arm>,
    /// Arms with several treatments, which settle what none of them gives.
    unsettled: Vec<Unsettled>,
    /// The one that every row has.
    pub(crate) only: Option<u16>,
}

/// What the protocol says of a drug that an arm gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDrug {
    /// The regimen, where intensity and administrations a day are settled.
    pub regimen: Option<Regimen>,
    /// The intensity, where that alone is settled.
    pub intensity: Option<DoseIntensity>,
    /// The largest dose of one administration, where that is settled.
    pub cap: Option<OrderedDose>,
    /// The other drugs that the treatment gives, by name: they go through the rules on interactions.
    pub other_drugs: Vec<Text>,
}

impl Arms {
    /// From a protocol, the id of the one arm or treatment of all rows where there is one, what the site answers to
    /// the questions that the protocol leaves open, by their ids, and what makes the rules of the drug from what
    /// the protocol says of it; no rules where the file has no orders.
    ///
    /// # Errors
    /// Those of the rules.
    pub fn new<E>(
        protocol: &Protocol,
        only: Option<&str>,
        answers: &BTreeMap<String, String>,
        rules: impl Fn(StatedDrug) -> Result<Option<CohortRules>, E>,
    ) -> Result<Self, E> {
        let mut all: Vec<Arm> = Vec::new();
        let mut unsettled = Vec::new();
        for arm in &protocol.arms {
            let before = all.len();
            for option in &arm.options {
                let mut names = vec![option.id.to_string()];
                if arm.options.len() == 1 {
                    names.push(arm.id.to_string());
                }
                let is_it = |only: &str| arm.id.is(only) || names.iter().any(|name| name == only);
                if only.is_some_and(|only| !is_it(only)) {
                    continue;
                }
                all.push(Arm {
                    drug: drug(protocol, option, answers, &rules)?,
                    prescribed: prescribed(protocol, option),
                    days: StatedDays::of(protocol, option),
                    window: window(protocol, option),
                    names,
                });
            }
            let of_arm = all.get(before..).unwrap_or_default();
            if of_arm.len() > 1 && of_arm.len() == arm.options.len() {
                unsettled.push(Unsettled {
                    name: arm.id.to_string(),
                    without: Without {
                        drug: of_arm.iter().all(|one| matches!(one.drug, Drug::None)),
                        radiotherapy: of_arm.iter().all(|one| one.prescribed == Prescribed::None),
                    },
                });
            }
        }
        let one = only.is_some() && all.len() == 1;
        Ok(Self {
            protocol: protocol.id.to_string(),
            only: one.then_some(0),
            all,
            unsettled,
        })
    }

    /// The protocol.
    #[must_use]
    pub fn protocol(&self) -> &str {
        &self.protocol
    }

    /// Whether every row has one arm.
    #[must_use]
    pub const fn is_one(&self) -> bool {
        self.only.is_some()
    }

    /// What a row may name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all
            .iter()
            .flat_map(|arm| &arm.names)
            .map(String::as_str)
    }

    /// The rules of each arm that gives the drug, by the arm's name.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &CohortRules)> {
        self.all.iter().filter_map(|arm| match &arm.drug {
            Drug::Given { rules, .. } => Some((arm.names.last()?.as_str(), &**rules)),
            _ => None,
        })
    }

    /// Each regimen that the protocol leaves open, with the arms that it is for.
    pub(crate) fn settled_by_hand(&self) -> Vec<(Regimen, Vec<String>)> {
        let mut all: Vec<(Regimen, Vec<String>)> = Vec::new();
        for arm in &self.all {
            let Drug::Given {
                rules,
                settled_by_hand: true,
            } = &arm.drug
            else {
                continue;
            };
            let regimen = rules.every().regimen;
            let name = arm.names.last().cloned();
            match all.iter_mut().find(|(known, _)| *known == regimen) {
                Some((_, names)) => names.extend(name),
                None => all.push((regimen, name.into_iter().collect())),
            }
        }
        all
    }

    /// What an arm of this name, with several treatments, does not give in any of them.
    pub(crate) fn without(&self, name: &[u8]) -> Without {
        let mut all = self.unsettled.iter();
        let found = all.find(|arm| arm.name.as_bytes() == name);
        found.map(|arm| arm.without).unwrap_or_default()
    }

    /// The place of the arm of this name.
    pub(crate) fn find(&self, name: &[u8]) -> Option<u16> {
        let at = self.all.iter().position(|arm| {
            let mut names = arm.names.iter();
            names.any(|known| known.as_bytes() == name)
        })?;
        u16::try_from(at).ok()
    }
}

fn drug<E>(
    protocol: &Protocol,
    option: &TreatmentOption,
    answers: &BTreeMap<String, String>,
    rules: impl Fn(StatedDrug) -> Result<Option<CohortRules>, E>,
) -> Result<Drug, E> {
    let mut found = None;
    let mut other_drugs = Vec::new();
    for statement in option.actions.iter().filter_map(Action::drugs) {
        let answered = || {
            let answer = answers.get(statement.question()?.id.as_str())?;
            statement.answered(answer)
        };
        let Some(ids) = statement.value().or_else(answered) else {
            return Ok(Drug::Open);
        };
        for id in ids {
            match protocol.drug(id) {
                Some(drug) if drug.is_capecitabine() => match found.replace(drug) {
                    // which of two regimens a row has, nothing says
                    Some(other) if other.id != drug.id => return Ok(Drug::Open),
                    _ => {}
                },
                Some(drug) => match drug.drug.value() {
                    Some(name) => other_drugs.push(name.clone()),
                    None => return Ok(Drug::Open),
                },
                None => return Ok(Drug::Open),
            }
        }
    }
    let Some(drug) = found else {
        return Ok(Drug::None);
    };
    if drug.cap.is_some() && drug.cap().is_none() {
        return Ok(Drug::Open);
    }
    let each = drug.intensity().map(DoseIntensity::PerAdministration);
    let intensity = each.or_else(|| drug.intensity_per_day().map(DoseIntensity::PerDay));
    let times = drug.administrations_per_day();
    let regimen = intensity.zip(times);
    let stated = StatedDrug {
        regimen: regimen
            .and_then(|(dose, times)| Regimen::from_intensity(dose, u32::from(times.get())).ok()),
        intensity,
        cap: drug.cap(),
        other_drugs,
    };
    let settled_by_hand = stated.regimen.is_none();
    Ok(rules(stated)?.map_or(Drug::Open, |rules| Drug::Given {
        rules: Box::new(rules),
        settled_by_hand,
    }))
}

fn prescribed(protocol: &Protocol, option: &TreatmentOption) -> Prescribed {
    let mut actions = option.actions.iter().filter_map(|action| match action {
        Action::Radiotherapy { course, .. } => Some(course),
        _ => None,
    });
    let Some(course) = actions.next() else {
        return Prescribed::None;
    };
    let course = course.value().filter(|_| actions.next().is_none());
    let course = course.and_then(|id| protocol.course(id));
    let Some(course) = course.filter(|course| protocol.phases_apart(course).next().is_none())
    else {
        return Prescribed::Open;
    };
    let phases = course.course.iter().flat_map(chemorad::Course::phases);
    let phases: Option<Vec<Fractionation>> = phases
        .map(|phase| match phase.prescriptions() {
            [one] => Some(one.fractionation),
            _ => None,
        })
        .collect();
    let phases = phases.and_then(Fractionations::new);
    phases.map_or(Prescribed::Open, Prescribed::Course)
}

/// The window of the radiotherapy: its action's, or else the protocol's.
fn window(protocol: &Protocol, option: &TreatmentOption) -> Option<(i64, i64)> {
    let mut actions = option.actions.iter();
    let radiotherapy = actions.find(|action| matches!(action, Action::Radiotherapy { .. }))?;
    let window = radiotherapy.start().or(protocol.start.as_ref())?;
    let span = window.in_days()?;
    Some((i64::from(span.min()), i64::from(span.max())))
}

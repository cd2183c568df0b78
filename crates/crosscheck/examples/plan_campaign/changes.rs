//! Every single change of a case that is not a number: groups, plans, links, names, references and persons.

use chemorad::number::Decimal;
use chemorad_dosimetry::{
    DoseType, DoseUnits, FractionPattern, PlanApproval, PlanKind, PlannedPrescription,
    PlannedTarget, SummationType, TargetExtent, TargetKind, TargetLink,
};

use super::fixtures::Case;
use super::numbers;

/// How something is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Digit,
    Unit,
    Exchange,
    Missing,
    Twice,
    Other,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Digit => "digit",
            Self::Unit => "unit",
            Self::Exchange => "exchange",
            Self::Missing => "missing",
            Self::Twice => "twice",
            Self::Other => "other",
        }
    }
}

/// What is changed; the first are what a patient receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Changed {
    BeamDose,
    Fractions,
    Days,
    Group,
    Plan,
    PlanKind,
    Radiation,
    PatientId,
    StatedDose,
    Limit,
    Link,
    Purpose,
    Region,
    TargetName,
    Intent,
    Reference,
    PatientData,
    DoseKind,
    DoseMaximum,
}

impl Changed {
    /// Whether the patient receives something else.
    pub(crate) fn is_given(self) -> bool {
        self <= Self::PatientId
    }

    /// Whether it is a bound that allows a range of doses.
    pub(crate) const fn is_bound(self) -> bool {
        matches!(self, Self::Limit | Self::DoseMaximum)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::BeamDose => "beam dose",
            Self::Fractions => "fractions",
            Self::Days => "days of a week",
            Self::Group => "fraction group",
            Self::Plan => "plan",
            Self::PlanKind => "kind of plan",
            Self::Radiation => "radiation",
            Self::PatientId => "Patient ID",
            Self::StatedDose => "stated dose",
            Self::Limit => "target limit",
            Self::Link => "link",
            Self::Purpose => "purpose",
            Self::Region => "region",
            Self::TargetName => "target name",
            Self::Intent => "intent",
            Self::Reference => "reference",
            Self::PatientData => "patient data",
            Self::DoseKind => "dose file",
            Self::DoseMaximum => "dose maximum",
        }
    }
}

/// A case with one change.
pub(crate) struct Change {
    pub(crate) kind: Kind,
    pub(crate) of: Changed,
    pub(crate) what: String,
    pub(crate) case: Case,
}

impl Change {
    pub(super) fn new(kind: Kind, of: Changed, what: impl Into<String>, case: Case) -> Self {
        Self {
            kind,
            of,
            what: what.into(),
            case,
        }
    }
}

/// Every single change of a case.
pub(crate) fn all(case: &Case) -> Vec<Change> {
    let mut changes = Changes {
        case,
        all: [
            numbers::doses(case),
            numbers::fractions(case),
            numbers::exchanges(case),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    changes.groups();
    changes.plans();
    changes.targets();
    changes.links();
    changes.regions();
    changes.persons();
    changes.dose_files();
    changes.all
}

struct Changes<'c> {
    case: &'c Case,
    all: Vec<Change>,
}

impl Changes<'_> {
    fn add(&mut self, kind: Kind, of: Changed, what: &str, change: impl FnOnce(&mut Case)) {
        let mut case = self.case.clone();
        change(&mut case);
        if case != *self.case {
            self.all.push(Change::new(kind, of, what, case));
        }
    }

    fn plan(&mut self, of: Changed, what: &str, change: impl Fn(&mut PlannedPrescription)) {
        for at in 0..self.case.planned.len() {
            self.add(Kind::Other, of, what, |case| {
                case.planned.iter_mut().skip(at).take(1).for_each(&change);
            });
        }
    }

    fn groups(&mut self) {
        let days = [
            ("11111111110000", 2, "twice a day"),
            ("1111111", 1, "every day"),
            ("1010100", 1, "every other day"),
            ("1111000", 1, "four days a week"),
        ];
        for (plan, planned) in self.case.planned.iter().enumerate() {
            for at in 0..planned.groups.len() {
                for (pattern, a_day, what) in days {
                    self.add(Kind::Other, Changed::Days, what, |case| {
                        case.planned[plan].groups[at].pattern =
                            FractionPattern::new(pattern, a_day, 1);
                    });
                }
                self.add(Kind::Twice, Changed::Group, "", |case| {
                    let mut again = case.planned[plan].groups[at].clone();
                    again.number = Some(9);
                    again.name = "fraction group 9".into();
                    case.planned[plan].groups.push(again);
                });
                self.add(Kind::Missing, Changed::Group, "", |case| {
                    let plan = &mut case.planned[plan];
                    plan.groups.remove(at);
                    for target in &mut plan.targets {
                        target.links.retain(|link| link.group != at);
                        let later = target.links.iter_mut().filter(|link| link.group > at);
                        later.for_each(|link| link.group -= 1);
                    }
                });
            }
        }
    }

    fn plans(&mut self) {
        for at in 0..self.case.planned.len() {
            self.add(Kind::Twice, Changed::Plan, "with another UID", |case| {
                let mut again = case.planned[at].clone();
                again.uid = Some("2.25.19".into());
                again.source = "again.dcm".into();
                case.planned.push(again);
            });
            if self.case.planned.len() > 1 {
                self.add(Kind::Missing, Changed::Plan, "with its dose", |case| {
                    case.planned.remove(at);
                    case.doses.remove(at);
                });
            }
        }
        for kind in [
            PlanKind::Ion,
            PlanKind::Brachytherapy,
            PlanKind::ExternalBeamAndBrachytherapy,
            PlanKind::NotStated,
        ] {
            let what = kind.to_string();
            self.plan(Changed::PlanKind, &what, |plan| plan.kind = kind);
        }
        for radiation in ["ELECTRON", "PROTON", "NEUTRON", "ION", "PHOTONS", ""] {
            self.plan(Changed::Radiation, radiation, |plan| {
                for beams in &mut plan.radiation {
                    beams.radiation = Some(radiation.into()).filter(|_| !radiation.is_empty());
                }
            });
        }
        for intent in ["VERIFICATION", "MACHINE_QA", "RESEARCH", "SERVICE"] {
            self.plan(Changed::Intent, intent, |plan| {
                plan.intent = Some(intent.into());
            });
        }
        self.plan(Changed::Intent, "verifies another plan", |plan| {
            plan.relationships.push("VERIFIED_PLAN".into());
        });
        self.plan(Changed::Intent, "on a device", |plan| {
            plan.geometry = Some("TREATMENT_DEVICE".into());
        });
        for approval in [
            PlanApproval::Unapproved,
            PlanApproval::Rejected,
            PlanApproval::NotStated,
        ] {
            self.plan(Changed::Intent, "approval", |plan| {
                plan.approval = approval.clone();
            });
        }
        self.plan(Changed::Reference, "plan of another UID", |plan| {
            plan.uid = Some("2.25.19".into());
        });
        if self.case.planned.len() > 1 {
            self.plan(Changed::Reference, "other frame of reference", |plan| {
                plan.frame_of_reference = Some("2.25.501".into());
            });
            self.add(Kind::Other, Changed::Reference, "prior plans", |case| {
                let last = case.planned.len() - 1;
                let prior = std::mem::take(&mut case.planned[last].prior_plans);
                if !prior.is_empty() {
                    let after = case.planned[last].uid.clone();
                    case.planned[0].prior_plans.extend(after);
                }
            });
        }
        self.plan(Changed::Reference, "other structure set", |plan| {
            plan.structure_sets = vec!["2.25.401".into()];
        });
    }

    fn targets(&mut self) {
        let volumes = self.case.prescribed.course.volumes().to_vec();
        for (plan, planned) in self.case.planned.iter().enumerate() {
            for at in 0..planned.targets.len() {
                let name = planned.targets[at].name.reveal();
                for other in volumes.iter().filter(|volume| !volume.name.is(name)) {
                    let other = other.name.to_string();
                    self.add(
                        Kind::Other,
                        Changed::TargetName,
                        &format!("{name} to {other}"),
                        |case| {
                            case.planned[plan].targets[at].name = other.clone().into();
                        },
                    );
                }
                self.add(Kind::Other, Changed::Purpose, "QA", |case| {
                    case.planned[plan].targets[at].purpose = Some("QA".into());
                });
                for kind in [
                    TargetKind::OrganAtRisk,
                    TargetKind::NotStated,
                    TargetKind::Other("CONSTRAINT".into()),
                ] {
                    self.add(Kind::Other, Changed::Purpose, "not a target", |case| {
                        case.planned[plan].targets[at].kind = kind;
                    });
                }
                self.add(Kind::Missing, Changed::Purpose, "target left out", |case| {
                    case.planned[plan].targets.remove(at);
                });
            }
            // a dose that no case prescribes
            for links in [Vec::new(), vec![TargetLink::new(0)]] {
                self.add(Kind::Other, Changed::StatedDose, "another volume", |case| {
                    case.planned[plan].targets.push(PlannedTarget {
                        dose: Decimal::new(333, -1),
                        extent: TargetExtent::Volume,
                        links,
                        ..PlannedTarget::new("another volume", TargetKind::Target)
                    });
                });
            }
            if planned.targets.len() > 1 {
                self.add(Kind::Exchange, Changed::TargetName, "", |case| {
                    if let [first, second, ..] = case.planned[plan].targets.as_mut_slice() {
                        std::mem::swap(&mut first.name, &mut second.name);
                    }
                });
            }
        }
    }

    fn links(&mut self) {
        for (plan, planned) in self.case.planned.iter().enumerate() {
            let groups = 0..planned.groups.len();
            for (at, target) in planned.targets.iter().enumerate() {
                for link in 0..target.links.len() {
                    for other in groups.clone() {
                        self.add(Kind::Other, Changed::Link, "to another group", |case| {
                            case.planned[plan].targets[at].links[link].group = other;
                        });
                    }
                    self.add(Kind::Missing, Changed::Link, "", |case| {
                        case.planned[plan].targets[at].links.remove(link);
                    });
                    for factor in [None, Some(1), Some(10)] {
                        self.add(Kind::Other, Changed::Link, "to no reference", |case| {
                            let target = &mut case.planned[plan].targets[at];
                            let mut link = target.links.remove(link);
                            link.dose = factor
                                .and_then(|factor: u32| target.dose?.checked_mul(factor.into()));
                            let name = "dose reference 7";
                            case.planned[plan].targets.push(PlannedTarget {
                                is_described: false,
                                is_listed: false,
                                links: vec![link],
                                ..PlannedTarget::new(name, TargetKind::NotStated)
                            });
                        });
                    }
                }
                let linked = |group: usize| target.links.iter().any(|link| link.group == group);
                for group in groups.clone().filter(|group| !linked(*group)) {
                    self.add(Kind::Other, Changed::Link, "a link too many", |case| {
                        let link = TargetLink::new(group);
                        case.planned[plan].targets[at].links.push(link);
                    });
                }
            }
            if planned.targets.len() > 1 {
                self.add(Kind::Exchange, Changed::Link, "", |case| {
                    if let [first, second, ..] = case.planned[plan].targets.as_mut_slice() {
                        std::mem::swap(&mut first.links, &mut second.links);
                    }
                });
            }
        }
    }

    /// Each target refers to another region, and to one that there is not.
    fn regions(&mut self) {
        for (plan, planned) in self.case.planned.iter().enumerate() {
            for at in 0..planned.targets.len() {
                let regions = self.case.structures.iter().flat_map(|file| &file.regions);
                for number in regions.map(|(number, _)| *number).chain([9]) {
                    self.add(Kind::Other, Changed::Region, &number.to_string(), |case| {
                        case.planned[plan].targets[at].region = Some(number);
                    });
                }
                self.add(Kind::Missing, Changed::Region, "", |case| {
                    case.planned[plan].targets[at].region = None;
                });
            }
            if planned.targets.len() > 1 {
                self.add(Kind::Exchange, Changed::Region, "", |case| {
                    if let [first, second, ..] = case.planned[plan].targets.as_mut_slice() {
                        std::mem::swap(&mut first.region, &mut second.region);
                    }
                });
            }
        }
    }

    /// Each file in turn is about somebody else, or says something else of the patient.
    fn persons(&mut self) {
        type Edit = fn(&mut chemorad_dosimetry::Patient);
        let edits: [(Kind, Changed, &str, Edit); 6] = [
            (Kind::Other, Changed::PatientId, "ID", |p| {
                p.id = Some("706".into());
            }),
            (Kind::Missing, Changed::PatientData, "ID", |p| p.id = None),
            (Kind::Other, Changed::PatientData, "name", |p| {
                p.name = Some("SYNTHETIC^TWO".into());
            }),
            (Kind::Other, Changed::PatientData, "birth date", |p| {
                p.birth_date = Some("19800715".into());
            }),
            (Kind::Other, Changed::PatientData, "sex", |p| {
                p.sex = Some("M".into());
            }),
            (Kind::Other, Changed::PatientData, "issuer", |p| {
                p.issuer = Some("OTHER".into());
            }),
        ];
        for (kind, of, what, edit) in edits {
            for at in 0..persons_of(&mut self.case.clone()).len() {
                self.add(kind, of, what, |case| {
                    if let Some(patient) = persons_of(case).into_iter().nth(at) {
                        edit(patient);
                    }
                });
            }
        }
    }

    fn dose_files(&mut self) {
        for at in 0..self.case.doses.len() {
            for units in [DoseUnits::Relative, DoseUnits::NotStated] {
                self.add(Kind::Unit, Changed::DoseKind, "units", |case| {
                    case.doses[at].units = units;
                });
            }
            for dose_type in [DoseType::Effective, DoseType::Error] {
                self.add(Kind::Other, Changed::DoseKind, "dose type", |case| {
                    case.doses[at].dose_type = dose_type;
                });
            }
            for sum in [
                SummationType::Fraction,
                SummationType::Beam,
                SummationType::MultiPlan,
                SummationType::NotStated,
            ] {
                let what = sum.to_string();
                self.add(Kind::Other, Changed::DoseKind, &what, |case| {
                    case.doses[at].sum = sum;
                });
            }
            self.add(Kind::Other, Changed::Reference, "frame of a dose", |case| {
                case.doses[at].frame_of_reference = Some("2.25.501".into());
            });
            self.add(
                Kind::Other,
                Changed::Reference,
                "structures of a dose",
                |case| {
                    case.doses[at].structure_sets = vec!["2.25.401".into()];
                },
            );
            for part in 0..self.case.doses[at].parts.len() {
                self.add(Kind::Other, Changed::Reference, "group of a dose", |case| {
                    case.doses[at].parts[part].group = Some(9);
                });
            }
            self.add(Kind::Other, Changed::Reference, "dose of a plan", |case| {
                case.doses[at].plans = vec!["2.25.19".into()];
            });
            self.add(
                Kind::Missing,
                Changed::Reference,
                "dose of a plan",
                |case| {
                    case.doses[at].plans.clear();
                },
            );
            self.add(Kind::Twice, Changed::DoseKind, "", |case| {
                let mut again = case.doses[at].clone();
                again.source = "dose again.dcm".into();
                case.doses.push(again);
            });
        }
        if self.case.doses.len() > 1 {
            self.add(
                Kind::Exchange,
                Changed::Reference,
                "dose of a plan",
                |case| {
                    let first = std::mem::take(&mut case.doses[0].plans);
                    case.doses[0].plans = std::mem::replace(&mut case.doses[1].plans, first);
                },
            );
        }
    }
}

/// The patient of each file.
pub(super) fn persons_of(case: &mut Case) -> Vec<&mut chemorad_dosimetry::Patient> {
    let plans = case
        .planned
        .iter_mut()
        .filter_map(|plan| plan.patient.as_mut());
    let doses = case
        .doses
        .iter_mut()
        .filter_map(|dose| dose.patient.as_mut());
    let structures = case.structures.iter_mut().map(|file| &mut file.patient);
    plans.chain(doses).chain(structures).collect()
}

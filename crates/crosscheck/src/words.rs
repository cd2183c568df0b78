//! The words of what the comparison found.

use core::fmt;

use chemorad::report::{Identifying, Observation, Outcome};
use chemorad_dosimetry::{DosePoint, DoseType, DoseUnits, PlanApproval, PlanKind, SummationType};

use super::amount::{Amount, Comparison};
use super::days::DaysVerdict;
use super::dose_unknown::TOO_LONG;
use super::finding::{
    Against, BestMeaning, CrosscheckFinding, JudgedDose, LimitFit, MeaningKind, NamedVolumes,
    OutOfOrder, PhaseSequence, TargetLimit, fraction_groups,
};
use super::radiation::RadiationVerdict;

impl fmt::Display for CrosscheckFinding {
    #[allow(
        clippy::too_many_lines,
        reason = "one line or a few for each finding, in one table"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GroupCount { wanted, groups } => group_count(f, *wanted, *groups),
            Self::NoGroup { .. } => {
                f.write_str("the plan has no fraction group, so its fractions are not known")
            }
            Self::Unmatched {
                because,
                selector,
                phases,
                ..
            } => write!(
                f,
                "the phase of this group cannot be told: {because}; assign it, for example --map \"{selector}={}\"",
                phases.first().map_or("PHASE", |phase| phase)
            ),
            Self::PhaseGroups { groups, open, .. } => f.write_str(match groups.len() {
                0 if *open => "no fraction group could be matched to this phase",
                0 => "nothing is planned for this phase",
                1 => "one fraction group is planned for this phase",
                _ => "several fraction groups were assigned to this phase; their fractions and doses are added",
            }),
            Self::LeftOut { phases, groups } => {
                write!(
                    f,
                    "left out of this check as asked: phase {}",
                    phases.join(", phase ")
                )?;
                match groups {
                    0 => Ok(()),
                    count => write!(f, ", with {}", fraction_groups(*count)),
                }
            }
            Self::Order(sequence) => f.write_str(match sequence {
                PhaseSequence::NotPrescribed => {
                    "the protocol does not say in which order the phases are given"
                }
                PhaseSequence::Wrong(_) => "the phases are not in the order of the protocol",
                PhaseSequence::AsPrescribed => "the phases are in the order of the protocol",
                PhaseSequence::NotStated => {
                    "nothing that was read says in which order the phases are given: the treatment calendar does"
                }
            }),
            Self::Fractions {
                expected, planned, ..
            } => match planned {
                None => f.write_str("the number of fractions is not stated"),
                Some((_, total)) => fractions(f, *expected, *total),
            },
            Self::OtherVolume { .. } => f.write_str(
                "the planned dose per fraction is not that of this volume; a plan's beams state the dose of one point only",
            ),
            Self::Entry { comparison, .. } => f.write_str(match comparison {
                None => TOO_LONG,
                Some(comparison) if comparison.within => {
                    "the entered numbers agree with one another"
                }
                Some(_) => {
                    "the entered numbers do not agree with one another: fractions times dose per fraction is not the total"
                }
            }),
            Self::DosePerFraction { dose, .. } => dose_per_fraction(f, dose),
            Self::Total {
                dose,
                in_other_fractions,
                ..
            } => total(f, dose, *in_other_fractions),
            Self::CumulativeUnknown { phases, .. } => write!(
                f,
                "the cumulative dose is not known, as the dose of some phases is not: {}",
                phases.join(", ")
            ),
            Self::Cumulative {
                comparison,
                missing,
                stated,
                ..
            } => {
                match comparison {
                    None => return f.write_str(TOO_LONG),
                    Some(comparison) if comparison.within => {
                        f.write_str("the cumulative dose is as prescribed")?;
                    }
                    Some(_) if missing.is_empty() => {
                        f.write_str("the cumulative dose is not as prescribed")?;
                    }
                    Some(_) => write!(
                        f,
                        "the cumulative dose is not as prescribed: nothing is planned for {}",
                        missing.join(", ")
                    )?,
                }
                match stated {
                    Some(why) => write!(f, "; a dose in it is the one a plan states: {why}"),
                    None => Ok(()),
                }
            }
            Self::NoStatedDose {
                names_target,
                others,
                ..
            } => f.write_str(if *names_target {
                "the plan names a target and states no dose for it"
            } else if others.is_empty() {
                "the plan states no prescription: it has no target with a dose"
            } else {
                "the plan states doses for references that are not declared targets, so what is prescribed is not known"
            }),
            Self::BeamsNotCompared { why, accepted, .. } => {
                match why {
                    None => f.write_str("the plan states no dose to compare its beams with")?,
                    Some(why) => write!(f, "what the beams give is not known: {why}")?,
                }
                match accepted {
                    Some(reason) => write!(f, "; the stated dose was accepted: {reason}"),
                    None => Ok(()),
                }
            }
            Self::StatedDose {
                at_points: Some(points),
                ..
            } => at_points(f, points),
            Self::StatedDose { against, best, .. } => stated_dose(f, *against, best.as_ref()),
            Self::Weekly {
                expected,
                of_site,
                days,
                ..
            } => weekly(f, days.verdict(*expected), *of_site),
            Self::Limit {
                which,
                fits,
                limit,
                dose,
                ..
            } => target_limit(f, *which, *fits, *limit, *dose),
            Self::Description { .. } => f.write_str(
                "what the plan says of its prescription in words is for a person to compare",
            ),
            Self::ForQualityAssurance { .. } => f.write_str(
                "doses that are stated for quality assurance (Dose Value Purpose QA) are no prescription and were not compared",
            ),
            Self::Radiation {
                prescribed,
                radiation,
                ..
            } => f.write_str(match prescribed.verdict(radiation) {
                RadiationVerdict::Different => {
                    "the radiation of some beams is not what is prescribed"
                }
                RadiationVerdict::NotPrescribed => {
                    "which radiation is prescribed is not stated, so that of the beams cannot be judged"
                }
                RadiationVerdict::NotTold => {
                    "the radiation type of a beam does not tell whether it is what is prescribed: a person must look"
                }
                RadiationVerdict::SomeNotStated => "the radiation of some beams is not stated",
                RadiationVerdict::AsPrescribed => {
                    "the radiation of the beams is what is prescribed"
                }
            }),
            Self::StatedTwice {
                comparison: Some(comparison),
                ..
            } => stated_twice(f, comparison),
            Self::StatedTwice {
                comparison: None, ..
            } => f.write_str(TOO_LONG),
            Self::PlanLeftOut { .. } => {
                f.write_str("the plan is for a phase that is left out of this check")
            }
            Self::Kind { kind, compared, .. } => f.write_str(kind_in_words(*kind, *compared)),
            Self::Approval { approval, .. } => f.write_str(match approval {
                PlanApproval::Approved => "the plan is approved",
                PlanApproval::Unapproved => "the plan is not approved yet",
                PlanApproval::Rejected => "the plan was reviewed and rejected",
                PlanApproval::Other(_) => "the approval status is not one that is defined",
                PlanApproval::NotStated => "the plan does not say whether it is approved",
            }),
            Self::Intent { .. } if self.outcome() == Outcome::Fail => f.write_str(
                "the plan is meant for verification or for the machine, not for treatment: give the plan that is treated",
            ),
            Self::Intent { .. } => {
                f.write_str("the plan is not meant for treatment: is it the right one?")
            }
            Self::OnDevice { .. } => f.write_str(
                "the plan is not based on a patient's images but on the machine alone: is it the right one?",
            ),
            Self::Targets {
                targets,
                prescribed,
                ..
            } => f.write_str(match targets.len() {
                1 => "one target is stated",
                many if many <= *prescribed => {
                    "several targets are stated, as several doses are prescribed; all are compared, and none is taken for its position"
                }
                _ => {
                    "several targets are stated; all are compared, and none is taken for its position"
                }
            }),
            Self::Volumes {
                volumes,
                names,
                named,
                ..
            } => named_volumes(f, volumes, names, named),
            Self::DoseUnit { units, .. } => f.write_str(match units {
                DoseUnits::Gray => "the dose is in gray",
                DoseUnits::Relative => {
                    "the dose is relative and cannot be compared with gray: export it as absolute dose"
                }
                DoseUnits::Other(_) => "the unit is not one that is defined for a dose",
                DoseUnits::NotStated => "the unit of the dose is not stated",
            }),
            Self::DoseKind { dose_type, .. } => f.write_str(match dose_type {
                DoseType::Physical => "absorbed dose",
                DoseType::Effective => {
                    "the dose is weighted for biological effect (EFFECTIVE), not the absorbed dose of the plan"
                }
                DoseType::Error | DoseType::Other(_) => "the file does not hold absorbed dose",
                DoseType::NotStated => "the kind of dose is not stated",
            }),
            Self::DoseSum { sum, plans, .. } => f.write_str(match sum {
                SummationType::Plan => "the dose of a whole plan",
                SummationType::MultiPlan if *plans == 1 => {
                    "the dose of several plans, and it refers to one: is it the dose of that plan alone?"
                }
                SummationType::MultiPlan => "the dose of several plans",
                SummationType::Fraction | SummationType::Beam | SummationType::Brachy => {
                    "the dose of a part of a plan: it is not the dose of the plan until all parts are summed"
                }
                SummationType::Other(_) => "what the dose sums is not one of the defined terms",
                SummationType::NotStated => "what the dose sums is not stated",
            }),
            Self::DosePlans {
                named,
                elsewhere,
                open,
                ..
            } => f.write_str(match (named.is_empty(), elsewhere.is_empty()) {
                (true, true) => "the dose does not say which plan it belongs to",
                (true, false) if *open => {
                    "the plan that the dose refers to is not among those read"
                }
                (true, false) => {
                    "the dose refers to another plan, or to another version of the plan (SOP Instance UID)"
                }
                (false, true) => "the dose refers to the plan (SOP Instance UID)",
                (false, false) => "the dose refers to plans that are not among those read as well",
            }),
            Self::SeveralDoses { .. } => f.write_str(
                "several dose files claim to be the dose of the whole plan: which one is it?",
            ),
        }
    }
}

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamedBefore { group, before } => {
                write!(f, "{group} names {before} as given before it")
            }
            Self::Dates {
                later: (second, after),
                earlier: (first, before),
            } => write!(f, "{second} starts on {after} and {first} on {before}"),
        }
    }
}

fn group_count(f: &mut fmt::Formatter<'_>, wanted: usize, groups: usize) -> fmt::Result {
    if groups > wanted {
        return f.write_str(
            "more fraction groups are planned than phases prescribed; were two versions of one plan given?",
        );
    }
    match wanted {
        1 => f.write_str("1 phase is")?,
        many => write!(f, "{many} phases are")?,
    }
    f.write_str(" prescribed, and ")?;
    match groups {
        0 => f.write_str("no fraction group is")?,
        1 => f.write_str("only 1 fraction group is")?,
        many => write!(f, "only {many} fraction groups are")?,
    }
    f.write_str(" planned: a phase is missing")
}

fn fractions(f: &mut fmt::Formatter<'_>, expected: u32, total: u32) -> fmt::Result {
    let than = match total.cmp(&expected) {
        core::cmp::Ordering::Equal => {
            return f.write_str("the number of fractions is as prescribed");
        }
        core::cmp::Ordering::Greater => "more",
        core::cmp::Ordering::Less => "fewer",
    };
    match total.abs_diff(expected) {
        1 => write!(f, "1 fraction {than} is planned than prescribed"),
        many => write!(f, "{many} fractions {than} are planned than prescribed"),
    }
}

/// A dose reference and the fraction groups linked to it.
fn stated_twice(f: &mut fmt::Formatter<'_>, comparison: &Comparison) -> fmt::Result {
    f.write_str("the plan states one dose for this target and its fraction groups another")?;
    if comparison.found.is_multiple(comparison.expected, 100) {
        f.write_str(
            "; that of the groups is exactly 100 times the other: are the numbers centigray where gray is meant?",
        )
    } else if comparison.expected.is_multiple(comparison.found, 100) {
        f.write_str(
            "; that of the target is exactly 100 times the other: are the numbers centigray where gray is meant?",
        )
    } else {
        Ok(())
    }
}

/// A hundred times too much is a unit.
fn centigray(f: &mut fmt::Formatter<'_>, comparison: &Comparison) -> fmt::Result {
    if comparison.found.is_multiple(comparison.expected, 100) {
        f.write_str(
            "; it is exactly 100 times that: are the numbers centigray where gray is meant?",
        )
    } else {
        Ok(())
    }
}

fn dose_per_fraction(f: &mut fmt::Formatter<'_>, dose: &JudgedDose) -> fmt::Result {
    match dose {
        JudgedDose::Unknown(why) => write!(f, "the dose per fraction is not known: {why}"),
        JudgedDose::TooLong => f.write_str(TOO_LONG),
        JudgedDose::Compared {
            comparison, stated, ..
        } => match (comparison.within, stated) {
            (true, None) => f.write_str("the dose per fraction is as prescribed"),
            (true, Some(why)) => write!(f, "the dose the plan states is as prescribed; {why}"),
            (false, None) => {
                f.write_str("the dose per fraction is not as prescribed")?;
                centigray(f, comparison)
            }
            (false, Some(why)) => write!(
                f,
                "the dose the plan states divided by its fractions is not as prescribed (is it the dose of the whole course?), and {why}"
            ),
        },
    }
}

fn total(f: &mut fmt::Formatter<'_>, dose: &JudgedDose, in_other_fractions: bool) -> fmt::Result {
    match dose {
        JudgedDose::Unknown(why) => write!(f, "the total dose is not known: {why}"),
        JudgedDose::TooLong => f.write_str(TOO_LONG),
        JudgedDose::Compared {
            comparison, stated, ..
        } => match (comparison.within, stated) {
            (true, _) if in_other_fractions => f.write_str(
                "the total dose is as prescribed, but it is reached in other fractions: that the total agrees does not make them right",
            ),
            (true, None) => f.write_str("the total dose is as prescribed"),
            (true, Some(why)) => {
                write!(f, "the total dose the plan states is as prescribed; {why}")
            }
            (false, None) => {
                f.write_str("the total dose is not as prescribed")?;
                centigray(f, comparison)
            }
            (false, Some(why)) => write!(
                f,
                "the dose the plan states is not that of this phase (is it the dose of the whole course?), and {why}"
            ),
        },
    }
}

fn weekly(f: &mut fmt::Formatter<'_>, verdict: DaysVerdict, of_site: bool) -> fmt::Result {
    let whose = if of_site {
        "the site gives"
    } else {
        "the protocol states"
    };
    match verdict {
        DaysVerdict::AsExpected => write!(f, "the plan gives as many fractions a week as {whose}"),
        DaysVerdict::Different => {
            write!(f, "the plan gives another number of fractions a week than {whose}")
        }
        DaysVerdict::SeveralADay => write!(
            f,
            "the plan gives as many fractions a week as {whose}, and more than one a day, which is not said there"
        ),
        DaysVerdict::SameWeeksNotStated => f.write_str(
            "whether the fraction groups of this phase are given in the same weeks or one after the other is not stated: a person must see how many fractions a week they give",
        ),
        DaysVerdict::SomeNotStated => f.write_str(
            "some fraction groups of this phase do not state their days, so how many fractions a week are given is not known",
        ),
        DaysVerdict::ManyNotExpected => f.write_str(
            "the plan gives more than one fraction a day or five a week, and how many there should be is not known: give the site's number with --fractions-per-week",
        ),
        DaysVerdict::NotExpected => {
            f.write_str("how many fractions a week there should be is not known")
        }
    }
}

fn target_limit(
    f: &mut fmt::Formatter<'_>,
    which: TargetLimit,
    fits: LimitFit,
    limit: Amount,
    dose: Amount,
) -> fmt::Result {
    if fits == LimitFit::TooLong {
        return f.write_str(TOO_LONG);
    }
    f.write_str(match which {
        TargetLimit::Minimum => "the least dose the plan allows the target",
        TargetLimit::Maximum => "the largest dose the plan allows the target",
        TargetLimit::DeliveryMaximum => "the dose at which delivery to the target stops",
    })?;
    f.write_str(match (fits, which) {
        (LimitFit::Allows | LimitFit::TooLong, _) => " allows its dose",
        (LimitFit::Excludes, TargetLimit::Minimum) => " is above its dose",
        (LimitFit::Excludes, _) => " is below its dose",
        (LimitFit::FarAway, TargetLimit::Minimum) => " is less than half of its dose",
        (LimitFit::FarAway, _) => " is more than twice its dose",
    })?;
    let hundredfold = limit.is_multiple(dose, 100) || dose.is_multiple(limit, 100);
    if fits != LimitFit::Allows && hundredfold {
        f.write_str(
            "; one is exactly 100 times the other: are the numbers centigray where gray is meant?",
        )
    } else if fits == LimitFit::FarAway {
        f.write_str(": is it in another unit?")
    } else {
        Ok(())
    }
}

fn at_points(f: &mut fmt::Formatter<'_>, points: &[DosePoint]) -> fmt::Result {
    f.write_str("the dose the plan states is the prescribed one; the beam doses are those")?;
    for (number, point) in points.iter().enumerate() {
        write!(f, "{} {point}", if number == 0 { "" } else { " and" })?;
    }
    f.write_str(
        ", which may differ from it: a person must see whether the difference is plausible there",
    )
}

fn stated_dose(
    f: &mut fmt::Formatter<'_>,
    against: Against,
    best: Option<&BestMeaning>,
) -> fmt::Result {
    let Some(best) = best else {
        return f.write_str(match against {
            Against::Prescription => {
                "the phase of the plan is not known, so its stated dose cannot be compared"
            }
            Against::Beams => "what the beams give is not known",
        });
    };
    if !best.comparison.within {
        f.write_str(match against {
            Against::Prescription => {
                "the dose the plan states for this target is not a prescribed one"
            }
            Against::Beams => {
                "fractions times beam doses is not the dose the plan states for this target"
            }
        })?;
        return match against {
            Against::Prescription => centigray(f, &best.comparison),
            Against::Beams => Ok(()),
        };
    }
    f.write_str(match (against, best.kind) {
        (Against::Prescription, MeaningKind::Whole) => {
            "the dose the plan states for this target is the prescribed one"
        }
        (Against::Prescription, MeaningKind::Cumulative) => {
            "the dose the plan states for this target is the prescribed cumulative dose, the phases before included"
        }
        (Against::Prescription, MeaningKind::Part) => {
            "the dose the plan states for this target is the prescribed dose of one of its phases; the plan does not link it to a fraction group, so a person must see whether that phase is meant"
        }
        (Against::Beams, MeaningKind::Whole) => {
            "fractions times beam doses is the dose the plan states for this target"
        }
        (Against::Beams, MeaningKind::Cumulative) => {
            "the plan states a cumulative dose: fractions times beam doses reaches it with the dose given before; a reader who divides it by this plan's fractions would go wrong"
        }
        (Against::Beams, MeaningKind::Part) => {
            "the dose the plan states for this target is what some of the fraction groups give; the plan does not say which it is for, so a person must see whether those are meant"
        }
    })
}

const fn kind_in_words(kind: PlanKind, compared: bool) -> &'static str {
    match (kind, compared) {
        (PlanKind::Entered | PlanKind::ExternalBeam, _) => {
            "external beams, to which the prescription applies"
        }
        (PlanKind::Ion, true) => {
            "ion beams: fractions and stated doses were compared as numbers; whether they are absorbed dose or weighted for effect, and range, spots and modulation, were not"
        }
        (PlanKind::Ion, false) => {
            "ion beams: no prescribed phase is left for them, and nothing in this plan was compared"
        }
        (PlanKind::Brachytherapy, true) => {
            "brachytherapy: fractions, doses of the application setups and stated doses were compared as numbers; dose rate and effect, sources, channels and dwell times were not"
        }
        (PlanKind::Brachytherapy, false) => {
            "brachytherapy: no prescribed phase is left for it, and nothing in this plan was compared"
        }
        (PlanKind::ExternalBeamAndBrachytherapy, true) => {
            "external beams and brachytherapy in one plan: fractions and stated doses were compared as numbers; doses of beams and of application setups do not add up as one dose, and were not"
        }
        (PlanKind::ExternalBeamAndBrachytherapy, false) => {
            "external beams and brachytherapy in one plan: no prescribed phase is left for them, and nothing in this plan was compared"
        }
        (PlanKind::NotStated, _) => "the plan has neither beams nor brachytherapy setups",
    }
}

fn named_volumes(
    f: &mut fmt::Formatter<'_>,
    volumes: &[String],
    names: &[Identifying<String>],
    named: &NamedVolumes,
) -> fmt::Result {
    match named {
        NamedVolumes::NotPrescribed => {
            f.write_str("the typed prescription names no volume to compare the plan's target with")
        }
        NamedVolumes::NoTarget => {
            f.write_str("the plan names no target, so which volume it treats is not known")
        }
        NamedVolumes::NotTreated(volume) => {
            write!(
                f,
                "the plan names a volume that its phase does not treat: {volume}"
            )
        }
        NamedVolumes::Inside(volume) => write!(
            f,
            "the plan names {volume}, which lies inside the volume its phase prescribes to; whether the whole of that is treated cannot be told"
        ),
        NamedVolumes::Prescribed(given) => {
            f.write_str("the plan names the volume that is prescribed to")?;
            if given.is_empty() {
                return Ok(());
            }
            let given: Vec<String> = given.iter().map(Identifying::quoted).collect();
            write!(f, " (as given for {})", given.join(", "))
        }
        NamedVolumes::ToBeSeen => {
            f.write_str(
                "whether the plan's target is the prescribed volume is for a person to see; to settle it, give --target \"",
            )?;
            if let Some(example) = names.first() {
                write!(f, "{example}")?;
            }
            write!(f, "={}\"", volumes.first().map_or("", |volume| volume))
        }
    }
}

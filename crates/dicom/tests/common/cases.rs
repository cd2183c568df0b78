//! Named synthetic files: every feature and fault once, for other readers, other programs and fuzzing.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use super::header::{meta, with_implicit_header};
use super::{
    BIG_ENDIAN, DoseFixture, GroupFixture, PLAIN, PlanFixture, TargetFixture, bare, beam,
    brachy_group, dose, encoded, of_its_own, pelvis, sequence, structures, target, text,
    with_defined_lengths,
};

/// The encodings by name, in the order of [`PLAIN`].
const NAMES: [&str; 4] = ["implicit", "explicit", "big-endian", "deflated"];

fn with(change: impl FnOnce(&mut PlanFixture)) -> Vec<u8> {
    let mut plan = pelvis();
    change(&mut plan);
    plan.bytes()
}

fn group(fractions: u32, dose: &str) -> GroupFixture {
    GroupFixture {
        fractions: Some(fractions),
        beams: vec![beam(1, dose)],
    }
}

/// Two setups of 7 Gy, with or without a beam beside them.
fn brachy(beam: bool) -> Vec<u8> {
    let mut object = pelvis().object();
    let setups = ["1", "2"].map(|number| {
        let mut setup = InMemDicomObject::new_empty();
        text(
            &mut setup,
            tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER,
            VR::IS,
            number,
        );
        text(
            &mut setup,
            tags::BRACHY_APPLICATION_SETUP_DOSE,
            VR::DS,
            "3.5",
        );
        setup
    });
    let mut group = brachy_group(setups.into(), beam);
    text(&mut group, tags::FRACTION_GROUP_NUMBER, VR::IS, "1");
    sequence(&mut object, tags::FRACTION_GROUP_SEQUENCE, vec![group]);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// Plans and structure sets.
pub(crate) fn plans() -> Vec<(String, Vec<u8>)> {
    let named = prescriptions().into_iter().chain(oddities());
    let named = named.map(|(name, bytes)| (name.into(), bytes));
    encodings().into_iter().chain(named).collect()
}

/// The right plan in every encoding.
fn encodings() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for (syntax, name) in PLAIN.into_iter().zip(NAMES) {
        cases.push((format!("plan-{name}"), encoded(pelvis().object(), syntax)));
        cases.push((format!("structures-{name}"), encoded(structures(), syntax)));
        if syntax != uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN {
            cases.push((
                format!("plan-bare-{name}"),
                bare(&pelvis().object(), syntax),
            ));
            let stated = with_defined_lengths(&pelvis().object(), syntax);
            cases.push((format!("plan-lengths-{name}"), stated));
        }
    }
    cases
}

/// What a plan may say of doses and fractions.
fn prescriptions() -> Vec<(&'static str, Vec<u8>)> {
    let extra = |number, purpose, dose: Option<&str>| {
        let mut extra = beam(number, "0.05");
        (extra.purpose, extra.dose) = (purpose, dose.map(Into::into));
        extra
    };
    vec![
        (
            "plan-one-fraction-too-many",
            with(|plan| plan.groups[0].fractions = Some(26)),
        ),
        (
            "plan-other-fractions-same-total",
            with(|plan| plan.groups = vec![group(20, "2.25")]),
        ),
        (
            "plan-20-x-1.8",
            with(|plan| {
                plan.groups = vec![group(20, "1.8")];
                plan.targets = vec![target("pelvis", "36")];
            }),
        ),
        (
            "plan-with-boost",
            with(|plan| {
                plan.groups.push(GroupFixture {
                    fractions: Some(8),
                    beams: vec![beam(3, "1.8")],
                });
                plan.targets.push(target("tumour bed", "59.4"));
            }),
        ),
        (
            "plan-two-targets",
            with(|plan| {
                plan.targets = vec![target("pelvis", "45"), target("point", "11.3113869239676")];
            }),
        ),
        (
            "plan-no-prescription",
            with(|plan| {
                plan.targets = vec![TargetFixture {
                    kind: Some("ORGAN_AT_RISK"),
                    description: "bladder",
                    prescription: None,
                }];
            }),
        ),
        (
            "plan-setup-beams",
            with(|plan| {
                plan.groups[0].beams.extend([
                    extra(7, Some("SETUP"), None),
                    extra(8, Some("OPEN_PORTFILM"), Some("0.01")),
                    extra(9, Some("TRMT_PORTFILM"), Some("0.02")),
                    extra(10, Some("CONTINUATION"), Some("0.1")),
                    extra(11, None, Some("0.2")),
                ]);
            }),
        ),
        (
            "plan-centigray",
            with(|plan| {
                plan.groups = vec![group(25, "180")];
                plan.targets = vec![target("pelvis", "4500")];
            }),
        ),
        (
            "plan-no-beam-dose",
            with(|plan| plan.groups[0].beams[1].dose = None),
        ),
        (
            "plan-beams-not-described",
            with(|plan| plan.describe_beams = false),
        ),
    ]
}

/// What else a plan may be.
fn oddities() -> Vec<(&'static str, Vec<u8>)> {
    let mut object = InMemDicomObject::new_empty();
    text(
        &mut object,
        tags::SOP_CLASS_UID,
        VR::UI,
        uids::RT_PLAN_STORAGE,
    );
    vec![
        (
            "plan-rejected",
            with(|plan| {
                (plan.approval, plan.intent) = (Some("REJECTED"), Some("VERIFICATION"));
            }),
        ),
        (
            "plan-rounded",
            with(|plan| {
                plan.groups[0].beams = vec![beam(1, "0.899999"), beam(2, "8.99999e-001")];
            }),
        ),
        (
            "plan-latin-1",
            with(|plan| {
                (plan.charset, plan.label) = (Some("ISO_IR 100"), "Münster");
            }),
        ),
        (
            "plan-ion",
            with(|plan| plan.class = uids::RT_ION_PLAN_STORAGE),
        ),
        (
            "plan-implicit-header",
            with_implicit_header(&pelvis().bytes()),
        ),
        ("plan-other-syntax", {
            let mut bytes = meta(uids::EXPLICIT_VR_LITTLE_ENDIAN);
            bytes.extend(bare(&pelvis().object(), uids::IMPLICIT_VR_LITTLE_ENDIAN));
            bytes
        }),
        ("plan-brachytherapy", brachy(false)),
        ("plan-brachytherapy-and-beam", brachy(true)),
        (
            "plan-nothing",
            bare(&object, uids::IMPLICIT_VR_LITTLE_ENDIAN),
        ),
    ]
}

/// Stored numbers that repeat after no short while, up to `largest`.
fn noise(count: u32, largest: u32) -> Vec<u32> {
    (0..count)
        .map(|index| {
            let mixed = u64::from(index) * 2_654_435_761 + 12_345;
            u32::try_from((mixed >> 7) % u64::from(largest)).unwrap_or(0)
        })
        .collect()
}

/// A grid of 5 frames of 7 x 9 voxels, up to 65 Gy.
pub(crate) fn phase(instance: &'static str, plan: &'static str) -> DoseFixture {
    let mut stored = noise(7 * 9 * 5, 65_000);
    stored[1] += of_its_own(instance);
    DoseFixture {
        instance,
        plan,
        size: (7, 9, 5),
        offsets: Some("0\\2.5\\5\\7.5\\10"),
        scaling: "1.0e-003",
        stored,
        ..dose()
    }
}

/// Doses.
pub(crate) fn doses() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for (syntax, name) in PLAIN.into_iter().zip(NAMES) {
        for bits in [16, 32] {
            let mut fixture = phase("2.25.100", "2.25.1");
            fixture.bits = bits;
            let object = fixture.object_in(syntax == BIG_ENDIAN);
            cases.push((format!("dose-{bits}-{name}"), encoded(object, syntax)));
        }
    }
    let pelvis = || phase("2.25.100", "2.25.1");
    let boost = || DoseFixture {
        scaling: "2.5E-04",
        stored: noise(7 * 9 * 5, 60_001),
        ..phase("2.25.101", "2.25.7")
    };
    let of_beam = |instance, beams| DoseFixture {
        summation: "BEAM",
        beams,
        scaling: "4e-4",
        ..phase(instance, "2.25.1")
    };
    let named = [
        ("dose-pelvis", pelvis()),
        ("dose-boost", boost()),
        ("dose-beam-1", of_beam("2.25.111", &[1])),
        ("dose-beam-2", of_beam("2.25.112", &[2, 3])),
        (
            "dose-relative",
            DoseFixture {
                units: Some("RELATIVE"),
                scaling: "1e-6",
                ..pelvis()
            },
        ),
        (
            "dose-implausible",
            DoseFixture {
                scaling: "0.1",
                ..pelvis()
            },
        ),
        (
            "dose-backward",
            DoseFixture {
                offsets: Some("0\\-2.5\\-5\\-7.5\\-10"),
                ..pelvis()
            },
        ),
        (
            "dose-one-frame",
            DoseFixture {
                size: (7, 9, 1),
                stored: noise(7 * 9, 50_000),
                ..pelvis()
            },
        ),
        (
            // larger than the others on every side, shifted by parts of a voxel, frames backward and uneven
            "dose-boost-other-grid",
            DoseFixture {
                size: (12, 14, 6),
                position: "-13.125\\-21.5\\42",
                offsets: Some("0\\-3\\-5\\-8\\-11\\-14"),
                stored: noise(12 * 14 * 6, 60_000),
                ..boost()
            },
        ),
    ];
    cases.extend(
        named
            .into_iter()
            .map(|(name, fixture)| (name.into(), fixture.bytes())),
    );
    cases
}

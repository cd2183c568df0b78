//! Reading, converting and writing of synthetic doses.
use crate::common;
use crate::common::{BIG_ENDIAN, DoseFixture, PLAIN, dose, encoded};
use chemorad::number::Decimal;
use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Outcome};
use chemorad_dicom::equivalent::{
    self, ConvertError, DerivedDose, GridPolicy, Measure, Outside, PhaseDose,
};
use chemorad_dicom::{Bits, Created, DicomFile, Dose, Limits, WriteOptions};
use chemorad_dosimetry::{DoseType, DoseUnits, SummationType};
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use proptest::prelude::*;

const EQD2: Measure = Measure::Eqd {
    reference: TWO_GRAY,
};

fn late() -> LinearQuadratic {
    LinearQuadratic::new(AlphaBeta::constant("3 Gy"))
}

fn n(fractions: u32) -> FractionCount {
    FractionCount::new(fractions).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn file(bytes: &[u8]) -> DicomFile<'_> {
    DicomFile::from_bytes(bytes, Limits::default()).unwrap()
}

fn error(fixture: &DoseFixture) -> String {
    let bytes = fixture.bytes();
    file(&bytes).dose().unwrap_err().to_string()
}

fn with<T>(fixtures: &[DoseFixture], then: impl FnOnce(&[&Dose<'_>]) -> T) -> T {
    let bytes: Vec<_> = fixtures.iter().map(DoseFixture::bytes).collect();
    let files: Vec<_> = bytes.iter().map(|bytes| file(bytes)).collect();
    let doses: Vec<_> = files.iter().map(|file| file.dose().unwrap()).collect();
    then(&doses.iter().collect::<Vec<_>>())
}

fn convert(
    phases: &[PhaseDose<'_, '_>],
    model: LinearQuadratic,
    measure: Measure,
) -> Result<DerivedDose, ConvertError> {
    equivalent::convert(phases, model, measure, GridPolicy::MustCoincide)
}

fn sum(doses: &[&Dose<'_>]) -> Result<DerivedDose, ConvertError> {
    equivalent::sum(doses, GridPolicy::MustCoincide)
}

fn written(dose: &DerivedDose) -> Vec<u8> {
    dose.to_bytes(&WriteOptions::default()).unwrap()
}

/// Each fixture is a phase of its own with as many fractions.
fn eqd2(fixtures: &[(DoseFixture, u32)]) -> Result<DerivedDose, ConvertError> {
    let doses: Vec<_> = fixtures.iter().map(|(dose, _)| dose.clone()).collect();
    with(&doses, |doses| {
        let singles: Vec<_> = doses.iter().map(|dose| [*dose]).collect();
        let phases: Vec<_> = singles
            .iter()
            .zip(fixtures)
            .map(|(doses, (_, fractions))| PhaseDose {
                doses,
                fractions: n(*fractions),
            })
            .collect();
        convert(&phases, late(), EQD2)
    })
}

/// One voxel in a direction is a plane, a line or a point.
#[test]
fn a_grid_without_volume_is_said() {
    for (size, without) in [
        ((2_u16, 3_u16, 2_u32), false),
        ((2, 2, 2), false),
        ((1, 1, 1), true),
        ((1, 2, 1), true),
        ((2, 2, 1), true),
        ((2, 1, 2), true),
        ((1, 2, 2), true),
    ] {
        let (rows, columns, frames) = size;
        let mut fixture = dose();
        fixture.size = size;
        fixture.offsets = if frames == 1 {
            Some("0")
        } else {
            Some("0\\2.5")
        };
        let voxels = u32::from(rows) * u32::from(columns) * frames;
        fixture.stored = (0..voxels).map(|index| index * 1000).collect();
        let bytes = fixture.bytes();
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let notes = file.dose().unwrap().notes;
        let said: Vec<_> = notes.iter().filter(|n| n.is("dose.no_volume")).collect();
        assert_eq!(!said.is_empty(), without, "{size:?}");
        for finding in said {
            assert_eq!(finding.outcome, Outcome::Warn);
            let voxels = format!("{columns} x {rows} x {frames} voxels");
            assert_eq!(finding.found(), Some(voxels));
        }
    }
}

#[test]
fn every_encoding_and_width_gives_the_same_doses() {
    for bits in [16, 32] {
        for syntax in PLAIN {
            let mut fixture = dose();
            fixture.bits = bits;
            let bytes = encoded(fixture.object_in(syntax == BIG_ENDIAN), syntax);
            let file = file(&bytes);
            let dose = file.dose().unwrap();
            assert_eq!(dose.maximum(), Some(decimal("55")), "{bits} {syntax}");
            let statistics = dose.statistics(&["50".parse().unwrap()]).unwrap();
            assert_eq!(statistics.minimum, Decimal::ZERO);
            assert_eq!((statistics.voxels, statistics.nonzero), (12, 11));
            assert_eq!(statistics.mean, 27.5);
            // the 6th of 12 in order
            assert_eq!(statistics.percentiles[0].1, decimal("25"));
            let whole = sum(&[&dose]).unwrap();
            let expected: Vec<f32> = (0_u8..12).map(|index| f32::from(index) * 5.0).collect();
            assert_eq!(whole.voxels, expected, "{bits} {syntax}");
        }
    }
}

#[test]
fn sixteen_bits_in_an_odd_number_of_bytes_and_of_voxels() {
    let mut fixture = dose();
    fixture.bits = 16;
    fixture.size = (1, 1, 1);
    fixture.offsets = None;
    fixture.stored = vec![9000];
    let bytes = fixture.bytes();
    assert_eq!(file(&bytes).dose().unwrap().maximum(), Some(decimal("45")));
}

#[test]
fn the_scaling_is_read_in_every_form() {
    for scaling in ["5.0e-3", "5e-003", "5.00E-03", "0.005", "+5.0e-003"] {
        let bytes = DoseFixture { scaling, ..dose() }.bytes();
        let file = file(&bytes);
        let dose = file.dose().unwrap();
        assert_eq!(dose.scaling.as_ref().unwrap().text(), scaling);
        assert_eq!(dose.maximum(), Some(decimal("55")));
    }
}

/// Dose files of beams may name several beams, be all zero, and have a single voxel a frame.
#[test]
fn the_doses_of_beams_are_read_whatever_their_size() {
    let fixture = DoseFixture {
        summation: "BEAM",
        beams: &[1, 2, 3],
        size: (1, 1, 3),
        offsets: Some("0\\2.5\\5"),
        stored: vec![0; 3],
        ..dose()
    };
    with(&[fixture], |doses| {
        let group = &doses[0].plans[0].fraction_groups[0];
        assert_eq!(
            (group.number, group.beams.as_slice()),
            (Some(1), &[1, 2, 3][..])
        );
        assert_eq!(doses[0].maximum(), Some(Decimal::ZERO));
        assert_eq!(doses[0].scale_finding(None).outcome, Outcome::Warn);
        assert_eq!(sum(doses).unwrap().voxels, [0.0; 3]);
    });
}

#[test]
fn percentiles_are_nearest_rank_and_exact() {
    let mut fixture = dose();
    fixture.size = (10, 10, 1);
    fixture.offsets = None;
    fixture.scaling = "1e-6";
    // stored numbers on both sides of the 16-bit classes
    fixture.stored = (1..=100).map(|rank| rank * 65_000).collect();
    with(&[fixture], |doses| {
        let wanted = ["0.000001", "1", "1.5", "50", "98", "99.1", "100"];
        let percentiles: Vec<_> = wanted.iter().map(|text| text.parse().unwrap()).collect();
        let statistics = doses[0].statistics(&percentiles).unwrap();
        let ranks = [1, 1, 2, 50, 98, 100, 100];
        for ((_, dose), rank) in statistics.percentiles.iter().zip(ranks) {
            assert_eq!(
                *dose,
                Decimal::from(rank * 65_000)
                    .checked_mul(decimal("1e-6"))
                    .unwrap()
            );
        }
    });
    for wrong in [
        "0",
        "-1",
        "100.1",
        "0.0000001",
        "",
        "x",
        "+98",
        "9.8e1",
        ".5",
    ] {
        assert!(
            wrong.parse::<chemorad_dicom::Percentile>().is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn the_dose_at_a_volume_is_that_of_the_hottest_voxels_of_the_whole_grid() {
    let mut fixture = dose();
    fixture.size = (10, 10, 2);
    fixture.scaling = "1e-6";
    fixture.stored = (1..=200).rev().map(|rank| rank * 65_000).collect();
    let at = |fixture: &DoseFixture, volume: &str| {
        with(std::slice::from_ref(fixture), |doses| {
            doses[0].dose_at_volume(volume.parse().unwrap())
        })
    };
    let of_rank = |rank: u32| Decimal::from(rank * 65_000).checked_mul(decimal("1e-6"));
    // a voxel of 2.5 mm has 0.015625 cm3; the hottest has rank 200
    for (volume, rank) in [
        ("2%", 197),
        ("0.5%", 200),
        ("0.4 %", 200),
        ("0.6%", 199),
        ("100%", 1),
        ("0.015625cm3", 200),
        ("0.01cc", 200),
        ("0.015626 cm3", 199),
        ("0.03cm3", 199),
        ("30 mm3", 199),
        ("0.03ccm", 199),
        ("3.125 ccm", 1),
    ] {
        assert_eq!(at(&fixture, volume).ok(), of_rank(rank), "{volume}");
    }
    assert_eq!(
        at(&fixture, "3.126cm3").unwrap_err().to_string(),
        "3.126 cm3 is more than the whole grid of 3.125 cm3"
    );
    // a single frame has no distance to the next, and no thickness here
    let single = DoseFixture {
        size: (10, 20, 1),
        offsets: None,
        ..fixture.clone()
    };
    let error = at(&single, "1cm3").unwrap_err().to_string();
    assert!(error.contains("ask for a share in percent"), "{error}");
    assert_eq!(at(&single, "2%").ok(), of_rank(197));
    for wrong in [
        "2", "0%", "-1cm3", "+1cm3", "1e0cm3", "+2%", "2e0%", "0cm3", "101%", "1,5%", "2 Gy", "",
        "cm3",
    ] {
        let parsed = wrong.parse::<chemorad_dicom::GridVolume>();
        assert!(parsed.is_err(), "{wrong}");
    }
}

#[test]
fn offsets_go_forward_or_backward_but_not_both() {
    let mut fixture = dose();
    for (offsets, distances) in [("0\\-2.5", ["0", "-2.5"]), ("30\\32.5", ["0", "2.5"])] {
        fixture.offsets = Some(offsets);
        with(&[fixture.clone()], |doses| {
            let found = doses[0].grid.as_ref().unwrap().frame_distances().unwrap();
            assert_eq!(found, distances.map(decimal));
        });
    }
    fixture.offsets = Some("0\\0");
    assert!(error(&fixture).contains("they must go one way"));
    fixture.offsets = Some("0");
    assert!(error(&fixture).contains("more frames than offsets"));
    fixture.offsets = None;
    assert!(error(&fixture).contains("GridFrameOffsetVector (3004,000C) is missing"));
    fixture.offsets = Some("0\\2.5\\5");
    with(&[fixture], |doses| {
        assert_eq!(doses[0].notes[0].code(), "dose.frame_offsets");
    });
}

/// A histogram with its maximum in a tag: of regions, each with what it contributes.
fn histogram(maximum: &str, data: &str, regions: &[(&str, Option<&str>)]) -> InMemDicomObject {
    let mut histogram = InMemDicomObject::new_empty();
    for (tag, vr, value) in [
        (tags::DVH_TYPE, VR::CS, "CUMULATIVE"),
        (tags::DOSE_UNITS, VR::CS, "GY"),
        (tags::DVH_DOSE_SCALING, VR::DS, "1"),
        (tags::DVH_MAXIMUM_DOSE, VR::DS, maximum),
        (tags::DVH_DATA, VR::DS, data),
    ] {
        common::text(&mut histogram, tag, vr, value);
    }
    let regions = regions.iter().map(|(number, contribution)| {
        let mut region = InMemDicomObject::new_empty();
        common::text(&mut region, tags::REFERENCED_ROI_NUMBER, VR::IS, number);
        if let Some(contribution) = contribution {
            let tag = tags::DVHROI_CONTRIBUTION_TYPE;
            common::text(&mut region, tag, VR::CS, contribution);
        }
        region
    });
    let tag = tags::DVH_REFERENCED_ROI_SEQUENCE;
    common::sequence(&mut histogram, tag, regions.collect());
    histogram
}

/// Bins of 10 Gy; those of no volume at the end say nothing of the maximum.
#[test]
fn a_histogram_ends_where_its_volume_ends() {
    let read = |maximum: &str, data: &str, regions: &[(&str, Option<&str>)]| {
        let mut object = dose().object();
        let histogram = histogram(maximum, data, regions);
        common::sequence(&mut object, tags::DVH_SEQUENCE, vec![histogram]);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let dose = file(&bytes).dose().map(Dose::without_pixels);
        dose.map_err(|error| error.to_string())
    };
    let one = &[("2", Some("INCLUDED"))];
    let padded = "10\\50\\10\\5\\10\\0\\10\\0\\10\\0";
    for (maximum, data, noted) in [
        // at the end of the last volume, or a bin further
        ("20", padded, false),
        ("25", padded, false),
        ("30", padded, false),
        ("20.2", "10\\50\\10\\5", false),
        // percent, in data that end at the dose and in data that end at the percent
        ("102", "10\\50\\10\\5", true),
        ("102", "10\\50\\10\\5\\10\\0\\72\\0", true),
        ("50", padded, true),
        ("31", padded, true),
        ("15", padded, true),
        // no volume: nothing to compare with
        ("50", "10\\0\\10\\0", false),
    ] {
        let dose = read(maximum, data, one).unwrap();
        let found: Vec<_> = dose.notes.iter().map(Finding::code).collect();
        assert_eq!(found == ["dvh.tags_vs_data"], noted, "{maximum} {data}");
    }
    let dose = read("50", padded, one).unwrap();
    let dvh = &dose.dvhs[0];
    assert_eq!(dvh.volume_end, Some(decimal("20")));
    assert_eq!(dvh.data_end, Some(decimal("50")));
    assert_eq!(dvh.first_volume, Some(decimal("50")));
    // a shell: region 2 without 3 and 5
    let shell = [
        ("2", None),
        ("3", Some("EXCLUDED")),
        ("5", Some("EXCLUDED")),
    ];
    let dose = read("50", padded, &shell).unwrap();
    assert_eq!(dose.dvhs[0].regions, [2]);
    assert_eq!(dose.dvhs[0].excluded, [3, 5]);
    assert_eq!(dose.dvhs[0].region_words(), "2 without 3, 5");
    assert_eq!(dose.notes[0].at(), "DVH of region 2 without 3, 5");
    let neither = read("20", padded, &[("2", Some("HALF"))]).unwrap_err();
    assert!(neither.contains("INCLUDED or EXCLUDED"), "{neither}");
    let odd = read("20", "10\\50\\10", one).unwrap_err();
    assert!(odd.contains("pairs of bin width and volume"), "{odd}");
}

/// Changes texts of a dose.
fn changed(fixture: &DoseFixture, changes: &[(dicom_core::Tag, &str)]) -> Vec<u8> {
    let mut object = fixture.object();
    for (tag, value) in changes {
        common::text(&mut object, *tag, VR::DS, value);
    }
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// PS3.3 C.8.8.3.2 defines two first offsets, and one of them for one orientation only.
#[test]
fn a_first_offset_that_is_not_defined_is_said_and_not_used() {
    let (position, orientation) = (
        tags::IMAGE_POSITION_PATIENT,
        tags::IMAGE_ORIENTATION_PATIENT,
    );
    let prone = (orientation, "-1\\0\\0\\0\\-1\\0");
    let axial = (orientation, "1.0\\0\\0.0\\0\\1\\-0.0");
    for (offsets, changes, undefined) in [
        ("0\\2.5", &[][..], None),
        ("30\\32.5", &[], None),
        ("30.00005\\32.50005", &[axial], None),
        ("0\\2.5", &[prone], None),
        ("0\\2.5", &[(position, "")], None),
        ("31\\33.5", &[], Some("31")),
        ("-2.5\\0", &[], Some("-2.5")),
        ("30\\32.5", &[prone], Some("30")),
        ("30\\32.5", &[(position, "")], Some("30")),
    ] {
        let fixture = DoseFixture {
            offsets: Some(offsets),
            ..dose()
        };
        let bytes = changed(&fixture, changes);
        let this = file(&bytes);
        let dose = this.dose().unwrap();
        let grid = dose.grid.as_ref().unwrap();
        assert_eq!(grid.undefined_first_offset(), undefined.map(decimal));
        let notes = dose.notes.iter();
        let notes: Vec<_> = notes.map(|note| (note.code(), note.outcome)).collect();
        // alone it is converted, and neither written nor added
        let alone = sum(&[&dose]).unwrap();
        let Some(first) = undefined else {
            assert!(notes.is_empty(), "{offsets} {notes:?}");
            continue;
        };
        assert_eq!(notes, [("dose.first_offset", Outcome::Warn)]);
        let error = alone.to_bytes(&WriteOptions::default()).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(&format!("is {first} mm")), "{error}");
        let other = second("5.0e-3").bytes();
        let other = file(&other);
        let other = other.dose().unwrap();
        for (doses, at) in [([&dose, &other], 1), ([&other, &dose], 2)] {
            let refused = sum(&doses).unwrap_err();
            let first = decimal(first);
            assert_eq!(refused, ConvertError::FirstOffset { at, first });
        }
    }
}

/// PS3.3 C.7.6.2: spacing above zero, and two directions of length 1 at right angles.
#[test]
fn a_geometry_that_no_grid_can_have_is_said_and_not_used() {
    let (spacing, orientation) = (tags::PIXEL_SPACING, tags::IMAGE_ORIENTATION_PATIENT);
    for (change, possible) in [
        ((spacing, "2.5\\2.5"), true),
        ((spacing, "0\\2.5"), false),
        ((spacing, "2.5\\-2.5"), false),
        ((orientation, "0.8\\0.6\\0\\-0.6\\0.8\\0"), true),
        // rounded to two digits
        ((orientation, "0.71\\0.71\\0\\-0.71\\0.71\\0"), true),
        ((orientation, "0\\-1\\0\\0\\0\\1"), true),
        ((orientation, "2\\0\\0\\0\\1\\0"), false),
        ((orientation, "1\\0\\0\\1\\0\\0"), false),
        ((orientation, "1\\0\\0\\0.1\\1\\0"), false),
        ((orientation, "0\\0\\0\\0\\0\\0"), false),
    ] {
        let this = changed(&dose(), &[change]);
        let this = file(&this);
        let this = this.dose().unwrap();
        let other = changed(&second("5.0e-3"), &[change]);
        let other = file(&other);
        let other = other.dose().unwrap();
        let noted = this.notes.iter().any(|note| note.code() == "dose.geometry");
        assert_eq!(noted, !possible, "{change:?}");
        let written = sum(&[&this]).unwrap().to_bytes(&WriteOptions::default());
        assert_eq!(written.is_ok(), possible, "{change:?}");
        let both = sum(&[&this, &other]);
        let refused = matches!(both, Err(ConvertError::Geometry { at: 1, .. }));
        assert_eq!(refused, !possible, "{change:?} {both:?}");
    }
}

#[test]
fn a_frame_that_may_be_missing_is_said() {
    for (offsets, said) in [
        ("0\\3\\6\\12\\15\\18", 1),
        ("0\\-3\\-6\\-12\\-15\\-18", 1),
        ("0\\3\\6\\15\\18\\21", 1),
        // even, finer in the middle, and of no whole steps
        ("0\\3\\6\\9\\12\\15", 0),
        ("0\\4\\8\\10\\12\\16", 0),
        ("0\\3\\6\\10.5\\13.5\\16.5", 0),
    ] {
        let fixture = DoseFixture {
            size: (2, 3, 6),
            offsets: Some(offsets),
            position: "-10\\-20\\0",
            stored: (0..36).collect(),
            ..dose()
        };
        let bytes = fixture.bytes();
        let file = file(&bytes);
        let dose = file.dose().unwrap();
        let notes = dose.notes.iter();
        let missing = notes.filter(|note| note.code() == "dose.frame_offsets");
        assert_eq!(missing.count(), said, "{offsets}");
    }
}

/// A ten-thousandth of a millimetre is no distance; a hundredth is one.
#[test]
fn offsets_written_by_arithmetic_are_even() {
    for (offsets, step) in [
        ("0\\2.5\\5", Some("2.5")),
        ("0\\2.39999999999998\\4.8", Some("2.4")),
        ("0\\-2.34375\\-4.6875", Some("-2.34375")),
        ("0\\2.34375001\\4.6875", Some("2.3438")),
        ("0\\2.50009\\5", Some("2.5")),
        ("0\\2.5002\\5", None),
        ("0\\2.5\\5.01", None),
    ] {
        let fixture = DoseFixture {
            size: (2, 2, 3),
            offsets: Some(offsets),
            ..dose()
        };
        with(&[fixture], |doses| {
            let grid = doses[0].grid.as_ref().unwrap();
            assert_eq!(grid.frame_step(), step.map(decimal), "{offsets}");
            assert_eq!(grid.voxel_volume().is_some(), step.is_some());
        });
    }
    // and the grids of two such files are one
    let noisy = DoseFixture {
        offsets: Some("0\\2.50000000000002"),
        ..second("5.0e-3")
    };
    assert!(with(&[dose(), noisy], sum).is_ok());
}

/// The dose of `dose()` at the same places, its columns, rows and frames along other axes of the patient.
fn turned(orientation: [i8; 6], shift: f64) -> Vec<u8> {
    let [a, b, c, d, e, f] = orientation;
    let normal = [b * f - c * e, c * d - a * f, a * e - b * d];
    let directions = [[a, b, c], [d, e, f], normal];
    // voxels along x, y and z, and where the first of them lies
    let (counts, start) = ([3_usize, 2, 2], [-10.0, -20.0, 30.0]);
    let axis = |direction: [i8; 3]| direction.iter().position(|part| *part != 0).unwrap();
    let along = directions.map(|direction| (axis(direction), direction.iter().sum::<i8>() < 0));
    let [columns, rows, frames] = along.map(|(axis, _)| counts[axis]);
    let mut stored = Vec::new();
    for frame in 0..frames {
        for row in 0..rows {
            for column in 0..columns {
                let mut place = [0; 3];
                for ((axis, backward), at) in along.into_iter().zip([column, row, frame]) {
                    place[axis] = if backward { counts[axis] - 1 - at } else { at };
                }
                let [x, y, z] = place;
                stored.push(2 * dose().stored[(z * 2 + y) * 3 + x]);
            }
        }
    }
    let mut position: [f64; 3] = start;
    for (axis, backward) in along {
        if backward {
            position[axis] += if counts[axis] == 3 { 5.0 } else { 2.5 };
        }
    }
    position[0] += shift;
    let fixture = DoseFixture {
        size: (
            u16::try_from(rows).unwrap(),
            u16::try_from(columns).unwrap(),
            u32::try_from(frames).unwrap(),
        ),
        offsets: Some(if frames == 3 { "0\\2.5\\5" } else { "0\\2.5" }),
        stored,
        ..second("2.5e-3")
    };
    let position = position.map(|part| part.to_string()).join("\\");
    let orientation = orientation.map(|part| part.to_string()).join("\\");
    changed(
        &fixture,
        &[
            (tags::IMAGE_POSITION_PATIENT, &position),
            (tags::IMAGE_ORIENTATION_PATIENT, &orientation),
        ],
    )
}

/// Prone, feet first or on the side: the places in the patient are the same.
#[test]
fn grids_of_one_geometry_are_added_in_any_orientation() {
    // twice the other, so that they are two doses
    let first = DoseFixture {
        scaling: "1.0e-2",
        ..dose()
    };
    let first = first.bytes();
    let first = file(&first);
    let first = first.dose().unwrap();
    for orientation in [
        [1, 0, 0, 0, 1, 0],
        [-1, 0, 0, 0, -1, 0],
        [-1, 0, 0, 0, 1, 0],
        [1, 0, 0, 0, -1, 0],
        [0, 1, 0, -1, 0, 0],
        [0, -1, 0, 1, 0, 0],
        [0, 1, 0, 1, 0, 0],
        [1, 0, 0, 0, 0, -1],
        [0, 1, 0, 0, 0, -1],
        // a normal from each term of the vector product
        [0, 0, 1, 0, 1, 0],
        [0, 0, -1, 1, 0, 0],
        [0, 0, 1, 0, -1, 0],
    ] {
        let bytes = turned(orientation, 0.0);
        let other = file(&bytes);
        let other = other.dose().unwrap();
        for (doses, times) in [([&first, &other], 1.5), ([&other, &first], 3.0)] {
            let added = sum(&doses).unwrap();
            assert!(added.notes.is_empty(), "{orientation:?}");
            // the result lies on the grid of the first
            assert_eq!(Some(&added.grid), doses[0].grid.as_ref());
            let alone = sum(&doses[..1]).unwrap();
            let expected: Vec<f32> = alone.voxels.iter().map(|dose| dose * times).collect();
            assert_eq!(added.voxels, expected, "{orientation:?}");
        }
        let text = sum(&[&first, &other]).unwrap().derivation.to_string();
        let said = text.contains("dose 2 brought to the voxels of dose 1");
        assert_eq!(said, orientation != [1, 0, 0, 0, 1, 0], "{text}");
        // a hundredth of a millimetre is another place
        let bytes = turned(orientation, 0.01);
        let other = file(&bytes);
        let apart = sum(&[&first, &other.dose().unwrap()]).unwrap_err();
        assert!(matches!(apart, ConvertError::Grid { at: 2, .. }), "{apart}");
    }
}

#[test]
fn what_is_not_a_grid_is_refused() {
    let mut fixture = dose();
    fixture.stored.pop();
    assert!(error(&fixture).contains("its length is not frames x rows x columns"));
    let mut fixture = dose();
    fixture.stored.push(0);
    assert!(error(&fixture).contains("its length is not frames x rows x columns"));
    let mut fixture = dose();
    fixture.size = (0, 3, 2);
    assert!(error(&fixture).contains("the grid has no voxels"));
    let mut fixture = dose();
    fixture.size = (u16::MAX, u16::MAX, 2_000_000_000);
    assert!(error(&fixture).contains("its length is not frames x rows x columns"));
    for scaling in ["0", "-1"] {
        let mut fixture = dose();
        fixture.scaling = scaling;
        assert!(error(&fixture).contains("greater than zero"));
    }
    let mut fixture = dose();
    fixture.scaling = "1,0";
    assert!(error(&fixture).contains("not a comma"));
}

#[test]
fn the_scale_is_judged_only_in_gray() {
    let judge = |fixture: DoseFixture, prescription: Option<&str>| {
        with(&[fixture], |doses| {
            doses[0].scale_finding(prescription.map(decimal)).outcome
        })
    };
    assert_eq!(judge(dose(), None), Outcome::Pass);
    assert_eq!(judge(dose(), Some("50")), Outcome::Pass);
    assert_eq!(judge(dose(), Some("27.5")), Outcome::Pass);
    assert_eq!(judge(dose(), Some("27.4")), Outcome::Warn);
    assert_eq!(judge(dose(), Some("13.7")), Outcome::Fail);
    assert_eq!(judge(dose(), Some("55")), Outcome::Pass);
    assert_eq!(judge(dose(), Some("57")), Outcome::Warn);
    assert_eq!(judge(dose(), Some("58")), Outcome::Fail);
    let scaled = |scaling| DoseFixture { scaling, ..dose() };
    assert_eq!(judge(scaled("0.5"), None), Outcome::Fail);
    assert_eq!(judge(scaled("0.01"), None), Outcome::Warn);
    let relative = DoseFixture {
        units: Some("RELATIVE"),
        scaling: "0.5",
        ..dose()
    };
    assert_eq!(judge(relative, Some("50")), Outcome::NotApplicable);
    let zero = DoseFixture {
        stored: vec![0; 12],
        ..dose()
    };
    assert_eq!(judge(zero, None), Outcome::Warn);
}

#[test]
fn each_voxel_is_converted_with_n_not_d() {
    let converted = eqd2(&[(dose(), 25)]).unwrap();
    assert_eq!(converted.label, "EQD2Gy(a/b = 3)");
    for (index, voxel) in (0_u8..12).zip(&converted.voxels) {
        let dose = f64::from(index) * 5.0;
        let expected = dose * (dose / 25.0 + 3.0) / 5.0;
        assert!(
            (f64::from(*voxel) - expected).abs() <= 6e-8 * expected,
            "{dose}"
        );
    }
    // 45 Gy in 25 fractions at 3 Gy
    assert!((converted.voxels[9] - 43.2).abs() < 1e-5);
    assert!(
        converted
            .derivation
            .to_string()
            .contains("n = 25; a/b = 3 Gy; x = 2 Gy")
    );
    let bed = with(&[dose()], |doses| {
        let phase = PhaseDose {
            doses,
            fractions: n(25),
        };
        convert(&[phase], late(), Measure::Bed).unwrap()
    });
    assert_eq!(bed.label, "BED(a/b = 3)");
    assert!((bed.voxels[9] - 72.0).abs() < 1e-5);
}

fn second(scaling: &'static str) -> DoseFixture {
    DoseFixture {
        instance: "2.25.101",
        plan: "2.25.7",
        scaling,
        ..dose()
    }
}

#[test]
fn phases_are_converted_each_with_its_own_n_and_then_added() {
    // 45 Gy in 25 and 14.4 Gy in 8 in the voxel with index 9
    let both = eqd2(&[(dose(), 25), (second("1.6e-3"), 8)]).unwrap();
    let right = 45.0 * (1.8 + 3.0) / 5.0 + 14.4 * (1.8 + 3.0) / 5.0;
    assert!((f64::from(both.voxels[9]) - right).abs() < 1e-5);
    assert_eq!(both.summation, SummationType::MultiPlan);
    assert_eq!(both.plans.len(), 2);
    assert_eq!(both.sources.len(), 2);
    // in another voxel of the boost the phases have other doses per fraction, and one n is wrong
    let mut boost = second("1.6e-3");
    boost.stored[9] = 11_000;
    let both = eqd2(&[(dose(), 25), (boost, 8)]).unwrap();
    let (pelvis, boost) = (45.0, 17.6);
    let right = pelvis * (pelvis / 25.0 + 3.0) / 5.0 + boost * (boost / 8.0 + 3.0) / 5.0;
    let wrong = (pelvis + boost) * ((pelvis + boost) / 33.0 + 3.0) / 5.0;
    assert!((f64::from(both.voxels[9]) - right).abs() < 1e-5);
    assert!(right - wrong > 0.15);
}

#[test]
fn beams_of_one_phase_are_added_before_the_conversion() {
    let beam = |instance, beams| DoseFixture {
        instance,
        summation: "BEAM",
        beams,
        scaling: "2.5e-3",
        ..dose()
    };
    let fixtures = [beam("2.25.100", &[1]), beam("2.25.101", &[2])];
    let (together, apart) = with(&fixtures, |doses| {
        let phase = PhaseDose {
            doses,
            fractions: n(25),
        };
        let phases = [&doses[..1], &doses[1..]].map(|doses| PhaseDose {
            doses,
            fractions: n(25),
        });
        let together = convert(&[phase], late(), EQD2).unwrap();
        (together, convert(&phases, late(), EQD2).unwrap_err())
    });
    assert!((together.voxels[9] - 43.2).abs() < 1e-5);
    // apart they would be below 36
    assert_eq!(
        apart.to_string(),
        "dose 2 and dose 1 are of one fraction group of one plan, so they are given in the same fractions: put them into one phase, joined by commas"
    );
    assert_eq!(together.summation, SummationType::Beam);
    assert_eq!(together.plans[0].fraction_groups[0].beams, [1, 2]);
    let twice = [beam("2.25.100", &[1, 2]), beam("2.25.101", &[2])];
    let error = with(&twice, |doses| sum(doses).unwrap_err());
    assert_eq!(
        error.to_string(),
        "dose 2 and dose 1 share treatment, which would be counted twice: both hold beam 2 of fraction group 1 of one plan"
    );
}

#[test]
fn doses_that_do_not_belong_together_are_refused() {
    let refused = |other: DoseFixture| eqd2(&[(dose(), 25), (other, 8)]).unwrap_err().to_string();
    let other = second("5.0e-3");
    assert!(refused(dose()).contains("counted twice"));
    let patient = DoseFixture {
        patient: "synthetic-2",
        ..other.clone()
    };
    assert_eq!(
        refused(patient),
        "dose 2: it belongs to another patient than the first"
    );
    for (fixture, what) in [
        (
            DoseFixture {
                position: "-10\\-20\\31",
                ..other.clone()
            },
            "position",
        ),
        (
            DoseFixture {
                offsets: Some("0\\-2.5"),
                ..other.clone()
            },
            "distance of the frames",
        ),
        (
            DoseFixture {
                offsets: Some("0\\3"),
                ..other.clone()
            },
            "distance of the frames",
        ),
        (
            DoseFixture {
                frame_of_reference: "2.25.8",
                ..other.clone()
            },
            "frame of reference",
        ),
        (
            DoseFixture {
                size: (3, 2, 2),
                ..other.clone()
            },
            "size",
        ),
    ] {
        assert!(refused(fixture).contains(what), "{what}");
    }
    // positions and distances are two ways of writing the same offsets
    let positions = DoseFixture {
        offsets: Some("30\\32.5"),
        ..other.clone()
    };
    assert!(eqd2(&[(dose(), 25), (positions, 8)]).is_ok());
}

/// The ID is one; what else the files say of the patient is compared too.
#[test]
fn doses_of_one_id_are_held_against_one_another() {
    use common::text;
    let summed = |changes: &[(dicom_core::Tag, VR, &str)], of_both: &[dicom_core::Tag]| {
        let (mut one, mut other) = (dose().object(), second("5.0e-3").object());
        for (tag, vr, value) in changes {
            text(&mut other, *tag, *vr, value);
        }
        for tag in of_both {
            one.remove_element(*tag);
            other.remove_element(*tag);
        }
        let explicit = uids::EXPLICIT_VR_LITTLE_ENDIAN;
        let files = [one, other].map(|object| encoded(object, explicit));
        let files = files.each_ref().map(|bytes| file(bytes));
        let doses = files.each_ref().map(|file| file.dose().unwrap());
        sum(&[&doses[0], &doses[1]]).map(|sum| {
            sum.notes
                .iter()
                .map(|note| note.outcome)
                .collect::<Vec<_>>()
        })
    };
    let name = (tags::PATIENT_NAME, VR::PN, "SYNTHETIC^OTHER");
    assert_eq!(summed(&[], &[]).unwrap(), []);
    assert_eq!(
        summed(&[(tags::PATIENT_NAME, VR::PN, "Synthetic^Dose^")], &[]).unwrap(),
        []
    );
    assert_eq!(summed(&[name], &[]).unwrap(), [Outcome::Warn]);
    // made anonymous, in one frame of reference
    assert_eq!(summed(&[], &[tags::PATIENT_ID]).unwrap(), [Outcome::Warn]);
    assert_eq!(
        summed(&[name], &[tags::PATIENT_ID]).unwrap(),
        [Outcome::CannotTell]
    );
    let mut one = dose().object();
    text(&mut one, tags::PATIENT_SEX, VR::CS, "F");
    let mut other = second("5.0e-3").object();
    text(&mut other, tags::PATIENT_SEX, VR::CS, "M");
    text(&mut other, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^OTHER");
    let files = [one, other].map(|object| encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
    let doses = files.each_ref().map(|bytes| file(bytes));
    let doses = doses.each_ref().map(|file| file.dose().unwrap());
    let sum = sum(&[&doses[0], &doses[1]]).unwrap();
    assert_eq!(sum.notes[0].outcome, Outcome::CannotTell);
    assert!(sum.notes[0].message().contains("the name of dose 2"));
    let unnamed = summed(&[(tags::PATIENT_ID, VR::LO, "")], &[]).unwrap_err();
    assert_eq!(unnamed, ConvertError::NoPatient { at: 2 });
}

#[test]
fn only_absorbed_dose_in_gray_of_a_whole_phase_is_converted() {
    let refused = |fixture: DoseFixture| eqd2(&[(fixture, 25)]).unwrap_err();
    let relative = DoseFixture {
        units: Some("RELATIVE"),
        ..dose()
    };
    assert_eq!(
        refused(relative),
        ConvertError::Units {
            at: 1,
            units: DoseUnits::Relative
        }
    );
    let unstated = DoseFixture {
        units: None,
        ..dose()
    };
    assert_eq!(
        refused(unstated),
        ConvertError::Units {
            at: 1,
            units: DoseUnits::NotStated
        }
    );
    let effective = DoseFixture {
        dose_type: "EFFECTIVE",
        ..dose()
    };
    assert_eq!(
        refused(effective),
        ConvertError::DoseType {
            at: 1,
            dose_type: DoseType::Effective
        }
    );
    for summation in ["MULTI_PLAN", "CONTROL_POINT", "FRACTION_SESSION"] {
        let part = DoseFixture {
            summation,
            ..dose()
        };
        assert!(matches!(
            refused(part),
            ConvertError::Summation { at: 1, .. }
        ));
    }
    let wrong_scale = DoseFixture {
        scaling: "0.5",
        ..dose()
    };
    assert_eq!(
        refused(wrong_scale),
        ConvertError::Implausible {
            at: 1,
            maximum: "5500".into()
        }
    );
    assert_eq!(
        convert(&[], late(), EQD2).unwrap_err(),
        ConvertError::Nothing
    );
    assert_eq!(sum(&[]).unwrap_err(), ConvertError::Nothing);
}

#[test]
fn what_is_written_is_an_rt_dose_that_reads_back() {
    let converted = eqd2(&[(dose(), 25), (second("1.6e-3"), 8)]).unwrap();
    let created = Created::new("20261123", "101500").unwrap();
    let options = WriteOptions {
        created: Some(created),
        ..WriteOptions::default()
    };
    let bytes = converted.to_bytes(&options).unwrap();
    let file = file(&bytes);
    let dose = file.dose().unwrap();
    assert_eq!(dose.dose_type, DoseType::Effective);
    assert_eq!(dose.units, DoseUnits::Gray);
    assert_eq!(dose.summation, SummationType::MultiPlan);
    assert_eq!(dose.plans, converted.plans);
    assert_eq!(dose.grid, Some(converted.grid.clone()));
    assert_eq!(dose.patient.id.as_deref(), Some("synthetic-1"));
    assert_eq!(
        dose.identity.study.as_ref().map(ToString::to_string),
        Some("2.25.2".into())
    );
    let comment = crate::revealed(dose.comment.as_ref()).unwrap();
    assert!(
        comment.starts_with("EQD2Gy(a/b = 3); chemorad "),
        "{comment}"
    );
    let read = dose.statistics(&[]).unwrap();
    assert!((read.maximum.to_f64() - f64::from(converted.maximum())).abs() < 1e-6);
    // it is no absorbed dose any more
    assert!(matches!(sum(&[&dose]), Err(ConvertError::DoseType { .. })));

    let other = dicom_object::from_reader(bytes.as_slice()).unwrap();
    let text = |tag| {
        other
            .element(tag)
            .unwrap()
            .to_str()
            .unwrap()
            .trim()
            .to_owned()
    };
    assert!(text(tags::DERIVATION_DESCRIPTION).contains("n = 25, 8; a/b = 3 Gy; x = 2 Gy"));
    for tag in [tags::SOP_INSTANCE_UID, tags::SERIES_INSTANCE_UID] {
        let uid = text(tag);
        assert!(uid.starts_with("2.25.") && uid.len() <= 64, "{uid}");
    }
    assert_ne!(
        text(tags::SOP_INSTANCE_UID),
        text(tags::SERIES_INSTANCE_UID)
    );
    let sources = other
        .element(tags::SOURCE_IMAGE_SEQUENCE)
        .unwrap()
        .items()
        .unwrap();
    assert_eq!(sources.len(), 2);
    // the same input gives the same file; other content never the same UID
    assert_eq!(converted.to_bytes(&options).unwrap(), bytes);
    let again = eqd2(&[(common::dose(), 24), (second("1.6e-3"), 8)]).unwrap();
    let again = again.to_bytes(&options).unwrap();
    let again = dicom_object::from_reader(again.as_slice()).unwrap();
    let uid = again
        .element(tags::SOP_INSTANCE_UID)
        .unwrap()
        .to_str()
        .unwrap();
    assert_ne!(uid.trim(), text(tags::SOP_INSTANCE_UID));
}

#[test]
fn long_decimals_are_written_within_sixteen_characters() {
    let mut fixture = dose();
    fixture.position = "-228.654191512345\\1.23456789012345e-7\\-122.4407";
    let bytes = written(&eqd2(&[(fixture, 25)]).unwrap());
    let other = dicom_object::from_reader(bytes.as_slice()).unwrap();
    let text = other
        .element(tags::IMAGE_POSITION_PATIENT)
        .unwrap()
        .to_str()
        .unwrap();
    let values: Vec<_> = text.trim().split('\\').collect();
    assert!(values.iter().all(|value| value.len() <= 16), "{values:?}");
    assert!((values[0].parse::<f64>().unwrap() + 228.654_191_512_345).abs() < 1e-9);
}

/// Sixteen bits hold the same doses, coarser; nothing else changes.
#[test]
fn sixteen_bits_are_written_on_request() {
    let converted = eqd2(&[(dose(), 25)]).unwrap();
    let options = WriteOptions {
        bits: Bits::Sixteen,
        ..WriteOptions::default()
    };
    let bytes = converted.to_bytes(&options).unwrap();
    let narrow = file(&bytes);
    let narrow = narrow.dose().unwrap();
    // 55 Gy in 25 fractions is 57.2 Gy
    assert_eq!(narrow.scaling.as_ref().unwrap().text(), "873E-6");
    let other = dicom_object::from_reader(bytes.as_slice()).unwrap();
    let number = |tag| other.element(tag).unwrap().to_int::<u16>().unwrap();
    assert_eq!(number(tags::BITS_ALLOCATED), 16);
    assert_eq!(
        (number(tags::BITS_STORED), number(tags::HIGH_BIT)),
        (16, 15)
    );
    let pixels = other.element(tags::PIXEL_DATA).unwrap().to_bytes().unwrap();
    assert_eq!(pixels.len(), 24);
    for (pixel, voxel) in pixels.chunks_exact(2).zip(&converted.voxels) {
        let dose = f32::from(u16::from_le_bytes([pixel[0], pixel[1]])) * 873e-6;
        assert!((dose - voxel).abs() <= 437e-6, "{dose} {voxel}");
    }
}

/// On this grid the dose is a plane in space, which linear interpolation meets exactly.
fn plane(size: (u16, u16, u32), position: &'static str, offsets: &'static str) -> DoseFixture {
    let (rows, columns, frames) = size;
    let first: Vec<f64> = position.split('\\').map(|x| x.parse().unwrap()).collect();
    let offsets_mm: Vec<f64> = offsets.split('\\').map(|x| x.parse().unwrap()).collect();
    let mut stored = Vec::new();
    for frame in 0..frames {
        for row in 0..rows {
            for column in 0..columns {
                let x = first[0] + 2.5 * f64::from(column);
                let y = first[1] + 2.5 * f64::from(row);
                let z = first[2] + offsets_mm[usize::try_from(frame).unwrap()];
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a small positive number"
                )]
                stored.push((20_000.0 + 40.0 * x + 80.0 * y + 120.0 * z) as u32);
            }
        }
    }
    DoseFixture {
        instance: "2.25.102",
        plan: "2.25.7",
        size,
        offsets: Some(offsets),
        position,
        scaling: "1e-3",
        stored,
        ..dose()
    }
}

fn resampled(fixtures: &[DoseFixture], outside: Outside) -> Result<DerivedDose, ConvertError> {
    with(fixtures, |doses| {
        equivalent::sum(doses, GridPolicy::Trilinear { outside })
    })
}

#[test]
fn another_grid_is_resampled_only_when_asked_and_exactly_where_dose_is_linear() {
    let mut first = plane((3, 4, 3), "-10\\-20\\30", "0\\2\\4");
    first.instance = "2.25.100";
    first.plan = "2.25.1";
    first.stored.fill(0);
    // larger, shifted by a part of a voxel, frames backward and unevenly spaced
    let other = plane((8, 8, 4), "-13.5\\-23.25\\37", "0\\-2\\-6\\-9");
    let both = [first.clone(), other.clone()];
    let refused = with(&both, |doses| sum(doses).unwrap_err());
    assert!(matches!(refused, ConvertError::Grid { at: 2, .. }));
    assert!(refused.to_string().contains("ask for it to be resampled"));
    let sum = resampled(&both, Outside::Refuse).unwrap();
    let expected = plane(first.size, first.position, "0\\2\\4");
    for (voxel, stored) in sum.voxels.iter().zip(&expected.stored) {
        let expected = f64::from(*stored) * 1e-3;
        assert!(
            (f64::from(*voxel) - expected).abs() < 1e-5,
            "{voxel} {expected}"
        );
    }
    assert_eq!(sum.grid.rows, 3);
    assert_eq!(sum.notes[0].code(), "dose.resampled");
    let bytes = written(&sum);
    let other = dicom_object::from_reader(bytes.as_slice()).unwrap();
    let text = other.element(tags::DERIVATION_DESCRIPTION).unwrap();
    let text = text.to_str().unwrap();
    assert!(
        text.contains("dose 2 resampled to the grid of dose 1, trilinear"),
        "{text}"
    );
    // equal grids stay as they are, whatever the policy
    let same = resampled(
        &[first.clone(), second("1.6e-3")].map(|dose| DoseFixture {
            size: (2, 3, 2),
            offsets: Some("0\\2.5"),
            stored: (0..12).collect(),
            ..dose
        }),
        Outside::Refuse,
    );
    assert!(same.unwrap().notes.is_empty());
}

#[test]
fn outside_its_grid_a_dose_is_not_known_unless_it_is_said_to_be_zero() {
    let mut first = plane((3, 4, 3), "-10\\-20\\30", "0\\2\\4");
    first.instance = "2.25.100";
    first.plan = "2.25.1";
    first.stored.fill(1_000);
    // covers 2 of 4 columns, all rows, 2 of 3 frames
    let other = plane((3, 2, 2), "-10\\-20\\30", "0\\3");
    let both = [first, other];
    let error = resampled(&both, Outside::Refuse).unwrap_err();
    assert_eq!(
        error,
        ConvertError::Outside {
            at: 2,
            outside: 36 - 12
        }
    );
    assert!(error.to_string().contains("say that it counts as zero"));
    let sum = resampled(&both, Outside::Zero).unwrap();
    assert_eq!(sum.voxels.iter().filter(|dose| **dose == 1.0).count(), 24);
    assert!(
        sum.notes[0]
            .message()
            .contains("24 voxels lie outside its grid and count as zero")
    );
}

#[test]
fn turned_grids_and_other_spaces_are_never_resampled() {
    let first = dose();
    let elsewhere = DoseFixture {
        frame_of_reference: "2.25.8",
        ..second("1e-3")
    };
    assert!(matches!(
        resampled(&[first.clone(), elsewhere], Outside::Zero),
        Err(ConvertError::Space { at: 2, .. })
    ));
    for (orientation, why) in [
        ("0.6\\0.8\\0\\-0.8\\0.6\\0", "turned"),
        ("1\\0\\0\\0\\0.6\\0.8", "turned"),
        ("1\\0\\0\\1\\0\\0", "right angles"),
        ("2\\0\\0\\0\\1\\0", "right angles"),
    ] {
        let mut object = second("1e-3").object();
        common::text(
            &mut object,
            tags::IMAGE_ORIENTATION_PATIENT,
            VR::DS,
            orientation,
        );
        let (first, other) = (
            first.bytes(),
            encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN),
        );
        let (first, other) = (file(&first), file(&other));
        let doses = [first.dose().unwrap(), other.dose().unwrap()];
        let policy = GridPolicy::Trilinear {
            outside: Outside::Zero,
        };
        let error = equivalent::sum(&[&doses[0], &doses[1]], policy).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}

/// Resampling comes before the conversion: interpolating EQD2 would give another number.
#[test]
fn absorbed_dose_is_resampled_and_then_converted() {
    let one = |instance, position, stored: &[u32], size| DoseFixture {
        instance,
        position,
        offsets: None,
        size,
        stored: stored.to_vec(),
        scaling: "1e-3",
        ..dose()
    };
    let fixtures = [
        one("2.25.100", "1.25\\0\\0", &[0], (1, 1, 1)),
        DoseFixture {
            plan: "2.25.7",
            ..one("2.25.102", "0\\0\\0", &[0, 50_000], (1, 2, 1))
        },
    ];
    let converted = with(&fixtures, |doses| {
        let phases = [&doses[..1], &doses[1..]].map(|doses| PhaseDose {
            doses,
            fractions: n(25),
        });
        let policy = GridPolicy::Trilinear {
            outside: Outside::Refuse,
        };
        equivalent::convert(&phases, late(), EQD2, policy).unwrap()
    });
    // 25 Gy in 25 fractions, not half of the 50 Gy voxel's 50 Gy
    assert!((converted.voxels[0] - 20.0).abs() < 1e-5);
}

#[test]
fn a_source_without_a_place_cannot_be_written() {
    let mut object = dose().object();
    object.remove_element(tags::FRAME_OF_REFERENCE_UID);
    let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    let file = file(&bytes);
    let dose = file.dose().unwrap();
    let converted = sum(&[&dose]).unwrap();
    assert_eq!(
        converted
            .to_bytes(&WriteOptions::default())
            .unwrap_err()
            .to_string(),
        "the source dose has no Frame of Reference UID, which an RT Dose must have"
    );
}

#[test]
fn compressed_pixels_are_refused_by_name() {
    let mut bytes = dose().bytes();
    let known = b"1.2.840.10008.1.2.1\0";
    let at = bytes
        .windows(known.len())
        .position(|window| window == known)
        .unwrap();
    bytes[at..at + known.len()].copy_from_slice(b"1.2.840.10008.1.2.5\0");
    let error = file(&bytes).dose().unwrap_err().to_string();
    assert!(error.contains("compressed"), "{error}");
}

proptest! {
    /// A uniform dose equals the exact result of the model; the size does not depend on the chunk.
    #[test]
    fn any_size_is_converted_throughout(
        rows in 1_u16..80, columns in 1_u16..80, stored in 1_u32..20_000, fractions in 1_u32..40,
    ) {
        let mut fixture = dose();
        fixture.size = (rows, columns, 1);
        fixture.offsets = None;
        fixture.stored = vec![stored; usize::from(rows) * usize::from(columns)];
        let total = f64::from(stored) * 5.0e-3;
        let expected = total * (total / f64::from(fractions) + 3.0) / 5.0;
        let converted = eqd2(&[(fixture, fractions)]).unwrap();
        let close = |voxel: &f32| (f64::from(*voxel) - expected).abs() <= 6.1e-8 * expected;
        prop_assert!(converted.voxels.iter().all(close));
        let bytes = written(&converted);
        let file = file(&bytes);
        let read = file.dose().unwrap().maximum().unwrap().to_f64();
        prop_assert!((read - expected).abs() <= 2e-7 * expected + 1e-9, "{} {}", read, expected);
    }
}

#[test]
fn a_dose_that_was_brought_from_other_images_is_said() {
    let said = |kind: Option<&str>| -> Vec<(String, Outcome)> {
        let mut object = dose().object();
        if let Some(kind) = kind {
            common::text(&mut object, tags::SPATIAL_TRANSFORM_OF_DOSE, VR::CS, kind);
        }
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let dose = file(&bytes).dose().unwrap().without_pixels();
        dose.notes
            .iter()
            .map(|note| (note.code().into(), note.outcome))
            .collect()
    };
    assert_eq!(said(None), []);
    assert_eq!(said(Some("NONE")), []);
    let code = "dose.spatial_transform".to_string();
    assert_eq!(said(Some("RIGID")), [(code.clone(), Outcome::Warn)]);
    assert_eq!(said(Some("NON_RIGID")), [(code, Outcome::CannotTell)]);
}

/// Bins of another kind than the type says: the volume of a histogram is not guessed.
#[test]
fn the_type_of_a_histogram_is_held_against_its_bins() {
    let falls = "1\\9\\1\\5\\1\\4\\1\\2\\1\\0";
    let rises = "1\\1\\1\\5\\1\\9\\1\\2\\1\\0";
    let rounded = "1\\9\\1\\9.0001\\1\\4\\1\\2\\1\\0";
    for (kind, data, volume) in [
        ("CUMULATIVE", falls, Some("9")),
        ("CUMULATIVE", rounded, Some("9")),
        ("CUMULATIVE", rises, None),
        ("DIFFERENTIAL", rises, Some("17")),
        ("DIFFERENTIAL", falls, None),
        ("NATURAL", falls, None),
    ] {
        let mut item = histogram("4", data, &[("1", None)]);
        common::text(&mut item, tags::DVH_TYPE, VR::CS, kind);
        common::text(&mut item, tags::DVH_NUMBER_OF_BINS, VR::IS, "5");
        let mut object = dose().object();
        common::sequence(&mut object, tags::DVH_SEQUENCE, vec![item]);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let found = file.dose().unwrap();
        let volume = volume.map(|volume| volume.parse().unwrap());
        assert_eq!(found.dvhs[0].whole_volume(), volume, "{kind} {data}");
        let mut notes = found.notes.iter();
        let is_named = notes.any(|note| note.code() == "dvh.type_vs_data");
        assert_eq!(
            is_named,
            volume.is_none() && kind != "NATURAL",
            "{kind} {data}"
        );
    }
}

#[test]
fn the_bins_of_a_histogram_are_as_many_as_it_states() {
    let said = |stated: Option<&str>| -> Vec<String> {
        let mut item = histogram("4", "1\\9\\1\\5\\1\\0", &[("1", None)]);
        if let Some(stated) = stated {
            common::text(&mut item, tags::DVH_NUMBER_OF_BINS, VR::IS, stated);
        }
        let mut object = dose().object();
        common::sequence(&mut object, tags::DVH_SEQUENCE, vec![item]);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let notes = file.dose().unwrap().notes.into_iter();
        let of_bins = notes.filter(|note| note.message().contains("Number of Bins"));
        of_bins.map(|note| note.to_string()).collect()
    };
    assert_eq!(said(Some("3")), [""; 0]);
    assert_eq!(said(None), [""; 0]);
    let other = said(Some("2"));
    assert_eq!(other.len(), 1, "{other:?}");
    assert!(other[0].ends_with("expected 2 bins; found 3"), "{other:?}");
}

#[test]
fn the_doses_of_bins() {
    // 10 cc at 2 Gy and 10 cc at 4 Gy, by bins of 1 Gy and by bins as wide as the doses allow
    let at_beginnings = "1\\20\\1\\20\\1\\20\\1\\10\\1\\10\\1\\0";
    let at_ends = "1\\20\\1\\20\\1\\10\\1\\10\\1\\0\\1\\0";
    let uneven = "2\\20\\1\\20\\1\\10\\1\\10\\1\\0";
    let apart = "2\\0\\1\\10\\1\\0\\1\\10\\1\\0";
    for (kind, data, has_mean) in [
        ("CUMULATIVE", at_beginnings, true),
        ("CUMULATIVE", at_ends, true),
        ("CUMULATIVE", uneven, true),
        ("DIFFERENTIAL", apart, true),
        // of another kind than is said, without a volume, of no kind
        ("CUMULATIVE", apart, false),
        ("DIFFERENTIAL", at_beginnings, false),
        ("DIFFERENTIAL", "1\\0\\1\\0", false),
        ("CUMULATIVE", "1\\0\\1\\0", false),
        ("NATURAL", at_ends, false),
    ] {
        let mut item = histogram("4", data, &[("1", None)]);
        common::text(&mut item, tags::DVH_TYPE, VR::CS, kind);
        common::text(&mut item, tags::DVH_DOSE_SCALING, VR::DS, "2");
        let bins = data.matches('\\').count().div_ceil(2);
        common::text(
            &mut item,
            tags::DVH_NUMBER_OF_BINS,
            VR::IS,
            &bins.to_string(),
        );
        let mut object = dose().object();
        common::sequence(&mut object, tags::DVH_SEQUENCE, vec![item]);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let found = &file.dose().unwrap().dvhs[0];
        let mean = found.mean_of_bins();
        assert_eq!(mean.is_some(), has_mean, "{kind} {data}: {mean:?}");
        if let Some(mean) = mean {
            // doubled by the scaling: the bins tell the dose to one of them
            assert!(
                (mean.value - 6.0).abs() <= mean.within,
                "{kind} {data}: {mean:?}"
            );
            assert!(mean.within <= 2.0, "{kind} {data}: {mean:?}");
            let end = found.maximum_of_bins().unwrap();
            assert!(
                (end.value - 8.0).abs() <= end.within,
                "{kind} {data}: {end:?}"
            );
        }
    }
}

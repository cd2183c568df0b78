//! The sample files of two open-source projects, when they are there, with the values listed beside them.
use std::io::Write;
use std::path::PathBuf;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dicom::equivalent::{GridPolicy, sum};
use chemorad_dicom::{DicomFile, Dose, DosePerFraction, Kind, Plan, Purpose, ReadError};
use chemorad_dosimetry::{DoseUnits, PlanApproval, PlanKind, SummationType, TargetKind};

/// `None`, said aloud, when the samples are not there.
fn sample(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/dicom");
    let folder = std::env::var_os("CHEMORAD_DICOM_SAMPLES").map_or(folder, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    // not through `eprintln!`, which the test harness hides
    let _ = writeln!(
        std::io::stderr(),
        "NOT TESTED: no sample {}",
        path.display()
    );
    None
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn plan(name: &str) -> Option<Plan> {
    sample(name).map(|path| {
        let file = DicomFile::open(&path).unwrap();
        assert_eq!(*file.kind(), Kind::Plan);
        assert_eq!(file.transfer_syntax().uid(), "1.2.840.10008.1.2");
        file.plan().unwrap()
    })
}

fn known(plan: &Plan) -> (u32, Decimal, Decimal) {
    let [group] = plan.fraction_groups.as_slice() else {
        panic!("one fraction group");
    };
    let DosePerFraction::Known { dose, .. } = group.dose_per_fraction() else {
        panic!("a known dose");
    };
    (
        group.fractions_planned.unwrap(),
        dose,
        group.total_dose().unwrap(),
    )
}

#[test]
fn pydicom_plan() {
    let Some(plan) = plan("pydicom/rtplan.dcm") else {
        return;
    };
    assert_eq!(
        known(&plan),
        (30, decimal("1.0275401"), decimal("30.826203"))
    );
    let beam = &plan.fraction_groups[0].beams[0];
    assert_eq!(beam.dose.as_ref().unwrap().text(), "1.02754010000000");
    assert_eq!(beam.meterset.as_ref().unwrap().text(), "116.003669700000");
    assert_eq!(plan.beams[0].beam_type.as_deref(), Some("STATIC"));
    assert_eq!(plan.beams[0].radiation_type.as_deref(), Some("PHOTON"));
    let [organ, target] = plan.dose_references.as_slice() else {
        panic!("two dose references");
    };
    assert_eq!(organ.reference_type, TargetKind::OrganAtRisk);
    assert_eq!(organ.structure_type.as_deref(), Some("COORDINATES"));
    assert_eq!(crate::revealed(organ.description.as_ref()), Some("iso"));
    assert_eq!(
        organ.organ_at_risk_maximum.as_ref().unwrap().text(),
        "75.0000000000000"
    );
    assert_eq!(organ.target_prescription, None);
    assert_eq!(target.reference_type, TargetKind::Target);
    assert_eq!(target.structure_type.as_deref(), Some("COORDINATES"));
    assert_eq!(crate::revealed(target.description.as_ref()), Some("PTV"));
    let prescription = target.target_prescription.as_ref().unwrap();
    assert_eq!(prescription.text(), "30.8262030000000");
    assert_eq!(
        Some(prescription.value()),
        plan.fraction_groups[0].total_dose()
    );
    assert_eq!(plan.approval, PlanApproval::Unapproved);
    assert_eq!(plan.technique, PlanKind::ExternalBeam);
    assert_eq!(plan.label, Some("Plan1".into()));
}

#[test]
fn pydicom_truncated_plan_is_an_error() {
    let Some(path) = sample("pydicom/rtplan_truncated.dcm") else {
        return;
    };
    let error = DicomFile::open(&path).unwrap_err();
    assert!(matches!(error, ReadError::Truncated { .. }), "{error}");
}

#[test]
fn dicompyler_plan() {
    let Some(plan) = plan("dicompyler-core/rtplan.dcm") else {
        return;
    };
    assert_eq!(known(&plan), (7, decimal("2"), decimal("14")));
    let beams = &plan.fraction_groups[0].beams;
    assert_eq!(beams.len(), 4);
    assert!(
        beams
            .iter()
            .all(|beam| beam.dose.as_ref().unwrap().text() == "5.0e-1")
    );
    assert!(beams.iter().all(|beam| beam.purpose == Purpose::Treatment));
    let metersets: Vec<Decimal> = beams
        .iter()
        .map(|beam| beam.meterset.as_ref().unwrap().value())
        .collect();
    assert_eq!(metersets, [97, 87, 89, 94].map(Decimal::from));
    assert!(
        plan.beams
            .iter()
            .all(|beam| beam.beam_type.as_deref() == Some("DYNAMIC"))
    );
    assert!(
        plan.beams
            .iter()
            .all(|beam| beam.radiation_type.as_deref() == Some("PHOTON"))
    );
    let targets: Vec<_> = plan
        .targets()
        .map(|target| {
            (
                target.structure_type.as_deref().unwrap(),
                crate::revealed(target.description.as_ref()).unwrap(),
                target.target_prescription.as_ref().unwrap().text(),
            )
        })
        .collect();
    assert_eq!(
        targets,
        [
            ("SITE", "Breast", "14"),
            ("COORDINATES", "CALC POINT", "11.3113869239676")
        ]
    );
    assert_eq!(plan.dose_references.len(), 2);
}

fn check_dose(name: &str, check: impl FnOnce(&Dose<'_>)) {
    if let Some(path) = sample(name) {
        let file = DicomFile::open(&path).unwrap();
        assert_eq!(*file.kind(), Kind::Dose);
        check(&file.dose().unwrap());
    }
}

fn size(dose: &Dose<'_>) -> (u32, u16, u16) {
    let grid = dose.grid.as_ref().unwrap();
    (grid.frames, grid.rows, grid.columns)
}

#[test]
fn pydicom_dose() {
    check_dose("pydicom/rtdose.dcm", |dose| {
        let grid = dose.grid.as_ref().unwrap();
        assert_eq!(size(dose), (15, 10, 10));
        assert_eq!(grid.spacing, Some([decimal("10"); 2]));
        assert_eq!(grid.offsets[..3], [0, 5, 10].map(Decimal::from));
        assert_eq!(dose.scaling.as_ref().unwrap().text(), "1.0000000e-6");
        assert_eq!(dose.units, DoseUnits::Relative);
        assert_eq!(dose.dose_type.to_string(), "physical");
        assert_eq!(dose.summation, SummationType::Beam);
        assert_eq!(dose.maximum(), Some(decimal("1.254")));
        assert_eq!(dose.scale_finding(None).outcome, Outcome::NotApplicable);
        assert!(sum(&[dose], GridPolicy::MustCoincide).is_err());
        assert!(dose.notes.is_empty(), "{:?}", dose.notes);
    });
}

#[test]
fn pydicom_dose_of_one_frame() {
    check_dose("pydicom/rtdose_1frame.dcm", |dose| {
        assert_eq!(size(dose), (1, 10, 10));
        assert_eq!(dose.maximum(), Some(decimal("1.254")));
        assert_eq!(dose.units, DoseUnits::Relative);
        assert_eq!(dose.grid.as_ref().unwrap().offsets.len(), 1);
        let codes: Vec<&str> = dose.notes.iter().map(Finding::code).collect();
        assert_eq!(codes, ["dose.frame_offsets", "dose.no_volume"]);
        assert_eq!(dose.notes[0].found().as_deref(), Some("15"));
    });
}

#[test]
fn dicompyler_dose() {
    check_dose("dicompyler-core/rtdose.dcm", |dose| {
        let grid = dose.grid.as_ref().unwrap();
        assert_eq!(size(dose), (98, 129, 194));
        assert_eq!(grid.spacing, Some([decimal("2.5"); 2]));
        assert_eq!(grid.offsets[..3], [0, 3, 6].map(Decimal::from));
        assert_eq!(dose.scaling.as_ref().unwrap().text(), "1.4e-5");
        assert_eq!(dose.units, DoseUnits::Gray);
        assert_eq!(dose.summation, SummationType::Plan);
        assert_eq!(dose.maximum(), Some(decimal("14.680764")));
        assert_eq!(
            dose.scale_finding(Some(decimal("14"))).outcome,
            Outcome::Pass
        );
        let statistics = dose.statistics(&["100".parse().unwrap()]).unwrap();
        assert_eq!(statistics.voxels, 98 * 129 * 194);
        assert_eq!(statistics.maximum, decimal("14.680764"));
        assert_eq!(statistics.percentiles[0].1, decimal("14.680764"));
        let listed = [
            (
                1,
                "104.862666666667",
                "3.29907450685977",
                "14.70",
                "13944.4228874521",
            ),
            (3, "1.06772234922349", "0.56081753", "0.16", "0.74463057"),
            (
                4,
                "104.862666666667",
                "40.0966036902755",
                "14.70",
                "396.229293428901",
            ),
            (
                5,
                "22.1100949169492",
                "4.62539474348025",
                "3.11",
                "437.462317502643",
            ),
            (
                6,
                "90.8784610486105",
                "6.49481091498262",
                "12.74",
                "2008.94858711153",
            ),
            (7, "1.1092483804838", "0.76826905", "0.17", "0.56573489"),
            (
                8,
                "82.4788774527745",
                "45.1431178082148",
                "11.56",
                "0.34317663",
            ),
            (
                9,
                "104.066121885219",
                "102.076111745527",
                "14.58",
                "12.8091805493386",
            ),
            (
                10,
                "104.7292800208",
                "101.891559428916",
                "14.68",
                "62.8826901790407",
            ),
        ];
        assert_eq!(dose.dvhs.len(), listed.len());
        for (dvh, (region, maximum, mean, end, volume)) in dose.dvhs.iter().zip(listed) {
            assert_eq!(dvh.regions, [region]);
            assert_eq!(dvh.dvh_type.as_deref(), Some("CUMULATIVE"));
            assert_eq!(dvh.dose_units.as_deref(), Some("GY"));
            assert_eq!(dvh.volume_units.as_deref(), Some("CM3"));
            assert_eq!(dvh.dose_scaling.as_ref().unwrap().value(), decimal("1"));
            assert_eq!(dvh.maximum.as_ref().unwrap().value(), decimal(maximum));
            assert_eq!(dvh.mean.as_ref().unwrap().value(), decimal(mean));
            assert_eq!(dvh.data_end, Some(decimal(end)), "region {region}");
            assert_eq!(dvh.first_volume, Some(decimal(volume)));
        }
        // percent in a tag that says Gy is noticed for each of them
        let noticed = |note: &&Finding| note.code() == "dvh.tags_vs_data";
        assert_eq!(dose.notes.iter().filter(noticed).count(), listed.len());
    });
}

#[test]
fn structure_sets() {
    if let Some(path) = sample("dicompyler-core/rtss.dcm") {
        let file = DicomFile::open(&path).unwrap();
        let listed = [
            (1, "BODY", "EXTERNAL", 141),
            (2, "Areola", "AVOIDANCE", 0),
            (3, "Borders", "CTV", 2),
            (4, "Breast", "GTV", 48),
            (5, "Heart", "ORGAN", 33),
            (6, "Lt Lung", "AVOIDANCE", 165),
            (7, "Nodes", "AVOIDANCE", 4),
            (8, "Scar", "AVOIDANCE", 6),
            (9, "Tumor Bed", "CTV", 18),
            (10, "Tumor Bed Block", "GTV", 24),
        ];
        check_regions(&file, &listed);
        let error = file.plan().unwrap_err();
        assert_eq!(
            error.to_string(),
            "this is not an RT Plan but an RT Structure Set"
        );
    }
    if let Some(path) = sample("pydicom/rtstruct.dcm") {
        let file = DicomFile::open(&path).unwrap();
        assert_eq!(
            file.transfer_syntax().to_string(),
            "implicit VR little endian (recognised; the file does not say)"
        );
        let listed = [
            (1, "patient", "EXTERNAL", 3),
            (2, "Isocenter 1", "ISOCENTER", 1),
            (3, "Isocenter 2", "ISOCENTER", 1),
        ];
        check_regions(&file, &listed);
    }
}

fn check_regions(file: &DicomFile<'_>, listed: &[(i32, &str, &str, usize)]) {
    let set = file.structure_set().unwrap();
    let regions: Vec<_> = set
        .regions
        .iter()
        .map(|region| {
            (
                region.number,
                crate::revealed(region.name.as_ref()).unwrap(),
                region.interpreted_type.as_deref().unwrap(),
                region.contours,
            )
        })
        .collect();
    assert_eq!(regions, listed);
}

"""Independent agreement: pydicom and numpy against chemorad, and validators on every file it writes.

    python3 -m venv venv && venv/bin/pip install -r crates/dicom/tests/requirements.txt
    CHEMORAD_FILES=target/files cargo test -p chemorad-dicom --test suite files::
    cargo build -p chemorad-cli
    venv/bin/python crates/dicom/tests/agreement.py target/debug/chemorad target/files [more folders]

1. Every value `inspect --format json` shows is read again with pydicom, from every file of the folders,
   and compared: texts as texts, doses as exact decimals. Files that one of the two refuses are listed.
2. `dose eqd2`, `bed`, `sum` and `stats` are calculated again with numpy, voxel by voxel, from what
   pydicom reads.
3. Every file written is opened by pydicom in its strict mode, compared with the standard's tables of
   modules (as highdicom carries them), and given to dciodvfy. That program stops with an assertion at 32-bit
   pixels in OW, in sample files of others too; it sees a copy in which Bits Allocated, Bits Stored and High
   Bit say 16 and the pixels are half as long, and every other byte is as written.

It ends with exit code 1 and says what differs, or prints what it compared.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import warnings
from decimal import Decimal, localcontext
from pathlib import Path

import numpy as np
import pydicom
from highdicom import _standard_utils as standard
from pydicom import config
from pydicom.uid import UID

KINDS = {
    "1.2.840.10008.5.1.4.1.1.481.5": "plan",
    "1.2.840.10008.5.1.4.1.1.481.8": "ion_plan",
    "1.2.840.10008.5.1.4.1.1.481.2": "dose",
    "1.2.840.10008.5.1.4.1.1.481.3": "structure_set",
    "1.2.840.10008.5.1.4.1.1.481.4": "treatment_record",
    "1.2.840.10008.5.1.4.1.1.481.9": "ion_treatment_record",
}
CHEMORAD = str(Path(sys.argv[1]).resolve())
FILES = Path(sys.argv[2])
FOLDERS = [Path(folder) for folder in sys.argv[2:]]

failures = []
compared = 0


def same(where, ours, theirs):
    """One value of both."""
    global compared
    compared += 1
    if ours != theirs:
        failures.append(f"{where}: chemorad {ours!r}, other {theirs!r}")


def run(*args, expect=0):
    done = subprocess.run([CHEMORAD, *map(str, args)], capture_output=True, text=True)
    if done.returncode != expect:
        failures.append(f"{args}: exit code {done.returncode}: {done.stderr.strip()}")
        return None
    return done


def run_json(*args, expect=0):
    done = run(*args, "--format", "json", expect=expect)
    return done and json.loads(done.stdout)


# --- what pydicom reads -------------------------------------------------------------------------------


def text(item, keyword):
    value = item.get(keyword)
    if value is None:
        return None
    if isinstance(value, pydicom.multival.MultiValue):
        value = "\\".join(map(str, value))
    value = str(value).strip(" \0")
    return value or None


def code(item, keyword):
    value = text(item, keyword)
    return value and value.upper()


def raw(item, keyword):
    """A decimal string as it stands in the file."""
    element = item.get(keyword)
    if element is None or element == "":
        return None
    return element.original_string.strip() if hasattr(element, "original_string") else str(element)


def decimal(item, keyword):
    value = raw(item, keyword)
    return None if value is None else Decimal(value)


def integer(item, keyword):
    value = item.get(keyword)
    return None if value in (None, "") else int(value)


def ours_decimal(value):
    return None if value is None else Decimal(value)


def sequence(item, keyword):
    return item.get(keyword) or []


TREATS = {"TREATMENT": True, "CONTINUATION": True, None: True}
TREATS |= {"SETUP": False, "OPEN_PORTFILM": False, "TRMT_PORTFILM": False}


def group_sum(group, purposes):
    """The sum of the doses of one fraction, or why there is none; written anew, not after the Rust code."""
    setups = sequence(group, "ReferencedBrachyApplicationSetupSequence")
    beams = sequence(group, "ReferencedBeamSequence")
    if setups and beams:
        return "mixed", None
    parts = [(True, decimal(s, "BrachyApplicationSetupDose")) for s in setups]
    for beam in beams:
        number = integer(beam, "ReferencedBeamNumber")
        treats = TREATS.get(purposes[number]) if number in purposes else None
        parts.append((treats, decimal(beam, "BeamDose")))
    if any(treats is None or (treats and dose is None) for treats, dose in parts):
        return "unknown", None
    doses = [dose for treats, dose in parts if treats]
    if not doses:
        return "nothing", None
    return "known", sum(doses, Decimal(0))


def references(ours, theirs, where):
    same(f"{where} number", len(ours), len(theirs))
    for a, b in zip(ours, theirs):
        same(f"{where} class", a["sop_class"], text(b, "ReferencedSOPClassUID"))
        same(f"{where} instance", a["sop_instance"], text(b, "ReferencedSOPInstanceUID"))


def plan_references(ours, theirs, where):
    references(ours, theirs, where)
    for a, b in zip(ours, theirs):
        groups = sequence(b, "ReferencedFractionGroupSequence")
        same(f"{where} groups", len(a["fraction_groups"]), len(groups))
        for group, other in zip(a["fraction_groups"], groups):
            same(f"{where} group", group["number"], integer(other, "ReferencedFractionGroupNumber"))
            beams = sequence(other, "ReferencedBeamSequence")
            numbers = [integer(beam, "ReferencedBeamNumber") for beam in beams]
            same(f"{where} beams", group["beams"], numbers)


def plan(name, ours, sums, theirs, ion):
    for key, keyword in [
        ("label", "RTPlanLabel"),
        ("name", "RTPlanName"),
        ("description", "RTPlanDescription"),
        ("date", "RTPlanDate"),
    ]:
        same(f"{name} {key}", ours[key], text(theirs, keyword))
    same(f"{name} intent", ours["intent"], code(theirs, "PlanIntent"))
    same(f"{name} geometry", ours["geometry"], code(theirs, "RTPlanGeometry"))
    approval = code(theirs, "ApprovalStatus")
    stated = {"not_stated": None}.get(str(ours["approval"]), str(ours["approval"]).upper())
    same(f"{name} approval", stated, approval)
    references(
        ours["structure_sets"], sequence(theirs, "ReferencedStructureSetSequence"), f"{name} set"
    )
    plan_references(
        ours["referenced_plans"], sequence(theirs, "ReferencedRTPlanSequence"), f"{name} plan"
    )

    others = sequence(theirs, "DoseReferenceSequence")
    same(f"{name} dose references", len(ours["dose_references"]), len(others))
    for a, b in zip(ours["dose_references"], others):
        at = f"{name} dose reference {a['number']}"
        same(at, a["number"], integer(b, "DoseReferenceNumber"))
        same(f"{at} uid", a["uid"], text(b, "DoseReferenceUID"))
        same(f"{at} structure", a["structure_type"], code(b, "DoseReferenceStructureType"))
        same(f"{at} description", a["description"], text(b, "DoseReferenceDescription"))
        same(f"{at} region", a["region"], integer(b, "ReferencedROINumber"))
        kind = a["reference_type"]
        kind = kind["other"] if isinstance(kind, dict) else kind.upper()
        same(f"{at} type", None if kind == "NOT_STATED" else kind, code(b, "DoseReferenceType"))
        for key, keyword in [
            ("target_prescription", "TargetPrescriptionDose"),
            ("target_minimum", "TargetMinimumDose"),
            ("target_maximum", "TargetMaximumDose"),
            ("delivery_maximum", "DeliveryMaximumDose"),
            ("organ_at_risk_maximum", "OrganAtRiskMaximumDose"),
            ("prior_dose", "NominalPriorDose"),
        ]:
            same(f"{at} {key}", a[key], raw(b, keyword))

    described = sequence(theirs, "IonBeamSequence" if ion else "BeamSequence")
    same(f"{name} beams", len(ours["beams"]), len(described))
    purposes = {}
    for a, b in zip(ours["beams"], described):
        at = f"{name} beam {a['number']}"
        purposes[integer(b, "BeamNumber")] = code(b, "TreatmentDeliveryType")
        same(at, a["number"], integer(b, "BeamNumber"))
        same(f"{at} name", a["name"], text(b, "BeamName"))
        same(f"{at} type", a["beam_type"], code(b, "BeamType"))
        same(f"{at} radiation", a["radiation_type"], code(b, "RadiationType"))

    groups = sequence(theirs, "FractionGroupSequence")
    same(f"{name} groups", len(ours["fraction_groups"]), len(groups))
    for a, b, total in zip(ours["fraction_groups"], groups, sums):
        at = f"{name} group {a['number']}"
        same(at, a["number"], integer(b, "FractionGroupNumber"))
        same(f"{at} description", a["description"], text(b, "FractionGroupDescription"))
        same(f"{at} n", a["fractions_planned"], integer(b, "NumberOfFractionsPlanned"))
        same(f"{at} beams declared", a["beams_declared"], integer(b, "NumberOfBeams"))
        beams = sequence(b, "ReferencedBeamSequence")
        same(f"{at} beams", len(a["beams"]), len(beams))
        for beam, other in zip(a["beams"], beams):
            same(f"{at} beam", beam["number"], integer(other, "ReferencedBeamNumber"))
            same(f"{at} beam dose", beam["dose"], raw(other, "BeamDose"))
            same(f"{at} beam dose type", beam["dose_type"], code(other, "BeamDoseType"))
            same(f"{at} meterset", beam["meterset"], raw(other, "BeamMeterset"))
        setups = sequence(b, "ReferencedBrachyApplicationSetupSequence")
        same(f"{at} setups", len(a["brachy_setups"]), len(setups))
        for setup, other in zip(a["brachy_setups"], setups):
            same(f"{at} setup dose", setup["dose"], raw(other, "BrachyApplicationSetupDose"))
        status, dose = group_sum(b, purposes)
        fraction = total["dose_per_fraction"]
        same(f"{at} sum", fraction["status"], status)
        same(f"{at} dose per fraction", ours_decimal(fraction.get("dose")), dose)
        count = integer(b, "NumberOfFractionsPlanned")
        whole = None if dose is None or count is None else dose * count
        same(f"{at} total", total["total"] and Decimal(total["total"]["exact"]), whole)


def pixels(dataset):
    """The stored numbers, from the bytes: frames, rows, columns."""
    size = dataset.BitsAllocated // 8
    order = "<" if dataset.is_little_endian else ">"
    shape = (int(dataset.get("NumberOfFrames") or 1), dataset.Rows, dataset.Columns)
    count = int(np.prod(shape))
    return np.frombuffer(dataset.PixelData[: count * size], f"{order}u{size}").reshape(shape)


def values(dataset, keyword, ours, where):
    element = dataset.get(keyword)
    theirs = None if element is None else [Decimal(value.original_string) for value in element]
    same(where, ours and [Decimal(value) for value in ours], theirs)


def dose(name, shown, theirs):
    ours, maximum = shown["dose"], shown["maximum"]
    units = {"gray": "GY", "not_stated": None}.get(ours["units"], str(ours["units"]).upper())
    same(f"{name} units", units, code(theirs, "DoseUnits"))
    same(f"{name} type", ours["dose_type"].upper(), code(theirs, "DoseType"))
    same(f"{name} summation", ours["summation"].upper(), code(theirs, "DoseSummationType"))
    same(f"{name} comment", ours["comment"], text(theirs, "DoseComment"))
    same(f"{name} scaling", ours["scaling"], raw(theirs, "DoseGridScaling"))
    plan_references(ours["plans"], sequence(theirs, "ReferencedRTPlanSequence"), f"{name} plan")
    grid = ours["grid"]
    same(f"{name} size", (grid["frames"], grid["rows"], grid["columns"]), pixels(theirs).shape)
    values(theirs, "ImagePositionPatient", grid["position"], f"{name} position")
    values(theirs, "ImageOrientationPatient", grid["orientation"], f"{name} orientation")
    values(theirs, "PixelSpacing", grid["spacing"], f"{name} spacing")
    listed = theirs.get("GridFrameOffsetVector") or []
    listed = [listed] if isinstance(listed, float) else listed
    offsets = [Decimal(value.original_string) for value in listed][: grid["frames"]]
    same(f"{name} offsets", [Decimal(offset) for offset in grid["offsets"]], offsets)
    largest = int(pixels(theirs).max()) * decimal(theirs, "DoseGridScaling")
    same(f"{name} maximum", Decimal(maximum["exact"]), largest)
    histograms = sequence(theirs, "DVHSequence")
    same(f"{name} DVHs", len(ours["dvhs"]), len(histograms))
    for a, b in zip(ours["dvhs"], histograms):
        regions = [integer(r, "ReferencedROINumber") for r in b.DVHReferencedROISequence]
        at = f"{name} DVH {regions}"
        same(at, a["regions"], regions)
        same(f"{at} type", a["dvh_type"], code(b, "DVHType"))
        for key, keyword in [
            ("minimum", "DVHMinimumDose"),
            ("maximum", "DVHMaximumDose"),
            ("mean", "DVHMeanDose"),
            ("dose_scaling", "DVHDoseScaling"),
        ]:
            same(f"{at} {key}", a[key], raw(b, keyword))
        data = [Decimal(value.original_string) for value in b.DVHData]
        end = sum(data[0::2], Decimal(0)) * decimal(b, "DVHDoseScaling")
        same(f"{at} end", Decimal(a["data_end"]), end)
        same(f"{at} volume", Decimal(a["first_volume"]), data[1])


def structures(name, ours, theirs):
    # a label that holds the patient's name is withheld
    if not str(ours["label"]).startswith("(withheld"):
        same(f"{name} label", ours["label"], text(theirs, "StructureSetLabel"))
    regions = sequence(theirs, "StructureSetROISequence")
    same(f"{name} regions", len(ours["regions"]), len(regions))
    kinds = {
        integer(item, "ReferencedROINumber"): code(item, "RTROIInterpretedType")
        for item in sequence(theirs, "RTROIObservationsSequence")
    }
    contours = {
        integer(item, "ReferencedROINumber"): len(sequence(item, "ContourSequence"))
        for item in sequence(theirs, "ROIContourSequence")
    }
    for a, b in zip(ours["regions"], regions):
        number = integer(b, "ROINumber")
        at = f"{name} region {number}"
        same(at, a["number"], number)
        same(f"{at} name", a["name"], text(b, "ROIName"))
        same(f"{at} type", a["interpreted_type"], kinds.get(number))
        same(f"{at} contours", a["contours"], contours.get(number, 0))


def record(name, ours, theirs, ion):
    # pydicom reads a date as text
    date = text(theirs, "TreatmentDate")
    same(f"{name} date", ours["date"] and ours["date"].replace("-", ""), date)
    same(f"{name} time", ours["time"], text(theirs, "TreatmentTime"))
    same(f"{name} group", ours["fraction_group"], integer(theirs, "ReferencedFractionGroupNumber"))
    same(f"{name} n", ours["fractions_planned"], integer(theirs, "NumberOfFractionsPlanned"))
    plan_references(ours["plans"], sequence(theirs, "ReferencedRTPlanSequence"), f"{name} plan")
    beams = sequence(theirs, "TreatmentSessionIonBeamSequence" if ion else "TreatmentSessionBeamSequence")
    same(f"{name} beams", len(ours["beams"]), len(beams))
    for a, b in zip(ours["beams"], beams):
        at = f"{name} beam {a['number']}"
        same(at, a["number"], integer(b, "ReferencedBeamNumber"))
        same(f"{at} fraction", a["fraction"], integer(b, "CurrentFractionNumber"))
        same(f"{at} termination", a["termination"], code(b, "TreatmentTerminationStatus"))
        for key, keyword in [
            ("specified_meterset", "SpecifiedPrimaryMeterset"),
            ("delivered_meterset", "DeliveredPrimaryMeterset"),
        ]:
            same(f"{at} {key}", a[key], raw(b, keyword))
        doses = sequence(b, "ReferencedCalculatedDoseReferenceSequence")
        same(f"{at} doses", len(a["calculated"]), len(doses))
        for dose, other in zip(a["calculated"], doses):
            value = raw(other, "CalculatedDoseReferenceDoseValue")
            same(f"{at} dose", dose["dose"], value)


def read(path):
    """With pydicom, texts of decimals kept; `None` where it refuses."""
    try:
        dataset = pydicom.dcmread(path, force=True)
        list(dataset.iterall())
        return dataset if "SOPClassUID" in dataset else None
    except Exception as error:  # whatever a damaged file makes it raise
        print(f"  pydicom refuses {path.name}: {error}")
        return None


def inspect_all():
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.dcm")):
        done = subprocess.run(
            [CHEMORAD, "inspect", str(path), "--format", "json"], capture_output=True, text=True
        )
        theirs = read(path)
        if done.returncode == 2:
            print(f"  chemorad refuses {path.name}: {done.stderr.strip()}")
            same(f"{path} is a damaged sample", "truncated" in path.name, True)
            continue
        same(f"{path} exit code", done.returncode, 0)
        ours = json.loads(done.stdout)["files"][0]
        same(f"{path} SHA-256", ours["sha256"], hashlib.sha256(path.read_bytes()).hexdigest())
        same(f"{path} readable", theirs is not None, True)
        kind = KINDS.get(theirs.SOPClassUID, "other")
        same(f"{path} kind", ours["kind"], kind)
        name = path.stem
        if kind in ("plan", "ion_plan"):
            plan(name, ours["plan"], ours["sums"], theirs, kind == "ion_plan")
        elif kind == "dose":
            dose(name, ours, theirs)
        elif kind in ("treatment_record", "ion_treatment_record"):
            record(name, ours[kind], theirs, kind == "ion_treatment_record")
        else:
            structures(name, ours["structure_set"], theirs)
        # nobody is named unless that is asked for
        for keyword in ("PatientName", "PatientID", "PatientBirthDate"):
            value = text(theirs, keyword)
            if value and len(value) > 3:
                same(f"{name} hides {keyword}", value in done.stdout, False)


# --- what numpy calculates ----------------------------------------------------------------------------


def gray(dataset):
    """Doses in float64, as a user of numpy reads them."""
    return pixels(dataset).astype(np.float64) * float(dataset.DoseGridScaling)


def trilinear(target, source):
    """`source` in gray at the voxels of `target`, and where it is not known; axes along x, y, z."""

    def axes(dataset):
        x, y, z = map(float, dataset.ImagePositionPatient)
        rows, columns = map(float, dataset.PixelSpacing)
        offsets = np.array(list(map(float, dataset.GridFrameOffsetVector)))
        return (
            z + offsets - offsets[0],
            y + rows * np.arange(dataset.Rows),
            x + columns * np.arange(dataset.Columns),
        )

    volume = gray(source)
    inside = np.ones(pixels(target).shape, bool)
    for axis, (wanted, known) in enumerate(zip(axes(target), axes(source))):
        if known[0] > known[-1]:
            known, volume = known[::-1], np.flip(volume, axis)
        place = np.interp(wanted, known, np.arange(len(known)))
        lower = np.minimum(place.astype(int), max(len(known) - 2, 0))
        shape = [1, 1, 1]
        shape[axis] = -1
        part = (place - lower).reshape(shape)
        upper = np.minimum(lower + 1, len(known) - 1)
        volume = volume.take(lower, axis) * (1 - part) + volume.take(upper, axis) * part
        covered = (wanted >= known[0] - 1e-3) & (wanted <= known[-1] + 1e-3)
        inside &= covered.reshape(shape)
    return np.where(inside, volume, 0.0), inside


def eqd2(doses, n, alpha_beta):
    return doses * (doses / n + alpha_beta) / (2 + alpha_beta)


def bed(doses, n, alpha_beta):
    return doses * (1 + doses / (n * alpha_beta))


def written(path, expected, sources, dose_type):
    """A file that chemorad wrote: its voxels, its header, its readers."""
    config.settings.reading_validation_mode = config.RAISE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = pydicom.dcmread(path)
            list(found.iterall())
    except Exception as error:
        failures.append(f"{path.name}: pydicom's strict mode refuses it: {error}")
        return
    finally:
        config.settings.reading_validation_mode = config.WARN
    name = path.name
    step = float(found.DoseGridScaling)
    # rounded once to float32 and once to a step
    allowed = np.abs(expected) * 2.0**-24 * 1.01 + step / 2 * 1.0001
    off = np.abs(gray(found) - expected) - allowed
    same(f"{name} voxels that differ", int((off > 0).sum()), 0)
    same(f"{name} voxels", pixels(found).size, expected.size)
    first = sources[0]
    for keyword in ("Rows", "Columns", "PixelSpacing", "ImagePositionPatient", "PatientID"):
        same(f"{name} {keyword}", found.get(keyword), first.get(keyword))
    same(f"{name} dose type", found.DoseType, dose_type)
    same(f"{name} units", found.DoseUnits, "GY")
    same(f"{name} study", found.StudyInstanceUID, first.StudyInstanceUID)
    for keyword in ("SOPInstanceUID", "SeriesInstanceUID"):
        known = [source.get(keyword) for source in sources]
        same(f"{name} has a new {keyword}", found.get(keyword) in known, False)
        same(f"{name} has a valid {keyword}", UID(found.get(keyword)).is_valid, True)
    same(f"{name} header UID", found.file_meta.MediaStorageSOPInstanceUID, found.SOPInstanceUID)
    same(f"{name} is described", "chemorad" in found.DerivationDescription, True)
    modules(found, name)
    dciodvfy(path, found)


def modules(found, name):
    """What the standard's tables require of an RT Dose with a grid: type 1 with a value, type 2 there."""
    tables = standard.get_module_attribute_map()
    for module in standard.get_iod_module_map()["rt-dose"]:
        image = module["key"] in ("general-image", "image-plane", "image-pixel")
        frames = module["key"] == "multi-frame" and "NumberOfFrames" in found
        if module["usage"] != "M" and not image and not frames:
            continue
        for attribute in tables[module["key"]]:
            items = [found]
            for keyword in attribute["path"]:
                items = [item for parent in items for item in sequence(parent, keyword)]
            for item in items:
                at = f"{name} {module['key']} {attribute['keyword']} (type {attribute['type']})"
                keyword = attribute["keyword"]
                if attribute["type"] in ("1", "2"):
                    same(f"{at} is there", keyword in item, True)
                if attribute["type"] == "1" and keyword in item:
                    same(f"{at} has a value", item[keyword].is_empty, False)


def dciodvfy(path, found):
    checked = path
    if found.BitsAllocated == 32:
        checked = path.with_suffix(".as16")
        content = path.read_bytes()
        for element, number in ((0x0100, 32), (0x0101, 32), (0x0102, 31)):
            head = b"\x28\x00" + element.to_bytes(2, "little") + b"US\x02\x00"
            same(f"{path.name} has one {element:#06x}", content.count(head), 1)
            other = 16 if number == 32 else 15
            content = content.replace(
                head + number.to_bytes(2, "little"), head + other.to_bytes(2, "little")
            )
        length = len(found.PixelData)
        head = b"\xe0\x7f\x10\x00OW\x00\x00"
        same(f"{path.name} ends with its pixels", content[-length - 12 : -length - 4], head)
        half = length // 2
        content = content[: -length - 4] + half.to_bytes(4, "little") + content[-half:]
        checked.write_bytes(content)
    done = subprocess.run(["dciodvfy", str(checked)], capture_output=True, text=True)
    report = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    same(f"{path.name} dciodvfy names it", "RTDose" in report, True)
    # a source that names no plan gives a dose that names none: nothing is made up
    unknown = "Element=<ReferencedRTPlanSequence>"
    if not found.get("ReferencedRTPlanSequence"):
        report = [line for line in report if unknown not in line]
    else:
        same(f"{path.name} dciodvfy ends well", done.returncode, 0)
    for line in report:
        if line.startswith("Error") or "ssertion" in line:
            failures.append(f"{path.name}: dciodvfy: {line}")
        elif line != "RTDose":
            dubious.add(line)


dubious = set()


def conversions(folder):
    doses = FILES / "dose"
    before = {path: path.read_bytes() for path in doses.iterdir()}
    files = {name: doses / f"dose-{name}.dcm" for name in ("pelvis", "boost", "boost-other-grid")}
    files |= {name: doses / f"dose-{name}.dcm" for name in ("beam-1", "beam-2", "backward")}
    files |= {"one-frame": doses / "dose-one-frame.dcm"}
    data = {name: pydicom.dcmread(path) for name, path in files.items()}
    pelvis, boost = gray(data["pelvis"]), gray(data["boost"])
    other, inside = trilinear(data["pelvis"], data["boost-other-grid"])
    same("the other grid covers the first", bool(inside.all()), True)
    beams = gray(data["beam-1"]) + gray(data["beam-2"])
    two = ["--phase", f"{files['pelvis']}=25", "--phase", f"{files['boost']}=8"]
    far = ["--phase", f"{files['pelvis']}=25", "--phase", f"{files['boost-other-grid']}=8"]
    parts = ["--phase", f"{files['beam-1']},{files['beam-2']}=25"]

    def both(function, n_pelvis, n_boost, alpha_beta, second):
        return function(pelvis, n_pelvis, alpha_beta) + function(second, n_boost, alpha_beta)

    cases = [
        (["eqd2", files["pelvis"], "-n", 25], 3, eqd2(pelvis, 25, 3), ["pelvis"]),
        (["bed", files["pelvis"], "-n", 25], 10, bed(pelvis, 25, 10), ["pelvis"]),
        (["eqd2", *two], 3, both(eqd2, 25, 8, 3, boost), ["pelvis", "boost"]),
        (["bed", *two], 10, both(bed, 25, 8, 10, boost), ["pelvis", "boost"]),
        (["eqd2", *parts], 3, eqd2(beams, 25, 3), ["beam-1", "beam-2"]),
        (["eqd2", files["backward"], "-n", 25], 3, eqd2(gray(data["backward"]), 25, 3), ["backward"]),
        (["eqd2", files["one-frame"], "-n", 5], 3, eqd2(gray(data["one-frame"]), 5, 3), ["one-frame"]),
        (
            ["eqd2", *far, "--resample", "trilinear"],
            3,
            both(eqd2, 25, 8, 3, other),
            ["pelvis", "boost-other-grid"],
        ),
        (["sum", files["pelvis"], files["boost"]], None, pelvis + boost, ["pelvis", "boost"]),
        (
            ["sum", files["pelvis"], files["boost-other-grid"], "--resample", "trilinear"],
            None,
            pelvis + other,
            ["pelvis", "boost-other-grid"],
        ),
    ]
    for index, (args, alpha_beta, expected, sources) in enumerate(cases):
        for bits in (16, 32):
            out = folder / f"{index}-{args[0]}-{bits}.dcm"
            flags = ["-o", out, "--bits", bits]
            if alpha_beta:
                flags += ["--alpha-beta", f"{alpha_beta}Gy"]
            shown = run_json("dose", *args, *flags)
            if shown:
                kind = "EFFECTIVE" if alpha_beta else "PHYSICAL"
                written(out, expected, [data[name] for name in sources], kind)
                close = abs(shown["maximum"]["value"] - expected.max()) <= 1e-6 * expected.max()
                same(f"{out.name} maximum", close, True)
    # adding first and converting once is another number, so the test above can tell
    wrong = eqd2(pelvis + boost, 33, 3)
    same("one n for all is wrong", bool(np.abs(wrong - cases[2][2]).max() > 0.5), True)
    for path in FOLDERS[1:]:
        samples(path, folder)
    same("inputs untouched", before == {path: path.read_bytes() for path in doses.iterdir()}, True)


def samples(path, folder):
    """Doses in Gy among real files; relative ones are refused."""
    for file in sorted(path.rglob("*.dcm")):
        dataset = read(file)
        if dataset is None or KINDS.get(dataset.SOPClassUID) != "dose":
            continue
        out = folder / f"sample-{file.parent.name}-{file.name}"
        args = ["dose", "eqd2", file, "-n", 7, "--alpha-beta", "3Gy", "-o", out]
        if dataset.DoseUnits != "GY":
            run(*args, expect=2)
            same(f"{file} leaves nothing", out.exists(), False)
            continue
        for bits in (32, 16):
            run_json(*args, "--bits", bits, "--force")
            written(out, eqd2(gray(dataset), 7, 3), [dataset], "EFFECTIVE")
        statistics(file, dataset)


def statistics(path, dataset=None):
    dataset = dataset or pydicom.dcmread(path)
    percent, volumes = ["1", "33.3", "50", "98", "100"], ["2%", "50%", "0.03cm3", "1cm3"]
    flags = [flag for p in percent for flag in ("--percentile", p)]
    flags += [flag for v in volumes for flag in ("--dose-at-volume", v)]
    shown = run_json("dose", "stats", path, *flags)
    if not shown:
        return
    stored = np.sort(pixels(dataset), axis=None)
    scaling = decimal(dataset, "DoseGridScaling")
    at_rank = lambda rank: int(stored[rank - 1]) * scaling
    count = stored.size
    same(f"{path} voxels", shown["voxels"], count)
    same(f"{path} nonzero", shown["nonzero_voxels"], int((stored > 0).sum()))
    same(f"{path} minimum", Decimal(shown["minimum"]["exact"]), at_rank(1))
    same(f"{path} maximum", Decimal(shown["maximum"]["exact"]), at_rank(count))
    mean = float(Decimal(int(stored.sum(dtype=np.uint64))) * scaling / count)
    same(f"{path} mean", abs(shown["mean"]["value"] - mean) <= 1e-14 * mean, True)
    up = lambda value: int(value.to_integral_value(rounding="ROUND_CEILING"))
    for p, at in zip(percent, shown["percentiles"]):
        rank = up(Decimal(p) * count / 100)
        same(f"{path} percentile {p}", Decimal(at["dose"]["exact"]), at_rank(rank))
    rows, columns = (Decimal(value.original_string) for value in dataset.PixelSpacing)
    offsets = [Decimal(value.original_string) for value in dataset.GridFrameOffsetVector]
    voxel = rows * columns * abs(offsets[1] - offsets[0]) / 1000
    for v, at in zip(volumes, shown["dose_at_volume"]):
        part = Decimal(v.removesuffix("%").removesuffix("cm3"))
        hottest = up(part * count / 100 if v.endswith("%") else part / voxel)
        same(f"{path} hottest {v}", Decimal(at["dose"]["exact"]), at_rank(count - hottest + 1))


def main():
    config.settings.reading_validation_mode = config.WARN
    warnings.simplefilter("ignore")
    if not shutil.which("dciodvfy"):
        raise SystemExit("dciodvfy is missing: install the Debian package dicom3tools")
    if not any(FILES.rglob("*.dcm")):
        raise SystemExit(f"no files in {FILES}: write them first, as the head of this script says")
    with localcontext() as context, tempfile.TemporaryDirectory() as folder:
        context.prec = 60
        inspect_all()
        for name in ("pelvis", "boost", "backward", "16-big-endian", "32-deflated"):
            statistics(FILES / "dose" / f"dose-{name}.dcm")
        conversions(Path(folder))
    for line in sorted(dubious):
        print(f"  dciodvfy remarks: {line}")
    if failures:
        print("\n".join(failures))
        raise SystemExit(f"{len(failures)} of {compared} comparisons differ")
    print(f"{compared} values agree with pydicom {pydicom.__version__} and numpy {np.__version__}")


main()

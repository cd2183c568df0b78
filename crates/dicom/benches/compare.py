"""Plans and doses: chemorad beside pydicom and numpy, in the same run.

    python3 -m venv venv && venv/bin/pip install pydicom numpy
    cargo build --release -p chemorad-cli
    venv/bin/python crates/dicom/benches/compare.py [--rounds 15] [--samples FOLDER] \\
        [--command "check {} --protocol NCT06949098 --arm ..."]

Both sides run one after the other in every round, so that the noise of the machine meets both; each
line shows the minimum and the median of either side, and the median of the ratio within a round. The
files are made here: plans of 3 kB and 300 kB (the second with control points), dose grids of 32 bits.
pydicom reads what a check of the prescription needs: label, approval, intent, every dose reference,
every fraction group with its beams, every beam with its purpose, and sums the beams as decimals.
`--command` is the chemorad command for whole processes; {} stands for the file or folder.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# --- the other side, also run as a process of its own: compare.py --read FILE... | --eqd2 IN OUT N AB --


def read_plan(path):
    import pydicom

    plan = pydicom.dcmread(path)
    get = lambda item, keyword: str(item.get(keyword, ""))
    decimal = lambda item, keyword: Decimal(str(item[keyword].value)) if keyword in item else None
    beams = {
        int(beam.BeamNumber): {
            "name": get(beam, "BeamName"),
            "type": get(beam, "BeamType"),
            "radiation": get(beam, "RadiationType"),
            "purpose": get(beam, "TreatmentDeliveryType"),
        }
        for beam in plan.get("BeamSequence", [])
    }
    groups = []
    for group in plan.get("FractionGroupSequence", []):
        parts = [
            {
                "number": int(beam.ReferencedBeamNumber),
                "dose": decimal(beam, "BeamDose"),
                "meterset": decimal(beam, "BeamMeterset"),
            }
            for beam in group.get("ReferencedBeamSequence", [])
        ]
        counted = [p["dose"] for p in parts if beams[p["number"]]["purpose"] == "TREATMENT"]
        dose = None if None in counted else sum(counted)
        fractions = int(group.NumberOfFractionsPlanned)
        total = None if dose is None else dose * fractions
        groups.append({"fractions": fractions, "beams": parts, "dose": dose, "total": total})
    references = [
        {
            "type": get(reference, "DoseReferenceType"),
            "structure": get(reference, "DoseReferenceStructureType"),
            "description": get(reference, "DoseReferenceDescription"),
            "dose": decimal(reference, "TargetPrescriptionDose"),
        }
        for reference in plan.get("DoseReferenceSequence", [])
    ]
    header = {k: get(plan, k) for k in ("RTPlanLabel", "ApprovalStatus", "PlanIntent")}
    return {"header": header, "groups": groups, "references": references, "beams": beams}


def numpy_eqd2(source, target, n, alpha_beta):
    """The shortest careful way: float64, in place, back to 32 bits."""
    import numpy as np
    import pydicom
    from pydicom.uid import generate_uid

    dose = pydicom.dcmread(source)
    voxels = dose.pixel_array * float(dose.DoseGridScaling)
    factor = voxels / n
    factor += alpha_beta
    factor /= 2 + alpha_beta
    voxels *= factor
    scaling = voxels.max() / (2**32 - 1)
    voxels /= scaling
    dose.PixelData = np.rint(voxels, out=voxels).astype(np.uint32).tobytes()
    dose.DoseGridScaling = f"{scaling:.9e}"
    dose.DoseType = "EFFECTIVE"
    dose.SOPInstanceUID = dose.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    dose.save_as(target)


# --- files ---------------------------------------------------------------------------------------------


def save(dataset, path, sop_class):
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, generate_uid

    dataset.SOPClassUID = sop_class
    dataset.SOPInstanceUID = generate_uid()
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "2.25.2", "2.25.3"
    dataset.PatientName, dataset.PatientID = "SYNTHETIC^BENCH", "synthetic-bench"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = sop_class
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    plan = sop_class.endswith("481.5")
    syntax = ImplicitVRLittleEndian if plan else ExplicitVRLittleEndian
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.save_as(path, enforce_file_format=True)


def make_plan(path, beams, control_points):
    from pydicom.dataset import Dataset

    def item(**values):
        made = Dataset()
        for keyword, value in values.items():
            setattr(made, keyword, value)
        return made

    plan = item(Modality="RTPLAN", RTPlanLabel="BENCH", ApprovalStatus="APPROVED")
    plan.DoseReferenceSequence = [
        item(
            DoseReferenceNumber=1,
            DoseReferenceStructureType="SITE",
            DoseReferenceDescription="pelvis",
            DoseReferenceType="TARGET",
            TargetPrescriptionDose="45.0",
        )
    ]
    dose = str(Decimal("1.8") / beams)
    group = item(FractionGroupNumber=1, NumberOfFractionsPlanned=25, NumberOfBeams=beams)
    group.NumberOfBrachyApplicationSetups = 0
    group.ReferencedBeamSequence = [
        item(ReferencedBeamNumber=n, BeamDose=dose, BeamMeterset="101.5")
        for n in range(1, beams + 1)
    ]
    plan.FractionGroupSequence = [group]
    leaves = [f"{-60 + 0.37 * leaf:.2f}" for leaf in range(80)]
    plan.BeamSequence = [
        item(
            BeamNumber=n,
            BeamName=f"field {n}",
            BeamType="DYNAMIC",
            RadiationType="PHOTON",
            TreatmentDeliveryType="TREATMENT",
            TreatmentMachineName="SYNTHETIC",
            NumberOfControlPoints=control_points,
            ControlPointSequence=[
                item(
                    ControlPointIndex=index,
                    GantryAngle=f"{index * 1.5:.1f}",
                    CumulativeMetersetWeight=f"{index / max(control_points - 1, 1):.6f}",
                    BeamLimitingDevicePositionSequence=[
                        item(RTBeamLimitingDeviceType="ASYMX", LeafJawPositions=["-50", "50"]),
                        item(RTBeamLimitingDeviceType="MLCX", LeafJawPositions=leaves),
                    ][: 2 if control_points > 2 else 1],
                )
                for index in range(control_points)
            ],
        )
        for n in range(1, beams + 1)
    ]
    save(plan, path, "1.2.840.10008.5.1.4.1.1.481.5")


def make_dose(path, edge):
    import numpy as np
    from pydicom.dataset import Dataset

    dose = Dataset()
    dose.Modality, dose.FrameOfReferenceUID = "RTDOSE", "2.25.5"
    dose.DoseUnits, dose.DoseType, dose.DoseSummationType = "GY", "PHYSICAL", "PLAN"
    dose.DoseGridScaling = "1e-6"
    dose.Rows = dose.Columns = dose.NumberOfFrames = edge
    dose.GridFrameOffsetVector = [str(2.5 * frame) for frame in range(edge)]
    dose.ImagePositionPatient, dose.PixelSpacing = ["0", "0", "0"], ["2.5", "2.5"]
    dose.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    dose.SamplesPerPixel, dose.PhotometricInterpretation = 1, "MONOCHROME2"
    dose.BitsAllocated = dose.BitsStored = 32
    dose.HighBit, dose.PixelRepresentation = 31, 0
    stored = np.arange(edge**3, dtype=np.uint64) * 2654435761 % 50_000_000
    dose.PixelData = stored.astype(np.uint32).tobytes()
    save(dose, path, "1.2.840.10008.5.1.4.1.1.481.2")


# --- measuring -----------------------------------------------------------------------------------------


def process(args):
    """Seconds, and the peak memory in MB."""
    start = time.perf_counter()
    child = subprocess.Popen(args, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{args} failed")
    return seconds, usage.ru_maxrss / 1024


def line(name, pairs, scale, unit):
    ours, theirs = zip(*pairs)
    ratio = statistics.median(b / a for a, b in pairs)
    shown = [
        f"{min(side) * scale:8.2f} {statistics.median(side) * scale:8.2f}" for side in (ours, theirs)
    ]
    print(f"{name:<44} {shown[0]} {shown[1]} {unit} {ratio:8.1f}", flush=True)


def rounds(count, ours, theirs):
    ours(), theirs()
    pairs = []
    for turn in range(count):
        if turn % 2:
            second = theirs()
            pairs.append((ours(), second))
        else:
            pairs.append((ours(), theirs()))
    return pairs


def executable():
    """The compiled bench `reading`."""
    command = ["cargo", "bench", "-p", "chemorad-dicom", "--bench", "reading", "--no-run"]
    command += ["--message-format=json"]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    for message in map(json.loads, output.splitlines()):
        if message.get("executable") and message["target"]["name"] == "reading":
            return message["executable"]
    raise SystemExit("cargo built no bench named reading")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--command", default="inspect {} --format json")
    parser.add_argument("--chemorad", default=ROOT / "target/release/chemorad")
    options = parser.parse_args()
    import numpy as np
    import pydicom

    chemorad = str(options.chemorad)
    command = lambda path: [chemorad, *(p.replace("{}", str(path)) for p in options.command.split())]
    other = lambda *args: [sys.executable, __file__, *map(str, args)]
    served = subprocess.Popen(
        [executable()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def in_process(path, count):
        print(f"plan {count} {path}", file=served.stdin, flush=True)
        return float(served.stdout.readline())

    def pydicom_in_process(path):
        start = time.perf_counter()
        read_plan(path)
        return time.perf_counter() - start

    print(f"pydicom {pydicom.__version__}, numpy {np.__version__}, {options.rounds} rounds")
    header = f"{'':<44} {'chemorad':>17} {'other':>17}        other /"
    print(f"{header}\n{'':<44} {'min':>8} {'median':>8} {'min':>8} {'median':>8}     chemorad")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        plans = {"3 kB": folder / "small.dcm", "300 kB": folder / "large.dcm"}
        make_plan(plans["3 kB"], 7, 2)
        make_plan(plans["300 kB"], 4, 90)
        if options.samples:
            plans["sample, 3 kB"] = options.samples / "pydicom/rtplan.dcm"
            plans["sample, 300 kB"] = options.samples / "dicompyler-core/rtplan.dcm"
        for name, path in plans.items():
            # the same doses on both sides, or the comparison means nothing
            shown = subprocess.run(
                [chemorad, "inspect", str(path), "--format", "json"], stdout=subprocess.PIPE
            )
            ours = [s["total"]["exact"] for s in json.loads(shown.stdout)["files"][0]["sums"]]
            theirs = [group["total"] for group in read_plan(path)["groups"]]
            assert list(map(Decimal, ours)) == theirs, (ours, theirs)
            name = f"plan, {name} ({path.stat().st_size} bytes)"
            pairs = rounds(
                options.rounds, lambda: in_process(path, 50), lambda: pydicom_in_process(path)
            )
            line(f"{name}, in process", pairs, 1e3, "ms")
            pairs = rounds(
                options.rounds,
                lambda: process(command(path))[0],
                lambda: process(other("--read", path))[0],
            )
            line(f"{name}, process", pairs, 1e3, "ms")
        served.stdin.close()

        for edge in (128, 256):
            source, target = folder / f"dose{edge}.dcm", folder / "out.dcm"
            make_dose(source, edge)
            args = ["dose", "eqd2", str(source), "-n", "25", "--alpha-beta", "3Gy"]
            peaks = [0, 0]

            def run(side, args):
                seconds, peak = process(args)
                peaks[side] = max(peaks[side], peak)
                return seconds

            pairs = rounds(
                max(5, options.rounds // 2),
                lambda: run(0, [chemorad, *args, "-o", str(target), "--force"]),
                lambda: run(1, other("--eqd2", source, folder / "other.dcm", 25, 3)),
            )
            line(f"dose eqd2, {edge}^3 of 32 bits, process", pairs, 1e3, "ms")
            print(f"{'':<44} peak memory {peaks[0]:.0f} MB against {peaks[1]:.0f} MB")
            start = pydicom.dcmread(target), pydicom.dcmread(folder / "other.dcm")
            a, b = (d.pixel_array * float(d.DoseGridScaling) for d in start)
            assert np.allclose(a, b, rtol=1e-6, atol=1e-6), "the results differ"

        many = folder / "many"
        many.mkdir()
        for number in range(1_000):
            content = (plans["300 kB"] if number % 10 == 0 else plans["3 kB"]).read_bytes()
            (many / f"plan{number:04}.dcm").write_bytes(content)
        files = sorted(map(str, many.iterdir()))
        peaks = [0, 0]
        pairs = rounds(
            5, lambda: run(0, command(many)), lambda: run(1, other("--read", *files))
        )
        line("1,000 plans in a folder (100 of 300 kB)", pairs, 1e3, "ms")
        print(f"{'':<44} peak memory {peaks[0]:.0f} MB against {peaks[1]:.0f} MB")


if sys.argv[1:2] == ["--read"]:
    print(json.dumps([read_plan(path) for path in sys.argv[2:]], default=str))
elif sys.argv[1:2] == ["--eqd2"]:
    numpy_eqd2(sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
else:
    main()

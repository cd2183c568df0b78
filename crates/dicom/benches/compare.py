"""Plans and doses: chemorad beside pydicom and numpy, in the same run.

    python3 -m venv venv && venv/bin/pip install pydicom numpy
    cargo build --release -p chemorad-cli
    venv/bin/python crates/dicom/benches/compare.py [--rounds 15] [--samples FOLDER]

Both sides run one after the other in every round, so that the noise of the machine meets both; each
line shows the median of either side, and the median of the ratio within a round. The files are made
here: plans of 3 kB and 300 kB (the second with control points), dose grids of 32 bits. pydicom reads
what a check of the prescription needs: label, approval, intent, every dose reference, every fraction
group with its beams, every beam with its purpose, and sums the beams as decimals; it judges nothing,
while `chemorad check` also compares, takes the SHA-256 of each file and writes the report. numpy
converts in place on one thread, with one buffer of the grid's size.
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
    doses = [Decimal("1.8") / beams] * beams
    doses = [dose.quantize(Decimal("0.0001")) for dose in doses]
    doses[-1] += Decimal("1.8") - sum(doses)
    group = item(FractionGroupNumber=1, NumberOfFractionsPlanned=25, NumberOfBeams=beams)
    group.NumberOfBrachyApplicationSetups = 0
    group.ReferencedBeamSequence = [
        item(ReferencedBeamNumber=n, BeamDose=str(dose), BeamMeterset="101.5")
        for n, dose in enumerate(doses, start=1)
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


# A process's peak memory counts what its parent held when it was started, so a small one starts them.
SPAWN = """
import os, sys, time
for line in sys.stdin:
    args = line.rstrip("\\n").split("\\t")
    null = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    start = time.perf_counter()
    child = os.posix_spawn(args[0], args, os.environ, file_actions=[null])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    print(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss, flush=True)
"""


class Served:
    """A process that answers each line with numbers."""

    def __init__(self, *command):
        self.child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, *words, by=" "):
        print(*words, sep=by, file=self.child.stdin, flush=True)
        return list(map(float, self.child.stdout.readline().split()))

    def close(self):
        self.child.stdin.close()
        self.child.wait()


def process(args):
    """Seconds, and the peak memory in MB."""
    code, seconds, kilobytes = spawner(*args, by="\t")
    # 1 and 3: what a check found
    if code not in (0, 1, 3):
        raise SystemExit(f"{args}: exit code {code}")
    return seconds, kilobytes / 1024


class Rounds:
    """Both sides in turn, and the memory of each where they are processes."""

    def __init__(self, count, ours, theirs):
        self.peaks = [0, 0]
        sides = [lambda: self.once(0, ours), lambda: self.once(1, theirs)]
        for side in sides:
            side()
        self.pairs = []
        for turn in range(count):
            if turn % 2:
                second = sides[1]()
                self.pairs.append((sides[0](), second))
            else:
                self.pairs.append((sides[0](), sides[1]()))

    def once(self, side, run):
        if callable(run):
            return run()
        seconds, peak = process(run)
        self.peaks[side] = max(self.peaks[side], peak)
        return seconds

    def row(self, name, beside):
        shown = [duration(statistics.median(side)) for side in zip(*self.pairs)]
        if self.peaks[0]:
            shown = [f"{text}, {peak:.0f} MB" for text, peak in zip(shown, self.peaks)]
        ratio = statistics.median(b / a for a, b in self.pairs)
        print(f"| {name} | {shown[0]} | {beside}, {shown[1]} | {ratio:.3g} |", flush=True)


def duration(seconds):
    for size, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size or unit == "µs":
            return f"{seconds / size:.3g} {unit}"


def reading():
    """The compiled bench `reading`."""
    command = ["cargo", "bench", "-q", "-p", "chemorad-dicom", "--bench", "reading", "--no-run"]
    command += ["--message-format=json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    for message in map(json.loads, done.stdout.splitlines()):
        if message.get("executable") and message["target"]["name"] == "reading":
            return message["executable"]
    raise SystemExit("cargo built no bench named reading")


def numpy_in_place(edge):
    """EQDx = D (q D + l) in place, the same mild factors as the Rust side, in f32."""
    import numpy as np

    doses = (np.arange(edge**3) % 6000 / 100).astype(np.float32)
    buffer = np.empty_like(doses)
    quadratic, linear = np.float32(1 / (200 * 1002)), np.float32(1000 / 1002)

    def run():
        start = time.perf_counter()
        np.multiply(doses, quadratic, out=buffer)
        np.add(buffer, linear, out=buffer)
        np.multiply(doses, buffer, out=doses)
        return time.perf_counter() - start

    return run


def plans(options, chemorad, served, folder):
    files = {"3 kB": folder / "small.dcm", "300 kB": folder / "large.dcm"}
    make_plan(files["3 kB"], 7, 2)
    make_plan(files["300 kB"], 4, 90)
    if options.samples:
        files["3 kB, a sample"] = options.samples / "pydicom/rtplan.dcm"
        files["300 kB, a sample"] = options.samples / "dicompyler-core/rtplan.dcm"
    for name, path in files.items():
        # the same doses on both sides, or the comparison means nothing
        command = [chemorad, "inspect", str(path), "--format", "json"]
        shown = json.loads(subprocess.run(command, stdout=subprocess.PIPE).stdout)
        ours = [total["total"]["exact"] for total in shown["files"][0]["sums"]]
        (group,) = read_plan(path)["groups"]
        assert list(map(Decimal, ours)) == [group["total"]], (ours, group)

        def pydicom_in_process():
            start = time.perf_counter()
            read_plan(path)
            return time.perf_counter() - start

        rounds = Rounds(options.rounds, lambda: served("plan", 50, path)[0], pydicom_in_process)
        rounds.row(f"a plan of {name} read, in process", "pydicom")
        asked = ["--prescribed", f"{group['total']}Gy/{group['fractions']}"]
        rounds = Rounds(
            options.rounds,
            [chemorad, "check", str(path), *asked],
            [sys.executable, __file__, "--read", str(path)],
        )
        rounds.row(f"`check` of a plan of {name}, process", "reading with pydicom")

    many = folder / "many"
    many.mkdir()
    for number in range(1_000):
        content = files["300 kB" if number % 10 == 0 else "3 kB"].read_bytes()
        # each a plan of its own
        uid = read_uid(content)
        other = uid[:-4] + f"{number:04}".encode()
        (many / f"plan{number:04}.dcm").write_bytes(content.replace(uid, other))
    paths = sorted(map(str, many.iterdir()))
    rounds = Rounds(
        5,
        [chemorad, "check", str(many), "--each", "--prescribed", "45Gy/25"],
        [sys.executable, __file__, "--read", *paths],
    )
    rounds.row("`check` of 1,000 plans, 100 of them of 300 kB", "reading with pydicom")


def read_uid(content):
    from io import BytesIO

    import pydicom

    return str(pydicom.dcmread(BytesIO(content)).SOPInstanceUID).encode()


def grids(options, chemorad, served, folder):
    import numpy as np
    import pydicom

    for edge in (128, 256):
        rounds = Rounds(3 * options.rounds, lambda: served("eqd2", edge)[0], numpy_in_place(edge))
        rounds.row(f"EQD2 of {edge}³ voxels in place, f32", "numpy")
        rounds = Rounds(
            3 * options.rounds, lambda: served("eqd2", edge)[0], lambda: served("copy", edge)[0]
        )
        rounds.row(f"the same, {edge}³", "a plain copy of as many bytes")
    for edge in (128, 256):
        source, target, other = (folder / f"{name}{edge}.dcm" for name in ("dose", "our", "other"))
        make_dose(source, edge)
        ours = [chemorad, "dose", "eqd2", str(source), "-n", "25", "--alpha-beta", "3Gy"]
        theirs = [sys.executable, __file__, "--eqd2", str(source), str(other), "25", "3"]
        rounds = Rounds(max(5, options.rounds // 2), [*ours, "-o", str(target), "--force"], theirs)
        rounds.row(f"`dose eqd2`, {edge}³ of 32 bits, process", "pydicom and numpy")
        read = pydicom.dcmread(target), pydicom.dcmread(other)
        a, b = (dose.pixel_array * float(dose.DoseGridScaling) for dose in read)
        assert np.allclose(a, b, rtol=1e-6, atol=1e-6), "the results differ"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--chemorad", default=ROOT / "target/release/chemorad")
    options = parser.parse_args()
    import numpy as np
    import pydicom

    served = Served(reading())
    print(f"pydicom {pydicom.__version__}, numpy {np.__version__}, {options.rounds} rounds\n")
    print("| what | chemorad | compared with | times as fast |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for measure in (plans, grids):
            measure(options, str(options.chemorad), served, Path(folder))
    served.close()
    spawner.close()


if sys.argv[1:2] == ["--read"]:
    print(json.dumps([read_plan(path) for path in sys.argv[2:]], default=str))
elif sys.argv[1:2] == ["--eqd2"]:
    numpy_eqd2(sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
else:
    spawner = Served(sys.executable, "-I", "-S", "-c", SPAWN)
    main()

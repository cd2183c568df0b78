"""Structures in the dose of a plan, held against limits, with an error in contours or dose. All of them are synthetic."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from pydicom.dataset import Dataset

from frame import Class, Pair, Question
from plans import SHARES, encoded, plan
from prescriptions import Phase, number

#: Points of the grid along each axis, 2 mm apart; the dose rises along the third.
POINTS, STEP = (14, 14, 13), 2
#: Gray per millimetre.
RISE = Decimal("2.1")
#: Hundredths of a gray in a stored number.
SCALING = Decimal("0.01")
LIMITS = b"structure,metric,limit\nbladder,mean,<= 30 Gy\nPTV,max,<= 48 Gy\n"


@dataclass(frozen=True)
class Organ:
    """A block with a square section: its corners and its planes, mm."""

    name: str
    low: Decimal
    high: Decimal
    planes: tuple[int, ...]

    def stored(self) -> tuple[Decimal, Decimal, Decimal]:
        """What a planning system states: its volume (cc), its mean and its largest dose (Gy)."""
        volume = (self.high - self.low) ** 2 * STEP * len(self.planes) / 1000
        bottom, top = self.planes[0] - STEP // 2, self.planes[-1] + STEP // 2
        return volume, RISE * (bottom + top) / 2, RISE * top


@dataclass(frozen=True)
class Scene:
    """All that the files hold."""

    organs: tuple[Organ, ...]
    #: What a planning system stored of them, when they were right.
    stored: tuple[Organ, ...]
    beams: tuple[str, ...]
    scaling: Decimal = SCALING
    #: The plan that the dose names.
    plan: str = "2.25.100"
    #: Frames that the grid begins later.
    cut: int = 0


def scene(chance: random.Random) -> Scene:
    side = Decimal(chance.randrange(180, 246)) / 10
    start = chance.choice([2, 4])
    organs = (
        Organ("Bladder", Decimal(1), 1 + side, tuple(range(start, start + STEP * chance.choice([4, 5]), STEP))),
        Organ("PTV", Decimal(1), Decimal(1) + side, (16, 18, 20)),
    )
    return Scene(organs, organs, chance.choice(SHARES))


def common(kind: str, uid: str, modality: str) -> Dataset:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID, made.Modality = f"1.2.840.10008.5.1.4.1.1.481.{kind}", uid, modality
    made.PatientName, made.PatientID, made.PatientBirthDate, made.PatientSex = "SYNTHETIC^PLAN", "synthetic-1", "19700101", "O"
    made.StudyInstanceUID, made.SeriesInstanceUID, made.FrameOfReferenceUID = "2.25.2", f"{uid}.1", "2.25.5"
    return made


def reference(kind: str, uid: str) -> Dataset:
    made = Dataset()
    made.ReferencedSOPClassUID, made.ReferencedSOPInstanceUID = f"1.2.840.10008.5.1.4.1.1.481.{kind}", uid
    return made


def structures(organs: tuple[Organ, ...]) -> Dataset:
    made = common("3", "2.25.4", "RTSTRUCT")
    made.StructureSetROISequence, made.ROIContourSequence = [], []
    for at, organ in enumerate(organs, 1):
        region, drawn = Dataset(), Dataset()
        region.ROINumber, region.ROIName, region.ReferencedFrameOfReferenceUID = at, organ.name, "2.25.5"
        low, high = organ.low, organ.high
        drawn.ReferencedROINumber, drawn.ContourSequence = at, []
        for z in organ.planes:
            contour = Dataset()
            corners = [(low, low), (high, low), (high, high), (low, high)]
            contour.ContourGeometricType, contour.NumberOfContourPoints = "CLOSED_PLANAR", 4
            contour.ContourData = [number(value) for x, y in corners for value in (x, y, Decimal(z))]
            drawn.ContourSequence.append(contour)
        made.StructureSetROISequence.append(region)
        made.ROIContourSequence.append(drawn)
    return made


def histogram(at: int, organ: Organ) -> Dataset:
    made, region = Dataset(), Dataset()
    volume, mean, largest = organ.stored()
    region.DVHROIContributionType, region.ReferencedROINumber = "INCLUDED", at
    made.DVHReferencedROISequence = [region]
    made.DVHType, made.DoseUnits, made.DoseType, made.DVHDoseScaling = "CUMULATIVE", "GY", "PHYSICAL", "1"
    made.DVHVolumeUnits, made.DVHNumberOfBins = "CM3", 2
    made.DVHMeanDose, made.DVHMaximumDose = number(mean), number(largest)
    made.DVHData = [number(largest), number(volume), "0.5", "0"]
    return made


def dose(given: Scene) -> Dataset:
    made = common("2", "2.25.6", "RTDOSE")
    columns, rows, frames = POINTS
    made.Rows, made.Columns, made.NumberOfFrames = rows, columns, frames - given.cut
    made.SamplesPerPixel, made.PhotometricInterpretation, made.PixelRepresentation = 1, "MONOCHROME2", 0
    made.BitsAllocated, made.BitsStored, made.HighBit = 32, 32, 31
    made.PixelSpacing, made.ImageOrientationPatient = [STEP, STEP], [1, 0, 0, 0, 1, 0]
    made.ImagePositionPatient = [0, 0, STEP * given.cut]
    made.GridFrameOffsetVector = [STEP * at for at in range(frames - given.cut)]
    made.FrameIncrementPointer = 0x3004000C
    made.DoseUnits, made.DoseType, made.DoseSummationType = "GY", "PHYSICAL", "PLAN"
    made.DoseGridScaling = number(given.scaling)
    levels = [int(RISE * STEP * at / SCALING) for at in range(given.cut, frames)]
    made.PixelData = b"".join(struct.pack("<I", level) * (rows * columns) for level in levels)
    made["PixelData"].VR = "OW"
    made.ReferencedRTPlanSequence = [reference("5", given.plan)]
    if given.stored:
        made.DVHSequence = [histogram(at, organ) for at, organ in enumerate(given.stored, 1)]
        made.ReferencedStructureSetSequence = [reference("3", "2.25.4")]
    return made


def question(given: Scene) -> Question:
    planned = plan(Phase("pelvis", 25, Decimal("1.8")), 0, given.beams)
    planned.ReferencedStructureSetSequence = [reference("3", "2.25.4")]
    files = {"rs.dcm": structures(given.organs), "rd.dcm": dose(given), "rp.dcm": planned}
    words = ("check", *files, "--prescribed", "45Gy/25", "--limits", "limits.csv", "--solid", "slab")
    return Question(words, (*((name, encoded(made)) for name, made in files.items()), ("limits.csv", LIMITS)))


def of(change: Callable[[random.Random, Scene], Scene], is_stored: bool = True) -> Callable[[random.Random], Pair]:
    """A pair from a change of the scene, with what a planning system stored or without."""

    def make(chance: random.Random) -> Pair:
        right = scene(chance)
        if not is_stored:
            right = replace(right, stored=())
        return Pair(question(right), question(change(chance, right)))

    return make


def moved(chance: random.Random, given: Scene) -> Scene:
    step = chance.choice([-STEP, STEP]) if given.organs[0].planes[0] > STEP else STEP
    moving = [replace(organ, planes=tuple(z + step for z in organ.planes)) for organ in given.organs]
    return replace(given, organs=tuple(moving))


def organ_moved(chance: random.Random, given: Scene) -> Scene:
    """The organ alone: nothing is left to hold it against."""
    organ, target = given.organs
    return replace(given, organs=(replace(organ, planes=tuple(z + STEP for z in organ.planes)), target))


def scaled(chance: random.Random, given: Scene) -> Scene:
    factor = Decimal(chance.choice(["0.8", "0.85", "0.9"]))
    return replace(given, organs=tuple(replace(organ, high=1 + (organ.high - 1) * factor) for organ in given.organs))


def exchanged(chance: random.Random, given: Scene) -> Scene:
    one, other = given.organs
    return replace(given, organs=(replace(one, planes=other.planes), replace(other, planes=one.planes)))


def names_exchanged(chance: random.Random, given: Scene) -> Scene:
    one, other = given.organs
    return replace(given, organs=(replace(one, name=other.name), replace(other, name=one.name)))


def renamed(chance: random.Random, given: Scene) -> Scene:
    at = chance.randrange(2)
    name = chance.choice(["Blase", "ROI 1", "contour_7", "x"])
    return replace(given, organs=tuple(replace(organ, name=name) if at == own else organ for own, organ in enumerate(given.organs)))


def left_out(chance: random.Random, given: Scene) -> Scene:
    """A plane of the organ between two others."""
    one, other = given.organs
    gone = chance.choice(one.planes[1:-1])
    return replace(given, organs=(replace(one, planes=tuple(z for z in one.planes if z != gone)), other))


def middle_left_out(chance: random.Random, given: Scene) -> Scene:
    """The middle one of three planes: the other two are as even as before."""
    one, other = given.organs
    return replace(given, organs=(one, replace(other, planes=(other.planes[0], other.planes[2]))))


def other_plan(chance: random.Random, given: Scene) -> Scene:
    return replace(given, plan=f"2.25.{chance.randrange(900, 990)}")


def half(chance: random.Random, given: Scene) -> Scene:
    return replace(given, scaling=given.scaling / 2)


def centigray(chance: random.Random, given: Scene) -> Scene:
    return replace(given, scaling=given.scaling * chance.choice([100, Decimal("0.01")]))


def cut(chance: random.Random, given: Scene) -> Scene:
    return replace(given, cut=chance.choice([2, 3]))


STORED = ("structure.stored_differs",)
PLANNED = "MPPG 11.a: dose to targets and organs"
CONTOURS = "TG-275: contours"
WHOLE = ("limit.whole_dose", "dose.scale", "dose.maximum", "limit.target_dose", *STORED)
CLASSES = [
    Class("V01", "structures in dose", "all contours a plane away, histograms stored", "H42", CONTOURS, STORED, of(moved)),
    Class("V02", "structures in dose", "contours scaled to 80 to 90 %, histograms stored", "H42", CONTOURS, STORED, of(scaled)),
    Class("V03", "structures in dose", "contours of target and organ exchanged", "H42", CONTOURS, ("limit.target_dose", "limit.dose_volume", *STORED), of(exchanged, False)),
    Class("V04", "structures in dose", "names of target and organ exchanged", "H42", CONTOURS, ("limit.target_dose", "limit.dose_volume", *STORED), of(names_exchanged, False)),
    Class("V05", "structures in dose", "a structure with another name", "H42", "TG-263: names", ("limit.structure",), of(renamed, False)),
    Class("V06", "structures in dose", "a plane of the organ left out", "H41", CONTOURS, ("structure.gap",), of(left_out, False)),
    Class("V07", "structures in dose", "the dose of another plan", "H42", PLANNED, ("dose.references_plan",), of(other_plan, False)),
    Class("V08", "structures in dose", "half the dose", "H42", PLANNED, WHOLE, of(half, False)),
    Class("V09", "structures in dose", "a dose in centigray, or in hectogray", "H01", PLANNED, WHOLE, of(centigray, False)),
    Class("V10", "structures in dose", "a grid that cuts the organ", "H10", PLANNED, ("structure.outside_grid", "limit.dose_volume"), of(cut, False)),
    Class("X04", "out of scope", "the contours of an organ a plane away, and no histogram stored", "H26", CONTOURS, (), of(organ_moved, False), in_scope=False),
    Class("X05", "out of scope", "the middle of three planes left out, and no histogram stored", "H41", CONTOURS, (), of(middle_left_out, False), in_scope=False),
]

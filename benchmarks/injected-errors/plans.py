"""RT Plans as files, with an error in what they state. All of them are synthetic."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from decimal import Decimal

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from frame import Class, Pair, Question
from prescriptions import ARMS, Phase, number, other_digit

PLAN = "1.2.840.10008.5.1.4.1.1.481.5"
#: How a plan splits the dose of a fraction among its beams.
SHARES = (("1",), ("0.5", "0.5"), ("0.25", "0.25", "0.5"), ("0.2", "0.2", "0.2", "0.2", "0.2"))


def plan(phase: Phase, at: int, shares: tuple[str, ...]) -> Dataset:
    """One phase as one plan."""
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = PLAN, f"2.25.{at + 100}"
    made.Modality, made.RTPlanLabel = "RTPLAN", phase.name.upper()
    made.PatientName, made.PatientID, made.PatientBirthDate, made.PatientSex = "SYNTHETIC^PLAN", "synthetic-1", "19700101", "O"
    made.StudyInstanceUID, made.SeriesInstanceUID, made.FrameOfReferenceUID = "2.25.2", "2.25.3", "2.25.5"
    made.PlanIntent, made.ApprovalStatus, made.RTPlanGeometry = "CURATIVE", "APPROVED", "PATIENT"
    target = Dataset()
    target.DoseReferenceNumber, target.DoseReferenceStructureType = 1, "SITE"
    target.DoseReferenceDescription, target.DoseReferenceType = phase.name, "TARGET"
    target.TargetPrescriptionDose = number(phase.total)
    made.DoseReferenceSequence = [target]
    group = Dataset()
    group.FractionGroupNumber, group.NumberOfFractionsPlanned = 1, phase.fractions
    group.NumberOfFractionPatternDigitsPerDay, group.RepeatFractionCycleLength, group.FractionPattern = 1, 1, "1111100"
    group.NumberOfBeams, group.NumberOfBrachyApplicationSetups = len(shares), 0
    beams, references = [], []
    for index, share in enumerate(shares, 1):
        beam, reference, point = Dataset(), Dataset(), Dataset()
        point.ControlPointIndex, point.GantryAngle = 0, str(36 * index)
        beam.BeamNumber, beam.BeamName, beam.BeamType, beam.RadiationType = index, f"field {index}", "STATIC", "PHOTON"
        beam.TreatmentDeliveryType, beam.NumberOfControlPoints, beam.ControlPointSequence = "TREATMENT", 1, [point]
        reference.ReferencedBeamNumber, reference.BeamDose = index, number(phase.dose * Decimal(share))
        reference.BeamMeterset = "100"
        beams.append(beam)
        references.append(reference)
    group.ReferencedBeamSequence, made.FractionGroupSequence, made.BeamSequence = references, [group], beams
    return made


def encoded(made: Dataset) -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = made.SOPClassUID, made.SOPInstanceUID
    meta.TransferSyntaxUID, meta.ImplementationClassUID = ExplicitVRLittleEndian, "2.25.9"
    stream = io.BytesIO()
    FileDataset(None, made, file_meta=meta, preamble=b"\0" * 128).save_as(stream, enforce_file_format=True)
    return stream.getvalue()


def plans(chance: random.Random, least: int = 1) -> tuple[str, list[Dataset]]:
    """An arm of the trial and its plans."""
    arm = chance.choice([arm for arm in sorted(ARMS) if len(ARMS[arm]) >= least])
    names = ("pelvis", "escalated boost" if arm.endswith("dose_escalated_chemoradiotherapy") else "boost")
    course = [Phase(name, one.fractions, one.dose) for name, one in zip(names, ARMS[arm])]
    shares = chance.choice(SHARES)
    return arm, [plan(one, at, shares) for at, one in enumerate(course)]


def question(arm: str, made: list[Dataset]) -> Question:
    names = [f"plan-{at}.dcm" for at in range(len(made))]
    words = ("check", *names, "--protocol", arm, "--fractions-per-week", "5", "--target", "boost=tumour bed")
    if not arm.endswith("adjuvant_chemoradiotherapy"):
        words = words[:-2]
    if arm.endswith("dose_escalated_chemoradiotherapy"):
        words = (*words, "--target", "escalated boost=tumour bed")
    return Question(words, tuple(zip(names, map(encoded, made))))


def of(change: Callable[[random.Random, list[Dataset]], list[Dataset] | None], least: int = 1) -> Callable[[random.Random], Pair]:
    """A pair from a change of the plans."""

    def make(chance: random.Random) -> Pair:
        arm, made = plans(chance, least)
        right = question(arm, made)
        made = change(chance, made) or made
        return Pair(right, question(arm, made))

    return make


def group_of(chance: random.Random, made: list[Dataset]) -> Dataset:
    return chance.choice(made).FractionGroupSequence[0]


def any_beam(chance: random.Random, made: list[Dataset]) -> Dataset:
    return chance.choice(list(group_of(chance, made).ReferencedBeamSequence))


def fractions(chance: random.Random, made: list[Dataset]) -> None:
    group = group_of(chance, made)
    group.NumberOfFractionsPlanned = int(other_digit(chance, str(group.NumberOfFractionsPlanned)))


def beam_dose(chance: random.Random, made: list[Dataset]) -> None:
    beam = any_beam(chance, made)
    beam.BeamDose = other_digit(chance, str(beam.BeamDose))


def beam_left_out(chance: random.Random, made: list[Dataset]) -> None:
    group = group_of(chance, made)
    beams = list(group.ReferencedBeamSequence)
    if len(beams) == 1:
        # a fraction of nothing
        del beams[0].BeamDose
    else:
        beams.pop(chance.randrange(len(beams)))
    group.ReferencedBeamSequence = beams


def beam_twice(chance: random.Random, made: list[Dataset]) -> None:
    group = group_of(chance, made)
    group.ReferencedBeamSequence = [*group.ReferencedBeamSequence, any_beam(random.Random(0), [made[0]])]


def target_dose(chance: random.Random, made: list[Dataset]) -> None:
    target = chance.choice(made).DoseReferenceSequence[0]
    before = str(target.TargetPrescriptionDose)
    dose = other_digit(chance, before)
    while abs(Decimal(dose) - Decimal(before)) <= Decimal(before) / 500:
        dose = other_digit(chance, before)
    target.TargetPrescriptionDose = dose


def plan_left_out(chance: random.Random, made: list[Dataset]) -> list[Dataset]:
    keep = chance.randrange(2)
    return [made[keep]]


def plan_twice(chance: random.Random, made: list[Dataset]) -> list[Dataset]:
    """The same phase once more, as another instance."""
    again = Dataset(chance.choice(made))
    again.SOPInstanceUID = "2.25.177"
    return [*made, again]


def other_patient(chance: random.Random, made: list[Dataset]) -> None:
    chance.choice(made).PatientID = f"synthetic-{chance.randint(2, 9)}"


def verification(chance: random.Random, made: list[Dataset]) -> None:
    chance.choice(made).PlanIntent = chance.choice(["VERIFICATION", "MACHINE_QA"])


def rejected(chance: random.Random, made: list[Dataset]) -> None:
    chance.choice(made).ApprovalStatus = chance.choice(["REJECTED", "UNAPPROVED"])


def electrons(chance: random.Random, made: list[Dataset]) -> None:
    chance.choice(list(chance.choice(made).BeamSequence)).RadiationType = chance.choice(["PROTON", "NEUTRON", "ION"])


def beam_centigray(chance: random.Random, made: list[Dataset]) -> None:
    for beam in group_of(chance, made).ReferencedBeamSequence:
        beam.BeamDose = number(Decimal(str(beam.BeamDose)) * 100)


def target_centigray(chance: random.Random, made: list[Dataset]) -> None:
    target = chance.choice(made).DoseReferenceSequence[0]
    target.TargetPrescriptionDose = number(Decimal(str(target.TargetPrescriptionDose)) * 100)


def setup(chance: random.Random, made: list[Dataset]) -> None:
    """A beam of treatment that is marked as one of set-up."""
    chance.choice(list(chance.choice(made).BeamSequence)).TreatmentDeliveryType = "SETUP"


def twice_a_day(chance: random.Random, made: list[Dataset]) -> None:
    group = group_of(chance, made)
    group.NumberOfFractionPatternDigitsPerDay, group.FractionPattern = 2, "11111111110000"


def meterset(chance: random.Random, made: list[Dataset]) -> None:
    for beam in group_of(chance, made).ReferencedBeamSequence:
        beam.BeamMeterset = "1000"


def gantry(chance: random.Random, made: list[Dataset]) -> None:
    chance.choice(list(chance.choice(made).BeamSequence)).ControlPointSequence[0].GantryAngle = "7"


RX = ("rx.fractions", "rx.dose_per_fraction", "rx.total", "rx.phases", "rx.prescription", "plan.beam_sum")
TRANSFER = "MPPG 11.a: prescription in the plan is that of the record"
CLASSES = [
    Class("D01", "plan file", "a digit of the number of fractions", "H50", TRANSFER, RX, of(fractions)),
    Class("D02", "plan file", "a digit of a beam dose", "H50", TRANSFER, RX, of(beam_dose)),
    Class("D03", "plan file", "a beam left out, or its dose", "H51", TRANSFER, RX, of(beam_left_out)),
    Class("D04", "plan file", "a beam twice", "H07", TRANSFER, RX, of(beam_twice)),
    Class("D05", "plan file", "a digit of the prescribed dose", "H50", TRANSFER, RX, of(target_dose)),
    Class("D06", "plan file", "a plan left out", "H51", TRANSFER, RX, of(plan_left_out, 2)),
    Class("D07", "plan file", "a phase planned twice", "H07", "MPPG 11.a: plan sum", RX, of(plan_twice)),
    Class("D08", "plan file", "a plan of another patient", "H08", "MPPG 11.a: patient identity", ("plan.patient",), of(other_patient, 2)),
    Class("D09", "plan file", "a plan for verification", "H52", "TG-275: intent", ("plan.intent",), of(verification)),
    Class("D10", "plan file", "a plan that is not approved", "H52", "MPPG 11.a: approval", ("plan.approval",), of(rejected)),
    Class("D11", "plan file", "another radiation", "H52", "TG-275: modality", ("plan.radiation",), of(electrons)),
    Class("D12", "plan file", "beam doses in centigray", "H01", TRANSFER, RX, of(beam_centigray)),
    Class("D13", "plan file", "the prescribed dose in centigray", "H01", TRANSFER, RX, of(target_centigray)),
    Class("D14", "plan file", "a beam of treatment marked as set-up", "H51", TRANSFER, (*RX, "plan.beams_left_out"), of(setup)),
    Class("D15", "plan file", "two fractions a day", "H40", "TG-275: fractionation", ("rx.fractions_per_week",), of(twice_a_day)),
    Class("X01", "out of scope", "metersets ten times as large", "H26", "MPPG 11.a: secondary calculation", (), of(meterset), in_scope=False),
    Class("X02", "out of scope", "another gantry angle", "H26", "TG-275: geometry", (), of(gantry), in_scope=False),
]

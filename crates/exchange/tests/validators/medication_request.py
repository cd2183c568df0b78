"""Formats of dates, times, decimals and identifiers, and the choice types, of FHIR R4B."""

import copy
import json
import pathlib
import sys

from fhir.resources.R4B.medicationrequest import MedicationRequest

failed = 0


def refused(resource):
    try:
        MedicationRequest.model_validate(resource)
    except ValueError as error:
        return str(error)
    return None


def say(ok, text):
    global failed
    failed += not ok
    print("ok    " if ok else "FAILED", text)


samples = sorted(pathlib.Path(sys.argv[1]).glob("*.json"))
assert samples
for sample in samples:
    error = refused(json.loads(sample.read_text()))
    say(error is None, f"R4B    {sample.name} {error or ''}")

good = json.loads((pathlib.Path(sys.argv[1]) / "calendar-days-times-fills.json").read_text())
repeat = lambda r: r["dosageInstruction"][0]["timing"]["repeat"]
broken = {
    "a date of another kind": lambda r: r.update(authoredOn="30/11/2026"),
    "a time without seconds": lambda r: repeat(r).update(timeOfDay=["7 o'clock"]),
    "a decimal that is none": lambda r: r["dispenseRequest"]["quantity"].update(value="4x2"),
    "a negative number of repeats": lambda r: r["dispenseRequest"].update(numberOfRepeatsAllowed=-1),
    "two medications": lambda r: r.update(medicationReference={"reference": "Medication/1"}),
    "an id with a blank": lambda r: r["contained"][0].update(id="body surface"),
}
for name, change in broken.items():
    resource = copy.deepcopy(good)
    change(resource)
    say(refused(resource) is not None, f"refuses {name}")

print(f"{failed} failed" if failed else "nothing failed")
sys.exit(bool(failed))

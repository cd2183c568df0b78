"""Protocols as USDM 4.0 studies: read by the package usdm4 and held against its rules; the doses are
summed again from the extension attributes."""

import copy
import json
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from simple_error_log.errors import Errors
from usdm4 import USDM4

failed = 0


def say(ok, text):
    global failed
    failed += not ok
    print(f"{'ok    ' if ok else 'FAILED'} {text}")


def findings(study):
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(study, file)
    rows = USDM4().validate(file.name).to_dict(include_success=True, include_not_implemented=True)
    Path(file.name).unlink()
    # rules the package has not written yet are no result
    wrong = [row for row in rows if row["status"] not in ("Success", "Not Implemented")]
    held = sum(row["status"] == "Success" for row in rows)
    return held, [f"{row['rule_id']} {row['message']}" for row in wrong]


def attributes(parent, name):
    url = f"urn:chemorad:protocol:1:{name}"
    return [one for one in parent.get("extensionAttributes", []) if one["url"] == url]


folder = Path(sys.argv[1])
samples = sorted(folder.glob("*.json"))
for path in samples:
    study = json.loads(path.read_text(), parse_float=Decimal)
    plain = json.loads(path.read_text())
    errors = Errors()
    say(USDM4().loadd(plain, errors) is not None, f"USDM   {path.name} {errors.dump(0)}")
    held, wrong = findings(plain)
    say(not wrong and held >= 200, f"rules  {path.name}: {held} held {wrong}")
    for intervention in study["study"]["versions"][0]["studyInterventions"]:
        for phase in attributes(intervention, "phase"):
            for dose in attributes(phase, "dose"):
                for total in attributes(dose, "total"):
                    gray = total["valueQuantity"]["value"]
                    [n] = attributes(dose, "fractions")
                    [words] = attributes(dose, "fractionation")
                    [value] = attributes(words, "value")
                    text = value["valueString"]
                    if not text.startswith(f"{gray} Gy in {n['valueInteger']}"):
                        say(False, f"dose   {path.name} {gray} Gy in {n['valueInteger']}: {text}")
say(len(samples) >= 20, f"{len(samples)} studies")

study = json.loads(samples[0].read_text())


def refused(name, change):
    broken = copy.deepcopy(study)
    change(broken)
    _, wrong = findings(broken)
    say(USDM4().loadd(broken, Errors()) is None or bool(wrong), f"refuses {name}")


version = lambda s: s["study"]["versions"][0]
refused("another version of the model", lambda s: s.update(usdmVersion="3.0"))
refused("a version without a title", lambda s: version(s).pop("titles"))
refused("an intervention without a type", lambda s: version(s)["studyInterventions"][0].pop("type"))
refused("a number for a name", lambda s: version(s)["studyInterventions"][0].update(name=7))
print(f"{failed} failed" if failed else "nothing failed")
sys.exit(1 if failed else 0)

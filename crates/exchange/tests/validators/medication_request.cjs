// Required codes of FHIR R4, units of UCUM, and mCODE's profile of a cancer-related medication request.
const fs = require("fs");
const path = require("path");
const { Fhir } = require("fhir");

const work = process.argv[2];
const plain = new Fhir();
const errors = (resource) => {
  const found = plain.validate(resource, { errorOnUnexpected: true }).messages;
  return found.filter((message) => message.severity === "error" || message.severity === "fatal");
};

let failed = 0;
const say = (ok, text) => {
  if (!ok) failed += 1;
  console.log(`${ok ? "ok    " : "FAILED"} ${text}`);
};

const folder = path.join(work, "samples");
const samples = fs.readdirSync(folder).sort();
let first;
for (const name of samples) {
  const resource = JSON.parse(fs.readFileSync(path.join(folder, name)));
  first = first || resource;
  const found = errors(resource);
  say(found.length === 0, `R4     ${name} ${JSON.stringify(found)}`);
}

const ucum = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();
const valid = (code) => ucum.validateUnitString(code).status === "valid";
for (const code of ["d", "m2", "mL/min", "mg", "mg/m2", "{tablet}"]) say(valid(code), `UCUM   ${code}`);
for (const code of ["m^2", "mg/m²", "tablet"]) say(!valid(code), `refuses the unit ${code}`);

const instruction = (r) => r.dosageInstruction[0];
const broken = {
  "a status that is none": (r) => (r.status = "bogus"),
  "an intent that is none": (r) => (r.intent = "command"),
  "an unknown field": (r) => (r.dosage = []),
  "a misspelt field": (r) => (instruction(r).timing.repaet = {}),
  "no subject": (r) => delete r.subject,
  "no status": (r) => delete r.status,
  "one instruction where a list is due": (r) => (r.dosageInstruction = r.dosageInstruction[0]),
  "an unknown type of resource": (r) => (r.resourceType = "DrugRequest"),
};
for (const [name, change] of Object.entries(broken)) {
  const resource = JSON.parse(JSON.stringify(first));
  change(resource);
  say(errors(resource).length > 0, `refuses ${name}`);
}

const mcode = path.join(work, "package");
const structure = (name) =>
  JSON.parse(fs.readFileSync(path.join(mcode, `StructureDefinition-mcode-${name}.json`)));
const basis = JSON.parse(
  fs.readFileSync(path.join(mcode, "ValueSet-mcode-normalization-basis-vs.json")),
);
const codes = basis.compose.include.flatMap((set) => set.concept.map((one) => one.code));
const extension = first.extension[0];
say(extension.url === structure("normalization-basis").url, "mCODE  address of the extension");
say(
  codes.includes(extension.valueCodeableConcept.coding[0].code),
  "mCODE  code of the basis of normalisation",
);
const paths = new Set(
  structure("cancer-related-medication-request").snapshot.element.map((one) => one.path),
);
for (const key of Object.keys(first).filter((key) => key !== "resourceType")) {
  const path = `MedicationRequest.${key}`.replace("medicationCodeableConcept", "medication[x]");
  say(paths.has(path), `mCODE  ${path} is in the profile`);
}
console.log(failed ? `${failed} failed` : "nothing failed");
process.exit(failed ? 1 : 0);

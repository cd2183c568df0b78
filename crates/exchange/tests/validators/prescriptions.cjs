// Radiotherapy prescriptions: FHIR R4 structure and required codes, addresses and codes of mCODE's
// published profiles, and the rules of the CodeX profiles, which no registry holds as a package.
const fs = require("fs");
const path = require("path");
const { Fhir } = require("fhir");

const work = process.argv[2];
const folder = path.join(work, "prescriptions");
const plain = new Fhir();
const errors = (resource) =>
  plain
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((message) => ["error", "fatal"].includes(message.severity));

let failed = 0;
const say = (ok, text) => {
  if (!ok) failed += 1;
  console.log(`${ok ? "ok    " : "FAILED"} ${text}`);
};

const mcode = (name) => JSON.parse(fs.readFileSync(path.join(work, "package", name)));
const structure = (name) => mcode(`StructureDefinition-mcode-${name}.json`);
const modalities = mcode("ValueSet-mcode-teleradiotherapy-modality-vs.json").compose.include.flatMap(
  (set) => set.concept,
);
const CODEX = "http://hl7.org/fhir/us/codex-radiation-therapy/StructureDefinition/codexrt-";
const one = (list, what) => {
  if (list.length !== 1) throw new Error(`${list.length} of ${what}`);
  return list[0];
};
const named = (element, url) => (element.extension || []).filter((e) => e.url === url);

// what the profiles demand of a bundle; throws on what breaks it
const check = (bundle) => {
  const all = bundle.entry.map((entry) => entry.resource);
  const known = new Set(bundle.entry.map((entry) => entry.fullUrl));
  const course = one(all.filter((r) => r.code?.coding[0].code === "1217123003"), "courses");
  const phases = all.filter((r) => r.code?.coding[0].code === "1222565005");
  const dose = (request) =>
    named(request, `${CODEX}radiotherapy-dose-prescribed-to-volume`).map((extension) => {
      const volume = one(named(extension, "volume"), "volumes").valueReference.reference;
      if (!known.has(volume)) throw new Error(`no volume ${volume}`);
      const total = one(named(extension, "totalDose"), "totals").valueQuantity;
      if (total.code !== "cGy" || total.unit !== "cGy") throw new Error(`unit ${total.code}`);
      return {
        volume,
        total: total.value,
        each: named(extension, "fractionDose").map((e) => e.valueQuantity.value),
        n: named(extension, "fractions").map((e) => e.valuePositiveInt),
        metric: named(extension, `${CODEX}radiobiologic-metric`).map((e) => e.valueString),
      };
    });
  for (const request of [course, ...phases]) {
    if (request.intent !== "original-order") throw new Error(`intent ${request.intent}`);
    // 108290001 is inactive, and the profiles keep it for older requests alone
    if (request.category[0].coding[0].code !== "1287742003") throw new Error("category");
    const uses = request.identifier.map((i) => i.use).sort();
    if (uses.join() !== "official,usual") throw new Error(`identifiers ${uses}`);
    const techniques = named(request, structure("radiotherapy-modality-and-technique").url);
    for (const technique of techniques) {
      const url = structure("radiotherapy-modality").url;
      const { code, display } = one(named(technique, url), url).valueCodeableConcept.coding[0];
      const of = modalities.find((m) => m.code === code);
      if (!of || of.display !== display) throw new Error(`modality ${code} ${display}`);
    }
  }
  let sums = new Map();
  for (const phase of phases) {
    const n = one(named(phase, `${CODEX}radiotherapy-fractions-prescribed`), "fractions");
    if (phase.basedOn[0].reference !== bundle.entry.find((e) => e.resource === course).fullUrl)
      throw new Error("a phase is not based on the course");
    for (const given of dose(phase)) {
      if (given.n.length) throw new Error("fractions of a volume in a phase");
      const product = one(given.each, "fraction doses") * n.valuePositiveInt;
      if (Math.abs(product - given.total) > 1e-6) throw new Error(`${product} is not ${given.total}`);
    }
  }
  for (const given of dose(course)) {
    if (given.each.length) throw new Error("a fraction dose in a course");
    for (const metric of given.metric)
      if (!/^EQD2Gy\(a\/b = \d+(\.\d+)?\)$/.test(metric)) throw new Error(`metric ${metric}`);
  }
  for (const volume of all.filter((r) => r.resourceType === "BodyStructure"))
    {
      const profiles = [`${CODEX}radiotherapy-volume`, structure("radiotherapy-volume").url];
      if (volume.meta.profile.join() !== profiles.join()) throw new Error("volume");
      const official = one(volume.identifier.filter((i) => i.use === "official"), "official identifiers");
      if (official.system !== "urn:dicom:uid" || !/^urn:oid:2\.25\.\d{1,39}$/.test(official.value))
        throw new Error(`identifier ${official.system} ${official.value}`);
    }
};

const samples = fs.readdirSync(folder).sort();
let first;
for (const name of samples) {
  const bundle = JSON.parse(fs.readFileSync(path.join(folder, name)));
  first = first || bundle;
  const found = errors(bundle).concat(bundle.entry.flatMap((entry) => errors(entry.resource)));
  say(found.length === 0, `R4     ${name} ${JSON.stringify(found)}`);
  let rule = "";
  try {
    check(bundle);
  } catch (error) {
    rule = error.message;
  }
  say(rule === "", `CodeX  ${name} ${rule}`);
}
say(samples.length >= 15, `${samples.length} prescriptions`);

const ucum = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();
say(ucum.validateUnitString("cGy").status === "valid", "UCUM   cGy");

const request = (bundle, code) =>
  bundle.entry.map((e) => e.resource).find((r) => r.code?.coding[0].code === code);
const quantity = (r, url) =>
  named(named(r, `${CODEX}radiotherapy-dose-prescribed-to-volume`)[0], url)[0].valueQuantity;
const broken = {
  "gray for centigray": (b) => (quantity(request(b, "1222565005"), "totalDose").code = "Gy"),
  "a total that is not n times d": (b) => (quantity(request(b, "1222565005"), "totalDose").value += 1),
  "a phase of no course": (b) => (request(b, "1222565005").basedOn[0].reference = "urn:uuid:0"),
  "a plain order": (b) => (request(b, "1217123003").intent = "order"),
};
for (const [name, change] of Object.entries(broken)) {
  const bundle = JSON.parse(JSON.stringify(first));
  change(bundle);
  let caught = false;
  try {
    check(bundle);
  } catch {
    caught = true;
  }
  say(caught, `refuses ${name}`);
}
const wrong = {
  "a status that is none": (r) => (r.status = "stopped"),
  "no subject": (r) => delete r.subject,
  "an unknown field": (r) => (r.fractions = 25),
};
for (const [name, change] of Object.entries(wrong)) {
  const resource = JSON.parse(JSON.stringify(request(first, "1217123003")));
  change(resource);
  say(errors(resource).length > 0, `refuses ${name}`);
}
console.log(failed ? `${failed} failed` : "nothing failed");
process.exit(failed ? 1 : 0);

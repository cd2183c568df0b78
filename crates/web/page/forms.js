// The forms: what each asks, and the command that answers it.

/** A form with fields, a place for files where it takes them, and a place for its answer. */
const makeForm = ({ name, title, intro, groups, command, files = null, compose = null, prepare = null, verify = () => [], unlinked = () => false, pictureFirst = false }) => {
  const fields = [];
  let asked = false;
  let turn = 0;
  const sets = groups.map(({ legend, open = true, fields: specs }) => {
    const made = specs.map(makeField);
    fields.push(...made);
    const grid = make('div', { class: 'grid' }, ...made.map((field) => field.box));
    return open
      ? make('fieldset', {}, make('legend', {}, legend), grid)
      : make('details', {}, make('summary', {}, legend), grid);
  });
  const field = (wanted) => fields.find((one) => one.spec.name === wanted);

  const link = () => {
    const values = new URLSearchParams();
    const left = [];
    for (const one of fields.filter((field) => field.value() !== '')) {
      // a file may be called by a person's name
      if (one.spec.link === false || unlinked(one)) left.push(one.spec.label);
      else values.set(one.spec.name, one.value());
    }
    if (files && files.all().length > 0) left.push('the files');
    if (siteFile.inUse()) left.push('the site file');
    // the folders of this computer may name a person
    const page = location.protocol === 'file:' ? location.pathname.split('/').pop() : location.href.split('#')[0];
    return { address: `${page}#${name}?${values}`, left };
  };
  const result = makeResult(name, link, pictureFirst);

  const words = () => {
    const flags = [];
    const places = [];
    for (const one of fields) {
      if (one.spec.composed) continue;
      (one.spec.flag ? flags : places).push(...one.words());
    }
    const all = [...command, ...flags];
    const more = compose ? compose(field, files) : { flags: [], places: [] };
    all.push(...more.flags);
    if (places.length + more.places.length > 0) all.push('--', ...places, ...more.places);
    return all;
  };

  const refuse = (answer) => {
    const elsewhere = [];
    for (const refusal of answer.refusals) {
      const at = fieldOf(fields, refusal);
      if (at) at.refuse(refusal.predicate ? `${at.spec.label} ${refusal.predicate}` : refusal.message);
      else elsewhere.push(refusal.message);
    }
    if (answer.refusals.length === 0 && answer.stderr !== '') elsewhere.push(answer.stderr);
    return elsewhere;
  };

  const run = async (pressed) => {
    turn += 1;
    const mine = turn;
    asked = true;
    if (prepare) await prepare();
    const asking = words();
    const site = siteFile.inUse();
    // what the fields say together is asked of the person and not of the command, which sees no fields
    const between = verify(field, files);
    const answer = between.length > 0 ? engine.refusal('') : await siteFile.ask({
      arguments: [asking[0], `--report=${REPORT}`, ...asking.slice(1)],
      files: files ? files.all() : [],
      progress: showReading,
    });
    // what was typed meanwhile has its own answer
    if (mine !== turn) return;
    for (const one of fields) one.clear();
    for (const [of, message] of between) field(of).refuse(message);
    const elsewhere = between.length > 0 ? [] : refuse(answer);
    result.show(answer, asking, elsewhere, site);
    if (!pressed) return;
    const wrong = fields.find((one) => one.input.hasAttribute('aria-invalid'));
    if (wrong) {
      wrong.input.focus();
    } else {
      result.box.scrollIntoView({ block: 'nearest' });
    }
  };

  const soon = debounced(() => run(false), 500);
  const emptied = () => {
    form.reset();
    if (files) files.empty();
    for (const one of fields) one.clear();
    soon.cancel();
    asked = false;
    turn += 1;
    result.hide();
  };
  const changed = () => {
    turn += 1;
    if (!asked) return;
    result.old();
    soon();
  };
  const form = make('form', {
    novalidate: true,
    on: {
      submit: (event) => {
        event.preventDefault();
        run(true);
      },
      input: changed,
    },
  }, ...(files ? [files.box] : []), ...sets,
  make('div', { class: 'actions' }, make('button', { type: 'submit', class: 'main' }, 'Calculate'),
    button('Clear', () => {
      emptied();
      if (prepare) prepare();
      fields[0].input.focus();
    })));
  siteFile.watch(() => changed());
  return {
    name, title, field, run, changed,
    section: make('section', { id: name, class: 'tool', 'aria-labelledby': `${name}-title`, hidden: true },
      make('h2', { id: `${name}-title`, tabindex: '-1' }, title), make('p', {}, intro), form, result.box),
    /** Fills in the values of a link; those that have no place here. */
    fill: (values) => {
      // nothing of another patient stays beside them
      emptied();
      const unknown = new Set();
      for (const [key, value] of values) {
        const one = field(key);
        const twice = values.filter(([other]) => other === key).length > 1;
        if (!one || one.spec.link === false || twice || value.length > 500 || !one.set(value)) unknown.add(key);
        else one.reveal();
      }
      return [...unknown];
    },
    never: () => fields.filter((one) => one.spec.link === false).map((one) => one.spec.label),
  };
};

const ASKED = ['', 'choose, or leave it to the site file'];
const FORMULAS = ['mosteller', 'du-bois', 'haycock', 'gehan-george', 'boyd', 'fujimoto', 'takahira', 'shuter-aslani', 'schlich', 'livingston-lee', 'yu', 'stevenson'];
const same = (values) => values.map((value) => [value, value]);
const LOSS = [
  { name: 'kick-off', flag: '--kick-off', label: 'Kick-off time', hint: 'the day up to which repopulation costs nothing: 28d' },
  { name: 'loss', flag: '--loss-per-day', label: 'BED lost per day after it', hint: '0.66Gy' },
];

const doseForm = () => makeForm({
  name: 'bed',
  title: 'Pelvis and boost to BED and EQD2',
  intro: 'A course given to one volume, beside another schedule.',
  command: ['bed'],
  // a boost is given after a pelvis: alone it would pass for the whole course, and behind one with a boost for another
  verify: (field) => {
    if (field('boost').value() === '') return [];
    const pelvis = field('pelvis').value();
    if (pelvis === '') return [['pelvis', 'Pelvis is missing, and a boost is given: a course of one phase stands in Pelvis.']];
    if (pelvis.includes('+')) return [['boost', 'Pelvis has several phases already, and this boost would count beside them: give all phases in Pelvis, or the boost here alone.']];
    return [];
  },
  groups: [
    { legend: 'Course', fields: [
      { name: 'pelvis', label: 'Pelvis', hint: 'dose and fractions: 45Gy/25, or 25 x 1.8 Gy' },
      { name: 'boost', label: 'Boost, if there is one', hint: '5.4Gy/3' },
      { name: 'alpha-beta', flag: '--alpha-beta', label: 'Alpha/beta', hint: 'with its unit, several by commas: 10Gy,3Gy. No tissue has a default' },
      { name: 'compare', flag: '--compare', rows: 2, label: 'Compared with', hint: 'one schedule a line: 25Gy/5, or with its days: 25Gy/5, 5d' },
    ] },
    { legend: 'Time, and fractions a day', open: false, fields: [
      { name: 'days', flag: '--overall-time', label: 'Overall treatment time', hint: '38d' },
      ...LOSS,
      { name: 'per-day', flag: '--per-day', label: 'Fractions a day', hint: '1 unless given' },
      { name: 'interval', flag: '--interval', label: 'Time between them', hint: '6h' },
      { name: 'repair', flag: '--repair-half-time', label: 'Half-time of repair', hint: '4.4h' },
    ] },
  ],
});

const tabletForm = () => makeForm({
  name: 'tablets',
  title: 'Body size to capecitabine tablets and supply',
  intro: 'What the site has decided can come from its site file; what is typed here wins.',
  command: ['capecitabine'],
  groups: [
    { legend: 'Patient and regimen', fields: [
      { name: 'height', flag: '--height', label: 'Height', hint: '170cm or 1.70m' },
      { name: 'weight', flag: '--weight', label: 'Weight', hint: '72kg' },
      { name: 'formula', flag: '--formula', label: 'Formula of the body surface area', choices: [ASKED, ...same(FORMULAS)] },
      { name: 'regimen', flag: '--intensity', also: ['--per', '--times-per-day'], label: 'Regimen', hint: '825 mg/m2 bid' },
    ] },
    { legend: 'Tablets', fields: [
      { name: 'tablets', flag: '--tablets', label: 'Tablets in stock', hint: '500mg,150mg' },
      { name: 'max-150', flag: '--max-150', label: 'Most 150 mg tablets at once', hint: '2; no limit unless given' },
      { name: 'rounding', flag: '--rounding', label: 'Rounding', hint: 'nearest, down, up, fewest:5%, or bands:NAME for a dose table' },
      { name: 'ties', flag: '--ties', label: 'Halfway between two amounts', choices: [ASKED, ...same(['up', 'down'])] },
    ] },
    { legend: 'Days and supply', fields: [
      { name: 'intake', flag: '--days', label: 'Days of intake', hint: 'radiotherapy-days, weekdays, calendar-days, or days of a cycle: 1-14/21' },
      { name: 'start', flag: '--start', label: 'First fraction', hint: 'a date: 2026-12-07' },
      { name: 'fractions', flag: '--fractions', label: 'Number of fractions', hint: '28' },
      { name: 'holidays', flag: '--holidays', label: 'Holidays', hint: 'dates without treatment by commas: 2026-12-25,2027-01-01; or none' },
      { name: 'dispense', flag: '--dispense-every', label: 'Dispensed for', hint: '7d; the whole course at once unless given' },
    ] },
    { legend: 'Renal function, DPYD, other drugs, rules', open: false, fields: [
      { name: 'age', flag: '--age', label: 'Age in completed years', hint: '62' },
      { name: 'sex', flag: '--sex', label: 'Sex', choices: [['', 'not given'], ...same(['female', 'male'])] },
      { name: 'creatinine', flag: '--creatinine', label: 'Serum creatinine', hint: '80umol/L or 1.03mg/dL' },
      { name: 'weight-basis', flag: '--weight-basis', label: 'Weight in the clearance', hint: 'actual, ideal, or adjusted:0.4' },
      { name: 'dpyd', flag: '--dpyd', label: 'DPYD', choices: [['', 'not given'], ...same(['not-tested', 'indeterminate', '0', '0.5', '1', '1.5', '2'])], hint: 'the activity score' },
      { name: 'drugs', flag: '--interacting-drug', rows: 2, label: 'Other drugs', hint: 'one a line, or none', link: false },
      { name: 'rule-sets', flag: '--rule-set', label: 'Rule sets', hint: 'by commas: renal=fda-label-2026, cpic-dpyd-2018. None is a default' },
      { name: 'without', flag: '--without', label: 'Checked elsewhere', hint: 'topics that need no rule set here: renal,dpyd,interactions' },
      { name: 'tolerance', flag: '--tolerance', label: 'Largest deviation', hint: 'of the dose to take from the calculated one: 5%' },
      { name: 'bsa-cap', flag: '--bsa-cap', label: 'Cap on the body surface area', hint: '2m2; none unless given' },
    ] },
  ],
});

const gapForm = () => makeForm({
  name: 'gap',
  title: 'A gap in treatment',
  intro: 'What missed days cost, and every way to make them good, with a drawing over the calendar.',
  command: ['gap'],
  pictureFirst: true,
  groups: [
    { legend: 'Course and missed days', fields: [
      { name: 'course', label: 'Course', hint: 'that reaches the tumour, phases joined by +: 45Gy/25+5.4Gy/3' },
      { name: 'start', flag: '--start', label: 'First fraction', hint: 'a date: 2026-11-02' },
      { name: 'missed', flag: '--missed', label: 'Missed dates', hint: 'by commas: 2026-11-24,2026-11-25' },
      { name: 'resume', flag: '--resume', label: 'Treatment again from', hint: 'the next day of treatment unless given' },
      { name: 'delivered', flag: '--delivered', label: 'Fractions delivered', hint: 'planned before that day, less the missed, unless given' },
      { name: 'holidays', flag: '--holidays', label: 'Holidays', hint: 'planned dates without treatment by commas: 2026-12-25,2027-01-01; or none' },
      { name: 'closed', flag: '--closed', label: 'Further closed dates', hint: 'after treatment goes on, by commas' },
    ] },
    { legend: 'Tissues', fields: [
      { name: 'alpha-beta', flag: '--alpha-beta', label: 'Alpha/beta of the tumour', hint: '10Gy. No tissue has a default' },
      { name: 'late', flag: '--late-alpha-beta', label: 'Alpha/beta of the late tissue', hint: '3Gy' },
      ...LOSS,
      { name: 'repair', flag: '--late-repair-half-time', label: 'Half-time of repair, late tissue', hint: '4.4h' },
      { name: 'interval', flag: '--interval', label: 'Between two fractions of a day', hint: '6h' },
    ] },
    { legend: 'What is possible', open: false, fields: [
      { name: 'weekdays', flag: '--weekdays', label: 'Weekdays of treatment', hint: 'mon-fri unless given' },
      { name: 'extra', flag: '--extra-weekdays', label: 'Weekdays that can be used too', hint: 'sat, or sat,sun, or none' },
      { name: 'step', flag: '--step', label: 'Smallest step of a dose', hint: '0.01Gy' },
      { name: 'rounding', flag: '--rounding', label: 'Rounding to that step', choices: [['', 'not rounded'], ...same(['nearest', 'down', 'up'])] },
    ] },
  ],
});

const planForm = () => {
  const files = makeFiles({
    label: 'Plans, doses and structure sets',
    hint: 'Drop DICOM files here (RT Plan, RT Dose, RT Structure Set), or an export (.csv, .json). A protocol of your own is a .toml file.',
    changed: () => {
      offer();
      arms();
      form.changed();
    },
  });
  let shipped = [];
  const form = makeForm({
    name: 'check',
    title: 'Plans against a protocol',
    intro: 'Number of fractions, dose per fraction and total of what is planned, against what is prescribed.',
    command: ['check'],
    files,
    prepare: () => arms(),
    verify: (field, dropped) => {
      const protocol = field('protocol').value();
      const wrong = [];
      if (protocol !== '' && field('prescribed').value() !== '') {
        wrong.push(['prescribed', 'Give a protocol, or a prescription by hand, not both.']);
      }
      if (field('planned').value() !== '' && dropped.all().some((file) => file.name !== protocol)) {
        wrong.push(['planned', 'Give files, or what is planned by hand, not both.']);
      }
      return wrong;
    },
    unlinked: (one) => ['protocol', 'arm'].includes(one.spec.name) && files.all().some((file) => file.name === form.field('protocol').value()),
    compose: (field, dropped) => {
      const protocol = field('protocol').value();
      const arm = field('arm').value();
      return {
        flags: protocol === '' ? [] : [`--protocol=${protocol}${arm === '' ? '' : `/${arm}`}`],
        places: dropped.all().map((file) => file.name).filter((name) => name !== protocol),
      };
    },
    groups: [
      { legend: 'What is prescribed', fields: [
        { name: 'protocol', flag: '--protocol', composed: true, wide: true, label: 'Protocol', choices: [['', 'none: prescribed by hand']] },
        { name: 'arm', flag: '--arm', composed: true, wide: true, label: 'Arm or treatment', choices: [['', 'choose a protocol first']] },
        { name: 'prescribed', flag: '--prescribed', label: 'Instead of a protocol', hint: 'phases joined by +: 45Gy/25+5.4Gy/3' },
        { name: 'planned', flag: '--planned', label: 'Instead of files: what is planned', hint: '20 x 1.8Gy' },
      ] },
      { legend: 'What settles a question', open: false, fields: [
        { name: 'map', flag: '--map', rows: 2, label: 'Plan to phase', hint: 'one a line: boost.dcm=boost', link: false },
        { name: 'target', flag: '--target', rows: 2, label: 'Target to volume', hint: 'one a line: PTV 50.4=tumour bed', link: false },
        { name: 'course', flag: '--course', label: 'Course', hint: 'where the treatment leaves it open' },
        { name: 'tolerance', flag: '--tolerance', rows: 2, label: 'Other tolerances', hint: 'one a line: total=0.5%' },
        { name: 'week', flag: '--fractions-per-week', label: 'Fractions a week', hint: 'where the protocol does not say: 5' },
        { name: 'stated', flag: '--accept-stated-dose', label: 'Take the dose a plan states, because', hint: 'the reason is printed', link: false },
        { name: 'each', flag: '--each', tick: true, label: 'Every plan on its own' },
        { name: 'show', flag: '--show-patient', tick: true, label: 'Show what names the patient', link: false },
      ] },
    ],
  });
  const offer = () => {
    const own = files.all().map((file) => file.name).filter((name) => /\.(toml|json)$/i.test(name));
    form.field('protocol').choose([['', 'none: prescribed by hand'], ...own.map((name) => [name, `${name} (dropped here)`]), ...shipped]);
  };
  let offered = null;
  let reading = Promise.resolve();
  const read = async (protocol, file, chosen) => {
    const arm = form.field('arm');
    // the arms of one protocol are not those of another
    arm.choose([['', protocol === '' ? 'choose a protocol first' : 'reading its arms']]);
    if (protocol === '') return;
    const answer = await engine.ask({ arguments: ['protocol', 'show', '--', protocol], files: file ? [file] : [] });
    const choices = [];
    for (const one of answer.result?.arms ?? []) {
      choices.push([one.id, `${one.id}: ${one.title}`]);
      for (const option of one.options ?? []) choices.push([option.id, `   ${option.id}: ${option.title}`]);
    }
    arm.choose([['', 'choose'], ...choices]);
    if (chosen) arm.set(chosen);
  };
  const arms = (chosen) => {
    const protocol = form.field('protocol').value();
    const file = files.all().find((one) => one.name === protocol);
    if (offered === null || protocol !== offered.protocol || file !== offered.file || chosen) {
      offered = { protocol, file };
      reading = read(protocol, file, chosen);
    }
    return reading;
  };
  form.field('protocol').input.addEventListener('input', () => arms());
  form.ready = async () => {
    const answer = await engine.ask({ arguments: ['protocol', 'list'] });
    shipped = (answer.result?.protocols ?? []).map(({ id, title }) => [id, `${id}: ${title}`]);
    offer();
  };
  const fill = form.fill;
  // an arm can be chosen when its protocol is read
  form.fill = async (values) => {
    await form.loaded;
    const rest = values.filter(([key]) => key !== 'arm');
    const unknown = fill(rest);
    const arm = values.find(([key]) => key === 'arm');
    await arms(arm?.[1]);
    if (arm && form.field('arm').value() !== arm[1]) unknown.push('arm');
    return unknown;
  };
  return form;
};

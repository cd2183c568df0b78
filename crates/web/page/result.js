// An answer: what it comes to in a sentence, the page of it in a frame without scripts, and what can be
// done with it.

const OUTCOMES = {
  0: ['Done. Nothing failed.', 'pass'],
  1: ['A check failed: see below.', 'fail'],
  2: ['Refused. Nothing was calculated.', 'fail'],
  3: ['Something could not be told: see below.', 'cannot-tell'],
};

/** Whether a finding, or what came of several, is a warning. */
const hasWarning = (value) => value !== null && typeof value === 'object'
  && (value.outcome === 'warn' || Object.values(value).some(hasWarning));

/** Fits a frame to what it holds. */
const fit = (frame) => {
  const inside = frame.contentDocument?.documentElement;
  if (inside) frame.style.height = `${Math.ceil(inside.getBoundingClientRect().height) + 4}px`;
};

/** On a narrow screen each row of a table is a list of its cells with their names: no column is out of sight. */
const NARROW = `@media screen and (max-width: 480px) {
  body { padding: 12px; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-bottom: 1px solid #999; padding: 4px 0; }
  td, .findings td { position: relative; min-width: 0 !important; min-height: 1.4em; padding: 1px 4px 1px 45%; border: 0;
    text-align: left !important; white-space: normal !important; overflow-wrap: anywhere; }
  td::before { content: attr(data-name); position: absolute; left: 4px; width: 42%; color: #444; }
  td:empty, td[data-name='']::before { display: none; }
  td[data-name=''] { padding-left: 4px; font-weight: 600; }
  .findings td:nth-child(-n + 3) { padding-left: 4px; }
  .findings td:nth-child(-n + 3)::before { display: none; }
  code { white-space: normal; overflow-wrap: anywhere; }
  .signatures { grid-template-columns: 1fr; }
}`;
const named = (inside) => {
  for (const table of inside.querySelectorAll('table')) {
    const names = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent);
    for (const row of table.querySelectorAll('tbody tr')) {
      for (const [at, cell] of [...row.cells].entries()) cell.dataset.name = names[at] ?? '';
    }
  }
  const style = inside.createElement('style');
  style.textContent = NARROW;
  inside.head.append(style);
};

/** A place for answers. `link` gives the address of what was typed. */
const makeResult = (name, link, pictureFirst) => {
  const outcome = make('p', { class: 'outcome', role: 'status' });
  const reasons = make('ul', { class: 'error' });
  const frame = make('iframe', { title: `Result: ${name}`, sandbox: 'allow-same-origin allow-modals', hidden: true });
  const command = make('code');
  const address = make('input', { type: 'text', readonly: true, 'aria-label': 'Link with the typed values' });
  const copied = make('span', { role: 'status', class: 'hint' });
  const files = make('ul', { class: 'files' });
  let last = null;
  let whole = false;

  const report = () => last.files.find((file) => file.name === REPORT);
  const text = (file) => new TextDecoder().decode(file.bytes);
  const shown = () => (whole && report() ? text(report()) : last.page);
  /** The picture before everything else, where it is the answer that one looks for. */
  const picture = () => {
    if (!pictureFirst || whole) return;
    const main = frame.contentDocument?.querySelector('main');
    // a short answer has no pictures, and the report has them all
    const all = report() && new DOMParser().parseFromString(text(report()), 'text/html');
    const figure = all?.querySelector('figure');
    if (figure) main?.prepend(figure);
  };
  const show = (then = () => {}) => {
    frame.onload = () => {
      picture();
      named(frame.contentDocument);
      fit(frame);
      then();
    };
    frame.srcdoc = shown();
    frame.hidden = false;
  };
  const toggle = button('With working and sources', () => {
    whole = !whole;
    toggle.setAttribute('aria-pressed', String(whole));
    show();
  }, { 'aria-pressed': 'false' });
  const print = button('Print the report', () => {
    whole = true;
    toggle.setAttribute('aria-pressed', 'true');
    show(() => {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    });
  });
  const download = button('Save the report', () => save(`chemorad-${name}.html`, report().bytes, 'text/html'));
  const data = button('Save as JSON', () => save(`chemorad-${name}.json`, last.json, 'application/json'));
  const asked = button('Make a link', () => {
    const made = link();
    address.value = made.address;
    const holds = `It holds the typed values${made.left.length === 0 ? ' and nothing else' : `, but not: ${made.left.join(', ')}`}.`;
    copied.textContent = holds;
    address.hidden = false;
    address.focus();
    address.select();
    const copy = navigator.clipboard ? navigator.clipboard.writeText(address.value) : Promise.reject();
    copy.then(() => { copied.textContent = `Copied. ${holds}`; },
      () => { copied.textContent = `Copy it from the field. ${holds}`; });
  });
  const actions = make('div', { class: 'actions' }, toggle, print, download, data, asked, copied, address);
  const terminal = make('p', { class: 'hint' }, 'The same at a terminal: ', command);
  const box = make('section', { class: 'result', 'aria-label': `Result: ${name}`, hidden: true },
    outcome, reasons, actions, files, frame, terminal);

  new ResizeObserver(() => fit(frame)).observe(box);
  return {
    box,
    /** Shows an answer; reasons that stand at no field stand here. */
    show: (answer, words, elsewhere = [], site = null) => {
      last = answer;
      const [sentence, kind] = OUTCOMES[answer.exit] ?? OUTCOMES[2];
      const warned = answer.exit === 0 && hasWarning(answer.result);
      outcome.textContent = warned ? 'Nothing failed. There are warnings: see below.' : answer.exit === 2 && answer.page ? 'Some files could not be read: see below.' : sentence;
      outcome.className = `outcome ${warned ? 'warn' : kind}`;
      reasons.replaceChildren(...elsewhere.map((message) => make('li', {}, message)));
      reasons.hidden = elsewhere.length === 0;
      actions.hidden = !answer.page;
      address.hidden = true;
      copied.textContent = '';
      for (const one of [print, download, toggle]) one.hidden = !report();
      command.textContent = commandLine(words, site);
      terminal.hidden = answer.exit === 2 && !answer.page;
      const others = answer.files.filter((file) => file.name !== REPORT);
      files.replaceChildren(...others.map((file) => make('li', {},
        button(`Save ${file.name}`, () => save(file.name, file.bytes, 'application/octet-stream')))));
      files.hidden = others.length === 0;
      if (answer.page) show();
      else frame.hidden = true;
      box.classList.remove('old');
      box.removeAttribute('aria-busy');
      box.hidden = false;
    },
    /** What is shown no longer belongs to what is typed. */
    old: () => {
      if (box.hidden) return;
      box.classList.add('old');
      box.setAttribute('aria-busy', 'true');
      outcome.textContent = 'What is typed has changed: this is the old answer.';
      // an old answer has no colour: green would speak for what is typed now
      outcome.className = 'outcome';
    },
    hide: () => { box.hidden = true; },
    outcome,
  };
};

/** The name of the report among the files that a command writes. */
const REPORT = 'chemorad-report.html';

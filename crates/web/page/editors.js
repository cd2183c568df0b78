// Files that are written in the page: a protocol with lint as one types, and the site file.

const LONGEST = 2 * 1024 * 1024;

/** What is pasted with more characters is put in at once. */
const MANY = 50000;

/** A text with line numbers, and a list of what is wrong with it that leads to each place. */
const makeEditor = ({ name, label, hint, changed }) => {
  const id = `${name}-text`;
  const lines = make('div', { class: 'lines', 'aria-hidden': 'true' });
  const text = make('textarea', { id, 'aria-describedby': `${id}-hint ${id}-error`, spellcheck: 'false', autocomplete: 'off', wrap: 'off', rows: '18' });
  const error = make('p', { class: 'error', id: `${id}-error` });
  const numbers = make('div');
  lines.replaceChildren(numbers);
  let count = 1;
  /** The numbers of the lines that are seen: a long file has too many to draw. */
  const draw = () => {
    const height = parseFloat(getComputedStyle(text).lineHeight) || 18;
    const first = Math.floor(text.scrollTop / height);
    const last = Math.min(count, first + Math.ceil((text.clientHeight || 600) / height) + 1);
    numbers.textContent = Array.from({ length: Math.max(last - first, 0) }, (_, at) => first + at + 1).join('\n');
    numbers.style.transform = `translateY(${first * height - text.scrollTop}px)`;
    // as wide as the last number, so that nothing moves
    lines.style.minWidth = `${Math.max(3.2, 1.6 + 0.65 * String(count).length)}em`;
  };
  const number = () => {
    const given = text.value;
    count = 1;
    for (let at = given.indexOf('\n'); at >= 0; at = given.indexOf('\n', at + 1)) count += 1;
    draw();
  };
  const tooLong = (size) => `This would be ${(size / 1e6).toFixed(1)} MB, and a file that is edited here has at most 2 MB. Nothing was changed.`;
  text.addEventListener('scroll', draw);
  new ResizeObserver(draw).observe(text);
  // before it is drawn: a browser takes seconds to lay out what is refused a moment later
  const refuseLong = (event, data) => {
    const size = text.value.length - (text.selectionEnd - text.selectionStart) + (data?.getData('text').length ?? 0);
    if (size <= LONGEST) return;
    event.preventDefault();
    error.textContent = tooLong(size);
  };
  text.addEventListener('paste', (event) => {
    refuseLong(event, event.clipboardData);
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (event.defaultPrevented || pasted.length < MANY) return;
    // as one piece: a browser that edits in thousands of lines one by one freezes
    event.preventDefault();
    text.setRangeText(pasted, text.selectionStart, text.selectionEnd, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  });
  text.addEventListener('drop', (event) => refuseLong(event, event.dataTransfer));
  text.addEventListener('input', () => {
    number();
    changed();
  });
  let edited = false;
  text.addEventListener('input', () => { edited = true; });
  window.addEventListener('beforeunload', (event) => { if (edited && text.value !== '') event.preventDefault(); });
  const box = make('div', { class: 'editor-field' }, make('label', { for: id }, label),
    make('div', { class: 'editor' }, lines, text), make('p', { class: 'hint', id: `${id}-hint` }, hint), error);
  return {
    box, text, error,
    value: () => text.value,
    set: (value) => {
      text.value = value;
      edited = false;
      number();
    },
    saved: () => { edited = false; },
    /** Whether another text may stand here: work that was not saved is not thrown away. */
    mayReplace: () => {
      if (!edited || text.value === '') return true;
      error.textContent = 'The text here has changed since it was saved: save it, or empty it, and ask again.';
      return false;
    },
    /** Puts the cursor at a place, which is scrolled to. */
    go: (line, column, end) => {
      const before = text.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
      text.focus();
      text.setSelectionRange(before + column - 1, before + Math.max(end ?? column, column) - 1);
      const height = parseFloat(getComputedStyle(text).lineHeight) || 18;
      text.scrollTop = Math.max(0, (line - 4) * height);
    },
  };
};

/** Opens a text file of the person's. */
const opener = (words, opened, refused) => {
  const input = make('input', { type: 'file', hidden: true, 'aria-hidden': 'true', tabindex: '-1' });
  input.addEventListener('change', async () => {
    const [file] = input.files;
    input.value = '';
    if (!file) return;
    if (file.size > LONGEST) {
      refused(`${file.name} has ${Math.round(file.size / 1e6)} MB: a file that is edited here has at most 2 MB.`);
      return;
    }
    try {
      opened(file.name, new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
    } catch {
      refused(`${file.name} is not text in UTF-8.`);
    }
  });
  return [button(words, () => input.click()), input];
};

const lintTool = () => {
  const name = 'lint';
  let file = 'protocol.toml';
  let turn = 0;
  const told = make('p', { role: 'status', class: 'outcome' });
  const found = make('ol', { class: 'findings' });
  const extra = makeFiles({ label: 'Files beside it', hint: 'The document that the protocol quotes, or worked examples, where it names them.', changed: () => soon() });
  const source = makeField({ name: 'source', label: 'The document that it quotes', choices: [['', 'not at hand']], hint: 'one of the files beside it: each passage is looked for in it' });
  source.input.addEventListener('input', () => soon());

  const lint = async () => {
    turn += 1;
    const mine = turn;
    const text = editor.value();
    editor.error.textContent = '';
    source.choose([['', 'not at hand'], ...extra.all().map((one) => [one.name, one.name])]);
    if (text.trim() === '') {
      found.replaceChildren();
      told.textContent = '';
      told.className = 'outcome';
      return;
    }
    if (text.length > LONGEST) {
      found.replaceChildren();
      told.textContent = 'It cannot be checked: see above.';
      told.className = 'outcome fail';
      editor.error.textContent = 'A file that is edited here has at most 2 MB.';
      return;
    }
    const named = source.value() === '' ? [] : [`--source=${source.value()}`];
    const answer = await engine.ask({
      arguments: ['protocol', 'lint', ...named, '--', file],
      files: [{ name: file, blob: new Blob([text]) }, ...extra.all().filter((one) => one.name !== file)],
    });
    if (mine !== turn) return;
    if (!answer.result) {
      found.replaceChildren();
      told.textContent = 'It cannot be checked: see above.';
      told.className = 'outcome fail';
      editor.error.textContent = answer.refusals.map((one) => one.message).join('\n');
      return;
    }
    const { counts, findings } = answer.result;
    told.textContent = `${counts.fail} failed, ${counts.cannot_tell} cannot be told, ${counts.warn} to review`;
    told.className = `outcome ${OUTCOMES[answer.exit][1]}`;
    found.replaceChildren(...findings.filter((one) => one.outcome !== 'pass').map((one) => {
      const place = one.line ? `line ${one.line}${one.column ? `, column ${one.column}` : ''}` : one.file;
      const lead = one.line
        ? button(place, () => editor.go(one.line, one.column ?? 1, one.end_column), { class: 'place' })
        : make('span', { class: 'place' }, place);
      const values = [['expected', one.expected], ['found', one.found]].filter(([, value]) => value !== undefined && value !== null);
      return make('li', {}, lead, ' ', make('span', { class: `badge ${one.outcome.replace(/[ _]/g, '-')}` }, one.outcome.replaceAll('_', ' ')), ' ',
        make('code', {}, one.code), ` ${one.message}`, ...values.map(([word, value]) => `; ${word} ${typeof value === 'string' ? value : JSON.stringify(value)}`));
    }));
  };
  const later = debounced(lint, 400);
  const soon = () => {
    told.textContent = 'Checking.';
    told.className = 'outcome';
    later();
  };
  const editor = makeEditor({ name, label: 'Protocol file', hint: 'TOML, or JSON where its name ends in .json. It is checked as you type.', changed: () => soon() });
  const load = (given, text) => {
    if (!editor.mayReplace()) return;
    file = given;
    editor.set(text);
    lint();
  };
  const start = async (id) => {
    identifier.clear();
    const answer = await engine.ask({ arguments: ['protocol', 'new', '--', id], printed: true });
    if (answer.exit === 0) load(`${id}.toml`, answer.stdout);
    else identifier.refuse(answer.refusals.map((one) => one.message).join('\n'));
  };
  const identifier = makeField({ name: 'id', label: 'Begin a new one called', hint: 'such as NCT01234567' });
  const refused = (message) => { editor.error.textContent = message; };
  const section = make('section', { id: name, class: 'tool', 'aria-labelledby': `${name}-title`, hidden: true },
    make('h2', { id: `${name}-title`, tabindex: '-1' }, 'A protocol file, checked as one types'),
    make('p', {}, 'Structure, arithmetic, quotations, coverage, limits and worked examples of a protocol as data.'),
    make('div', { class: 'grid' }, identifier.box, make('div', { class: 'actions' },
      button('Begin', () => start(identifier.value())), ...opener('Open a file', load, refused),
      button('Save', () => {
        save(file, editor.value(), 'application/toml');
        editor.saved();
      }))),
    editor.box, told, found,
    make('details', {}, make('summary', {}, 'Files beside it'), extra.box, source.box));
  return { name, title: 'Protocol file', section };
};

/** The site file, which every form takes while it is in use. */
const siteFile = (() => {
  const name = 'site';
  let file = 'site.toml';
  let turn = 0;
  const told = make('p', { role: 'status', class: 'outcome' });
  const result = make('iframe', { title: 'The site file, checked', sandbox: 'allow-same-origin', hidden: true });
  const use = makeField({ name: 'use', tick: true, label: 'Use it in every form' });
  const badge = make('p', { class: 'hint', role: 'status' });
  const beside = makeFiles({ label: 'Files that it names', hint: 'a calendar of closed days (.ics), rule sets (.toml)', changed: () => soon() });

  const watchers = new Set();
  const all = () => [{ name: file, blob: new Blob([editor.value()]) }, ...beside.all().filter((one) => one.name !== file)];
  const used = () => use.value() === 'yes' && editor.value().trim() !== '';
  /** Its name where it is in use. */
  const inUse = () => (used() ? file : null);
  const tell = () => {
    badge.textContent = used() ? `Site file in use: ${file}` : '';
    for (const watcher of watchers) watcher();
  };
  const check = async () => {
    turn += 1;
    const mine = turn;
    tell();
    editor.error.textContent = '';
    if (editor.value().trim() === '') {
      told.textContent = '';
      told.className = 'outcome';
      result.hidden = true;
      return;
    }
    const answer = await engine.ask({ arguments: ['site', 'check', '--', file], files: all() });
    if (mine !== turn) return;
    editor.error.textContent = answer.refusals.map((one) => one.message).join('\n');
    told.textContent = answer.page ? `Nothing is wrong with it.${used() ? '' : ' It is not in use: tick above to use it.'}` : 'Something is wrong with it: see above.';
    told.className = `outcome ${answer.page ? 'pass' : 'fail'}`;
    result.hidden = !answer.page;
    if (answer.page) {
      result.onload = () => {
        named(result.contentDocument);
        fit(result);
      };
      result.srcdoc = answer.page;
    }
  };
  const soon = debounced(check, 400);
  const editor = makeEditor({ name, label: 'Site file', hint: 'What the site has decided for all its patients. Save it as a file: the page keeps nothing.', changed: () => {
    tell();
    soon();
  } });
  const load = (given, text) => {
    if (!editor.mayReplace()) return;
    file = /\.(toml|json)$/i.test(given) ? given : `${given}.toml`;
    editor.set(text);
    use.input.checked = true;
    check();
  };
  use.input.addEventListener('input', () => check());
  const fresh = async () => {
    const answer = await engine.ask({ arguments: ['site', 'new'], printed: true });
    load('site.toml', answer.stdout);
  };
  const section = make('section', { id: name, class: 'tool', 'aria-labelledby': `${name}-title`, hidden: true },
    make('h2', { id: `${name}-title`, tabindex: '-1' }, 'Site file: what is decided once'),
    make('p', {}, 'Formula, tablets, rounding, days, rules and alpha/beta of a site, kept as a file of yours.'),
    make('div', { class: 'actions' }, button('Begin a new one', fresh),
      ...opener('Open a file', load, (message) => { editor.error.textContent = message; }),
      button('Save', () => {
        save(file, editor.value(), 'application/toml');
        editor.saved();
      })),
    use.box, editor.box, told, result, make('details', {}, make('summary', {}, 'Files that it names'), beside.box));
  return {
    name, title: 'Site file', section, badge, inUse,
    /** Called when what forms take from it has changed. */
    watch: (watcher) => watchers.add(watcher),
    /** Asks with the site file where it is in use. */
    ask: (question) => {
      if (!used()) return engine.ask(question);
      const given = question.files ?? [];
      const twice = all().map((one) => one.name).find((one) => given.some((other) => other.name === one));
      return twice
        ? Promise.resolve(engine.refusal(`Two files are called ${twice}: one beside the site file in use, and one given here. Rename or remove one.`))
        : engine.ask({ ...question, site: file, files: [...given, ...all()] });
    },
  };
})();

// Any command with files, as at a terminal.

const consoleTool = () => {
  const name = 'command';
  const files = makeFiles({ label: 'Files', hint: 'A command reads them by their names. What it writes is added here.', changed: () => {} });
  const line = makeField({ name: 'line', label: 'Command', hint: 'such as: solve --target-eqd 50Gy --fractions 25 --alpha-beta 10Gy; help lists all commands' });
  const told = make('p', { role: 'status', class: 'outcome' });
  const printed = make('pre', { tabindex: '0', 'aria-label': 'What the command prints', hidden: true });
  const written = make('ul', { class: 'files' });
  let turn = 0;
  const old = () => {
    turn += 1;
    if (printed.hidden && told.textContent === '') return;
    printed.hidden = true;
    written.replaceChildren();
    told.textContent = 'What is typed has changed: run it again.';
    told.className = 'outcome';
  };
  line.input.addEventListener('input', old);
  siteFile.watch(old);
  const run = async (event) => {
    event.preventDefault();
    line.clear();
    const { words, error } = parted(line.value());
    if (error) {
      line.refuse(error);
      line.input.focus();
      return;
    }
    // the answer before is not that of this line
    told.textContent = 'Running.';
    told.className = 'outcome';
    printed.hidden = true;
    // a line that a form shows may name the site file, which is taken from its editor
    if (/^CHEMORAD_SITE=/.test(words[0] ?? '')) words.shift();
    turn += 1;
    const mine = turn;
    const asked = words[0] === 'chemorad' ? words.slice(1) : words;
    // lines of 80 characters, which a narrow screen scrolls: a number that is broken in two is another number
    const answer = await siteFile.ask({ arguments: asked, files: files.all(), printed: true, progress: showReading });
    if (mine !== turn) return;
    printed.textContent = `${answer.stderr}${answer.stdout}`;
    printed.hidden = false;
    told.textContent = `${commandLine(asked, siteFile.inUse())}: exit code ${answer.exit}. ${(OUTCOMES[answer.exit] ?? OUTCOMES[2])[0]}`;
    told.className = `outcome ${(OUTCOMES[answer.exit] ?? OUTCOMES[2])[1]}`;
    for (const file of answer.files) files.put(file.name, file.bytes);
    written.replaceChildren(...answer.files.map((file) => make('li', {},
      button(`Save ${file.name}`, () => save(file.name, file.bytes, 'application/octet-stream')))));
  };
  const form = make('form', { novalidate: true, on: { submit: run } }, line.box, files.box,
    make('div', { class: 'actions' }, make('button', { type: 'submit', class: 'main' }, 'Run')));
  const section = make('section', { id: name, class: 'tool', 'aria-labelledby': `${name}-title`, hidden: true },
    make('h2', { id: `${name}-title`, tabindex: '-1' }, 'Any command'),
    make('p', {}, 'Everything that the command can do, with the same words and numbers.'), form, told, written, printed);
  return { name, title: 'Any command', section };
};

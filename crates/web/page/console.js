// Any command with files, as at a terminal.

const consoleTool = () => {
  const name = 'command';
  const files = makeFiles({ label: 'Files', hint: 'A command reads them by their names. What it writes is added here.', changed: () => {} });
  const line = makeField({ name: 'line', label: 'Command', hint: 'such as: solve --target-eqd 50Gy --fractions 25 --alpha-beta 10Gy; help lists all commands' });
  const told = make('p', { role: 'status', class: 'outcome' });
  const printed = make('pre', { tabindex: '0', 'aria-label': 'What the command prints', hidden: true });
  const written = make('ul', { class: 'files' });
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
    const asked = words[0] === 'chemorad' ? words.slice(1) : words;
    // a line of text has 80 characters, and fewer where the screen is narrower
    const fitting = Math.floor((section.clientWidth - 24) / 7.9);
    const answer = await siteFile.ask({ arguments: asked, files: files.all(), printed: true, width: fitting < 80 ? Math.max(fitting, 36) : null, progress: showReading });
    printed.textContent = `${answer.stderr}${answer.stdout}`;
    printed.hidden = false;
    told.textContent = `Exit code ${answer.exit}. ${(OUTCOMES[answer.exit] ?? OUTCOMES[2])[0]}`;
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

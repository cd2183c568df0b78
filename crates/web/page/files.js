// Files that a person opens or drops. They stay where they are; the worker reads them.

/** A place for files, with a list of them. `changed` is called when the list changes. */
const makeFiles = ({ label, hint, changed }) => {
  fieldNumber += 1;
  const id = `files-${fieldNumber}`;
  let files = [];
  const list = make('ul', { class: 'files' });
  const input = make('input', { type: 'file', multiple: true, id, 'aria-describedby': `${id}-hint ${id}-error` });
  const error = make('p', { class: 'error', id: `${id}-error` });
  const told = make('p', { class: 'hint', role: 'status' });

  /** Two files of one name need two names; a path leads nowhere outside. */
  const named = (name) => {
    const plain = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..').join('/') || 'file';
    const taken = (candidate) => files.some((file) => file.name === candidate);
    let candidate = plain;
    for (let count = 2; taken(candidate); count += 1) {
      const dot = plain.lastIndexOf('.');
      candidate = dot > 0 ? `${plain.slice(0, dot)} (${count})${plain.slice(dot)}` : `${plain} (${count})`;
    }
    return candidate;
  };
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const show = () => {
    list.replaceChildren(...files.map((file) => make('li', {},
      make('span', { class: 'name' }, file.name), ` ${size(file.blob.size)} `,
      button('Remove', () => {
        files = files.filter((other) => other !== file);
        show();
        input.focus();
        changed();
      }, { 'aria-label': `Remove ${file.name}` }))));
    told.textContent = files.length === 0 ? '' : `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${size(files.reduce((sum, file) => sum + file.blob.size, 0))}`;
  };
  const add = (added) => {
    for (const blob of added) files.push({ name: named(blob.webkitRelativePath || blob.name), blob });
    error.textContent = '';
    show();
    changed();
  };
  input.addEventListener('change', () => {
    add([...input.files]);
    input.value = '';
  });
  const box = make('div', { class: 'drop' }, make('label', { for: id }, label), input,
    make('p', { class: 'hint', id: `${id}-hint` }, hint), error, told, list);
  box.addEventListener('dragover', (event) => {
    event.preventDefault();
    box.classList.add('over');
  });
  box.addEventListener('dragleave', () => box.classList.remove('over'));
  box.addEventListener('drop', (event) => {
    event.preventDefault();
    box.classList.remove('over');
    add([...event.dataTransfer.files]);
  });
  return {
    box, input,
    all: () => files,
    put: (name, bytes) => {
      files = files.filter((file) => file.name !== name);
      files.push({ name, blob: new Blob([bytes]) });
      show();
    },
    empty: () => {
      files = [];
      show();
    },
    refuse: (message) => { error.textContent = message; },
    clear: () => { error.textContent = ''; },
  };
};

// a file that is dropped beside a place for files must not replace the page
for (const event of ['dragover', 'drop']) window.addEventListener(event, (happened) => happened.preventDefault());

// Small parts of the page. Text is always set as text: nothing that is typed or read becomes markup.

/** An element with attributes and children; a child is an element or a text. */
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};

const button = (words, press, attributes = {}) => make('button', { type: 'button', on: { click: press }, ...attributes }, words);

/** Gives a file to the person, who decides where it goes. */
const save = (name, content, type) => {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make('a', { href: address, download: name.split(/[\\/]/).pop() });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
};

/** Calls once, when nothing has happened for so long. */
const debounced = (call, milliseconds) => {
  let timer = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
};

/** What a person would type at a terminal. */
const quoted = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
const commandLine = (words, site) => [
  ...(site ? [`CHEMORAD_SITE=${quoted(site)}`] : []), ...['chemorad', ...words].map(quoted),
].join(' ');

/** The words of a line as a shell would part them, or what is wrong with it. */
const parted = (line) => {
  const words = [];
  let word = null;
  let quote = null;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (quote === null && /\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === null && (sign === '"' || sign === "'")) {
      quote = sign;
      word ??= '';
    } else if (sign === quote) {
      quote = null;
    } else if (sign === '\\' && quote !== "'" && at + 1 < line.length) {
      at += 1;
      word = (word ?? '') + line[at];
    } else {
      word = (word ?? '') + sign;
    }
  }
  if (quote !== null) return { error: `A quotation mark ${quote} is not closed.` };
  if (word !== null) words.push(word);
  return { words };
};

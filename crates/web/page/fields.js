// Fields of a form, described as data: each knows its flag, so that a refusal of the command stands at its
// field.

let fieldNumber = 0;

/**
 * A field: `name` (in links), `flag` (none: a place before the flags), `label`, `hint`, and `choices` for a
 * list, `rows` for one value a line, `tick` for yes or no. `link: false` keeps it out of links.
 */
const makeField = (spec) => {
  fieldNumber += 1;
  const id = `field-${fieldNumber}`;
  const described = `${id}-hint ${id}-error`;
  const common = { id, name: spec.name, 'aria-describedby': described, autocomplete: 'off' };
  let input;
  if (spec.choices) {
    input = make('select', common, ...spec.choices.map(([value, words]) => make('option', { value }, words)));
  } else if (spec.rows) {
    input = make('textarea', { ...common, rows: spec.rows, spellcheck: 'false' });
  } else if (spec.tick) {
    input = make('input', { ...common, type: 'checkbox' });
  } else {
    input = make('input', { ...common, type: 'text', spellcheck: 'false', autocapitalize: 'none' });
  }
  const label = make('label', { for: id }, spec.label);
  const hint = make('p', { class: 'hint', id: `${id}-hint` }, spec.hint ?? '');
  const error = make('p', { class: 'error', id: `${id}-error` });
  const box = make('div', { class: `field${spec.tick ? ' tick' : ''}${spec.wide ? ' wide' : ''}` });
  box.append(...(spec.tick ? [input, label] : [label, input]), hint, error);

  const value = () => (spec.tick ? (input.checked ? 'yes' : '') : input.value.trim());
  const words = () => {
    const given = value();
    if (given === '') return [];
    if (spec.tick) return [spec.flag];
    const values = spec.rows ? given.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [given];
    return spec.flag ? values.map((one) => `${spec.flag}=${one}`) : values;
  };
  const refuse = (message) => {
    // two faults of one field may have one sentence
    const said = error.textContent === '' ? [] : error.textContent.split('\n');
    if (!said.includes(message)) error.textContent = [...said, message].join('\n');
    input.setAttribute('aria-invalid', 'true');
    reveal();
  };
  const clear = () => {
    error.textContent = '';
    input.removeAttribute('aria-invalid');
  };
  /** Sets a value from a link; false where the field cannot have it. */
  const set = (text) => {
    if (spec.tick) {
      input.checked = text === 'yes';
      return text === 'yes';
    }
    input.value = text;
    if (input.value === text) return true;
    input.value = '';
    return false;
  };
  /** A group that is closed hides what is in it. */
  const reveal = () => {
    for (let around = box; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
  };
  /** Other choices, the chosen one kept where it is still there. */
  const choose = (choices) => {
    const before = input.value;
    input.replaceChildren(...choices.map(([given, shown]) => make('option', { value: given }, shown)));
    input.value = choices.some(([given]) => given === before) ? before : '';
  };
  return { spec, box, input, value, words, refuse, clear, set, choose, reveal };
};

/** The field that a refusal is about, or nothing. */
const fieldOf = (fields, refusal) => {
  if (!refusal.argument) return null;
  if (refusal.argument.startsWith('--')) {
    return fields.find((field) => field.spec.flag === refusal.argument || (field.spec.also ?? []).includes(refusal.argument)) ?? null;
  }
  const places = fields.filter((field) => !field.spec.flag);
  return places.find((field) => refusal.given !== null && field.words().includes(refusal.given)) ?? places[0] ?? null;
};

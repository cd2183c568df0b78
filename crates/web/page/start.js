// The page: its tools, which one is shown, links, and what runs.

const busy = document.getElementById('busy');
const busyWords = document.getElementById('busy-words');
const busyBar = document.getElementById('busy-bar');
let busySince = null;

function showReading(read, all) {
  if (all === 0 || read === all) {
    busyBar.removeAttribute('value');
    busyWords.textContent = 'Calculating';
  } else {
    busyBar.max = all;
    busyBar.value = read;
    busyWords.textContent = `Reading file ${read + 1} of ${all}`;
  }
}

engine.watch((waiting) => {
  clearTimeout(busySince);
  if (waiting === 0) {
    busy.hidden = true;
    busyWords.textContent = '';
    busyBar.removeAttribute('value');
  } else if (busy.hidden) {
    // most answers come before anybody could read this
    busySince = setTimeout(() => {
      if (busyWords.textContent === '') busyWords.textContent = 'Calculating';
      busy.hidden = false;
    }, 300);
  }
});
document.getElementById('stop').addEventListener('click', () => engine.stop());

const tools = [
  ['Dose', doseForm()], ['Tablets', tabletForm()], ['Gap', gapForm()], ['Plan check', planForm()],
  ['Protocol file', lintTool()], ['Site file', siteFile], ['Any command', consoleTool()],
];
const main = document.getElementById('main');
const fromLink = document.getElementById('from-link');
main.append(siteFile.badge, ...tools.map(([, tool]) => tool.section));
const entries = tools.map(([words, tool]) => [tool, make('a', { href: `#${tool.name}` }, words)]);
document.getElementById('tools').append(...entries.map(([, link]) => make('li', {}, link)));

/** The tools that were filled in by a link, with what was said of it. */
const filled = new Map();

/** Shows the tool of the address, with the values of a link. */
const turnTo = async (moved) => {
  const [name, query] = location.hash.replace(/^#/, '').split(/\?(.*)/s);
  const chosen = tools.map(([, tool]) => tool).find((tool) => tool.name === name) ?? tools[0][1];
  for (const [tool, link] of entries) {
    tool.section.hidden = tool !== chosen;
    if (tool === chosen) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  // what a tool has to ask for first waits until somebody looks at the tool
  chosen.loaded ??= chosen.ready?.();
  document.title = `${chosen.title} - chemorad`;
  if (moved) document.getElementById(`${chosen.name}-title`).focus();
  // a link is taken once: what was typed since stands
  if (query && chosen.fill && filled.get(chosen)?.query !== query) {
    const unknown = await chosen.fill([...new URLSearchParams(query)]);
    const left = unknown.length === 0 ? '' : ` Not taken from it, because there is no such field, it stands twice or the field cannot hold it: ${unknown.map((key) => key.slice(0, 40)).join(', ')}.`;
    const never = [...chosen.never(), 'files', 'a site file'].join(', ').toLowerCase();
    filled.set(chosen, { query, words: `Filled in from a link: check every value. Never in a link: ${never}.${left}` });
    chosen.run(false);
  }
  fromLink.textContent = filled.get(chosen)?.words ?? '';
  fromLink.hidden = !filled.has(chosen);
};
window.addEventListener('hashchange', () => turnTo(true));

engine.start();
engine.ask({ arguments: ['--version'] }).then((answer) => {
  document.getElementById('version').textContent = answer.stdout.trim();
  document.documentElement.dataset.ready = 'yes';
});
turnTo(false);

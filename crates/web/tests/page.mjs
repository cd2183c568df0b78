// The page as a person uses it, in Chromium, opened from the disk: numbers against the command, files,
// links, refusals, accessibility, narrow screens, printing, hostile input.
//
// Usage: node crates/web/tests/page.mjs PAGE.html CHEMORAD DICOM_FOLDER [PICTURES]

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.resolve('target/page/node/node_modules/'));
const { chromium } = require('playwright-core');
const AXE = fs.readFileSync(require.resolve('axe-core'), 'utf8');

const [file, command, dicom, pictures] = process.argv.slice(2).map((name) => path.resolve(name));
const address = pathToFileURL(file).href;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chemorad-page-'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

const troubles = [];
/** A page that reports every request, dialog and message of the console: there must be none. */
const open = async (options = {}, hash = '') => {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  await context.setOffline(true);
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!/^(file|blob|data|about):/.test(request.url())) troubles.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('console', (message) => troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`error: ${error}`));
  await page.goto(address + hash);
  await page.waitForSelector('html[data-ready]');
  return page;
};

const tool = async (page, name) => {
  await page.click(`nav a[href="#${name}"]`);
  await page.waitForSelector(`#${name}:not([hidden])`);
  return page.locator(`#${name}`);
};
const fill = async (section, values) => {
  for (const [name, value] of Object.entries(values)) {
    const field = section.locator(`[name="${name}"]`);
    if (!(await field.isVisible())) await section.locator('details:not([open]) > summary').evaluateAll((all) => all.forEach((one) => one.click()));
    const kind = await field.evaluate((one) => (one.tagName === 'SELECT' ? 'select' : one.type));
    if (kind === 'select') await field.selectOption(value);
    else if (kind === 'checkbox') await field.setChecked(value === 'yes');
    else await field.fill(value);
  }
};
const calculate = async (page, section) => {
  await section.locator('button.main').click();
  await section.locator('.result:not([hidden]):not([aria-busy])').waitFor();
};
/** Waits until a place says it: what a page does after a press may take a moment. */
const says = (place, words) => place.filter({ hasText: words }).waitFor({ state: 'attached' });
const saved = async (page, press) => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
};
const answer = async (page, section) => JSON.parse((await saved(page, () => section.getByText('Save as JSON').click())).bytes);
const typed = async (section) => (await section.locator('.result > p > code').textContent());
/** What the command says to the line that the page shows. */
const native = (line, ...flags) => {
  const [, site, words] = /^(CHEMORAD_SITE=\S+ )?(?:chemorad )?(.*)$/.exec(line);
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${site ?? ''}"$0" "$@" ${words}`, command, ...flags], { cwd: folder, encoding: 'utf8' });
  return { stdout, stderr, status };
};
/** The page and the command give the same JSON. */
const same = async (page, section) => {
  const line = await typed(section);
  const here = await answer(page, section);
  const there = JSON.parse(native(line, '--format=json').stdout);
  // they are two programs
  assert.equal(here.build.version, there.build.version);
  assert.deepEqual(here.build.inputs, there.build.inputs);
  delete here.build;
  delete there.build;
  assert.deepEqual(here, there, line);
  return here;
};
const inFrame = async (section) => section.locator('iframe').evaluate((frame) => frame.contentDocument.body.innerText);
const picture = async (page, name, full = true) => {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: full });
};
const narrow = async (page, what) => {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= page.viewportSize().width, `${what}: ${width} px on a screen of ${page.viewportSize().width}`);
};
/** No table of an answer hides a column. */
const tables = async (section, what) => {
  const hidden = await section.locator('iframe').first().evaluate((frame) => [...(frame.contentDocument?.querySelectorAll('table') ?? [])]
    .map((table) => [table.getBoundingClientRect().right, table.scrollWidth - table.clientWidth, frame.contentDocument.documentElement.clientWidth, table.textContent.slice(0, 40)])
    .filter(([right, over, page]) => right > page + 1 || over > 1));
  assert.deepEqual(hidden, [], what);
};
const axe = async (page, what) => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run(document, { iframes: false }));
  assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`), [], what);
};

const tests = [];
const test = (name, run) => tests.push([name, run]);

const DOSE = { pelvis: '45Gy/25', boost: '5.4Gy/3', 'alpha-beta': '10Gy', compare: '25Gy/5' };
const TABLETS = {
  height: '170cm', weight: '72kg', formula: 'mosteller', regimen: '825 mg/m2 bid', tablets: '500mg,150mg', 'max-150': '2',
  rounding: 'nearest', ties: 'up', intake: 'radiotherapy-days', start: '2026-12-07', fractions: '28', dispense: '7d', without: 'renal,dpyd,interactions',
};
const GAP = { course: '45Gy/25+5.4Gy/3', start: '2026-11-02', missed: '2026-11-24,2026-11-25', 'alpha-beta': '10Gy', late: '3Gy', 'kick-off': '28d', loss: '0.66Gy' };

test('dose: typed, calculated, the same numbers as the command', async (page) => {
  const section = await tool(page, 'bed');
  await fill(section, DOSE);
  await section.locator('[name="pelvis"]').press('Enter');
  await section.locator('.result:not([hidden])').waitFor();
  const here = await same(page, section);
  assert.equal(here.total.bed.value, 59.472);
  assert.match(await inFrame(section), /cleared by no authority[\s\S]*49\.560[\s\S]*25Gy\/5/i);
  await section.getByText('With working and sources').click();
  await page.waitForTimeout(300);
  assert.match(await inFrame(section), /Sources?|Working|\[1\]/);
  assert.match(await inFrame(section), /59\.472/);
  await picture(page, 'dose');
  // a changed field makes the answer old, and then new
  await fill(section, { boost: '9Gy/5' });
  await section.locator('.result[aria-busy]').waitFor();
  await section.locator('.result:not([aria-busy])').waitFor();
  await same(page, section);
});

test('tablets and gap: the same numbers as the command, the calendar drawn', async (page) => {
  let section = await tool(page, 'tablets');
  await fill(section, TABLETS);
  await calculate(page, section);
  await same(page, section);
  assert.match(await inFrame(section), /168 x 500 mg/);
  await picture(page, 'tablets');
  section = await tool(page, 'gap');
  await fill(section, GAP);
  await calculate(page, section);
  await same(page, section);
  await section.frameLocator('iframe').locator('svg').first().waitFor();
  await picture(page, 'gap');
});

test('a refusal stands at its field, in the words of the command, and has the focus', async (page) => {
  const section = await tool(page, 'bed');
  await fill(section, { ...DOSE, 'alpha-beta': '10', boost: '5.4/3' });
  await calculate(page, section);
  const at = async (name) => section.locator(`.field:has([name="${name}"]) .error`).textContent();
  const focused = () => page.evaluate(() => document.activeElement.name);
  assert.match(await at('alpha-beta'), /the unit is missing/);
  assert.equal(await at('boost'), '');
  assert.equal(await focused(), 'alpha-beta');
  assert.equal(await section.locator('[name="alpha-beta"]').getAttribute('aria-invalid'), 'true');
  await fill(section, { 'alpha-beta': '10Gy' });
  await calculate(page, section);
  assert.match(await at('boost'), /is missing|write the number/);
  assert.equal(await at('alpha-beta'), '');
  assert.equal(await focused(), 'boost');
  assert.equal(await section.locator('iframe').isVisible(), false);
  await axe(page, 'a refusal');
  const tablets = await tool(page, 'tablets');
  await fill(tablets, { height: '170cm' });
  await calculate(page, tablets);
  for (const name of ['weight', 'formula', 'regimen', 'tablets', 'rounding']) {
    await says(tablets.locator(`.field:has([name="${name}"]) .error`), /is missing/);
  }
  await picture(page, 'refused');
});

test('what a form refuses at a field is said of its label, without a flag', async (page) => {
  const forms = [['bed', DOSE], ['tablets', TABLETS], ['gap', GAP], ['check', { prescribed: '36Gy/12', planned: '20 x 1.8Gy' }]];
  const wrong = [];
  let refused = 0;
  for (const [name, values] of forms) {
    const section = await tool(page, name);
    const fields = await section.locator('form [name]').evaluateAll((all) => all.map((one) => [one.name, one.tagName, one.type]));
    const tries = [[{}, 'nothing'], ...fields.filter(([, tag, type]) => tag !== 'SELECT' && type !== 'checkbox')
      .flatMap(([field]) => [[{ [field]: 'x' }, `${field} alone`], [{ ...values, [field]: 'x' }, field], [{ ...values, [field]: '' }, `without ${field}`]])];
    tries.push([{ ...values, days: '38d' }, 'time without a loss'], [{ ...values, 'per-day': '2' }, 'no interval'], [{ ...values, repair: '4.4h' }, 'repair'],
      [{ ...values, creatinine: '80umol/L' }, 'no age'], [{ ...values, regimen: '825 mg/m2' }, 'no basis'], [{ ...values, drugs: 'none\nwarfarin' }, 'drugs']);
    for (const [given, what] of tries) {
      await section.getByText('Clear', { exact: true }).click();
      const known = Object.fromEntries(Object.entries(given).filter(([field]) => fields.some(([one]) => one === field)));
      await fill(section, known);
      await calculate(page, section);
      const said = await section.locator('.field .error:not(:empty)').allTextContents();
      refused += said.length;
      wrong.push(...said.filter((words) => /(^|[^-\w])--\w/.test(words)).map((words) => `${name}, ${what}: ${words}`));
    }
  }
  assert.deepEqual(wrong, []);
  console.log(`  ${refused} refusals at fields`);
});

test('a plan that is dropped, against an arm', async (page) => {
  const section = await tool(page, 'check');
  const sources = ['plan/plan-with-boost.dcm', 'structures/structures-explicit.dcm'];
  const names = sources.map((source) => path.basename(source));
  const files = sources.map((source, index) => {
    const bytes = fs.readFileSync(path.join(dicom, source));
    fs.writeFileSync(path.join(folder, names[index]), bytes);
    return [names[index], bytes.toString('base64')];
  });
  const transfer = await page.evaluateHandle((all) => {
    const dropped = new DataTransfer();
    for (const [name, content] of all) dropped.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
    return dropped;
  }, files);
  await section.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer });
  assert.deepEqual(await section.locator('.files .name').allTextContents(), names);
  await fill(section, { protocol: 'NCT06949098' });
  await section.locator('[name="arm"] option[value="adverse"]').waitFor({ state: 'attached' });
  await fill(section, { arm: 'adverse' });
  await calculate(page, section);
  const here = await same(page, section);
  assert.ok(here.outcome);
  await picture(page, 'check');
  // and by hand, without a file
  for (const name of names) await section.getByRole('button', { name: `Remove ${name}` }).click();
  await fill(section, { protocol: '', prescribed: '36Gy/12', planned: '20 x 1.8Gy' });
  await calculate(page, section);
  assert.equal((await same(page, section)).outcome, 'fail');
  await says(section.locator('.outcome'), /failed/);
});

test('fields that contradict one another are refused at the one to change', async (page) => {
  const at = (section, name) => section.locator(`.field:has([name="${name}"]) .error`);
  const tries = [
    ['bed', { ...DOSE, pelvis: '' }, 'pelvis', /Pelvis is missing/],
    ['bed', { ...DOSE, pelvis: '45Gy/25+5.4Gy/3' }, 'boost', /would count beside them/],
    ['bed', { ...DOSE, compare: '25Gy/5, 5d' }, 'compare', /change nothing without a loss/],
    ['tablets', { ...TABLETS, rounding: 'up' }, 'ties', /tie|half/i],
    ['tablets', { ...TABLETS, 'rule-sets': 'nope' }, 'rule-sets', /nope/],
    ['gap', { ...GAP, start: '2026-11-01' }, 'start', /not a treatment day/],
    ['gap', { ...GAP, missed: '2026-11-28' }, 'missed', /Saturday/],
    ['gap', { ...GAP, missed: '' }, 'missed', /is missing/],
    ['gap', { ...GAP, resume: '2026-11-20' }, 'resume', /./],
    ['gap', { ...GAP, delivered: '99' }, 'delivered', /28 prescribed/],
    ['gap', { ...GAP, 'kick-off': '' }, 'kick-off', /missing/],
    ['check', { protocol: 'NCT06949098', prescribed: '45Gy/25', planned: '45Gy/25' }, 'prescribed', /not both/],
    ['check', { protocol: 'NCT06949098', planned: '45Gy/25' }, 'arm', /which arm/],
    ['check', { prescribed: '45Gy/25', planned: '45Gy/25', tolerance: 'x' }, 'tolerance', /not a tolerance/],
  ];
  for (const [name, values, wrong, words] of tries) {
    const section = await tool(page, name);
    await section.getByText('Clear', { exact: true }).click();
    await fill(section, values);
    await calculate(page, section);
    await says(at(section, wrong), words);
    assert.deepEqual(await section.locator('.field .error:not(:empty)').count(), 1, `${name}: ${wrong}`);
    assert.equal(await section.locator('iframe').isVisible(), false);
    assert.doesNotMatch(await section.innerText(), /Usage:/);
  }
  // and the right ones are not accused
  const section = await tool(page, 'bed');
  await section.getByText('Clear', { exact: true }).click();
  await fill(section, { pelvis: '45Gy/25+5.4Gy/3', 'alpha-beta': '10Gy' });
  await calculate(page, section);
  await says(section.locator('.outcome'), 'Nothing failed');
});

test('holidays are typed, and an old answer has no colour', async (page) => {
  for (const [name, values] of [['gap', GAP], ['tablets', TABLETS]]) {
    const section = await tool(page, name);
    await fill(section, values);
    await calculate(page, section);
    assert.match(await inFrame(section), /planned without holidays/);
    await fill(section, { holidays: 'none' });
    await calculate(page, section);
    assert.doesNotMatch(await inFrame(section), /planned without holidays/);
    await fill(section, { holidays: '2026-12-25, 2027-01-01' });
    await calculate(page, section);
    assert.equal(await section.locator('iframe').isVisible(), true);
    assert.doesNotMatch(await inFrame(section), /planned without holidays/);
  }
  const section = await tool(page, 'bed');
  await fill(section, DOSE);
  await calculate(page, section);
  assert.match(await section.locator('.outcome').getAttribute('class'), /pass/);
  const old = await section.locator('[name="pelvis"]').evaluate((field) => {
    field.value = '60Gy/30';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return field.closest('section').querySelector('.result .outcome').className;
  });
  assert.equal(old, 'outcome');
});

test('a long file is numbered where it is seen, and one that is too long is refused before it is drawn', async (page) => {
  const section = await tool(page, 'lint');
  const text = section.locator('#lint-text');
  const paste = (lines, line) => text.evaluate((field, [count, words]) => {
    const data = new DataTransfer();
    data.setData('text', `${words}\n`.repeat(count));
    return field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [lines, line]);
  await paste(100000, 'a_name_that_is_long_enough = 1');
  await says(section.locator('.editor-field .error'), /at most 2 MB/);
  assert.equal(await text.evaluate((field) => field.value.length), 0);
  await paste(19999, '# a line');
  assert.equal(await text.evaluate((field) => field.value.length), 19999 * 9);
  await text.evaluate((field) => { field.scrollTop = 0; });
  const numbers = section.locator('.lines');
  assert.ok((await numbers.textContent()).split('\n').length < 200);
  assert.match(await numbers.textContent(), /^1\n2\n/);
  await text.evaluate((field) => { field.scrollTop = field.scrollHeight; });
  await says(numbers, '20000');
});

test('a protocol file, checked as one types', async (page) => {
  const section = await tool(page, 'lint');
  await section.locator('#lint-text').fill('schema = "chemorad.protocol/2"\nid = "X"\ntitel = "x"\n');
  const place = section.getByText('line 3, column 1', { exact: true });
  await place.waitFor();
  await place.click();
  assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), 'titel');
  await picture(page, 'lint');
  await fill(section, { id: 'NCT01234567' });
  // what was not saved is not thrown away
  await section.getByText('Begin', { exact: true }).click();
  await section.getByText('The text here has changed since it was saved').waitFor();
  assert.match(await section.locator('#lint-text').inputValue(), /titel/);
  await section.locator('#lint-text').fill('');
  await section.getByText('Begin', { exact: true }).click();
  await page.waitForFunction(() => document.getElementById('lint-text').value.includes('FILL IN'));
  const file = await saved(page, () => section.getByText('Save', { exact: true }).click());
  assert.equal(file.name, 'NCT01234567.toml');
  assert.match(file.bytes.toString(), /FILL IN/);
});

test('a site file gives what is not typed', async (page) => {
  const section = await tool(page, 'site');
  await section.getByText('Begin a new one').click();
  await page.waitForFunction(() => document.getElementById('site-text').value.includes('decided_by'));
  const text = fs.readFileSync('examples/site.toml', 'utf8');
  fs.writeFileSync(path.join(folder, 'site.toml'), text);
  await section.locator('#site-text').fill(text);
  await section.locator('.outcome.pass').waitFor();
  assert.equal((await saved(page, () => section.getByText('Save', { exact: true }).click())).bytes.toString(), text);
  const tablets = await tool(page, 'tablets');
  await fill(tablets, { height: '170cm', weight: '72kg', regimen: '825 mg/m2 bid', intake: '', start: '2026-12-07', fractions: '28', dpyd: 'not-tested' });
  await calculate(page, tablets);
  const here = await same(page, tablets);
  assert.equal(here.site.decided_by, 'synthetic drug committee');
  await picture(page, 'site');
  // what is decided otherwise makes the answer old, and is asked anew
  await tool(page, 'site');
  const other = text.replace('"500 mg", "150 mg (at most 2)"', '"500 mg"').replace('"mosteller"', '"du-bois"');
  fs.writeFileSync(path.join(folder, 'site.toml'), other);
  await section.locator('#site-text').fill(other);
  await says(tablets.locator('.outcome'), /changed/);
  await section.locator('.outcome.pass').waitFor();
  await tool(page, 'tablets');
  await tablets.locator('.result:not([aria-busy])').waitFor();
  const again = await same(page, tablets);
  assert.notEqual(again.bsa.value, here.bsa.value);
  await tool(page, 'site');
  await section.locator('[name="use"]').setChecked(false);
  await section.getByText('It is not in use').waitFor();
  await tool(page, 'tablets');
  await tablets.locator('.result:not([aria-busy]) .outcome.fail').waitFor();
});

test('a file called like the site file does not take its place', async (page) => {
  const section = await tool(page, 'site');
  await section.locator('#site-text').fill(fs.readFileSync('examples/site.toml', 'utf8'));
  await section.locator('[name="use"]').setChecked(true);
  await section.locator('.outcome.pass').waitFor();
  const command = await tool(page, 'command');
  await command.locator('input[type=file]').setInputFiles([{ name: 'site.toml', mimeType: 'text/plain', buffer: Buffer.from('schema = "chemorad.site/1"\n') }]);
  await command.locator('[name="line"]').fill('bed 45Gy/25 --alpha-beta 10Gy');
  await command.locator('button.main').click();
  await command.getByText('Two files are called site.toml').waitFor();
});

test('clear empties the form, and no arm outlives its protocol', async (page) => {
  const section = await tool(page, 'check');
  const arms = section.locator('[name="arm"]');
  await fill(section, { protocol: 'NCT06949098' });
  await arms.locator('option[value="adverse"]').waitFor({ state: 'attached' });
  await fill(section, { arm: 'adverse', protocol: 'RTOG-0822' });
  await arms.getByText('choose', { exact: true }).waitFor({ state: 'attached' });
  assert.equal(await arms.inputValue(), '');
  await section.locator('input[type=file]').setInputFiles([{ name: 'plan.dcm', mimeType: 'application/dicom', buffer: Buffer.from('no plan') }]);
  await section.getByText('Clear').click();
  assert.equal(await section.locator('.files .name').count(), 0);
  assert.equal(await arms.locator('option').count(), 1);
  await page.waitForTimeout(700);
  assert.equal(await section.locator('.result').isVisible(), false);
  // a file may be called by a person's name
  const own = fs.readFileSync('crates/protocol/library/RTOG-0822.toml');
  await section.locator('input[type=file]').setInputFiles([{ name: 'Person_1.toml', mimeType: 'text/plain', buffer: own }]);
  await fill(section, { protocol: 'Person_1.toml', planned: '25 x 1.8Gy' });
  await calculate(page, section);
  await section.getByText('Make a link').click();
  assert.doesNotMatch(await section.locator('.result .actions input').inputValue(), /Person/);
  await says(section.locator('.result .actions'), /but not: Protocol/);
});

test('nothing that is typed is cut, and a line answers for itself', async (page) => {
  const section = await tool(page, 'command');
  const line = `bed 45Gy/25 --alpha-beta ${Array(150).fill('10Gy').join(',')}`;
  await section.locator('[name="line"]').fill(line);
  assert.equal(await section.locator('[name="line"]').inputValue(), line);
  await section.locator('[name="line"]').fill('bed 45Gy/25 --alpha-beta 10Gy');
  await section.locator('button.main').click();
  await section.getByText('exit code 0.').waitFor();
  await says(section.locator('.outcome'), /^chemorad bed 45Gy\/25/);
  await section.locator('[name="line"]').fill('bed 60Gy/30 --alpha-beta 3Gy');
  assert.equal(await section.locator('pre').isVisible(), false);
});

test('what can be chosen is what the command takes', async (page) => {
  const shown = await page.evaluate(() => [...document.querySelectorAll('#tablets select, #gap select')]
    .map((select) => [select.closest('section').id, select.name, [...select.options].map((option) => option.value).filter((value) => value !== '')]));
  assert.ok(shown.length >= 5);
  const command = { tablets: 'capecitabine', gap: 'gap' };
  for (const [section, name, values] of shown) {
    const flag = await page.evaluate(([tool, field]) => tools.map(([, one]) => one).find((one) => one.name === tool).field(field).spec.flag, [section, name]);
    const said = native(`chemorad ${command[section]} ${flag}=no-such-choice`);
    const listed = (text) => values.filter((value) => new RegExp(`(^|[ \\[,"])${value}([,;. \\]"]|$)`, 'm').test(text));
    assert.deepEqual(listed(said.stderr), values, `${flag}: ${said.stderr}`);
  }
});

test('any command, its exit code, its files', async (page) => {
  const section = await tool(page, 'command');
  const run = async (line, code) => {
    await fill(section, { line });
    await section.locator('button.main').click();
    await section.getByText(`exit code ${code}.`).waitFor();
    return section.locator('pre').textContent();
  };
  assert.equal(await run('bed 45Gy/25 --alpha-beta 10Gy', 0), native('bed 45Gy/25 --alpha-beta 10Gy').stdout);
  assert.match(await run('help', 0), /Commands:/);
  await run('protocol new NCT01234567 -o a.toml', 0);
  assert.match(await run('chemorad protocol lint a.toml', 1), /FILL IN/);
  await fill(section, { line: 'bed "45Gy/25' });
  await section.locator('button.main').click();
  await says(section.locator('.field .error').first(), /not closed/);
  await run('bad', 2);
  await picture(page, 'command');
});

test('a link holds what was typed and nothing else', async (page) => {
  const section = await tool(page, 'tablets');
  await fill(section, { ...TABLETS, drugs: 'none' });
  await calculate(page, section);
  await section.getByText('Make a link').click();
  const link = await section.locator('.actions input').inputValue();
  const [name, query] = link.split('#');
  assert.equal(name, path.basename(file));
  const values = Object.fromEntries(new URLSearchParams(query.split('?')[1]));
  assert.deepEqual(values, TABLETS);
  const other = await open({}, `#${query}`);
  const there = other.locator('#tablets');
  await there.locator('.result:not([hidden]):not([aria-busy])').waitFor();
  await says(other.locator('#from-link'), /check every value/);
  assert.equal((await answer(other, there)).to_take.value, 1500);
  // another link leaves nothing of the one before
  await other.evaluate(() => { location.hash = '#tablets?height=180cm'; });
  await other.waitForFunction(() => document.querySelector('#tablets [name="height"]').value === '180cm');
  assert.equal(await there.locator('[name="weight"]').inputValue(), '');
  await other.context().close();
  const hostile = await open({}, `#bed?pelvis=${encodeURIComponent('<img src=x onerror=alert(1)>')}&evil=${encodeURIComponent('"><script>alert(1)</script>')}&alpha-beta=10Gy`);
  await hostile.locator('#bed .result:not([hidden])').waitFor();
  await says(hostile.locator('#from-link'), /cannot hold it: evil/);
  await says(hostile.locator('#bed .field:has([name="pelvis"]) .error'), /onerror/);
  await hostile.context().close();
  const twice = await open({}, '#tablets?height=170cm&weight=72kg&weight=100kg&formula=no-such');
  await says(twice.locator('#from-link'), /cannot hold it: weight, formula/);
  assert.equal(await twice.locator('#tablets [name="weight"]').inputValue(), '');
  await twice.context().close();
  const closed = await open({}, '#bed?pelvis=45Gy/25&alpha-beta=10Gy&days=38');
  await closed.locator('#bed [name="days"]').waitFor({ state: 'visible' });
  await closed.context().close();
});

test('questions at once have each its own files', async (page) => {
  const counts = await page.evaluate(async () => {
    const lint = (lines) => engine.ask({
      arguments: ['protocol', 'lint', 'a.toml'],
      files: [{ name: 'a.toml', blob: new Blob([`id = ${'x\n'.repeat(lines)}`]) }],
    });
    const said = async (asked) => (await Promise.all(asked)).map((answer) => [answer.exit, answer.stderr, answer.stdout]);
    const sizes = [1, 4000, 2, 3000, 3];
    const alone = [];
    for (const size of sizes) alone.push(...await said([lint(size)]));
    return [alone, await said(sizes.map(lint))];
  });
  assert.deepEqual(counts[1], counts[0]);
});

test('hostile files and texts are refused, and nothing of them runs', async (page) => {
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>.dcm';
  const section = await tool(page, 'check');
  const put = (files) => section.locator('.drop input').setInputFiles(files);
  const written = (name, content) => {
    const place = path.join(folder, name);
    fs.writeFileSync(place, content);
    return place;
  };
  await put([
    written(evil.replaceAll('/', '_'), '<script>alert(3)</script>'),
    written('picture.dcm', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])),
    written('empty.dcm', ''),
    written('--show-patient', 'x'),
    written('zeros.dcm', Buffer.alloc(60_000_000)),
  ]);
  await fill(section, { prescribed: '45Gy/25' });
  await calculate(page, section);
  await says(section.locator('.outcome'), /Refused/);
  await says(section.locator('.result .error'), /no plan among the files/);
  // a file that is larger than the page reads is refused before it is read
  const huge = path.join(folder, 'huge.dcm');
  fs.closeSync(fs.openSync(huge, 'w'));
  fs.truncateSync(huge, 1_200_000_000);
  await put([huge]);
  await calculate(page, section);
  await page.waitForFunction(() => /reads at most/.test(document.querySelector('#check .result .error').textContent));
  const site = await tool(page, 'site');
  const text = fs.readFileSync('examples/site.toml', 'utf8').replace('Synthetic clinic', "<script>alert(4)</script><img src=x onerror='alert(5)'>");
  await site.locator('#site-text').fill(text);
  await site.locator('.outcome.pass').waitFor();
  await site.locator('#site-text').fill('\u0000\u202e]]>--><script>alert(6)</script>');
  await site.locator('.outcome.fail').waitFor();
  const lint = await tool(page, 'lint');
  await lint.locator('#lint-text').fill(`${'['.repeat(100_000)}`);
  await lint.locator('.outcome.fail').waitFor();
  const line = await tool(page, 'command');
  for (const nonsense of ['<script>alert(7)</script>', '\u001b[2J', '🧪'.repeat(200), 'check /etc/passwd', 'bed 45Gy/25 --alpha-beta 1e999Gy']) {
    await fill(line, { line: nonsense });
    await line.locator('button.main').click();
    await line.getByText('exit code 2.').waitFor();
  }
  // nothing can be fetched, loaded or run from the text of the page
  const blocked = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    await fetch('https://example.org/').catch(() => {});
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    await new Promise((done) => setTimeout(done, 100));
    script.remove();
    return { seen, ran: window.ran === true };
  });
  assert.equal(blocked.ran, false);
  assert.ok(blocked.seen.some((directive) => directive.startsWith('connect-src')) && blocked.seen.some((directive) => directive.startsWith('script-src')));
  for (let at = troubles.length - 1; at >= 0; at -= 1) if (/Content Security Policy|Refused to|example\.org/.test(troubles[at])) troubles.splice(at, 1);
});

test('long work leaves the page alive, and can be stopped', async (page) => {
  const section = await tool(page, 'command');
  const rows = ['id,height_cm,weight_kg'];
  for (let id = 0; id < 1_500_000; id += 1) rows.push(`${id},${150 + (id % 40)},${50 + (id % 50)}`);
  await section.locator('.drop input').setInputFiles([{ name: 'many.csv', mimeType: '', buffer: Buffer.from(rows.join('\n')) }]);
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    setInterval(() => {
      window.longest = Math.max(window.longest, performance.now() - last);
      last = performance.now();
    }, 20);
  });
  await fill(section, { line: 'cohort many.csv --formula mosteller -o out.csv --intensity "825 mg/m2 bid" --tablets 500mg,150mg --rounding nearest --ties up' });
  await section.locator('button.main').click();
  await page.locator('#busy:not([hidden])').waitFor();
  await page.locator('#stop').click();
  await section.getByText('exit code 2.').waitFor();
  await says(section.locator('pre'), /Stopped/);
  await fill(section, { line: 'bed 45Gy/25 --alpha-beta 10Gy' });
  await section.locator('button.main').click();
  await section.getByText('exit code 0.').waitFor();
  console.log(`  longest pause of the page: ${Math.round(await page.evaluate(() => window.longest))} ms`);
});

test('no violation of accessibility, in light and dark; no sideways scroll at 320 px', async () => {
  for (const [scheme, size] of [['light', { width: 1280, height: 900 }], ['dark', { width: 320, height: 700 }]]) {
    const page = await open({ colorScheme: scheme, viewport: size });
    for (const [name, values] of [['bed', DOSE], ['tablets', TABLETS], ['gap', GAP], ['check', { prescribed: '36Gy/12', planned: '20 x 1.8Gy' }], ['lint', null], ['site', null], ['command', { line: 'help' }]]) {
      const section = await tool(page, name);
      if (name === 'lint') {
        await section.locator('#lint-text').fill('schema = "x"\nid = 5\n');
        await section.locator('.findings li').first().waitFor();
      } else if (name === 'site') {
        await section.getByText('Begin a new one').click();
        await section.locator('.outcome.fail').waitFor();
      } else {
        await fill(section, values);
        await section.locator('button.main').click();
        await section.locator('.outcome:not(:empty)').waitFor();
        await page.waitForTimeout(200);
      }
      await axe(page, `${name}, ${scheme}`);
      await narrow(page, `${name}, ${size.width} px`);
      if (size.width === 320 && !['lint', 'site', 'command'].includes(name)) {
        await tables(section, name);
        await section.getByText('With working and sources').click();
        await page.waitForTimeout(300);
        await tables(section, `${name} with its working`);
        await narrow(page, `${name} with its working`);
      }
      await picture(page, `${name}-${scheme}-${size.width}`);
    }
    await page.context().close();
  }
});

test('the keyboard reaches everything', async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  for (let at = 0; at < 4; at += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.tagName === 'H2');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'check-title');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'file');
});

test('the report is saved and printed', async (page) => {
  const section = await tool(page, 'bed');
  await fill(section, DOSE);
  await calculate(page, section);
  const text = (pdf, name) => {
    const place = path.join(folder, name);
    fs.writeFileSync(place, pdf);
    return execFileSync('pdftotext', ['-layout', place, '-'], { encoding: 'utf8' });
  };
  assert.match(text(await page.pdf(), 'page.pdf'), /49\.560/);
  const report = await saved(page, () => section.getByText('Save the report').click());
  assert.equal(report.name, 'chemorad-bed.html');
  const place = path.join(folder, report.name);
  fs.writeFileSync(place, report.bytes);
  const other = await page.context().newPage();
  await other.goto(pathToFileURL(place).href);
  const printed = text(await other.pdf(), 'report.pdf');
  assert.match(printed, /59\.472/);
  assert.match(printed, /cleared by no authority/);
  await other.close();
  await section.getByText('Print the report').click();
  await page.waitForTimeout(300);
});

test('every case that all faces share', async (page) => {
  const shared = 'tests/faces';
  if (!fs.existsSync(shared)) {
    console.log('  NOT TESTED: there is no tests/faces');
    return;
  }
  let count = 0;
  for (const name of fs.readdirSync(shared).filter((one) => one.endsWith('.json'))) {
    for (const one of JSON.parse(fs.readFileSync(path.join(shared, name), 'utf8')).cases) {
      const said = await page.evaluate(([words, files]) => engine.ask({
        arguments: words,
        files: Object.entries(files ?? {}).map(([called, text]) => ({ name: called, blob: new Blob([text]) })),
      }), [one.arguments, one.files]);
      const what = `${name}: ${one.id}`;
      assert.equal(said.exit, one.exit, `${what}: ${said.stderr}`);
      for (const [pointer, value] of Object.entries(one.answer ?? {})) {
        const found = pointer.split('/').slice(1).reduce((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], said.result);
        assert.deepEqual(found, value, `${what} ${pointer}`);
      }
      if (one.refused) {
        assert.ok(said.stderr.replace(/\s+/g, ' ').includes(one.refused), `${what}: ${said.stderr}`);
        assert.equal(said.stdout, '', what);
      }
      count += 1;
    }
  }
  console.log(`  ${count} cases`);
});

const wanted = process.env.ONLY;
let failed = 0;
const began = Date.now();
const first = await open();
console.log(`first answer ${Date.now() - began} ms after the page was asked for`);
await first.context().close();
for (const [name, run] of tests) {
  if (wanted && !name.includes(wanted)) continue;
  const page = await open();
  page.setDefaultTimeout(20000);
  try {
    await run(page);
    assert.deepEqual(troubles, []);
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack ?? error}`);
    await picture(page, 'failed');
  }
  troubles.length = 0;
  await page.context().close();
}
await browser.close();
fs.rmSync(folder, { recursive: true });
process.exit(failed === 0 ? 0 : 1);

// Questions to the module, one after the other, each in the worker so that the page stays alive.
'use strict';

const LARGEST = 1024 * 1024 * 1024;
const FAULT = 'The program stopped with a fault of its own. Nothing was calculated. Please tell its makers what was entered.';
const STOPPED = 'Stopped. Nothing was calculated.';

const engine = (() => {
  let worker = null;
  let number = 0;
  const waiting = new Map();
  const watchers = new Set();
  let failed = null;

  const source = () => new Blob([document.getElementById('worker').textContent], { type: 'text/javascript' });

  const refusal = (message) => ({
    exit: 2, stdout: '', stderr: `error: ${message}\n`, files: [], refusals: [{ argument: null, given: null, message }],
  });

  const settle = (id, answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (one) one.settle(answer);
    for (const watch of watchers) watch(waiting.size);
  };

  const end = (message) => {
    if (worker) worker.terminate();
    worker = null;
    for (const id of [...waiting.keys()]) settle(id, refusal(message));
  };

  const start = () => {
    const address = URL.createObjectURL(source());
    worker = new Worker(address);
    worker.onerror = () => end(FAULT);
    worker.onmessage = ({ data }) => {
      if (data.ready) {
        URL.revokeObjectURL(address);
      } else if (data.broken) {
        failed = `This browser cannot run the module of the page: ${data.broken}`;
        end(failed);
      } else if (data.fault) {
        settle(data.id, refusal(FAULT));
        end(FAULT);
      } else if (data.refused) {
        settle(data.id, refusal(data.refused));
        end(data.refused);
      } else if (data.answer) {
        settle(data.id, data.answer);
      } else if (data.all !== undefined) {
        const one = waiting.get(data.id);
        if (one && one.progress) one.progress(data.read, data.all);
      }
    };
    worker.postMessage({ module: document.getElementById('module').textContent });
  };

  /** The time of this reader, with the distance from UTC: the module has no clock. */
  const now = () => {
    const time = new Date();
    const two = (value) => String(value).padStart(2, '0');
    const minutes = -time.getTimezoneOffset();
    const sign = minutes < 0 ? '-' : '+';
    const zone = `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
    const date = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
    return `${date}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}${zone}[${zone}]`;
  };

  /** Asks; `files` are `{ name, blob }`. The answer always comes, a refusal too. */
  const ask = ({ arguments: words, files = [], site = null, printed = false, width = null, progress = null }) => {
    const size = files.reduce((sum, file) => sum + file.blob.size, 0);
    if (size > LARGEST) {
      const megabytes = Math.round(size / 1e6);
      return Promise.resolve(refusal(`The files have ${megabytes} MB, and the page reads at most ${Math.round(LARGEST / 1e6)} MB at once: use the command for them.`));
    }
    if (failed) return Promise.resolve(refusal(failed));
    if (!worker) start();
    number += 1;
    const id = number;
    const request = { arguments: words, now: now(), site, files: files.map((file) => file.name), printed, width };
    const answer = new Promise((settled) => waiting.set(id, { settle: settled, progress }));
    worker.postMessage({ id, request, files: files.map((file) => file.blob) });
    for (const watch of watchers) watch(waiting.size);
    return answer;
  };

  return { ask, start, refusal, stop: () => end(STOPPED), watch: (watcher) => watchers.add(watcher) };
})();

// The module in a worker: it reads files, asks, and answers. It has no network and no page.
'use strict';

let loaded;

const unpacked = (base64) => {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  const { XzReadableStream } = globalThis['xz-decompress'];
  const stream = new XzReadableStream(new Blob([bytes]).stream());
  return new Response(stream, { headers: { 'Content-Type': 'application/wasm' } });
};

const load = async (base64) => {
  // compiled while it is unpacked
  const module = await WebAssembly.compileStreaming(unpacked(base64));
  // parts that are not used ask for functions of a browser; the commands call none of them
  const imports = {};
  for (const { module: of, name } of WebAssembly.Module.imports(module)) {
    imports[of] ??= {};
    imports[of][name] = () => { throw new Error(`the module called ${name}`); };
  }
  return (await WebAssembly.instantiate(module, imports)).exports;
};

const place = (module, size) => {
  const at = module.chemorad_take(size) >>> 0;
  if (at === 0) throw new RangeError('The files do not fit into the memory of the page: use the command for them.');
  return new Uint8Array(module.memory.buffer, at, size);
};

const ask = async (module, request, files, progress) => {
  const text = new TextEncoder().encode(JSON.stringify(request));
  place(module, text.length).set(text);
  for (const [index, file] of files.entries()) {
    progress(index, files.length);
    const read = await file.arrayBuffer().catch(() => {
      throw new RangeError(`${request.files[index]} can no longer be read: it was changed or removed since. Choose it again.`);
    });
    const bytes = new Uint8Array(read);
    place(module, bytes.length).set(bytes);
  }
  progress(files.length, files.length);
  const count = module.chemorad_ask();
  const pieces = [];
  for (let piece = 0; piece < count; piece += 1) {
    const size = module.chemorad_size(piece);
    const at = module.chemorad_give(piece) >>> 0;
    pieces.push(new Uint8Array(module.memory.buffer, at, size).slice());
  }
  const answer = JSON.parse(new TextDecoder().decode(pieces[0]));
  if (answer.json) answer.result = JSON.parse(answer.json);
  answer.files = answer.files.map((name, index) => ({ name, bytes: pieces[index + 1] }));
  return answer;
};

const answered = async (data) => {
  if (data.module !== undefined) {
    loaded = load(data.module);
    try {
      await loaded;
      postMessage({ ready: true });
    } catch (error) {
      postMessage({ broken: String(error) });
    }
    return;
  }
  const { id, request, files } = data;
  try {
    const progress = (read, all) => postMessage({ id, read, all });
    postMessage({ id, answer: await ask(await loaded, request, files, progress) });
  } catch (error) {
    // after a fault the memory of the module is not to be trusted
    const fault = error instanceof WebAssembly.RuntimeError;
    postMessage({ id, refused: fault ? null : String(error.message || error), fault: fault ? String(error) : null });
  }
};

// one question after the other: reading a file takes its time, and two questions share the memory of the module
let before = Promise.resolve();
onmessage = ({ data }) => { before = before.then(() => answered(data)); };

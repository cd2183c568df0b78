"""Puts the parts of the page and the module into one HTML file.

Usage: assemble.py [--smallest] MODULE.wasm PAGE.html

--smallest compresses with zopfli, which takes a minute and saves a twentieth. Beside the page stands the module as it is in
it, PAGE.wasm.gz.

The content security policy names the one script by its digest, so nothing else can run, and it has no
`connect-src`, so nothing can be sent or fetched.
"""

import base64
import gzip
import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
# in the order in which they need one another
SCRIPTS = ["engine.js", "parts.js", "fields.js", "files.js", "result.js", "forms.js", "editors.js", "console.js", "start.js"]


def without_custom_sections(module: bytes) -> bytes:
    """The module without what only tools read: names, producers, what glue code would be made from."""
    assert module[:8] == b"\0asm\1\0\0\0", "not a WebAssembly module"
    kept = bytearray(module[:8])
    at = 8
    while at < len(module):
        start, size, shift = at, 0, 0
        while True:
            at += 1
            size |= (module[at] & 0x7F) << shift
            shift += 7
            if module[at] < 0x80:
                break
        at += 1 + size
        if module[start] != 0:
            kept += module[start:at]
    return bytes(kept)


def compressed(module: bytes, smallest: bool) -> bytes:
    if not smallest:
        return gzip.compress(module, compresslevel=9, mtime=0)
    import zopfli.gzip

    return zopfli.gzip.compress(module, numiterations=5)


def main(module: Path, page: Path, smallest: bool) -> None:
    content = without_custom_sections(module.read_bytes())
    packed = compressed(content, smallest)
    page.with_suffix(".wasm.gz").write_bytes(packed)
    script = "\n" + "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    parts = {
        "@STYLE@": (HERE / "page.css").read_text(encoding="utf-8"),
        "@DIGEST@": digest,
        "@WORKER@": (HERE / "worker.js").read_text(encoding="utf-8"),
        "@SCRIPT@": script,
        "@MODULE@": base64.b64encode(packed).decode(),
    }
    text = (HERE / "page.html").read_text(encoding="utf-8")
    for name, part in parts.items():
        assert text.count(name) == 1, f"{name} must stand in page.html once"
        if name in ("@WORKER@", "@SCRIPT@"):
            assert "</script" not in part, f"{name} would end its own element"
        text = text.replace(name, part)
    page.write_text(text, encoding="utf-8", newline="\n")
    print(f"module {len(content):,} bytes, {len(packed):,} compressed; page {page.stat().st_size:,} bytes: {page}")


if __name__ == "__main__":
    places = [argument for argument in sys.argv[1:] if argument != "--smallest"]
    main(Path(places[0]), Path(places[1]), "--smallest" in sys.argv)

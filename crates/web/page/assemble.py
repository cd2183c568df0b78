"""Puts the parts of the page and the module into one HTML file.

Usage: assemble.py UNPACKER.js MODULE.wasm PAGE.html

The module is compressed as xz, a quarter smaller than gzip; UNPACKER.js is the program that reads it in a browser, which has
none of its own. Beside the page stands the module as it is in it, PAGE.wasm.xz.

The content security policy names the one script by its digest, so nothing else can run, and it has no
`connect-src`, so nothing can be sent or fetched.
"""

import base64
import hashlib
import lzma
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


def compressed(module: bytes) -> bytes:
    # the browser sets aside as much memory as the dictionary has: no more than the module needs
    size = max(4096, 1 << (len(module) - 1).bit_length())
    dictionary = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": size}
    # the one checksum that the unpacker can compare
    return lzma.compress(module, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=[dictionary])


def main(unpacker: Path, module: Path, page: Path) -> None:
    content = without_custom_sections(module.read_bytes())
    packed = compressed(content)
    page.with_suffix(".wasm.xz").write_bytes(packed)
    script = "\n" + "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    parts = {
        "@STYLE@": (HERE / "page.css").read_text(encoding="utf-8"),
        "@DIGEST@": digest,
        "@WORKER@": (HERE / "worker.js").read_text(encoding="utf-8") + unpacker.read_text(encoding="utf-8"),
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
    main(*(Path(argument) for argument in sys.argv[1:]))

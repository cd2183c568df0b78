"""Puts the parts of the page and the module into one HTML file.

Usage: assemble.py MODULE.wasm PAGE.html

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


def main(module: Path, page: Path) -> None:
    packed = gzip.compress(module.read_bytes(), compresslevel=9, mtime=0)
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
    size = module.stat().st_size
    print(f"module {size:,} bytes, {len(packed):,} compressed; page {page.stat().st_size:,} bytes: {page}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

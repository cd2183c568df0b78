"""The notebook of the README's first answers, run without a window."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "examples" / "first-answers.ipynb"


def test_first_answers() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [
        output["data"].get("text/html", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    assert len(shown) == sum(cell.cell_type == "code" for cell in notebook.cells)
    assert all("cleared by no authority" in html and "<script" not in html for html in shown)
    assert "59.472" in shown[0] and "1500 mg" in "".join(shown)
    assert any("<svg" in html for html in shown)

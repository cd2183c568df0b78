"""EQD2 of a dose grid in place: chemorad's slice beside numpy, in the same run.

    python3 -m venv venv && venv/bin/pip install numpy
    venv/bin/python benches/numpy_compare.py [rounds]

Both sides convert grids of the same size with EQDx = D (q D + l). They run one after the other in
every round, so that the noise of the machine meets both. numpy works without a new allocation, on one
thread, with one buffer of the grid's size.
"""

import json
import statistics
import subprocess
import sys
import time

import numpy as np

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 41
# the same mild factors as the Rust side: a/b 1000 Gy in 200 fractions, so that repeated rounds stay finite
Q, L = 1 / (200 * 1002), 1000 / 1002


def executable():
    """The compiled bench `ratios`."""
    command = ["cargo", "bench", "--bench", "ratios", "--no-run", "--message-format=json"]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in output.splitlines():
        message = json.loads(line)
        if message.get("executable") and message["target"]["name"] == "ratios":
            return message["executable"]
    raise SystemExit("cargo built no bench named ratios")


def numpy_run(name):
    kind, edge = name.split()
    kind = {"f32": np.float32, "f64": np.float64}[kind]
    doses = (np.arange(int(edge) ** 3) % 6000 / 100).astype(kind)
    buffer = np.empty_like(doses)
    q, l = kind(Q), kind(L)

    def run():
        start = time.perf_counter()
        np.multiply(doses, q, out=buffer)
        np.add(buffer, l, out=buffer)
        np.multiply(doses, buffer, out=doses)
        return time.perf_counter() - start

    return run


def main():
    ours = subprocess.Popen(
        [executable(), "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def chemorad(name):
        print(name, file=ours.stdin, flush=True)
        return float(ours.stdout.readline())

    print(f"numpy {np.__version__}, {ROUNDS} rounds; ms, minimum and median")
    print(f"{'grid':<10} {'chemorad':>15} {'numpy':>15} {'numpy / chemorad':>18}")
    for name in ("f32 128", "f64 128", "f32 256", "f64 256"):
        numpy = numpy_run(name)
        numpy(), chemorad(name)
        pairs = [(chemorad(name), numpy()) for _ in range(ROUNDS)]
        a, b = zip(*pairs)
        ratio = statistics.median(y / x for x, y in pairs)
        print(
            f"{name + '^3':<10} {min(a) * 1e3:>7.3f} {statistics.median(a) * 1e3:>7.3f}"
            f" {min(b) * 1e3:>7.3f} {statistics.median(b) * 1e3:>7.3f}"
            f" {min(b) / min(a):>8.2f} {ratio:>9.2f}"
        )
    ours.stdin.close()
    ours.wait()


main()

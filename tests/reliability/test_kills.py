"""Writers killed with SIGKILL: a short run of the long proof, in processes of its own."""

import json
import subprocess
import sys
from pathlib import Path

KILLS = 15
HERE = Path(__file__).parent


def test_what_was_acknowledged_survives_a_kill_at_any_moment(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, str(HERE / "killing.py"), str(tmp_path), str(KILLS), "1"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["kills"] >= KILLS
    assert figures["ledgers"] == 1

"""The wheel: built, installed into an environment of its own, and used far from the checkout."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_an_installed_wheel_finds_the_questionnaires(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("cvp_assess-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "cvp/questionnaires/level4.yaml" in names
    assert "cvp/questionnaires/cases/zipcar.yaml" in names
    assert not any(name.startswith(("tests", "questionnaires")) for name in names)

    # Its dependencies come from this environment: what is tested is what the wheel itself brings.
    venv.create(tmp_path / "env", system_site_packages=False, with_pip=False, symlinks=True)
    site = next((tmp_path / "env").glob("lib/python*/site-packages"), tmp_path / "env" / "Lib" / "site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    here = next(path for path in map(Path, sys.path) if (path / "pydantic").is_dir())
    (site / "dependencies.pth").write_text(f"{here}\n")
    python = tmp_path / "env" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    for arguments in (["list"], ["assess", "--answers", str(site / "cvp/questionnaires/cases/zipcar.yaml")]):
        command = [str(python), "-P", "-m", "cvp", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "level4" in done.stdout

"""What learners, Binder and contributors are told to type does what it says."""

import ast
import importlib.metadata
import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

COURSE = Path(__file__).parent.parent
README = (COURSE / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRA = PROJECT["optional-dependencies"]["test"]
FIRST_LESSON = "lab/tree/notebooks/00_start_here.ipynb"
VENV = "python3 -m venv .venv"


def requirements(text):
    """The lines of requirements.txt, or of dependencies, by the package they are for."""
    lines = (line.split("#")[0].strip() for line in text)
    return {re.match(r"[\w.-]+", line)[0].lower(): line for line in lines if line}


def commands(system):
    """The README's lines that make a virtual environment, for POSIX ('sh') or Windows ('bat')."""
    blocks = re.findall(rf"^```{system}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if "-m venv" in line]


def test_readme_starts_the_course_in_one_line_and_tests_it_in_another():
    start, test = ([step.strip() for step in line.split("&&")] for line in commands("sh"))
    install = ".venv/bin/pip install -r requirements.txt -e"
    jupyter = f".venv/bin/jupyter lab --LabApp.default_url=/{FIRST_LESSON}"
    assert start == [VENV, f"{install} .", jupyter]
    assert test == [VENV, f'{install} ".[test]"', ".venv/bin/python -m pytest"]


def test_windows_commands_are_the_same_in_the_words_of_windows():
    def translated(line):
        for here, there in ((".venv/bin/", ".venv\\Scripts\\"), ("python3", "python"), ('"', "")):
            line = line.replace(here, there)
        return f'cmd /c "{line}"'

    assert commands("bat") == [translated(line) for line in commands("sh")]


def test_continuous_integration_finds_each_test_command_in_the_readme():
    lines = README.splitlines()
    script = (COURSE / ".ci" / "run").read_text(encoding="utf-8")
    workflow = (COURSE / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    posix = re.search(r"grep '(\^python3 [^']+)'", script)[1]
    windows = re.search(r"-Pattern '(\^cmd [^']+)'", workflow)[1]
    assert [line for line in lines if re.search(posix, line)] == commands("sh")[1:]
    assert [line for line in lines if re.search(windows, line)] == commands("bat")[1:]
    assert "run: bash .ci/run" in workflow
    assert os.name == "nt" or os.access(COURSE / ".ci" / "run", os.X_OK)


def test_binder_link_opens_lesson_00_and_names_the_repository_in_one_place():
    links = re.findall(r"https://mybinder\.org/v2/gh/([^/\s]+/[^/\s]+)/([^\s)]+)", README)
    assert len(links) == 1
    repository, rest = links[0]
    assert rest.endswith(f"?urlpath={FIRST_LESSON}")
    files = [COURSE / name for name in ("README.md", "pyproject.toml", "requirements.txt")]
    for folder in ("notebooks", "kl_lessons", ".github", ".ci"):
        files += [path for path in (COURSE / folder).rglob("*") if path.is_file()]
    places = [
        path.name
        for path in files
        if path.suffix not in {".pyc", ".png"}
        for _ in re.findall(re.escape(repository), path.read_text(encoding="utf-8"))
    ]
    assert places == ["README.md"]


def test_each_relative_link_of_the_readme_leads_to_a_file():
    targets = re.findall(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)", README, re.MULTILINE)
    targets = [one or other for one, other in targets]
    relative = [target for target in targets if "://" not in target and target[0] != "#"]
    assert relative
    assert [target for target in relative if not (COURSE / target).exists()] == []
    images = re.findall(r"!\[([^\]]*)\]", README)
    assert images
    assert all(images), "an image without alt text"
    lessons = {path.name for path in (COURSE / "notebooks").glob("*.ipynb")}
    linked = {Path(target).name for target in relative if target.startswith("notebooks/")}
    assert linked == lessons, "the table lists each lesson there is, and no other"


def test_the_citation_tells_the_version_and_the_licence_of_the_project():
    citation = (COURSE / "CITATION.cff").read_text(encoding="utf-8")
    version, licence = PROJECT["version"], PROJECT["license"]
    assert f"version: {version}\n" in citation
    assert f"- {licence}\n" in citation
    assert f"## {version}\n" in (COURSE / "CHANGELOG.md").read_text(encoding="utf-8")


def test_requirements_are_jupyterlab_and_nbval_and_what_the_package_needs():
    needed = requirements(PROJECT["dependencies"])
    needed |= {name: requirements(EXTRA)[name] for name in ("jupyterlab", "nbval")}
    lines = (COURSE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert requirements(lines) == needed


def test_what_is_imported_is_declared():
    package = requirements(PROJECT["dependencies"])
    tools = set((COURSE / "kl_lessons" / "tools").rglob("*.py"))
    modules = set((COURSE / "kl_lessons").rglob("*.py")) - tools
    assert undeclared(modules, package) == set()
    tests = set((COURSE / "tests").rglob("*.py")) - set((COURSE / "tests/benchmarks").iterdir())
    assert undeclared(tools | tests, package | requirements(EXTRA)) == set()


def undeclared(modules, declared):
    """What the modules import that comes from none of the declared packages."""
    own = {"kl_lessons"} | {path.stem for path in modules}
    imported = set()
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])
    sources = importlib.metadata.packages_distributions()
    return {
        name
        for name in imported - own - sys.stdlib_module_names
        if declared.keys().isdisjoint(map(pip_name, sources.get(name, [])))
    }


def pip_name(distribution):
    """The name as pip compares it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.skipif(
    not importlib.util.find_spec("repo2docker"),
    reason="jupyter-repo2docker, which builds for Binder, is installed on Linux only",
)
def test_binder_takes_python_3_12_the_requirements_and_the_package():
    told = run("-m", "repo2docker", "--no-build", "--debug", ".")
    assert "Building conda environment for python=3.12" in told
    installs = [shlex.split(line) for line in told.splitlines() if "pip install" in line]
    assert ["-r", "requirements.txt"] in [words[-2:] for words in installs]
    assert "." in [words[-1] for words in installs]
    for name in ("binder", ".binder"):
        assert not (COURSE / name).exists(), f"{name}/ hides requirements.txt from Binder"


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_finds_nothing(command):
    run("-m", "ruff", *command, ".")


def run(*arguments):
    """What Python prints when it is called so in the folder of the course; it must succeed."""
    process = subprocess.run(
        [sys.executable, *arguments],
        cwd=COURSE,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert process.returncode == 0, process.stdout
    return process.stdout

"""What learners, Binder and contributors are told to type does what it says."""

import ast
import importlib.metadata
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from kl_lessons.tools import owner

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


def test_binder_link_opens_lesson_00():
    (link,) = re.findall(r"https://mybinder\.org/v2/gh/\S+", README)
    assert link == f"https://mybinder.org/v2/gh/{owner.named(COURSE)}/HEAD?urlpath={FIRST_LESSON}"


def test_one_command_writes_the_owner_into_every_address(tmp_path):
    course = copied(tmp_path)
    old, new = owner.addresses(owner.named(course)), owner.addresses("ada-b/kl.course")
    before = texts(course)
    assert owner.main(["ada-b/kl.course", str(course)]) == 0
    after = texts(course)
    assert owner.named(course) == "ada-b/kl.course"
    for path, text in after.items():
        assert not any(address in text for address in old), path
    for path in ("README.md", "pyproject.toml", "CITATION.cff"):
        assert any(address in after[path] for address in new), path
    for address in new:
        assert address in after["README.md"], "the README leads to each of them"
    assert owner.rename(course, "ada-b/kl.course") == [], "a second time changes nothing"
    owner.rename(course, owner.named(COURSE))
    assert texts(course) == before, "and the way back leads home"


@pytest.mark.skipif(os.name == "nt", reason="GitHub builds the site on Linux")
def test_the_site_of_a_copy_on_github_is_built_with_the_addresses_of_the_copy(tmp_path):
    workflow = (COURSE / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    steps = re.findall(r"^ +- run: (python .*)$", workflow, re.MULTILINE)
    assert [step.split()[2] for step in steps] == [
        "kl_lessons.tools.owner",
        "kl_lessons.tools.site",
    ]
    course = copied(tmp_path)
    step = steps[0].replace("python", shlex.quote(sys.executable), 1)
    named = {"GITHUB_REPOSITORY": "ada-b/kl.course", "PYTHONPATH": str(course)}
    subprocess.run(["bash", "-c", step], cwd=course, env=os.environ | named, check=True)
    assert owner.named(course) == "ada-b/kl.course"


def test_no_file_names_another_owner():
    ours = owner.named(COURSE)
    host = r"(?:mybinder\.org/v2/gh|colab\.research\.google\.com/github)/([\w-]+/[\w.-]*\w)"
    repository = rf"[\w-]+/{re.escape(ours.split('/')[1])}\b"
    for path, text in texts(COURSE).items():
        named = re.findall(host, text) + re.findall(rf"github\.com/({repository})", text)
        assert set(named) <= {ours}, path


def test_a_name_that_is_none_is_refused_and_nothing_is_written(tmp_path, capsys):
    course = copied(tmp_path)
    before = texts(course)
    for name in ("", "ada", "https://github.com/ada/kl", "ada/kl/x", "a b/c"):
        assert owner.main([name, str(course)]) == 2
    assert texts(course) == before
    assert "OWNER/REPO" in capsys.readouterr().err


def tracked():
    """The files of the course that git knows, or would take in."""
    command = ["git", "ls-files", "-co", "-z", "--exclude-standard"]
    listed = subprocess.check_output(command, cwd=COURSE, text=True, encoding="utf-8")
    return [name for name in listed.split("\0") if name and (COURSE / name).is_file()]


def copied(folder):
    """A copy of the course's files."""
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(COURSE / name, folder / name)
    return folder


def texts(course):
    """The text of each file that is text, by its name."""
    binary = {".png", ".gif", ".gz"}
    return {
        name: (course / name).read_text(encoding="utf-8")
        for name in tracked()
        if Path(name).suffix not in binary
    }


def test_each_relative_link_of_the_readme_leads_to_a_file():
    targets = re.findall(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)", README, re.MULTILINE)
    targets = [one or other for one, other in targets]
    targets += re.findall(r'(?:src|srcset)="([^"]+)"', README)
    relative = [target for target in targets if "://" not in target and target[0] != "#"]
    assert relative
    assert [target for target in relative if not (COURSE / target).exists()] == []
    images = re.findall(r"!\[([^\]]*)\]", README) + re.findall(r'<img [^>]*alt="([^"]*)"', README)
    assert README.count("<img ") == README.count(' alt="')
    assert images
    assert all(images), "an image without alt text"
    lessons = {path.name for path in (COURSE / "notebooks").glob("*.ipynb")}
    linked = {Path(target).name for target in relative if target.startswith("notebooks/")}
    assert linked == lessons, "the table lists each lesson there is, and no other"


def test_the_moving_picture_is_small_and_has_a_still_one_for_who_asks_for_less_motion():
    source = re.search(r"<source ([^>]*)>", README)[1]
    assert 'media="(prefers-reduced-motion: reduce)"' in source
    still = COURSE / re.search(r'srcset="([^"]+)"', source)[1]
    moving = COURSE / re.search(r'<img src="([^"]+)"', README)[1]
    assert moving.stat().st_size < 1_000_000
    with Image.open(moving) as seen, Image.open(still) as one:
        assert seen.n_frames > 20
        assert getattr(one, "n_frames", 1) == 1
        assert seen.size == one.size


def test_the_first_command_stands_on_the_first_screen():
    above = README[: README.index(commands("sh")[0])]
    words = re.sub(r"<[^>]+>", "", above)
    assert len(words.splitlines()) <= 40
    assert len(words.split()) <= 200


def test_each_licence_stands_in_full_and_is_linked():
    for name, last in (("LICENSE", "DAMAGE."), ("LICENSE-CC-BY-4.0.txt", "creativecommons.org.")):
        assert (COURSE / name).read_text(encoding="utf-8").rstrip().endswith(last)
        assert f"]({name})" in README


def test_the_citation_tells_the_version_and_the_licence_of_the_project():
    citation = (COURSE / "CITATION.cff").read_text(encoding="utf-8")
    version, licence = PROJECT["version"], PROJECT["license"]
    assert f"version: {version}\n" in citation
    assert f"- {licence}\n" in citation
    assert re.fullmatch(r"0\.\d+\.\d+", version)
    headings = re.findall(r"^## (.*)", (COURSE / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[:2] == ["Unreleased", version] or headings[0] == version


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

"""What is saved of a learner's notebook holds no dead view, and all else as it was."""

import copy
import importlib
import json
from pathlib import Path

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from kl_lessons import explore, plots
from kl_lessons.explorers import saving

CONFIG = Path(saving.__file__).with_suffix(".json")


def notebook(*bundles):
    outputs = [
        {"output_type": "execute_result", "data": data, "metadata": metadata, "execution_count": 1}
        for data, metadata in bundles
    ]
    cell = {"cell_type": "code", "source": "lab", "outputs": outputs, "metadata": {}}
    return {"type": "notebook", "content": {"cells": [cell, {"cell_type": "markdown"}]}}


def test_the_view_of_an_explorer_goes_and_its_page_stays():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    data, _ = lab._repr_mimebundle_()
    model = notebook((data, {saving.LIVE_VIEW: {"colab": {}}}))
    saving.drop_dead_views(model=model, path="a.ipynb", contents_manager=None)
    (output,) = model["content"]["cells"][0]["outputs"]
    assert output["data"].keys() == {"text/html", "text/plain"} and output["metadata"] == {}


def test_other_widgets_and_other_files_are_left_alone():
    others = [
        notebook(({saving.LIVE_VIEW: {}, "text/plain": "IntSlider()"}, {})),
        notebook(({saving.LIVE_VIEW: {}, "text/html": "<b>no explorer</b>"}, {})),
        {"type": "file", "content": "kl-saved"},
        {"type": "notebook", "content": None},
        {"type": "directory"},
    ]
    for model in others:
        before = copy.deepcopy(model)
        saving.drop_dead_views(model=model, path="a.ipynb", contents_manager=None)
        assert model == before


def test_the_server_is_told_of_the_extension_and_it_registers_the_hook():
    told = json.loads(CONFIG.read_text(encoding="utf-8"))["ServerApp"]["jpserver_extensions"]
    (name,) = told
    (point,) = importlib.import_module(name)._jupyter_server_extension_points()
    manager = AsyncLargeFileManager()
    server = type("Server", (), {"contents_manager": manager})
    importlib.import_module(point["module"])._load_jupyter_server_extension(server)
    model = notebook(({saving.LIVE_VIEW: {}, "text/html": '<div class="kl-saved">'}, {}))
    manager.run_pre_save_hooks(model=model, path="a.ipynb")
    (output,) = model["content"]["cells"][0]["outputs"]
    assert saving.LIVE_VIEW not in output["data"]

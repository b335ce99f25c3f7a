"""What Jupyter's server does before it saves a notebook: no dead view of an explorer is kept.

JupyterLab shows the view of a widget before all else that an output holds, and an error in its
place when the kernel that made it has gone. Without the view the saved output shows the explorer
itself, which needs no kernel. The page that is open is not touched.
"""

LIVE_VIEW = "application/vnd.jupyter.widget-view+json"


def _jupyter_server_extension_points() -> list[dict]:
    """Where jupyter_server finds what it loads at its start."""
    return [{"module": "kl_lessons.explorers.saving"}]


def _load_jupyter_server_extension(server: object) -> None:
    """Let the server call `drop_dead_views` before it saves a notebook."""
    server.contents_manager.register_pre_save_hook(drop_dead_views)


def drop_dead_views(model: dict, **others: object) -> None:
    """Take the view out of each output of the notebook `model` that holds an explorer's page.

    And the outputs that hold a view alone: what `watched` showed while something ran. It changes
    what is saved, and nothing else.
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict):
        return
    for cell in content.get("cells", []):
        if "outputs" in cell:
            cell["outputs"] = [o for o in cell["outputs"] if [*o.get("data", {})] != [LIVE_VIEW]]
        for output in cell.get("outputs", []):
            page = output.get("data", {}).get("text/html", "")
            if 'class="kl-saved"' in (page if isinstance(page, str) else "".join(page)):
                output["data"].pop(LIVE_VIEW, None)
                output.get("metadata", {}).pop(LIVE_VIEW, None)

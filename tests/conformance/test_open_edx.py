"""Our packages in the code that Open edX runs at an upload: openedx-scorm-xblock and Django's storage."""

from __future__ import annotations

import gc
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Open edX does not run on Windows")
sys.path.append(str(Path(__file__).parents[1] / "targets"))


class Runtime:
    """The least of an XBlock runtime: no settings service, no export."""

    export_fs = None

    def service(self, block: object, name: str) -> None:
        return None

    def handler_url(self, block: object, handler: str, suffix: str = "") -> str:
        return f"/handler/{handler}/{suffix}"


@pytest.fixture(scope="module")
def xblock(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import django
        from django.conf import settings
        from django.core.files import File

        if not settings.configured:
            settings.configure(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")), USE_TZ=True)
            django.setup()
        from openedxscorm import scormxblock
        from xblock.field_data import DictFieldData
        from xblock.fields import ScopeIds

    def make(path: Path) -> Any:
        """The block after an upload. It leaves files open and uses deprecated names: not our warnings."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ids = ScopeIds("user", "scorm", path.name, path.name)
            block = scormxblock.ScormXBlock(Runtime(), DictFieldData({}), ids)
            block.location = SimpleNamespace(
                block_id=path.name, org="org", course="course", block_type="scorm"
            )
            with path.open("rb") as stream:
                upload = File(stream, path.name)
                block.update_package_meta(upload)
                block.extract_package(upload)
            block.update_package_fields()
            gc.collect()
        return block

    return make


@pytest.mark.parametrize(
    ("name", "version"),
    [("scorm12", "SCORM_12"), ("scorm2004-3", "SCORM_2004"), ("scorm2004-4", "SCORM_2004")],
)
@pytest.mark.parametrize("with_controls", [False, True], ids=["bare", "controls"])
def test_open_edx_imports_our_packages(
    xblock: Any, name: str, version: str, with_controls: bool, tmp_path: Path
) -> None:
    from sample_courses import FULL, PARTS, PASS, course, official

    from coursepack.package import to_zip, write_file
    from coursepack.targets import TARGETS

    target = TARGETS[name]
    assert target.edition
    controls = official(target.edition) if with_controls else None
    parts = target.build(course(**FULL, **PASS), PARTS, controls)
    path = tmp_path / f"{name}-{with_controls}.zip"
    write_file(path, to_zip(parts))
    block = xblock(path)
    assert block.scorm_version == version
    assert block.index_page_path == "index.html"
    assert "Größe" in block.navigation_menu
    for part in parts:
        with block.storage.open(f"{block.extract_folder_path}/{part.name}") as stream:
            assert stream.read() == part.data

"""Voice memos travel with everything that photos do, and a copy lent to a player goes again."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation
from gemba.services.exchange_in import bring_in
from gemba.services.exchange_out import export_data
from gemba.services.memos import forget_copies
from gemba.services.passphrase import remove_passphrase, set_passphrase
from gemba.services.restoring import restore_backup
from gemba.services.salvage import salvage_into
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.attached import LISTENING
from gemba.store.opening import open_store
from gemba.store.sound import bare_sound
from gemba.words import Words
from tests.data.sounds import AMR, M4A, MP3, SECRETS, placed_m4a, tone
from tests.fresh import begin_folder


def reopened(folder: Path, key: bytes | None = None) -> Workspace:
    return open_workspace(folder, load_catalog(folder), Words(), key=key)


def with_memo(work: Workspace, data: bytes = M4A, name: str = "Pump, left.m4a") -> Observation:
    seen = work.walks.capture("The pump sounds dry")
    work.memos.add(seen.id, data, name)
    return work.walks.observation(seen.id)


def sound_of(seen: Observation) -> str:
    (memo,) = seen.memos
    return memo.sound


def test_a_memo_is_kept_once_with_its_name_and_without_its_place(
    workspace: Workspace, data_dir: Path
) -> None:
    seen = with_memo(workspace, placed_m4a())
    workspace.memos.add(seen.id, placed_m4a(), "again.m4a")
    (memo,) = workspace.walks.observation(seen.id).memos
    assert memo.name == "Pump, left"
    held = workspace.store.photos.read(memo.sound)
    assert held == bare_sound(placed_m4a())[0]
    files = [path for path in (data_dir / "photos").rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".m4a"]
    assert not any(secret in files[0].read_bytes() for secret in SECRETS)
    assert [hit.ref.id for hit in workspace.history.search("pump left")] == [seen.id]


def test_what_is_no_memo_leaves_nothing(workspace: Workspace, data_dir: Path) -> None:
    seen = workspace.walks.capture("The pump sounds dry")
    for data, key in (
        (b"not a sound", "voice.not_a_sound"),
        (M4A.replace(b"soun", b"vide"), "voice.more_than_sound"),
        (M4A[:200], "voice.broken"),
    ):
        with pytest.raises(GembaError) as refused:
            workspace.memos.add(seen.id, data, "thing.m4a")
        assert refused.value.key == key
    assert workspace.walks.observation(seen.id).memos == ()
    assert not list((data_dir / "photos").rglob("*.*"))


def test_a_memo_taken_off_comes_back(workspace: Workspace) -> None:
    seen = with_memo(workspace)
    workspace.memos.remove(seen.id, sound_of(seen))
    assert workspace.walks.observation(seen.id).memos == ()
    workspace.memos.put_back(seen.id, seen.memos[0])
    assert workspace.walks.observation(seen.id).memos == seen.memos


def test_memos_go_out_and_come_in_again(workspace: Workspace, tmp_path: Path) -> None:
    seen = with_memo(workspace)
    out = tmp_path / "all.zip"
    out.write_bytes(export_data(workspace.store))
    with zipfile.ZipFile(out) as packed:
        assert f"memos/{sound_of(seen)}.m4a" in packed.namelist()
        packed.extractall(tmp_path / "loose")
    for number, way in enumerate((out, tmp_path / "loose" / "data.json")):
        with open_store(begin_folder(tmp_path / str(number))) as other:
            assert bring_in(other, way) > 0
            assert other.get(Observation, seen.id).memos == seen.memos
            assert other.photos.is_sound(sound_of(seen))
            assert bring_in(other, way) == 0, "once is enough"
            assert export_data(other) == out.read_bytes()


def test_a_memo_from_elsewhere_is_stripped_on_the_way_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    """An export another program wrote may hold a place; the record follows the sound's new name."""
    seen = with_memo(workspace, MP3)
    placed = placed_m4a()
    told = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(export_data(workspace.store))) as packed,
        zipfile.ZipFile(told, "w") as made,
    ):
        data = packed.read("data.json").decode()
        key = sha256(placed).hexdigest()
        made.writestr("data.json", data.replace(sound_of(seen), key))
        made.writestr(f"memos/{key}.m4a", placed)
    (tmp_path / "theirs.zip").write_bytes(told.getvalue())
    with open_store(begin_folder(tmp_path / "other")) as other:
        bring_in(other, tmp_path / "theirs.zip")
        held = other.photos.read(sound_of(other.get(Observation, seen.id)))
        assert held == bare_sound(placed)[0]
        assert other.check().sound


def test_a_backup_brings_a_memo_back(workspace: Workspace, data_dir: Path) -> None:
    seen = with_memo(workspace)
    point = workspace.backups.make()
    path = workspace.store.photos.path(sound_of(seen))
    assert path is not None
    workspace.close()
    path.unlink()
    restore_backup(data_dir, point.name)
    work = reopened(data_dir)
    try:
        assert work.store.photos.is_sound(sound_of(seen))
        assert work.store.check().sound
    finally:
        work.close()


def test_a_memo_is_salvaged(workspace: Workspace, data_dir: Path, tmp_path: Path) -> None:
    seen = with_memo(workspace, AMR, "short.amr")
    workspace.close()
    report = salvage_into(data_dir, tmp_path / "saved", lambda text: text)
    assert (report.photos, report.photos_missing) == (1, ())
    with open_store(tmp_path / "saved") as saved:
        assert saved.photos.is_sound(sound_of(seen))


def test_a_memo_under_lock_is_sealed_and_in_plain_again_without(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    work = reopened(folder)
    seen = with_memo(work)
    plain = work.store.photos.read(sound_of(seen))
    work.backups.make()
    work.close()
    key = set_passphrase(folder, "walk and see")
    work = reopened(folder, key)
    assert work.store.photos.read(sound_of(seen)) == plain
    second = with_memo(work, MP3, "second.mp3")
    work.close()
    assert not list(folder.rglob("*.m4a"))
    assert not [p for p in folder.rglob("*") if p.is_file() and plain[40:90] in p.read_bytes()]
    remove_passphrase(folder, "walk and see")
    work = reopened(folder)
    try:
        path = work.store.photos.path(sound_of(seen))
        assert path is not None
        assert (path.suffix, path.read_bytes()) == (".m4a", plain)
        assert work.store.photos.is_sound(sound_of(second))
        assert work.store.check().sound
    finally:
        work.close()


def test_a_copy_for_the_player_goes_when_gemba_closes_or_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    reopened(folder).close()
    key = set_passphrase(folder, "walk and see")
    work = reopened(folder, key)
    seen = with_memo(work, name="../../Pump: left?.m4a")
    copy = work.memos.lend(seen.memos[0])
    assert copy.read_bytes() == work.store.photos.read(sound_of(seen))
    assert copy.is_relative_to(folder / LISTENING)
    assert copy.suffix == ".m4a"
    assert work.memos.lend(seen.memos[0]) == copy
    work.close()
    assert not (folder / LISTENING).exists()
    # One that was being made when the folder was locked is not made behind the lock.
    with pytest.raises(GembaError):
        work.memos.lend(seen.memos[0])
    assert not (folder / LISTENING).exists()

    left = folder / LISTENING / "ab" / "memo.m4a"
    for clean in (lambda: forget_copies(folder), lambda: reopened(folder, key).close()):
        left.parent.mkdir(parents=True)
        left.write_bytes(b"left by a kill")
        clean()
        assert not (folder / LISTENING).exists()


def test_a_memo_that_is_gone_from_the_disk_is_said(workspace: Workspace) -> None:
    seen = with_memo(workspace)
    path = workspace.store.photos.path(sound_of(seen))
    assert path is not None
    path.unlink()
    with pytest.raises(GembaError) as refused:
        workspace.memos.lend(seen.memos[0])
    assert refused.value.key == "voice.gone"
    assert workspace.store.check().photos_missing == (sound_of(seen),)


def test_a_memo_beside_an_erased_name_goes_everywhere(workspace: Workspace, data_dir: Path) -> None:
    person = workspace.people.person("Quxolotl Vandermeer")
    seen = workspace.walks.capture("Quxolotl at the press")
    workspace.memos.add(seen.id, M4A, "Quxolotl speaks.m4a")
    workspace.memos.add(seen.id, MP3, "the press.mp3")
    sounds = [one.sound for one in workspace.walks.observation(seen.id).memos]
    other = with_memo(workspace, AMR, "pump.amr")
    workspace.backups.make()
    lent = workspace.memos.lend(workspace.walks.observation(seen.id).memos[0])
    assert "Quxolotl" in lent.name
    found = workspace.erasing.found(person.id)[1]
    assert {one.photo: one.sound for one in found} == dict.fromkeys(sounds, True)
    workspace.erasing.erase_person(person.id, "a colleague")
    assert not lent.exists()
    assert workspace.memos.lend(other.memos[0]).is_file()
    assert workspace.walks.observation(seen.id).memos == ()
    for sound in sounds:
        assert workspace.store.photos.path(sound) is None
        assert list(data_dir.rglob(f"{sound}*")) == []
    assert workspace.erasing.still_named(["quxolotl"]).holding == ()
    assert workspace.store.photos.is_sound(sound_of(other))
    assert workspace.store.check().sound


def test_a_memo_goes_for_good_with_its_observation(workspace: Workspace) -> None:
    seen, other = with_memo(workspace), with_memo(workspace, tone(3), "tone.wav")
    workspace.walks.remove(seen.id)
    workspace.store.clearing.purge([Ref("observation", seen.id)], who="")
    assert workspace.store.photos.path(sound_of(seen)) is None
    assert workspace.store.photos.is_sound(sound_of(other))


def test_the_report_of_a_walk_names_its_memos(workspace: Workspace) -> None:
    from pypdf import PdfReader

    walk = workspace.walks.plan("Why does the pump stop?")
    workspace.walks.start(walk.id)
    seen = workspace.walks.capture("The pump sounds dry", walk_id=walk.id)
    workspace.memos.add(seen.id, M4A, "Pump, left.m4a")
    pdf = workspace.exports.walk(walk.id)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Voice memo" in text
    assert "Pump, left" in text


def test_the_gatekeeper_looks_at_memos_that_come_with_data(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A film in a memo's place is refused before anything is written, a memo comes in."""
    from gemba.cli import main

    seen = with_memo(workspace)
    good, bad, there = tmp_path / "good.zip", tmp_path / "bad.zip", tmp_path / "other"
    good.write_bytes(export_data(workspace.store))
    film = M4A.replace(b"soun", b"vide")
    key = sha256(film).hexdigest()
    with zipfile.ZipFile(good) as packed, zipfile.ZipFile(bad, "w") as made:
        told = packed.read("data.json").decode().replace(sound_of(seen), key)
        made.writestr("data.json", told)
        made.writestr(f"memos/{key}.m4a", film)
    begin_folder(there)
    assert main(["--data-dir", str(there), "import", "data", str(bad)]) != 0
    with open_store(there) as other:
        assert other.find(Observation) == []
    assert main(["--data-dir", str(there), "import", "data", str(good)]) == 0
    with open_store(there) as other:
        assert other.photos.is_sound(sound_of(other.get(Observation, seen.id)))
    assert not list((there / "photos").rglob(f"{key}*"))

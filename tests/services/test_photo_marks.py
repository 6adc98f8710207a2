"""What is marked on the photo of an observation, wherever that photo goes."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.figures import PhotoFigure
from gemba.domain.observation import Observation
from gemba.domain.photo_mark import MarkedPhoto, PhotoMark
from gemba.domain.sheet import Sheet
from gemba.services.exchange_in import bring_in
from gemba.services.exchange_out import export_data
from gemba.services.paper import Paper
from gemba.services.photo_marks import MarkedSource
from gemba.services.workspace import Workspace
from gemba.store.opening import open_store

BLUR = PhotoMark(shape="blur", x1=0.0, y1=0.0, x2=1.0, y2=1.0)
WORDS = PhotoMark(shape="text", x1=0.1, y1=0.1, x2=0.1, y2=0.1, text="The kestrel cart, Ottoline")


def striped(first: int = 0) -> bytes:
    image = Image.new("RGB", (120, 90))
    image.putdata([(255 * ((x + first) % 2),) * 3 for _y in range(90) for x in range(120)])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def seen(workspace: Workspace) -> Observation:
    walk = workspace.walks.plan("Why do discharges wait?")
    workspace.walks.start(walk.id)
    seen = workspace.walks.capture("Two bags wait", walk_id=walk.id)
    return workspace.walks.add_photo(seen.id, striped())


def test_marks_stay_with_the_photo_and_are_taken_back(
    workspace: Workspace, seen: Observation
) -> None:
    (photo,) = seen.photo_hashes
    marked = workspace.walks.mark_photo(seen.id, photo, (WORDS,))
    assert marked.photos == (MarkedPhoto(photo=photo, marks=(WORDS,)),)
    assert marked.photo_hashes == (photo,)
    assert workspace.walks.observation(seen.id) == marked
    workspace.walks.detach_photo(seen.id, photo)
    assert workspace.walks.attach_photo(seen.id, marked.photos[0]).photos == marked.photos
    assert workspace.walks.mark_photo(seen.id, photo, ()).photos == (photo,)
    assert workspace.store.at_revision(Observation, seen.id, marked.revision) == marked


def test_wherever_the_photo_is_shown_its_marks_go_along(
    workspace: Workspace, seen: Observation
) -> None:
    walks = workspace.walks
    (photo,) = seen.photo_hashes
    plain = walks.photo_source(photo)
    assert not isinstance(plain, MarkedSource)
    other = walks.attach_photo(walks.capture("The same, seen again").id, photo)
    walks.mark_photo(seen.id, photo, (WORDS, BLUR))
    promise = walks.promise(seen.id)
    assert promise.photos_before == (photo,)
    assert walks.photo_source(photo) == MarkedSource(plain, (WORDS, BLUR))
    assert walks.shown_photo(other, photo) == MarkedSource(plain, (BLUR,))
    assert walks.as_shown(other).photos == (MarkedPhoto(photo=photo, marks=(BLUR,)),)
    walks.remove(seen.id)
    assert walks.photo_source(photo) == plain
    walks.restore(seen.id)
    assert walks.photo_source(photo) == MarkedSource(plain, (WORDS, BLUR))


def test_the_words_on_a_photo_are_found(workspace: Workspace, seen: Observation) -> None:
    workspace.walks.mark_photo(seen.id, seen.photo_hashes[0], (WORDS, BLUR))
    (hit,) = workspace.store.search("kestrel")
    assert hit.ref == Ref("observation", seen.id)
    assert not workspace.store.search(seen.photo_hashes[0])
    assert not workspace.store.search("blur")


def pictures(pdf: bytes) -> list[Image.Image]:
    return [one.image for page in PdfReader(io.BytesIO(pdf)).pages for one in page.images]


def test_the_report_shows_the_words_and_nothing_of_what_is_blurred(
    workspace: Workspace, seen: Observation
) -> None:
    assert seen.walk_id is not None
    (before,) = pictures(workspace.exports.walk(seen.walk_id))
    assert {0, 255} <= set(before.convert("L").tobytes())
    workspace.walks.mark_photo(seen.id, seen.photo_hashes[0], (BLUR, WORDS))
    report = workspace.exports.walk(seen.walk_id)
    (after,) = pictures(report)
    shades = set(after.convert("L").tobytes())
    assert min(shades) > 60
    assert max(shades) < 200
    text = PdfReader(io.BytesIO(report)).pages[0].extract_text()
    assert "kestrel cart" in text


def test_a_blurred_photo_stays_out_of_the_file(workspace: Workspace, seen: Observation) -> None:
    (photo,) = seen.photo_hashes
    workspace.walks.mark_photo(seen.id, photo, (WORDS,))
    assert workspace.exports.blurred_photos() == 0
    workspace.walks.mark_photo(seen.id, photo, (WORDS, BLUR))
    assert workspace.exports.blurred_photos() == 1
    workspace.walks.remove(seen.id)
    assert workspace.exports.blurred_photos() == 1
    workspace.walks.restore(seen.id)
    document = json.loads(export_data(workspace.store))
    assert document["lost_photos"] == [photo]
    whole = export_data(workspace.store, private=True)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert any(photo in name for name in archive.namelist())


def test_marks_come_in_again_and_a_strange_one_is_refused(
    workspace: Workspace, seen: Observation, tmp_path: Path
) -> None:
    workspace.walks.mark_photo(seen.id, seen.photo_hashes[0], (WORDS, BLUR))
    path = tmp_path / "data.json"
    path.write_bytes(export_data(workspace.store))
    with open_store(tmp_path / "other") as store:
        bring_in(store, path)
        there = store.get(Observation, seen.id)
        assert there.photos == workspace.walks.observation(seen.id).photos
    path.write_text(path.read_text().replace('"blur"', '"rocket"'))
    with open_store(tmp_path / "third") as store:
        with pytest.raises(BadInput) as caught:
            bring_in(store, path)
        assert caught.value.key == "data.bad_choice"


def test_erasing_a_person_reaches_the_words_and_the_photo(
    workspace: Workspace, seen: Observation
) -> None:
    person = workspace.people.person("Ottoline Marsh")
    workspace.walks.mark_photo(seen.id, seen.photo_hashes[0], (WORDS,))
    mentions, pictures_there = workspace.erasing.found(person.id)
    assert [one.path for one in mentions] == ["photos.0.marks.0.text"]
    assert [one.photo for one in pictures_there] == [seen.photo_hashes[0]]
    workspace.walks.photo_source(seen.photo_hashes[0])
    workspace.erasing.erase_person(person.id, "a colleague", photos=())
    shown = workspace.walks.photo_source(seen.photo_hashes[0])
    assert isinstance(shown, MarkedSource)
    assert shown.marks[0].text == "The kestrel cart, a colleague"


ODD = (
    (),
    (PhotoMark(shape="arrow", x1=-9.0, y1=9.0, x2=1e300, y2=-1e300),),
    (PhotoMark(shape="blur", x1=0.5, y1=0.5, x2=0.5, y2=0.5),),
    (PhotoMark(shape="text", x1=2.0, y1=2.0, x2=2.0, y2=2.0, text="\u0639\u0631\u0628\u064a 4"),),
    (PhotoMark(shape="text", x1=0.9, y1=0.9, x2=0.9, y2=0.9, text="Half a sentence " * 400),),
    (PhotoMark(shape="text", x1=0.0, y1=0.0, x2=0.0, y2=0.0, text=" \n "),),
    tuple(PhotoMark(shape="circle", x1=n / 500, y1=0.1, x2=0.9, y2=0.9) for n in range(300)),
)


@pytest.mark.parametrize("marks", ODD, ids=range(len(ODD)))
def test_odd_marks_are_kept_and_drawn_on_the_photo(
    workspace: Workspace, seen: Observation, marks: tuple[PhotoMark, ...]
) -> None:
    assert seen.walk_id is not None
    kept = workspace.walks.mark_photo(seen.id, seen.photo_hashes[0], marks)
    assert workspace.walks.observation(seen.id) == kept
    assert len(pictures(workspace.exports.walk(seen.walk_id))) == 1
    assert workspace.store.check().sound


def test_marks_on_a_photo_that_is_gone_change_nothing(
    workspace: Workspace, seen: Observation
) -> None:
    (photo,) = seen.photo_hashes
    workspace.walks.detach_photo(seen.id, photo)
    assert workspace.walks.mark_photo(seen.id, photo, (WORDS,)).photos == ()
    assert workspace.walks.mark_photo(seen.id, "0" * 64, (WORDS,)).photos == ()


def on_a_sheet(workspace: Workspace, photo: str, *marks: PhotoMark) -> Sheet:
    sheet = workspace.sheets.begin("Bags wait")
    figure = PhotoFigure(id="f", photo=photo, marks=marks)
    workspace.sheets.put_figure(sheet.id, "current", figure)
    return workspace.sheets.get(sheet.id)


def stripes(workspace: Workspace, photo: str) -> int:
    """Count how often light and dark change along a line of the photo as it leaves."""
    data = workspace.exports.read_photo(photo)
    assert data is not None
    with Image.open(io.BytesIO(data)) as image:
        line = [image.convert("L").getpixel((x, 45)) > 128 for x in range(image.width)]  # type: ignore[operator]
    return sum(one != other for one, other in itertools.pairwise(line))


def test_what_a_sheet_blurs_is_blurred_wherever_the_photo_is_shown(
    workspace: Workspace, seen: Observation
) -> None:
    walks = workspace.walks
    (photo,) = seen.photo_hashes
    plain = walks.photo_source(photo)
    assert stripes(workspace, photo) == 119
    sheet = on_a_sheet(workspace, photo, BLUR, WORDS)
    assert walks.photo_source(photo) == MarkedSource(plain, (BLUR,))
    assert walks.shown_photo(walks.observation(seen.id), photo) == MarkedSource(plain, (BLUR,))
    assert stripes(workspace, photo) < 6
    # In the editor of that figure what is under it can be seen, so that it can be taken away.
    data = walks.photo_marks.read(photo, but=sheet.id)
    assert data == workspace.store.photos.read(photo)
    workspace.bin.remove(Ref("sheet", sheet.id))
    assert walks.photo_source(photo) == plain
    workspace.bin.restore(Ref("sheet", sheet.id))
    assert walks.photo_source(photo) == MarkedSource(plain, (BLUR,))


def test_what_an_observation_blurs_is_blurred_on_the_sheet(
    workspace: Workspace, seen: Observation
) -> None:
    (photo,) = seen.photo_hashes
    sheet = on_a_sheet(workspace, photo)
    paper = Paper(workspace.exports)
    before = paper.draw(sheet).pdf
    workspace.walks.mark_photo(seen.id, photo, (BLUR,))
    assert paper.draw(sheet).pdf != before, "also where it was drawn before"
    assert stripes(workspace, photo) < 6
    for ending in ("pdf", "pptx", "png"):
        held = workspace.exports.files.committed(sheet.id, ending).data
        assert workspace.store.photos.read(photo) not in held

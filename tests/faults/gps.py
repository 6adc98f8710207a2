"""A photo that tells where and with what it was taken goes out in every way: neither is told."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from gemba.domain.figures.photo import PhotoFigure
from gemba.services.exchange_out import export_data
from gemba.services.workspace import Workspace
from tests.faults.kit.broken import break_it
from tests.faults.kit.ground import a_photo, room, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("a photo with place and camera through every way out", 5, 5)
CAMERA = b"Gembacam 4711"
PLACE = (52, 22, 1234567)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
Out = Callable[[Workspace, Path], Iterator[bytes]]


def run(times: int, seed: int) -> Tally:
    """Send the photo through papers, slides, exported data, a backup and the folder itself."""
    tally = Tally("GPS photo")
    ways: tuple[Out, ...] = (_papers, _slides, _bundle, _backup, _folder)
    with room() as place:
        with workspace(place / "data") as work:
            _take_in(work, seed)
            for number in range(times):
                with tally.once(seed + number):
                    _look(ways[number % len(ways)], work, place / "data")
        tally.catch(lambda: _as_it_came(place / "as it came", seed), "tells")
    tally.notes.append("PDF, PPTX with PNG and SVG, bundle, backup, and the data folder itself")
    return tally


def telling_photo(seed: int) -> bytes:
    """Return a JPEG with the place, the camera, a comment and a thumbnail in its metadata."""
    image = Image.open(io.BytesIO(a_photo(seed)))
    exif = Image.Exif()
    exif[Base.Make] = CAMERA.decode()
    exif[Base.Model] = CAMERA.decode()
    exif[Base.Software] = CAMERA.decode()
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef] = "N"
    gps[GPS.GPSLatitude] = (PLACE[0], PLACE[1], PLACE[2] / 100_000)
    gps[GPS.GPSMapDatum] = CAMERA.decode()
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=CAMERA, xmp=b"<x>" + CAMERA + b"</x>", quality=90)
    return out.getvalue()


def _take_in(work: Workspace, seed: int) -> None:
    photo = telling_photo(seed)
    must(CAMERA in photo and b"Exif" in photo, "the photo tells nothing to begin with")
    walk = work.walks.plan("Where the carts stand", stops=work.walks.stops_from("hall"))
    work.walks.start(walk.id)
    line = work.walks.begin_line(walk.id, work.walks.get(walk.id).stops[0].id)
    seen = work.walks.keep(line.id, saw="Three carts stand in the way.")
    held = work.walks.attach_photo(seen.id, work.recorder.take_photo(photo, "IMG_4711.jpg"))
    sheet = work.sheets.begin("Carts stand in the way")
    box = sheet.boxes[0].id
    work.sheets.put_figure(sheet.id, box, PhotoFigure(id="photo", photo=held.photos[0]))


def _look(way: Out, work: Workspace, folder: Path) -> None:
    looked = 0
    for data in way(work, folder):
        looked += len(data)
        for mark in (CAMERA, b"Exif\0\0", b"GPS", b"ns.adobe.com/xap"):
            must(mark not in data, f"{way.__name__} tells {mark!r}")
    must(looked > 10_000, f"{way.__name__} gave only {looked} bytes to look at")


def _papers(work: Workspace, _folder: Path) -> Iterator[bytes]:
    """Every PDF, its streams unpacked."""
    from gemba.domain.sheet import Sheet

    sheet = work.recorder.find(Sheet)[0]
    walk = work.walks.under_way()
    assert walk is not None
    for pdf in (work.exports.sheet(sheet.id).pdf, work.exports.walk(walk.id)):
        must(b"/DCTDecode" in pdf or b"/Image" in pdf, "there is no photo on the paper")
        yield from _with_streams(pdf)


def _slides(work: Workspace, _folder: Path) -> Iterator[bytes]:
    """The sheet as PPTX, unpacked, and as PNG and SVG, its picture as it was."""
    from gemba.domain.sheet import Sheet

    sheet = work.recorder.find(Sheet)[0]
    files = work.exports.files
    with zipfile.ZipFile(io.BytesIO(files.committed(sheet.id, "pptx").data)) as slide:
        names = slide.namelist()
        must(any(name.endswith(".jpg") for name in names), f"no photo among {names}")
        yield from (slide.read(name) for name in names)
    svg = files.committed(sheet.id, "svg").data
    found = re.findall(rb"base64,([A-Za-z0-9+/=]+)", svg)
    must(bool(found), "there is no photo in the drawing")
    # Among the letters that spell a picture any three may stand side by side.
    yield re.sub(rb"base64,[A-Za-z0-9+/=]+", b"", svg)
    yield from (b64decode(one) for one in found)
    yield files.committed(sheet.id, "png", dots=60).data


def _with_streams(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    for body in _STREAM.findall(pdf):
        try:
            yield zlib.decompress(body.rstrip(b"\r\n"))
        except zlib.error:
            yield body


def _bundle(work: Workspace, _folder: Path) -> Iterator[bytes]:
    """The exported data, unpacked."""
    with zipfile.ZipFile(io.BytesIO(export_data(work.store, private=True))) as bundle:
        names = bundle.namelist()
        must(any(name.startswith("photos/") for name in names), f"no photo among {names}")
        yield from (bundle.read(name) for name in names)
        yield " ".join(names).encode()


def _backup(work: Workspace, folder: Path) -> Iterator[bytes]:
    """A backup, its database and its photos."""
    point = work.backups.make()
    files = [one for one in (folder / "backups").rglob("*") if one.is_file()]
    must(any(one.suffix == ".jpg" for one in files), f"no photo in the backup {point.name}")
    yield from (one.read_bytes() for one in files)


def _folder(_work: Workspace, folder: Path) -> Iterator[bytes]:
    """Everything that lies in the data folder."""
    yield from (one.read_bytes() for one in folder.rglob("*") if one.is_file())


def _as_it_came(folder: Path, seed: int) -> None:
    """The control: photos that are kept as they came."""
    undo = break_it("as it came")
    try:
        with workspace(folder) as work:
            _take_in(work, seed)
            _look(_bundle, work, folder)
    finally:
        undo()

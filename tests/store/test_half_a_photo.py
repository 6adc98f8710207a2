"""A kill in the middle of taking a photo in leaves half a file; the next start clears it away."""

from __future__ import annotations

from pathlib import Path

from gemba.store.opening import open_store


def _half(folder: Path) -> Path:
    half = folder / "photos" / "ab" / ".new-abc123.jpg"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"\xff\xd8 half of it")
    return half


def test_the_next_start_clears_half_a_photo_away(data_dir: Path) -> None:
    open_store(data_dir).close()
    half = _half(data_dir)
    whole = half.with_name("ab12.jpg")
    whole.write_bytes(b"\xff\xd8\xff\xd9")
    open_store(data_dir).close()
    assert not half.exists()
    assert whole.exists()


def test_whoever_only_reads_leaves_it(data_dir: Path) -> None:
    open_store(data_dir).close()
    half = _half(data_dir)
    with open_store(data_dir, write=False):
        assert half.exists()
    with open_store(data_dir) as first:
        assert not half.exists()
        half.write_bytes(b"being written by the first")
        with open_store(data_dir) as second:
            assert first.writable
            assert not second.writable
        assert half.exists()

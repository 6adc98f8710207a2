"""Voice memos as a phone records them: a tone of a tenth of a second, with place and person.

Written by FFmpeg with these tags: title SecretTitle, artist SecretPerson, comment SecretNote,
location +52.5200+013.4050/. FLAC is packed: most of it is the room it leaves for more tags.
"""

from __future__ import annotations

import io
import wave
from base64 import b64decode
from typing import Final
from zlib import decompress

SECRETS: Final = (b"SecretTitle", b"SecretPerson", b"SecretNote", b"+013.4050")

M4A: Final = b64decode(
    """
AAAAHGZ0eXBNNEEgAAACAE00QSBpc29taXNvMgAAAAhmcmVlAAAB921kYXTeAgBMYXZjNjIuMjguMTAyAAJQoVMgiRUrufw9
vitVJNyVF3VIiQda7D6N6L1bqvYus9i6z2LrPVuw9a8psVlx2J410H275FNK57on+/P4Nfp9GlXYnKqzZqVs+tqzHRr81fmZ
zM6a1NamtMtMxmSmSmWiWiWgYGBgYGBgYGBgYGNgwMDIkRs2bBgYGRAwMDAxtEiRSyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
yyyyyyyyyyyyyyyyyyyyyy8BBJbamPNFyyLCaicXE4f/0v+v1xxcvT1//V/8/3TV3qfP/9P/y/c1qavf//L/v+prTiB63OKi
ER169evXrTTKHzavdxrvenYvI8tx3lWe+/nbupnennennennenVOx5U86nnuZVzXlbyzd5svirN6jFUIqOJ4GRMhKgUwrEZk
KVBgm6SK3bxUJBgkTdBrwSVK3SQMVCYWskQNmEnLv13IRAjNwjJUQMSBgYGzBjZJnPgBApe2/A8Dx/6f5+/WuufOrBHPaIlp
dwAAGicyAAASzjyMQQAAEspQI3YgAAEs5WI4uYAABLPVSORmgAAS4RiSO5vgAASwMAjbYAABLa1SOsnktJJI52IAAAAAEuAT
iO4kktjDI6t4AAAAAS4JDI71pLbpI7EmPtZYuoAAAAAAAA4AAAOTbW9vdgAAAGxtdmhkAAAAAOcrEKDnKxCgAAAD6AAAAKQA
AQAAAQAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAgAAAjF0cmFrAAAAXHRraGQAAAAD5ysQoOcrEKAAAAABAAAAAAAAAKQAAAAAAAAAAAAAAAEBAAAAAAEAAAAAAAAA
AAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAkZWR0cwAAABxlbHN0AAAAAAAAAAEAAACkAAAAAAABAAAA
AAGpbWRpYQAAACBtZGhkAAAAAOcrEKDnKxCgAAA+gAAACkBVxAAAAAAALWhkbHIAAAAAAAAAAHNvdW4AAAAAAAAAAAAAAABT
b3VuZEhhbmRsZXIAAAABVG1pbmYAAAAQc21oZAAAAAAAAAAAAAAAJGRpbmYAAAAcZHJlZgAAAAAAAAABAAAADHVybCAAAAAB
AAABGHN0YmwAAABqc3RzZAAAAAAAAAABAAAAWm1wNGEAAAAAAAAAAQAAAAAAAAAAAAEAEAAAAAA+gAAAAAAANmVzZHMAAAAA
A4CAgCUAAQAEgICAF0AVAAAAAABeUgAAXlIFgICABRQIVuUABoCAgAECAAAAIHN0dHMAAAAAAAAAAgAAAAIAAAQAAAAAAQAA
AkAAAAAcc3RzYwAAAAAAAAABAAAAAQAAAAMAAAABAAAAIHN0c3oAAAAAAAAAAAAAAAMAAAC9AAAAsQAAAIEAAAAUc3RjbwAA
AAAAAAABAAAALAAAABpzZ3BkAQAAAHJvbGwAAAACAAAAAf//AAAAHHNiZ3AAAAAAcm9sbAAAAAEAAAADAAAAAQAAAO51ZHRh
AAAAw21ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAG1kaXJhcHBsAAAAAAAAAAAAAAAAlmlsc3QAAAAjqW5hbQAAABtkYXRhAAAA
AQAAAABTZWNyZXRUaXRsZQAAACSpQVJUAAAAHGRhdGEAAAABAAAAAFNlY3JldFBlcnNvbgAAACWpdG9vAAAAHWRhdGEAAAAB
AAAAAExhdmY2Mi4xMi4xMDIAAAAiqWNtdAAAABpkYXRhAAAAAQAAAABTZWNyZXROb3RlAAAAI2xvY2kAAAAAAAAAAAANZ64A
NIUeAAAAAGVhcnRoAAA=
"""
)
MP3: Final = b64decode(
    """
SUQzBAAAAAABPlRJVDIAAAANAAADU2VjcmV0VGl0bGUAVFBFMQAAAA4AAANTZWNyZXRQZXJzb24AVFhYWAAAABQAAANjb21t
ZW50AFNlY3JldE5vdGUAVFhYWAAAAB0AAANsb2NhdGlvbgArNTIuNTIwMCswMTMuNDA1MC8AVFNTRQAAAA8AAANMYXZmNjIu
MTIuMTAyAFRERU4AAAAdAAADMjAyNi0xMS0yNFQxMDowMDowMC4wMDAwMDBaAAAAAAAAAAAAAAD/81jAAAAAAAAAAAAASW5m
bwAAAA8AAAAFAAABaACZmZmZmZmZmZmZmZmZmZmZmZmZs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7PMzMzMzMzMzMzMzMzMzMzMzMzM
zObm5ubm5ubm5ubm5ubm5ubm5ubm//////////////////////////8AAAAATGF2ZgAAAAAAAAAAAAAAAAAAAAAAJALAAAAA
AAAAAWgjbYHVAAAAAAAAAAAAAAD/8xjEAASQUshhQwABAlDu7u5+iIVcDAxYhAAz/zD11UjLyaP/8xjEBAXwaswBkkgBGuiK
RAKAWgBQR1AjsuhiV3jG8Cn+cvL/8xjEAwWwargBlHgAiEIMDBjB2gtxCIIB41XOuVdesO30TLr/8xjEAwWwatQBkSgAjMvE
2CqGqGqBnQ1aFYfaLCJzoFVqJEn/8xjEAwXAXnQBxgABLTQCAUpIo55IkdIkUcCgrIK+K7FMQU0=
"""
)
OGG: Final = b64decode(
    """
T2dnUwACAAAAAAAAAAB8W1QHAAAAAOtMfF8BE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAAHxbVAcBAAAAI5wh
2wHAT3B1c1RhZ3MNAAAATGF2ZjYyLjEyLjEwMgYAAAARAAAAdGl0bGU9U2VjcmV0VGl0bGUTAAAAYXJ0aXN0PVNlY3JldFBl
cnNvbhYAAABERVNDUklQVElPTj1TZWNyZXROb3RlGwAAAGxvY2F0aW9uPSs1Mi41MjAwKzAxMy40MDUwLyEAAABjcmVhdGlv
bl90aW1lPTIwMjYtMTEtMjRUMTA6MDA6MDAVAAAAZW5jb2Rlcj1MYXZmNjIuMTIuMTAyT2dnUwAEMBUAAAAAAAB8W1QHAgAA
AKXR5a8GDRsSDxESCIQngtAc/epJ/gE/wAit5V2FPFXAEMHFOKvf0LJqOPKM+IWR+nMtoAimUJDko/iBxMw4a7jbazzsOAim
eWQ+1AwGwxbpkTHj7Ainz0r6/uLJO8FfreV0CemYCAZtM5AvTpXD6nIyNLmoE7Eg
"""
)
FLAC: Final = decompress(
    b64decode(
        """
eNpL80l0ZmBgUGJyYHJgYGgHIsYvDB+AIgvWn1kn5vTiJ/f9gw37lD78W8TCwLCDFyjhk1iWZmakZwhEBkZsQAFBIC7JLMlJ
tQ1OTS5KLQkBsYWBgolFJZnFJVDRgNSi4vw8MaCwi2uwc5BnQIinvx9Uzi+/JFUaKJOTn5xYkpmfZ6ttaqRnamRgoG1gaKxn
YmBqoK8IlAYqBUvHl2TmptoaGRiZ6Roa6hqZhBgaWBmAkChQUWpecn5KapEtijMbGRQYRsEoGAWjYBSMglEwCkbBKBgFo2AU
jIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEw9MH/HykcDPPN/RgYuKYKv5Z6KrdJ7q50ksiqpzMz9wTkyKd9eLJuN2On
3ReG7OyyhzFFfI/Xel5bs1tv+RTnruJdipmRVT/nBXcU8h1VC7u61972nOIRUZ+fWZ6XHupM3uHUFRq2VPVltdE7wyMCfes3
fdmtv7dD8Xjhxelvo6/tXlUsU8R1Zn902NXzGxSrAC+Rg/w=
"""
    )
)
AMR: Final = b"#!AMR\n" + bytes.fromhex(
    "3c48f51f96665b79e0012180000000000000000000000000000000000000000000"
)


def wav(seconds: float = 0.1, *, notes: bool = True) -> bytes:
    """A silent WAV of 8 kHz, with a note and a place beside the samples where asked for."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * round(8000 * seconds)))
    data = out.getvalue()
    if notes:
        told = b"INFOICMT\x1a\0\0\0SecretNote at +013.4050/ \0\0"
        data += b"LIST" + len(told).to_bytes(4, "little") + told
        data = data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:]
    return data


def placed_m4a() -> bytes:
    """The M4A with the box in which iPhones keep the place, at the end of the header."""
    told = b"+52.5200+013.4050/"
    place = (8 + 4 + len(told)).to_bytes(4, "big") + b"\xa9xyz\0\x12\x15\xc7" + told
    box = (8 + len(place)).to_bytes(4, "big") + b"udta" + place
    at = M4A.index(b"moov") - 4
    size = int.from_bytes(M4A[at : at + 4], "big")
    assert at + size == len(M4A)
    return M4A[:at] + (size + len(box)).to_bytes(4, "big") + M4A[at + 4 :] + box


def tone(number: int) -> bytes:
    """A sound like no other of these: so many samples of one height."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes((number + 1).to_bytes(2, "little") * 400)
    return out.getvalue()

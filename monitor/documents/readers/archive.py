"""Zip archives that hold a document: parts read within bounds, and their XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from monitor.domain.errors import BadText

MEND = "请用 Word 或 WPS 打开后重新存为 docx（save it as .docx again）"
_MOST_PARTS = 5000
_MOST_BYTES = 200_000_000
_LARGEST_PART = 40_000_000
# XML of real documents packs ten to thirty times; repeated table rows a little more.
_HIGHEST_RATIO = 100
_RATIO_FROM = 4_000_000


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose listing has been looked through; ``file`` names it in errors."""

    file: str
    zip: zipfile.ZipFile

    @classmethod
    def of(cls, data: bytes, file: str) -> Archive:
        """BadText for a damaged archive, and for one that would unpack to more than memory should hold."""
        try:
            found = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, NotImplementedError, EOFError):
            raise BadText("文件已损坏（a damaged zip or Office file）", file=file, mend=MEND) from None
        parts = found.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise _bomb(file)
        return cls(file, found)

    def has(self, name: str) -> bool:
        """Whether a part of this name is listed."""
        return name in self.zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of a part; BadText where it is missing, damaged, encrypted or packed beyond reason."""
        try:
            part = self.zip.getinfo(name)
            if part.file_size > _LARGEST_PART or _is_absurd(part):
                raise _bomb(self.file)
            with self.zip.open(part) as opened:
                data = opened.read(_LARGEST_PART + 1)
        except KeyError:
            raise BadText(f"文件不完整（the part {name} is missing）", file=self.file, mend=MEND) from None
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, NotImplementedError, EOFError):
            raise BadText(
                f"文件已损坏或加了密码（the part {name} is damaged or locked）", file=self.file, mend=MEND
            ) from None
        return data

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part; BadText where it is no XML, or declares entities."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise BadText(f"文件已损坏（the part {name} is no sound XML）", file=self.file, mend=MEND) from None
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise BadText(f"文件中有不安全的内容（the part {name} declares entities）", file=self.file, mend=MEND)
        return root


def _is_absurd(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _RATIO_FROM and part.file_size > _HIGHEST_RATIO * max(1, part.compress_size)


def _bomb(file: str) -> BadText:
    return BadText("解压后远超一件公文的大小（unpacks to far more than a document holds）", file=file, mend=MEND)

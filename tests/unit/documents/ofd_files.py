"""OFD files written for the tests: as little of GB/T 33190 as holds text and ruling lines."""

import io
import zipfile

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def words(text, x, y, size=5.6, delta=""):
    code = f'<ofd:TextCode X="0" Y="{size}" {delta}>{text}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{x} {y} 150 8" Font="1" Size="{size}">{code}</ofd:TextObject>'


def path(data, boundary="0 0 210 297"):
    return f'<ofd:PathObject Boundary="{boundary}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def page(content):
    area = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
    return f"<ofd:Page {NS}>{area}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"


def packed(pages):
    """The file's bytes; each page the bytes of its Content.xml."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    root = f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("OFD.xml", root)
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {NS}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        for at, content in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/Page_{at}/Content.xml", content)
    return stream.getvalue()

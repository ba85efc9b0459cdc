"""Whether a Word file is one by the rules of transitional OOXML (ECMA-376): parts, relationships, the order of elements.

A validator of our own, for none can be installed by pip; it knows the properties that writers get wrong.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
T = "{http://schemas.openxmlformats.org/package/2006/content-types}"

ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId "
    "cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
    "specVanish oMath rPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState "
    "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView "
    "trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet "
    "defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength "
    "clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets "
    "drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
    "savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText "
    "doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields "
    "hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping "
    "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary "
    "shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator",
}
"""Children of properties in the order of the schema (ECMA-376-1, 17)."""
_ORDERS = {W + name: {W + child: at for at, child in enumerate(order.split())} for name, order in ORDERS.items()}
_TYPES = {"word/document.xml": "main+xml", "word/styles.xml": "styles+xml", "word/settings.xml": "settings+xml",
          "word/comments.xml": "comments+xml", "word/fontTable.xml": "fontTable+xml", "word/numbering.xml": "numbering+xml"}  # fmt: skip


def faults(data: bytes) -> list[str]:
    """What is wrong with a Word file."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.testzip() is not None:
            return ["damaged archive"]
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"two parts of one name: {name}" for name in set(names) if names.count(name) > 1]
    trees = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(part)
            except etree.XMLSyntaxError as error:
                found.append(f"{name}: {error}")
    return [*found, *_types(trees, names), *_relations(trees, names), *_orders(trees), *_styles(trees), *_comments(trees)]


def _types(trees: dict, names: list[str]) -> Iterator[str]:
    root = trees["[Content_Types].xml"]
    defaults = {each.get("Extension").lower(): each.get("ContentType") for each in root.iter(T + "Default")}
    overrides = {each.get("PartName").lstrip("/"): each.get("ContentType") for each in root.iter(T + "Override")}
    yield from (f"a type for a part that is not there: {name}" for name in overrides if name not in names)
    for name in names:
        kind = overrides.get(name) or defaults.get(name.rpartition(".")[2].lower())
        if name != "[Content_Types].xml" and kind is None:
            yield f"no content type: {name}"
        if name in _TYPES and not (kind or "").endswith(_TYPES[name]):
            yield f"content type of {name}: {kind}"


def _relations(trees: dict, names: list[str]) -> Iterator[str]:
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, file = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        known = {}
        for relation in root.iter(P + "Relationship"):
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), relation.get("Target"))).lstrip("/")
            if relation.get("Id") in known:
                yield f"{name}: {relation.get('Id')} twice"
            known[relation.get("Id")] = target
            if relation.get("TargetMode") != "External" and target not in names:
                yield f"{name}: {target} is not there"
        if source in trees:
            used = {value for e in trees[source].iter() for key, value in e.attrib.items() if key.startswith(R)}
            yield from (f"{source} refers to {each}, which is no relationship" for each in sorted(used - set(known) - {""}))


def _orders(trees: dict) -> Iterator[str]:
    for name, root in trees.items():
        for parent in root.iter(*_ORDERS):
            order = _ORDERS[parent.tag]
            places = [order.get(child.tag) for child in parent if child.tag.startswith(W)]
            if None in places:
                yield f"{name}: {[c.tag for c in parent if c.tag.startswith(W) and c.tag not in order]} in {parent.tag}"
            elif places != sorted(places):
                yield f"{name}: order in {parent.tag}: {[child.tag.rpartition('}')[2] for child in parent]}"
            once = [p for p in places if parent.tag != W + "sectPr" or p not in (0, 1)]
            if parent.tag not in (W + "settings", W + "style") and len(set(once)) < len(once):
                yield f"{name}: something twice in {parent.tag}"


def _styles(trees: dict) -> Iterator[str]:
    """Each style once by id and name, and every reference to one that is there."""
    styles = trees["word/styles.xml"]
    found = list(styles.iter(W + "style"))
    for what, values in (("id", [s.get(W + "styleId") for s in found]),
                         ("name", [s.find(W + "name").get(W + "val").casefold() for s in found])):  # fmt: skip
        yield from (f"style {what} {each} twice" for each in {v for v in values if values.count(v) > 1})
    ids = {style.get(W + "styleId") for style in found}
    for name, root in trees.items():
        for each in root.iter(W + "pStyle", W + "rStyle", W + "tblStyle", W + "basedOn", W + "next", W + "link"):
            if each.get(W + "val") not in ids:
                yield f"{name}: no style {each.get(W + 'val')}"


def _comments(trees: dict) -> Iterator[str]:
    document = trees["word/document.xml"]
    known = [each.get(W + "id") for each in trees["word/comments.xml"].iter(W + "comment")] if "word/comments.xml" in trees else []
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        used = [each.get(W + "id") for each in document.iter(W + tag)]
        if sorted(used) != sorted(known):
            yield f"{tag}: {used}, but comments {known}"


def words(data: bytes) -> str:
    """What a Word file says, numbers written out, without white space and marks."""
    from phrasebank.readers.word import read_word

    return re.sub(r"[\W_]+", "", "".join(read_word(data, "x.docx").lines))

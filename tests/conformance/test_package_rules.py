"""Every package rule has tiny packages that yield its code and no other, and names the place."""

# ruff: noqa: E501

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from tiny import (
    FLOW,
    Files,
    changed,
    cmi5,
    listed,
    manifest,
    patched,
    scorm,
    tincan,
    to_zip,
    with_page,
    with_script,
)

from coursepack.conformance import PACKAGE_RULES, check_package, read_package, to_diagnostics
from coursepack.conformance.rules import SHOWN_MAX

ITEM = '<item identifier="I" identifierref="R" isvisible="true"><title>Course</title></item>'
RESOURCE = '<resource identifier="R" type="webcontent" adlcp:scormType="sco" href="index.html">'
BASE = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'


def in_item(inner: str, edition: str = "4", more: tuple[tuple[str, str], ...] = ()) -> Files:
    """The package with more in its item, after the title."""
    return changed(edition, (f"{ITEM}", ITEM.replace("</item>", f"{inner}</item>")), *more)


def objective(inner: str = "", attributes: str = "", after: str = "") -> str:
    return (
        f"<imsss:sequencing><imsss:objectives><imsss:primaryObjective {attributes}>{inner}"
        f"</imsss:primaryObjective>{after}</imsss:objectives>"
        '<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>'
    )


def encrypted() -> bytes:
    data = bytearray(to_zip(scorm()))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        where = data.index(mark)
        data[where + at] |= 1
    return bytes(data)


def zip64() -> bytes:
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in scorm().items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    data = bytearray(buffer.getvalue())
    end = data.rindex(b"PK\5\6")
    size, offset = struct.unpack_from("<II", data, end + 12)
    count = struct.unpack_from("<H", data, end + 10)[0]
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    return bytes(data[:end]) + record + locator + bytes(data[end:])


def zip64_of_one(edition: str = "4") -> bytes:
    """As a program writes that does not know an entry's size beforehand: the central directory has none."""
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in scorm(edition).items():
            with archive.open(name, "w", force_zip64=name == "a.js") as stream:
                stream.write(content)
    return buffer.getvalue()


def bad_crc() -> bytes:
    data = to_zip(scorm(), zipfile.ZIP_STORED)
    return patched(data, b"void 0\n", b"void 1\n")


def twice() -> bytes:
    return patched(to_zip(listed("b.js", "a.js")), b"b.js", b"a.js")


def unmarked_name() -> bytes:
    return patched(to_zip(listed("xx.js", "%C3%A9.js")), b"xx.js", b"\xc3\xa9.js")


PACKAGES: list[tuple[str, str, bytes | Files]] = [
    ("PKG-001", "no zip", b"<html>"),
    ("PKG-001", "empty", b""),
    ("PKG-001", "cut off", to_zip(scorm())[:-30]),
    ("PKG-001", "encrypted", encrypted()),
    ("PKG-001", "bad checksum", bad_crc()),
    ("PKG-001", "zip64", zip64()),
    ("PKG-001", "zip64 in a local header", zip64_of_one()),
    ("PKG-001", "bytes before", b"MZ" + to_zip(scorm())),
    ("PKG-001", "bzip2", to_zip(scorm(), zipfile.ZIP_BZIP2)),
    ("PKG-002", "nothing", {"index.html": b""}),
    ("PKG-002", "AICC", {"course.au": b"", "course.crs": b"", "course.des": b"", "course.cst": b""}),
    ("PKG-002", "H5P", {"h5p.json": b"{}", "content/content.json": b"{}"}),
    ("PKG-002", "wrapping folder", {f"course/{name}": data for name, data in scorm().items()}),
    ("PKG-002", "capitals", {name.replace("imsm", "IMSM"): data for name, data in scorm().items()}),
    ("PKG-002", "a second one", scorm("4", None, **{"old/imsmanifest.xml": manifest()})),
    ("PKG-003", "climbs", listed("../b.js", "a.js")),
    ("PKG-003", "twice", twice()),
    ("PKG-004", "case", listed("A.js", "A.js")),
    ("PKG-005", "umlaut", listed("é.js", "%C3%A9.js")),
    ("PKG-005", "unmarked", unmarked_name()),
    ("PKG-006", "reserved", listed("con.js", "con.js")),
    ("PKG-006", "question mark", listed("a?.js", "a%3F.js")),
    ("PKG-006", "long", listed("a" * 120 + ".js", "a" * 120 + ".js")),
    ("PKG-007", "php", listed("a.php", "a.php")),
    ("PKG-007", "litter", listed(".DS_Store", ".DS_Store")),
    ("PKG-007", "litter that is not listed", scorm("4", None, **{"__MACOSX/._index.html": ""})),
    ("PKG-008", "malformed", scorm(text="<manifest>")),
    ("PKG-008", "mark", scorm() | {"imsmanifest.xml": b"\xef\xbb\xbf" + manifest().encode()}),
    ("PKG-008", "utf-16", scorm() | {"imsmanifest.xml": manifest().replace("UTF-8", "UTF-16").encode("utf-16")}),
    ("PKG-008", "latin-1 in utf-8", scorm() | {"imsmanifest.xml": manifest().replace("Course", "é").encode("latin-1")}),
    ("PKG-008", "doctype", changed("4", ("<manifest ", '<!DOCTYPE manifest [<!ENTITY a "b">]><manifest '))),
    ("PKG-008", "empty", scorm(text=" ")),
    ("PKG-009", "no namespace", changed("4", (BASE, 'xmlns="urn:other"'))),
    ("PKG-009", "other root", scorm(text=manifest().replace("<manifest ", "<package ").replace("</manifest", "</package"))),
    ("PKG-009", "common cartridge", scorm(text=manifest().replace("xsd/imscp_v1p1", "xsd/imsccv1p1/imscp_v1p1").replace("ADL SCORM", "IMS Common Cartridge").replace(' adlcp:scormType="sco"', ""))),
    ("PKG-009", "IMS content", scorm(text=manifest().replace("ADL SCORM", "IMS Content").replace(' adlcp:scormType="sco"', ""))),
    ("PKG-010", "blank", changed("4", ("4th Edition<", "4th Edition <"))),
    ("PKG-010", "small e", changed("3", ("3rd Edition<", "3rd edition<"))),
    ("PKG-010", "words", changed("12", (">1.2<", ">SCORM 1.2<"))),
    ("PKG-010", "CAM 1.3", changed("3", ("2004 3rd Edition", "CAM 1.3"))),
    ("PKG-010", "schema", changed("4", ("<schema>ADL SCORM", "<schema>SCORM"))),
    ("PKG-010", "no metadata in 1.2", changed("12", ("<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>", ""))),
    ("PKG-011", "launch type of 1.2", scorm(text=manifest().replace("adlcp_v1p3", "adlcp_rootv1p2").replace("scormType", "scormtype"))),
    ("PKG-012", "prefix", scorm(text=manifest().replace("adlcp:", "scorm:").replace(":adlcp", ":scorm"))),
    ("PKG-013", "no metadata", changed("4", ("<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>", ""))),
    ("PKG-013", "order", changed("4", ('<file href="a.js"/>', '<dependency identifierref="S"/><file href="a.js"/>'), ("</resources>", '<resource identifier="S" type="webcontent" adlcp:scormType="asset"/></resources>'))),
    ("PKG-013", "two titles", changed("4", ("<title>Course</title>", "<title>A</title><title>B</title>"))),
    ("PKG-013", "extension first", changed("12", (ITEM, ITEM.replace("<title>", "<adlcp:masteryscore>80</adlcp:masteryscore><title>")))),
    ("PKG-013", "metadata below resources", changed("4", ("<resources>", "<resources><metadata/>"))),
    ("PKG-013", "elements in a title", changed("4", ("<title>Course</title></item>", "<title>Course<file/></title></item>"))),
    ("PKG-014", "missing", changed("4", ('<manifest identifier="M"', "<manifest"))),
    ("PKG-014", "twice", changed("4", ('identifier="R"', 'identifier="I"'), ('identifierref="R"', 'identifierref="I"'))),
    ("PKG-014", "digit first", changed("4", ('identifier="I"', 'identifier="1"'))),
    ("PKG-014", "too long for Moodle", changed("4", ('identifier="I"', f'identifier="I{"x" * 255}"'))),
    ("PKG-015", "missing", changed("4", (' default="O"', ""))),
    ("PKG-015", "missing in 1.2", changed("12", (' default="O"', ""))),
    ("PKG-015", "dangling", changed("4", (' default="O"', ' default="P"'))),
    ("PKG-016", "no title", changed("4", ("<title>Course</title></item>", "</item>"))),
    ("PKG-016", "empty title", changed("4", ("<title>Course</title></item>", "<title> </title></item>"))),
    ("PKG-016", "long title", changed("4", ("<title>Course</title></item>", f"<title>{'x' * 201}</title></item>"))),
    ("PKG-016", "no item", changed("4", (ITEM, ""))),
    ("PKG-016", "no organization", scorm(text=manifest().split("<organization ")[0].replace(' default="O"', "") + "</organizations>" + manifest().split("</organizations>")[1])),
    ("PKG-017", "no reference", changed("4", (' identifierref="R"', ""))),
    ("PKG-017", "dangling", changed("4", (' identifierref="R"', ' identifierref="S"'))),
    ("PKG-017", "cluster with reference", in_item('<item identifier="J" identifierref="R" isvisible="true"><title>J</title></item>' + FLOW)),
    ("PKG-018", "no href", changed("4", (' href="index.html">', ">"))),
    ("PKG-018", "type", changed("4", ('type="webcontent"', 'type="text/html"'))),
    ("PKG-018", "no type where nothing launches it", changed("4", ("</resources>", '<resource identifier="S" adlcp:scormType="asset"/></resources>'))),
    ("PKG-019", "missing", changed("4", (' adlcp:scormType="sco"', ""))),
    ("PKG-019", "spelling of 1.2", changed("4", ("scormType", "scormtype"))),
    ("PKG-019", "spelling of 2004", changed("12", ("scormtype", "scormType"))),
    ("PKG-019", "value", changed("4", ('"sco"', '"SCO"'))),
    ("PKG-019", "no prefix", changed("12", ("adlcp:scormtype", "scormtype"))),
    ("PKG-019", "asset only", changed("4", ('"sco"', '"asset"'))),
    ("PKG-020", "isvisible", changed("4", ('isvisible="true"', 'isvisible="1"'))),
    ("PKG-020", "flow", changed("4", ('flow="true"', 'flow="1"'))),
    ("PKG-020", "reading", in_item(objective('<imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus="no"/>', 'objectiveID="a"'))),
    ("PKG-021", "backslash", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="b\\c.js"/>'))),
    ("PKG-021", "slash", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="/a.js"/>'))),
    ("PKG-021", "climbs", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="x/../../a.js"/>'))),
    ("PKG-021", "climbs encoded", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="%2e%2e/a.js"/>'))),
    ("PKG-021", "bad encoding", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="a%.js"/>'))),
    ("PKG-021", "none", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file/>'))),
    ("PKG-021", "drive", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="C:\\a.js"/>'))),
    ("PKG-021", "on one computer", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="file:///a.js"/>'))),
    ("PKG-021", "other host", changed("4", (' href="index.html">', ' href="https://example.org/c">'))),
    ("PKG-022", "missing", changed("4", ('sco" href="index.html">\n<file href="index.html"/>', 'sco" href="start.html">\n<file href="start.html"/><file href="index.html"/>'))),
    ("PKG-022", "case of the only one", listed("Start.html", "start.html") | {"imsmanifest.xml": manifest().replace(' href="index.html">', ' href="start.html">').replace('<file href="a.js"/>', '<file href="a.js"/><file href="start.html"/>').encode()}),
    ("PKG-022", "case", changed("4", ('sco" href="index.html">\n<file href="index.html"/>', 'sco" href="Index.html">\n<file href="Index.html"/><file href="index.html"/>'))),
    ("PKG-023", "missing", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="b.js"/>'))),
    ("PKG-023", "case", changed("4", ('<file href="a.js"/>', '<file href="a.js"/><file href="A.js"/>'))),
    ("PKG-023", "launch not listed", changed("4", ('<file href="index.html"/>', ""), ("</resources>", '<resource identifier="S" type="webcontent" adlcp:scormType="asset"><file href="index.html"/></resource></resources>'))),
    ("PKG-024", "not listed", scorm("4", None, **{"b.js": ""})),
    ("PKG-025", "dangling", changed("4", ("</resource>", '<dependency identifierref="S"/></resource>'))),
    ("PKG-025", "itself", changed("4", ("</resource>", '<dependency identifierref="R"/></resource>'))),
    ("PKG-025", "circle", changed("4", ("</resource>", '<dependency identifierref="S"/></resource><resource identifier="S" type="webcontent" adlcp:scormType="asset"><dependency identifierref="R"/></resource>'))),
    ("PKG-026", "base", changed("4", ("<resources>", '<resources xml:base="./">'))),
    ("PKG-026", "no folder", changed("4", (RESOURCE, RESOURCE.replace("<resource ", '<resource xml:base="" ')))),
    ("PKG-027", "missing file", changed("4", ("<manifest ", '<manifest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.imsglobal.org/xsd/imsss https://example.org/a.xsd http://www.adlnet.org/xsd/adlcp_v1p3 https://example.org/b.xsd" '))),
    ("PKG-027", "unmapped", changed("4", ("<manifest ", '<manifest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd" ')) | {"imscp_v1p1.xsd": b"<a/>"}),
    ("PKG-027", "unmapped attribute", changed("4", ("<manifest ", '<manifest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 https://example.org/a.xsd http://www.imsglobal.org/xsd/imsss https://example.org/b.xsd" '))),
    ("PKG-028", "missing", changed("4", ("</schemaversion>", "</schemaversion><adlcp:location>m.xml</adlcp:location>"))),
    ("PKG-028", "malformed", changed("4", ("</schemaversion>", "</schemaversion><adlcp:location>m.xml</adlcp:location>")) | {"m.xml": b"<lom>"}),
    ("PKG-029", "words", in_item("<adlcp:masteryscore>eighty</adlcp:masteryscore>", "12")),
    ("PKG-029", "too high", in_item("<adlcp:masteryscore>101</adlcp:masteryscore>", "12")),
    ("PKG-029", "infinite", in_item("<adlcp:masteryscore>inf</adlcp:masteryscore>", "12")),
    ("PKG-029", "twice", in_item("<adlcp:masteryscore>80</adlcp:masteryscore>" * 2, "12")),
    ("PKG-030", "range", in_item(objective("<imsss:minNormalizedMeasure>1.5</imsss:minNormalizedMeasure>", 'satisfiedByMeasure="true"'))),
    ("PKG-030", "alone", in_item(objective("<imsss:minNormalizedMeasure>0.5</imsss:minNormalizedMeasure>"))),
    ("PKG-030", "no measure", in_item(objective("", 'satisfiedByMeasure="true"'))),
    ("PKG-031", "used", in_item("<adlcp:completionThreshold>0.8</adlcp:completionThreshold>", "3")),
    ("PKG-031", "range", in_item('<adlcp:completionThreshold minProgressMeasure="2"/>')),
    ("PKG-031", "both", in_item('<adlcp:completionThreshold minProgressMeasure="0.5">0.5</adlcp:completionThreshold>')),
    ("PKG-032", "action", in_item("<adlcp:timelimitaction>exit, message</adlcp:timelimitaction>", "12")),
    ("PKG-032", "action 2004", in_item("<adlcp:timeLimitAction>stop</adlcp:timeLimitAction>")),
    ("PKG-032", "time", in_item("<adlcp:maxtimeallowed>30 minutes</adlcp:maxtimeallowed>", "12")),
    ("PKG-032", "minutes over 59", in_item("<adlcp:maxtimeallowed>00:61:00</adlcp:maxtimeallowed>", "12")),
    ("PKG-032", "duration", in_item('<imsss:sequencing><imsss:limitConditions attemptAbsoluteDurationLimit="30M"/></imsss:sequencing>')),
    ("PKG-033", "1.2", in_item(f"<adlcp:datafromlms>{'x' * 256}</adlcp:datafromlms>", "12")),
    ("PKG-033", "2004", in_item(f"<adlcp:dataFromLMS>{'x' * 4001}</adlcp:dataFromLMS>")),
    ("PKG-034", "type", in_item("<adlcp:prerequisites>I</adlcp:prerequisites>", "12")),
    ("PKG-034", "unknown", in_item('<adlcp:prerequisites type="aicc_script">I&amp;K</adlcp:prerequisites>', "12")),
    ("PKG-034", "long", in_item(f'<adlcp:prerequisites type="aicc_script">{"I|" * 110}I</adlcp:prerequisites>', "12")),
    ("PKG-035", "no flow", changed("4", (FLOW, ""))),
    ("PKG-035", "unreported", in_item(objective("<imsss:minNormalizedMeasure>0.5</imsss:minNormalizedMeasure>", 'satisfiedByMeasure="true"').replace(' objectiveSetByContent="true"', ""))),
    ("PKG-036", "order", in_item('<imsss:sequencing><imsss:deliveryControls tracked="true"/><imsss:controlMode flow="true"/></imsss:sequencing>')),
    ("PKG-036", "no primary", in_item('<imsss:sequencing><imsss:objectives><imsss:objective objectiveID="a"/></imsss:objectives></imsss:sequencing>')),
    ("PKG-036", "two primaries", in_item(objective("", "", "<imsss:primaryObjective/>"))),
    ("PKG-036", "equal ids", in_item(objective("", 'objectiveID="a"', '<imsss:objective objectiveID="a"/>'))),
    ("PKG-036", "no target", in_item(objective("<imsss:mapInfo/>", 'objectiveID="a"'))),
    ("PKG-036", "two writers", in_item(objective('<imsss:mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/>', 'objectiveID="a"', '<imsss:objective objectiveID="b"><imsss:mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/></imsss:objective>'))),
    ("PKG-036", "unknown condition", in_item('<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="passed"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>')),
    ("PKG-036", "action of another rule", in_item('<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="retry"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>')),
    ("PKG-036", "action first", in_item('<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleAction action="skip"/><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>')),
    ("PKG-036", "no number of attempts", in_item('<imsss:sequencing><imsss:limitConditions attemptLimit="twice"/></imsss:sequencing>')),
    ("PKG-036", "ADL's elements first", in_item('<imsss:sequencing><adlseq:rollupConsiderations requiredForSatisfied="always"/><imsss:deliveryControls tracked="true"/></imsss:sequencing>')),
    ("PKG-036", "equal collections", changed("4", ("</resources>", f"</resources><imsss:sequencingCollection>{'<imsss:sequencing ID=@s@/>' * 2}</imsss:sequencingCollection>".replace("@", '"')))),
    ("PKG-036", "lost collection", in_item('<imsss:sequencing IDRef="x"/>')),
    ("PKG-037", "token", in_item("<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>next</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>")),
    ("PKG-037", "all", in_item("<adlnav:presentation><adlnav:navigationInterface>" + "".join(f"<adlnav:hideLMSUI>{word}</adlnav:hideLMSUI>" for word in ("exit", "exitAll", "abandon", "abandonAll", "suspendAll")) + "</adlnav:navigationInterface></adlnav:presentation>")),
    ("PKG-038", "data", in_item('<adlcp:data><adlcp:map targetID="x"/></adlcp:data>', "3")),
    ("PKG-038", "shared data", changed("3", ('<organization identifier="O"', '<organization adlcp:sharedDataGlobalToSystem="false" identifier="O"'))),
    ("PKG-039", "used", changed("4", (' isvisible="true"', ' isvisible="true" parameters="?a=b"'))),
    ("PKG-039", "blank", changed("4", (' isvisible="true"', ' isvisible="true" parameters="?a=b c"'))),
    ("PKG-039", "long", changed("4", (' isvisible="true"', f' isvisible="true" parameters="?a={"b" * 1000}"'))),
    ("PKG-040", "missing", with_page('<script src="b.js"></script>')),
    ("PKG-040", "case", with_page('<script src="A.js"></script>')),
    ("PKG-040", "root of the server", with_page('<script src="/a.js"></script>')),
    ("PKG-040", "remote", with_page('<script src="https://cdn.example.org/x.js"></script>')),
    ("PKG-100", "first resource", changed("4", ("<resources>", '<resources><resource identifier="S" type="webcontent" adlcp:scormType="asset" href="a.js"><file href="a.js"/></resource>'))),
    ("PKG-100", "two organizations", changed("4", ("</organizations>", f'<organization identifier="P"><title>P</title><item identifier="J" identifierref="R"><title>J</title></item>{FLOW}</organization></organizations>'))),
    ("PKG-101", "listener", with_script('window.addEventListener("beforeunload", save)')),
    ("PKG-101", "property", with_script("window.onunload = save")),
    ("PKG-101", "body", with_page('<body onunload="save()">')),
    ("PKG-102", "xhr", with_script('x.open("POST", url, false)')),
    ("PKG-103", "fetch", with_script('fetch("https://api.example.org/a")')),
    ("PKG-103", "picture", with_page('<img src="//cdn.example.org/a.png" alt="">')),
    ("PKG-104", "key", with_script('const key = "AKIA' + "ABCDEFGHIJKLMNOP" + '"')),
    ("PKG-105", "script", with_script('fetch("http://api.example.org/a")')),
    ("PKG-105", "picture", with_page('<img src="http://cdn.example.org/a.png" alt="">')),
    ("PKG-106", "mail", with_script("// ask jo.bloggs@hospital.nhs.uk")),
    ("PKG-107", "bomb", listed("a.bin", "a.bin", bytes(20 << 20))),
    ("PKG-109", "long script", with_script(" " * ((2 << 20) + 1))),
    ("PKG-111", "zip in the zip", listed("more.zip", "more.zip", b"PK")),
    ("CM5-001", "encrypted", patched(to_zip(cmi5(), zipfile.ZIP_STORED), b"Hello", b"Hallo")),
    ("CM5-002", "folder", {f"c/{name}": data for name, data in cmi5().items()}),
    ("CM5-003", "malformed", cmi5() | {"cmi5.xml": b"<courseStructure>"}),
    ("CM5-003", "entities", cmi5(("<courseStructure ", "<!DOCTYPE a><courseStructure "))),
    ("CM5-003", "entity in a comment", cmi5(("<course ", "<!-- <!ENTITY a 'b'> --><course "))),
    ("CM5-004", "order", cmi5(("<url>index.html</url>", ""), ("<objectives><objective idref", "<url>index.html</url><objectives><objective idref"))),
    ("CM5-004", "value", cmi5(('moveOn="Completed"', 'moveOn="Sometimes"'))),
    ("CM5-004", "no unit", cmi5(("<au ", "<!-- <au "), ("</au>", "</au> -->"))),
    ("CM5-004", "unknown element", cmi5(("</au>", "</au><extra/>"))),
    ("CM5-004", "unknown attribute", cmi5(('moveOn="Completed"', 'moveOn="Completed" tracked="true"'))),
    ("CM5-004", "text between elements", cmi5(("<course ", "words<course "))),
    ("CM5-004", "attribute of a vendor where none may be", cmi5(("<url>", '<url xmlns:v="urn:v" v:a="1">')) | {"v.xsd": b""}),
    ("CM5-004", "empty block", cmi5(("</au>", '</au><block id="https://example.org/b"><title><langstring>B</langstring></title><description><langstring>B</langstring></description></block>'))),
    ("CM5-004", "block without title", cmi5(("<au ", '<block id="https://example.org/b"><au '), ("</au>", "</au></block>"))),
    ("CM5-004", "objectives last", cmi5(("<objectives><objective id=", "<!--<objectives><objective id="), ("</objectives>", "</objectives>-->"), ("<objectives><objective idref=\"https://example.org/c/o\"/></objectives>", ""), ("</au>", '</au><objectives><objective id="https://example.org/c/o"><title><langstring>O</langstring></title><description><langstring>O</langstring></description></objective></objectives>'))),
    ("CM5-004", "reference to nothing", cmi5(('<objective idref="https://example.org/c/o"/>', "<objective/>"))),
    ("CM5-005", "namespace", cmi5(("CourseStructure.xsd", "CourseStructure"))),
    ("CM5-006", "relative", cmi5(('id="https://example.org/c/au"', 'id="au"'))),
    ("CM5-007", "twice", cmi5(('id="https://example.org/c/au"', 'id="https://example.org/c"'))),
    ("CM5-008", "lost", cmi5(('idref="https://example.org/c/o"', 'idref="https://example.org/c/p"'))),
    ("CM5-009", "reserved", cmi5(("<url>index.html", "<url>index.html?fetch=1"))),
    ("CM5-009", "port", cmi5(("<url>index.html", "<url>https://example.org:port/"))),
    ("CM5-009", "no host", cmi5(("<url>index.html", "<url>https://"))),
    ("CM5-009", "empty", cmi5(("<url>index.html", "<url>"))),
    ("CM5-010", "missing", cmi5(("<url>index.html", "<url>start.html"))),
    ("CM5-010", "dot", cmi5(("<url>index.html", "<url>./index.html"))),
    ("CM5-012", "no moveOn", cmi5((' moveOn="Completed"', ""))),
    ("CM5-013", "percent", cmi5(('"0.8"', '"80"'))),
    ("CM5-013", "decimals", cmi5(('"0.8"', '"0.33333"'))),
    ("CM5-014", "empty", cmi5(('<langstring lang="en">C', '<langstring lang="en">'))),
    ("CM5-014", "language", cmi5(('lang="en"', 'lang="in English"'))),
    ("CM5-015", "absolute", cmi5(("<url>index.html", "<url>/lms/index.html"))),
    ("CM5-016", "vendor", cmi5(("</url>", '</url><v:a xmlns:v="urn:v"/>'))),
    ("CM5-016", "vendor attribute", cmi5(("<au ", '<au xmlns:v="urn:v" v:a="1" '))),
    ("TIN-001", "folder", {f"c/{name}": data for name, data in tincan().items()}),
    ("TIN-001", "malformed", tincan() | {"tincan.xml": b"<tincan"}),
    ("TIN-002", "namespace", tincan(("tincan.xsd", "tincan"))),
    ("TIN-003", "none", tincan(('<launch lang="en">index.html</launch>', ""))),
    ("TIN-003", "missing", tincan(("index.html", "start.html"))),
    ("TIN-003", "two for one language", tincan(("</launch>", '</launch><launch lang="en">index.html</launch>'))),
    ("TIN-004", "relative", tincan(('id="https://example.org/c"', 'id="c"'))),
]  # fmt: skip
ELSEWHERE = {"PKG-041", "PKG-042", "PKG-108", "PKG-110", "PKG-120", "CM5-011"}
"""Rules that need more than one package, a large one, or official schemas: see below and test_schemas."""


def as_zip(package: bytes | Files) -> bytes:
    return package if isinstance(package, bytes) else to_zip(package)


@pytest.mark.parametrize(
    ("code", "package"),
    [pytest.param(code, package, id=f"{code}-{name}") for code, name, package in PACKAGES],
)
def test_the_package_yields_its_code_and_no_other(code: str, package: bytes | Files) -> None:
    found = check_package(as_zip(package))
    assert {item.code for item in found} == {code}, found
    view = read_package(as_zip(package))
    for item in found:
        assert item.message
        assert item.help or item.level == "note"
        assert item.breaks or item.level == "note"
        assert not item.entry or item.entry in {entry.name for entry in view.entries}


def test_every_rule_has_a_package() -> None:
    shown = {code for code, _, _ in PACKAGES}
    assert shown | ELSEWHERE == set(PACKAGE_RULES)
    assert not shown & ELSEWHERE


@pytest.mark.parametrize(
    "files", [scorm("12"), scorm("3"), scorm("4"), cmi5(), tincan()], ids=["12", "3", "4", "cmi5", "tincan"]
)
def test_a_right_package_is_silent(files: Files) -> None:
    assert check_package(to_zip(files)) == []
    assert check_package(to_zip(files, zipfile.ZIP_STORED)) == []


def test_findings_name_the_line() -> None:
    found = check_package(to_zip(changed("4", ('"sco"', '"SCO"'))))
    assert [(item.entry, item.line) for item in found] == [("imsmanifest.xml", 12)]
    assert "Moodle" in found[0].breaks[0]
    diagnostics = to_diagnostics(found)
    assert [(item.span.file, item.span.line) for item in diagnostics if item.span] == [
        ("imsmanifest.xml", 12)
    ]
    assert "breaks Moodle" in diagnostics[0].help


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2004 4th Edition", "1.2"),
        ("http://www.adlnet.org/xsd/adlcp_v1p3", "http://www.adlnet.org/xsd/adlcp_rootv1p2"),
    ],
)
def test_mixed_editions_are_told(old: str, new: str) -> None:
    assert {item.code for item in check_package(to_zip(changed("4", (old, new))))} == {"PKG-011"}


LEVELS: list[tuple[str, str, bytes | Files]] = [
    ("PKG-001", "warning", zip64_of_one("12")),
    ("PKG-001", "error", zip64_of_one()),
    ("PKG-002", "warning", {"course.au": b"", "course.crs": b""}),
    ("PKG-002", "error", {"index.html": b""}),
    ("PKG-005", "warning", listed("é.js", "%C3%A9.js")),
    ("PKG-005", "error", unmarked_name()),
    ("PKG-008", "warning", scorm() | {"imsmanifest.xml": b"\xef\xbb\xbf" + manifest().encode()}),
    ("PKG-008", "error", scorm(text="<manifest>")),
    ("PKG-010", "warning", changed("3", ("2004 3rd Edition", "CAM 1.3"))),
    ("PKG-010", "error", changed("4", ("4th Edition<", "4th Edition <"))),
    ("PKG-015", "warning", changed("12", (' default="O"', ""))),
    ("PKG-015", "error", changed("4", (' default="O"', ""))),
    ("PKG-020", "warning", changed("12", ('isvisible="true"', 'isvisible="1"'))),
    ("PKG-020", "error", changed("4", ('isvisible="true"', 'isvisible="1"'))),
    ("PKG-026", "warning", changed("4", ("<resources>", '<resources xml:base="./">'))),
    ("PKG-026", "error", changed("4", ("<resources>", '<resources xml:base="">'))),
    ("PKG-031", "warning", in_item('<adlcp:completionThreshold minProgressMeasure="0.5"/>')),
    ("PKG-031", "warning", in_item("<adlcp:completionThreshold/>")),
    ("PKG-031", "error", in_item("<adlcp:completionThreshold/>", "3")),
    ("PKG-031", "error", in_item('<adlcp:completionThreshold minProgressMeasure="5"/>')),
    ("PKG-039", "warning", changed("4", (' isvisible="true"', ' isvisible="true" parameters="?a=b"'))),
    ("PKG-039", "error", changed("4", (' isvisible="true"', ' isvisible="true" parameters="?a=b c"'))),
    ("CM5-007", "warning", cmi5(('id="https://example.org/c/au"', 'id="https://example.org/c"'))),
    ("CM5-014", "warning", cmi5(('<langstring lang="en">C', '<langstring lang="en">'))),
    ("CM5-014", "error", cmi5(('lang="en"', 'lang="in English"'))),
]


@pytest.mark.parametrize(("code", "level", "package"), LEVELS)
def test_how_grave_it_is_depends_on_the_case(code: str, level: str, package: bytes | Files) -> None:
    found = check_package(as_zip(package))
    assert {(item.code, item.level) for item in found} == {(code, level)}


def test_two_units_of_one_id_are_an_error() -> None:
    unit = '<au id="https://example.org/c/au" moveOn="Completed">'
    unit += "<title><langstring>D</langstring></title><description><langstring>D</langstring></description>"
    found = check_package(to_zip(cmi5(("</au>", f"</au>{unit}<url>index.html</url></au>"))))
    assert [(item.code, item.level) for item in found] == [("CM5-007", "error")]


@pytest.mark.parametrize(
    ("old", "new", "said", "broken"),
    [
        (scorm(), changed("4", ('identifier="I"', 'identifier="J"')), "the item `I` is gone", "Moodle"),
        (
            scorm(),
            changed("4", ('"O"', '"P"'), ('"O"', '"P"')),
            "the organization `O` is gone",
            "Cornerstone",
        ),
        (cmi5(), cmi5(("/c/au", "/c/unit")), "the au `https://example.org/c/au` is gone", "cmi5"),
        (tincan(), tincan(("org/c", "org/d")), "the activity `https://example.org/c` is gone", "xAPI"),
    ],
)
def test_identifiers_are_compared_with_an_earlier_package(
    old: Files, new: Files, said: str, broken: str
) -> None:
    assert check_package(to_zip(new), reference=to_zip(new)) == []
    (found,) = check_package(to_zip(new), reference=to_zip(old))
    assert (found.code, found.level, found.message) == ("PKG-041", "warning", said)
    assert broken in found.breaks[0]


def test_an_earlier_package_that_says_nothing_is_told() -> None:
    (found,) = check_package(to_zip(scorm()), reference=b"no zip")
    assert (found.code, found.level) == ("PKG-041", "note")


def test_a_package_with_very_many_files_is_noted() -> None:
    names = [f"f/{number}.js" for number in range(5001)]
    listing = "".join(f'<file href="{name}"/>' for name in names)
    files = changed("4", ('<file href="a.js"/>', f'<file href="a.js"/>{listing}'))
    found = check_package(to_zip({**files, **dict.fromkeys(names, b"")}))
    assert {(item.code, item.level) for item in found} == {("PKG-042", "note")}
    assert to_diagnostics(found) == []


def test_what_we_promise_of_our_own_packages_is_checked() -> None:
    assert {item.code for item in check_package(to_zip(scorm()), ours=True)} == {"PKG-120"}


def test_a_bare_course_structure_must_be_absolute(tmp_path: Path) -> None:
    path = tmp_path / "course.xml"
    path.write_bytes(cmi5()["cmi5.xml"])
    assert {item.code for item in check_package(path)} == {"CM5-011"}
    path.write_bytes(cmi5(("<url>index.html", "<url>https://example.org/c/"))["cmi5.xml"])
    assert check_package(path) == []


def test_many_findings_of_one_kind_are_counted() -> None:
    files = scorm() | {f"{number}.js": b"" for number in range(100)}
    found = check_package(to_zip(files))
    assert [item.level for item in found] == ["warning"] * SHOWN_MAX + ["note"]
    assert found[-1].message == f"{100 - SHOWN_MAX} more places like these"


def test_several_formats_in_one_zip_are_all_checked() -> None:
    files = scorm() | cmi5() | tincan()
    assert check_package(to_zip(files)) == []
    assert read_package(to_zip(files)).formats == ("SCORM 2004 4th Edition", "cmi5", "TinCan")

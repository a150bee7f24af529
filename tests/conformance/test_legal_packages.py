"""Packages that are unusual and right: no finding, for LMSs play them."""

# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile

import pytest
from tiny import FLOW, Files, changed, cmi5, listed, manifest, scorm, tincan, to_zip, with_page

from coursepack.conformance import check_package, read_package

PAGE = b"<!doctype html><title>Inner</title>"
LOM = {
    "1.2": '<imsmd:lom xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><imsmd:general/></imsmd:lom>',
    "older": '<lom xmlns="http://www.imsglobal.org/xsd/imsmd_v1p2"><general/></lom>',
    "2004": '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string>C</string></title></general></lom>',
}


def inner_manifest(edition: str, reference: str) -> Files:
    """A manifest in the manifest, which an item of the outer one refers to as `reference`."""
    inner = manifest(edition).partition("?>")[2].replace('href="', 'href="inner/')
    for name in ("M", "O", "I", "R"):
        inner = inner.replace(f'identifier="{name}"', f'identifier="{name}2"')
    inner = inner.replace('default="O"', 'default="O2"').replace('identifierref="R"', 'identifierref="R2"')
    item = f'<item identifier="J" identifierref="{reference}" isvisible="true"><title>Two</title></item>'
    outer = changed(edition, ("</resources>\n", f"</resources>\n{inner}"), ("</item>", f"</item>{item}"))
    return outer | {"inner/index.html": PAGE, "inner/a.js": b""}


def with_metadata(location: str, name: str, data: bytes = b"<lom/>") -> Files:
    more = f"</schemaversion><adlcp:location>{location}</adlcp:location>"
    files = changed("4", ("</schemaversion>", more))
    return files | {name: data} if name else files


CLUSTERS = """<item identifier="A"><title>A &amp; <![CDATA[<a>]]></title>
<item identifier="B"><title>B</title>
<item identifier="C" identifierref="R" isvisible="false"><title>C</title>
<imsss:sequencing>
<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H30M"/>
<imsss:rollupRules objectiveMeasureWeight="0.5"/>
<imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure><imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus="false" writeSatisfiedStatus="true"/></imsss:primaryObjective><imsss:objective objectiveID="q"><imsss:mapInfo targetObjectiveID="h"/></imsss:objective></imsss:objectives>
<imsss:deliveryControls tracked="true" completionSetByContent="true" objectiveSetByContent="true"/>
<adlseq:rollupConsiderations requiredForSatisfied="always"/>
</imsss:sequencing>
<adlcp:dataFromLMS>a=1</adlcp:dataFromLMS>
<adlcp:timeLimitAction>continue,no message</adlcp:timeLimitAction>
</item>
<imsss:sequencing IDRef="shared"/></item>
<imsss:sequencing IDRef="shared"/></item>"""
COLLECTION = f"<imsss:sequencingCollection>{FLOW.replace('<imsss:sequencing>', '<imsss:sequencing ID=@shared@>').replace('@', chr(34))}</imsss:sequencingCollection>"
ITEM = '<item identifier="I" identifierref="R" isvisible="true"><title>Course</title></item>'

PACKAGES: dict[str, Files] = {
    "clusters in the 3rd Edition": changed("3", (ITEM, CLUSTERS), ("</resources>", f"</resources>{COLLECTION}")),
    "clusters in the 4th Edition": changed("4", (ITEM, CLUSTERS), ("</resources>", f"</resources>{COLLECTION}")),
    "blanks around a yes or no": changed("4", ('isvisible="true"', 'isvisible=" true "'), ("<title>Course</title></item>", '<title>Course</title><imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="p"><imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus=" false " readNormalizedMeasure="false" writeSatisfiedStatus="true"/><imsss:mapInfo targetObjectiveID="h"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>')),
    "a vendor's own yes and no": changed("4", ("<title>Course</title></item>", '<title>Course</title><v:a xmlns:v="urn:v" choice="yes" tracked="no"/></item>')),
    "a vendor's elements among resources": changed("4", ("<resources>", '<resources><v:a xmlns:v="urn:v"/>')),
    "a manifest inside, 1.2": inner_manifest("12", "R2"),
    "a manifest inside, 2004": inner_manifest("4", "R2"),
    "an item for a manifest": inner_manifest("12", "M2"),
    "encoded metadata": with_metadata("meta/a%20b.xml", "meta/a b.xml"),
    "metadata on lines of its own": with_metadata("\n  m.xml\n", "m.xml"),
    "metadata in latin-1": with_metadata("m.xml", "m.xml", '<?xml version="1.0" encoding="ISO-8859-1"?><lom>é</lom>'.encode("latin-1")),
    "metadata with a DTD": with_metadata("m.xml", "m.xml", b'<!DOCTYPE lom SYSTEM "lom.dtd"><lom/>'),
    "metadata elsewhere": with_metadata("https://example.org/m.xml", ""),
    **{f"LOM {name}": changed("12", ("</schemaversion>", f"</schemaversion>{lom}")) for name, lom in LOM.items()},
    "query and fragment": changed("4", (' href="index.html">', ' href="index.html?a=b&amp;c=d#e">')),
    "dots in the address": changed("4", (' href="index.html">', ' href="./x/../index.html">')),
    "a blank in the name": listed("a b/c.js", "a%20b/c.js"),
    "signs in the name": listed("it's+(1)&2.js", "it's+(1)&amp;2.js"),
    "control files": scorm("4", None, **{"imscp_v1p1.xsd": "", "XMLSchema.dtd": "", "vocab/loose.xsd": ""}),
    "folders": scorm("4", None, **{"js/": "", "js/empty/": ""}),
    "a page on another host as an asset": changed("4", ("</resources>", '<resource identifier="S" type="webcontent" adlcp:scormType="asset" href="https://example.org/a.pdf"/></resources>')),
    "comments and no declaration": scorm(text=manifest().partition("?>")[2].strip().replace("<title>", "<!-- a --><?b c?><title>", 1)),
    "foreign elements": changed("12", ("<title>Course</title></item>", '<title>Course</title><v:a xmlns:v="urn:v"/></item>')),
    "prerequisites": changed("12", (ITEM, ITEM + ITEM.replace('"I"', '"J"').replace("</item>", '<adlcp:prerequisites type="aicc_script">~I|2*{I, J}&amp;I="passed"&amp;(J&lt;&gt;not attempted|I=c)</adlcp:prerequisites></item>'))),
    "empty prerequisites": changed("12", ("<title>Course</title></item>", '<title>Course</title><adlcp:prerequisites type="aicc_script"/></item>')),
    "a script in a comment": with_page('<!-- <script src="b.js"></script> --><!--[if IE]><script src="c.js"></script><![endif]-->'),
    "a script that writes a script": with_page("""<script>document.write('<script src="' + name + '"><\\/script>')</script>"""),
    "templates": with_page('<template><img src="b.png"></template><script type="text/template"><img src="c.png"></script><img src="{{ d }}"><img src="[[e]]">'),
    "text that looks like an element": with_page('<textarea><img src="b.png"></textarea><style>/* <img src="c.png"> */</style>'),
    "without scripts": with_page('<noscript><img src="b.png"></noscript>'),
    "a base address": with_page('<base href="js/"><script src="b.js"></script>', **{"js/b.js": ""}) | {"imsmanifest.xml": manifest().replace('<file href="a.js"/>', '<file href="a.js"/><file href="js/b.js"/>').encode()},
    "a backslash in a page": with_page(r'<script src=".\a.js"></script>'),
    "an encoded address": with_page('<script src="&#97;.js"></script><script src="%61.js?v=1#x"></script>'),
    "cmi5 blocks": cmi5(("<au ", '<block id="https://example.org/b"><title><langstring>B</langstring></title><description><langstring>B</langstring></description><au '), ("</au>", "</au></block>")),
    "cmi5 elements inside of vendors'": cmi5(("</url>", '</url><launchParameters a="1"><foo xmlns="">x</foo></launchParameters><v:a xmlns:v="urn:v" xmlns:c="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><c:title/></v:a>')) | {"v.xsd": b""},
    "cmi5 blanks": cmi5(('idref="https://example.org/c/o"', 'idref=" https://example.org/c/o "'), ("<url>index.html", "<url>\n index.html ")),
    "cmi5 description first": cmi5(('<objective id="https://example.org/c/o"><title><langstring lang="en">O</langstring></title>\n<description><langstring lang="en">O</langstring></description>', '<objective id="https://example.org/c/o"><description><langstring>O</langstring></description><title><langstring>O</langstring></title>')),
    "TinCan in two languages": tincan(("</launch>", '</launch><launch lang="de">index.html</launch>')),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKAGES)
def test_no_finding(name: str) -> None:
    assert check_package(to_zip(PACKAGES[name])) == []


def test_only_scorm_keeps_to_old_zips() -> None:
    """cmi5 names ZIP64 (§14), and nothing forbids it to TinCan."""
    for files in (cmi5(), tincan()):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in files.items():
                with archive.open(name, "w", force_zip64=True) as stream:
                    stream.write(data)
        assert read_package(buffer.getvalue()).zip64
        assert check_package(buffer.getvalue()) == []

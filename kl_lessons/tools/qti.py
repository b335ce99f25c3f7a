"""A quiz as a QTI 2.1 package (1EdTech), which Canvas, Blackboard, ILIAS and others import."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from kl_lessons.tools.questions import Question

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"


def write(path: Path, questions: list[Question]) -> None:
    """Write the package: a file for each question, and the manifest that lists them."""
    files = {f"{_identifier(question)}.xml": item(question) for question in questions}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {"imsmanifest.xml": manifest(list(files)), **files}.items():
            when = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # twice the same bytes
            package.writestr(when, text)


def manifest(files: list[str]) -> str:
    """The list of the package's items."""
    root = ElementTree.Element("manifest", xmlns=PACKAGE, identifier="kl_lessons")
    metadata = ElementTree.SubElement(root, "metadata")
    ElementTree.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ElementTree.SubElement(metadata, "schemaversion").text = "1.0.0"
    ElementTree.SubElement(root, "organizations")
    resources = ElementTree.SubElement(root, "resources")
    for file in files:
        resource = ElementTree.SubElement(
            resources,
            "resource",
            identifier=file.removesuffix(".xml"),
            type="imsqti_item_xmlv2p1",
            href=file,
        )
        ElementTree.SubElement(resource, "file", href=file)
    return _written(root)


def item(question: Question) -> str:
    """One question: what is asked, what is right, what is said about each answer."""
    number = bool(question.tolerance)
    root = ElementTree.Element(
        "assessmentItem",
        xmlns=ITEM,
        identifier=_identifier(question),
        title=question.name,
        adaptive="false",
        timeDependent="false",
    )
    names = [f"answer{place}" for place in range(len(question.options))]
    right = names[question.options.index(question.right)]
    response = ElementTree.SubElement(
        root,
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="single",
        baseType="float" if number else "identifier",
    )
    correct = ElementTree.SubElement(response, "correctResponse")
    ElementTree.SubElement(correct, "value").text = question.right.text if number else right
    for name, kind in {"SCORE": "float", "FEEDBACK": "identifier"}.items():
        ElementTree.SubElement(
            root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind
        )
    body = ElementTree.SubElement(root, "itemBody")
    body.append(_html(question.text))
    if number:
        line = ElementTree.SubElement(body, "p")
        ElementTree.SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE")
    else:
        choice = ElementTree.SubElement(
            body,
            "choiceInteraction",
            responseIdentifier="RESPONSE",
            shuffle="false",
            maxChoices="1",
        )
        for name, option in zip(names, question.options, strict=True):
            line = ElementTree.SubElement(choice, "simpleChoice", identifier=name)
            line.append(_html(option.text))
    _add_processing(root, question, names, right)
    for name, option in zip(names, question.options, strict=True):
        said = ElementTree.SubElement(
            root,
            "modalFeedback",
            outcomeIdentifier="FEEDBACK",
            identifier=name,
            showHide="show",
        )
        said.append(_html(option.feedback))
    return _written(root)


def _add_processing(
    root: ElementTree.Element, question: Question, names: list[str], right: str
) -> None:
    """The first option that the response is, or is near, sets feedback and score."""
    processing = ElementTree.SubElement(root, "responseProcessing")
    condition = ElementTree.SubElement(processing, "responseCondition")
    for place, (name, option) in enumerate(zip(names, question.options, strict=True)):
        kind = "responseElseIf" if place else "responseIf"
        case = ElementTree.SubElement(condition, kind)
        if question.tolerance:
            near = f"{question.tolerance:.6f}"
            test = ElementTree.SubElement(
                case, "equal", toleranceMode="absolute", tolerance=f"{near} {near}"
            )
            known = {"baseType": "float"}, option.text
        else:
            test = ElementTree.SubElement(case, "match")
            known = {"baseType": "identifier"}, name
        ElementTree.SubElement(test, "variable", identifier="RESPONSE")
        ElementTree.SubElement(test, "baseValue", known[0]).text = known[1]
        outcomes = ("FEEDBACK", "identifier", name), ("SCORE", "float", str(int(name == right)))
        for outcome, base, value in outcomes:
            setting = ElementTree.SubElement(case, "setOutcomeValue", identifier=outcome)
            ElementTree.SubElement(setting, "baseValue", baseType=base).text = value


def _identifier(question: Question) -> str:
    return f"question_{question.name.replace('.', '_')}"


def _html(text: str) -> ElementTree.Element:
    """The HTML, which is XML too, in a div."""
    return ElementTree.fromstring(f"<div>{text}</div>")


def _written(root: ElementTree.Element) -> str:
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"

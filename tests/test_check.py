"""`onrecord check` as a desk meets it: exit codes, odd questions, what stands beside the verdict."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import web_client
from asking import ask

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, check_quotation, open_ledger
from onrecord.views.add import add_pages
from onrecord.views.web import make_app

ANSWERS = Path(__file__).parent / "answers"


def ledger_of(folder: Path, *files: str) -> Path:
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [ANSWERS / file for file in files])
    return folder


@pytest.fixture(scope="module")
def splice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_of(tmp_path_factory.mktemp("splice"), "splice.txt")


@pytest.fixture(scope="module")
def denial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_of(tmp_path_factory.mktemp("denial"), "denial.txt")


@pytest.fixture(scope="module")
def reading(splice: Path) -> Iterator[Ledger]:
    with open_ledger(splice) as ledger:
        yield ledger


def test_a_splice_names_both_speakers_and_ends_with_1(splice: Path) -> None:
    answer = ask("check", "The dam is safe ... and people will die", "--by", "Brandt", ledger=splice)
    assert answer.code == 1
    assert answer.out.startswith("Spliced: ")
    assert "“The dam is safe” is Ola Brandt's" in answer.out
    assert "“and people will die” is Piet Hask's" in answer.out


def test_the_whole_of_it_is_verbatim_and_ends_with_0(splice: Path) -> None:
    assert ask("check", "The dam is safe", "--by", "Ola Brandt", ledger=splice).code == 0


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("the north bridge had been closed by mistake", "Denied: "),
        ("missing invoices", "Refused: "),
        ("the repairs would be finished by June", "Reported, not quoted: "),
    ],
)
def test_what_was_not_said_so_is_told_and_ends_with_1(denial: Path, words: str, verdict: str) -> None:
    answer = ask("check", words, "--by", "Ruel", ledger=denial)
    assert (answer.code, answer.out[: len(verdict)]) == (1, verdict)


def test_two_versions_of_a_page_are_one_article(tmp_path: Path) -> None:
    folder = ledger_of(tmp_path, "v1.html", "v2.html")
    answer = ask("check", "The north bridge will open in June", "--by", "Ruel", ledger=folder)
    assert answer.code == 0
    assert "So it stands in 1 outlet, 1 chain, 2 versions of one page." in answer.out


def test_a_name_that_nobody_bears_offers_near_ones(splice: Path) -> None:
    answer = ask("check", "The dam is safe", "--by", "Brant", ledger=splice)
    assert answer.code == 1
    assert "nobody in this ledger is named 'Brant'; near it: 'Ola Brandt'" in answer.err
    assert answer.out == ""


def test_not_found_says_what_was_asked(splice: Path) -> None:
    answer = ask("check", "Nobody has ever seen a blue horse in the harbour", ledger=splice)
    assert answer.code == 1
    assert "1 page was asked, published on 11 March 2031" in answer.out


def test_the_answer_names_the_version_of_its_rules(splice: Path) -> None:
    assert ask("--json", "check", "The dam is safe", ledger=splice).json["rules"] == "checks-1"


@pytest.mark.parametrize(
    "words", ["", " ", "“”", "...", "…", '"\'"', "\u202e\u200b", "—", "[]", "[sic]", "「」"]
)
def test_a_quotation_without_words_is_refused(reading: Ledger, words: str) -> None:
    with pytest.raises(BadRequest, match="has no words"):
        check_quotation(reading, words)


@pytest.mark.parametrize("words", ["dam " * 100_000, "d" * 1_000_000])
def test_an_endless_quotation_is_refused(reading: Ledger, words: str) -> None:
    with pytest.raises(BadRequest, match="at most 2,000 words"):
        check_quotation(reading, words)


def test_a_long_quotation_is_answered(reading: Ledger) -> None:
    assert check_quotation(reading, "The dam is safe " * 400).verdict != "verbatim"


@pytest.mark.parametrize("by", ["(a+)+$", "Br.*", "[", "%", "_", "' OR 1=1 --", "\x00", "\x1b[31m"])
def test_a_name_that_is_a_pattern_is_nobodys(reading: Ledger, by: str) -> None:
    with pytest.raises(NotFound, match="nobody in this ledger is named"):
        check_quotation(reading, "The dam is safe", by=by)


@pytest.mark.parametrize("by", ["Brandt.*", "\u202eBrandt", "BRANDT", " brandt\n"])
def test_signs_round_a_name_are_no_part_of_it(reading: Ledger, by: str) -> None:
    assert check_quotation(reading, "The dam is safe", by=by).verdict == "verbatim"


def test_control_characters_do_not_reach_the_terminal(splice: Path) -> None:
    answer = ask("check", "The dam is \x1b[31msafe", "--by", "\x1b]0;x\x07", ledger=splice)
    assert "\x1b" not in answer.out + answer.err


MARKS = [
    "“{}”",
    "‘{}’",
    "«{}»",
    "„{}“",
    "「{}」",
    "「{}",
    "\u2067{}\u2069",
    "\u202d{}",
    "*{}*",
    "{}\u200b",
    "\ufeff{}",
]


@pytest.mark.parametrize("form", MARKS)
def test_marks_of_any_script_round_it_are_no_difference(reading: Ledger, form: str) -> None:
    check = check_quotation(reading, form.format("The dam is safe"), by="Brandt")
    assert (check.verdict, check.tier) == ("verbatim", "exact")


def path(place: str, words: str, by: str) -> str:
    return f"{place}?{urlencode({'quotation': words, 'by': by})}"


def test_the_page_in_the_browser_keeps_what_cannot_be_answered(splice: Path) -> None:
    page = web_client.ask(make_app(splice), path("/check", "The dam is safe", "Brant"))
    assert page.status_code == 404
    assert "near it: &#39;Ola Brandt&#39;" in page.text
    assert 'value="Brant"' in page.text


def test_the_page_in_the_browser_shows_the_parts_of_a_splice(splice: Path) -> None:
    app = make_app(splice)
    page = web_client.ask(app, path("/check", "The dam is safe ... and people will die", "Brandt"))
    assert '<h2 id="verdict">Spliced' in page.text
    assert "is Piet Hask&#39;s" in page.text
    assert "<script>alert" not in web_client.ask(app, path("/check", "<script>alert(1)</script>", "")).text


def test_the_api_answers_the_same_verdict(splice: Path) -> None:
    app = make_app(splice)
    answer = web_client.ask(app, path("/api/check", "a word of it", "Hask")).json()
    assert answer["verdict"] == "cut"
    assert answer["hits"][0]["left_out"][0]["turns"] == ["not"]
    assert web_client.ask(app, path("/api/check", "safe", "Brant")).status_code == 404

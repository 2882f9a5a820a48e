"""The text of record: what of a page becomes a line, and what the page's head says."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_capture

from onrecord.page import article_text, read_page
from onrecord.types import Page


def page_of(source: str) -> Page:
    return read_page(make_capture(source, media_type="text/html"))[0]


def lines_of(source: str) -> list[str]:
    page = page_of(source)
    return [block.span.of(page.text) for block in page.blocks]


def test_a_block_element_is_a_line_and_white_space_folds() -> None:
    source = "<div> The  gates\n<b>were</b>\tclosed. <p>The&nbsp;dam stood.</p>After it</div>"
    assert lines_of(source) == ["The gates were closed.", "The dam stood.", "After it"]


def test_an_inline_element_breaks_no_line() -> None:
    assert lines_of("<p>Mara <a href=x>Ostr</a><i>ey</i> said<span> so.</span></p>") == [
        "Mara Ostrey said so."
    ]


def test_br_ends_a_line_and_pre_keeps_its_lines() -> None:
    assert lines_of("<p>One<br>two<br/><br>three</p><pre>four\n five</pre>") == [
        "One",
        "two",
        "three",
        "four",
        "five",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = 'words'</script>",
        "<style>p { color: red }</style>",
        "<noscript>Please enable scripts</noscript>",
        "<template><p>words</p></template>",
        "<svg><text>words</text></svg>",
        "<p hidden>words</p>",
        "<p style='color:red; DISPLAY : none'>words</p>",
        "<select><option>words</option></select>",
        "<textarea>words</textarea>",
        "<dialog>words</dialog>",
        "<video>Your browser can't play this</video>",
        "<!-- words -->",
    ],
)
def test_what_a_reader_does_not_see_is_no_text(hidden: str) -> None:
    assert lines_of(f"<p>Before</p>{hidden}<p>after</p>") == ["Before", "after"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p aria-hidden=true>words</p>",
        "<dialog open>words</dialog>",
        "<div hidden id='S:1a'>words</div>",
        "<details><summary>words</summary></details>",
        "<table><tr><td>words</td></tr></table>",
        "<my-box>words</my-box>",
        "<footer>words</footer>",
    ],
)
def test_everything_that_a_reader_may_see_is_kept(shown: str) -> None:
    assert lines_of(f"<p>Before</p>{shown}<p>after</p>") == ["Before", "words", "after"]


def test_a_page_hidden_until_its_script_runs_is_read() -> None:
    assert lines_of("<html hidden><body style='display:none'><p>The gates closed.</p>") == [
        "The gates closed."
    ]


def test_a_custom_element_inside_a_sentence_breaks_no_line() -> None:
    assert lines_of("<p>The <x-term>sluice</x-term> jammed.</p>") == ["The sluice jammed."]


def test_a_line_of_zero_width_signs_is_no_line() -> None:
    assert lines_of("<p>\u200b\ufeff</p><p>\ue001</p><p>words</p>") == ["words"]


def test_decomposed_letters_stay_as_the_page_has_them() -> None:
    assert lines_of("<p>Zoe\u0308 read it.</p>") == ["Zoe\u0308 read it."]


def test_the_head_is_read_as_the_page_gives_it() -> None:
    head = page_of(
        "<html lang=en-GB><head><title>\n Gates  closed</title><link rel=canonical href=https://selm.example/a>"
        "<meta Property='OG:Title' content='Gates'>"
        "<meta name=author content=' Ana Rell '><meta name=a content=''>"
        "<script type='application/ld+json'>{\"a\": 1}</script></head><body><p>words</p>"
    ).head
    assert (head.title, head.language, head.canonical) == ("Gates closed", "en-GB", "https://selm.example/a")
    assert head.meta == (("og:title", "Gates"), ("author", "Ana Rell"))
    assert head.json_ld == ('{"a": 1}',)


def test_a_time_is_given_with_the_words_it_prints() -> None:
    page = page_of(
        "<p>Filed  <b>on</b> <time datetime=2031-03-11>\n11 March </time>here</p>"
        "<time datetime=2031-03-12></time>"
        "<p><time datetime=2031-03-13>13 March</time></p><time>no value</time>"
    )
    times = [(value, span and span.of(page.text)) for value, span in page.head.times]
    assert times == [("2031-03-11", "11 March"), ("2031-03-12", None), ("2031-03-13", "13 March")]


def test_plain_text_is_its_own_text_of_record() -> None:
    page, problems = read_page(
        make_capture("  Gates closed \r\n\r\n\tThe dam  stood.\n", media_type="text/plain")
    )
    assert page.text == "  Gates closed \n\n\tThe dam  stood.\n"
    assert [block.span.of(page.text) for block in page.blocks] == ["Gates closed", "The dam  stood."]
    assert (page.text_version, problems) == ("text-1", ())


@pytest.mark.parametrize("empty", ["", "<p> </p>", "<script>1</script>", " \n\n"])
def test_a_page_without_words_says_so(empty: str) -> None:
    for media_type in ("text/html", "text/plain"):
        page, problems = read_page(make_capture(empty, media_type=media_type))  # type: ignore[arg-type]
        if not page.blocks:
            assert "no text" in problems[-1].message
            assert problems[-1].place == "made-in-a-test"


def test_article_text_joins_the_paragraphs() -> None:
    source = "<h1>Gates closed at the dam</h1>" + "".join(
        f"<p>The {count} gate of the dam was closed by the ministry of water at nine on Tuesday.</p>"
        for count in ("first", "second")
    )
    assert article_text(page_of(source)).count("\n") == 1


TAGS = st.sampled_from(
    "p div span b a h1 li ul table td br pre section article blockquote button x-y time".split()
)
PIECES = st.one_of(
    st.text(max_size=20).map(html.escape),
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from([" ", "\n", "<p hidden>", "<script>", "</script>", "<!--", "-->", "<select>", "&nbsp;"]),
)


def check_blocks(page: Page) -> None:
    """Blocks lie in the text in order, hold no white space at their ends and all of it but line ends."""
    at = 0
    for block in page.blocks:
        assert at <= block.span.start < block.span.end <= len(page.text)
        assert not page.text[at : block.span.start].strip()
        assert block.span.of(page.text) == block.span.of(page.text).strip()
        at = block.span.end
    assert not page.text[at:].strip()


@given(st.lists(PIECES, max_size=40).map("".join))
def test_blocks_cover_any_html_in_order(source: str) -> None:
    page, _ = read_page(make_capture(source, media_type="text/html"))
    check_blocks(page)
    assert all(span is None or span.of(page.text) for _, span in page.head.times)
    assert read_page(make_capture(source, media_type="text/html"))[0] == page


@given(st.text())
def test_blocks_cover_any_plain_text_in_order(source: str) -> None:
    page, _ = read_page(make_capture(source.encode("utf-8", "replace"), media_type="text/plain"))
    check_blocks(page)


@given(st.lists(st.text(alphabet="ab .<&\u00e9\u05d0", min_size=1), max_size=8))
def test_every_visible_word_is_in_the_text(paragraphs: list[str]) -> None:
    page = page_of("".join(f"<p>{html.escape(words)}</p>" for words in paragraphs))
    assert page.text.split() == " ".join(paragraphs).split()


@given(st.binary(max_size=300))
def test_no_bytes_raise(payload: bytes) -> None:
    for media_type in ("text/html", "text/plain"):
        check_blocks(read_page(make_capture(payload, media_type=media_type))[0])  # type: ignore[arg-type]

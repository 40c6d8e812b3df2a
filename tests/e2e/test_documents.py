"""From an upload to a cited answer, on the demo repository of the running product."""

import json
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from local.toolchain.places import REPOSITORY
from tests.e2e.client import ask, aws, eventually, serve
from tests.e2e.library import DEMO, Library, bucket, described, handbook, minutes

SMALL = {"kind": "structure", "size": 64, "overlap": 0}
MARKDOWN = {
    "travel/trains.md": "# Trains\n\nFirst class is for journeys of more than four hours.\n",
    "travel/planes.md": "# Planes\n\nThe head of department signs for flights at home.\n",
    "canteen.md": "# Canteen\n\nLunch is served from half past eleven.\n",
}


@pytest.fixture
def library(product: dict[str, Any]) -> Iterator[Library]:
    with Library(product).made(chunkingStrategy=SMALL) as library:
        yield library


@pytest.mark.promise("rag.kinds-of-files", "rag.pgvector")
def test_a_pdf_is_found_by_its_words_and_by_its_sense_with_the_right_page(
    library: Library,
) -> None:
    document = library.upload("handbook.pdf", handbook())
    assert (document["status"], document["pages"]) == ("COMPLETED", 3), described(document)
    by_word, *_ = library.search("E-5512")
    assert "oil pressure" in by_word["page_content"]
    assert by_word["metadata"]["pages"] == [3, 3]
    by_sense, *_ = library.search("How often must maintenance look at the cooling?")
    assert by_sense["metadata"]["pages"] == [1, 1]
    assert by_sense["metadata"]["documentId"] == document["documentId"]


@pytest.mark.promise("rag.kinds-of-files")
def test_a_word_document_keeps_its_headings_and_tables(library: Library) -> None:
    document = library.upload("minutes.docx", minutes())
    assert document["status"] == "COMPLETED", described(document)
    found, *_ = library.search("When does the night shift begin?")
    assert "22:15" in found["page_content"]
    assert "Minutes of the works council" in str(found["metadata"]["headings"])


@pytest.mark.promise("rag.indexed-on-upload")
def test_a_folder_below_a_pipelines_prefix_comes_and_goes_by_itself(
    library: Library, product: dict[str, Any]
) -> None:
    here, s3 = bucket(product), aws(product, "s3")
    pipeline = {"s3Bucket": here, "s3Prefix": f"{library.id}/", "trigger": "event"}
    wish = [pipeline | {"autoRemove": True, "collectionId": library.id}]
    # What is there before the pipeline comes, too.
    for number, (name, text) in enumerate(MARKDOWN.items()):
        s3.put_object(Bucket=here, Key=f"{library.id}/{name}", Body=text.encode())
        if number == 0:
            assert library.admin.call("PUT", DEMO, {"pipelines": wish})[0] == 200
    done = eventually(lambda: all_done(library, len(MARKDOWN)))
    assert {one["status"] for one in done} == {"COMPLETED"}, done
    found, *_ = library.search("who signs for flights")
    assert "head of department" in found["page_content"]
    changed = b"# Planes\n\nNobody flies at home any more.\n"
    s3.put_object(Bucket=here, Key=f"{library.id}/travel/planes.md", Body=changed)
    eventually(lambda: "Nobody flies" in str(library.search("flights at home")) or None)
    assert "signs for flights" not in str(library.search("signs for flights", topK=10))
    for name in MARKDOWN:
        s3.delete_object(Bucket=here, Key=f"{library.id}/{name}")
    eventually(lambda: not library.documents() or None)
    assert library.search("flights") == []
    assert library.admin.call("PUT", DEMO, {"pipelines": []})[0] == 200


def all_done(library: Library, count: int) -> list[dict[str, Any]] | None:
    documents = library.documents()
    settled = all(one["status"] in ("COMPLETED", "FAILED") for one in documents)
    return documents if len(documents) == count and settled else None


def test_a_broken_file_fails_alone_and_says_why(library: Library) -> None:
    broken = library.upload("broken.pdf", handbook()[:300])
    sound = library.upload("sound.txt", b"The archive opens on Tuesdays.")
    assert (broken["status"], sound["status"]) == ("FAILED", "COMPLETED"), described(broken)
    assert broken["reason"]["message"]
    assert broken["reason"]["fix"]
    assert "Tuesdays" in library.search("when does the archive open")[0]["page_content"]


def test_what_is_removed_is_found_no_more(library: Library) -> None:
    document = library.upload("note.txt", b"The safe is behind the third portrait.")
    assert library.search("where is the safe")
    body = {"documentIds": [document["documentId"]]}
    status, answer = library.admin.call("DELETE", f"{DEMO}/document", body)
    assert status == 200, answer
    eventually(lambda: not library.documents() or None)
    assert library.search("where is the safe") == []
    kept = aws(library.product, "s3").list_objects_v2(
        Bucket=bucket(library.product), Prefix="uploads/"
    )
    assert document["documentName"] not in json.dumps(kept, default=str)


@pytest.mark.promise("rag.who-may")
def test_people_outside_of_a_collections_groups_do_not_know_it(product: dict[str, Any]) -> None:
    somebody = product["user"]["id_token"]
    with Library(product).made(allowedGroups=["physicists"]) as library:
        library.upload("secret.txt", b"The reactor is in the cellar.")
        asked = f"{DEMO}/similaritySearch?query=reactor&collectionId={library.id}"
        assert library.search("reactor")
        stranger = Library(product, somebody).person
        assert stranger.call("GET", asked)[0] == 404
        listed = stranger.call("GET", f"{DEMO}/collection")[1]["collections"]
        assert library.id not in {one["collectionId"] for one in listed}


@pytest.mark.promise("rag.answers")
def test_a_chat_that_names_a_repository_cites_what_was_found(
    library: Library, product: dict[str, Any]
) -> None:
    library.upload("handbook.pdf", handbook())
    about = {"repository": "demo", "collection": library.id}
    question = "What does the alarm E-5512 mean?"
    reply = ask(serve(product), "tiny-chat", question, metadata=about, max_tokens=8)
    first = reply.choices[0].message.annotations[0]
    assert first.url_citation.url.endswith("/handbook.pdf")
    assert (first.number, first.pages) == (1, [3, 3])
    plain = ask(serve(product), "tiny-chat", question, max_tokens=8)
    # The passages were in the prompt, and only there.
    assert reply.usage.prompt_tokens > plain.usage.prompt_tokens + 50
    chunks = list(
        ask(serve(product), "tiny-chat", question, metadata=about, max_tokens=8, stream=True)
    )
    told = [chunk for chunk in chunks if getattr(chunk.choices[0].delta, "annotations", None)]
    assert [one["number"] for one in told[0].choices[0].delta.annotations][0] == 1


def test_a_small_model_has_room_for_many_passages_and_an_answer(product: dict[str, Any]) -> None:
    with Library(product).made() as library:
        library.upload("README.md", (REPOSITORY / "README.md").read_bytes())
        about = {"repository": "demo", "collection": library.id}
        reply = ask(serve(product), "tiny-chat", "Who may revoke a token?", metadata=about)
    assert len(reply.choices[0].message.annotations) > 2


def test_a_chat_cannot_reach_what_its_caller_cannot(product: dict[str, Any]) -> None:
    with Library(product).made(allowedGroups=["physicists"]) as library:
        about = {"repository": "demo", "collection": library.id}
        with pytest.raises(openai.NotFoundError, match="collection"):
            ask(serve(product), "tiny-chat", "What is secret?", metadata=about)

"""Works through the steps that docs/clients.md lists: scenario.py URL COLLECTION."""

import json
import sys
import time
from datetime import datetime

from steps import lines, refused, step, unsuccessful, work_through
from tandem_client import (
    ApiClient,
    CollectionPatch,
    CollectionRequest,
    CollectionsApi,
    Configuration,
    DeleteByFilterRequest,
    DocumentListRequest,
    DocumentPatch,
    DocumentRequest,
    DocumentsApi,
    DocumentView,
    EmbeddingRequest,
    FetchRequest,
    FusionRequest,
    ImportLineResult,
    ImportSummary,
    JobsApi,
    RevisionsApi,
    SearchApi,
    SearchRequest,
    TransferApi,
    UpdateByFilterRequest,
)

URL, NAME = sys.argv[1:]
CLIENT = ApiClient(Configuration(host=URL))
COLLECTIONS = CollectionsApi(CLIENT)
DOCUMENTS = DocumentsApi(CLIENT)
JOBS = JobsApi(CLIENT)
REVISIONS = RevisionsApi(CLIENT)
SEARCHING = SearchApi(CLIENT)
TRANSFER = TransferApi(CLIENT)

IMPORTED = 200
SCHEMA = {
    "type": "object",
    "properties": {"year": {"type": ["integer", "null"]}, "tags": {"type": "array"}},
}
EMBEDDING = EmbeddingRequest(model="none", dimensions=3)
written = {}


@step("creates a collection with a schema and a language")
def _():
    created = COLLECTIONS.create_collection(
        CollectionRequest(
            name=NAME, description="Recipes", language="english", embedding=EMBEDDING, metadata_schema=SCHEMA
        )
    )
    assert created.version == 1
    assert isinstance(created.created_at, datetime)


@step("reads the collection")
def _():
    found = COLLECTIONS.get_collection(NAME)
    assert found.metadata_schema == SCHEMA
    assert found.language == "english"
    assert found.embedding.dimensions == 3


@step("finds it in the list, page by page")
def _():
    names, cursor = [], None
    while True:
        page = COLLECTIONS.list_collections(limit=1, cursor=cursor)
        names += [item.name for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert NAME in names


@step("is told with a code that the name is taken")
def _():
    problem = refused(
        409, lambda: COLLECTIONS.create_collection(CollectionRequest(name=NAME, embedding=EMBEDDING))
    )
    assert problem.code == "collection.name.taken"


@step("removes the description with null")
def _():
    patched = COLLECTIONS.patch_collection(NAME, CollectionPatch(description=None))
    assert patched.description is None
    assert patched.language == "english"


@step("puts a document with null in its metadata")
def _():
    answer = DOCUMENTS.put_document_with_http_info(
        name=NAME,
        key="tea",
        document_request=DocumentRequest(
            title="Tea",
            content="Green tea is made of leaves and hot water.",
            metadata={"year": None, "tags": ["drink"]},
            vector=[1, 0, 0],
        ),
    )
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.data.metadata == {"year": None, "tags": ["drink"]}


@step("posts a document with null as its title")
def _():
    created = DOCUMENTS.create_document(
        NAME, DocumentRequest(key="soup/hot ü", title=None, content="Soup of beans.", vector=[0, 1, 0])
    )
    assert created.title is None
    assert DOCUMENTS.get_document(name=NAME, key="soup/hot ü").content == "Soup of beans."


@step("reads it again only if it has changed")
def _():
    etag = DOCUMENTS.get_document_with_http_info(name=NAME, key="tea").headers["ETag"]
    unsuccessful(304, lambda: DOCUMENTS.get_document(name=NAME, key="tea", if_none_match=etag))


@step("is told the current version where If-Match does not hold")
def _():
    problem = refused(
        412,
        lambda: DOCUMENTS.patch_document(
            name=NAME, key="tea", if_match='"7"', document_patch=DocumentPatch(title="Other")
        ),
    )
    assert problem.current_version == 1


@step("patches with null on two levels")
def _():
    patched = DOCUMENTS.patch_document(
        name=NAME,
        key="tea",
        if_match='"1"',
        document_patch=DocumentPatch(title=None, metadata={"year": 2024, "tags": None}, vector=[1, 0, 0]),
    )
    assert patched.title is None
    assert patched.content == "Green tea is made of leaves and hot water."
    assert patched.metadata == {"year": 2024}


def import_line(i):
    return {
        "key": f"line-{i:03}",
        "title": None,
        "content": f"Lemon tea number {i}" if i % 2 == 0 else f"Coffee and lemon with tea, number {i}",
        "metadata": {"year": 2000 + i % 10},
        "vector": [0, i + 1, 1],
    }


@step("imports lines")
def _():
    text = "".join(json.dumps(import_line(i)) + "\n" for i in range(IMPORTED))
    text += '{"key": "wrong", "titel": "?"}\n'
    refused_line, summary = lines(TRANSFER.import_documents(NAME, text, _content_type="application/octet-stream"))
    result = ImportLineResult.from_dict(refused_line)
    assert (result.key, result.error.code) == ("wrong", "json.unknown_field"), refused_line
    counts = ImportSummary.from_dict(summary).summary
    assert (counts.created, counts.failed) == (IMPORTED, 1)
    written["sequence"] = counts.sequence


@step("exports line by line")
def _():
    documents = [DocumentView.from_dict(line) for line in lines(TRANSFER.export_documents(NAME))]
    assert len(documents) == IMPORTED + 2
    assert all(isinstance(document.created_at, datetime) for document in documents)


@step("lists with a filter to the end")
def _():
    keys, cursor = set(), None
    while True:
        page = DOCUMENTS.list_documents(
            NAME, filter=json.dumps({"year": {"$gte": 2005, "$lt": 2010}}), sort="key", limit=30, cursor=cursor
        )
        keys |= {item.key for item in page.items}
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(keys) == IMPORTED / 2


@step("asks for a list with a body")
def _():
    page = DOCUMENTS.query_documents(
        NAME, DocumentListRequest(filter={"year": {"$in": [2001, 2002]}}, sort="-key", limit=5, count="exact")
    )
    assert len(page.items) == 5
    assert page.count == IMPORTED / 5


@step("searches words that it has just written")
def _():
    found = SEARCHING.search(
        NAME,
        SearchRequest(
            query='"lemon tea" -coffee',
            syntax="simple",
            mode="keyword",
            limit=200,
            include=["document", "highlights"],
        ),
        tandem_sequence=written["sequence"],
    )
    assert len(found.items) == IMPORTED / 2
    assert found.sequence >= written["sequence"]
    assert found.items[0].document.content.startswith("Lemon tea")
    assert "<em>" in found.items[0].highlights["content"][0]


@step("searches near a vector")
def _():
    found = SEARCHING.search(NAME, SearchRequest(vector=[1, 0, 0], mode="vector", limit=1, include=[]))
    assert (found.items[0].key, found.items[0].vector_rank) == ("tea", 1)
    assert found.items[0].document is None


@step("searches both ways and sees why")
def _():
    found = SEARCHING.search(
        NAME,
        SearchRequest(
            query="green leaves",
            vector=[1, 0, 0],
            mode="hybrid",
            fusion=FusionRequest(type="rrf", keyword_weight=0.4, vector_weight=0.6, k=60),
            filter={"year": 2024},
            explain=True,
        ),
    )
    assert [item.key for item in found.items] == ["tea"]
    assert found.items[0].explanation.vector > 0


@step("is told where a document breaks the schema")
def _():
    problem = refused(
        422,
        lambda: DOCUMENTS.put_document(
            name=NAME, key="bad", document_request=DocumentRequest(title="Bad", metadata={"year": "x"})
        ),
    )
    assert problem.code == "request.rejected"
    assert problem.errors[0].pointer == "/metadata/year"


@step("lists revisions")
def _():
    page = REVISIONS.list_revisions(name=NAME, key="tea")
    assert [item.version for item in page.items] == [2, 1]
    assert page.items[0].changed == ["title", "metadata"]
    assert page.next_cursor is None


@step("reads a revision")
def _():
    assert REVISIONS.get_revision(name=NAME, key="tea", version=1).title == "Tea"


@step("restores a revision")
def _():
    restored = REVISIONS.restore_revision(name=NAME, key="tea", version=1, if_match='"2"')
    assert (restored.version, restored.title) == (3, "Tea")


@step("counts what a delete by filter would delete")
def _():
    answer = DOCUMENTS.delete_documents(NAME, DeleteByFilterRequest(filter={"year": 2001}, dry_run=True))
    assert answer.matched == IMPORTED / 10


@step("updates by filter, with null in the patch")
def _():
    answer = DOCUMENTS.update_documents(
        NAME,
        UpdateByFilterRequest(
            filter={"year": 2001}, patch=DocumentPatch(metadata={"year": None, "tags": ["old"]})
        ),
    )
    assert answer.updated == IMPORTED / 10
    assert DOCUMENTS.get_document(name=NAME, key="line-001").metadata == {"tags": ["old"]}


@step("reads documents by key, with their vectors")
def _():
    answer = DOCUMENTS.get_documents(NAME, FetchRequest(keys=["line-003", "nothing"], include=["document", "vector"]))
    assert [(item.key, item.vector) for item in answer.items] == [("line-003", [0, 4, 1])]
    assert answer.missing == ["nothing"]


@step("deletes documents by key")
def _():
    answer = DOCUMENTS.delete_documents(NAME, DeleteByFilterRequest(keys=["line-003", "nothing"]))
    assert (answer.deleted, answer.missing) == (1, ["nothing"])


@step("follows a job to its end")
def _():
    job = COLLECTIONS.rebuild_collection(NAME)
    deadline = time.monotonic() + 60
    while job.state in ("queued", "running"):
        assert time.monotonic() < deadline, "the job does not end"
        time.sleep(0.1)
        job = JOBS.get_job(str(job.id))
    assert job.state == "succeeded"
    assert job.error is None
    assert isinstance(job.ended_at, datetime)


@step("finds the job and its errors")
def _():
    page = JOBS.list_jobs(collection=NAME, state="succeeded")
    assert len(page.items) == 1
    assert lines(JOBS.list_job_errors(str(page.items[0].id))) == []


@step("counts what the collection has")
def _():
    stats = COLLECTIONS.get_collection_stats(NAME)
    assert stats.documents == IMPORTED + 1
    assert stats.embedding.oldest_pending_seconds is None
    assert stats.index.state == "ok"


@step("is told with a code that a document is missing")
def _():
    problem = refused(404, lambda: DOCUMENTS.get_document(name=NAME, key="nothing"))
    assert (problem.code, problem.status) == ("document.not_found", 404)


@step("deletes a document")
def _():
    answer = DOCUMENTS.delete_document_with_http_info(name=NAME, key="tea")
    assert answer.status_code == 204
    assert int(answer.headers["Tandem-Sequence"]) > 0


@step("deletes the collection")
def _():
    COLLECTIONS.delete_collection(NAME)
    assert refused(404, lambda: COLLECTIONS.get_collection(NAME)).code == "collection.not_found"


work_through()

"""What keeps, reads and moves documents, each loaded when first needed."""

from typing import TYPE_CHECKING

from repositories.settings import scan_settings, settings
from repositories.wiring import composed, patient_models, rows, stores

if TYPE_CHECKING:
    from ingestion.ports import Documents, Doors, Embedder, Files, Notices, Places, Reader, Staging
    from repositories.filing import Cabinet


@composed.kept
def documents() -> "Documents":
    """Return the table of documents and jobs."""
    from ingestion.adapters.dynamo import DynamoDocuments

    return DynamoDocuments(settings().repository_table)


@composed.kept
def files() -> "Files":
    """Return the objects that are documents."""
    from ingestion.adapters.files import S3Files

    return S3Files()


@composed.kept
def doors() -> "Doors":
    """Return how people reach objects themselves."""
    from ingestion.adapters.doors import S3Doors

    return S3Doors()


@composed.kept
def staging() -> "Staging":
    """Return what steps leave for each other."""
    from ingestion.adapters.staging import S3Staging

    return S3Staging(settings().documents_bucket)


@composed.kept
def reader() -> "Reader":
    """Return what parses and cuts."""
    from ingestion.adapters.reading import LocalReader

    return LocalReader()


@composed.joint
def embedder() -> "Embedder":
    """Return the models' embeddings, as ingestion needs them."""
    from ingestion.adapters.embeddings import Embeddings

    return Embeddings(patient_models())


@composed.joint
def places() -> "Places":
    """Return repositories and collections, as their documents need to know them."""
    from ingestion.adapters.catalogued import CataloguedPlaces

    return CataloguedPlaces(rows(), stores())


@composed.kept
def notices() -> "Notices":
    """Return the queues of objects to look at and pipelines to compare."""
    from ingestion.adapters.notices import SqsNotices

    return SqsNotices(scan_settings().notices_queue, scan_settings().scans_queue)


def cabinet() -> "Cabinet":
    """Return what holds documents."""
    from repositories.filing import Cabinet

    return Cabinet(rows(), documents(), files(), settings().documents_bucket)

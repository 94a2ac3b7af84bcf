"""Taking a document: looked at, made anew from how its pages look, stored, and put before the reviewers."""

from users.models import User, UserDocument
from ygs_admin.staff.models import Staff
from ygs_admin.uploads.documents import EXTENSIONS, clean_document
from ygs_admin.uploads.keeping import StoredObject, storing


def add_document(user: User, document_type: str, content: bytes, filename: str, *, by: Staff) -> UserDocument:
    """Keep a document of the member: its row, its object and its row of the access record, or nothing of them.

    Raises:
        UploadRefusedError: the file is no document that can be taken.
        VerbRefusedError: the member has enough documents, or is deleted.
        StorageError: S3 failed.
    """
    clean = clean_document(content, filename)
    document = UserDocument(
        user=user, document_type=document_type, content_type=clean.content_type, original_filename=clean.filename
    )
    document.s3_key = f"documents/{user.pk}/{document.pk}{EXTENSIONS[clean.content_type]}"
    with storing({document.s3_key: StoredObject(clean.content, clean.content_type)}):
        document.hand_in(by=by)
    return document

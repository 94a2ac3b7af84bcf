"""Taking a photo: looked at, made anew, stored, and put last among the member's."""

from users.models import User, UserPhoto
from ygs_admin.staff.models import Staff
from ygs_admin.uploads.keeping import StoredObject, storing
from ygs_admin.uploads.photos import clean_photo

JPEG = "image/jpeg"


def add_photo(user: User, content: bytes, *, by: Staff) -> UserPhoto:
    """Keep a photo of the member: its row, its two objects and its row of the access record, or nothing of them.

    Raises:
        UploadRefusedError: the file is no photo that can be taken.
        VerbRefusedError: the member has enough photos, or is deleted.
        StorageError: S3 failed.
    """
    clean = clean_photo(content)
    photo = UserPhoto(user=user)
    photo.s3_key = f"photos/{user.pk}/{photo.pk}.jpg"
    photo.thumbnail_s3_key = f"photos/{user.pk}/{photo.pk}_thumbnail.jpg"
    objects = {
        photo.s3_key: StoredObject(clean.full, JPEG),
        photo.thumbnail_s3_key: StoredObject(clean.thumbnail, JPEG),
    }
    with storing(objects):
        photo.append(by=by)
    return photo

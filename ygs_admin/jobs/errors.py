"""How a run ends other than well."""

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from ygs_admin.storage import StorageError


class JobRefusedError(Exception):
    """Why a verb on a job was not done, translated, for the person who pressed it."""


class JobFailedError(Exception):
    """A job that cannot succeed however often it is run; the message, one translated sentence, says why."""


class JobCanceledError(Exception):
    """Somebody has canceled the job: the run leaves off."""


class RunLostError(Exception):
    """The run is no longer the job's: another worker has taken it over, or it is finished. Nothing more is written."""


class RunAgainLaterError(Exception):
    """Something went wrong that may be over soon: the queue runs the job once more."""


def sentence_about(error: Exception) -> str:
    """Return what people read of an error that nobody foresaw; its own words are for the log alone."""
    match error:
        case StorageError():
            return _("The file could not be stored: the object store did not answer. Run it again later.")
        case OperationalError() | InterfaceError():
            return _("The database did not answer. Run it again later.")
    return _("Something unforeseen went wrong; the log names this job. Run it again, or ask whoever runs the console.")

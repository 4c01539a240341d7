"""Refusals of what is asked of jobs, imports and exports; each docstring says what to do."""

from service.errors import NotFound, Refused


class JobNotFound(NotFound):
    """Look for it with `GET /v1/admin/jobs`; it is kept for 30 days after its end."""

    title = "No such job"


class TemplateNotFound(NotFound):
    """Ask for that of one of the kinds that `POST /v1/admin/imports` takes."""

    title = "No such template"


class JobNotGivenUp(Refused):
    """Wait for its end, or import the file again; only a job with status failed is retried."""

    status, title = 409, "The job has not been given up"


class JobEnded(Refused):
    """Nothing is to be cancelled: the job has ended."""

    status, title = 409, "The job has ended"


class FileTooLarge(Refused):
    """Cut the file into several; `detail` says how large one may be."""

    status, title = 413, "The file is too large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"At most {most_bytes // 2**20} MiB with all that is around the file")


class NotMultipart(Refused):
    """Send the file as `multipart/form-data`, with `file` and `kind`."""

    status, title = 415, "The body is no multipart form"

"""`/openapi.json` and `/docs`: the contract for programs and for people, without a network."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from service.handbook import Handbook

router = APIRouter(include_in_schema=False)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
PUBLIC = "public, max-age=300"


def _handbook(request: Request) -> Handbook:
    return request.app.state.handbook


@router.get("/openapi.json")
def read_openapi(request: Request) -> Response:
    """The OpenAPI document."""
    body = _handbook(request).document
    return Response(body, media_type="application/json", headers={"Cache-Control": PUBLIC})


@router.get("/docs")
def read_docs(
    request: Request,
    lang: Annotated[Literal["zh", "en"] | None, Query()] = None,
    accept_language: Annotated[str, Header()] = "",
) -> Response:
    """The same as a page, in Chinese or English labels; no script, nothing from elsewhere."""
    language = lang or ("zh" if accept_language.lower().startswith("zh") else "en")
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": PUBLIC,
        "Vary": "Accept-Language",
        "Content-Language": language,
    }
    page = _handbook(request).page(language)
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


@router.get("/docs/style.css")
def read_style(request: Request) -> Response:
    """The page's style sheet."""
    return Response(
        _handbook(request).style, media_type="text/css", headers={"Cache-Control": PUBLIC}
    )

"""Files that belong to pages: browsers may keep them."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT: Final = (b"cache-control", b"public, max-age=86400")
"""Files say their version in the address, or are small."""


class KeepsFiles:
    """Lets browsers keep style sheets, scripts and fonts for a day."""

    def __init__(self, app: ASGIApp, folder: str) -> None:
        self._app, self._folder = app, folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and say of files that were found that they may be kept."""
        is_file = scope["type"] == "http" and scope["path"].startswith(self._folder)

        async def keeping(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304}:
                message["headers"] = [*message["headers"], KEPT]
            await send(message)

        await self._app(scope, receive, keeping if is_file else send)

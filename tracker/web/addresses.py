"""The application class: Flask, remembering the addresses that it has built."""

from typing import Any

from flask import Flask, has_request_context, request

from tracker.web.templating import PageEnvironment

_MOST = 8_000
_LONGEST = 100


class Application(Flask):
    """Flask whose `url_for` builds each address inside a request once.

    A page holds a hundred addresses and they are the same on the next page; building one by the
    routing rules takes fifty times as long as finding it again.
    """

    jinja_environment = PageEnvironment

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._built: dict[tuple[Any, ...], str] = {}

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """Return the address of an endpoint, as Flask does."""
        if _anchor or _method or _scheme or _external or endpoint[:1] == "." or not has_request_context():
            return super().url_for(
                endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
            )
        # 1 and True are equal and give different addresses, so the types belong to the key.
        key = (request.root_path, endpoint, *values.items(), *map(type, values.values()))
        try:
            known = self._built.get(key)
        except TypeError:  # a list of values
            return super().url_for(endpoint, **values)
        if known is not None:
            return known
        address = super().url_for(endpoint, **values)
        if len(address) <= _LONGEST:
            if len(self._built) >= _MOST:
                self._built.clear()
            self._built[key] = address
        return address

"""The addresses of texts: the drafting page, the desk of who drafts, and what is done between the two languages."""

from __future__ import annotations

from tracktwo.room.drafting import desk_urls, page_urls, tongue_urls

urlpatterns = [*page_urls.urlpatterns, *desk_urls.urlpatterns, *tongue_urls.urlpatterns]

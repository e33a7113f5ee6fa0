"""The addresses of the room; each view says which right it asks for (doors.py)."""

from __future__ import annotations

from tracktwo.room.closing import urls as closing_urls
from tracktwo.room.concerns import urls as concerns_urls
from tracktwo.room.concerns import voting_urls
from tracktwo.room.disclosure import urls as disclosure_urls
from tracktwo.room.drafting import urls as drafting_urls
from tracktwo.room.people import urls as people_urls

urlpatterns = [
    *voting_urls.urlpatterns,  # first, because votes come by the thousand
    *concerns_urls.urlpatterns,
    *people_urls.urlpatterns,
    *drafting_urls.urlpatterns,
    *closing_urls.urlpatterns,
    *disclosure_urls.urlpatterns,
]
handler400 = "tracktwo.room.answers.bad"
handler403 = "tracktwo.room.answers.absent"
handler404 = "tracktwo.room.answers.absent"
handler500 = "tracktwo.room.answers.broken"

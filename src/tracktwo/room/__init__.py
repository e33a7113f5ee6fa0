"""The room: the Django project, and the only place that knows Django, HTTP or a database."""

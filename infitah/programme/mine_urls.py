"""Personal addresses of the programme, below /<language>/mine/, where a cookie is read."""

from django.urls import path

from infitah.programme.views import rating, update

app_name = "programme_mine"
urlpatterns = [
    path("update/", update.ask, name="ask"),
    path("update/<str:token>/", update.update, name="update"),
    path("update/<str:token>/done/", update.done, name="done"),
    path("see/<slug:slug>/<slug:reference>/", rating.rated, name="rated"),
]

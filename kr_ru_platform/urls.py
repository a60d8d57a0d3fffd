from django.contrib import admin
from django.urls import include, path

from kr_ru_platform.running.watching.health import healthz, livez, readyz
from kr_ru_platform.web.kept import kept_views

handler400 = "kr_ru_platform.web.bad_request.bad_request"
# django-allauth looks for it here.
handler429 = "kr_ru_platform.web.requests.too_many.too_many"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    # Before django-allauth: some of its pages are ours.
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("my/kept/", kept_views.kept_state, name="kept_state"),
    path("my/kept/put/", kept_views.kept_put, name="kept_put"),
    path("my/kept/texts/", kept_views.kept_texts, name="kept_texts"),
    path("my/kept/<int:pk>/file/<int:number>/", kept_views.kept_file, name="kept_file"),
    path("my/kept/language/", kept_views.kept_language, name="kept_language"),
    path("my/kept/back/", kept_views.kept_back, name="kept_back"),
    path("my/kept/<int:pk>/discard/", kept_views.kept_discard, name="kept_discard"),
    path("", include("matching.urls")),
    path("", include("projects.urls")),
]

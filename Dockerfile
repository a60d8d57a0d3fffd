# Pin it by digest for a release: --build-arg BASE_IMAGE=python:3.11-slim@sha256:…
ARG BASE_IMAGE=python:3.11-slim
FROM ${BASE_IMAGE}

# A mirror of the Python registry, and where that needs a certificate authority of the house:
#   --build-arg PIP_INDEX_URL=https://… --secret id=ca,src=ca.pem
# Without a network at all: fill wheelhouse/ first (docs/deploy/README.md).
ARG PIP_INDEX_URL
ARG VERSION=0.1.0
ARG REVISION
LABEL org.opencontainers.image.title="Korea–Russia Technology Matching" \
      org.opencontainers.image.description="Technology-transfer matchmaking portal" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.documentation="docs/operations.md"

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    PATH=/opt/portal/bin:$PATH

RUN useradd --uid 10001 --create-home portal && python3 -m venv /opt/portal
WORKDIR /app

# Before the source, so that a change of the source does not install everything again. Every package has
# its hash in the lock file; the folder of packages is empty where the registry can be reached.
COPY requirements.lock wheelhouse* /build/wheelhouse/
RUN --mount=type=secret,id=ca \
    if [ -s /run/secrets/ca ]; then export PIP_CERT=/run/secrets/ca; fi; \
    if ls /build/wheelhouse/*.whl >/dev/null 2>&1; then offline="--no-index --find-links /build/wheelhouse"; fi; \
    pip install --require-hashes --requirement /build/wheelhouse/requirements.lock ${offline:-} \
    && rm -rf /build

COPY . .
ENV DJANGO_SETTINGS_MODULE=kr_ru_platform.settings.production \
    STATIC_ROOT=/app/staticfiles \
    DATA_DIR=/data \
    LOG_FORMAT=json
# The values exist for this one command only; nothing of them stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=build DATABASE_URL=postgres://build REDIS_URL=redis://build EMAIL_URL=smtp://build \
    python manage.py collectstatic --no-input \
    && install --directory --owner portal --group portal /data /data/media /backups

USER 10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# The root of the file system may be read-only: what is written goes to /data, /tmp and /dev/shm.
CMD ["gunicorn", "kr_ru_platform.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--graceful-timeout", "20", "--timeout", "120"]

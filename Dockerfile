FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --uid 10001 --create-home portal
WORKDIR /app

# Before the source, so that a change of the source does not install everything again.
COPY pyproject.toml constraints.txt README.md ./
RUN pip install --constraint constraints.txt --editable .

COPY . .
ENV DJANGO_SETTINGS_MODULE=kr_ru_platform.settings.production \
    STATIC_ROOT=/app/staticfiles \
    DATA_DIR=/data
# The values exist for this one command only; nothing of them stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=build DATABASE_URL=postgres://build REDIS_URL=redis://build EMAIL_URL=smtp://build \
    python manage.py collectstatic --no-input \
    && install --directory --owner portal --group portal /data /data/media

USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "kr_ru_platform.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--no-control-socket", "--graceful-timeout", "20", "--access-logfile", "-"]

# The product but for the engine: one image for the web process, the worker and the migrations.
#   docker build -t acuerdo .
FROM python:3.11-slim AS environment

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
COPY requirements/uv.txt requirements/app.txt /tmp/requirements/
RUN pip install --require-hashes -r /tmp/requirements/uv.txt \
    && uv venv /opt/venv \
    && uv pip sync --require-hashes --compile-bytecode --python /opt/venv/bin/python \
        /tmp/requirements/app.txt
WORKDIR /srv/acuerdo
COPY . .
RUN uv pip install --no-deps --no-build-isolation --python /opt/venv/bin/python --editable .

FROM python:3.11-slim

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ACUERDO_ENV=production \
    ACUERDO_PORT=8000 \
    ACUERDO_RUN_DIR=/srv/data \
    ACUERDO_MEDIA_DIR=/srv/data/media
RUN groupadd --system --gid 10001 acuerdo \
    && useradd --system --uid 10001 --gid acuerdo --home-dir /srv/data --create-home acuerdo \
    && install -d -o acuerdo -g acuerdo /srv/data/media
COPY --from=environment /opt/venv /opt/venv
COPY --from=environment /srv/acuerdo /srv/acuerdo
WORKDIR /srv/acuerdo
USER acuerdo

VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
CMD ["acuerdo", "serve"]

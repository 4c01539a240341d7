# Two stages. The first puts the wheel and its dependencies together, each file held to its hash; the
# second has what runs and nothing to build or install with. The base is named by its version: pin it
# by digest as well where your registry tells you one. `python -m tests.deploy.image` runs every
# command of this file on a throwaway root, and the service on that root made read-only.
FROM python:3.11.14-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ONLY_BINARY=:all:
WORKDIR /source
COPY deploy/hashes deploy/hashes
RUN python -m venv /opt/build \
    && /opt/build/bin/python -m pip install --require-hashes -r deploy/hashes/build.txt \
    && python -m venv --without-pip /opt/bulian \
    && /opt/build/bin/python -m pip --python /opt/bulian/bin/python install --require-hashes -r deploy/hashes/run.txt
COPY . .
# The scoring is compiled here: a start on a processor of this kind reads it, any other compiles it.
RUN /opt/build/bin/python -m hatchling build -t wheel -d /dist \
    && /opt/build/bin/python -m pip --python /opt/bulian/bin/python install --no-deps --no-index /dist/*.whl \
    && BULIAN_CACHE_DIR=/opt/bulian/cache /opt/bulian/bin/bulian compile

FROM python:3.11.14-slim-bookworm
LABEL org.opencontainers.image.title="Bulian 补链" \
      org.opencontainers.image.description="Which investor would mend a high-tech zone's weak link or fill its missing link, and why" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN python -m pip uninstall --yes --root-user-action=ignore setuptools wheel pip \
    && rm -rf /usr/local/lib/python3.11/ensurepip \
    && groupadd --gid 10001 bulian \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin bulian \
    && install -d -o bulian -g bulian -m 0700 /data
COPY --from=build /opt/bulian /opt/bulian
ENV PATH=/opt/bulian/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BULIAN_DATA_DIR=/data \
    BULIAN_CACHE_DIR=/opt/bulian/cache
# Nothing but /data and /tmp is written to: run it with a read-only root.
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["bulian"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--no-demo"]

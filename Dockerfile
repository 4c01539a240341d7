# Two stages: the wheel and its pinned dependencies are put together in the first, run from the second.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN pip install --no-cache-dir -c constraints.txt hatchling \
    && python -m hatchling build -t wheel -d /dist \
    && python -m venv /opt/bulian \
    && set -- /dist/*.whl \
    && /opt/bulian/bin/pip install --no-cache-dir -c constraints.txt "$1[fast,postgres,admin]"

FROM python:3.11.14-slim-bookworm
COPY --from=build /opt/bulian /opt/bulian
RUN useradd --system --uid 10001 --no-create-home bulian \
    && install -d -o bulian /data
ENV PATH=/opt/bulian/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BULIAN_DATA_DIR=/data
USER bulian
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["bulian"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

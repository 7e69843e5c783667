# One image for scheduler, worker and web. Built with the Internet or from a folder of wheels:
#   pip download --require-hashes -r requirements.lock -d wheels   (on a machine that has it)
#   docker build --build-arg PIP_ARGS="--no-index --find-links wheels" .
FROM python:3.11-slim AS build
ARG PIP_ARGS=""
WORKDIR /build
COPY requirements.lock ./
COPY wheel[s] wheels
RUN python -m venv /opt/duban \
 && /opt/duban/bin/pip install --no-cache-dir --disable-pip-version-check $PIP_ARGS --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN groupadd --system --gid 10001 duban \
 && useradd --system --uid 10001 --gid duban --home-dir /var/lib/duban --shell /usr/sbin/nologin duban \
 && install -d -o duban -g duban -m 0700 /var/lib/duban
COPY --from=build /opt/duban /opt/duban
COPY deploy/duban /usr/local/bin/duban
ENV PATH=/opt/duban/bin:$PATH PYTHONPATH=/opt/duban/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DUBAN_VAR=/var/lib/duban TZ=Asia/Shanghai
WORKDIR /opt/duban/app
COPY worker.py ./
COPY monitor monitor
COPY schedules schedules
COPY notifiers notifiers
COPY documents documents
USER duban
VOLUME /var/lib/duban
EXPOSE 8765
CMD ["duban", "web", "--host", "0.0.0.0"]

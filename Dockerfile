# One image for every process of ours (target app), one for the proxy (target proxy).
# The steps are ./run's own: what works in a checkout works here. No Docker engine was at hand when this was written:
# see docs/operations.md for what has been checked and what has not.

FROM python:3.13-slim AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_LINK_MODE=copy
# The launcher and the pinned lists first: the environment is made again only when they change.
COPY run requirements.txt ./
COPY conflict/__init__.py conflict/
COPY conflict/launch conflict/launch
RUN ./run venv
COPY . .
RUN ./run frontend && rm -rf node_modules .venv/node .venv/sahel.log

FROM python:3.13-slim AS app
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin sahel \
    && install -d -o sahel -g sahel /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/data \
    SAHEL_DATA=/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=conflict.settings
USER sahel
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "conflict.wsgi:application"]

FROM caddy:2.10 AS proxy
COPY deploy/Caddyfile /etc/caddy/Caddyfile
# Certificates are kept in /data; a named volume takes its owner from the image.
RUN mkdir -p /data /config && chown -R 10001:10001 /data /config
USER 10001:10001

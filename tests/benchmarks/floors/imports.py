"""A program that only imports the same SDKs, and serves.

`python -m tests.benchmarks.floors.imports PORT`
"""

import sys

import aiohttp
import alembic.command
import apscheduler.schedulers.asyncio
import cryptography.fernet
import icalendar
import jinja2
import jpholiday
import linebot.v3.messaging
import linebot.v3.webhook
import phonenumbers
import prometheus_client
import psycopg
import pydantic_settings
import rapidfuzz
import recurring_ical_events
import slack_bolt.async_app
import sqlalchemy
import standardwebhooks
import structlog
import twilio.rest.api.v2010.account.call
import uvicorn
import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

IMPORTED = (
    aiohttp, alembic, apscheduler, icalendar, jinja2, linebot, phonenumbers, prometheus_client, psycopg,
    cryptography, jpholiday, rapidfuzz, recurring_ical_events, standardwebhooks, pydantic_settings, slack_bolt, sqlalchemy, structlog, twilio, yaml,
)  # fmt: skip


async def ready(_request: Request) -> Response:
    return Response("ok")


if __name__ == "__main__":
    uvicorn.run(
        Starlette(routes=[Route("/readyz", ready)]),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        log_config=None,
    )

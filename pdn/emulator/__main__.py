"""`python -m pdn.emulator`: the emulator over HTTP until it is stopped."""

from __future__ import annotations

import signal
from types import FrameType

import click

from pdn.emulator.core import Emulator
from pdn.emulator.faults import Quota
from pdn.emulator.server import Server


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@click.command()
@click.option("--db", type=click.Path(dir_okay=False), default=":memory:", help="SQLite file; none: in memory.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 for any free one.")
@click.option("--latency-ms", type=click.IntRange(0), default=0, help="How long every answer takes.")
@click.option("--quota", type=click.IntRange(1), default=None, help="Reads, and writes, a minute; none: no limit.")
def main(db: str, port: int, latency_ms: int, quota: int | None) -> None:
    """Answer as the Google Sheets API does, on loopback; the address is printed first."""
    signal.signal(signal.SIGTERM, _stop)
    emulator = Emulator(db)
    emulator.faults.latency = latency_ms / 1000
    if quota is not None:
        emulator.faults.quota = Quota(quota, quota)
    with Server(emulator, port) as server:
        print(server.base_url, flush=True)  # noqa: T201 - what starts it reads the address from here
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            emulator.close()


if __name__ == "__main__":
    main()

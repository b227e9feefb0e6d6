"""The line between the app and the emulator: it notes what passes, and lets a partner act in the instants between."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pdn.emulator import Emulator
from pdn.emulator.protocol import Request, Response
from tests.sheets.interleavings.ground import Eye, Still
from tests.sheets.interleavings.model import Edit


@dataclass(frozen=True)
class Slip:
    """A partner did something between two requests."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Read:
    """A commit read the cells that it is about, as they were typed."""

    ground: Still


@dataclass(frozen=True)
class Write:
    """The app wrote; `before` and `after` are what stood there in the very instants before and after."""

    body: bytes
    before: Still
    after: Still


Event = Slip | Read | Write


@dataclass
class Line:
    """What the app's requests go through: an emulator as its doors see it.

    Attributes:
        emulator: What answers.
        eye: What looks at the sheets behind it.
        events: What happened since `watch`.
        slips: What a partner does before the request of that number, counted since `watch`.
    """

    emulator: Emulator
    eye: Eye
    events: list[Event] = field(default_factory=list)
    slips: dict[int, list[Callable[[], Sequence[Edit]]]] = field(default_factory=dict)
    _passed: int = 0
    _failed: Exception | None = None

    def watch(self, slips: Mapping[int, Sequence[Callable[[], Sequence[Edit]]]]) -> None:
        """Note what happens from now on."""
        self.events = []
        self.slips = {number: list(acts) for number, acts in slips.items()}
        self._passed, self._failed = 0, None

    def noted(self) -> list[Event]:
        """What happened since `watch`."""
        if self._failed is not None:
            raise self._failed
        return self.events

    def handle(self, request: Request) -> Response:
        """Answer a request, as an emulator does."""
        try:
            for act in self.slips.get(self._passed, ()):
                self.events.append(Slip(tuple(act())))
        except Exception as error:  # noqa: BLE001 - a server's thread would swallow it
            self._failed = error
        self._passed += 1
        before = self.eye.still(self.emulator)
        answered = True
        try:
            response = self.emulator.handle(request)
            answered = response.status == 200
            return response
        finally:
            after = self.eye.still(self.emulator)
            if request.method == "POST":
                if after.book is not before.book:
                    self.events.append(Write(request.body, before, after))
            elif answered and "FORMULA" in request.query.get("valueRenderOption", ()):
                self.events.append(Read(before))

"""A browser that is told of changes: a WebSocket client, as far as `deploy.py` needs one."""

import json
import socket
import urllib.parse

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, RejectConnection, Request, TextMessage


class Browser:
    """A WebSocket connection to `url`. `accepted` says whether the handshake succeeded."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port or 80), timeout=30)
        self.protocol, self.waiting = WSConnection(ConnectionType.CLIENT), []
        target = f"{parts.path}?{parts.query}"
        self.socket.sendall(self.protocol.send(Request(host=parts.netloc, target=target)))
        self.accepted = isinstance(self.next(AcceptConnection, RejectConnection), AcceptConnection)

    def next(self, *kinds):
        """The next event of one of these kinds; none once the connection is over."""
        while True:
            while self.waiting:
                event = self.waiting.pop(0)
                if isinstance(event, kinds):
                    return event
                if isinstance(event, CloseConnection):
                    return None
            received = self.socket.recv(65536)
            if not received:
                return None
            self.protocol.receive_data(received)
            self.waiting.extend(self.protocol.events())

    def says(self, **frame):
        self.socket.sendall(self.protocol.send(TextMessage(data=json.dumps(frame))))

    def frame(self, kind):
        """The next frame of this type; none once the connection is over."""
        while event := self.next(TextMessage):
            frame = json.loads(event.data)
            if frame["type"] == kind:
                return frame
        return None

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the notification servers and the portal of the tests share: a bus name, objects, a log of JSON lines."""

import json
import sys

from gi.repository import Gio, GLib

# Tests drive a double through this interface.
CONTROL = "org.example.Workflow.Test.Notifications"


class Log:
    """One JSON object a line, written at once, so that a test can wait for a line."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8")

    def write(self, event, **fields):
        print(json.dumps({"event": event, **fields}, default=str, ensure_ascii=False), file=self._file, flush=True)


def serve(name, path, xml, handlers, log, with_sender=False):
    """Owns NAME on the session bus and answers calls until the bus goes away.

    handlers maps a method's name to a function of (connection, arguments as a GLib.Variant) that
    returns the answer as a GLib.Variant or None; with_sender: also of the caller's name. The log's first line is the
    event "ready".
    """
    loop = GLib.MainLoop()

    def on_call(connection, sender, _path, _interface, method, arguments, invocation):
        try:
            more = (sender,) if with_sender else ()
            invocation.return_value(handlers[method](connection, arguments, *more))
        except LookupError as error:
            invocation.return_dbus_error(CONTROL + ".Unknown", f"no such notification or button: {error}")

    def on_bus_acquired(connection, _name):
        for interface in Gio.DBusNodeInfo.new_for_xml(xml).interfaces:
            connection.register_object(path, interface, on_call, None, None)

    def on_name_acquired(_connection, _name):
        log.write("ready", name=name)

    def on_name_lost(_connection, _name):
        loop.quit()

    Gio.bus_own_name(
        Gio.BusType.SESSION, name, Gio.BusNameOwnerFlags.DO_NOT_QUEUE, on_bus_acquired, on_name_acquired, on_name_lost
    )
    loop.run()
    sys.exit(1)

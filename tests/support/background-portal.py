#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The background portal for tests: org.freedesktop.portal.Background on the session bus.

background-portal.py LOG grant|refuse|cancel|early|silent

Each call is a JSON line in LOG. grant and refuse are the person's answers; cancel: they close the question; early: the
answer is on the bus before the call's; silent: they never answer.
"""

import sys

from gi.repository import Gio, GLib
from notification_double import Log, serve

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"
XML = """
<node>
  <interface name="org.freedesktop.portal.Background">
    <method name="RequestBackground">
      <arg name="parent_window" type="s" direction="in"/>
      <arg name="options" type="a{sv}" direction="in"/>
      <arg name="handle" type="o" direction="out"/>
    </method>
  </interface>
</node>
"""
REQUEST_XML = f"""
<node><interface name="{REQUEST}"><method name="Close"/></interface></node>
"""
GRANTED, CANCELLED = 0, 1


class Portal:
    def __init__(self, log, answer):
        self._log, self._answer = log, answer

    def request(self, connection, arguments, sender):
        _parent, options = arguments.unpack()
        handle = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        self._log.write("request", options=options)
        interface = Gio.DBusNodeInfo.new_for_xml(REQUEST_XML).interfaces[0]
        connection.register_object(handle, interface, self._on_request_call, None, None)
        if self._answer == "early":
            self._respond(connection, handle, options)
        elif self._answer == "silent":
            connection.emit_signal(sender, PATH, "org.example.Workflow.Test.Portal", "Asked", None)
        else:
            GLib.idle_add(self._respond, connection, handle, options)
        return GLib.Variant("(o)", (handle,))

    def _respond(self, connection, handle, options):
        granted = self._answer in ("grant", "early")
        results = {
            "background": GLib.Variant("b", granted),
            "autostart": GLib.Variant("b", granted and options["autostart"]),
        }
        code = CANCELLED if self._answer == "cancel" else GRANTED
        connection.emit_signal(
            None, handle, REQUEST, "Response", GLib.Variant("(ua{sv})", (code, results if code == GRANTED else {}))
        )
        return GLib.SOURCE_REMOVE

    def _on_request_call(self, _connection, _sender, path, _interface, method, _arguments, invocation):
        self._log.write(method.lower(), handle=path)
        invocation.return_value(None)


def main():
    log = Log(sys.argv[1])
    serve(NAME, PATH, XML, {"RequestBackground": Portal(log, sys.argv[2]).request}, log, with_sender=True)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification server for tests: org.freedesktop.Notifications 1.2, as desktops other than GNOME have it.

freedesktop-notifications.py LOG

Each call is a JSON line in LOG. The control interface on the same object plays the person:
  Press (u id, s action)   presses a button; "default" is the notification itself
  Dismiss (u id)           closes it without an action
  Sync ()                  answers when everything before it is in LOG
"""

import sys

from gi.repository import GLib
from notification_double import CONTROL, Log, serve

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DISMISSED, CLOSED_BY_CALL = 2, 3
XML = f"""
<node>
  <interface name="{NAME}">
    <method name="Notify">
      <arg name="app_name" type="s" direction="in"/>
      <arg name="replaces_id" type="u" direction="in"/>
      <arg name="app_icon" type="s" direction="in"/>
      <arg name="summary" type="s" direction="in"/>
      <arg name="body" type="s" direction="in"/>
      <arg name="actions" type="as" direction="in"/>
      <arg name="hints" type="a{{sv}}" direction="in"/>
      <arg name="expire_timeout" type="i" direction="in"/>
      <arg name="id" type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg name="id" type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg name="capabilities" type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg name="name" type="s" direction="out"/>
      <arg name="vendor" type="s" direction="out"/>
      <arg name="version" type="s" direction="out"/>
      <arg name="spec_version" type="s" direction="out"/>
    </method>
    <signal name="NotificationClosed"><arg name="id" type="u"/><arg name="reason" type="u"/></signal>
    <signal name="ActivationToken"><arg name="id" type="u"/><arg name="token" type="s"/></signal>
    <signal name="ActionInvoked"><arg name="id" type="u"/><arg name="action_key" type="s"/></signal>
  </interface>
  <interface name="{CONTROL}">
    <method name="Press">
      <arg name="id" type="u" direction="in"/>
      <arg name="action" type="s" direction="in"/>
    </method>
    <method name="Dismiss"><arg name="id" type="u" direction="in"/></method>
    <method name="Sync"/>
  </interface>
</node>
"""


class Server:
    def __init__(self, log):
        self._log = log
        self._shown = {}  # id -> keys of its actions
        self._last = 0

    def notify(self, _connection, arguments):
        app, replaces, icon, summary, body, actions, hints, timeout = arguments.unpack()
        if replaces in self._shown:
            number = replaces
        else:
            number = self._last = self._last + 1
        self._shown[number] = actions[::2]
        self._log.write(
            "notify",
            id=number,
            replaces=replaces,
            app=app,
            icon=icon,
            summary=summary,
            body=body,
            actions=dict(zip(actions[::2], actions[1::2])),
            hints=hints,
            timeout=timeout,
        )
        return GLib.Variant("(u)", (number,))

    def close(self, connection, arguments):
        (number,) = arguments.unpack()
        self._log.write("close", id=number)
        self._end(connection, number, CLOSED_BY_CALL)

    def capabilities(self, _connection, _arguments):
        return GLib.Variant("(as)", (["actions", "body", "persistence"],))

    def information(self, _connection, _arguments):
        return GLib.Variant("(ssss)", ("test double", "Workflow", "1", "1.2"))

    def press(self, connection, arguments):
        number, action = arguments.unpack()
        if action not in self._shown[number]:
            raise KeyError(action)
        self._log.write("press", id=number, action=action)
        self._emit(connection, "ActivationToken", GLib.Variant("(us)", (number, f"token-{number}")))
        self._emit(connection, "ActionInvoked", GLib.Variant("(us)", (number, action)))
        self._end(connection, number, DISMISSED)

    def dismiss(self, connection, arguments):
        (number,) = arguments.unpack()
        self._log.write("dismiss", id=number)
        self._end(connection, number, DISMISSED)

    def _end(self, connection, number, reason):
        if self._shown.pop(number, None) is not None:
            self._emit(connection, "NotificationClosed", GLib.Variant("(uu)", (number, reason)))

    def _emit(self, connection, signal, arguments):
        connection.emit_signal(None, PATH, NAME, signal, arguments)


def main():
    log = Log(sys.argv[1])
    server = Server(log)
    handlers = {
        "Notify": server.notify,
        "CloseNotification": server.close,
        "GetCapabilities": server.capabilities,
        "GetServerInformation": server.information,
        "Press": server.press,
        "Dismiss": server.dismiss,
        "Sync": lambda _connection, _arguments: None,
    }
    serve(NAME, PATH, XML, handlers, log)


if __name__ == "__main__":
    main()

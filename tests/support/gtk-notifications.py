#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification server for tests: org.gtk.Notifications, as GNOME Shell has it.

gtk-notifications.py LOG

Each call is a JSON line in LOG. The control interface on the same object plays the person:
  Press (s application, s id, i button)   presses the button of that index; -1 is the notification
                                          itself
  Sync ()                                 answers when everything before it is in LOG

As in GNOME, a button is an action of the application, called through org.freedesktop.Application:
the bus starts the application when it is not running. How that ended is logged as "activated".
"""

import sys

from gi.repository import Gio, GLib
from notification_double import CONTROL, Log, serve

NAME = "org.gtk.Notifications"
PATH = "/org/gtk/Notifications"
APPLICATION = "org.freedesktop.Application"
TIMEOUT_MS = 10_000
XML = f"""
<node>
  <interface name="{NAME}">
    <method name="AddNotification">
      <arg name="app_id" type="s" direction="in"/>
      <arg name="id" type="s" direction="in"/>
      <arg name="notification" type="a{{sv}}" direction="in"/>
    </method>
    <method name="RemoveNotification">
      <arg name="app_id" type="s" direction="in"/>
      <arg name="id" type="s" direction="in"/>
    </method>
  </interface>
  <interface name="{CONTROL}">
    <method name="Press">
      <arg name="app_id" type="s" direction="in"/>
      <arg name="id" type="s" direction="in"/>
      <arg name="button" type="i" direction="in"/>
    </method>
    <method name="Sync"/>
  </interface>
</node>
"""


def chosen_action(notification, button):
    """The action's name and target that a press means; the name is None for a plain activation."""
    if button < 0:
        source, name, target = notification, "default-action", "default-action-target"
    else:
        buttons = notification.lookup_value("buttons", None)
        if buttons is None or button >= buttons.n_children():
            raise IndexError(button)
        source, name, target = buttons.get_child_value(button), "action", "target"
    action = source.lookup_value(name, None)
    return action.get_string() if action else None, source.lookup_value(target, None)


class Server:
    def __init__(self, log):
        self._log = log
        self._shown = {}  # (application, id) -> notification

    def add(self, _connection, arguments):
        application, key, notification = arguments.unpack()
        # The variant is kept too: a button's target must be sent back with its own type.
        self._shown[application, key] = arguments.get_child_value(2)
        self._log.write("add", app=application, id=key, notification=notification)

    def remove(self, _connection, arguments):
        application, key = arguments.unpack()
        self._shown.pop((application, key), None)
        self._log.write("remove", app=application, id=key)

    def press(self, connection, arguments):
        application, key, button = arguments.unpack()
        action, target = chosen_action(self._shown[application, key], button)
        del self._shown[application, key]
        self._log.write("press", app=application, id=key, button=button, action=action)
        if action is None:
            method, call = "Activate", GLib.Variant("(a{sv})", ({},))
        else:
            targets = [target] if target is not None else []
            method = "ActivateAction"
            call = GLib.Variant("(sava{sv})", (action.removeprefix("app."), targets, {}))
        connection.call(
            application,
            "/" + application.replace(".", "/").replace("-", "_"),
            APPLICATION,
            method,
            call,
            None,
            Gio.DBusCallFlags.NONE,
            TIMEOUT_MS,
            None,
            self._on_called,
        )

    def _on_called(self, connection, result):
        try:
            connection.call_finish(result)
            self._log.write("activated", ok=True)
        except GLib.Error as error:
            self._log.write("activated", ok=False, message=error.message)


def main():
    log = Log(sys.argv[1])
    server = Server(log)
    handlers = {
        "AddNotification": server.add,
        "RemoveNotification": server.remove,
        "Press": server.press,
        "Sync": lambda _connection, _arguments: None,
    }
    serve(NAME, PATH, XML, handlers, log)


if __name__ == "__main__":
    main()

/** Keeps one pod of each daemon set on every node that fits it. Source: pkg/controller/daemon. */
@NullMarked
package dev.pilothouse.server.controller.daemonset;

import org.jspecify.annotations.NullMarked;

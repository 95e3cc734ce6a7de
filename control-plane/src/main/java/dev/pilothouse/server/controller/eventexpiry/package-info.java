/**
 * Deletes events that have not happened again for an hour. Source: kube-apiserver's --event-ttl.
 */
@NullMarked
package dev.pilothouse.server.controller.eventexpiry;

import org.jspecify.annotations.NullMarked;

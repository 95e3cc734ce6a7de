/** Rules of events.k8s.io Events, which are core Events in another shape. */
@NullMarked
package dev.pilothouse.server.registry.events;

import org.jspecify.annotations.NullMarked;

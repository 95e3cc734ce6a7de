/** Programs that tests run as pods. */
@org.jspecify.annotations.NullMarked
package dev.pilothouse.server.clients.apps;

/**
 * Log files of containers in the form of the Container Runtime Interface: written, rotated, read,
 * followed.
 */
@NullMarked
package dev.pilothouse.server.kubelet.log;

import org.jspecify.annotations.NullMarked;

/**
 * Keeps as many pods of a template as are wanted: replica sets and, by the same code, replication
 * controllers. Source: pkg/controller/replicaset.
 */
@NullMarked
package dev.pilothouse.server.controller.replicaset;

import org.jspecify.annotations.NullMarked;

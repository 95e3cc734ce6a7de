/**
 * Keeps the pods of stateful sets, each with a name and volume claims of its own, one after the
 * other. Source: pkg/controller/statefulset.
 */
@NullMarked
package dev.pilothouse.server.controller.statefulset;

import org.jspecify.annotations.NullMarked;

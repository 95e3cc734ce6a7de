/** Nodes and their pods, as the controllers of nodes see them. */
@NullMarked
package dev.pilothouse.server.controller.nodes;

import org.jspecify.annotations.NullMarked;

/**
 * The history of templates that stateful sets and daemon sets keep as controller revisions. Source:
 * pkg/controller/history.
 */
@NullMarked
package dev.pilothouse.server.controller.revision;

import org.jspecify.annotations.NullMarked;

/** What several controllers ask of objects: names, conditions, owners, the state of pods. */
@NullMarked
package dev.pilothouse.server.controller.objects;

import org.jspecify.annotations.NullMarked;

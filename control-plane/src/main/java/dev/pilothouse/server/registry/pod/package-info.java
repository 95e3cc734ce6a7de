/** Rules of pod specs: defaults and checks that pods and all templates of pods share. */
@NullMarked
package dev.pilothouse.server.registry.pod;

import org.jspecify.annotations.NullMarked;

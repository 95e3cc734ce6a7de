/** Rules of the kinds of flowcontrol.apiserver.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.flowcontrol;

import org.jspecify.annotations.NullMarked;

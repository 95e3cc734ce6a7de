/** The connection to a cluster: discovery, lists and watches over HTTPS. */
@NullMarked
package dev.pilothouse.ui.cluster;

import org.jspecify.annotations.NullMarked;

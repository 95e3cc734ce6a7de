/** Publishes the cluster's certificate authority in every namespace. */
@NullMarked
package dev.pilothouse.server.controller.rootca;

import org.jspecify.annotations.NullMarked;

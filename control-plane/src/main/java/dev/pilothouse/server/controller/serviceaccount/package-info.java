/** Gives every namespace its default service account. */
@NullMarked
package dev.pilothouse.server.controller.serviceaccount;

import org.jspecify.annotations.NullMarked;

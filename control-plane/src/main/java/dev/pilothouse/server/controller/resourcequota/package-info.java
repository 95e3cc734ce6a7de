/** Keeps the status of ResourceQuotas: how much of them is used. */
@NullMarked
package dev.pilothouse.server.controller.resourcequota;

import org.jspecify.annotations.NullMarked;

/** Services and the pods behind them, as the endpoint controllers see them. */
@NullMarked
package dev.pilothouse.server.controller.services;

import org.jspecify.annotations.NullMarked;

/** Every request that the application has sent, to be looked at and sent again by other clients. */
@NullMarked
package dev.pilothouse.ui.requests;

import org.jspecify.annotations.NullMarked;

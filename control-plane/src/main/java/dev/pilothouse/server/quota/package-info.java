/** What objects count for in the quotas of their namespace. */
@NullMarked
package dev.pilothouse.server.quota;

import org.jspecify.annotations.NullMarked;

/** The cluster at a glance: what is wrong first, then how full it is and what is going on. */
@NullMarked
package dev.pilothouse.ui.overview;

import org.jspecify.annotations.NullMarked;

/** The list of a kind's objects as a page: its table, filter, namespaces and the detail beside. */
@NullMarked
package dev.pilothouse.ui.list;

import org.jspecify.annotations.NullMarked;

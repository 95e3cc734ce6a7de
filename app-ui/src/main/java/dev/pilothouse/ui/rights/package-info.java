/** Who may do what: from the RBAC objects of the cluster, and by asking the server itself. */
@NullMarked
package dev.pilothouse.ui.rights;

import org.jspecify.annotations.NullMarked;

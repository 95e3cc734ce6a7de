/** The clusters that can be opened: the embedded one and the contexts of kubeconfig files. */
@NullMarked
package dev.pilothouse.ui.clusters;

import org.jspecify.annotations.NullMarked;

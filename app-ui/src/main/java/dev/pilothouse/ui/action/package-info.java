/**
 * What can be done to objects, as data: for which kinds, by which key, and the plain API requests
 * that do it. No controls here.
 */
@NullMarked
package dev.pilothouse.ui.action;

import org.jspecify.annotations.NullMarked;

/**
 * What all controllers are made of: a work queue, workers, and a reconciler that brings one object
 * where it should be.
 */
@NullMarked
package dev.pilothouse.server.controller;

import org.jspecify.annotations.NullMarked;

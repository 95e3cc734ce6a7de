/**
 * Rolls deployments: one replica set for each state of the template, sized so that the old ones
 * give way to the new one. Source: pkg/controller/deployment.
 */
@NullMarked
package dev.pilothouse.server.controller.deployment;

import org.jspecify.annotations.NullMarked;

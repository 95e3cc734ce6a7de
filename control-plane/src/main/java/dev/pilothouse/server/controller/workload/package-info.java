/**
 * What the controllers of workloads share: a small view of every pod, claiming pods by selector and
 * owner reference, expectations that keep a stale view from making too many, and events of what was
 * made and deleted. Source of the rules: pkg/controller of Kubernetes.
 */
@NullMarked
package dev.pilothouse.server.controller.workload;

import org.jspecify.annotations.NullMarked;

/**
 * The facts of the Kubernetes API as data: fields, list types, merge keys, defaults, protobuf
 * numbers.
 */
@NullMarked
package dev.pilothouse.model.schema;

import org.jspecify.annotations.NullMarked;

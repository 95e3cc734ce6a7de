/** JSON, YAML and protobuf in and out, with strict decoding. */
@NullMarked
package dev.pilothouse.model.codec;

import org.jspecify.annotations.NullMarked;

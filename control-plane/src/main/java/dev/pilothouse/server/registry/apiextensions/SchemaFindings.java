package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.schema.structural.SchemaError;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;

/** Turns what a schema objects to into field errors. */
final class SchemaFindings {

    private SchemaFindings() {}

    static void add(List<SchemaError> findings, FieldErrors errors) {
        for (SchemaError finding : findings) {
            FieldPath path = FieldPath.of(finding.path());
            switch (finding.reason()) {
                case INVALID -> errors.invalid(path, finding.value(), finding.detail());
                case WRONG_TYPE -> errors.typeInvalid(path, finding.value(), finding.detail());
                case REQUIRED -> errors.required(path, finding.detail());
                case UNSUPPORTED -> errors.notSupported(path, finding.value(), finding.supported());
                case DUPLICATE -> errors.duplicate(path, finding.value());
                case TOO_LONG -> errors.tooLong(path, finding.limit());
                case TOO_MANY -> errors.tooMany(path, finding.actual(), finding.limit());
            }
        }
    }
}

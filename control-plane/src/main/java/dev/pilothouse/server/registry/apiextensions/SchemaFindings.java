package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.schema.structural.SchemaError;
import dev.pilothouse.server.registry.apiextensions.cel.Finding;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;

/** Turns what a schema and its rules object to into field errors. */
final class SchemaFindings {

    private SchemaFindings() {}

    static void addRules(List<Finding> findings, FieldErrors errors) {
        for (Finding finding : findings) {
            FieldPath path = FieldPath.of(finding.path());
            switch (finding.reason()) {
                case "FieldValueForbidden" -> errors.forbidden(path, finding.detail());
                case "FieldValueRequired" -> errors.required(path, finding.detail());
                case "FieldValueDuplicate" -> errors.duplicate(path, finding.type());
                default -> errors.invalid(path, finding.type(), finding.detail());
            }
        }
    }

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

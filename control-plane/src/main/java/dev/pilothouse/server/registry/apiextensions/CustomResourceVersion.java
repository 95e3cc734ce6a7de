package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.schema.structural.StructuralSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.apiextensions.cel.ObjectRules;
import dev.pilothouse.server.registry.printers.RowPrinter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of a custom resource, whether served or not.
 *
 * @param kind how it is served
 * @param schema what its objects look like
 * @param rules the rules in its schema
 * @param openApi the schema as its definition has it; never written to
 * @param metadata a type that describes metadata alone
 * @param printer makes its table rows
 * @param scale where it keeps its replicas, null without a scale subresource
 * @param webhook converts between its versions; null when they differ only in their name
 * @param hasStatus whether there is a status subresource
 * @param served whether clients may use it
 * @param warning what clients that use it are told when it is deprecated, else empty
 */
public record CustomResourceVersion(
        ResourceKind kind,
        StructuralSchema schema,
        ObjectRules rules,
        ObjectNode openApi,
        TypeSchema metadata,
        RowPrinter printer,
        @Nullable Scale scale,
        @Nullable ConversionWebhook webhook,
        boolean hasStatus,
        boolean served,
        String warning) {

    /**
     * Where the scale subresource finds its values, as dotted paths.
     *
     * @param specReplicas wanted replicas
     * @param statusReplicas present replicas
     * @param selector label selector in text form; empty for none
     */
    public record Scale(String specReplicas, String statusReplicas, String selector) {}
}

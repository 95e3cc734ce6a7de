package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of VolumeAttachments. Source: ValidateVolumeAttachment. */
public final class VolumeAttachmentStrategy implements ResourceStrategy {

    @Override
    public void prepareForCreate(ObjectNode attachment, StrategyContext context) {
        attachment.putObject("status").put("attached", false);
    }

    @Override
    public void validate(ObjectNode attachment, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(attachment, errors).child("spec");
        DriverNames.require(spec, "attacher");
        ObjectCheck source = spec.child("source");
        boolean named = source.present("persistentVolumeName");
        boolean inline = source.present("inlineVolumeSpec");
        if (!named && !inline) {
            errors.required(
                    source.path(), "must specify one of inlineVolumeSpec and persistentVolumeName");
        } else if (named && inline) {
            errors.forbidden(
                    source.path(),
                    "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (named && source.require("persistentVolumeName")) {
            source.syntax("persistentVolumeName", Names::dnsSubdomain);
        }
        spec.requireSyntax("nodeName", Names::dnsSubdomain);
    }

    @Override
    public void validateUpdate(ObjectNode attachment, ObjectNode old, FieldErrors errors) {
        validate(attachment, errors);
        ObjectCheck.of(attachment, errors).immutable("spec", old);
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}

package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of CSINodes. Source: ValidateCSINode. */
public final class CsiNodeStrategy implements ResourceStrategy {

    private static final int MAX_NODE_ID = 192;

    @Override
    public void validate(ObjectNode node, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        ObjectCheck.of(node, errors)
                .child("spec")
                .each(
                        "drivers",
                        driver -> {
                            DriverNames.require(driver, "name");
                            if (!names.add(driver.text("name"))) {
                                errors.duplicate(driver.path("name"), driver.text("name"));
                            }
                            driver.require("nodeID");
                            if (driver.text("nodeID").length() > MAX_NODE_ID) {
                                driver.invalid(
                                        "nodeID", "must be " + MAX_NODE_ID + " characters or less");
                            }
                            driver.child("allocatable").nonNegative("count");
                            topology(driver);
                        });
    }

    private static void topology(ObjectCheck driver) {
        Set<String> keys = new HashSet<>();
        driver.eachText(
                "topologyKeys",
                (key, path) -> {
                    if (key.isEmpty()) {
                        driver.errors().required(path, "");
                    } else if (!keys.add(key)) {
                        driver.errors().duplicate(path, key);
                    } else {
                        Names.qualifiedName(key)
                                .forEach(
                                        complaint -> driver.errors().invalid(path, key, complaint));
                    }
                });
    }

    /** A driver may come or go; one that stays may change nothing but how much it can attach. */
    @Override
    public void validateUpdate(ObjectNode node, ObjectNode old, FieldErrors errors) {
        Map<String, ObjectNode> before = new HashMap<>();
        for (ObjectNode driver : Json.objects(old, "spec", "drivers")) {
            before.put(Json.text(driver, "name"), driver);
        }
        ObjectCheck.of(node, errors)
                .child("spec")
                .each(
                        "drivers",
                        driver -> {
                            ObjectNode earlier = before.get(driver.text("name"));
                            if (earlier != null && !fixed(earlier).equals(fixed(driver.node()))) {
                                errors.invalid(driver.path(), driver.node(), ObjectCheck.IMMUTABLE);
                            }
                        });
        validate(node, errors);
    }

    private static ObjectNode fixed(ObjectNode driver) {
        ObjectNode copy = driver.deepCopy();
        copy.remove("allocatable");
        return copy;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}

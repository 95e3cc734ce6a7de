package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

/**
 * One form of a function that Kubernetes adds to the language.
 *
 * @param name what rules call it
 * @param overload its types
 * @param binding what it does
 */
@SuppressWarnings("Immutable") // Constants never change.
record Function(String name, CelOverloadDecl overload, CelFunctionBinding binding) {

    /** {@code a.name()}. */
    static <A> Function member(
            String name,
            CelType result,
            CelType on,
            Class<A> type,
            CelFunctionOverload.Unary<A> does) {
        String id = id(name, on);
        return new Function(
                name,
                CelOverloadDecl.newMemberOverload(id, result, on),
                CelFunctionBinding.from(id, type, does));
    }

    /** {@code a.name(b)}. */
    static <A, B> Function member(
            String name,
            CelType result,
            CelType on,
            Class<A> type,
            CelType argument,
            Class<B> argumentType,
            CelFunctionOverload.Binary<A, B> does) {
        String id = id(name, on, argument);
        return new Function(
                name,
                CelOverloadDecl.newMemberOverload(id, result, on, argument),
                CelFunctionBinding.from(id, type, argumentType, does));
    }

    /** {@code name(a)}. */
    static <A> Function global(
            String name,
            CelType result,
            CelType argument,
            Class<A> type,
            CelFunctionOverload.Unary<A> does) {
        String id = "global_" + id(name, argument);
        return new Function(
                name,
                CelOverloadDecl.newGlobalOverload(id, result, argument),
                CelFunctionBinding.from(id, type, does));
    }

    /** {@code name(a, b)}. */
    static <A, B> Function global(
            String name,
            CelType result,
            CelType first,
            Class<A> firstType,
            CelType second,
            Class<B> secondType,
            CelFunctionOverload.Binary<A, B> does) {
        String id = "global_" + id(name, first, second);
        return new Function(
                name,
                CelOverloadDecl.newGlobalOverload(id, result, first, second),
                CelFunctionBinding.from(id, firstType, secondType, does));
    }

    /** {@code name()}. */
    static Function constant(String name, CelType result, Object value) {
        String id = "global_" + id(name);
        return new Function(
                name,
                CelOverloadDecl.newGlobalOverload(id, result),
                CelFunctionBinding.from(id, List.of(), arguments -> value));
    }

    /** A name for the overload, unlike those of all others. */
    static String id(String name, CelType... types) {
        StringBuilder id = new StringBuilder("kubernetes_").append(name.replace('.', '_'));
        for (CelType type : types) {
            id.append('_').append(type.name().replace('.', '_'));
        }
        return id.toString();
    }
}

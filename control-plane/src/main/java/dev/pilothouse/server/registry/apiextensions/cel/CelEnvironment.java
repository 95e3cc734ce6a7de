package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The language as Kubernetes speaks it: made once, when the first rule needs it. Thread-safe.
 * Source: apiserver's pkg/cel/environment/base.go.
 */
final class CelEnvironment {

    @SuppressWarnings("deprecation") // Its replacement would load a validator and all it needs.
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHomogeneousLiterals(true)
                    .enableHeterogeneousNumericComparisons(true)
                    .enableQuotedIdentifierSyntax(false)
                    .build();

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    /** Made when first asked for: loading the library takes a second. */
    private static final class Shared {
        private static final CelEnvironment INSTANCE = new CelEnvironment();
    }

    @SuppressWarnings("unchecked")
    private CelEnvironment() {
        List<Function> functions = Functions.all();
        this.compiler =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(CelStandardDeclarations.newBuilder().build())
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addLibraries(
                                CelExtensions.optional(),
                                CelExtensions.strings(),
                                CelExtensions.sets(OPTIONS),
                                CelExtensions.comprehensions())
                        .addFunctionDeclarations(declarations(functions))
                        .build();
        this.runtime =
                CelRuntimeFactory.standardCelRuntimeBuilder()
                        .setOptions(OPTIONS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardFunctions(standardFunctions())
                        .addLibraries(
                                CelExtensions.optional(),
                                CelExtensions.strings(),
                                CelExtensions.sets(OPTIONS),
                                CelExtensions.comprehensions())
                        .addFunctionBindings(functions.stream().map(Function::binding).toList())
                        .addFunctionBindings(
                                CelFunctionBinding.from(
                                        "equals", Object.class, Object.class, Equality::equal),
                                CelFunctionBinding.from(
                                        "not_equals",
                                        Object.class,
                                        Object.class,
                                        (a, b) -> !Equality.equal(a, b)),
                                CelFunctionBinding.from(
                                        "add_list",
                                        List.class,
                                        List.class,
                                        (a, b) -> ListView.concatenate(a, b)))
                        .build();
    }

    /** Sets and maps compare and add in their own way. */
    private static CelStandardFunctions standardFunctions() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) ->
                        function != StandardFunction.EQUALS
                                && function != StandardFunction.NOT_EQUALS
                                && overload != AddOverload.ADD_LIST)
                .build();
    }

    private static List<CelFunctionDecl> declarations(List<Function> functions) {
        Map<String, Set<Function>> byName = new LinkedHashMap<>();
        functions.forEach(function ->
                byName.computeIfAbsent(function.name(), _ -> new LinkedHashSet<>()).add(function));
        return byName.entrySet().stream()
                .map(entry ->
                        CelFunctionDecl.newFunctionDeclaration(
                                entry.getKey(),
                                entry.getValue().stream().map(Function::overload).toList()))
                .toList();
    }

    static CelEnvironment shared() {
        return Shared.INSTANCE;
    }

    /**
     * A compiler of rules about a value.
     *
     * @param types the types of its schema
     * @param self its own type
     * @param optionalOld whether its old value may be missing
     */
    CelCompiler compiler(SchemaTypes types, CelType self, boolean optionalOld) {
        return compiler.toCompilerBuilder()
                .setTypeProvider(types)
                .addVar("self", self)
                .addVar("oldSelf", optionalOld ? OptionalType.create(self) : self)
                .build();
    }

    CelRuntime runtime() {
        return runtime;
    }
}

package dev.pilothouse.server.registry.apiextensions.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compiles the rules of one level of a schema. Source: apiextensions-apiserver's
 * pkg/apiserver/schema/cel/compilation.go.
 */
final class RuleCompiler {

    private static final Set<String> SEARCHES = Set.of("matches", "find", "findAll");

    private final SchemaTypes types;
    private final @Nullable CelType self;
    private @Nullable CelCompiler plain;
    private @Nullable CelCompiler optional;

    /** Compiles rules about values of a schema. */
    RuleCompiler(ObjectNode schema, boolean resource) {
        this.types = new SchemaTypes(schema, resource);
        this.self = types.self();
    }

    /** Whether rules can be written about the schema's values. */
    boolean hasType() {
        return self != null;
    }

    List<CompiledRule> compile(List<Rule> rules) {
        List<CompiledRule> compiled = new ArrayList<>();
        for (Rule rule : rules) {
            compiled.add(compile(rule));
        }
        return List.copyOf(compiled);
    }

    private CompiledRule compile(Rule rule) {
        if (rule.rule().isBlank()) {
            return new CompiledRule(rule, null, "", null, "", false);
        }
        CelCompiler compiler = compiler(rule.hasOptionalOldSelf());
        Outcome main =
                program(
                        compiler,
                        rule.rule(),
                        CelKind.BOOL,
                        "cel expression must evaluate to a bool",
                        "compilation failed: ");
        Outcome message =
                rule.messageExpression().isBlank()
                        ? new Outcome(null, "", false)
                        : program(
                                compiler,
                                rule.messageExpression(),
                                CelKind.STRING,
                                "messageExpression must evaluate to a string",
                                "messageExpression compilation failed: ");
        return new CompiledRule(
                rule,
                main.program,
                main.error,
                message.program,
                message.error,
                main.usesOldSelf || message.usesOldSelf);
    }

    private CelCompiler compiler(boolean optionalOld) {
        CelType type = self;
        if (type == null) {
            throw new IllegalStateException("values without a type have no rules");
        }
        if (optionalOld) {
            CelCompiler made = optional;
            return made == null
                    ? optional = CelEnvironment.shared().compiler(types, type, true)
                    : made;
        }
        CelCompiler made = plain;
        return made == null ? plain = CelEnvironment.shared().compiler(types, type, false) : made;
    }

    private record Outcome(
            CelRuntime.@Nullable Program program, String error, boolean usesOldSelf) {

        static Outcome failed(String error) {
            return new Outcome(null, error, false);
        }
    }

    private static Outcome program(
            CelCompiler compiler,
            String expression,
            CelKind result,
            String otherResult,
            String failure) {
        try {
            CelValidationResult checked = compiler.compile(expression);
            if (checked.hasError()) {
                return Outcome.failed(failure + issues(checked.getErrors(), checked));
            }
            CelAbstractSyntaxTree tree = checked.getAst();
            if (tree.getResultType().kind() != result) {
                return Outcome.failed(otherResult);
            }
            List<CelIssue> literals = badPatterns(tree);
            if (!literals.isEmpty()) {
                return Outcome.failed(failure + issues(literals, checked));
            }
            boolean usesOldSelf =
                    tree.getReferenceMap().values().stream()
                            .anyMatch(reference -> reference.name().equals("oldSelf"));
            return new Outcome(
                    CelEnvironment.shared().runtime().createProgram(tree), "", usesOldSelf);
        } catch (CelValidationException e) {
            return Outcome.failed(failure + e.getMessage());
        } catch (CelEvaluationException e) {
            return Outcome.failed("program instantiation failed: " + e.getMessage());
        } catch (StackOverflowError e) {
            return Outcome.failed(failure + "the expression is nested too deeply");
        }
    }

    private static String issues(List<CelIssue> issues, CelValidationResult checked) {
        return CelIssue.toDisplayString(issues, checked.getSource());
    }

    /** A pattern that is written out can be checked before anybody uses it. */
    private static List<CelIssue> badPatterns(CelAbstractSyntaxTree tree) {
        List<CelIssue> issues = new ArrayList<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(node -> node.expr().call())
                .filter(call -> SEARCHES.contains(call.function()) && !call.args().isEmpty())
                .map(call -> call.target().isPresent() ? call.args().get(0) : call.args().getLast())
                .filter(pattern ->
                        pattern.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                                && pattern.constant().getKind() == CelConstant.Kind.STRING_VALUE)
                .forEach(pattern -> {
                    try {
                        Pattern.compile(pattern.constant().stringValue());
                    } catch (PatternSyntaxException e) {
                        issues.add(
                                CelIssue.formatError(
                                        pattern.id(),
                                        tree.getSource()
                                                .getOffsetLocation(
                                                        tree.getSource()
                                                                .getPositionsMap()
                                                                .getOrDefault(pattern.id(), 0))
                                                .orElseThrow(),
                                        "invalid matches argument"));
                    }
                });
        return issues;
    }
}

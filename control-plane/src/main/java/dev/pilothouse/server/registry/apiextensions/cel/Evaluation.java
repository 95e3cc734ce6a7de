package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The evaluation of all rules of one object: what they cost together, and what they found. */
final class Evaluation {

    private static final int MAX_MESSAGE = 5 * 1024;
    private static final Pattern PREFIX =
            Pattern.compile("evaluation error(?: at [^:]*:\\d+)?: ", Pattern.DOTALL);
    private static final Pattern MISSING_KEY =
            Pattern.compile("key '(.*)' is not present in map\\.");

    /** The result of one expression: a value or an error. */
    record Answer(Object value, String error, boolean tooExpensive) {}

    private final List<Finding> findings = new ArrayList<>();
    private long budget = CostMeter.OBJECT_LIMIT;

    boolean isOver() {
        return budget < 0;
    }

    List<Finding> findings() {
        return findings;
    }

    void end() {
        budget = -1;
    }

    boolean isSpent() {
        return budget <= 0;
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Evaluates an expression; charges the budget. */
    Answer evaluate(CelRuntime.Program program, Map<String, Object> variables) {
        CostMeter meter = new CostMeter(CostMeter.CALL_LIMIT);
        try {
            Object value = meter.during(() -> program.trace(variables, meter));
            return new Answer(value, "", false);
        } catch (CostMeter.LimitExceeded e) {
            return new Answer("", String.valueOf(e.getMessage()), true);
        } catch (CelEvaluationException e) {
            return new Answer("", inWordsOfKubernetes(e), false);
        } catch (StackOverflowError e) {
            return new Answer("", "the expression is nested too deeply", false);
        } catch (Exception e) {
            return new Answer("", String.valueOf(e.getMessage()), false);
        } finally {
            budget = meter.spent() > budget ? -1 : budget - meter.spent();
        }
    }

    private static String inWordsOfKubernetes(CelEvaluationException failure) {
        String message = PREFIX.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
        CelErrorCode code = failure.getErrorCode();
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> {
                Matcher key = MISSING_KEY.matcher(message);
                yield "no such key: " + (key.matches() ? key.group(1) : message);
            }
            case INDEX_OUT_OF_BOUNDS ->
                    message.replace("Index out of bounds", "index out of bounds");
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "integer overflow";
            case OVERLOAD_NOT_FOUND -> "no such overload";
            default -> cause(failure, message);
        };
    }

    /** What a function of ours complained about. */
    private static String cause(CelEvaluationException failure, String message) {
        Throwable cause = failure.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : message;
    }

    /** What a messageExpression says, or "" when it says nothing that can be shown. */
    String message(CelRuntime.Program program, Map<String, Object> variables) {
        Answer answer = evaluate(program, variables);
        String text = answer.value() instanceof String said ? said.strip() : "";
        return text.length() > MAX_MESSAGE || text.indexOf('\n') >= 0 ? "" : text;
    }
}

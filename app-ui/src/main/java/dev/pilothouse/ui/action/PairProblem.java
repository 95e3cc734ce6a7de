package dev.pilothouse.ui.action;

/**
 * What is wrong with a label or an annotation, by the rules of <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">labels</a>.
 */
public enum PairProblem {
    /** There is a value, but no key. */
    NO_KEY,
    /** A key has more than one slash. */
    SLASHES,
    /** Nothing precedes the slash of a key. */
    NO_PREFIX,
    /** The prefix of a key has more than 253 characters. */
    LONG_PREFIX,
    /** The prefix of a key is no DNS subdomain. */
    PREFIX,
    /** Nothing follows the slash of a key. */
    NO_NAME,
    /** The name in a key has more than 63 characters. */
    LONG_NAME,
    /** The name in a key has characters that it must not have there. */
    NAME,
    /** A label's value has more than 63 characters. */
    LONG_VALUE,
    /** A label's value has characters that it must not have there. */
    VALUE,
    /** Another pair has this key. */
    TWICE
}

package dev.pilothouse.server.kubelet.probe;

/**
 * What came of one attempt.
 *
 * @param outcome whether it went well
 * @param output what there is to say about it
 */
public record ProbeResult(Outcome outcome, String output) {

    /** Whether an attempt went well. */
    public enum Outcome {
        SUCCESS,
        FAILURE,
        /** It could not be made. */
        UNKNOWN
    }

    static ProbeResult success(String output) {
        return new ProbeResult(Outcome.SUCCESS, output);
    }

    static ProbeResult failure(String output) {
        return new ProbeResult(Outcome.FAILURE, output);
    }
}

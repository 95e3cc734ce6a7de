package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.ApiResponse.StreamWriter;
import dev.pilothouse.server.request.ClientOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A body that an agent writes. The agent starts before the answer does, so that a refusal becomes
 * the answer's status; what it writes waits until the answer is under way. When the client goes
 * away, the agent's thread is interrupted.
 */
final class AgentBody implements StreamWriter {

    /** How long an agent that neither writes nor refuses keeps the answer waiting. */
    private static final long PATIENCE_MILLIS = 1000;

    /** How long an answer may take to get under way. */
    private static final long START_SECONDS = 60;

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<OutputStream> client = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread;

    private AgentBody(StreamWriter task) {
        this.thread = Thread.ofVirtual().name("agent-body").unstarted(() -> run(task));
    }

    /**
     * Starts the task and returns an answer with what it writes.
     *
     * @throws ApiException what the task throws before its first byte
     */
    static ApiResponse answer(String contentType, StreamWriter task) {
        AgentBody body = new AgentBody(task);
        body.thread.start();
        body.awaitBeginning();
        return new ApiResponse.ByteStream(200, List.of(), contentType, body);
    }

    private void run(StreamWriter task) {
        try {
            task.writeTo(new Output());
            done.complete(null);
            begun.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
            begun.completeExceptionally(e);
        }
    }

    private void awaitBeginning() {
        try {
            begun.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It has nothing to say yet, and no objection.
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("interrupted while a node's agent was asked");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException refused -> throw refused;
                case Error error -> throw error;
                case null, default -> throw failed(e);
            }
        }
    }

    private static ApiException failed(ExecutionException e) {
        return ApiException.internal("the node's agent failed: " + e.getMessage(), e.getCause());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (out instanceof ClientOutput output) {
            output.onGone(thread::interrupt);
        }
        client.complete(out);
        try {
            done.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken
                    ? broken
                    : new IOException("the node's agent failed", e.getCause());
        }
    }

    /** What the agent writes to. */
    private final class Output extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            target().write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            target().flush();
        }

        private OutputStream target() throws IOException {
            begun.complete(null);
            try {
                return client.get(START_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("the answer did not get under way", e);
            }
        }
    }
}

package dev.pilothouse.server.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.crash.HttpsClient.Answer;
import dev.pilothouse.server.crash.ServerChild.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data file that is damaged or in use, and a disk that is full, as the whole server meets it. */
@Tag("crash")
class StoreTroubleTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir Path folder;

    @Test
    void saysInOneSentenceThatTheFileIsDamagedAndLeavesItAlone() throws Exception {
        Path data = folder.resolve("data");
        try (ServerChild server = ServerChild.startWithoutNodes(data);
                HttpsClient client = new HttpsClient(data, Version.HTTP_1_1)) {
            for (int i = 0; i < 30; i++) {
                assertEquals(201, create(client, server.endpoint(), "victim-" + i, 50).status());
            }
        } // a clean end: all is in this file then, and nothing in the journal
        Path file = data.resolve("store.mv.db");
        assertTrue(overwrite(file, "victim-7") > 0);
        assertSentence(serve(data), "The data file " + data.resolve("store") + " is damaged: ");

        byte[] noDatabase = new byte[64 << 10];
        Files.write(file, noDatabase);
        assertSentence(serve(data), "The data file " + data.resolve("store") + " is damaged: ");
        assertArrayEquals(noDatabase, Files.readAllBytes(file), "the file is evidence");
    }

    private static int overwrite(Path data, String victim) throws IOException {
        String text = Files.readString(data, StandardCharsets.ISO_8859_1);
        int found = 0;
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            for (int at = text.indexOf(victim); at >= 0; at = text.indexOf(victim, at + 1)) {
                file.seek(at);
                file.write('V');
                found++;
            }
        }
        return found;
    }

    @Test
    void saysWhoUsesTheDataDirectory() throws Exception {
        Path data = folder.resolve("data");
        try (ServerChild server = ServerChild.startWithoutNodes(data);
                HttpsClient client = new HttpsClient(data, Version.HTTP_1_1)) {
            assertSentence(serve(data), "is in use by process " + server.pid() + ", started at ");
            assertEquals(201, create(client, server.endpoint(), "after", 1).status());
            Answer ready = client.get(server.endpoint().resolve("/readyz"));
            assertEquals(200, ready.status(), ready::toString);
        }
    }

    @Test
    void refusesWritesOnAFullDiskAndLosesNothing() throws Exception {
        try (FullDisk disk = FullDisk.mount(folder.resolve("disk"), 12)) {
            assumeTrue(disk != null, "only root on Linux can mount a small file system");
            Path data = folder.resolve("disk/data");
            List<String> written = new ArrayList<>();
            try (ServerChild server = ServerChild.startWithoutNodes(data);
                    HttpsClient client = new HttpsClient(data, Version.HTTP_1_1)) {
                Answer refused = fill(client, server.endpoint(), written);
                assertRefused(refused);
                assertRefused(create(client, server.endpoint(), "again", 1));
                Answer ready = client.get(server.endpoint().resolve("/readyz"));
                assertEquals(500, ready.status(), ready::toString);
                assertTrue(written.size() > 3, "it was full before it was used");
                assertThere(client, server.endpoint(), written); // reads go on
            }
            disk.resize(64);
            try (ServerChild server = ServerChild.startWithoutNodes(data);
                    HttpsClient client = new HttpsClient(data, Version.HTTP_1_1)) {
                assertThere(client, server.endpoint(), written);
                assertEquals(201, create(client, server.endpoint(), "again", 1).status());
            }
        }
    }

    @Test
    void goesOnWithoutANewStartOnceThereIsRoom() throws Exception {
        try (FullDisk disk = FullDisk.mount(folder.resolve("disk"), 64)) {
            assumeTrue(disk != null, "only root on Linux can mount a small file system");
            Path data = folder.resolve("disk/data");
            Path others = folder.resolve("disk/others");
            try (ServerChild server = ServerChild.startWithoutNodes(data);
                    HttpsClient client = new HttpsClient(data, Version.HTTP_1_1)) {
                assertEquals(201, create(client, server.endpoint(), "before", 300_000).status());
                try (RandomAccessFile file = new RandomAccessFile(others.toFile(), "rw")) {
                    byte[] mebibyte = new byte[1 << 20];
                    while (Files.getFileStore(others).getUsableSpace() > 6 << 20) {
                        file.write(mebibyte);
                    }
                }
                Thread.sleep(200); // what is known of the disk may be a tenth of a second old
                assertRefused(create(client, server.endpoint(), "meanwhile", 1));
                URI health = server.endpoint().resolve("/readyz");
                assertEquals(500, client.get(health).status());
                assertThere(client, server.endpoint(), List.of("before"));

                Files.delete(others);
                Thread.sleep(200);
                assertEquals(201, create(client, server.endpoint(), "after", 300_000).status());
                assertEquals(200, client.get(health).status());
            }
            try (ServerChild server = ServerChild.startWithoutNodes(data);
                    HttpsClient client = new HttpsClient(data, Version.HTTP_1_1)) {
                assertThere(client, server.endpoint(), List.of("before", "after"));
            }
        }
    }

    @Test
    void saysThatTheDiskIsFullWhenItCannotStart() throws Exception {
        try (FullDisk disk = FullDisk.mount(folder.resolve("disk"), 1)) {
            assumeTrue(disk != null, "only root on Linux can mount a small file system");
            byte[] rest = new byte[(1 << 20) - (12 << 10)];
            Files.write(folder.resolve("disk/filler"), rest);
            assertSentence(serve(folder.resolve("disk/data")), "disk is full");
        }
    }

    private static Answer fill(HttpsClient client, URI endpoint, List<String> written)
            throws IOException {
        Answer answer;
        do {
            String name = "filler-" + written.size();
            answer = create(client, endpoint, name, 300_000);
            if (answer.status() == 201) {
                written.add(name);
            }
        } while (answer.status() == 201 && written.size() < 1000);
        return answer;
    }

    private static void assertRefused(Answer answer) {
        assertEquals(503, answer.status(), answer::toString);
        assertEquals("Status", Json.text(answer.json(), "kind"));
        assertEquals("ServiceUnavailable", Json.text(answer.json(), "reason"));
        String message = Json.text(answer.json(), "message");
        assertTrue(message.contains("disk is full"), message);
    }

    private static void assertThere(HttpsClient client, URI endpoint, List<String> names)
            throws IOException {
        for (String name : names) {
            Answer found = client.get(endpoint.resolve(MAPS + "/" + name));
            assertEquals(200, found.status(), name);
            assertEquals(300_000, Json.text(found.json(), "data", "text").length());
        }
    }

    private static Answer create(HttpsClient client, URI endpoint, String name, int length)
            throws IOException {
        String json =
                "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"text\":\"%s\"}}"
                        .formatted(name, "x".repeat(length));
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return client.send("POST", endpoint.resolve(MAPS), "application/json", body);
    }

    private static Outcome serve(Path data) throws IOException, InterruptedException {
        return ServerChild.run("serve", "--data-dir", data.toString(), "--port", "0");
    }

    /** One line for people, and no stack trace. */
    private static void assertSentence(Outcome outcome, String part) {
        assertEquals(1, outcome.exit(), outcome::output);
        assertTrue(outcome.output().contains(part), outcome::output);
        assertEquals(1, outcome.output().lines().count(), outcome::output);
    }
}

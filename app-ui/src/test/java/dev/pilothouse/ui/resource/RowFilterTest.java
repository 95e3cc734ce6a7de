package dev.pilothouse.ui.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowFilterTest {

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("Name", false, false),
                    new Column("Status", false, false),
                    new Column("Restarts", true, false));
    private static final List<Row> ROWS =
            List.of(
                    row("web-1", "shop", "Running", "0"),
                    row("web-2", "shop", "CrashLoopBackOff", "12 (3m ago)"),
                    row("running-shoes", "kube-system", "Pending", "1"));

    @Test
    void wordsMustAllBeFoundAnywhere() {
        assertEquals("web-1 web-2", filtered("WEB"));
        assertEquals("web-2", filtered("web crash"));
        assertEquals("web-1 running-shoes", filtered("running"));
        assertEquals("web-1 web-2 running-shoes", filtered("  "));
    }

    @Test
    void aColumnCanBeNamed() {
        assertEquals("web-1", filtered("status:running"));
        assertEquals("running-shoes", filtered("namespace:kube"));
        assertEquals("web-1 web-2 running-shoes", filtered("namespace:shop,kube-system"));
        assertEquals("web-2", filtered("restarts:>3"));
        assertEquals("web-1 running-shoes", filtered("rest:<3"));
    }

    @Test
    void anExclamationMarkTurnsAWordRound() {
        assertEquals("web-2 running-shoes", filtered("!status:running"));
        assertEquals("web-1 web-2", filtered("!kube-system"));
    }

    @Test
    void whatNamesNoColumnIsText() {
        assertEquals("", filtered("10.0.0.1:8080"));
        assertEquals("", filtered("restarts:>x"));
    }

    private static String filtered(String text) {
        return String.join(
                " ", ROWS.stream().filter(RowFilter.of(text, COLUMNS)).map(Row::name).toList());
    }

    private static Row row(String name, String namespace, String status, String restarts) {
        return new Row(name, namespace, name, "", "1", List.of(name, status, restarts));
    }
}

package org.brokertck.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dashboard for Grafana that the documentation offers. */
record GrafanaDashboard(List<String> queries) {
    private static final Path FILE = Path.of("..", "docs", "grafana", "broker-tck.json");

    static GrafanaDashboard read() throws IOException {
        List<String> queries = new ArrayList<>();
        collect(Json.read(Files.readString(FILE)), queries);
        return new GrafanaDashboard(queries);
    }

    /** The queries with what Grafana would put in place of its variables. */
    List<String> filledIn() {
        return queries.stream()
                .map(it -> it.replace("$__rate_interval", "1m").replace("$queue", ".*"))
                .toList();
    }

    private static void collect(@Nullable Object value, List<String> queries) {
        if (value instanceof List<?> items) {
            items.forEach(it -> collect(it, queries));
        } else if (value instanceof Map<?, ?> fields) {
            if (fields.get("expr") instanceof String query) {
                queries.add(query);
            }
            fields.values().forEach(it -> collect(it, queries));
        }
    }
}

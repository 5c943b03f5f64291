package org.brokertck.cli.serve;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chromium without a window, steered through ChromeDriver's own protocol (W3C WebDriver). */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CAPABILITIES = """
            {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": {"args": [
              "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
              "--disable-background-networking", "--disable-component-update", "--disable-sync",
              "--window-size=1280,1500", "--user-data-dir=%s"]},
              "goog:loggingPrefs": {"browser": "ALL"}}}}""";

    private final Program driver;
    private final URI session;

    private Browser(Program driver, URI session) {
        this.driver = driver;
        this.session = session;
    }

    static Browser start(Path folder) throws IOException, InterruptedException {
        int port = Program.freePort();
        Program driver = Program.start(folder, List.of("chromedriver", "--port=" + port));
        try {
            URI base = URI.create("http://127.0.0.1:" + port + "/");
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Http.get(base.resolve("status")).statusCode() == 200);
            Object answer = value(Http.post(base.resolve("session"), CAPABILITIES.formatted(folder.resolve("profile")))
                    .body());
            if (answer instanceof Map<?, ?> fields && fields.get("sessionId") instanceof String id) {
                return new Browser(driver, base.resolve("session/" + id + "/"));
            }
            throw new IOException("Chromium does not start: " + answer);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            driver.close();
            throw e;
        }
    }

    void open(URI page) throws IOException, InterruptedException {
        post("url", "{\"url\": \"" + page + "\"}");
    }

    /** What a piece of JavaScript gives, such as {@code return 1;}. */
    @Nullable
    Object run(String script) throws IOException, InterruptedException {
        String quoted = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        return post("execute/sync", "{\"script\": \"" + quoted + "\", \"args\": []}");
    }

    /** The text of an element. */
    String text(String selector) throws IOException, InterruptedException {
        return String.valueOf(run("return document.querySelector('" + selector + "').innerText;"));
    }

    /** What the page has written to its console, errors that the browser found included. */
    List<?> console() throws IOException, InterruptedException {
        return post("se/log", "{\"type\": \"browser\"}") instanceof List<?> entries ? entries : List.of();
    }

    void screenshot(Path file) throws IOException, InterruptedException {
        Object image = value(Http.get(session.resolve("screenshot")).body());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(image)));
    }

    private @Nullable Object post(String command, String json) throws IOException, InterruptedException {
        return value(Http.post(session.resolve(command), json).body());
    }

    private static @Nullable Object value(String answer) throws IOException {
        Object value = Json.readObject(answer).get("value");
        if (value instanceof Map<?, ?> fields && fields.containsKey("error")) {
            throw new IOException("the browser says: " + fields.get("error") + ": " + fields.get("message"));
        }
        return value;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (driver) {
            Http.delete(URI.create(session.toString().replaceAll("/$", "")));
        }
    }
}

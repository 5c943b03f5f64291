package org.brokertck.tck.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * Fills the templates beside this class. Pages hold all that they need and load nothing; their policy admits only the
 * kit's own script, by its hash, so that even markup which slipped through the escaping could not act.
 */
final class Page {
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    private static final String SCRIPT_HASH = sha256(SCRIPT);

    private Page() {}

    /** A page whose template says {@code view} for what it shows. Everything is escaped. */
    static String html(String template, Object view) {
        return compiler()
                .compile(resource(template))
                .execute(Map.of("view", view, "style", STYLE, "script", SCRIPT, "scriptHash", SCRIPT_HASH));
    }

    /** Plain text, or Markdown, whose view has escaped what it must. */
    static String text(String template, Object view) {
        Template text = compiler().escapeHTML(false).compile(resource(template));
        return text.execute(Map.of("view", view));
    }

    /** A name that the view does not know is an error; an empty text and a zero hide their sections. */
    private static Mustache.Compiler compiler() {
        return Mustache.compiler().strictSections(true).emptyStringIsFalse(true).zeroIsFalse(true);
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name + " is missing from the kit's jar")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " in the kit's jar cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}

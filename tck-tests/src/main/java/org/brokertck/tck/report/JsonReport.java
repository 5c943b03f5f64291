package org.brokertck.tck.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.run.TestResult;
import org.brokertck.tck.spec.Rule;

/** A run as JSON. The schema is documented in {@code docs/REPORT.md}; fields may be added to it, but none change or go. */
public final class JsonReport {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    /** The whole run: one object, indented, with a line end after it. */
    public static String of(RunResult result) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter layout = new DefaultPrettyPrinter().withObjectIndenter(lines);
        layout.indentArraysWith(lines);
        try (JsonGenerator json = JSON.createGenerator(text).setPrettyPrinter(layout)) {
            new JsonReport(json).run(result);
        } catch (IOException e) {
            throw new UncheckedIOException("A report cannot be built in memory", e);
        }
        return text.append('\n').toString();
    }

    private void run(RunResult result) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("kit");
        json.writeStringField("version", result.kitVersion());
        json.writeStringField("spec", result.specVersion());
        json.writeEndObject();
        target(result);
        json.writeStringField("startedAt", result.startedAt().toString());
        json.writeNumberField("durationMillis", result.duration().toMillis());
        textOrNull("seed", result.seed());
        json.writeStringField("verdict", result.verdict().name());
        summary(result);
        json.writeArrayFieldStart("rules");
        for (RuleResult rule : result.rules()) {
            rule(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void target(RunResult result) throws IOException {
        json.writeObjectFieldStart("target");
        json.writeStringField("name", result.targetName());
        json.writeStringField("version", result.targetVersion());
        json.writeArrayFieldStart("capabilities");
        for (Capability capability : result.capabilities().stream().sorted().toList()) {
            json.writeString(capability.word());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void summary(RunResult result) throws IOException {
        json.writeObjectFieldStart("summary");
        for (Status status : Status.values()) {
            json.writeNumberField(status.key(), result.count(status));
        }
        json.writeEndObject();
    }

    private void rule(RuleResult result) throws IOException {
        Rule rule = result.rule();
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("level", rule.level().name());
        textOrNull("capability", rule.capability());
        json.writeStringField("sentence", rule.sentence());
        json.writeStringField("status", result.status().name());
        textOrNull("reason", result.reason());
        json.writeArrayFieldStart("tests");
        for (TestResult test : result.tests()) {
            test(test);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void test(TestResult test) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", test.name());
        json.writeStringField("status", test.status().name());
        json.writeNumberField("durationMillis", test.durationMillis());
        textOrNull("seed", test.seed());
        textOrNull("message", test.message());
        textOrNull("replay", test.replay());
        json.writeEndObject();
    }

    private void textOrNull(String name, String text) throws IOException {
        if (text.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, text);
        }
    }
}

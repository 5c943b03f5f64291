package org.brokertck.performance.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Measurements as JSON. {@code docs/PERFORMANCE.md} documents the schema; fields may be added to it, but none change or go. */
public final class ResultJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SCHEMA = 1;

    private final JsonGenerator json;

    private ResultJson(JsonGenerator json) {
        this.json = json;
    }

    /** One object, indented, with a line end after it. */
    public static String of(Measurements measurements) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter layout = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try (JsonGenerator json = JSON.createGenerator(text).setPrettyPrinter(layout)) {
            new ResultJson(json).write(measurements);
        } catch (IOException e) {
            throw new UncheckedIOException("A result cannot be built in memory", e);
        }
        return text.append('\n').toString();
    }

    private void write(Measurements measurements) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("subject", measurements.subject());
        json.writeStringField("startedAt", measurements.startedAt().toString());
        machine(measurements.machine());
        json.writeArrayFieldStart("scenarios");
        for (Scenario scenario : measurements.scenarios()) {
            scenario(scenario);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void machine(Machine machine) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("jdk", machine.jdk());
        json.writeStringField("system", machine.system());
        json.writeNumberField("cores", machine.cores());
        json.writeNumberField("load", machine.load());
        json.writeEndObject();
    }

    private void scenario(Scenario scenario) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", scenario.id());
        json.writeStringField("title", scenario.title());
        json.writeStringField("how", scenario.how());
        json.writeStringField("ceiling", scenario.ceiling());
        json.writeArrayFieldStart("figures");
        for (Figure figure : scenario.figures()) {
            figure(figure, scenario.ofCeiling(figure));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("curves");
        for (Curve curve : scenario.curves()) {
            curve(curve);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("leftOut");
        for (LeftOut leftOut : scenario.leftOut()) {
            json.writeStartObject();
            json.writeStringField("candidate", leftOut.candidate());
            json.writeStringField("reason", leftOut.reason());
            json.writeBooleanField("discarded", leftOut.discarded());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void figure(Figure figure, Optional<Double> ofCeiling) throws IOException {
        json.writeStartObject();
        json.writeStringField("candidate", figure.candidate());
        json.writeStringField("metric", figure.metric().key());
        json.writeStringField("unit", figure.metric().unit());
        json.writeStringField("better", figure.metric().better().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("samples");
        for (double sample : figure.samples()) {
            json.writeNumber(sample);
        }
        json.writeEndArray();
        json.writeNumberField("median", figure.median());
        json.writeNumberField("min", figure.min());
        json.writeNumberField("max", figure.max());
        if (ofCeiling.isPresent()) {
            json.writeNumberField("ofCeiling", ofCeiling.get());
        } else {
            json.writeNullField("ofCeiling");
        }
        json.writeEndObject();
    }

    private void curve(Curve curve) throws IOException {
        json.writeStartObject();
        json.writeStringField("candidate", curve.candidate());
        json.writeStringField("of", curve.subject());
        json.writeStringField("unit", "µs");
        json.writeArrayFieldStart("points");
        for (Curve.Point point : curve.points()) {
            json.writeStartObject();
            json.writeNumberField("percentile", point.percentile());
            json.writeNumberField("value", point.micros());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

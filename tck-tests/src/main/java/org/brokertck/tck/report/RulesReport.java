package org.brokertck.tck.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;

/** The rules that the kit tests, as JSON: {@code {"spec": …, "rules": [{"id", "level", "capability", "sentence", "checkFirst"}]}}. */
public final class RulesReport {
    private RulesReport() {}

    /** The rules of these contracts. */
    public static String json(Collection<Contract> contracts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("spec", SpecCatalogue.shipped().version());
            json.writeArrayFieldStart("rules");
            for (Rule rule : SpecCatalogue.shipped().rulesOf(contracts)) {
                write(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot be written to", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Rule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("level", rule.level().name());
        json.writeStringField("capability", rule.capability().isEmpty() ? null : rule.capability());
        json.writeStringField("sentence", rule.sentence());
        json.writeStringField("checkFirst", rule.checkFirst().isEmpty() ? null : rule.checkFirst());
        json.writeEndObject();
    }
}

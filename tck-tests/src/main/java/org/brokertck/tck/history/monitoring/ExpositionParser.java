package org.brokertck.tck.history.monitoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of the text format of Prometheus, version 0.0.4, of the kit's own: what a monitor writes with one library is not
 * judged by the same library. Stricter than Prometheus in that each metric must have HELP and TYPE, in this order or the other,
 * before its samples.
 */
public final class ExpositionParser {
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");
    private static final List<String> HISTOGRAM = List.of("_bucket", "_sum", "_count");
    private static final List<String> SUMMARY = List.of("_sum", "_count");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> series = new HashSet<>();
    private final List<Sample> samples = new ArrayList<>();
    private @Nullable String current;

    private ExpositionParser() {}

    /**
     * Reads a whole scrape.
     *
     * @throws MalformedExpositionException when a line is not as it must be
     */
    public static Exposition parse(String text) {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new MalformedExpositionException("the last line of the metrics does not end with a line feed");
        }
        ExpositionParser parser = new ExpositionParser();
        int number = 1;
        for (String line : text.split("\n", -1)) {
            parser.line(number++, line);
        }
        parser.endFamily();
        return new Exposition(parser.families);
    }

    private void line(int number, String line) {
        LineReader reader = new LineReader(number, line);
        if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
            metadata(reader, line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
            sample(reader, reader.sample());
        }
    }

    private void metadata(LineReader reader, String line) {
        String[] words = line.split(" ", 4);
        String name = words[2];
        if (!LineReader.METRIC_NAME.matcher(name).matches()) {
            throw reader.malformed("names no metric");
        }
        if (families.containsKey(name) || name.equals(current)) {
            throw reader.malformed("comes after samples of the metric, to which it belongs first");
        }
        Map<String, String> kept = words[1].equals("HELP") ? helps : types;
        String value = words.length < 4 ? "" : words[3];
        if (kept == types && !TYPES.contains(value)) {
            throw reader.malformed("gives a type that is none");
        }
        if (kept.put(name, value) != null) {
            throw reader.malformed("is given twice");
        }
    }

    private void sample(LineReader reader, Sample sample) {
        String family = familyOf(sample.name());
        if (!family.equals(current)) {
            endFamily();
            if (families.containsKey(family)) {
                throw reader.malformed("stands apart from the other samples of its metric");
            }
            if (!types.containsKey(family)) {
                throw reader.malformed("is a sample of a metric without TYPE");
            }
            if (!helps.containsKey(family)) {
                throw reader.malformed("is a sample of a metric without HELP");
            }
            current = family;
        }
        if (!series.add(sample.series())) {
            throw reader.malformed("is a series that stands there twice");
        }
        samples.add(sample);
    }

    /** A family of that very name comes first: one may be called something_count. */
    private String familyOf(String sample) {
        if (types.containsKey(sample)) {
            return sample;
        }
        for (String suffix : HISTOGRAM) {
            if (sample.endsWith(suffix)) {
                String base = sample.substring(0, sample.length() - suffix.length());
                String type = types.getOrDefault(base, "");
                if (type.equals("histogram") || (type.equals("summary") && SUMMARY.contains(suffix))) {
                    return base;
                }
            }
        }
        return sample;
    }

    private void endFamily() {
        String name = current;
        if (name != null) {
            families.put(name, new Family(name, types.getOrDefault(name, ""), helps.getOrDefault(name, ""), samples));
            samples.clear();
            current = null;
        }
    }
}

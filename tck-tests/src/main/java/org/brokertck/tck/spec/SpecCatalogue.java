package org.brokertck.tck.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brokertck.api.target.Contract;

/** All rules, in the order of {@code docs/SPEC.md}, which is their only source. */
public final class SpecCatalogue {
    private static final Pattern VERSION = Pattern.compile("(?m)^Version: (\\S+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|\\s*[A-Z]-\\d.*$");
    private static final Pattern RULE =
            Pattern.compile("\\| ([A-Z]-\\d+) \\| (?:(MUST|SHOULD)|(CAP) ([a-z]+)) \\| (.+) \\|");
    private static final Pattern HINT = Pattern.compile("(?m)^- ([A-Z]-\\d+): (.+)$");
    private static final SpecCatalogue SHIPPED = parse(shippedText());

    private final String version;
    private final Map<String, Rule> rules;

    private SpecCatalogue(String version, Map<String, Rule> rules) {
        this.version = version;
        this.rules = Collections.unmodifiableMap(rules);
    }

    /** The catalogue that this kit ships. */
    public static SpecCatalogue shipped() {
        return SHIPPED;
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException when it holds no version, no rule, a row that cannot be read, or one id twice, or hints at an
     *     unknown rule
     */
    public static SpecCatalogue parse(String markdown) {
        Map<String, String> hints = hints(markdown);
        Map<String, Rule> rules = new LinkedHashMap<>();
        Matcher row = ROW.matcher(markdown);
        while (row.find()) {
            Rule rule = rule(row.group(), hints);
            if (rules.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("The specification holds rule " + rule.id() + " twice");
            }
        }
        Matcher version = VERSION.matcher(markdown);
        if (!version.find() || rules.isEmpty()) {
            throw new IllegalArgumentException("The specification holds no line 'Version: …' or no rule");
        }
        hints.keySet().removeAll(rules.keySet());
        if (!hints.isEmpty()) {
            throw new IllegalArgumentException("The specification gives hints for unknown rules: " + hints.keySet());
        }
        return new SpecCatalogue(version.group(1), rules);
    }

    private static Rule rule(String row, Map<String, String> hints) {
        Matcher rule = RULE.matcher(row);
        if (!rule.matches()) {
            throw new IllegalArgumentException("The specification holds a row that is no rule, such as "
                    + "'| Q-1 | MUST | a sentence |' or '| Q-1 | CAP word | a sentence |': " + row);
        }
        String id = rule.group(1);
        boolean cap = rule.group(2) == null;
        Level level = Level.valueOf(cap ? rule.group(3) : rule.group(2));
        String capability = cap ? rule.group(4) : "";
        return new Rule(id, level, capability, rule.group(5).strip(), hints.getOrDefault(id, ""));
    }

    /** The version of the specification. */
    public String version() {
        return version;
    }

    /** All rules, in the specification's order. */
    public Collection<Rule> rules() {
        return rules.values();
    }

    /** The rules that bind a contract, in the specification's order. */
    public List<Rule> rulesOf(Contract contract) {
        return rulesOf(List.of(contract));
    }

    /** The rules that bind any of these contracts, in the specification's order. */
    public List<Rule> rulesOf(Collection<Contract> contracts) {
        return rules().stream()
                .filter(rule -> contracts.stream().anyMatch(it -> Bindings.bind(rule, it)))
                .toList();
    }

    /**
     * The rule with this id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Rule rule(String id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            throw new IllegalArgumentException("No rule " + id + " in the specification: './tck rules' lists them");
        }
        return rule;
    }

    private static Map<String, String> hints(String markdown) {
        Map<String, String> hints = new LinkedHashMap<>();
        Matcher line = HINT.matcher(markdown);
        while (line.find()) {
            hints.put(line.group(1), line.group(2).strip());
        }
        return hints;
    }

    private static String shippedText() {
        try (InputStream in = SpecCatalogue.class.getResourceAsStream("SPEC.md")) {
            return new String(
                    Objects.requireNonNull(in, "SPEC.md is missing from the kit's jar")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("SPEC.md in the kit's jar cannot be read", e);
        }
    }
}

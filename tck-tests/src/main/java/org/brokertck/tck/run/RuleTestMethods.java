package org.brokertck.tck.run;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Property;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.spec.Verifies;

/** The rule tests that a suite must consist of, found by reflection, so that none can go missing unnoticed. */
public final class RuleTestMethods {
    private final Map<String, Method> byName = new TreeMap<>();

    private RuleTestMethods() {}

    /**
     * All methods of a suite, inherited ones included, that cite a rule.
     *
     * @throws IllegalStateException when two of them have the same name
     */
    public static RuleTestMethods of(Class<? extends RuleTests> suite) {
        RuleTestMethods methods = new RuleTestMethods();
        Arrays.stream(suite.getMethods())
                .filter(it -> it.isAnnotationPresent(Verifies.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(methods::add);
        return methods;
    }

    private void add(Method method) {
        Method other = byName.put(method.getName(), method);
        if (other != null) {
            throw new IllegalStateException(
                    "Two rule tests are called " + method.getName() + ": " + other + ", " + method);
        }
    }

    /** The names of all tests. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The names of the tests that cite a rule. */
    public List<String> namesFor(String ruleId) {
        return byName.keySet().stream().filter(it -> ruleOf(it).equals(ruleId)).toList();
    }

    /** How many tests cite a rule of the selection. */
    public long count(RuleSelection selection) {
        return byName.keySet().stream()
                .filter(it -> selection.includes(SpecCatalogue.shipped().rule(ruleOf(it))))
                .count();
    }

    /** Whether there is such a test. */
    boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** The id of the rule that a test cites. */
    String ruleOf(String name) {
        return method(name).getAnnotation(Verifies.class).value();
    }

    /** Whether a test runs random workloads. */
    boolean isProperty(String name) {
        return method(name).isAnnotationPresent(Property.class);
    }

    private Method method(String name) {
        Method method = byName.get(name);
        if (method == null) {
            throw new IllegalArgumentException("No rule test is called " + name);
        }
        return method;
    }
}

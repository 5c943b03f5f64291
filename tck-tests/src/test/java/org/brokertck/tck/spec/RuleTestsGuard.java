package org.brokertck.tck.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.lifecycle.BeforeTry;
import org.brokertck.api.target.Contract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kit's rule tests of one contract: each cites its rule, none can go missing, and all run on both engines. */
abstract class RuleTestsGuard {
    private static final Set<Class<? extends Annotation>> HOOKS = Set.of(
            BeforeAll.class,
            BeforeEach.class,
            AfterEach.class,
            AfterAll.class,
            BeforeContainer.class,
            BeforeProperty.class,
            BeforeTry.class,
            AfterTry.class,
            AfterProperty.class,
            AfterContainer.class);

    private final Contract contract;
    private final Class<?> tck;
    private final List<Class<?>> interfaces;
    private final List<Method> methods;

    /**
     * For subclasses, one a contract.
     *
     * @param contract the contract
     * @param base what all interfaces of its rule tests extend; they lie in its package
     * @param tck the class that gathers them
     */
    RuleTestsGuard(Contract contract, Class<?> base, Class<?> tck) {
        this.contract = contract;
        this.tck = tck;
        this.interfaces = ruleInterfaces(base);
        this.methods = interfaces.stream()
                .flatMap(it -> Arrays.stream(it.getDeclaredMethods()))
                .toList();
    }

    /** Rules that no scenario cites, each with its reason: the one place for exceptions. */
    Map<String, String> withoutScenario() {
        return Map.of();
    }

    /** Rules that no property cites, each with its reason. */
    Map<String, String> withoutProperty() {
        return Map.of();
    }

    private static List<Class<?>> ruleInterfaces(Class<?> base) {
        List<Class<?>> found = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(base.getPackageName())
                        .stream()
                        .filter(JavaClass::isInterface)
                        .map(JavaClass::reflect)
                        .filter(it -> base.isAssignableFrom(it) && it != base)
                        .forEach(found::add);
        return found;
    }

    private List<Method> scenarios() {
        return annotated(Test.class);
    }

    private List<Method> properties() {
        return annotated(Property.class);
    }

    private List<Method> tests() {
        List<Method> tests = new ArrayList<>(scenarios());
        tests.addAll(properties());
        return tests;
    }

    private List<Method> annotated(Class<? extends Annotation> annotation) {
        return methods.stream().filter(it -> it.isAnnotationPresent(annotation)).toList();
    }

    @Test
    void thereAreRuleTests() {
        int rules = SpecCatalogue.shipped().rulesOf(contract).size();
        assertThat(interfaces).isNotEmpty();
        assertThat(scenarios())
                .hasSizeGreaterThanOrEqualTo(rules - withoutScenario().size());
        assertThat(properties())
                .hasSizeGreaterThanOrEqualTo(rules - withoutProperty().size());
    }

    @Test
    void everyTestCitesAKnownRuleOfTheContract() {
        List<String> known =
                SpecCatalogue.shipped().rulesOf(contract).stream().map(Rule::id).toList();
        assertThat(tests()).allSatisfy(it -> {
            assertThat(it.isAnnotationPresent(Verifies.class)).isTrue();
            assertThat(rule(it)).isIn(known);
        });
    }

    @Test
    void whatCitesARuleIsATestOfOneEngine() {
        assertThat(annotated(Verifies.class)).containsExactlyInAnyOrderElementsOf(tests());
    }

    @Test
    void everyRuleHasAScenario() {
        assertThat(uncitedBy(scenarios()))
                .containsExactlyInAnyOrderElementsOf(withoutScenario().keySet());
    }

    @Test
    void everyRuleHasAProperty() {
        assertThat(uncitedBy(properties()))
                .containsExactlyInAnyOrderElementsOf(withoutProperty().keySet());
    }

    private Set<String> uncitedBy(List<Method> tests) {
        Set<String> rules = new TreeSet<>();
        SpecCatalogue.shipped().rulesOf(contract).forEach(it -> rules.add(it.id()));
        tests.forEach(it -> rules.remove(rule(it)));
        return rules;
    }

    private static String rule(Method test) {
        return Objects.requireNonNull(test.getAnnotation(Verifies.class), test.toString())
                .value();
    }

    @Test
    void noRuleTestUsesHooksWhichTheEnginesDoNotShare() {
        Predicate<Method> hooked = it -> HOOKS.stream().anyMatch(it::isAnnotationPresent);
        assertThat(methods).noneMatch(hooked);
        assertThat(tck.getMethods()).noneMatch(hooked);
        assertThat(tck.getDeclaredMethods()).noneMatch(hooked);
    }

    @Test
    void noPropertyCarriesAnAnnotationOfJupiterWithWhichItWouldBeSkippedSilently() {
        assertThat(properties())
                .flatMap(it -> Arrays.asList(it.getAnnotations()))
                .noneMatch(it -> it.annotationType().getName().startsWith("org.junit.jupiter."));
    }

    @Test
    void allInterfacesAreGatheredInTheSuite() {
        assertThat(tck.getInterfaces()).containsExactlyInAnyOrder(interfaces.toArray(Class<?>[]::new));
    }

    @Test
    void noTwoTestsHaveOneName() {
        assertThat(tests()).extracting(Method::getName).doesNotHaveDuplicates();
    }
}

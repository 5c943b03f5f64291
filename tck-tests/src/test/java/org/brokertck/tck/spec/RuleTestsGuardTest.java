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
import org.brokertck.tck.queue.MessageQueueTck;
import org.brokertck.tck.queue.QueueRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kit's rule tests of the queue: each cites its rule, none can go missing, and all run on both engines. */
class RuleTestsGuardTest {
    /** Rules that no scenario or no property cites, each with its reason: the one place for exceptions. */
    private static final Map<String, String> WITHOUT_SCENARIO = Map.of();

    private static final Map<String, String> WITHOUT_PROPERTY = Map.of();

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

    private static final List<Class<?>> INTERFACES = ruleInterfaces();
    private static final List<Method> METHODS = INTERFACES.stream()
            .flatMap(it -> Arrays.stream(it.getDeclaredMethods()))
            .toList();

    private static List<Class<?>> ruleInterfaces() {
        List<Class<?>> found = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.brokertck.tck.queue")
                        .stream()
                        .filter(JavaClass::isInterface)
                        .map(JavaClass::reflect)
                        .filter(it -> QueueRules.class.isAssignableFrom(it) && it != QueueRules.class)
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
        return METHODS.stream().filter(it -> it.isAnnotationPresent(annotation)).toList();
    }

    @Test
    void thereAreRuleTests() {
        assertThat(INTERFACES).hasSizeGreaterThan(15);
        assertThat(scenarios()).hasSizeGreaterThan(50);
        assertThat(properties()).hasSizeGreaterThan(40);
    }

    @Test
    void everyTestCitesAKnownRuleOfTheQueue() {
        List<String> known = SpecCatalogue.shipped().rulesOf(Contract.QUEUE).stream()
                .map(Rule::id)
                .toList();
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
        assertThat(uncitedBy(scenarios())).containsExactlyInAnyOrderElementsOf(WITHOUT_SCENARIO.keySet());
    }

    @Test
    void everyRuleHasAProperty() {
        assertThat(uncitedBy(properties())).containsExactlyInAnyOrderElementsOf(WITHOUT_PROPERTY.keySet());
    }

    private static Set<String> uncitedBy(List<Method> tests) {
        Set<String> rules = new TreeSet<>();
        SpecCatalogue.shipped().rulesOf(Contract.QUEUE).forEach(it -> rules.add(it.id()));
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
        assertThat(METHODS).noneMatch(hooked);
        assertThat(MessageQueueTck.class.getMethods()).noneMatch(hooked);
        assertThat(MessageQueueTck.class.getDeclaredMethods()).noneMatch(hooked);
    }

    @Test
    void noPropertyCarriesAnAnnotationOfJupiterWithWhichItWouldBeSkippedSilently() {
        assertThat(properties())
                .flatMap(it -> Arrays.asList(it.getAnnotations()))
                .noneMatch(it -> it.annotationType().getName().startsWith("org.junit.jupiter."));
    }

    @Test
    void allInterfacesAreGatheredInTheSuite() {
        assertThat(MessageQueueTck.class.getInterfaces())
                .containsExactlyInAnyOrder(INTERFACES.toArray(Class<?>[]::new));
    }

    @Test
    void noTwoTestsHaveOneName() {
        assertThat(tests()).extracting(Method::getName).doesNotHaveDuplicates();
    }
}

package org.brokertck.tck.suite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * Makes a class the whole suite for one target, under any JUnit Platform build:
 *
 * <pre>{@code
 * @ConformanceSuite
 * class MyBrokerConformance {
 *     @BeforeSuite
 *     static void target() {
 *         CurrentTarget.use(new MyTarget());
 *     }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Suite(failIfNoTests = true)
@SelectClasses({
    MessageQueueSuite.class,
    PubSubSuite.class,
    PartitionedSuite.class,
    MessageBrokerSuite.class,
    MultiBrokerSuite.class,
    MonitorSuite.class,
    RequestReplySuite.class,
    BatchProcessorSuite.class,
    ConnectionPoolSuite.class,
    CircuitBreakerSuite.class,
    MessageCodecSuite.class
})
public @interface ConformanceSuite {}

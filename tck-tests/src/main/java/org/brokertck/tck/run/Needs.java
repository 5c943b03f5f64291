package org.brokertck.tck.run;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Fault;

/**
 * What a rule test needs besides its rule's own capability. Where it is missing the test is not run, and says so; other tests
 * of the rule may still decide.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
    /** A manual clock. */
    boolean clock() default false;

    /** These faults, injected through the target's control. */
    Fault[] faults() default {};

    /** An implementation in memory, since behind a server the network would be measured. */
    boolean inMemory() default false;

    /** These capabilities. */
    Capability[] capabilities() default {};
}

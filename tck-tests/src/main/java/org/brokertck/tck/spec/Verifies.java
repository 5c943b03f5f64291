package org.brokertck.tck.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Cites the rule that a test method verifies. Its capability, if it has one, decides whether the test runs. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Verifies {
    /** The id of the rule, such as {@code Q-14}. */
    String value();
}

package io.holdfast.core.schema.binding;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Demands that a text matches a regular expression ({@link java.util.regex.Pattern}) as a whole. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Pattern {

    /** The regular expression. */
    String value();
}

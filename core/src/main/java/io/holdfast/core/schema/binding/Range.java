package io.holdfast.core.schema.binding;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds a number. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {

    /** The least, inclusive, as decimal digits; empty for none. */
    String min() default "";

    /** The greatest, inclusive, as decimal digits; empty for none. */
    String max() default "";
}

package io.holdfast.core.schema.binding;

import io.holdfast.core.schema.MergeRule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Sets the merge rule of a field; {@code LAST_WRITE} without it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Merge {

    /** The rule. */
    MergeRule value();
}

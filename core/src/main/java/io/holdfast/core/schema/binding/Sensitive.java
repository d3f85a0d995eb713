package io.holdfast.core.schema.binding;

import io.holdfast.core.schema.Sensitivity;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Sets the sensitivity of a field; {@code INTERNAL} without it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Sensitive {

    /** The sensitivity. */
    Sensitivity value();
}

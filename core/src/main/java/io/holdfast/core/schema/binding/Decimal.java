package io.holdfast.core.schema.binding;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Sets the digits of a {@link java.math.BigDecimal}, which every such component needs. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Decimal {

    /** Digits in all, 1 to 38. */
    int precision();

    /** Digits after the point, 0 to {@code precision}. */
    int scale();
}

package io.holdfast.core.schema.binding;

import io.holdfast.core.schema.Index;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for an index: on a component over that field, on the record over several. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
@Repeatable(Indexes.class)
public @interface Indexed {

    /** The fields in order of significance, on the record only. */
    String[] value() default {};

    /** Which records the index covers; all, unless a field is named. */
    Where where() default @Where;

    /** The records whose field holds one text. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Where {

        /** The field, of TEXT. */
        String field() default "";

        /** What it holds. */
        String is() default "";
    }

    /** What questions the index answers. */
    Index.Kind kind() default Index.Kind.ORDERED;
}

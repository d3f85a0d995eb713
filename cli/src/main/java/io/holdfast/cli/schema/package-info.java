/** {@code holdfast schema}: schemas in files. */
@NullMarked
package io.holdfast.cli.schema;

import org.jspecify.annotations.NullMarked;

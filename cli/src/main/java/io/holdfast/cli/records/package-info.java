/** {@code holdfast put}, {@code get}, {@code list} and {@code delete}: the records of a device's store. */
@NullMarked
package io.holdfast.cli.records;

import org.jspecify.annotations.NullMarked;

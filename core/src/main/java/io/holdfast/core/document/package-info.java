/** Records as the JSON objects that people and programs write and read. */
@NullMarked
package io.holdfast.core.document;

import org.jspecify.annotations.NullMarked;

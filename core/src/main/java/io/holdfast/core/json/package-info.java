/** JSON as data: a strict reader, a small tree, and the one canonical text of a value (RFC 8785). */
@NullMarked
package io.holdfast.core.json;

import org.jspecify.annotations.NullMarked;

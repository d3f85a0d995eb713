/** Properties: checks of many generated cases, which report the smallest case that fails. */
@NullMarked
package io.holdfast.testkit.property;

import org.jspecify.annotations.NullMarked;

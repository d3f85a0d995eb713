@NullMarked
package io.holdfast.earnings.migration;

import org.jspecify.annotations.NullMarked;

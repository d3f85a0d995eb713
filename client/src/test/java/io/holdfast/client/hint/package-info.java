@NullMarked
package io.holdfast.client.hint;

import org.jspecify.annotations.NullMarked;

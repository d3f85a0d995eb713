@NullMarked
package io.holdfast.earnings.http;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.holdfast.core.account;

import org.jspecify.annotations.NullMarked;

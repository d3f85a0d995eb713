@NullMarked
package io.holdfast.testkit.network;

import org.jspecify.annotations.NullMarked;

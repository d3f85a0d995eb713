/** Listens to the server's hints that a scope has moved. Without them a device only learns of it later. */
@NullMarked
package io.holdfast.client.hint;

import org.jspecify.annotations.NullMarked;
